"""Printers on USB without a system driver, through pyusb and the system's libusb."""

from __future__ import annotations

import errno
from typing import Any, Final

import usb.core
import usb.util

from drivers.channels import STALL_SECONDS
from drivers.fault import DeviceFault, unreachable
from drivers.printer.lines import ANSWER_SECONDS, ChannelLine

PRINTER_CLASS: Final = 7
_CHUNK: Final = 16384


class UsbChannel:
    """The printer interface of one USB device, claimed for ourselves."""

    def __init__(self, vendor: int, product: int, backend: Any = None, stall: float = STALL_SECONDS) -> None:
        self._stall_ms = int(stall * 1000)
        place = f"usb://{vendor:04x}:{product:04x}"
        try:
            found = usb.core.find(idVendor=vendor, idProduct=product, backend=backend)
        except usb.core.NoBackendError as error:
            detail = f"{place}: libusb is not installed: apt install libusb-1.0-0"
            raise DeviceFault("unreachable", detail, permanent=True, hint="missing_library") from error
        except usb.core.USBError as error:
            raise unreachable(place, error) from error
        if found is None:
            raise unreachable(place, OSError(errno.ENODEV, "not plugged in, or switched off"))
        self._device = found
        try:
            self._claim()
        except (usb.core.USBError, NotImplementedError) as error:
            usb.util.dispose_resources(found)
            raise unreachable(place, _as_os_error(error)) from error

    def write(self, data: bytes) -> None:
        for at in range(0, len(data), _CHUNK):
            part = data[at : at + _CHUNK]
            if self._out.write(part, self._stall_ms) != len(part):
                raise TimeoutError("the device takes nothing")

    def read(self, seconds: float) -> bytes:
        if self._in is None:
            return b""
        try:
            # libusb takes 0 for "for ever".
            return bytes(self._in.read(self._in.wMaxPacketSize, max(1, int(seconds * 1000))))
        except usb.core.USBTimeoutError:
            return b""

    def close(self) -> None:
        usb.util.release_interface(self._device, self._interface)
        usb.util.dispose_resources(self._device)

    def _claim(self) -> None:
        configuration = self._device[0]
        chosen = usb.util.find_descriptor(configuration, bInterfaceClass=PRINTER_CLASS) or configuration[0, 0]
        self._interface = chosen.bInterfaceNumber
        try:
            if self._device.is_kernel_driver_active(self._interface):
                self._device.detach_kernel_driver(self._interface)
        except NotImplementedError:
            pass  # a backend that has no kernel drivers under it
        usb.util.claim_interface(self._device, self._interface)
        self._out = _endpoint(chosen, usb.util.ENDPOINT_OUT)
        self._in = _endpoint(chosen, usb.util.ENDPOINT_IN)
        if self._out is None:
            raise usb.core.USBError("no way in: this is not a printer", errno=errno.ENODEV)


class UsbLine(ChannelLine):
    """A printer on USB, by the two numbers that `lsusb` or `motcua device list` shows."""

    def __init__(
        self, vendor: int, product: int, backend: Any = None, answer_seconds: float = ANSWER_SECONDS
    ) -> None:
        super().__init__(
            f"usb://{vendor:04x}:{product:04x}",
            lambda: UsbChannel(vendor, product, backend),
            answer_seconds=answer_seconds,
        )


def _endpoint(interface: Any, direction: int) -> Any:
    def fits(endpoint: Any) -> bool:
        bulk = usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        return bool(bulk and usb.util.endpoint_direction(endpoint.bEndpointAddress) == direction)

    return usb.util.find_descriptor(interface, custom_match=fits)


def _as_os_error(error: Exception) -> OSError:
    return error if isinstance(error, OSError) else OSError(errno.ENOSYS, str(error))

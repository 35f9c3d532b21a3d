"""The lines to real printers: a network socket through python-escpos, and a file or device node."""

from __future__ import annotations

import socket
from pathlib import Path

from drivers.fault import DeviceFault
from drivers.printer.library import Network
from drivers.printer.status import PrinterStatus, read_status

PORT = 9100
_CONNECT_SECONDS = 5.0


class NetworkLine:
    """A printer that listens on TCP. One connection for each page, so that several hosts can share it."""

    def __init__(self, host: str, port: int = PORT, timeout: float = _CONNECT_SECONDS) -> None:
        self._host, self._port, self._timeout = host, port, timeout

    def send(self, data: bytes) -> None:
        device = self._connect()
        try:
            device._raw(data)
        except OSError as error:
            raise DeviceFault("broken_off", f"{self._host}:{self._port}: {error}") from error
        finally:
            device.close()

    def status(self) -> PrinterStatus:
        try:
            device = self._connect()
        except DeviceFault:
            return PrinterStatus.OFFLINE
        try:
            return read_status(device.query_status)
        except OSError:
            return PrinterStatus.UNKNOWN
        finally:
            device.close()

    def close(self) -> None:
        """Nothing stays open between pages."""

    def _connect(self) -> Network:
        device = _Connection(self._host, self._port, timeout=self._timeout)
        try:
            device.open()
        except OSError as error:
            raise DeviceFault("unreachable", f"{self._host}:{self._port}: {error}") from error
        return device


class _Connection(Network):  # type: ignore[misc]
    """The library's own way to connect knows no IPv6 and forgets to close a socket that found nobody."""

    def open(self, raise_not_found: bool = True) -> None:
        self.device = socket.create_connection((self.host, self.port), self.timeout)


class FileLine:
    """A device node such as /dev/usb/lp0, or a plain file that pages are added to. It never answers."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, data: bytes) -> None:
        try:
            with self._path.open("ab", buffering=0) as file:
                left = memoryview(data)
                while left:
                    left = left[file.write(left) or 0 :]
        except OSError as error:
            raise DeviceFault("storage", f"{self._path}: {error}") from error

    def status(self) -> PrinterStatus:
        return PrinterStatus.UNKNOWN if self._path.parent.is_dir() else PrinterStatus.OFFLINE

    def close(self) -> None:
        """Nothing stays open between pages."""

"""The lines to real printers: what sends a page over an open channel, asks for the state, and comes back."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from drivers.channels import STALL_SECONDS, Channel, NetworkChannel, NodeChannel, SerialChannel
from drivers.fault import DeviceFault
from drivers.ports import Port
from drivers.printer.status import CAN_PRINT, PrinterStatus, is_confirmation, read_status

PORT: Final = 9100
CONNECT_SECONDS: Final = 5.0
ANSWER_SECONDS: Final = 1.0
"""How long a status byte may take: DLE EOT is answered even in the midst of a page."""
_STALE: Final = 16
CONFIRM_SECONDS: Final = 20.0
"""How long after the last byte a page may take to come out: what a printer holds in its memory."""


class ChannelLine:
    """A printer behind any channel. `keeps`: the channel stays open between pages, as a serial port should.

    A network printer is let go after each page, so that several hosts can share it. After a failure to open,
    `status` says OFFLINE by itself for three times as long as the failure took: an absent printer costs
    who asks a quarter of the time at most. `send` always tries.
    """

    def __init__(
        self,
        place: str,
        opener: Callable[[], Channel],
        *,
        keeps: bool = False,
        answer_seconds: float = ANSWER_SECONDS,
        confirm_seconds: float = CONFIRM_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._place, self._opener, self._keeps = place, opener, keeps
        self._answer_seconds, self._confirm_seconds, self._clock = answer_seconds, confirm_seconds, clock
        self._channel: Channel | None = None
        self._ask_again_at = 0.0

    def send(self, data: bytes, confirm: bytes = b"") -> None:
        """Hand over one page. `confirm` is a request that the printer answers when all before it is printed:
        then this returns with the answer, or raises DeviceFault("broken_off")."""
        channel = self._fresh()
        try:
            channel.write(data)
            if confirm:
                self._wait_until_printed(channel, confirm)
        except OSError as error:
            self._drop()
            raise DeviceFault("broken_off", f"{self._place}: {error or 'silence'}") from error
        finally:
            self._release()

    def status(self) -> PrinterStatus:
        if self._channel is None and self._clock() < self._ask_again_at:
            return PrinterStatus.OFFLINE
        began = self._clock()
        try:
            channel = self._fresh()
        except DeviceFault:
            now = self._clock()
            self._ask_again_at = now + 3 * (now - began)
            return PrinterStatus.OFFLINE
        try:
            return read_status(lambda request: self._ask(channel, request))
        except TimeoutError:
            self._drop()
            return PrinterStatus.UNKNOWN
        except OSError:
            self._drop()
            return PrinterStatus.OFFLINE if self._keeps else PrinterStatus.UNKNOWN
        finally:
            self._release()

    def reach(self) -> None:
        """Open the channel, or raise DeviceFault with the reason why it does not open."""
        self._fresh()
        self._release()

    def close(self) -> None:
        self._drop()

    def _ask(self, channel: Channel, request: bytes) -> bytes:
        _discard(channel)
        channel.write(request)
        return channel.read(self._answer_seconds)

    def _wait_until_printed(self, channel: Channel, confirm: bytes) -> None:
        """Silence is not an answer, and a printer that has gone offline will not give one."""
        _discard(channel)
        channel.write(confirm)
        deadline = self._clock() + self._confirm_seconds
        heard = b""

        def ask(request: bytes) -> bytes:
            nonlocal heard
            channel.write(request)
            answer = channel.read(self._answer_seconds)
            heard += bytes(byte for byte in answer if is_confirmation(byte))
            return bytes(byte for byte in answer if not is_confirmation(byte))

        while self._clock() < deadline:
            answer = channel.read(self._answer_seconds)
            if heard or any(is_confirmation(byte) for byte in answer):
                return
            status = read_status(ask)
            if status not in CAN_PRINT:
                raise OSError(f"the printer became {status.value} within the page")
        raise TimeoutError("the printer did not confirm the page")

    def _fresh(self) -> Channel:
        """The open channel, known to be alive: what was plugged out in the meantime is opened anew."""
        if self._channel is not None:
            try:
                _discard(self._channel)
            except OSError:
                self._drop()
        if self._channel is None:
            self._channel = self._opener()
        return self._channel

    def _release(self) -> None:
        if not self._keeps:
            self._drop()

    def _drop(self) -> None:
        channel, self._channel = self._channel, None
        if channel is not None:
            try:
                channel.close()
            except OSError:
                pass  # it is gone already


def _discard(channel: Channel) -> None:
    """Throw away what the printer said unasked; one that never stops talking is not waited for."""
    for _ in range(_STALE):
        if not channel.read(0):
            return


class NetworkLine(ChannelLine):
    """A printer that listens on TCP. `timeout` is for connecting and for its answers, in seconds."""

    def __init__(
        self,
        host: str,
        port: int = PORT,
        timeout: float = CONNECT_SECONDS,
        stall: float = STALL_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        confirm_seconds: float = CONFIRM_SECONDS,
    ) -> None:
        super().__init__(
            f"{host}:{port}",
            lambda: NetworkChannel(host, port, timeout, stall),
            answer_seconds=min(timeout, answer_seconds),
            confirm_seconds=confirm_seconds,
        )


class SerialLine(ChannelLine):
    """A printer on a serial port, or on a serial server."""

    def __init__(
        self,
        port: Port,
        stall: float = STALL_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
        confirm_seconds: float = CONFIRM_SECONDS,
    ) -> None:
        super().__init__(
            port.place,
            lambda: SerialChannel(port, stall),
            keeps=True,
            answer_seconds=answer_seconds,
            confirm_seconds=confirm_seconds,
        )


class FileLine:
    """A device node such as /dev/usb/lp0, or a plain file that pages are added to and that never answers."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._node = ChannelLine(str(path), lambda: NodeChannel(path))

    def send(self, data: bytes, confirm: bytes = b"") -> None:
        if self._is_node():
            self._node.send(data, confirm)
            return
        try:
            with self._path.open("ab", buffering=0) as file:
                left = memoryview(data)
                while left:
                    left = left[file.write(left) or 0 :]
        except OSError as error:
            raise DeviceFault("storage", f"{self._path}: {error}") from error

    def status(self) -> PrinterStatus:
        if self._is_node():
            return self._node.status()
        return PrinterStatus.UNKNOWN if self._path.parent.is_dir() else PrinterStatus.OFFLINE

    def reach(self) -> None:
        if self._is_node():
            self._node.reach()
        elif not self._path.parent.is_dir():
            raise DeviceFault("storage", f"{self._path}: there is no folder {self._path.parent}")

    def close(self) -> None:
        self._node.close()

    def _is_node(self) -> bool:
        if self._path.is_relative_to("/dev"):
            return True  # even while it is missing: a plain file there would be no printer
        try:
            mode = self._path.stat().st_mode
        except OSError:
            return False
        return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)

"""A printer as its users see it, and the one way in which pages become bytes on a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from drivers.printer.document import Document, Picture
from drivers.printer.encoding import Encoded, encode
from drivers.printer.profile import Profile
from drivers.printer.status import IN_ORDER, PrinterStatus


@dataclass(frozen=True, slots=True)
class Printed:
    """A page that was handed over: its size, and the letters that came out as boxes (none: "")."""

    bytes: int
    missing: str = ""


class Printer(Protocol):
    """A slip printer. Every method may block and may raise DeviceFault; one thread uses it at a time."""

    @property
    def width(self) -> int:
        """Dots across the paper: lay pages out for this."""

    @property
    def logo(self) -> Picture | None:
        """The centre's mark for the head of a slip."""

    def encode(self, document: Document) -> Encoded:
        """The page as this printer's bytes; sends nothing."""

    def send(self, data: bytes) -> None:
        """Hand over one encoded page, whole; returns when the line has taken all of it."""

    def print(self, document: Document) -> Printed:
        """Encode and send."""

    def status(self) -> PrinterStatus:
        """The printer's state now; raises nothing: a silent printer is UNKNOWN, an absent one OFFLINE."""

    def reach(self) -> None:
        """Raise DeviceFault, with its reason, where the printer cannot be reached; prints nothing."""

    def close(self) -> None:
        """Let go of the line."""

    @property
    def confirms(self) -> bool:
        """Whether a page that was handed over is known to have come out."""


class Line(Protocol):
    """The way to a printer: bytes of one page there, status back.

    With `confirm`, a request that the printer answers in its turn, `send` returns when it was answered.
    """

    def send(self, data: bytes, confirm: bytes = b"") -> None: ...

    def status(self) -> PrinterStatus: ...

    def reach(self) -> None: ...

    def close(self) -> None: ...


class EscPosPrinter:
    """A printer that speaks ESC/POS at the end of any line.

    `confirms`: the printer is trusted to say when a page is out, so a page that it does not confirm is
    DeviceFault("broken_off"). Without, a page counts as out when the line has taken it.
    """

    def __init__(
        self, line: Line, profile: Profile, *, confirms: bool = False, logo: Picture | None = None
    ) -> None:
        self._line = line
        self.logo = logo
        self.profile = profile
        self.confirms = confirms

    @property
    def width(self) -> int:
        return self.profile.width

    def encode(self, document: Document) -> Encoded:
        return encode(document, self.profile)

    def send(self, data: bytes) -> None:
        self._line.send(data, IN_ORDER if self.confirms else b"")

    def print(self, document: Document) -> Printed:
        page = self.encode(document)
        self.send(page.data)
        return Printed(len(page.data), page.missing)

    def status(self) -> PrinterStatus:
        return self._line.status()

    def reach(self) -> None:
        self._line.reach()

    def close(self) -> None:
        self._line.close()

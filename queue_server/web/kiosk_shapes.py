"""The shapes of what kiosks that run by themselves ask and are answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from .bodies import Request
from .schemas import Count, Id, Rows, Text, TicketId, Time

Line = Annotated[str, Meta(max_length=200, pattern="^[^\\u0000-\\u001f\\u007f]*$")]
Label = Annotated[str, Meta(min_length=1, max_length=12, pattern="^[^\\u0000-\\u0020\\u007f]*$")]
PrinterState = Literal[
    "ready", "paper_low", "paper_out", "cover_open", "cutter_error", "offline", "unknown", "none"
]
ScannerState = Literal["none", "waiting", "ready", "babbling", "absent"]


class GivenTicket(Request):
    """A number that the kiosk gave by itself. `instead_of`: the server's own ticket for the same touch."""

    id: TicketId
    secret: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{8,64}$")]
    queue: Id
    number: Annotated[int, Meta(ge=1, le=9999)]
    taken_at: Annotated[datetime, Meta(tz=True, description="RFC 3339.")]
    service: Id | None = None
    priority: Id | None = field(default=None, name="class")
    language: Annotated[str, Meta(pattern="^[a-z]{2,3}$", examples=["vi"])] | None = None
    instead_of: TicketId | None = None


class LastSlip(Request):
    label: Label
    state: Literal["queued", "printing", "printed", "failed", "uncertain"]


class SettledSlip(Request):
    """`wish`: the number of the wish that the copy answers, as `GET /kiosk` had it; 0: nobody else's wish."""

    ticket: TicketId
    outcome: Literal["printed", "failed", "uncertain"]
    detail: Line = ""
    copy: bool = False
    wish: Annotated[int, Meta(ge=0, le=2**52)] = 0


class Report(Request):
    """How a kiosk is. `queued`: slips that wait for paper; `offline_given`: numbers still to be handed over;
    `refused`: numbers that were handed over and not taken; `slips`: what became of slips since the last."""

    printer: PrinterState
    version: Annotated[str, Meta(max_length=40, pattern="^[0-9A-Za-z.+_-]*$")] = ""
    clock_offset_ms: (
        Annotated[int, Meta(ge=-(2**52), le=2**52, description="To be added to the kiosk's clock.")] | None
    ) = None
    queued: Annotated[int, Meta(ge=0, le=100_000)] = 0
    offline_given: Annotated[int, Meta(ge=0, le=100_000)] = 0
    refused: Annotated[list[Label], Meta(max_length=50)] = field(default_factory=list)
    last_slip: LastSlip | None = None
    scanner: ScannerState = "none"
    slips: Annotated[list[SettledSlip], Meta(max_length=100)] = field(default_factory=list)


class Heard(Struct):
    at: Annotated[Time, Meta(description="The server's clock.")]


class Printer(Struct):
    kiosk: str
    name: Text
    state: PrinterState


class Printers(Struct):
    """Where a copy can be printed now, in the order of the site's kiosks."""

    printers: list[Printer]


class Fault(Struct):
    """A trouble of a kiosk: `state` is the printer's or scanner's, "silent" of the kiosk, "wrong" of its
    clock (then with the offset as it was noticed). `until` null: it lasts."""

    device: Literal["printer", "scanner", "clock", "kiosk"]
    state: str
    since: Time
    until: Time | None
    clock_offset_ms: int | None


class Faults(Struct):
    kiosk: str
    days: Count
    faults: list[Fault]


class WishedSlip(Struct):
    """The words of a copy, ready to lay out; `track_url` is without its host where the server knows none."""

    ticket: TicketId
    language: str
    centre: str
    agency: str
    label: str
    issued_at: Annotated[str, Meta(description="As a person reads it.")]
    ahead: Count
    low: int | None
    high: int | None
    area: str
    direction: str
    arrow: str
    counters: str
    track_url: str
    class_name: str | None
    service: str | None
    copy: bool


class WishedCopy(Struct):
    """A marked copy that the staff wish from a kiosk. It is offered until the kiosk reports, under the number
    `wish`, what became of it, ten minutes at most: print each wish once."""

    wish: Count
    slip: WishedSlip


class KioskView(Struct):
    """What a kiosk needs to go on by itself, true up to journal entry `seq`; `at` is the server's clock."""

    id: str
    at: Time
    seq: Count
    offline_first: Count
    offline_last: Count
    kiosk: Rows
    lines: Rows
    copies: list[WishedCopy]


def facts_of(report: Report) -> dict[str, Any]:
    """What of a report is kept."""
    last = report.last_slip
    return {
        "version": report.version,
        "clock_offset_ms": report.clock_offset_ms,
        "queued": report.queued,
        "offline_given": report.offline_given,
        "refused": list(report.refused),
        "scanner": report.scanner,
        "last_slip": {"label": last.label, "state": last.state} if last else None,
    }

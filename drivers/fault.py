"""What can go wrong with a device, said so that the caller can choose between trying again and an alarm."""

from __future__ import annotations

import errno
from typing import Literal

FaultKind = Literal[
    "address",  # the device's URL cannot be understood
    "unreachable",  # nothing answers at that address
    "broken_off",  # the connection died while bytes were under way: nobody knows how much came out
    "not_ready",  # the device says that it cannot work now (no paper, cover open, …)
    "storage",  # a file or folder that stands for the device cannot be written
    "unprintable",  # the document itself cannot be printed (too long, too much for a QR code)
]

Hint = Literal["", "missing_library", "no_permission", "busy", "not_found", "refused", "no_route"]
"""Why nothing answers, where the system says so: each has its own remedy (docs/hardware.md)."""

_HINTS: dict[int, Hint] = {
    errno.ENOENT: "not_found",
    errno.ENODEV: "not_found",
    errno.ENXIO: "not_found",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
    errno.EBUSY: "busy",
    errno.EAGAIN: "busy",
    errno.ECONNREFUSED: "refused",
    errno.EHOSTUNREACH: "no_route",
    errno.ENETUNREACH: "no_route",
    errno.ETIMEDOUT: "no_route",
}


class DeviceFault(Exception):
    """A device did not do its work. `permanent`: trying again without a human is useless.

    `kind` and `hint` are for programs, `detail` is an English sentence for a technician's log, never for a
    citizen.
    """

    def __init__(self, kind: FaultKind, detail: str, *, permanent: bool = False, hint: Hint = "") -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind: FaultKind = kind
        self.detail = detail
        self.permanent = permanent
        self.hint: Hint = hint


def unreachable(place: str, error: OSError) -> DeviceFault:
    """The fault for a device that could not be opened, with the system's own reason as its hint."""
    hint = "no_route" if isinstance(error, TimeoutError) else _HINTS.get(error.errno or 0, "")
    return DeviceFault("unreachable", f"{place}: {error}", hint=hint)

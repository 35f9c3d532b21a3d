"""What can go wrong with a device, said so that the caller can choose between trying again and an alarm."""

from __future__ import annotations

from typing import Literal

FaultKind = Literal[
    "address",  # the device's URL cannot be understood
    "unreachable",  # nothing answers at that address
    "broken_off",  # the connection died while bytes were under way: nobody knows how much came out
    "not_ready",  # the device says that it cannot work now (no paper, cover open, …)
    "storage",  # a file or folder that stands for the device cannot be written
    "unprintable",  # the document itself cannot be printed (too long, too much for a QR code)
]


class DeviceFault(Exception):
    """A device did not do its work. `permanent`: trying again without a human is useless.

    `kind` is for programs, `detail` is an English sentence for a technician's log, never for a citizen.
    """

    def __init__(self, kind: FaultKind, detail: str, *, permanent: bool = False) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind: FaultKind = kind
        self.detail = detail
        self.permanent = permanent

"""Writes the golden slips anew (`.venv/bin/python -m tests.golden.renew`); look at the pictures it names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from drivers.printer.encoding import encode
from drivers.printer.profile import Profile
from drivers.virtual.picture import render
from kiosk.slip import layout
from queue_server.protocol import Slip
from tests.slips import EVERYDAY, LONGEST

FOLDER: Final = Path(__file__).resolve().parent
GOLDEN: Final[dict[str, tuple[Slip, Profile]]] = {
    "slip-80mm.bin": (EVERYDAY, Profile(576, native_qr=True)),
    "slip-58mm-copy.bin": (LONGEST, Profile(384)),
}


def page(name: str) -> bytes:
    """The bytes that the code makes today for the golden slip `name`."""
    slip, profile = GOLDEN[name]
    return encode(layout(slip, profile.width), profile).data


def main() -> None:
    pictures = FOLDER.parent.parent / ".cache" / "golden"
    pictures.mkdir(parents=True, exist_ok=True)
    for name, (_, profile) in GOLDEN.items():
        (FOLDER / name).write_bytes(page(name))
        picture = pictures / f"{name}.png"
        picture.write_bytes(render(page(name), profile.width))
        print(picture)


if __name__ == "__main__":
    main()

"""What one model of printer can do: the width of its head and which commands may be trusted."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from drivers.address import Address
from drivers.fault import DeviceFault
from drivers.printer.characters import writes_vietnamese
from drivers.printer.document import DOTS_58MM, DOTS_80MM
from drivers.printer.library import MODELS, LibraryProfile

PAPER: Final = {"80": DOTS_80MM, "58": DOTS_58MM}
SETTINGS: Final = ("paper", "width", "profile", "qr", "letters", "confirm", "logo")
_NO_MODEL: Final = ("default", "simple")
"""The URL settings that choose a profile."""

_QR: Final = {"native": 1, "image": 0}
_LETTERS: Final = {"codepage": 1, "raster": 0}
_YES_NO: Final = {"yes": 1, "no": 0}


@dataclass(frozen=True, slots=True)
class Profile:
    """`width` is the head in dots; `native_qr`: the printer draws QR codes itself.

    `code_pages`: plain paragraphs go as characters, quick on a slow line; else all letters are dots.
    `model` names a profile of python-escpos. Without one nothing is trusted but raster, feed and cut,
    because its "default" promises what cheap printers lack.
    """

    width: int = DOTS_80MM
    native_qr: bool = False
    model: str = "default"
    code_pages: bool = False

    def for_escpos(self) -> LibraryProfile:
        """The same for python-escpos, with the width filled in so that it refuses what is too wide."""
        return _WithWidth(MODELS[self.model], self.width)


class _WithWidth(LibraryProfile):  # type: ignore[misc]
    def __init__(self, data: dict[str, Any], width: int) -> None:
        super().__init__(features=data["features"])
        self.profile_data = deepcopy(data)
        self.profile_data["media"]["width"] = {"mm": "Unknown", "pixels": width}


def wants_confirmation(address: Address) -> bool:
    """Whether pages are to be confirmed: `confirm=yes|no`, where `profile=` names a model yes by itself."""
    named = address.settings.get("profile", "default") not in _NO_MODEL
    return bool(address.choice("confirm", _YES_NO, "yes" if named else "no"))


def profile_of(address: Address, *, native_qr: bool = False) -> Profile:
    """The profile that a URL asks for: `paper=80|58`, `width=DOTS`, `profile=TM-T88V`, `qr=native|image`."""
    model = address.settings.get("profile", "default")
    data = MODELS.get(model)
    if data is None:
        known = ", ".join(sorted(MODELS))
        raise DeviceFault(
            "address", f"{address.url}: unknown profile {model!r}; known: {known}", permanent=True
        )
    head = data["media"]["width"].get("pixels")
    own = head if isinstance(head, int) else DOTS_80MM
    paper = address.choice("paper", PAPER, "80") if "paper" in address.settings else own
    width = address.number("width", paper, 200, 1200)
    if isinstance(head, int) and width > head:
        raise DeviceFault(
            "address", f"{address.url}: {model} prints {head} dots, not {width}", permanent=True
        )
    has_qr = native_qr or (model != "default" and bool(data["features"].get("qrCode")))
    characters = bool(address.choice("letters", _LETTERS, "raster"))
    if characters and not writes_vietnamese(model):
        raise DeviceFault(
            "address",
            f"{address.url}: {model} has no code page with every Vietnamese letter; use letters=raster",
            permanent=True,
        )
    return Profile(width, bool(address.choice("qr", _QR, "native" if has_qr else "image")), model, characters)

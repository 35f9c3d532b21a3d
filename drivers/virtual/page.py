"""One self-contained page that shows what the virtual devices of a folder have printed and what they show."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from drivers.printer.document import DOTS_80MM
from drivers.virtual.picture import render
from drivers.virtual.printer import printed_pages

PAGE: Final = "index.html"
_LAST: Final = 12
_HEAD: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Virtual devices</title><style>
body { font: 16px/1.4 sans-serif; margin: 2rem; background: #e9e6e0; color: #22202a; }
section { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-start; }
figure { margin: 0; } figcaption { margin-top: .4rem; } img { width: 20rem; display: block; }
.torn img { outline: 2px dashed #b02018; }
.sign { background: #14110f; color: #ff5a36; font: 700 2.6rem/1.2 monospace; padding: .3rem .8rem;
  min-width: 6ch; min-height: 1.2em; text-align: center; }
.blink { outline: 3px solid #ff5a36; }
</style></head><body><h1>Virtual devices</h1>
"""


def write_page(folder: Path, width: int = DOTS_80MM) -> Path:
    """Draw `folder`/index.html anew from what lies under `folder`; `width` is the printers' head in dots."""
    devices = sorted(place for place in folder.iterdir() if place.is_dir())
    parts = [part for place in devices for part in _device(folder, place, width)]
    draft = folder / f".{PAGE}.new"
    draft.write_text(_HEAD + "".join(parts) + "</body></html>\n", encoding="utf-8")
    return draft.replace(folder / PAGE)


def _device(folder: Path, place: Path, width: int) -> Iterator[str]:
    yield f"<h2>{escape(place.name)}</h2><section>"
    slips = [(f"slip {page.number}", page.read()) for page in printed_pages(folder, place.name)]
    for caption, data in reversed(slips[-_LAST:]):
        yield _slip("slip", caption, data, width)
    for path in sorted(place.glob("*.torn"))[-_LAST:]:
        yield _slip("torn", f"torn off: {path.stem}", path.read_bytes(), width)
    yield from _signs(place / "signs.json")
    yield "</section>"


def _slip(kind: str, caption: str, data: bytes, width: int) -> str:
    png = base64.b64encode(render(data, width)).decode("ascii")
    picture = f'<img alt="{escape(caption)}" src="data:image/png;base64,{png}">'
    return f'<figure class="{kind}">{picture}<figcaption>{escape(caption)}</figcaption></figure>'


def _signs(file: Path) -> Iterator[str]:
    if not file.exists():
        return
    for address, shown in json.loads(file.read_text(encoding="utf-8")).items():
        face = f'<div class="sign {escape(shown["mode"])}">{escape(shown["text"])}</div>'
        caption = f"sign {escape(address)}: {escape(shown['mode'])}"
        yield f"<figure>{face}<figcaption>{caption}</figcaption></figure>"

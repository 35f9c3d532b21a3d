"""Pages, scripts, fonts, texts and voices: files from named folders, and nothing else from anywhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, request

from ..app.problems import Fault, Problem

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".ftl": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".wav": "audio/wav",
}

# What pages may load from the browser packages; node_modules holds much that is nobody's business.
VENDOR = (
    "@fluent/bundle/esm/",
    "@fontsource/barlow/",
    "@fontsource/be-vietnam-pro/",
    "htm/",
    "preact/",
    "socket.io-client/dist/",
    "swagger-ui-dist/",
    "uqr/dist/",
)
_VENDOR_KINDS = frozenset({".js", ".mjs", ".css", ".woff2", ".png", ".svg"})
_PAGE_FOLDERS = frozenset({"home", "desk", "signin", "supervisor", "ticket"})

# A page and its scripts change together at an upgrade, so each is asked for anew (304 where it is the same).
REVALIDATE = "no-cache"
FOREVER = "public, max-age=31536000, immutable"
NEVER = "no-store"


@dataclass(frozen=True, slots=True)
class Folders:
    """Where files lie. `pages` holds home/, desk/, signin/, ticket/, shared/ and node_modules/;
    `texts` are folders that hold <language>/*.ftl; `voice` is the clip bank (None: there is none)."""

    pages: Path
    kiosk: Path
    board: Path
    texts: tuple[Path, ...]
    voice: Path | None = None


def send(folder: Path, name: str, cache: str = REVALIDATE) -> Response:
    """The file `name` inside `folder`; NOT_FOUND for anything outside it, hidden, or of another kind."""
    media_type = MEDIA_TYPES.get(os.path.splitext(name)[1])
    if media_type is None or not _plain(name):
        raise Problem(Fault.NOT_FOUND)
    root = os.path.realpath(folder)
    path = os.path.realpath(os.path.join(root, name))
    if not path.startswith(root + os.sep):
        raise Problem(Fault.NOT_FOUND)
    try:
        with open(path, "rb") as file:
            facts = os.fstat(file.fileno())
            tag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
            if tag in request.environ.get("HTTP_IF_NONE_MATCH", ""):
                return Response(status=304, headers={"ETag": tag, "Cache-Control": cache})
            content = file.read()
    except (OSError, ValueError):
        raise Problem(Fault.NOT_FOUND) from None
    return Response(content, content_type=media_type, headers={"ETag": tag, "Cache-Control": cache})


def _plain(name: str) -> bool:
    parts = name.split("/")
    return all(
        part and not part.startswith(".") and part.isprintable() and "\\" not in part for part in parts
    )


def install(app: Flask, folders: Folders) -> None:
    pages = folders.pages

    def page(folder: Path, cache: str = REVALIDATE) -> Callable[..., Response]:
        return lambda **_: send(folder, "index.html", cache)

    def inside(folder: Path) -> Callable[..., Response]:
        return lambda name: send(folder, name)

    def page_file(name: str) -> Response:
        if name.partition("/")[0] not in _PAGE_FOLDERS:
            raise Problem(Fault.NOT_FOUND)
        return send(pages, name)

    def vendor(name: str) -> Response:
        kind = os.path.splitext(name)[1]
        if not name.startswith(VENDOR) or kind not in _VENDOR_KINDS:
            raise Problem(Fault.NOT_FOUND)
        # Fonts never change under their name; scripts keep theirs from version to version.
        return send(pages / "node_modules", name, FOREVER if kind == ".woff2" else REVALIDATE)

    def voice(name: str) -> Response:
        if folders.voice is None:
            raise Problem(Fault.NOT_FOUND)
        return send(folders.voice, name)

    for rule, endpoint, view in (
        ("/", "home", page(pages / "home")),
        ("/desk", "desk", page(pages / "desk")),
        ("/supervisor", "supervisor", page(pages / "supervisor")),
        ("/signin", "signin", page(pages / "signin")),
        ("/t/<secret>", "ticket", page(pages / "ticket", NEVER)),
        ("/kiosk/<kiosk>", "kiosk", page(folders.kiosk)),
        ("/board/<board>", "board", page(folders.board)),
        ("/pages/<path:name>", "page_file", page_file),
        ("/assets/<path:name>", "assets", inside(pages / "shared")),
        ("/kiosk-assets/<path:name>", "kiosk_assets", inside(folders.kiosk)),
        ("/board-assets/<path:name>", "board_assets", inside(folders.board)),
        ("/vendor/<path:name>", "vendor", vendor),
        ("/voice/<path:name>", "voice", voice),
        ("/texts/<language>.ftl", "texts", lambda language: _texts(folders.texts, language)),
    ):
        app.add_url_rule(rule, f"files.{endpoint}", view, provide_automatic_options=False)


def _texts(folders: tuple[Path, ...], language: str) -> Response:
    """All texts of a language, one after the other."""
    if not (language.isascii() and language.isalpha()):
        raise Problem(Fault.NOT_FOUND)
    files = [file for folder in folders for file in sorted((folder / language).glob("*.ftl"))]
    if not files:
        raise Problem(Fault.NOT_FOUND)
    newest = max(file.stat().st_mtime_ns for file in files)
    joined = "\n\n".join(file.read_text(encoding="utf-8") for file in files).encode()
    tag = f'"{newest:x}-{len(joined):x}"'
    headers = {"ETag": tag, "Cache-Control": REVALIDATE}
    if tag in request.environ.get("HTTP_IF_NONE_MATCH", ""):
        return Response(status=304, headers=headers)
    return Response(joined, content_type=MEDIA_TYPES[".ftl"], headers=headers)

"""The import rules of the house, as data, and the check that finds what breaks them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.sources import OWN_FOLDERS, PACKAGES, Source, imports

GREEN = ("eventlet", "gevent")  # the one module that may know them is queue_server.concurrency


@dataclass(frozen=True)
class Layer:
    """A part of the tree: which parts of ours it may import besides itself, and which third parties."""

    ours: tuple[str, ...] = ()
    third: tuple[str, ...] = ()
    any_third: bool = False


BELOW = ("queue_server.app", "queue_server.core", "queue_server.protocol")
EVERYTHING = Layer(ours=PACKAGES, any_third=True)

# The longest name that a module's own name begins with decides. A module that no name fits breaks the rules.
LAYERS: dict[str, Layer] = {
    "queue_server.protocol": Layer(),
    "queue_server.core": Layer(),
    # Third parties that only compute; whatever talks to the outside is an adapter of store, web or live.
    "queue_server.app": Layer(ours=("queue_server.core",), third=("argon2", "fluent", "msgspec")),
    "queue_server.store": Layer(ours=BELOW, third=("msgspec", "psycopg", "sqlite_utils")),
    "queue_server.web": Layer(ours=BELOW, third=("argon2", "flask", "fluent", "msgspec", "werkzeug")),
    "queue_server.live": Layer(
        ours=BELOW, third=("engineio", "flask", "flask_socketio", "msgspec", "redis", "socketio")
    ),
    "queue_server.load": Layer(ours=("queue_server.app", "queue_server.core"), third=("msgspec",)),
    "queue_server.concurrency": Layer(
        ours=("queue_server.native_threads", "queue_server.plain_heads"), any_third=True
    ),
    "queue_server.plain_heads": Layer(),
    "queue_server.native_threads": Layer(ours=("queue_server.concurrency",), third=("werkzeug",)),
    "queue_server.options": Layer(),
    "queue_server.workers": Layer(ours=("queue_server.__main__",), third=("click",)),
    "queue_server.main": EVERYTHING,
    "queue_server.__main__": EVERYTHING,
    "queue_server.cli": EVERYTHING,
    "queue_server.demonstration": EVERYTHING,  # the composition root of `motcua demo`
    "queue_server.bench": EVERYTHING,  # makes centres and bare servers to compare
    "drivers": Layer(third=("PIL", "escpos", "fontpkg", "pymodbus", "qrcode", "serial", "usb")),
    "kiosk": Layer(
        ours=("drivers", "queue_server.protocol"), third=("PIL", "fluent", "qrcode", "sqlite_utils")
    ),
    # The appliance serves its own pages, as the server does to a plain tablet.
    "kiosk.agent": Layer(
        ours=("drivers", "kiosk", "queue_server.protocol"),
        third=("flask", "flask_socketio", "sqlite_utils", "werkzeug"),
    ),
    "display": Layer(ours=("drivers", "queue_server.protocol"), third=("fluent",)),
    "display.signs": Layer(ours=("drivers", "queue_server.protocol"), third=("simple_websocket",)),
    "tests": Layer(ours=OWN_FOLDERS, any_third=True),
}

# What of the standard library brings the outside in: the core gets time, ids and randomness handed in.
IMPURE_MODULES = frozenset(
    "asyncio ctypes http io logging multiprocessing os pathlib queue random secrets select shutil signal "
    "socket sqlite3 subprocess tempfile threading time urllib uuid".split()
)
IMPURE_CALLS = frozenset({"input", "now", "open", "print", "today", "utcnow"})


def begins(module: str, prefix: str) -> bool:
    return module == prefix or module.startswith(prefix + ".")


def violations(source: Source) -> Iterator[str]:
    """One sentence for each import (and, in the core, each impure call) that the rules forbid."""
    home = _home(source.module)
    if home is None:
        if source.text.strip() and not (source.is_package and source.module in PACKAGES):
            yield f"{source.module}: stands in no layer; give it one in tests/architecture/layers.py"
        return
    for found in imports(source):
        reason = _forbidden(source.module, home, found.module)
        if reason:
            yield f"{source.module}:{found.line}: imports {found.module}: {reason}"
    if home == "queue_server.core":
        yield from _impure_calls(source)


def _home(module: str) -> str | None:
    fits = [name for name in LAYERS if begins(module, name)]
    return max(fits, key=len, default=None)


def _forbidden(module: str, home: str, imported: str) -> str | None:
    top = imported.partition(".")[0]
    layer = LAYERS[home]
    if top in GREEN:
        return None if module == "queue_server.concurrency" else "only queue_server.concurrency may"
    if top in sys.stdlib_module_names:
        impure = home == "queue_server.core" and top in IMPURE_MODULES
        return "the core is pure" if impure else None
    if top in OWN_FOLDERS:
        allowed = any(begins(imported, name) for name in (home, *layer.ours))
        return None if allowed else f"{home} may import only {', '.join(layer.ours) or 'itself'}"
    return None if layer.any_third or top in layer.third else f"{home} may not use this third party"


def _impure_calls(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree()):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in IMPURE_CALLS:
            yield f"{source.module}:{node.lineno}: calls {name}(): the core is pure"

"""Who may import whom, read off the syntax trees."""

from __future__ import annotations

import pytest

from tests.architecture.layers import violations
from tests.architecture.sources import OWN_FOLDERS, Source, project_files


def test_every_module_imports_only_what_its_layer_may() -> None:
    modules = [path for path in project_files() if path.suffix == ".py" and path.parts[0] in OWN_FOLDERS]
    assert modules
    broken = [sentence for path in modules for sentence in violations(Source.at(path))]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("queue_server.core.tickets", "import flask"),
        ("queue_server.core.tickets", "import msgspec"),
        ("queue_server.core.tickets", "from queue_server.app import ports"),
        ("queue_server.core.tickets", "from ..app import ports"),
        ("queue_server.core.tickets", "from queue_server import protocol"),
        ("queue_server.core.tickets", "import time"),
        ("queue_server.core.tickets", "import random"),
        ("queue_server.core.tickets", "from datetime import datetime\ndatetime.now()"),
        ("queue_server.core.tickets", "def f():\n    return open('x')"),
        ("queue_server.app.writing", "import sqlite_utils"),
        ("queue_server.app.writing", "from queue_server.store import sqlite"),
        ("queue_server.app.writing", "def late():\n    from queue_server.web import site"),
        ("queue_server.store.sqlite", "from queue_server.web import site"),
        ("queue_server.store.sqlite", "import flask"),
        ("queue_server.web.tickets", "from queue_server import live"),
        ("queue_server.web.tickets", "from queue_server.store.sqlite import Store"),
        ("queue_server.web.tickets", "import queue_server.main"),
        ("queue_server.live.topics", "from ..web import session"),
        ("queue_server.live.topics", "import importlib\nimportlib.import_module('queue_server.store')"),
        ("queue_server.main", "import eventlet"),
        ("queue_server.live.topics", "import gevent.event"),
        ("tests.unit.test_x", "import eventlet.green.socket"),
        ("drivers.printer.raster", "from queue_server import protocol"),
        ("drivers.printer.raster", "import kiosk"),
        ("kiosk.slip", "from display.voice import clips"),
        ("kiosk.slip", "from queue_server.core import site"),
        ("display.voice.clips", "import kiosk.slip"),
        ("display.voice.clips", "import queue_server"),
        ("queue_server.oddments", "import json"),
        ("kiosk.slip", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import flask"),
    ],
)
def test_a_forbidden_import_is_caught(module: str, text: str) -> None:
    assert list(violations(Source(module, text)))


@pytest.mark.parametrize(
    ("module", "text"),
    [
        (
            "queue_server.core.tickets",
            "import json\nfrom . import site\nfrom queue_server.core import queues",
        ),
        ("queue_server.app.writing", "import msgspec\nfrom ..core import tickets"),
        ("queue_server.store.sqlite", "import sqlite3, sqlite_utils\nfrom queue_server.app import ports"),
        ("queue_server.web.tickets", "import flask\nfrom queue_server.protocol import Slip"),
        ("queue_server.concurrency", "import eventlet\nimport gevent.event"),
        ("queue_server.main", "import kiosk, display.voice\nfrom queue_server.store import sqlite"),
        ("queue_server.cli.serving", "import click\nfrom queue_server import main"),
        ("kiosk.slip", "from queue_server.protocol import Slip\nfrom drivers.printer import raster"),
        ("drivers.printer.raster", "import escpos.printer\nfrom drivers.virtual import printer"),
        ("tests.unit.test_x", "import queue_server.core.site, kiosk.slip, hypothesis"),
    ],
)
def test_an_allowed_import_passes(module: str, text: str) -> None:
    assert list(violations(Source(module, text))) == []


def test_a_package_resolves_its_relative_imports_from_itself() -> None:
    inside = Source("queue_server.web", "from .session import Session", is_package=True)
    outside = Source("queue_server.web", "from ..store import sqlite", is_package=True)
    assert list(violations(inside)) == []
    assert list(violations(outside)) == [
        "queue_server.web:1: imports queue_server.store.sqlite: "
        "queue_server.web may import only queue_server.app, "
        "queue_server.core, queue_server.protocol"
    ]

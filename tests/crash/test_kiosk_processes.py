"""Real kiosks and a real server over real HTTP: cut, killed, started again; each slip keeps its ticket."""

from __future__ import annotations

import json
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import zxingcpp
from PIL import Image

from drivers.virtual.picture import render
from drivers.virtual.printer import printed_pages
from queue_server.app.access import Role
from queue_server.app.describing import describe
from queue_server.core.site import Kiosk
from queue_server.main import build_access
from queue_server.store.sqlite import SqliteStore
from tests.crash.cut_link import CutLink
from tests.crash.running_kiosk import RunningKiosk
from tests.servers import RunningCentre, in_time
from tests.sites import both, small_site

NAMES = ("k1", "k2", "k3")
CHAOS_SECONDS = 6.0
_COPIES = "SELECT ticket, count(*) FROM job WHERE copy AND state = 'printed' GROUP BY ticket"


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="motcua-") as name:
        yield Path(name)


def described_centre(folder: Path) -> dict[str, str]:
    """A centre with three appliances, open at any hour; their tokens."""
    kiosks = tuple(
        Kiosk(name, both(name, name), "", 900 + 30 * at, 929 + 30 * at) for at, name in enumerate(NAMES)
    )
    store = SqliteStore(folder / "motcua.db")
    site = small_site(kiosks=kiosks, outside_hours="warn")
    describe(store, site)
    access = build_access(store, site.id)
    tokens = {name: access.create_token(Role.KIOSK, name) for name in NAMES}
    tokens["staff"] = access.create_token(Role.INTEGRATOR, None)
    store.close()
    return tokens


@pytest.mark.server
def test_kiosks_that_are_cut_off_and_killed_lose_nothing(folder: Path) -> None:
    tokens = described_centre(folder)
    centre = RunningCentre(folder, demo=False)
    port = urlsplit(centre.url).port or 0
    kiosks = [RunningKiosk(name, folder, tokens[name], port) for name in NAMES]
    try:
        for kiosk in kiosks:
            kiosk.start()
        for kiosk in kiosks:
            kiosk.ready()
        in_time(lambda: all(kiosk.knows_the_centre() for kiosk in kiosks))
        wished = _chaos(centre, kiosks, tokens["staff"])
        for kiosk in kiosks:
            kiosk.link.heal()
        in_time(lambda: all(kiosk.is_quiet() for kiosk in kiosks) and not _owed(centre))
        _check(centre, kiosks)
        _check_copies(centre, kiosks, wished)
    finally:
        for kiosk in kiosks:
            kiosk.stop()
        centre.stop()


def _chaos(centre: RunningCentre, kiosks: list[RunningKiosk], staff: str) -> list[str]:
    """Some seconds of trouble; the tickets of which the staff wished for a copy, and were answered."""
    dice = random.Random(20261123)
    until = time.monotonic() + CHAOS_SECONDS

    def come(kiosk: RunningKiosk, seed: int) -> None:
        own = random.Random(seed)
        while time.monotonic() < until:
            kiosk.take(f"{own.getrandbits(128):032x}", until + 4)
            time.sleep(0.25)

    citizens = [Thread(target=come, args=(kiosk, at), daemon=True) for at, kiosk in enumerate(kiosks)]
    for citizen in citizens:
        citizen.start()
    time.sleep(0.7)
    kiosks[0].link.cut()
    kiosks[1].kill()
    kiosks[1].start()
    centre.kill()
    time.sleep(dice.random())
    kiosks[2].kill()
    kiosks[2].start()
    centre.start()
    for kiosk in kiosks[1:]:
        kiosk.ready()
    wished: list[str] = []
    while time.monotonic() < until:
        kiosk = dice.choice(kiosks)
        wished += _wish(centre, staff, dice.choice(list(kiosk.given.values())) if kiosk.given else None)
        kiosk.link.cut()
        time.sleep(dice.random() / 2)
        kiosk.link.heal()
        time.sleep(dice.random() / 2)
    for citizen in citizens:
        citizen.join(20)
    kiosks[0].kill()  # with a wish on its way, or on its disk, or half on paper
    wished += _wish(centre, staff, next(iter(kiosks[0].given.values())))
    kiosks[0].start()
    kiosks[0].ready()
    return wished


def _wish(centre: RunningCentre, staff: str, ticket: dict[str, Any] | None) -> list[str]:
    """Somebody has lost their slip, and asks at a counter."""
    if ticket is None:
        return []
    with suppress(requests.RequestException):
        address = f"{centre.url}/api/v1/tickets/{ticket['id']}/reprint"
        asked = requests.post(address, json={}, headers={"Authorization": f"Bearer {staff}"}, timeout=5)
        return [ticket["id"]] if asked.ok else []
    return []


def _owed(centre: RunningCentre) -> list[Any]:
    with closing(sqlite3.connect(centre.folder / "motcua.db", timeout=15)) as db:
        return db.execute(
            "SELECT id FROM delivery WHERE channel = 'copy' AND state IN ('owed', 'claimed')"
        ).fetchall()


def _check_copies(centre: RunningCentre, kiosks: list[RunningKiosk], wished: list[str]) -> None:
    """Each wish that was answered is one marked job at one kiosk, and the server knows what became of it."""
    assert wished, "nobody wished for a copy"
    jobs = [
        row for kiosk in kiosks for row in kiosk.rows("spool.db", "SELECT ticket, wish FROM job WHERE copy")
    ]
    assert Counter(wished) <= Counter(ticket for ticket, _ in jobs)
    assert len({wish for _, wish in jobs}) == len(jobs)
    with closing(sqlite3.connect(centre.folder / "motcua.db", timeout=15)) as db:
        told = db.execute("SELECT data FROM journal WHERE type = 'SlipPrinted'").fetchall()
    assert sum(json.loads(data).get("copy", False) for (data,) in told) == len(jobs)


def _check(centre: RunningCentre, kiosks: list[RunningKiosk]) -> None:
    with closing(sqlite3.connect(centre.folder / "motcua.db", timeout=15)) as db:
        rows = db.execute("SELECT id, label, secret, state FROM ticket").fetchall()
    tickets = {id: (label, secret, state) for id, label, secret, state in rows}
    by_secret = {secret: id for id, (_, secret, _) in tickets.items()}
    out_of: Counter[str] = Counter()
    own = 0
    for kiosk in kiosks:
        assert kiosk.rows("kiosk.db", "SELECT key FROM touch WHERE home = 'refused'") == []
        own += kiosk.rows("kiosk.db", "SELECT count(*) FROM touch WHERE home = 'home'")[0][0]
        for ticket in kiosk.given.values():
            assert tickets[ticket["id"]][0] == ticket["label"]
            assert tickets[ticket["id"]][2] == "waiting"
        for page in printed_pages(kiosk.folder / "virtual", "own"):
            out_of[by_secret[_secret_on(page.read())]] += 1
        out_of.subtract(dict(kiosk.rows("spool.db", _COPIES)))
    given = sum(len(kiosk.given) for kiosk in kiosks)
    print(f"{given} numbers, {own} of them without the server, {sum(out_of.values())} slips")
    assert own > 5 and given > own
    assert max(out_of.values()) == 1
    reported = requests.get(f"{centre.url}/readyz", timeout=10)
    assert reported.ok


def _secret_on(page: bytes) -> str:
    """The secret in the QR code of a slip, read by a reader that is not ours."""
    import io

    with Image.open(io.BytesIO(render(page))) as picture:
        codes = zxingcpp.read_barcodes(picture)
    assert len(codes) == 1
    return codes[0].text.rpartition("/")[2]


def test_a_link_that_is_cut_breaks_off_what_is_under_way() -> None:
    """The proxy is trusted by the test above: it must really cut."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as echo:
        link = CutLink(echo.getsockname()[1])
        near = socket.create_connection(("127.0.0.1", urlsplit(link.url).port or 0), timeout=5)
        far, _ = echo.accept()
        near.sendall(b"x")
        assert far.recv(1) == b"x"
        link.cut()
        assert near.recv(1) == b""
        near.close()
        with socket.create_connection(("127.0.0.1", urlsplit(link.url).port or 0), timeout=5) as again:
            again.settimeout(5)
            with suppress(ConnectionResetError):
                assert again.recv(1) == b""
        far.close()
        link.close()

"""Several centres in one process: each request finds its own, and none knows anything of another."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests

from queue_server.app.access import Role
from queue_server.main import build_access
from queue_server.store.sqlite import SqliteStore
from tests.clients import FollowingBoard, Http, Keys, LiveClient, busy_site
from tests.servers import RunningCentre, in_time

EAST, WEST = "dong", "tay"
PASSWORD = "mật khẩu dài"


@dataclass
class Province:
    centre: RunningCentre
    keys: dict[str, Keys]

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(self.centre.url + path, headers=headers, timeout=30)

    def take(self, site: str) -> dict[str, object]:
        with Http(self.centre.url, self.keys[site].kiosk) as kiosk:
            status, ticket = kiosk.post("/tickets", {"queue": "dat"})
        assert status == 201, ticket
        return dict(ticket)


@pytest.fixture(scope="module")
def province() -> Iterator[Province]:
    with tempfile.TemporaryDirectory(prefix="motcua-") as name:
        folder = Path(name)
        store = SqliteStore(folder / "motcua.db")
        keys = {site: Keys(folder, replace(busy_site(2), id=site), store) for site in (EAST, WEST)}
        for site in (EAST, WEST):
            access = build_access(store, site)
            access.create_person("lan", f"{PASSWORD} {site}", Role.SUPERVISOR, first_password=False)
        store.close()
        running = RunningCentre(folder, demo=False)
        yield Province(running, keys)
        running.stop()


def test_a_token_leads_to_the_centre_that_it_was_made_in(province: Province) -> None:
    for site in (EAST, WEST):
        with Http(province.centre.url, province.keys[site].kiosk) as kiosk:
            assert kiosk.get("/site")[1]["id"] == site
    first = {site: province.take(site) for site in (EAST, WEST)}
    assert first[EAST]["id"] != first[WEST]["id"]
    assert first[EAST]["label"] == first[WEST]["label"], "each centre counts for itself"
    with Http(province.centre.url, province.keys[WEST].kiosk) as stranger:
        assert stranger.get(f"/tickets/{first[EAST]['id']}")[0] == 404


def test_a_token_is_none_at_the_address_of_another_centre(province: Province) -> None:
    token = f"Bearer {province.keys[EAST].kiosk}"
    assert province.get(f"/@{EAST}/api/v1/site", Authorization=token).json()["id"] == EAST
    elsewhere = province.get(f"/@{WEST}/api/v1/boards/main", Authorization=token)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (401, "bad_token")


def test_whoever_shows_nothing_says_where_they_are(province: Province) -> None:
    assert province.get(f"/@{WEST}/api/v1/site").json()["id"] == WEST
    nowhere = province.get("/api/v1/site", **{"Accept-Language": "en"})
    assert (nowhere.status_code, nowhere.json()["code"]) == (400, "centre_required")
    assert "/@" in nowhere.json()["detail"]
    unknown = province.get("/@khong-co/api/v1/site")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_centre")
    listed = province.get("/api/v1/sites").json()["sites"]
    assert [one["id"] for one in listed] == [EAST, WEST]


def test_a_slip_finds_its_centre_by_its_secret(province: Province) -> None:
    for site in (EAST, WEST):
        address = str(province.take(site)["tracking"])
        tracked = province.get(f"/api/v1/track/{address.rpartition('/')[2]}")
        assert tracked.status_code == 200
    assert province.get("/api/v1/track/no-such-secret-at-all").json()["code"] == "unknown_ticket"


def test_the_same_login_is_two_people_in_two_centres(province: Province) -> None:
    for site in (EAST, WEST):
        with requests.Session() as browser:
            entered = browser.post(
                f"{province.centre.url}/@{site}/api/v1/session",
                json={"login": "lan", "password": f"{PASSWORD} {site}"},
                timeout=30,
            )
            assert entered.status_code == 200, entered.text
            seen = browser.get(f"{province.centre.url}/api/v1/site", timeout=30)
            assert seen.json()["id"] == site, "the session leads there without the prefix, too"
    wrong = requests.post(
        f"{province.centre.url}/@{WEST}/api/v1/session",
        json={"login": "lan", "password": f"{PASSWORD} {EAST}"},
        timeout=30,
    )
    assert wrong.status_code == 401


def test_boards_of_the_same_name_hear_only_their_own_centre(province: Province) -> None:
    boards = {
        site: FollowingBoard(province.centre.url, province.keys[site].board, "board:main")
        for site in (EAST, WEST)
    }
    try:
        in_time(lambda: all(board.seq for board in boards.values()))
        before = len(boards[WEST].announced)
        province.take(EAST)
        counter = province.keys[EAST].counters["c1"]
        with Http(province.centre.url, counter) as desk:
            assert desk.post("/counters/c1/open")[0] == 200
            status, call = desk.post("/counters/c1/call-next")
            assert status == 200, call
        in_time(lambda: call["ticket"]["label"] in boards[EAST].rows["calls"])
        province.take(WEST)
        in_time(lambda: boards[WEST].rows["lines"]["dat"]["waiting"] >= 1)
        assert len(boards[WEST].announced) == before
        assert call["ticket"]["label"] not in boards[WEST].rows["calls"]
    finally:
        for board in boards.values():
            board.close()


def test_a_stranger_follows_a_ticket_of_any_centre_by_its_secret(province: Province) -> None:
    secret = str(province.take(WEST)["tracking"]).rpartition("/")[2]
    heard: list[dict[str, object]] = []
    phone = LiveClient(reconnection=False)
    phone.on("snapshot", heard.append)
    phone.connect(province.centre.url, transports=["websocket"], wait_timeout=30)
    try:
        assert phone.call("join", {"topic": f"ticket:{secret}"}, timeout=30) == {"ok": True}
        in_time(lambda: heard)
        refused = phone.call("join", {"topic": "ticket:no-such-secret-at-all"}, timeout=30)
        assert refused["problem"]["code"] == "unknown_ticket"
        walls = phone.call("join", {"topic": "board:main"}, timeout=30)
        assert walls["problem"]["code"] == "not_signed_in"
    finally:
        phone.disconnect()


def test_figures_name_the_centre(province: Province) -> None:
    province.take(EAST), province.take(WEST)
    page = province.get("/metrics").text
    for site in (EAST, WEST):
        assert f'motcua_waiting{{site="{site}"}}' in page
    assert "motcua_orders_total" in page


def test_a_centre_that_is_imported_meanwhile_is_served_without_a_restart(province: Province) -> None:
    store = SqliteStore(province.centre.folder / "motcua.db")
    keys = Keys(province.centre.folder, replace(busy_site(1), id="moi"), store)
    store.close()
    with Http(province.centre.url, keys.kiosk) as kiosk:
        assert in_time(lambda: kiosk.post("/tickets", {"queue": "dat"})[0] == 201)

"""The main job over HTTP alone, as a script would do it with tokens from the command line."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.servers import Api, RunningCentre, in_time, motcua


@pytest.fixture(scope="module")
def kiosk(centre: RunningCentre) -> Api:
    return Api(centre.url, centre.token("kiosk"))


@pytest.fixture(scope="module")
def desk(centre: RunningCentre) -> Api:
    return Api(centre.url, centre.token("officer", counter="10"))


def test_a_number_is_taken_printed_called_served_and_finished(
    centre: RunningCentre, kiosk: Api, desk: Api
) -> None:
    site = kiosk.get("/site").json()
    counter = next(c for c in site["counters"] if c["id"] == "10")
    ticket = kiosk.post("/tickets", queue=counter["queues"][0], language="vi").json()
    shelf = f"{centre.url}/demo/slips/lobby.json"
    slips = in_time(lambda: requests.get(shelf, timeout=10).json()["slips"])
    picture = requests.get(centre.url + slips[0]["png"], timeout=10)
    assert picture.headers["Content-Type"] == "image/png"
    assert desk.post("/counters/10/open").json()["state"] == "open"
    call = desk.post("/counters/10/call-next").json()
    assert call["ticket"]["label"] == ticket["label"]
    assert call["counter"]["number"] == "10"
    assert call["reason"]["words"]["vi"]
    board = Api(centre.url, centre.token("board")).get("/boards/main").json()
    assert board["calls"][ticket["label"]]["counter"] == "10"
    in_time(lambda: desk.post(f"/tickets/{ticket['id']}/recall").ok)  # after the least interval
    for verb, state in (("start", "serving"), ("finish", "finished")):
        assert desk.post(f"/tickets/{ticket['id']}/{verb}").json()["state"] == state
    assert desk.post("/counters/10/call-next").status_code == 204


def test_the_same_key_gives_the_same_ticket_and_another_request_under_it_is_refused(kiosk: Api) -> None:
    first = kiosk.post("/tickets", key="one-tap", queue="stp")
    again = kiosk.post("/tickets", key="one-tap", queue="stp")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = kiosk.post("/tickets", key="one-tap", queue="stnmt")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_the_slip_leads_to_a_page_that_knows_no_more_than_it_must(centre: RunningCentre, kiosk: Api) -> None:
    ticket = kiosk.post("/tickets", queue="stp").json()
    secret = ticket["tracking"].removeprefix("/t/")
    tracked = requests.get(f"{centre.url}/api/v1/track/{secret}", timeout=10).json()
    assert tracked["label"] == ticket["label"]
    assert ticket["id"] not in str(tracked)
    assert requests.get(centre.url + ticket["tracking"], timeout=10).headers["Cache-Control"] == "no-store"


def test_the_site_says_where_phones_reach_it_once_that_is_configured(
    centre: RunningCentre, kiosk: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kiosk.get("/site").json()["public_url"] == ""
    monkeypatch.setenv("MOTCUA_PUBLIC_URL", "http://hall.example")
    centre.stop()
    centre.start()
    assert kiosk.get("/site").json()["public_url"] == "http://hall.example"


def test_the_journal_proves_itself_on_the_command_line(centre: RunningCentre, kiosk: Api) -> None:
    ticket = kiosk.post("/tickets", queue="stp").json()
    assert "the chain is whole" in centre.motcua("verify").stdout
    assert "every row is the same" in centre.motcua("replay").stdout
    life = centre.motcua("audit", ticket["label"]).stdout
    assert "TicketIssued" in life
    assert ticket["tracking"].removeprefix("/t/") not in life


def test_a_command_on_a_folder_without_a_centre_says_what_to_do(tmp_path: Any) -> None:
    done = motcua("verify", "--data", str(tmp_path / "nowhere"), check=False)
    assert done.returncode == 1
    assert "motcua import FILE" in done.stderr

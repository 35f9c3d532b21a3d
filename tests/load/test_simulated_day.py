"""`motcua simulate-load` in its short form, and that what it looks for would be found."""

from __future__ import annotations

import json

import pytest

from queue_server.load.checking import Checking
from queue_server.load.frames import Frames, frame
from queue_server.load.ledger import Given, Ledger
from queue_server.load.plan import Part, province, small, visits_of
from queue_server.load.profile import CLOSES, OPENS, arrival, service
from queue_server.load.screens import BoardScreen
from queue_server.load.sites import sites_of
from tests.servers import motcua
from tests.sites import small_site

HALF_AN_HOUR = Part(600, 30)


@pytest.mark.timeout(120)
def test_half_an_hour_of_a_small_centre_passes_without_an_error_and_nothing_is_lost() -> None:
    done = motcua(
        "simulate-load", "--small", "--visits", "3000", "--minutes", "30", "--speed", "300", "--json",
        check=False,
    )  # fmt: skip
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)
    assert (told["errors"], told["faults"]) == ({}, []), done.stderr
    assert done.returncode == 0
    assert told["tickets"] == told["visits"] > 150
    assert told["served"] > 20 and told["no_shows"] > 0 and told["sent_twice"] > 0
    assert told["call_to_board"]["count"] == 2 * told["calls"]  # both boards hear of each
    assert told["call_to_phone"]["count"] > 10 and told["screens"]["phones"] == 60
    print(f"call to board: {told['call_to_board']}; {told['requests_a_second']} requests a second")


@pytest.mark.in_process
def test_a_seed_gives_the_same_province_and_the_same_visits() -> None:
    plan = province(170, 60_000, 5_000, 10.0, Part(OPENS, CLOSES - OPENS), seed=3)
    sites = sites_of(plan, small_site())
    assert sites == sites_of(plan, small_site())
    assert len(sites) == 170 and len({site.id for site in sites}) == 170
    assert sum(len(site.counters) for site in sites if site.id.startswith("branch")) == 156
    visits = visits_of(plan, sites)
    assert visits == visits_of(plan, sites)
    assert len(visits) == 60_000


@pytest.mark.in_process
def test_people_come_and_are_served_as_the_records_say() -> None:
    assert arrival(0) == OPENS and arrival(0.999999) == pytest.approx(CLOSES, abs=1)
    by_noon = sum(arrival(n / 1000) < 12 * 60 for n in range(1000))
    assert by_noon == pytest.approx(529, abs=5)
    assert sum(service(n / 1000) for n in range(1000)) / 1000 == pytest.approx(1, abs=0.02)


@pytest.mark.in_process
@pytest.mark.parametrize("size", [0, 125, 126, 65_535])
def test_a_frame_is_read_as_it_was_written_in_whatever_pieces_it_comes(size: int) -> None:
    text = b"x" * size
    sent = bytearray(frame(text) + frame(b"after"))
    frames, heard = Frames(), []
    # A server does not mask, a client does: take the mark and the mask away.
    for start in (len(frame(text)), 0):
        head = 2 if sent[start + 1] & 0x7F < 126 else 4
        sent[start + 1] &= 0x7F
        del sent[start + head : start + head + 4]
    for at in range(0, len(sent), 7):
        heard += [payload for _, payload in frames.feed(bytes(sent[at : at + 7]))]
    assert heard == [text, b"after"]


@pytest.mark.in_process
def test_a_lost_a_doubled_and_an_unknown_number_are_each_found() -> None:
    plan = small(10, 0, 1.0, HALF_AN_HOUR, seed=1)
    (site,) = sites_of(plan, small_site())

    def faults(numbers: list[int], given: int) -> list[str]:
        ledger = Ledger()
        mine = [Given(f"{n}", site.id, "q0", f"A{n}", number, "") for n, number in enumerate(numbers)]
        Checking(ledger, ("127.0.0.1", 1))._numbers(site, mine, {"q0": given})
        return ledger.faults

    assert faults([1, 2, 3], given=3) == []
    assert faults([1, 3], given=3) and faults([1, 2, 2], given=3) and faults([1, 2], given=3)


@pytest.mark.in_process
def test_a_board_takes_a_call_once_and_knows_that_it_missed_something() -> None:
    heard: list[str] = []
    board = BoardScreen("main", lambda label, at: heard.append(label))
    call = {"kind": "call", "label": "A001"}
    board.hear("snapshot", {"seq": 5, "data": {"announcements": {"4": call}}}, 0.0)
    again = {"seq": 7, "prev": 5, "put": {"announcements": {"4": call}}, "drop": {}}
    assert board.hear("change", again, 0.1) is False
    assert board.hear("change", {"seq": 12, "prev": 9, "put": {}, "drop": {}}, 0.2) is True
    assert board.hear("beat", {"seqs": {"board:main": 12}}, 0.3) is True
    assert heard == ["A001"]

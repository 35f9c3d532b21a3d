"""A kiosk without its server: what it gives, what it says, and how it comes back, whatever its clock says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.agent import hall
from queue_server.core.commands import CloseQueue
from queue_server.core.model import TicketState
from tests.crash.offline_hall import Fate, KioskSide, ServerSide
from tests.sites import DAY, MINUTE


class Stage:
    """One kiosk and its server; `cut` takes the link away."""

    def __init__(self, folder: Path, kept: int = 3) -> None:
        self.server = ServerSide(folder, kept)
        self.folder = folder
        self.kiosk = KioskSide(self.server, "k1", folder / "k1", Fate(random.Random(1)))
        self.touches = 0
        self.kiosk.tick()

    def cut(self) -> None:
        self.kiosk.fate.is_cut = True

    def heal(self) -> None:
        self.kiosk.fate.is_cut = False
        self.tick()

    def tick(self) -> None:
        self.server.now += 2_000
        self.kiosk.tick()

    def restart(self) -> None:
        self.kiosk.die()
        self.kiosk.start()

    def take(self, queue: str = "dat", language: str = "vi", key: str = "") -> Any:
        self.touches += 1
        self.server.now += 1_000
        assert self.kiosk.agent is not None
        wanted = {"queue": queue, "class": "ordinary", "language": language}
        return self.kiosk.agent.take(key or f"touch-{self.touches}", wanted, language)

    def label(self, queue: str = "dat") -> str:
        answer = self.take(queue)
        assert answer.status == 201, answer
        return str(answer.body["label"])

    def state(self, label: str, day: str = "2026-11-23") -> str:
        found = [ticket.state for ticket in self.server.tickets(day).values() if ticket.label == label]
        assert len(found) == 1, (label, found)
        return str(found[0].value)

    def describe(self, **changes: Any) -> None:
        """Import another description of the centre."""
        self.server.site = replace(self.server.site, **changes)
        with self.server.store.writing(self.server.site.id) as transaction:
            version = transaction.site()[0] + 1  # type: ignore[index]
            transaction.describe(version, self.server.site, self.server.now)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.kiosk.die()
    stage.server.store.close()


def test_with_the_server_there_the_server_gives_the_numbers(stage: Stage) -> None:
    assert [stage.label(), stage.label()] == ["A001", "A002"]
    assert stage.kiosk.agent is not None and stage.kiosk.agent.records.owed() == []


def test_without_the_server_the_slip_promises_nothing_that_nobody_knows(stage: Stage) -> None:
    stage.cut()
    ticket = stage.take().body
    assert (ticket["label"], ticket["ahead"], ticket["estimate"], ticket["offline"]) == (
        "A900",
        None,
        None,
        True,
    )
    stage.tick()
    slip = stage.kiosk.paper.slips[0]
    assert (slip["offline"], slip["low"], slip["high"]) == (True, None, None)
    assert slip["track_url"] == f"http://centre.test{ticket['tracking']}"
    assert (slip["area"], slip["counters"]) == ("Khu A", "Các quầy 1, 2")


def test_a_number_given_alone_comes_home_once_with_its_id_and_its_time(stage: Stage) -> None:
    stage.cut()
    ticket = stage.take().body
    taken_at = stage.server.now
    stage.server.now += 5 * MINUTE
    stage.heal()
    stage.tick()
    found = stage.server.tickets()[ticket["id"]]
    assert (found.label, found.state, found.issued_at, found.since) == ("A900", "waiting", taken_at, taken_at)
    assert f"/t/{found.secret}" == ticket["tracking"]
    assert stage.label() == "A001"  # the server gives the numbers again, and its own are untouched
    assert len(stage.server.tickets()) == 2


def test_the_journal_tells_which_numbers_were_given_alone(stage: Stage) -> None:
    stage.label()
    stage.cut()
    stage.label()
    stage.heal()
    with stage.server.store.reading(stage.server.site.id) as reading:
        from queue_server.app.journal import entries

        issued = [entry for entry in entries(reading) if type(entry.event).__name__ == "TicketIssued"]
    assert [entry.event.taken_at is not None for entry in issued] == [False, True]
    assert {entry.actor for entry in issued} == {"kiosk:k1"}


def test_a_lost_answer_and_a_number_given_alone_are_one_ticket_in_the_line(stage: Stage) -> None:
    stage.kiosk.fate.loses_answer = 1.0
    answer = stage.take(key="lost")
    assert answer.body["label"] == "A900"
    stage.kiosk.fate.loses_answer = 0.0
    assert stage.state("A001") == "waiting"  # the server heard, and was not heard
    stage.tick()
    assert (stage.state("A001"), stage.state("A900")) == ("cancelled", "waiting")
    assert stage.take(key="lost").body["label"] == "A900"
    assert [slip["label"] for slip in stage.kiosk.paper.slips] == ["A900"]


def test_a_request_that_arrives_after_the_number_has_come_home_makes_no_ticket(stage: Stage) -> None:
    stage.kiosk.fate.delays = 1.0
    assert stage.label() == "A900"
    stage.kiosk.fate.delays = 0.0
    stage.tick()
    stage.kiosk.wire.let_arrive()
    assert [ticket.label for ticket in stage.server.tickets().values()] == ["A900"]


def test_who_gave_a_number_is_decided_once(stage: Stage) -> None:
    stage.cut()
    stage.take(key="once")
    assert stage.kiosk.agent is not None
    late = stage.kiosk.agent.records.decide("once", "server", {"id": "x", "label": "A001"}, {})
    assert (late.by, (late.ticket or {})["label"]) == ("kiosk", "A900")


def test_two_touches_under_one_key_must_want_the_same(stage: Stage) -> None:
    stage.cut()
    stage.take(key="mine")
    answer = stage.take("thue", key="mine")
    assert (answer.status, answer.code) == (422, "key_reused")


def test_a_restart_without_the_network_forgets_nothing(stage: Stage) -> None:
    stage.cut()
    first = stage.label()
    stage.restart()
    assert [first, stage.label()] == ["A900", "A901"]
    agent = stage.kiosk.agent
    assert agent is not None
    assert (agent.site() or {})["name"]["vi"] == "Trung tâm thử nghiệm"
    assert (agent.services("dat") or {})["services"][0]["id"] == "1.1"
    row = agent.rows()["kiosk"]["_"]
    assert (row["id"], row["open"], row["server"], row["offline"]) == ("k1", True, "down", True)
    assert agent.rows()["lines"] == {} or agent.rows()["lines"]["dat"]["waiting"] is None
    stage.heal()
    assert {stage.state("A900"), stage.state("A901")} == {"waiting"}


def test_a_kiosk_that_never_met_its_server_says_that_it_cannot_give_numbers(tmp_path: Path) -> None:
    server = ServerSide(tmp_path)
    kiosk = KioskSide(server, "k1", tmp_path / "k1", Fate(random.Random(1), is_cut=True))
    kiosk.tick()
    assert kiosk.agent is not None and kiosk.agent.site() is None
    answer = kiosk.take("a", "dat")
    assert answer is not None and (answer.status, answer.code) == (503, "unreachable")
    kiosk.die()
    server.store.close()


def test_a_range_that_is_used_up_sends_people_to_the_desk(stage: Stage) -> None:
    stage.cut()
    assert [stage.label() for _ in range(3)] == ["A900", "A901", "A902"]
    answer = stage.take()
    assert (answer.status, answer.code) == (409, "numbers_used_up")
    assert "Vui lòng đến quầy hướng dẫn" in answer.body["detail"]
    assert "Please see the help desk" in stage.take(language="en").body["detail"]
    assert stage.label("thue") == "W900"
    stage.server.now += DAY
    assert stage.label() == "A900"  # another day


def test_numbers_of_two_days_come_home_each_to_its_day(stage: Stage) -> None:
    stage.cut()
    yesterday = stage.take().body
    stage.server.now += DAY
    stage.restart()
    today = stage.take().body
    assert (yesterday["day"], today["day"]) == ("2026-11-23", "2026-11-24")
    stage.heal()
    tickets = {**stage.server.tickets(), **stage.server.tickets("2026-11-24")}
    assert (tickets[yesterday["id"]].state, tickets[today["id"]].state) == (
        TicketState.EXPIRED,
        TicketState.WAITING,
    )


def test_setting_the_machines_clock_while_it_runs_moves_no_time(stage: Stage) -> None:
    stage.cut()
    stage.kiosk.skew = -30 * DAY
    ticket = stage.take().body
    assert hall.epoch_ms(ticket["issued_at"]) == stage.server.now


def test_a_clock_that_is_always_wrong_by_the_same_is_no_trouble_after_a_restart(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.kiosk.skew = 400 * DAY
    stage.tick()
    stage.cut()
    stage.restart()
    assert hall.epoch_ms(stage.take().body["issued_at"]) == stage.server.now
    stage.kiosk.die()
    stage.server.store.close()


def test_a_clock_that_went_back_over_a_restart_goes_on_from_the_last_number(stage: Stage) -> None:
    stage.cut()
    first = stage.take().body
    stage.kiosk.die()
    stage.kiosk.skew = -2 * DAY  # its battery is empty
    stage.kiosk.start()
    second = stage.take().body
    assert (first["label"], second["label"], second["day"]) == ("A900", "A901", first["day"])
    assert second["issued_at"] > first["issued_at"]
    assert stage.kiosk.agent is not None
    assert (stage.kiosk.agent.site() or {})["day"] == first["day"]
    stage.heal()
    assert {stage.state("A900"), stage.state("A901")} == {"waiting"}


def test_a_clock_that_ran_a_day_ahead_makes_no_number_twice(stage: Stage) -> None:
    stage.cut()
    first = stage.label()
    stage.kiosk.die()
    stage.kiosk.skew = DAY
    stage.kiosk.start()
    ahead = stage.take().body
    assert (first, ahead["label"], ahead["day"]) == ("A900", "A901", "2026-11-24")
    stage.heal()
    assert (stage.state("A900"), stage.state("A901")) == ("waiting", "waiting")
    stage.cut()
    assert stage.label() == "A902"
    assert stage.take().code == "numbers_used_up"  # all three were given today, as the server has it
    stage.server.now += DAY
    assert len({stage.label() for _ in range(3)}) == 3


def test_what_the_server_refuses_is_kept_shown_to_staff_and_offered_again(stage: Stage) -> None:
    kiosks = stage.server.site.kiosks
    stage.cut()
    stage.label()
    stage.describe(kiosks=tuple(replace(kiosk, offline_first=0, offline_last=0) for kiosk in kiosks))
    stage.heal()
    stage.tick()
    agent = stage.kiosk.agent
    assert agent is not None
    assert [(touch.home, touch.problem[:15]) for touch in agent.records.refused()] == [
        ("refused", "not_your_number")
    ]
    assert stage.server.centre.snapshot("site:nho")[1]["kiosks"]["k1"]["refused"] == ["A900"]
    stage.describe(kiosks=kiosks)
    stage.tick()  # and nobody has to start the kiosk anew
    assert stage.state("A900") == "waiting"
    stage.tick()
    assert stage.server.centre.snapshot("site:nho")[1]["kiosks"]["k1"]["refused"] == []


def test_a_revoked_token_stops_the_kiosk_instead_of_making_it_give_numbers_alone(stage: Stage) -> None:
    stage.server.tokens["k1"] = "mc_kiosk_revoked"
    answer = stage.take()
    assert (answer.status, answer.code) == (401, "bad_token")
    stage.cut()
    assert stage.take().status == 201  # nobody has told it yet
    stage.heal()
    assert stage.take().status == 401
    assert stage.kiosk.agent is not None and len(stage.kiosk.agent.records.owed()) == 1


def test_a_line_that_was_closed_stays_closed_for_that_day(stage: Stage) -> None:
    stage.server.do(CloseQueue("dat"))
    stage.tick()
    stage.cut()
    assert stage.take().code == "queue_closed"
    stage.restart()
    assert stage.take().code == "queue_closed"
    assert stage.label("thue") == "W900"
    stage.server.now += DAY
    assert stage.label() == "A900"


def test_outside_hours_and_on_holidays_nothing_is_given_where_the_centre_wants_it_so(stage: Stage) -> None:
    stage.cut()
    stage.server.now += 3 * 60 * MINUTE  # noon
    assert stage.take().code == "outside_hours"
    stage.server.now += 38 * DAY - 2 * 60 * MINUTE  # 31 December, ten o'clock: a holiday
    assert stage.take().code == "outside_hours"
    stage.server.now += DAY
    assert stage.label() == "A900"


def test_the_supervisor_sees_how_much_is_still_to_come_home(stage: Stage) -> None:
    stage.cut()
    stage.label()
    stage.heal()
    stage.tick()
    row = stage.server.centre.snapshot("site:nho")[1]["kiosks"]["k1"]
    assert (row["state"], row["printer"], row["offline_given"]) == ("online", "ready", 0)
    assert row["last_slip"] == {"label": "A900", "state": "printed"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], 900),
        ([(901, "2026-11-23"), (900, "2026-11-23")], 902),
        ([(902, "2026-11-22"), (901, "2026-11-22")], 900),
        ([(902, "2026-11-23"), (900, "2026-11-23")], 901),
        ([(901, "2026-11-24"), (900, "2026-11-23")], 902),
        ([(902, "2026-11-23"), (901, "2026-11-24"), (900, "2026-11-23")], None),
        ([(850, "2026-11-23")], 900),
    ],
)
def test_own_numbers_go_round_and_never_come_twice_in_a_day(
    given: list[tuple[int, str]], expected: int | None
) -> None:
    assert hall.next_own_number(900, 902, given, "2026-11-23") == expected

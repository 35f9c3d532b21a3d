"""An officer who vanishes is noticed, and one who was only away for a moment is not."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.app.attendance import Attendance
from queue_server.core.commands import CloseCounter, OpenCounter
from queue_server.core.model import SYSTEM, Actor, Desk
from queue_server.core.refusals import Code
from tests.halls import TestHall, officer

AN = officer("an")
PATIENCE = 120


class Watched:
    """A hall with a watch on its officers and a clock that tests move."""

    def __init__(self, actor: Actor = AN) -> None:
        self.hall = TestHall()
        self.seconds = 1000.0
        self.attendance = Attendance(lambda: self.seconds)
        self.hall.issue("dat")
        self.hall.do(OpenCounter("c1"), actor)

    def pass_(self, seconds: float, *, heard: bool = False) -> None:
        for _ in range(round(seconds / 5)):
            self.seconds += 5
            if heard:
                self.attendance.heard([AN.id])
            self.look()

    def look(self) -> None:
        desks: list[Any] = [self.hall.desk("c1")]
        for notice in self.attendance.notices(desks, PATIENCE):
            self.hall.do(notice, SYSTEM)

    @property
    def desk(self) -> Desk:
        return self.hall.desk("c1")


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_who_is_heard_of_is_never_away(watched: Watched) -> None:
    watched.pass_(600, heard=True)
    assert watched.desk.away_at is None
    assert "OfficerVanished" not in watched.hall.happened()


def test_who_falls_silent_is_noticed_once_and_again_when_back(watched: Watched) -> None:
    watched.pass_(60, heard=True)
    watched.pass_(PATIENCE - 10)
    assert watched.desk.away_at is None
    watched.pass_(PATIENCE)
    assert watched.desk.away_at is not None
    watched.pass_(60)
    watched.pass_(5, heard=True)
    assert watched.desk.away_at is None
    assert watched.hall.happened().count("OfficerVanished") == 1
    assert watched.hall.happened().count("OfficerBack") == 1


def test_a_short_silence_begins_anew(watched: Watched) -> None:
    for _ in range(4):
        watched.pass_(PATIENCE - 30)
        watched.pass_(5, heard=True)
    assert watched.desk.away_at is None


def test_a_restart_gives_everybody_time_to_come_back(watched: Watched) -> None:
    watched.pass_(PATIENCE - 20)
    watched.attendance = Attendance(lambda: watched.seconds)
    watched.pass_(PATIENCE - 20)
    assert watched.desk.away_at is None
    watched.pass_(60)
    assert watched.desk.away_at is not None


def test_a_keypad_is_silent_by_nature() -> None:
    watched = Watched(Actor("desk:c1", "officer", counter="c1"))
    watched.pass_(10 * PATIENCE)
    assert watched.desk.away_at is None


def test_only_the_system_notices_and_only_who_is_still_there(watched: Watched) -> None:
    watched.pass_(2 * PATIENCE)
    desks = [watched.desk]
    watched.attendance.heard([AN.id])
    (notice,) = watched.attendance.notices(desks, PATIENCE)
    assert watched.hall.refusal(notice) is Code.NOT_ALLOWED
    watched.hall.do(CloseCounter("c1"), AN)
    watched.hall.do(OpenCounter("c1"), officer("binh"))
    before = len(watched.hall.entries())
    watched.hall.do(notice, SYSTEM)
    assert len(watched.hall.entries()) == before

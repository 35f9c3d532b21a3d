"""The duties of whoever leads: taken up, laid down and taken up again, and nothing is done twice at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from queue_server.app.centre import Centre
from queue_server.app.duties import Duties
from queue_server.app.sites import House
from queue_server.app.slips import SlipWork
from queue_server.concurrency import enter
from tests.halls import TestHall, running_writer, sites_of
from tests.web_stand import cheap_access


class Lock:
    """Leadership, as somebody else gives and takes it."""

    def __init__(self) -> None:
        self.ours = True

    def held(self) -> bool:
        return self.ours

    def release(self) -> None:
        self.ours = False


class Slips:
    """Work for a printer that writes down what happens to it."""

    def __init__(self, number: int, happened: list[str]) -> None:
        self._number = number
        self._happened = happened

    def run(self, report: Callable[[BaseException], Any]) -> None:
        self._happened.append(f"{self._number} begins")

    def stop(self) -> None:
        self._happened.append(f"{self._number} is to end")

    def wait(self) -> None:
        self._happened.append(f"{self._number} has ended")


def unexpected(trouble: BaseException) -> None:
    raise trouble


def test_a_printer_gets_no_new_work_before_the_old_one_has_ended() -> None:
    hall, lock, happened = TestHall(), Lock(), list[str]()
    writer = running_writer(hall.store, lambda: hall.now)
    centre = Centre(hall.store, hall.site.id, lambda: hall.now, writer)
    sites = sites_of(House(hall.site.id, centre, cheap_access(hall.site.id)))
    works = iter(range(1, 9))
    duties = Duties(
        hall.store,
        sites,
        lambda: hall.now,
        lock,
        lambda house: [Slips(next(works), happened)],
        lambda work: work(),
        unexpected,
    )
    try:
        for lock.ours in (True, False, False, True):
            duties.look()
        assert happened == ["1 begins", "1 is to end", "1 has ended", "2 begins"]
        duties.stop()
        assert happened[4:] == ["2 is to end", "2 has ended"]
        assert not lock.ours
    finally:
        writer.stop()


def test_work_that_is_laid_down_hears_of_nothing_any_more() -> None:
    hall = TestHall()
    centre = Centre(hall.store, hall.site.id, lambda: hall.now, None)  # type: ignore[arg-type]
    before = list(centre.relay._listeners)
    work = SlipWork(centre, "k1", None, None, enter("threading"), "")  # type: ignore[arg-type]
    assert len(centre.relay._listeners) == len(before) + 1
    work.stop()
    assert centre.relay._listeners == before

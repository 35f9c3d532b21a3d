"""The spool: one slip for each ticket, on the disk before anybody relies on it, doubt never printed twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.spool import Spool, SpoolTrouble
from kiosk.spool_rows import Job
from tests.slips import EVERYDAY, LONGEST

OTHER = replace(LONGEST, ticket="f" * 32, copy=False)
T0 = 1_000_000


class Clock:
    def __init__(self) -> None:
        self.now = T0

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def spool(tmp_path: Path, clock: Clock) -> Iterator[Spool]:
    one = Spool(tmp_path / "spool.db", clock)
    yield one
    one.close()


def taken(spool: Spool) -> Job:
    job = spool.take("main")
    assert job is not None
    return job


def test_a_ticket_put_twice_is_one_job_whatever_became_of_it(spool: Spool) -> None:
    first = spool.put(EVERYDAY)
    assert spool.put(EVERYDAY) == first
    spool.settle(taken(spool), "printed")
    assert spool.put(EVERYDAY).id == first.id
    assert spool.take() is None
    assert len(spool.jobs()) == 1


def test_a_slip_marked_as_copy_by_its_maker_is_still_the_one_slip_unless_a_copy_was_asked_for(
    spool: Spool,
) -> None:
    assert not spool.put(replace(EVERYDAY, copy=True)).slip.copy
    assert spool.put(EVERYDAY, copy=True).slip.copy


def test_slips_come_out_in_the_order_in_which_they_were_put(spool: Spool) -> None:
    spool.put(EVERYDAY), spool.put(OTHER)
    first = taken(spool)
    assert first.slip == EVERYDAY
    spool.settle(first, "queued", "out of paper")
    assert taken(spool).slip == EVERYDAY, "who was put back keeps the place"
    assert taken(spool).slip == OTHER
    assert spool.take() is None


def test_a_taken_job_says_which_printer_has_it_and_for_the_how_manieth_time(spool: Spool) -> None:
    spool.put(EVERYDAY)
    spool.settle(taken(spool), "queued")
    again = spool.take("second")
    assert again is not None
    assert (again.state, again.printer, again.attempts) == ("printing", "second", 2)


def test_what_was_printing_when_the_program_ended_is_uncertain_and_never_taken_again(
    tmp_path: Path, spool: Spool
) -> None:
    spool.put(EVERYDAY), spool.put(OTHER)
    taken(spool)
    spool.close()
    after = Spool(tmp_path / "spool.db")
    assert [job.ticket for job in after.recover()] == [EVERYDAY.ticket]
    assert after.recover() == []
    assert taken(after).slip == OTHER
    assert after.take() is None
    doubt = after.get(EVERYDAY.ticket)
    assert doubt is not None and doubt.state == "uncertain" and "ended" in doubt.detail
    after.close()


@pytest.mark.parametrize("outcome", ["printed", "uncertain"])
def test_once_some_of_it_may_have_come_out_asking_again_gives_a_marked_copy(
    spool: Spool, outcome: str
) -> None:
    spool.put(EVERYDAY)
    spool.settle(taken(spool), outcome)  # type: ignore[arg-type]
    copy = spool.again(EVERYDAY.ticket)
    assert copy is not None
    assert (copy.copy, copy.slip.copy, copy.slip.label) == (True, True, EVERYDAY.label)
    assert spool.again(EVERYDAY.ticket) == copy, "a second tap is the same wish"
    spool.settle(taken(spool), "printed")
    another = spool.again(EVERYDAY.ticket)
    assert another is not None and another.id != copy.id and another.slip.copy


def test_once_nothing_came_out_asking_again_queues_the_slip_itself(spool: Spool) -> None:
    first = spool.put(EVERYDAY)
    spool.settle(taken(spool), "failed", "too long")
    again = spool.again(EVERYDAY.ticket)
    assert again is not None
    assert (again.id, again.state, again.slip.copy) == (first.id, "queued", False)


def test_while_the_slip_is_under_way_asking_again_changes_nothing(spool: Spool) -> None:
    queued = spool.put(EVERYDAY)
    assert spool.again(EVERYDAY.ticket) == queued
    assert spool.again("0" * 32) is None


def test_a_job_that_is_over_keeps_its_outcome_except_that_doubt_may_turn_out_printed(spool: Spool) -> None:
    spool.put(EVERYDAY)
    job = taken(spool)
    assert spool.settle(job, "uncertain").state == "uncertain"
    assert spool.settle(job, "queued").state == "uncertain", "never printed again by itself"
    assert spool.settle(job, "failed").state == "uncertain"
    assert spool.settle(job, "printed").state == "printed"
    assert spool.settle(job, "uncertain").state == "printed"


def test_slips_that_nobody_waits_for_any_more_are_given_up_and_can_be_asked_for(
    spool: Spool, clock: Clock
) -> None:
    spool.put(EVERYDAY)
    clock.now += 60_000
    spool.put(OTHER)
    assert [job.ticket for job in spool.give_up(clock.now, "too late")] == [EVERYDAY.ticket]
    assert spool.queued() == 1
    spool.again(EVERYDAY.ticket)
    assert spool.give_up(clock.now, "too late") == []


def test_the_server_is_told_each_outcome_once_and_again_where_it_changed_meanwhile(spool: Spool) -> None:
    spool.put(EVERYDAY)
    assert spool.unreported() == []
    job = taken(spool)
    assert spool.unreported() == []
    doubt = spool.settle(job, "uncertain")
    assert spool.unreported() == [doubt]
    sure = spool.settle(job, "printed")
    spool.reported(doubt)
    assert spool.unreported() == [sure]
    spool.reported(sure)
    assert spool.unreported() == []


def test_only_what_is_over_and_reported_is_forgotten(spool: Spool, clock: Clock) -> None:
    spool.put(EVERYDAY), spool.put(OTHER)
    done = spool.settle(taken(spool), "printed")
    clock.now += 1
    assert spool.forget(clock.now) == 0
    spool.reported(done)
    assert spool.forget(clock.now) == 1
    assert [job.ticket for job in spool.jobs()] == [OTHER.ticket]


def test_listeners_hear_each_change_after_it_is_on_the_disk(tmp_path: Path, spool: Spool) -> None:
    heard: list[str] = []
    other_eyes = Spool(tmp_path / "spool.db")

    def listen(job: Job) -> None:
        seen = other_eyes.get(job.ticket)
        assert seen is not None
        heard.append(seen.state)

    spool.subscribe(listen)
    spool.put(EVERYDAY)
    spool.settle(taken(spool), "uncertain")
    spool.again(EVERYDAY.ticket)
    other_eyes.close()
    assert heard == ["queued", "printing", "uncertain", "uncertain"]


def test_many_threads_take_each_slip_once(spool: Spool) -> None:
    for number in range(40):
        spool.put(replace(EVERYDAY, ticket=f"{number:032x}"))
    taken_by: list[str] = []

    def work() -> None:
        while (job := spool.take()) is not None:
            taken_by.append(job.ticket)
            spool.settle(job, "printed")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken_by) == [f"{number:032x}" for number in range(40)]


def test_two_programs_on_one_spool_never_hold_the_same_slip(tmp_path: Path, spool: Spool) -> None:
    other = Spool(tmp_path / "spool.db")
    spool.put(EVERYDAY)
    assert spool.take() is not None
    assert other.take() is None
    other.close()


def test_a_file_that_is_no_spool_is_said_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "spool.db"
    path.write_bytes(b"not a database at all, " * 100)
    with pytest.raises(SpoolTrouble, match=r"spool\.db"):
        Spool(path)
    assert path.read_bytes().startswith(b"not a database")


def test_a_power_cut_must_not_take_a_job_back(spool: Spool) -> None:
    assert spool._db.execute("PRAGMA synchronous").fetchone()[0] == 2, "FULL"
    assert spool._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"

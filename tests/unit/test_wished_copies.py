"""A copy that the staff wish from a kiosk that prints by itself: it comes out there once, or they know."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.agent.server import Silence
from kiosk.spool import Spool
from queue_server.app import audit
from queue_server.core.commands import CancelTicket, ReprintSlip
from queue_server.core.refusals import Code, Refused
from queue_server.store.sqlite import SqliteStore
from tests.crash.offline_hall import Fate, Killed, KioskSide, ServerSide
from tests.sites import MINUTE
from tests.slips import EVERYDAY


class Stage:
    """A kiosk that runs by itself, a number taken there and printed, and a supervisor."""

    def __init__(self, folder: Path) -> None:
        self.server = ServerSide(folder)
        self.kiosk = KioskSide(self.server, "k1", folder / "k1", Fate(random.Random(1)))
        self.kiosk.tick()
        answer = self.kiosk.take("touch-1", "dat")
        assert answer is not None
        self.ticket = str(answer.body["id"])
        self.tick()

    def tick(self, times: int = 2) -> None:
        for _ in range(times):
            self.server.now += 2_000
            self.kiosk.tick()

    def wish(self, kiosk: str | None = None) -> None:
        self.server.do(ReprintSlip(self.ticket, kiosk))

    def copies(self) -> int:
        """How many marked copies came out."""
        return sum(slip["copy"] for slip in self.kiosk.paper.slips)

    def told(self) -> list[str]:
        """What the audit of the ticket says about copies: of the wish, and of what became of it."""
        with self.server.store.reading(self.server.site.id) as reading:
            steps = list(audit.life_of(reading, self.server.site, self.server.tickets()[self.ticket]))
        of_copies = [step for step in steps if step.event == "SlipReprinted" or step.facts.get("copy")]
        return [str(step.facts.get("outcome", f"wished by {step.actor}")) for step in of_copies]

    def owed(self) -> int:
        return len(self.server.centre.view_kiosk("k1")["copies"])


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.kiosk.die()
    made.server.store.close()


def test_the_copy_comes_out_there_once_and_marked_and_the_audit_tells_of_both(stage: Stage) -> None:
    stage.wish()
    assert (stage.owed(), stage.copies()) == (1, 0)
    stage.tick(5)
    assert (stage.owed(), stage.copies()) == (0, 1)
    original, copy = stage.kiosk.paper.slips
    assert copy == {**original, "copy": True}, "the same words, for the same number"
    assert stage.told() == ["wished by person:sup", "printed"]


def test_two_wishes_are_two_copies_one_after_the_other(stage: Stage) -> None:
    stage.wish()
    stage.wish("k1")
    stage.tick(5)
    assert (stage.owed(), stage.copies()) == (0, 2)
    assert stage.told().count("printed") == 2


def test_a_copy_of_a_number_from_elsewhere_comes_out_with_its_own_words(stage: Stage) -> None:
    stage.ticket = str(
        stage.server.ask("k2", "POST", "/tickets", {"queue": "thue"}, "key-2", "vi").body["id"]
    )
    stage.wish("k1")
    stage.tick(3)
    slip = stage.kiosk.paper.slips[-1]
    assert (slip["ticket"], slip["copy"], slip["label"]) == (stage.ticket, True, "W001")
    assert slip["track_url"].startswith("http://centre.test/t/")


@pytest.mark.parametrize("moment", range(1, 17))
def test_whenever_the_kiosk_dies_over_it_the_wish_is_answered_and_at_most_one_copy_is_whole(
    stage: Stage, moment: int
) -> None:
    stage.wish()
    stage.kiosk.fate = stage.kiosk.wire.fate = stage.kiosk.paper.fate = _DiesAt(moment)
    stage.kiosk.die()
    stage.tick(8)
    assert stage.kiosk.fate.struck == 1, "it died once"
    assert stage.copies() <= 1
    assert stage.owed() == 0
    asked, outcome = stage.told()
    assert (asked, outcome) in (("wished by person:sup", "printed"), ("wished by person:sup", "uncertain"))
    assert outcome == "uncertain" or stage.copies() == 1


class _DiesAt(Fate):
    """Strikes once, at the so-many-th occasion."""

    def __init__(self, moment: int) -> None:
        super().__init__(random.Random(1))
        self.left = moment
        self.struck = 0

    def may_kill(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.struck += 1
            raise Killed


def test_an_answer_that_is_lost_tells_of_the_copy_once(stage: Stage) -> None:
    stage.wish()
    really: Callable[..., Any] = stage.kiosk.wire.ask
    lost: list[str] = []

    def ask(method: str, path: str, *rest: Any) -> Any:
        answer = really(method, path, *rest)
        if path.endswith("/report") and rest[0]["slips"] and not lost:
            lost.append(path)
            raise Silence("lost on the way back")
        return answer

    stage.kiosk.wire.ask = ask  # type: ignore[method-assign]
    stage.tick(6)
    assert lost and stage.told() == ["wished by person:sup", "printed"]


def test_nobody_waits_for_ever_for_a_kiosk_that_does_not_fetch_its_copy(stage: Stage) -> None:
    stage.wish()
    stage.server.now += 11 * MINUTE
    assert stage.owed() == 0
    stage.server.centre.miss_kiosks()
    assert stage.told() == ["wished by person:sup", "failed"]
    stage.tick(5)
    assert stage.copies() == 0
    stage.server.centre.miss_kiosks()
    assert len(stage.told()) == 2


def test_a_copy_that_came_out_while_the_link_was_cut_is_told_of_all_the_same(stage: Stage) -> None:
    stage.wish()
    stage.kiosk.living(lambda agent: agent.tick())
    stage.kiosk.fate.is_cut = True
    stage.tick()
    assert stage.copies() == 1
    stage.server.now += 11 * MINUTE
    stage.server.centre.miss_kiosks()
    stage.kiosk.fate.is_cut = False
    stage.tick()
    assert stage.told() == ["wished by person:sup", "failed", "printed"]


def test_no_copy_is_printed_of_a_number_that_was_cancelled_meanwhile(stage: Stage) -> None:
    stage.wish()
    stage.server.do(CancelTicket(stage.ticket))
    assert stage.owed() == 0
    stage.server.centre.miss_kiosks()
    stage.tick(3)
    assert stage.copies() == 0 and stage.told() == ["wished by person:sup", "failed"]


def test_a_kiosk_that_is_not_heard_of_is_sent_no_copy(stage: Stage) -> None:
    stage.server.centre.kiosks._steady = lambda: 10.0**6
    stage.server.centre.miss_kiosks()
    with pytest.raises(Refused) as refused:
        stage.wish("k1")
    assert refused.value.refusal.code is Code.NO_PRINTER


def test_the_citizens_own_wish_at_the_kiosk_is_not_sent_back_to_it(stage: Stage) -> None:
    stage.server.ask("k1", "POST", "/kiosks/k1/copies", {"ticket": stage.ticket}, "copy-1", "vi")
    assert stage.owed() == 0
    assert stage.told() == ["wished by kiosk:k1"]


def test_a_wish_waits_while_a_copy_of_the_same_slip_is_under_way(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.put(EVERYDAY, copy=True)
    assert spool.put_wished(EVERYDAY, 7) is None
    job = spool.take()
    assert job is not None
    spool.settle(job, "printed")
    wished = spool.put_wished(EVERYDAY, 7)
    assert wished is not None and (wished.copy, wished.wish, wished.state) == (True, 7, "queued")
    again = spool.put_wished(EVERYDAY, 7)
    assert again == wished
    spool.close()


def test_a_spool_of_the_earlier_version_is_carried_on(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.put(EVERYDAY)
    spool._db.executescript(
        "DROP INDEX one_copy_for_each_wish; ALTER TABLE job DROP COLUMN wish; PRAGMA user_version = 1;"
    )
    spool.close()
    carried = Spool(tmp_path / "spool.db")
    assert [job.slip for job in carried.jobs()] == [EVERYDAY]
    assert carried.put_wished(EVERYDAY, 3) is not None
    carried.close()


def test_the_server_forgets_no_wish_when_it_is_killed(stage: Stage, tmp_path: Path) -> None:
    stage.wish()
    stage.server.store.close()
    stage.server.store = SqliteStore(tmp_path / "motcua.db")
    stage.server.centre._store = stage.server.store
    stage.server.centre.writer.store = stage.server.store  # type: ignore[attr-defined]
    stage.tick(3)
    assert stage.copies() == 1

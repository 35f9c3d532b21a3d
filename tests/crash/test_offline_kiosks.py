"""Three kiosks and a server: the link is cut, programs die, requests arrive late; and nothing is lost."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.app.replay import replay
from queue_server.core.commands import CallNext, FinishService, OpenCounter, StartService
from queue_server.core.model import TicketState
from tests.crash.offline_hall import OfflineHall

pytestmark = pytest.mark.in_process

RUNS = 100
BATCH = 10
MEMORY = Path("/dev/shm")
"""A death loses what the program had not written, on a disk or here; only waiting for the disk differs."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Files in memory where there is such a place: a hundred runs make thirty thousand commits."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="motcua-", dir=MEMORY) as name:
        yield Path(name)


@pytest.mark.parametrize("batch", range(RUNS // BATCH))
def test_after_any_outage_every_slip_has_its_one_ticket_and_the_line_is_in_order(
    batch: int, folder: Path
) -> None:
    """A failure names its seed: OfflineHall(folder, seed) is the same again."""
    own = strays = copies = 0
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        hall = OfflineHall(folder / str(seed), seed)
        try:
            hall.live()
            hall.heal()
            own += sum(told.is_own for told in hall.told)
            strays += _check(hall, seed)
            copies += _copies_are_answered(hall, seed)
        finally:
            hall.close()
    assert own > 5 * BATCH and strays > 0 and copies > BATCH, "nothing was tried"


def _check(hall: OfflineHall, seed: int) -> int:
    """How many tickets were made that nobody holds."""
    tickets = hall.server.tickets()
    assert {kiosk.agent is not None for kiosk in hall.kiosks} == {True}
    for kiosk in hall.kiosks:
        assert kiosk.agent is not None
        assert (kiosk.agent.records.owed(), kiosk.agent.records.refused()) == ([], []), seed
    slips = [slip for kiosk in hall.kiosks for slip in kiosk.paper.slips]
    for slip in slips:
        assert slip["ticket"] in tickets, (seed, slip["label"])
        assert tickets[slip["ticket"]].label == slip["label"], seed
    unmarked = Counter(slip["ticket"] for slip in slips if not slip["copy"])
    assert max(unmarked.values(), default=0) <= 1, seed
    labels = {slip["ticket"]: slip["label"] for slip in slips}
    assert len(set(labels.values())) == len(labels), seed
    assert _unprinted(hall) == [], seed
    for told in hall.told:
        assert tickets[told.ticket].label == told.label, (seed, told)
    strays = _nobody_waits_twice(hall, seed)
    with hall.server.store.reading(hall.server.site.id) as reading:
        assert replay(reading, hall.server.site).differences == ()
    _line_is_in_order(hall, seed)
    return strays


def _copies_are_answered(hall: OfflineHall, seed: int) -> int:
    """How many copies came out that the staff wished for: never more than wished, and of every wish
    it is known what became of it."""
    wished = Counter(hall.wishes)
    came = Counter(slip["ticket"] for kiosk in hall.kiosks for slip in kiosk.paper.slips if slip["copy"])
    assert came <= wished, (seed, came, wished)
    with hall.server.store.reading(hall.server.site.id) as reading:
        fates = [fate for kiosk in hall.kiosks for _, fate in reading.deliveries("copy", kiosk.name, 1000)]
    assert len(fates) == len(hall.wishes), seed
    assert set(fates) <= {"done", "uncertain", "failed"}, (seed, fates)
    assert sum(came.values()) >= fates.count("done"), seed
    return sum(came.values())


def _unprinted(hall: OfflineHall) -> list[str]:
    """Labels that were decided on, told or not, and whose slip neither came out nor is in doubt."""
    missing = []
    for kiosk in hall.kiosks:
        assert kiosk.agent is not None
        assert kiosk.agent.records.unhanded() == []
        keys = [told.key for told in hall.told if told.kiosk == kiosk.name] + list(kiosk.wire.made)
        for touch in filter(None, map(kiosk.agent.records.touch, keys)):
            if touch.ticket is None:
                continue
            job = kiosk.agent.spool.get(touch.ticket["id"])
            if job is None or job.state not in ("printed", "uncertain"):
                missing.append(touch.ticket["label"])
    return missing


def _nobody_waits_twice(hall: OfflineHall, seed: int) -> int:
    """A touch that the kiosk answered itself leaves no ticket of the server's in the line."""
    tickets, strays = hall.server.tickets(), 0
    for kiosk in hall.kiosks:
        assert kiosk.agent is not None
        for key, ticket in kiosk.wire.made.items():
            touch = kiosk.agent.records.touch(key)
            assert touch is not None
            if touch.by == "kiosk":
                strays += 1
                assert tickets[ticket].state is TicketState.CANCELLED, (seed, key)
    return strays


def _line_is_in_order(hall: OfflineHall, seed: int) -> None:
    """Whoever was told a number first is called first, whoever gave it."""
    told_at = {told.ticket: told.at for told in hall.told}
    for counter, queue in (("c2", "dat"), ("c4", "thue")):
        hall.server.do(OpenCounter(counter))
        called: list[int] = []
        while call := _next(hall, counter):
            assert call["queue"] == queue
            if call["id"] in told_at:
                called.append(told_at[call["id"]])
        assert called == sorted(called), seed


def _next(hall: OfflineHall, counter: str) -> dict[str, str] | None:
    from queue_server.core.refusals import Refused

    try:
        call = hall.server.do(CallNext(counter))["ticket"]
    except Refused:
        return None
    hall.server.now += 1000
    hall.server.do(StartService(call["id"]))
    hall.server.do(FinishService(call["id"]))
    found: dict[str, str] = call
    return found


def test_the_same_seed_is_the_same_hall(folder: Path) -> None:
    seen = []
    for name in ("a", "b"):
        hall = OfflineHall(folder / name, 7)
        hall.live(30)
        hall.heal()
        seen.append([(told.label, told.at, told.is_own) for told in hall.told])
        hall.close()
    assert seen[0] == seen[1] and seen[0]


def test_a_run_is_quick_enough_to_be_made_a_hundred_times(folder: Path) -> None:
    began = time.process_time()
    hall = OfflineHall(folder, 3)
    hall.live()
    hall.heal()
    hall.close()
    spent = time.process_time() - began
    print(f"one run: {spent:.2f} s of processor time")
    assert spent < 3.0

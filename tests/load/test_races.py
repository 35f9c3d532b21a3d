"""Many desks and many kiosks at once: every ticket called exactly once, every number given exactly once."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.clients import Http, Keys, busy_site
from tests.servers import RunningCentre

DESKS = KIOSKS = 16


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path, busy_site(DESKS))


@pytest.fixture
def centre(tmp_path: Path, keys: Keys) -> Iterator[RunningCentre]:
    running = RunningCentre(tmp_path, demo=False)
    yield running
    running.stop()


def together(jobs: list[Callable[[], None]]) -> None:
    """Run all jobs at once; the first failure is raised."""
    failures: list[BaseException] = []

    def guarded(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


@pytest.mark.timeout(300)
def test_sixteen_desks_call_every_one_of_400_tickets_exactly_once(centre: RunningCentre, keys: Keys) -> None:
    with Http(centre.url, keys.kiosk) as kiosk:
        issued = [kiosk.post("/tickets", {"queue": "dat"})[1]["id"] for _ in range(400)]
    called: list[str] = []

    def desk(counter: str, token: str) -> None:
        with Http(centre.url, token) as http:
            assert http.post(f"/counters/{counter}/open")[0] == 200
            while (answer := http.post(f"/counters/{counter}/call-next"))[0] != 204:
                assert answer[0] == 200, answer
                ticket = answer[1]["ticket"]["id"]
                called.append(ticket)
                assert http.post(f"/tickets/{ticket}/start")[0] == 200
                assert http.post(f"/tickets/{ticket}/finish")[0] == 200

    together([partial(desk, counter, token) for counter, token in keys.counters.items()])
    assert Counter(called) == Counter(issued)


@pytest.mark.timeout(300)
def test_sixteen_kiosks_give_2000_numbers_once_each_whatever_is_sent_twice(
    centre: RunningCentre, keys: Keys
) -> None:
    answers: dict[str, Any] = {}
    disagreements: list[str] = []

    def kiosk(name: int) -> None:
        chance = random.Random(name)
        mine = [f"{name}-{i}" for i in range(2000 // KIOSKS)]
        with Http(centre.url, keys.kiosk) as http:
            for at, key in enumerate(mine):
                repeats = chance.sample(mine[: at + 1], k=min(at + 1, chance.choice((0, 0, 1, 2))))
                for again in (key, *repeats):
                    status, ticket = http.post("/tickets", {"queue": "dat"}, key=again)
                    assert status == 201, ticket
                    if answers.setdefault(again, ticket) != ticket:
                        disagreements.append(again)

    together([partial(kiosk, name) for name in range(KIOSKS)])
    assert disagreements == []
    assert sorted(ticket["number"] for ticket in answers.values()) == list(range(1, 2001))
    assert len({ticket["id"] for ticket in answers.values()}) == 2000


@pytest.mark.timeout(120)
def test_one_key_sent_by_many_at_the_same_moment_is_one_ticket(centre: RunningCentre, keys: Keys) -> None:
    numbers: list[int] = []

    def kiosk() -> None:
        with Http(centre.url, keys.kiosk) as http:
            for turn in range(10):
                numbers.append(http.post("/tickets", {"queue": "dat"}, key=f"turn-{turn}")[1]["number"])

    together([kiosk] * 8)
    assert Counter(numbers) == dict.fromkeys(range(1, 11), 8)

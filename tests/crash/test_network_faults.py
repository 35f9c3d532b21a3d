"""A network that is late, breaks off and repeats what was asked: each touch has its one number."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.crash.hall_at_work import Hall, at_work
from tests.crash.nursery import Nursery
from tests.crash.rough_link import RoughLink
from tests.crash.seeds import SEED, often

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.in_process,  # of the server's async mode nothing depends here: once is enough
    pytest.mark.filterwarnings("ignore:unclosed .socket:ResourceWarning"),
]

LATE_TWIN = ("counter_busy",)
"""Refusals are not kept under their key: of two twins the first may hear that nobody waits, and the second,
late one, call somebody. The officer's screen shows that call, and its desk takes it from there."""


@pytest.fixture
def links() -> Iterator[list[RoughLink]]:
    made: list[RoughLink] = []
    yield made
    for link in made:
        link.close()


def through(links: list[RoughLink], nursery: Nursery, folder: Path, **how: float) -> Iterator[Hall]:
    def between(url: str) -> str:
        links.append(RoughLink(urlsplit(url).port or 0, SEED, **how))
        return links[0].url

    with at_work(nursery, folder, link=between, board=True, forgiven=LATE_TWIN) as hall:
        links[0].is_rough = True
        yield hall


def test_requests_that_arrive_twice_are_carried_out_once(
    links: list[RoughLink], nursery: Nursery, tmp_path: Path
) -> None:
    for hall in through(links, nursery, tmp_path, twice=0.5, late=0.02):
        hall.people.wait_for(often(100))
        hall.over()
    assert links[0].counts["twice"] > 20, links[0].counts


def test_a_line_that_breaks_off_anywhere_costs_nobody_their_place(
    links: list[RoughLink], nursery: Nursery, tmp_path: Path
) -> None:
    for hall in through(links, nursery, tmp_path, cuts=0.05, late=0.02):
        hall.people.wait_for(often(120))
        hall.over()
    assert links[0].counts["cut"] > 10, links[0].counts


def test_a_network_that_is_all_of_it_while_the_server_is_killed(
    links: list[RoughLink], nursery: Nursery, tmp_path: Path
) -> None:
    dice = random.Random(SEED)
    for hall in through(links, nursery, tmp_path, cuts=0.03, twice=0.2, late=0.05):
        for _ in range(often(6)):
            time.sleep(dice.uniform(0, 0.4))
            if dice.random() < 0.5:
                links[0].cut()
            hall.centre.kill()
            hall.centre.start()
            links[0].heal()
        hall.over()
        print(f"{often(6)} kills behind a bad network")

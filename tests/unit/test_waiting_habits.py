"""How waits stray from the reckoning: what the histograms hold and the bands they give."""

from __future__ import annotations

import random

import pytest

from queue_server.core.waiting_habits import (
    FULL,
    NARROWEST,
    TARGET,
    WIDEST,
    Cells,
    band,
    cell_names,
    moved_level,
    noted,
)

LINE = cell_names(ahead=2, fresh=0, idle=0, rivals=0, group=0)
EMPTY = cell_names(ahead=0, fresh=0, idle=0, rivals=0, group=0)


def after(multiples: list[float], names: list[str] = LINE) -> Cells:
    cells: Cells = {}
    for multiple in multiples:
        cells = noted(cells, names, multiple)
    return cells


def test_the_band_holds_its_share_of_waits_like_those_seen() -> None:
    dice = random.Random(1)
    cells = after([dice.gammavariate(3, 1 / 3) for _ in range(2000)])
    low, likely, high = band(cells, LINE, 0.8)
    fresh = [dice.gammavariate(3, 1 / 3) for _ in range(4000)]
    assert sum(low <= multiple <= high for multiple in fresh) / 4000 == pytest.approx(0.8, abs=0.03)
    assert sum(multiple < likely for multiple in fresh) / 4000 == pytest.approx(0.5, abs=0.03)


def test_where_many_wait_not_at_all_the_band_starts_at_none_and_leaves_out_only_the_longest() -> None:
    dice = random.Random(2)
    seen = [0.0 if dice.random() < 0.4 else dice.uniform(0.5, 2.0) for _ in range(2000)]
    low, likely, high = band(after(seen, EMPTY), EMPTY, 0.8)
    assert low == 0.0 < likely
    assert sum(multiple <= high for multiple in seen) / 2000 == pytest.approx(0.8, abs=0.05)


def test_a_fine_cell_leans_on_the_coarse_one_until_it_has_seen_enough() -> None:
    cells = after([2.2] * 300)
    rare = cell_names(ahead=9, fresh=0, idle=0, rivals=0, group=7)
    assert band(cells, rare, 0.8)[1] == pytest.approx(2.2, rel=0.15)
    for _ in range(300):
        cells = noted(cells, rare, 0.5)
    assert band(cells, rare, 0.8)[1] == pytest.approx(0.5, rel=0.15)


def test_old_waits_fade_and_no_weight_grows_without_end() -> None:
    cells = after([0.5] * 3000 + [2.2] * 1500)
    assert all(sum(int(w or 0) for w in text.split(",")) <= FULL for text in cells.values())
    assert band(cells, LINE, 0.8)[1] > 2.0


@pytest.mark.parametrize("held", [True, False])
def test_the_level_stays_within_its_bounds(held: bool) -> None:
    level = TARGET
    for _ in range(2000):
        level = moved_level(level, held)
    assert level == (NARROWEST if held else WIDEST)


def test_a_level_that_holds_as_often_as_it_should_stays_where_it_is() -> None:
    level = TARGET
    for turn in range(1000):
        level = moved_level(level, turn % 5 != 0)
    assert level == pytest.approx(TARGET, abs=0.01)


def test_circumstances_that_differ_in_kind_share_no_cell() -> None:
    kinds = [
        cell_names(ahead=3, fresh=0, idle=0, rivals=0, group=0),
        cell_names(ahead=0, fresh=0, idle=0, rivals=0, group=0),
        cell_names(ahead=0, fresh=0, idle=2, rivals=0, group=0),
        cell_names(ahead=0, fresh=0, idle=-1, rivals=0, group=0),
    ]
    names = [name for kind in kinds for name in kind]
    assert len(names) == len(set(names))

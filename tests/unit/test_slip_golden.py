"""A slip's bytes are the very bytes that were looked at and approved: type, layout and commands."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from drivers.virtual.commands import Command, Mistake, read_commands
from tests.golden.renew import FOLDER, GOLDEN, page


def listing(data: bytes) -> list[str]:
    return [_line(command) for command in read_commands(data)]


def _line(command: Command | Mistake) -> str:
    if isinstance(command, Mistake):
        return str(command)
    return f"{command.name!r} {command.args.hex(' ')} {len(command.data)} bytes"


@pytest.mark.parametrize("name", GOLDEN)
def test_the_bytes_of_a_slip_are_the_approved_ones(name: str) -> None:
    approved, now = (FOLDER / name).read_bytes(), page(name)
    if now == approved:
        return
    for then, today in zip_longest(listing(approved), listing(now), fillvalue="nothing"):
        assert today == then, "if this is meant, run tests/golden/renew.py and look at the pictures"
    raise AssertionError("the same commands, other dots: run tests/golden/renew.py and look at the pictures")


@pytest.mark.parametrize("name", GOLDEN)
def test_a_golden_slip_is_of_a_size_that_prints_at_once(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    assert not any(isinstance(command, Mistake) for command in read_commands(data))
    assert len(data) < 50_000  # half a second on USB or a network, 4 s at 115,200 baud

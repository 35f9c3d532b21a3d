"""The number on a slip: one series per queue and day, in the range and form of the queue."""

from __future__ import annotations

from collections.abc import Iterable

from .site import Queue


def next_number(queue: Queue, last: int, kept: Iterable[tuple[int, int]] = ()) -> int | None:
    """The number after `last` (0: none given yet today), or None once the range is used up.

    `kept` are the ranges, both ends included, that kiosks keep for giving numbers by themselves.
    """
    number = max(last + 1, queue.first)
    for low, high in sorted(kept):
        if low <= number <= high:
            number = high + 1
    return number if number <= queue.last else None


def limit(queue: Queue, last: int, more: int, kept: Iterable[tuple[int, int]] = ()) -> int:
    """The last number that may be given where `more` are to follow `last`, past those that are `kept`."""
    begin = max(last + 1, queue.first)
    end = begin - 1 + more
    for low, high in sorted(kept):
        if begin <= high and low <= end:
            end += high - max(low, begin) + 1
            begin = high + 1
    return end


def label(queue: Queue, number: int) -> str:
    """How a number is written: "A" and 7 make "A007"."""
    return f"{queue.prefix}{number:0{queue.width}d}"

"""What has happened at a counter, and to the gate or the numbers of a queue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CounterOpened:
    counter: str
    officer: str


@dataclass(frozen=True, slots=True)
class CounterPaused:
    counter: str
    reason: str


@dataclass(frozen=True, slots=True)
class CounterResumed:
    counter: str


@dataclass(frozen=True, slots=True)
class CounterClosed:
    counter: str


@dataclass(frozen=True, slots=True)
class CounterTakenOver:
    """`officer` works at the counter in place of `previous`."""

    counter: str
    officer: str
    previous: str


@dataclass(frozen=True, slots=True)
class OfficerSummoned:
    counter: str
    reason: str


@dataclass(frozen=True, slots=True)
class SummonsAnswered:
    counter: str


@dataclass(frozen=True, slots=True)
class HelpAsked:
    counter: str


@dataclass(frozen=True, slots=True)
class HelpAnswered:
    counter: str


@dataclass(frozen=True, slots=True)
class OfficerVanished:
    """Nothing has been heard of the officer's page for as long as the rule allows."""

    counter: str


@dataclass(frozen=True, slots=True)
class OfficerBack:
    counter: str


@dataclass(frozen=True, slots=True)
class CounterAssigned:
    """A supervisor gave the counter other queues; the description of the site follows."""

    counter: str
    queues: tuple[str, ...]
    helps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueClosed:
    queue: str


@dataclass(frozen=True, slots=True)
class QueueOpened:
    queue: str


@dataclass(frozen=True, slots=True)
class QueueLimited:
    """`limit` is the last number that may be given today."""

    queue: str
    limit: int


@dataclass(frozen=True, slots=True)
class NumbersSkipped:
    """The numbers up to `last` may be on slips that the journal no longer knows of: not given today."""

    queue: str
    last: int


DeskEvent = (
    CounterOpened
    | CounterPaused
    | CounterResumed
    | CounterClosed
    | CounterTakenOver
    | OfficerSummoned
    | SummonsAnswered
    | HelpAsked
    | HelpAnswered
    | OfficerVanished
    | OfficerBack
    | CounterAssigned
)
QueueEvent = QueueClosed | QueueOpened | QueueLimited | NumbersSkipped

"""What happens to a counter: who works there, whether it is open, who calls for whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from . import events as e
from .events import Entry
from .model import Changes, Desk, DeskState, Hall


def _counter_opened(hall: Hall, entry: Entry, event: e.CounterOpened) -> Changes:
    desk = Desk(event.counter, DeskState.OPEN, event.officer, entry.at)
    return Changes(desks={desk.id: desk})


def _counter_paused(hall: Hall, entry: Entry, event: e.CounterPaused) -> Changes:
    desk = replace(hall.desk(event.counter), state=DeskState.PAUSED, since=entry.at, reason=event.reason)
    return Changes(desks={desk.id: desk})


def _counter_resumed(hall: Hall, entry: Entry, event: e.CounterResumed) -> Changes:
    desk = replace(hall.desk(event.counter), state=DeskState.OPEN, since=entry.at, reason=None)
    return Changes(desks={desk.id: desk})


def _counter_closed(hall: Hall, entry: Entry, event: e.CounterClosed) -> Changes:
    desk = Desk(event.counter, DeskState.CLOSED, None, entry.at)
    return Changes(desks={desk.id: desk})


def _taken_over(hall: Hall, entry: Entry, event: e.CounterTakenOver) -> Changes:
    desk = replace(hall.desk(event.counter), officer=event.officer, away_at=None)
    return Changes(desks={desk.id: desk})


def _on_desk(**facts: Callable[[Entry, Any], Any]) -> Callable[[Hall, Entry, Any], Changes]:
    """An event that only replaces some fields of its counter's row."""

    def changed(hall: Hall, entry: Entry, event: Any) -> Changes:
        values: dict[str, Any] = {name: fact(entry, event) for name, fact in facts.items()}
        desk = replace(hall.desk(event.counter), **values)
        return Changes(desks={desk.id: desk})

    return changed


OF_DESKS: Mapping[type, Callable[[Hall, Entry, Any], Changes]] = {
    e.CounterOpened: _counter_opened,
    e.CounterPaused: _counter_paused,
    e.CounterResumed: _counter_resumed,
    e.CounterClosed: _counter_closed,
    e.CounterTakenOver: _taken_over,
    e.OfficerSummoned: _on_desk(summons=lambda _, event: event.reason, summoned_at=lambda entry, _: entry.at),
    e.SummonsAnswered: _on_desk(summons=lambda *_: None, summoned_at=lambda *_: None),
    e.HelpAsked: _on_desk(help_at=lambda entry, _: entry.at),
    e.HelpAnswered: _on_desk(help_at=lambda *_: None),
    e.OfficerVanished: _on_desk(away_at=lambda entry, _: entry.at),
    e.OfficerBack: _on_desk(away_at=lambda *_: None),
}

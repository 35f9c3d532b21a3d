"""What a played plan has shown, as a table for people and as data for programs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from .run import Done

Json = dict[str, Any]
_SHOWN = 10
"""Faults that are written out; the others are counted."""


def spread(seconds: Sequence[float]) -> Json:
    """Milliseconds, by nearest rank."""
    ranked = sorted(seconds)
    if not ranked:
        return {"count": 0, "p50": None, "p95": None, "p99": None}
    told = {
        f"p{percent}": round(ranked[math.ceil(len(ranked) * percent / 100) - 1] * 1000, 2)
        for percent in (50, 95, 99)
    }
    return {"count": len(ranked), **told}


def to_data(done: Done) -> Json:
    plan, ledger = done.plan, done.ledger
    requests = sum(len(spent) for spent in ledger.spent.values())
    return {
        "plan": {
            "name": plan.name,
            "sites": len(plan.kinds),
            "visits_a_day": plan.visits,
            "speed": plan.speed,
            "from_minute": plan.part.begin,
            "minutes": plan.part.minutes,
            "seed": plan.seed,
        },
        "seconds": round(done.seconds, 1),
        "visits": done.visits,
        "tickets": len(ledger.tickets),
        "calls": len(ledger.called_at),
        "served": sum(one.state == "finished" for one in ledger.tickets.values()),
        "no_shows": sum(one.state == "no_show" for one in ledger.tickets.values()),
        "sent_twice": ledger.repeated,
        "requests": requests,
        "requests_a_second": round(requests / done.seconds, 1) if done.seconds else 0.0,
        "verbs": {verb: spread(spent) for verb, spent in sorted(ledger.spent.items())},
        "call_to_board": spread(ledger.call_to(ledger.boards_heard)),
        "call_to_phone": spread(ledger.call_to(ledger.phones_heard)),
        "late": spread(ledger.late),
        **_resources(done),
        "errors": dict(ledger.errors),
        "faults": ledger.faults,
        "sound": done.is_sound,
    }


def _resources(done: Done) -> Json:
    return {
        "screens": {
            "sockets": done.sockets,
            "phones": done.phones,
            "phones_a_ticket": done.phones_each,
            "messages": done.messages,
            "resumed": done.resumed,
        },
        "processor": {
            "cores": done.cores,
            "server_cores": _cores(done.server_busy, done.seconds),
            "generator_cores": _cores(done.generator_busy, done.seconds),
            "machine_busy": round(done.machine_busy, 3),
        },
        "memory_mib": {
            "server": None if done.server_memory is None else round(done.server_memory, 1),
            "generator": round(done.generator_memory, 1),
        },
    }


def _cores(busy: float | None, seconds: float) -> float | None:
    return None if busy is None or not seconds else round(busy / seconds, 3)


def table(data: Json) -> str:
    return "\n".join(_lines(data)) + "\n"


def _lines(data: Json) -> Iterator[str]:
    plan, screens, processor, memory = (data[name] for name in ("plan", "screens", "processor", "memory_mib"))
    begin = f"{int(plan['from_minute']) // 60:02d}:{int(plan['from_minute']) % 60:02d}"
    yield (
        f"{plan['name']}: {plan['sites']} centres, {plan['visits_a_day']} visits a day, "
        f"{plan['minutes']:g} minutes from {begin} at {plan['speed']:g} times, seed {plan['seed']}"
    )
    yield (
        f"{data['tickets']} numbers of {data['visits']} visits, {data['calls']} calls, {data['served']} "
        f"served, {data['no_shows']} missed, {data['sent_twice']} requests sent twice, in {data['seconds']} s"
    )
    yield (
        f"{screens['sockets']} sockets at most, {screens['phones']} of them phones "
        f"({screens['phones_a_ticket']} on a ticket); {screens['messages']} messages, "
        f"{screens['resumed']} asked for again"
    )
    yield f"{data['requests']} requests, {data['requests_a_second']} a second"
    yield f"{'milliseconds':<24}{'count':>10}{'P50':>10}{'P95':>10}{'P99':>10}"
    rows = [
        *data["verbs"].items(),
        ("call to board", data["call_to_board"]),
        ("call to phone", data["call_to_phone"]),
        ("behind the plan", data["late"]),
    ]
    for name, row in rows:
        figures = "".join(f"{'–' if row[p] is None else row[p]:>10}" for p in ("p50", "p95", "p99"))
        yield f"{name:<24}{row['count']:>10}{figures}"
    server = "–" if processor["server_cores"] is None else processor["server_cores"]
    yield (
        f"cores in use: server {server}, generator {processor['generator_cores']}, the whole machine "
        f"{processor['machine_busy'] * processor['cores']:.2f} of {processor['cores']}"
    )
    yield f"memory: server {memory['server'] or '–'} MiB, generator {memory['generator']} MiB"
    yield f"errors: {sum(data['errors'].values())}, faults: {len(data['faults'])}"
    for words, count in data["errors"].items():
        yield f"  {count} × {words}"
    yield from (f"  {words}" for words in data["faults"][:_SHOWN])
    if len(data["faults"]) > _SHOWN:
        yield f"  and {len(data['faults']) - _SHOWN} more"

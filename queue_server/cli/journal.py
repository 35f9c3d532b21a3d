"""`motcua replay`, `audit`, `verify`: what the journal proves."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from queue_server.options import Settings

from . import Trouble, chosen_site, opened_store, with_settings


@click.command()
@with_settings("data", "site")
def verify(settings: Settings) -> None:
    """Recompute the journal's chain of hashes and look for gaps."""
    from queue_server.app.journal import verify as verify_chain

    with opened_store(settings) as store:
        site = chosen_site(store, settings)
        with store.reading(site) as reading:
            verdict = verify_chain(site, reading)
    if verdict.broken_at is not None:
        raise Trouble(f"{site}: {verdict.problem}; entries 1 to {verdict.entries} are sound")
    click.echo(f"{site}: {verdict.entries} entries, the chain is whole, head {verdict.head[:16]}")


@click.command()
@click.argument("day", required=False)
@with_settings("data", "site")
def replay(settings: Settings, day: str | None) -> None:
    """Rebuild every table from the journal and compare (only the tickets of DAY, if one is given)."""
    from queue_server.app.replay import Unreplayable
    from queue_server.app.replay import replay as replay_journal

    with opened_store(settings) as store:
        site_id = chosen_site(store, settings)
        with store.reading(site_id) as reading:
            days = [known.date for known in reading.days()]
            if day is not None and day not in days:
                raise Trouble(f"{site_id} was not open on {day!r}; its last days are {', '.join(days[-5:])}")
            try:
                result = replay_journal(reading, reading.site()[1], day)
            except Unreplayable as broken:
                raise Trouble(
                    f"{site_id}: {broken}; `motcua verify` shows where the chain breaks"
                ) from broken
    for difference in result.differences[:20]:
        click.echo(f"{difference.table} {difference.key}", err=True)
        click.echo(f"  journal: {difference.journal}", err=True)
        click.echo(f"  store:   {difference.store}", err=True)
    if result.differences:
        raise Trouble(f"{site_id}: {len(result.differences)} rows differ from what the journal says")
    click.echo(f"{site_id}: {result.entries} entries, {result.tickets} tickets, every row is the same")


@click.command()
@click.argument("ticket")
@click.option("--day", help="The day of a label (2026-11-23); default: the open day.")
@click.option("--language", default="vi", help="Language of the reasons.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of the lines.")
@with_settings("data", "site")
def audit(settings: Settings, ticket: str, day: str | None, language: str, as_json: bool) -> None:
    """Print the life of TICKET (an id, or a label such as A012): who did what, when, and why.

    Then everybody younger who was called before it, and why.
    """
    from queue_server.app.audit import find, life_of
    from queue_server.app.overtaking import overtakings

    with opened_store(settings) as store:
        site_id = chosen_site(store, settings)
        with store.reading(site_id) as reading:
            found = find(reading, ticket, day)
            if found is None:
                raise Trouble(
                    f"there is no ticket {ticket!r} on {day or 'the open day'}: give its id, or --day"
                )
            site = reading.site()[1]
            life = _readable(life_of(reading, site, found, language))
            passing = _readable(overtakings(reading, site, found, language))
            if as_json:
                _tell_json(found, life, passing)
            else:
                _tell(found, life, passing)
    sys.stdout.flush()


def _tell(ticket: Any, life: Iterator[Any], passing: Iterator[Any]) -> None:
    click.echo(f"{ticket.label}  {ticket.queue}  {ticket.day}  {ticket.id}")
    for step in life:
        facts = " ".join(f"{name}={value}" for name, value in step.facts.items() if name != "ticket")
        click.echo(f"{step.seq:>8}  {step.at}  {step.event:<18} {step.actor:<24} {facts}")
        if step.why:
            click.echo(f"{'':>10}{step.why}")
    calls = 0
    for calls, call in enumerate(passing, 1):
        if calls == 1:
            click.echo("called before it, though younger:")
        back = "  (taken back)" if call.taken_back else ""
        click.echo(
            f"{call.seq:>8}  {call.at}  {call.label:<8} {call.priority:<12} counter={call.counter} "
            f"since={call.since}{back}"
        )
        click.echo(f"{'':>10}{call.why}")
    click.echo(f"overtaken {calls} time{'' if calls == 1 else 's'}")


def _tell_json(ticket: Any, life: Iterator[Any], passing: Iterator[Any]) -> None:
    told = {name: getattr(ticket, name) for name in ("id", "label", "day", "queue", "priority")}
    lists = {"life": [asdict(step) for step in life], "overtaken_by": [asdict(call) for call in passing]}
    click.echo(json.dumps(told | {"state": ticket.state.value} | lists, ensure_ascii=False, indent=1))


def _readable(told: Iterator[Any]) -> Iterator[Any]:
    try:
        yield from told
    except (LookupError, ValueError, TypeError) as error:
        raise Trouble("an entry cannot be read; `motcua verify` shows where the chain breaks") from error

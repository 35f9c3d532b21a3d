"""`motcua simulate-load`: a day in the field against a real server, checked as it goes."""

from __future__ import annotations

import json
import re
import signal
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from queue_server.options import Settings

from . import Trouble, opened_store, with_settings

_KINDS = {
    "hall": {"visits": 2_000, "phones": 1_000, "speed": 20.0},
    "province": {"visits": 60_000, "phones": 5_000, "speed": 10.0},
    "small": {"visits": 2_000, "phones": 60, "speed": 600.0},
}
_SITES = 170
_TOLD = {"database": "MOTCUA_DATABASE", "message_queue": "MOTCUA_MESSAGE_QUEUE"}


@click.command("simulate-load")
@click.option("--hall", "kind", flag_value="hall", default="hall", help="A hall of 40 desks. [default]")
@click.option("--province", "kind", flag_value="province", help="170 centres with 600 desks.")
@click.option("--small", "kind", flag_value="small", help="A branch of twelve desks, in seconds.")
@click.option(
    "--sites", type=click.IntRange(min=1), default=_SITES, help="Centres of a province. [default: 170]"
)
@click.option(
    "--visits", type=click.IntRange(min=1), help="In a whole day. [default: 2,000; province 60,000]"
)
@click.option(
    "--phones", type=click.IntRange(min=0), help="At most so many. [default: 1,000; province 5,000]"
)
@click.option("--speed", type=click.FloatRange(min=1), help="Times the real one. [default: 20; province 10]")
@click.option("--from", "begin", default="10:00", metavar="HH:MM", help="From when. [default: 10:00]")
@click.option("--minutes", type=click.FloatRange(min=1), default=60.0, help="Of the day. [default: 60]")
@click.option("--seed", type=int, default=1, help="For what is drawn. [default: 1]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of the table.")
@with_settings("database", "message_queue", "workers", "async_mode")
def simulate_load(settings: Settings, as_json: bool, **asked: Any) -> None:
    """Play a part of a day: citizens, officers, boards and phones against a server that is started for it.

    The centres are made up in a temporary folder, or in the empty PostgreSQL database that --database names.
    Every answer is checked, and at the end every ticket and every screen.
    """
    from queue_server.load import play, sites_of
    from queue_server.load.report import table, to_data
    from queue_server.load.serving import NotServing, serving

    plan = _plan(**asked)
    # Whoever ends this ends the server that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with tempfile.TemporaryDirectory(prefix="motcua-load-") as folder:
        told = replace(settings, data=folder)
        sites = sites_of(plan, _sample())
        keys = _settled(told, sites)
        flags = ["--workers", str(settings.workers)] if settings.workers > 1 else []
        environment = {name: getattr(settings, option) for option, name in _TOLD.items()}
        environment["MOTCUA_ASYNC_MODE"] = settings.mode
        try:
            with serving(Path(folder), flags, {k: v for k, v in environment.items() if v}) as server:
                done = play(plan, sites, keys, server, lambda words: click.echo(words, err=True))
        except NotServing as failure:
            raise Trouble(str(failure)) from failure
        done.ledger.faults += _broken_chains(told, [site.id for site in sites])
    data = to_data(done)
    click.echo(json.dumps(data, indent=1) if as_json else table(data), nl=as_json)
    if not done.is_sound:
        raise Trouble("something went wrong: see errors and faults")


def _plan(kind: str, sites: int, begin: str, minutes: float, seed: int, **figures: Any) -> Any:
    from queue_server.load import Part, hall, province, small

    clock = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", begin)
    if clock is None:
        raise Trouble(f"{begin!r} is no time such as 08:00")
    part = Part(int(clock[1]) * 60 + int(clock[2]), minutes)
    known = _KINDS[kind]
    chosen = {name: known[name] if value is None else value for name, value in figures.items()}
    told: dict[str, Any] = {
        **chosen,
        "visits": int(chosen["visits"]),
        "phones": int(chosen["phones"]),
        "part": part,
        "seed": seed,
    }
    if kind == "province":
        return province(sites=sites, **told)
    return (hall if kind == "hall" else small)(**told)


def _sample() -> Any:
    from queue_server.app.importing import check_site
    from queue_server.demonstration import SAMPLE

    return check_site(SAMPLE).site


def _settled(settings: Settings, sites: Any) -> dict[str, Any]:
    """Put `sites` into the store and make their tokens."""
    from queue_server.app.describing import describe
    from queue_server.load import Keys
    from queue_server.main import build_access

    with opened_store(settings, create=True) as store:
        if store.sites():
            raise Trouble(f"{settings.place} is in use: a simulation wants a database of its own, and empty")
        keys = {}
        for site in sites:
            describe(store, site)
            keys[site.id] = Keys.made(build_access(store, site.id), site)
        return keys


def _broken_chains(settings: Settings, sites: list[str]) -> Iterator[str]:
    """What `motcua verify` would say of each centre, where it is not well."""
    from queue_server.app.journal import verify

    with opened_store(settings) as store:
        for site in sites:
            with store.reading(site) as reading:
                verdict = verify(site, reading)
            if verdict.broken_at is not None:
                yield f"{site}: the journal's chain: {verdict.problem}"

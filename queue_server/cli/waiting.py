"""`motcua backtest`: how well the waiting times would have been told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from queue_server.options import Settings

from . import Trouble, chosen_site, opened_store, with_settings


@click.command()
@click.argument("traces", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--day", help="Score only this day of the journal (2026-11-23); earlier ones are learnt from.")
@click.option(
    "--service-minutes",
    type=click.FloatRange(min=0.1),
    help="The configured service time. [default: 10; for a journal each queue's own]",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of the table.")
@with_settings("data", "site")
def backtest(
    settings: Settings,
    traces: tuple[Path, ...],
    day: str | None,
    service_minutes: float | None,
    as_json: bool,
) -> None:
    """Play recorded days through the method: error, bias, coverage, baselines.

    TRACES are CSV or CSV.gz files, or one data folder; without any, the journal in --data is played.
    """
    from queue_server.app.backtest import run

    if len(traces) == 1 and traces[0].is_dir():
        settings, traces = replace(settings, data=str(traces[0])), ()
    if not traces:
        report = _of_journal(settings, service_minutes, day or "")
    elif day:
        raise Trouble("--day is for a journal: a trace is scored as a whole")
    else:
        try:
            report = run(traces, 10.0 if service_minutes is None else service_minutes)
        except (ValueError, KeyError, OSError) as wrong:
            raise Trouble(f"this is not a trace as docs/waiting-time.md describes it: {wrong}") from wrong
    click.echo(report.to_json() if as_json else report.table())


def _of_journal(settings: Settings, service_minutes: float | None, day: str) -> Any:
    from queue_server.app.backtest import run_journal
    from queue_server.app.simulating import visits_of_journal

    with opened_store(settings) as store, store.reading(chosen_site(store, settings)) as reading:
        known = [one.date for one in reading.days()]
        if day and day not in known:
            last = ", ".join(known[-5:]) or "none yet"
            raise Trouble(f"the journal tells of no day {day}; the newest: {last}")
        visits = visits_of_journal(reading, reading.site()[1])
    return run_journal(visits, service_minutes, day)

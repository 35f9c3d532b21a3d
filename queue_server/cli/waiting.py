"""`motcua backtest`: how well the waiting times would have been told."""

from __future__ import annotations

from pathlib import Path

import click

from . import Trouble


@click.command()
@click.argument(
    "traces", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option("--service-minutes", type=click.FloatRange(min=0.1), default=10.0, help="[default: 10]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of the table.")
def backtest(traces: tuple[Path, ...], service_minutes: float, as_json: bool) -> None:
    """Play recorded days (TRACES: CSV or CSV.gz) through the method: error, bias, coverage, baselines."""
    from queue_server.app.backtest import run

    try:
        report = run(traces, service_minutes)
    except (ValueError, KeyError, OSError) as wrong:
        raise Trouble(f"this is not a trace as docs/waiting-time.md describes it: {wrong}") from wrong
    click.echo(report.to_json() if as_json else report.table())

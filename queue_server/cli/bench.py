"""`motcua bench`: how fast this program is on this machine, each figure beside its floor."""

from __future__ import annotations

import json
from pathlib import Path

import click

from queue_server.options import Settings

from . import with_settings


@click.command()
@click.option("--quick", is_flag=True, help="Fewer turns and a shorter past: under a minute.")
@click.option("--tiny", is_flag=True, help="Only to see that it works: the figures mean nothing.")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of a table.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".cache/bench"),
    show_default=True,
    help="Folder that keeps the centre with a long past for the next run.",
)
@with_settings("database", "message_queue", "async_mode")
def bench(settings: Settings, *, quick: bool, tiny: bool, as_json: bool, cache: Path) -> None:
    """Measure issue, call-next, sockets, start and memory, each beside a bare floor in the same run.

    With --database postgresql://… the orders on PostgreSQL, with --message-queue redis://… by four workers
    too: give it an empty database of its own, for the centres that it makes stay there.
    """
    from queue_server.bench import measure, running

    effort = running.TINY if tiny else running.QUICK if quick else running.FULL
    run = running.Run(
        effort,
        settings.async_mode or "eventlet",
        cache,
        lambda words: click.echo(f"bench: {words}", err=True),
        settings.database,
        settings.message_queue,
    )
    measures = list(run.measures())
    if as_json:
        click.echo(json.dumps(measure.as_json(measures), ensure_ascii=False, indent=2))
        return
    click.echo(measure.as_table(measures))
    click.echo()
    for how in dict.fromkeys(one.how for one in measures):
        named = [one.name for one in measures if one.how == how]
        click.echo(f"{named[0]}{' …' if len(named) > 1 else ''}: {how}")

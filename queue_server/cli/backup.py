"""`motcua backup`, `restore`, `check`: a copy of everything, proved, and the way back from one."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from queue_server.options import Settings

from . import Trouble, demand_centre, opened_store, with_settings

_NICENESS = 10
"""A backup and its proof give way to a server on the same machine."""


@click.command()
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="Folder of the backups.")
@click.option(
    "--keep",
    default="24h,30d,12m",
    show_default=True,
    help="Keep all of the last hours, one a day, one a month; 'all' drops none.",
)
@with_settings("data")
def backup(settings: Settings, to: Path | None, keep: str) -> None:
    """Copy the whole database while the server runs, and prove the copy by restoring it.

    The folder is --data/backups unless --to names another, best on another disk or machine.
    """
    from queue_server.app.backup_proof import Unsound
    from queue_server.store.backup_folder import take
    from queue_server.store.last_seen import remember_backup

    demand_centre(settings)
    folder, rule = to or settings.folder / "backups", _rule(keep)
    source = _source(settings)
    os.nice(_NICENESS)
    try:
        taken = take(folder, source, rule, datetime.now(UTC))
    except Unsound as unsound:
        raise Trouble(
            f"no backup was made, for the database cannot be trusted: {unsound};"
            " the backups that are there were kept: see docs/operations-backup.md"
        ) from unsound
    remember_backup(settings.folder, time.time())
    for proof in taken.proofs:
        click.echo(f"{proof.site}: {proof.entries} entries to {_local(proof.at)}, {proof.tickets} tickets")
    click.echo(f"{taken.path}: {taken.size} bytes, made and proved in {taken.seconds:.1f} s")
    if getattr(source, "by_reading", False):
        click.echo("motcua: proved by reading only: the database user may not make a database", err=True)
    if taken.dropped:
        click.echo(f"dropped {len(taken.dropped)} that the rule {rule} no longer keeps")
    if not settings.database and folder.stat().st_dev == settings.folder.stat().st_dev:
        click.echo(f"motcua: {folder} is on the disk of the database: copy it elsewhere too", err=True)


def _rule(text: str) -> Any:
    from queue_server.app.backup_names import read_rule

    if text == "all":
        return None
    try:
        return read_rule(text)
    except ValueError:
        raise Trouble(f"--keep {text!r} is no rule: write it like 24h,30d,12m, or all") from None


def _source(settings: Settings) -> Any:
    if settings.database:
        from queue_server.store.postgres_backup import PostgresSource

        return PostgresSource(settings.database)
    from queue_server.store.backup_folder import SqliteSource

    return SqliteSource(settings.file)


def _local(at: int) -> str:
    """A time in epoch milliseconds as the machine's own clock says it."""
    if not at:
        return "now"
    return datetime.fromtimestamp(at / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")


@click.command()
@with_settings("data")
def check(settings: Settings) -> None:
    """Look through the whole database: every page, every journal's chain, every row against its replay."""
    from queue_server.app.backup_proof import Unsound, prove
    from queue_server.store.sqlite_backup import integrity

    os.nice(_NICENESS)
    if not settings.database:
        demand_centre(settings)
        if wrong := integrity(settings.file):
            raise Trouble(f"{settings.file} is damaged: {'; '.join(wrong)}: restore the newest backup")
    with opened_store(settings) as store:
        try:
            proofs = prove(store)
        except Unsound as unsound:
            raise Trouble(f"{settings.place} cannot be trusted: {unsound}") from unsound
    for proof in proofs:
        click.echo(f"{proof.site}: {proof.entries} entries, {proof.tickets} tickets, all as it should be")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put the database that is there aside, whatever it holds.")
@click.option("--nothing-lost", is_flag=True, help="The backup was made after the server had been stopped.")
@click.option(
    "--numbers-from",
    "numbers",
    multiple=True,
    metavar="QUEUE=NUMBER",
    help="The next number to give, read from the last slip; for each queue that is named.",
)
@with_settings("data")
def restore(
    settings: Settings, file: Path, replace: bool, nothing_lost: bool, numbers: tuple[str, ...]
) -> None:
    """Prove the backup FILE and put it in the place of the database; the old one is kept aside."""
    from queue_server.app.backup_proof import Unsound
    from queue_server.app.restoring import NumbersUnknown, UnknownNumber
    from queue_server.store.restoring import RestoreRefused, Wish

    wish = Wish(replace, nothing_lost, numbers)
    try:
        done = _restored(settings, file, wish, round(time.time() * 1000))
    except (RestoreRefused, NumbersUnknown, UnknownNumber) as refused:
        raise Trouble(str(refused)) from refused
    except Unsound as unsound:
        raise Trouble(f"{file} was not restored: {unsound}; take another backup") from unsound
    for centre in done.centres:
        _tell(centre)
    if done.aside:
        click.echo(f"the database that was here is now in {done.aside}")
    click.echo(f"restored in {done.seconds:.1f} s; everybody signs in anew; now start the server")


def _restored(settings: Settings, file: Path, wish: Any, now: int) -> Any:
    if settings.database:
        from queue_server.store import postgres_backup

        return postgres_backup.restore(file, settings.database, wish, now)
    from queue_server.store import sqlite_restoring

    return sqlite_restoring.restore(file, settings.file, wish, now)


def _tell(centre: Any) -> None:
    lost = "how many entries were lost is not known" if centre.lost is None else f"{centre.lost} entries lost"
    click.echo(f"{centre.site}: back to entry {centre.seq} of {_local(centre.at)}; {lost}")
    for queue, first, last in centre.left_out:
        click.echo(f"  {queue}: {first} to {last} are not given today; whoever holds one takes a new slip")

"""`motcua migrate`: move centres with their whole journal into another database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from queue_server.options import is_address

from . import Trouble

_SQLITE = "sqlite:///"


@click.command()
@click.option("--from", "source", required=True, metavar="URL", help="sqlite:///PATH or postgresql://…")
@click.option(
    "--to", "target", required=True, metavar="URL", help="An empty database: postgresql://… or sqlite:///"
)
def migrate(source: str, target: str) -> None:
    """Move all centres of a database into another one: journal, tickets, people, tokens, everything.

    The server must be stopped. The old database is kept, and is refused by every server afterwards.
    """
    from queue_server.app.backup_proof import Unsound
    from queue_server.store.moving import MoveRefused, move

    try:
        moved = move(_side(source, is_source=True), _side(target, is_source=False))
    except MoveRefused as refused:
        raise Trouble(str(refused)) from refused
    except Unsound as unsound:
        raise Trouble(f"nothing was moved: what arrived is not sound: {unsound}") from unsound
    for proof in moved.proofs:
        click.echo(
            f"{proof.site}: {proof.entries} entries, {proof.tickets} tickets, every row as its journal says"
        )
    rows = sum(moved.rows.values())
    click.echo(f"moved {rows} rows of {len(moved.rows)} tables and proved them in {moved.seconds:.1f} s")


def _side(url: str, *, is_source: bool) -> Any:
    if url.startswith(_SQLITE):
        from queue_server.store.sqlite_side import SqliteSide

        return SqliteSide(_path(url), is_source=is_source)
    if url.startswith(("postgresql://", "postgres://")) and is_address(url):
        from queue_server.store.postgres_side import PostgresSide

        return PostgresSide(url)
    raise Trouble(  # it may hold a password: not shown
        "--from and --to begin with sqlite:/// or postgresql://;"
        " in a password write / as %2F, ? as %3F, # as %23, [ as %5B, % as %25"
    )


def _path(url: str) -> Path:
    """`sqlite:///data/motcua.db` is beside us, `sqlite:////var/lib/motcua.db` from the root on."""
    return Path(url.removeprefix(_SQLITE))

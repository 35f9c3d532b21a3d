"""`motcua import`: check a centre's description and put it in force."""

from __future__ import annotations

from pathlib import Path

import click

from queue_server.options import Settings

from . import Trouble, opened_store, with_settings


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@click.option("--dry-run", is_flag=True, help="Only check, and say what would change.")
@with_settings("data")
def import_site(settings: Settings, file: Path, dry_run: bool) -> None:
    """Check FILE (site.toml, or the folder that holds it) and make it the centre's description.

    Every mistake is shown with its place and a mend; where there is one, nothing is imported.
    """
    from queue_server.app.describing import StillInUse, describe
    from queue_server.app.importing import ImportProblems, check_site

    try:
        checked = check_site(file)
    except ImportProblems as wrong:
        for problem in wrong.problems:
            click.echo(str(problem), err=True)
        count = len(wrong.problems)
        mistakes = "1 mistake" if count == 1 else f"{count} mistakes"
        raise Trouble(f"{mistakes}; nothing was imported") from wrong
    for warning in checked.warnings:
        click.echo(f"note: {warning}")
    with opened_store(settings, create=True) as store:
        try:
            changes = describe(store, checked.site, keep=not dry_run)
        except StillInUse as used:
            for reason in used.reasons:
                click.echo(reason, err=True)
            raise Trouble("the centre is at work; nothing was imported") from used
    for line in changes.lines():
        click.echo(line)
    if not changes:
        click.echo("nothing has changed")
    elif dry_run:
        click.echo("dry run: nothing was imported")
    else:
        click.echo(f"{checked.site.id} imported")

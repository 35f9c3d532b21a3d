"""`motcua voice build`: make the bank of clips that the boards speak with."""

from __future__ import annotations

from pathlib import Path

import click

from . import Trouble


@click.group()
def voice() -> None:
    """The hall's voice."""


@voice.command()
@click.option("--bank", default="default", help="Name of the bank.")
@click.option(
    "--recordings",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of human recordings <language>/<clip>.wav that replace the stand-in clips.",
)
def build(bank: str, recordings: Path | None) -> None:
    """Render the clips with espeak-ng as the stand-in voice; quick where nothing has changed."""
    from display.voice import VoiceUnavailable, build
    from queue_server.core.announcing import vocabulary

    try:
        made = build(vocabulary(), name=bank, recordings=recordings)
    except VoiceUnavailable as trouble:
        raise Trouble(str(trouble)) from trouble
    how = "rendered" if made.rendered else "already there"
    click.echo(
        f"voice {made.name}: {len(made.milliseconds)} clips {how}, {len(made.recorded)} recorded by people"
    )

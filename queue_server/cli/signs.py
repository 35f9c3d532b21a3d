"""`motcua signs`: the signs above the counters follow the live changes, in a program of their own."""

from __future__ import annotations

import signal
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

import click

from . import Trouble
from .device_words import LANGUAGES, DeviceWords
from .kiosk import token_of


@click.command()
@click.option(
    "--server", required=True, envvar="MOTCUA_SERVER", help="The server's address, http://10.0.0.5:8080."
)
@click.option(
    "--token",
    required=True,
    envvar="MOTCUA_TOKEN",
    help="A board's token, or @FILE that holds it; see `motcua token create --role board`.",
)
@click.option(
    "--signs",
    "given",
    multiple=True,
    required=True,
    help="TOML file that describes a line of signs, or a line's URL; again for another line.",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/virtual"),
    show_default=True,
    help="Where virtual signs keep what they show.",
)
@click.option(
    "--language", type=click.Choice(LANGUAGES), default="vi", show_default=True, help="Of what it says."
)
def signs(server: str, token: str, given: tuple[str, ...], folder: Path, language: str) -> None:
    """Show on the signs which number is at which counter, from a server, until it is told to end."""
    from display.signs import BadPlan, read_plan, run
    from display.signs.link import Server

    try:
        plans = [read_plan(one, folder) for one in given]
        link = Server(server, token_of(token))
    except (BadPlan, ValueError) as error:
        raise Trouble(str(error)) from error
    over = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: over.set())
    began = f"Một Cửa signs: {len(plans)} × {', '.join(plan.url for plan in plans)}"
    run(link, plans, folder, _news(DeviceWords(language)), over, lambda: click.echo(began))


def _tell(sentence: str) -> None:
    """Nobody who stops reading may stop a line of signs."""
    with suppress(OSError):
        click.echo(sentence)


def _news(words: DeviceWords) -> Any:
    """What happens, each in a sentence with what to do, once for each change."""
    from display.signs import News
    from drivers.diagnosis import of_sign
    from drivers.led import SignState

    broken: set[str] = set()

    def sign(counter: str, state: SignState) -> None:
        if state in (SignState.SILENT, SignState.ABSENT):
            broken.add(counter)
            _tell(words.say("signs-state", counter=counter, said=words.diagnosis(of_sign(state))))
        elif state is not SignState.WAITING and counter in broken:
            broken.discard(counter)
            _tell(words.say("signs-again", counter=counter))

    def link(what: str, detail: str) -> None:
        code = {"up": "signs-up", "lost": "signs-lost", "refused": "signs-refused"}[what]
        remedy, said = words.remedy(code), words.say(code, detail=detail)
        _tell(f"{said}\n  → {remedy}" if remedy else said)

    def unknown(counters: list[str]) -> None:
        said = words.say("signs-unknown", counters=", ".join(counters))
        _tell(f"{said}\n  → {words.remedy('signs-unknown')}")

    return News(link, sign, unknown)

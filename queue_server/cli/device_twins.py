"""`motcua device twin`: virtual devices at the end of a real port, with faults on demand, and their page."""

from __future__ import annotations

import signal
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from . import Trouble

described_option = click.option(
    "--signs",
    "described",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="TOML file that describes a line of signs.",
)

_HELP = "Type `fail NAME` or `mend` [printer], a code to scan [scanner], `kill N` or `power N` [signs]."


@click.command(help=f"Run a virtual device that the real driver talks to. {_HELP}")
@click.argument("kind", type=click.Choice(["printer", "signs", "scanner"]))
@click.option("--port", type=int, help="Listen on this TCP port of this computer (0: any).")
@click.option("--pty", "link", type=click.Path(path_type=Path), help="Be a serial port of this name.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/virtual"),
    help="Where it keeps what it prints and shows.",
)
@click.option("--name", default="twin", help="The device's own folder in it.")
@click.option("--fault", default="", help="A printer's script: paper_low@2,paper_out@5,slow=2000 …")
@described_option
def twin(kind: str, port: int | None, link: Path | None, folder: Path, name: str, **options: Any) -> None:
    from drivers.fault import DeviceFault
    from drivers.virtual.carriers import Carrier, PtyCarrier, TcpCarrier

    if (port is None) == (link is None):
        raise Trouble("give either --port or --pty")
    try:
        made, obey = _KINDS[kind](folder, name, options)
    except DeviceFault as fault:
        raise Trouble(fault.detail) from fault
    carrier: Carrier = TcpCarrier(made, port or 0) if link is None else PtyCarrier(made, link.absolute())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with carrier:
        scheme = "serial+socket" if kind != "printer" else "tcp"
        click.echo(carrier.url.replace("tcp:", f"{scheme}:"))
        for line in sys.stdin:
            if line.strip() and (said := obey(line.strip())):
                click.echo(said)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--width", default=576, help="Dots of the printers' head: 576 on 80 mm, 384 on 58 mm.")
def page(folder: Path, width: int) -> None:
    """Draw FOLDER/index.html: what its virtual devices printed and show."""
    from drivers.virtual.page import write_page

    click.echo(write_page(folder, width))


def signs_described(file: Path | None) -> dict[str, Any]:
    """The TOML description of a line of signs."""
    if file is None:
        raise Trouble("say which signs there are: --signs FILE.toml (docs/hardware.md shows one)")
    from display.signs.plan import description_of

    try:
        return description_of(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Trouble(f"{file}: {error}") from error


def _printer(folder: Path, name: str, options: dict[str, Any]) -> tuple[Any, Callable[[str], str]]:
    from drivers.virtual.printer import VirtualPrinter
    from drivers.virtual.printer_twin import PrinterTwin
    from drivers.virtual.script import AFTER, ALWAYS, parse_script

    made = PrinterTwin(VirtualPrinter(name, folder), parse_script(options["fault"]))

    def obey(line: str) -> str:
        verb, _, what = line.partition(" ")
        if verb == "fail" and what in (*AFTER, *ALWAYS):
            made.fail(what)
        elif verb == "mend":
            made.mend()
        else:
            return f"fail {'|'.join((*AFTER, *ALWAYS))}, or mend"
        return made.status.value

    return made, obey


def _signs(folder: Path, name: str, options: dict[str, Any]) -> tuple[Any, Callable[[str], str]]:
    from drivers.led.frame import frame_format
    from drivers.led.modbus import modbus_format
    from drivers.virtual.signs import SignTwins

    described = signs_described(options["described"])
    kind = described.get("kind", "frame")
    protocol = (modbus_format if kind == "modbus" else frame_format)(described.get(kind, {}))
    addresses = [int(address) for address in described.get("signs", {}).values()]
    (folder / name).mkdir(parents=True, exist_ok=True)
    made = SignTwins(protocol, addresses, keeps=folder / name / "signs.json")

    def obey(line: str) -> str:
        verb, _, number = line.partition(" ")
        if verb not in ("kill", "power") or not number.isdecimal():
            return "kill ADDRESS, or power ADDRESS"
        (made.kill if verb == "kill" else made.cut_power)(int(number))
        return f"{verb} {number}"

    return made, obey


def _scanner(folder: Path, name: str, options: dict[str, Any]) -> tuple[Any, Callable[[str], str]]:
    from drivers.virtual.scanner import ScannerTwin

    made = ScannerTwin()

    def obey(line: str) -> str:
        if line in ("babble", "calm"):
            made.babbles = line == "babble"
        else:
            made.scan(line)
        return ""

    return made, obey


_KINDS: dict[str, Callable[..., tuple[Any, Callable[[str], str]]]] = {
    "printer": _printer,
    "signs": _signs,
    "scanner": _scanner,
}

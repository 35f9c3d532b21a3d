"""`motcua device`: try a device and say in plain words what is wrong, list what is plugged in, run twins."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from .device_twins import described_option, page, signs_described, twin
from .device_words import LANGUAGES, DeviceWords

_SCAN_SECONDS = 20.0
_SIGN_SECONDS = 3.0
_LOOK = 0.05


@click.group()
def device() -> None:
    """Printers, counter signs and scanners."""


device.add_command(twin)
device.add_command(page)

_language = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default=lambda: "en" if os.environ.get("LANG", "").startswith("en") else "vi",
    help="The language to answer in [default: en where LANG says so, else vi].",
)


@device.command("list")
@_language
def list_devices(language: str) -> None:
    """Show what is plugged into this computer, with the URL that opens it."""
    from drivers.finding import plugged_in

    words, found = DeviceWords(language), plugged_in()
    for one in found:
        click.echo(f"{one.url}  {words.say(f'list-{one.kind}')}  {one.name}".rstrip())
    if not found:
        click.echo(words.say("list-nothing"))
    click.echo(words.say("list-network"))


@device.command()
@click.argument("url")
@click.option("--kind", type=click.Choice(["printer", "scanner", "signs"]), default="printer")
@click.option(
    "--print/--no-print", "prints", default=True, help="Print a trial slip, or only read the state."
)
@described_option
@click.option("--seconds", default=_SCAN_SECONDS, help="How long to wait for a code [scanner].")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("data/virtual"),
    help="Where virtual devices keep what they print and show.",
)
@_language
@click.pass_context
def test(context: click.Context, url: str, kind: str, language: str, **options: Any) -> None:
    """Try the device at URL: print a trial slip, wait for a code, or show a number on every sign."""
    from drivers.diagnosis import of_fault
    from drivers.fault import DeviceFault

    words = DeviceWords(language)
    trials: dict[str, Callable[..., bool]] = {"printer": _printer, "scanner": _scanner, "signs": _signs}
    try:
        is_well = trials[kind](url, words, **options)
    except DeviceFault as fault:
        click.echo(fault.detail)
        click.echo(words.diagnosis(of_fault(fault)))
        is_well = False
    if not is_well:
        context.exit(1)


def _printer(url: str, words: DeviceWords, *, prints: bool, folder: Path, **_: Any) -> bool:
    from drivers.diagnosis import of_printer
    from drivers.opening import open_printer
    from drivers.printer import CAN_PRINT, PrinterStatus
    from drivers.printer.trial import trial_slip

    printer = open_printer(url, virtual_folder=folder)
    try:
        status = printer.status()
        if status is PrinterStatus.OFFLINE:
            printer.reach()  # says more: refused, no such port, not permitted
        click.echo(words.diagnosis(of_printer(status)))
        if not prints:
            return status in CAN_PRINT
        if status not in CAN_PRINT:
            return False
        when = datetime.now().astimezone().strftime("%H:%M %d/%m/%Y")
        lines = (words.say("test-slip-printer", url=url), when, words.say("test-slip-letters"))
        slip = trial_slip(
            printer.width, words.say("test-slip-title"), lines, "motcua device test", printer.logo
        )
        began = time.perf_counter()
        printed = printer.print(slip)
        figures = {"bytes": str(printed.bytes), "ms": str(round((time.perf_counter() - began) * 1000))}
        click.echo(words.say("test-confirmed" if printer.confirms else "test-printed", **figures))
        if printed.missing:
            click.echo(words.say("test-missing", letters=printed.missing))
        click.echo(words.say("test-look"))
        after = printer.status()
        if after is not status:
            click.echo(words.diagnosis(of_printer(after)))
        if after not in CAN_PRINT:
            click.echo(words.say("test-doubt"))
        return after in CAN_PRINT
    finally:
        printer.close()


def _scanner(url: str, words: DeviceWords, *, seconds: float, folder: Path, **_: Any) -> bool:
    from drivers.diagnosis import of_scanner
    from drivers.scanner import Scan, ScannerState, open_scanner

    scans: list[Scan] = []
    scanner = open_scanner(url, scans.append, today=date.today, virtual_folder=folder).start()
    try:
        _wait(lambda: scanner.state is not ScannerState.WAITING, _SIGN_SECONDS)
        click.echo(words.diagnosis(of_scanner(scanner.state)))
        if scanner.state is not ScannerState.READY:
            return False
        click.echo(words.say("test-scan", seconds=f"{seconds:g}"))
        _wait(lambda: bool(scans) or scanner.state is not ScannerState.READY, seconds)
        if scans:
            click.echo(_meaning(scans[0], words))
            return True
        is_ready = scanner.state is ScannerState.READY
        click.echo(words.say("test-scan-nothing") if is_ready else words.diagnosis(of_scanner(scanner.state)))
        return False
    finally:
        scanner.close()


def _meaning(scan: Any, words: DeviceWords) -> str:
    from drivers.scanner import CitizenCard, DossierCode, TicketCode

    match scan:
        case CitizenCard(age):
            return words.say("scan-card", low=str(age.low))
        case TicketCode():
            return words.say("scan-ticket")
        case DossierCode():
            return words.say("scan-dossier")
    return words.say("scan-unreadable", why=scan.why)


def _signs(url: str, words: DeviceWords, *, described: Path | None, folder: Path, **_: Any) -> bool:
    from drivers.diagnosis import of_sign
    from drivers.led import Showing, SignState, open_signs

    description = signs_described(described)
    line = open_signs(url, description, virtual_folder=folder)
    for counter in description.get("signs", {}):
        line.show(counter, Showing("8888"))
    line.start()  # only now: else a sign may be told to be dark first, and what it confirms is that
    try:
        settled = {SignState.SHOWN, SignState.SENT, SignState.SILENT, SignState.ABSENT}
        _wait(lambda: set(line.states().values()) <= settled, _SIGN_SECONDS)
        states = line.states()
        for counter, state in states.items():
            said = words.diagnosis(of_sign(state))
            click.echo(words.say("test-sign", counter=counter, said=said))
        return set(states.values()) <= {SignState.SHOWN, SignState.SENT}
    finally:
        line.close()


def _wait(holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(_LOOK)

"""`motcua simulate`: a day under another rule, or with another number of counters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from queue_server.options import Settings

from . import Trouble, chosen_site, opened_store, with_settings

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option("--trace", type=_FILE, help="A CSV of tickets (.csv, .csv.gz); without it, our own journal.")
@click.option("--day", help="The day (2026-11-23); default: the journal's newest, or all of a trace.")
@click.option("--rule", "rules", type=_FILE, multiple=True, help="A rule file; may be repeated.")
@click.option("--counters", multiple=True, metavar="N|QUEUE=N", help="Other numbers of counters; repeatable.")
@click.option("--target", type=click.FloatRange(min=0), default=15.0, help="Minutes. [default: 15]")
@click.option(
    "--share", "shares", multiple=True, metavar="CLASS=0.15", help="Classes for a trace without any."
)
@click.option("--seed", type=int, default=1, help="For what has to be drawn. [default: 1]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON in place of the table.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Write a chart to this file.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", help="[default: vi]")
@with_settings("data", "site")
def simulate(
    settings: Settings,
    trace: Path | None,
    target: float,
    as_json: bool,
    svg: Path | None,
    language: str,
    **asked: Any,
) -> None:
    """Replay a day under another rule, or with other counters: waits, overtakings, idle time.

    Without --rule, the day's own rule is followed (first come, first served for a trace).
    """
    from queue_server.app.simulating import BadRule, BadStaffing, BadTrace, Words, draw, table, to_data

    words = Words(language)
    try:
        study = _of_trace(settings, trace, **asked) if trace else _of_journal(settings, words, **asked)
        drawing = draw(study, target, words) if svg else ""
    except (BadRule, BadStaffing, BadTrace) as wrong:
        raise Trouble(str(wrong)) from wrong
    if as_json:
        click.echo(json.dumps(to_data(study, target, words), ensure_ascii=False, indent=2))
    else:
        click.echo(table(study, target, words), nl=False)
    if svg:
        try:
            svg.write_text(drawing, encoding="utf-8")
        except OSError as error:
            raise Trouble(f"cannot write {svg}: {error.strerror}") from error


def _of_trace(
    settings: Settings,
    trace: Path,
    day: str | None,
    rules: tuple[Path, ...],
    counters: tuple[str, ...],
    shares: tuple[str, ...],
    seed: int,
) -> Any:
    from queue_server.app.simulating import Drawing, fifo, of_trace, read_trace, staffing

    rows = [row for row in read_trace(trace) if settings.site in ("", row.site)]
    if not any(day in (None, row.day) for row in rows):
        where = " ".join(part for part in (settings.site, day) if part)
        raise Trouble(f"{trace.name} tells of no ticket{where and ' of '}{where}")
    title = " ".join(part for part in (trace.name.partition(".")[0], settings.site, day) if part)
    drawing = Drawing(seed, _shares(shares))
    return of_trace(rows, title, _rules(rules) or [fifo()], staffing(counters), drawing, day)


def _of_journal(
    settings: Settings,
    words: Any,
    day: str | None,
    rules: tuple[Path, ...],
    counters: tuple[str, ...],
    shares: tuple[str, ...],
    seed: int,
) -> Any:
    from queue_server.app.simulating import NoSuchDay, of_journal, recorded_day, staffing

    if shares:
        raise Trouble("--share is for traces: the journal knows everybody's class")
    with opened_store(settings) as store, store.reading(chosen_site(store, settings)) as reading:
        try:
            recorded = recorded_day(reading, reading.site()[1], day)
        except NoSuchDay as missing:
            known = ", ".join(missing.known[-5:]) or "none yet"
            raise Trouble(f"the journal tells of no day {day or ''}; the newest: {known}") from missing
    return of_journal(recorded, _rules(rules), staffing(counters), words("own-rule"))


def _rules(files: tuple[Path, ...]) -> list[Any]:
    from queue_server.app.simulating import BadRule, read_rule

    found = []
    for file in files:
        try:
            found.append(read_rule(file.read_text(encoding="utf-8"), file.stem, str(file)))
        except BadRule as wrong:
            raise Trouble(str(wrong)) from wrong
        except UnicodeDecodeError as wrong:
            raise Trouble(f"{file}: {wrong}") from wrong
    return found


def _shares(told: tuple[str, ...]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for text in told:
        name, _, value = text.partition("=")
        try:
            shares[name] = float(value)
        except ValueError:
            raise Trouble(f"{text!r} is no share: write elderly=0.15") from None
        if not name or not 0 <= shares[name] <= 1:
            raise Trouble(f"{text!r} is no share: write elderly=0.15")
    if sum(shares.values()) > 1:
        raise Trouble("the shares are more than the whole")
    return shares

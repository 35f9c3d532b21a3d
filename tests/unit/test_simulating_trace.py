"""Traces: what is read, what is drawn where they are silent, and what `motcua simulate` makes of them."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from queue_server.app.importing import check_site
from queue_server.app.simulating import BadTrace, Drawing, fifo, of_trace, read_rule, read_trace, rows_of
from queue_server.app.simulating.chart import COLOURS, INK, PAPER, SOFT
from queue_server.app.simulating.durations import durations
from queue_server.app.simulating.rule_file import check_classes
from queue_server.cli import Trouble
from queue_server.cli.simulating import simulate
from queue_server.core.commands import CallNext, FinishService, OpenCounter, StartService
from queue_server.options import settle
from queue_server.store.sqlite import SqliteStore
from tests.halls import TestHall

SAMPLE = Path(__file__).parents[2] / "queue_server" / "sample"
PLAIN = "arrival,class,service\n" + "".join(
    f"2026-11-23T{8 + minute // 60:02d}:{minute % 60:02d},{'elderly' if minute % 3 == 0 else ''},7\n"
    for minute in range(0, 180, 5)
)


def simulated(*arguments: Any) -> Result:
    return CliRunner().invoke(simulate, [str(one) for one in arguments], catch_exceptions=False)


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    file = tmp_path / "day.csv"
    file.write_text(PLAIN, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("column", "value", "milliseconds"),
    [("service", "2.5", 150_000), ("service_minutes", "3", 180_000), ("service_seconds", "45", 45_000)],
)
def test_a_service_time_is_read_in_its_unit(column: str, value: str, milliseconds: int) -> None:
    assert [row.service_ms for row in rows_of([f"arrival,{column}\n", f"08:00,{value}\n"])] == [milliseconds]


def test_the_service_lasts_from_call_to_finish_where_the_trace_tells_both(tmp_path: Path) -> None:
    file = tmp_path / "t.csv.gz"
    line = "s,q,A1,2026-11-23T08:00,2026-11-23T08:04:30,2026-11-23T08:10,elderly,3,2,served\n"
    head = "site,queue,ticket,arrival,called,finished,class,counter,open_counters,outcome\n"
    file.write_bytes(gzip.compress((head + line).encode()))
    (row,) = read_trace(file)
    assert (row.service_ms, row.priority, row.counter, row.open_counters) == (330_000, "elderly", "3", 2)
    assert (row.day, row.abandoned) == ("2026-11-23", False)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["ticket\n"], "line 1: a trace needs a header with a column 'arrival'"),
        (["arrival,colour\n"], "line 1: unknown column 'colour'"),
        (["arrival\n", "08:00\n", "soon\n"], "line 3: 'soon' is no time"),
        (["arrival,service\n", ",5\n"], "line 2: no arrival"),
        (["arrival,service\n", "08:00,-5\n"], "line 2: service is below zero"),
        (["arrival,called\n", "08:00,07:59\n"], "line 2: called lies before arrival"),
        (["arrival,called,finished\n", "08:00,08:09,08:05\n"], "line 2: finished lies before called"),
    ],
)
def test_a_line_that_cannot_be_is_named(lines: list[str], told: str) -> None:
    with pytest.raises(BadTrace) as wrong:
        list(rows_of(lines))
    assert told in str(wrong.value)


def test_missing_service_times_follow_the_pace_of_calls_and_stay_the_same_in_any_company() -> None:
    lines = ["queue,ticket,arrival,called,open_counters\n"]
    lines += [f"q,A{n},08:00,{8 + (6 * n) // 60:02d}:{(6 * n) % 60:02d},2\n" for n in range(80)]
    rows = list(rows_of(lines))
    lengths = durations(rows, 1)
    drawn = [lengths.of(row) / 60_000 for row in rows]
    assert 9 < sum(drawn) / len(drawn) < 15  # one call in 6 minutes by two counters: 12 minutes each
    assert [lengths.of(row) / 60_000 for row in reversed(rows)] == drawn[::-1]
    assert [durations(rows, 2).of(row) / 60_000 for row in rows] != drawn


def test_missing_service_times_are_taken_from_the_same_queue_where_it_tells_some() -> None:
    rows = list(rows_of(["queue,arrival,service\n", "a,08:00,4\n", "b,08:00,9\n", "a,08:01,\n"]))
    assert durations(rows, 1).of(rows[2]) == 4 * 60_000


def test_classes_are_drawn_by_the_assumed_shares() -> None:
    rows = list(rows_of(["arrival,service\n", *("08:00,1\n" for _ in range(1000))]))
    study = of_trace(rows, "t", [fifo()], None, Drawing(1, {"elderly": 0.2}))
    (outcome,) = study.runs[-1].outcomes
    assert 150 < sum(stay.priority == "elderly" for stay in outcome.stays) < 250


def test_the_table_says_what_was_assumed_in_the_language_asked_for(trace: Path) -> None:
    rule = SAMPLE / "rules" / "rates.toml"
    vietnamese = simulated("--trace", trace, "--rule", rule).output
    english = simulated("--trace", trace, "--rule", rule, "--language", "en").output
    assert "Thời gian chờ tính bằng phút" in vietnamese and "diện" in vietnamese
    assert "Waits are in minutes" in english and "36 tickets have a service time in the data" in english


def test_more_counters_shorten_waits_and_idle_more(trace: Path) -> None:
    one, three = (
        json.loads(simulated("--trace", trace, "--json", "--counters", many).output)["runs"][-1]
        for many in ("1", "3")
    )
    assert one["total"]["mean"] > three["total"]["mean"] == 0
    assert one["idle_share"] < three["idle_share"]
    assert one["total"]["people"] == three["total"]["people"] == 36


def test_the_chart_is_a_picture_with_the_words_of_the_study(trace: Path, tmp_path: Path) -> None:
    picture = tmp_path / "chart.svg"
    simulated("--trace", trace, "--rule", SAMPLE / "rules" / "rates.toml", "--svg", picture)
    root = ET.fromstring(picture.read_text(encoding="utf-8"))
    said = "".join(root.itertext())
    assert root.tag.endswith("svg") and "Chờ trung bình theo giờ đến" in said and "elderly" in said
    assert picture.read_text(encoding="utf-8").count("<path") >= 6


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--counters", "many"], "'many' is no number of counters"),
        (["--counters", "x=2"], "no queue 'x'"),
        (["--share", "elderly"], "'elderly' is no share"),
        (["--share", "a=0.7", "--share", "b=0.7"], "more than the whole"),
        (["--day", "2026-11-24"], "tells of no ticket of 2026-11-24"),
    ],
)
def test_what_cannot_be_simulated_is_said_in_one_sentence(
    trace: Path, arguments: list[str], told: str
) -> None:
    with pytest.raises(Trouble) as wrong:
        simulated("--trace", trace, *arguments)
    assert told in str(wrong.value)


def test_a_rule_that_names_no_class_of_the_trace_is_refused(trace: Path, tmp_path: Path) -> None:
    rule = tmp_path / "rule.toml"
    rule.write_text("[rates]\nelderli = 2\n")
    with pytest.raises(Trouble, match="nearest: 'elderly'"):
        simulated("--trace", trace, "--rule", rule)


def test_the_journal_of_a_centre_is_simulated_from_its_data_folder(tmp_path: Path) -> None:
    store = SqliteStore(settle({"data": str(tmp_path)}).file)
    hall = TestHall(store)
    hall.do(OpenCounter("c2"))
    for priority in ("ordinary", "ordinary", "elderly"):
        hall.issue("dat", priority)
        hall.wait(1)
    for _ in range(3):
        called = hall.do(CallNext("c2"))["ticket"]["id"]
        hall.wait(2)
        hall.do(StartService(called))
        hall.do(FinishService(called))
    store.close()
    own = json.loads(simulated("--data", tmp_path, "--json").output)
    assert own["reproduced"] is True and own["runs"][-1]["changed_calls"] == 0
    rule = tmp_path / "strict.toml"
    rule.write_text("preset = 'strict'\norder = ['elderly']\n")
    other = json.loads(simulated("--data", tmp_path, "--json", "--rule", rule).output)
    assert other["runs"][-1]["changed_calls"] == 2
    with pytest.raises(Trouble, match="the journal tells of no day 2026-11-01; the newest: 2026-11-23"):
        simulated("--data", tmp_path, "--day", "2026-11-01")


def test_every_sample_rule_fits_the_sample_centre() -> None:
    site = check_site(SAMPLE / "quang-ninh").site
    files = sorted((SAMPLE / "rules").glob("*.toml"))
    assert len(files) >= 5
    for file in files:
        check_classes(read_rule(file.read_text(encoding="utf-8"), file.stem), site.priority, every=True)


def test_every_colour_of_the_chart_can_be_read_on_its_paper() -> None:
    for colour in (*COLOURS, INK, SOFT):
        light, dark = sorted((luminance(colour), luminance(PAPER)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colour


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

"""The program for the counter signs: what its files may say, and what signs show of the hall."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from display.signs import BadPlan, read_plan
from display.signs.hall import SignHall
from display.signs.link import Server
from display.signs.plan import Faces, SignPlan
from drivers.led import Showing

GOOD = 'url = "virtual://hall"\n[signs]\n10 = 1\n'
AT = "2026-11-23T08:00:00.000+07:00"


def row(state: str = "open", label: str | None = None, rang_at: str | None = None) -> dict[str, Any]:
    return {"number": "10", "state": state, "label": label, "rang_at": rang_at}


def snapshot(seq: int, **rows: dict[str, Any]) -> dict[str, Any]:
    return {"seq": seq, "at": AT, "data": {"counters": rows}}


def change(prev: int, seq: int, **rows: dict[str, Any]) -> dict[str, Any]:
    return {"seq": seq, "prev": prev, "at": AT, "put": {"counters": rows}, "drop": {}}


def test_a_file_tells_the_port_the_signs_and_their_faces(tmp_path: Path) -> None:
    file = tmp_path / "signs.toml"
    file.write_text(GOOD + '[shows]\nfree = "--"\nlost_seconds = 60\n', encoding="utf-8")
    plan = read_plan(str(file), tmp_path)
    assert (plan.url, plan.counters, plan.faces) == ("virtual://hall", ("10",), Faces("--", "", 60))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("url = ", "it must be TOML (docs/hardware.md shows one)"),
        ("[signs]\n1 = 1", 'write url = "serial:///dev/ttyUSB1?baud=9600"'),
        ('url = "virtual://hall"', "write [signs] and below it a line COUNTER = ADDRESS for each"),
        (GOOD + "11 = 1", "two signs have the same address"),
        (GOOD + "11 = 300", "the address of '11' is not a whole number from 1 to 247"),
        (GOOD + "[shows]\nfree = 0", 'write it in quotes, as in free = "0"'),
        (GOOD + "[shows]\nfre = ''", "unknown setting 'fre' in [shows]; known are free, lost, lost_seconds"),
        (GOOD + "[shows]\nlost_seconds = 1", "is not a number of seconds from 5 to 3600"),
        ("shows = 1\n" + GOOD, "write [shows] and below it"),
        ("kid = 'modbus'\n" + GOOD, "unknown setting 'kid'"),
        (GOOD.replace("virtual:", "virtul:"), "did you mean 'virtual'?"),
        (GOOD.replace("virtual://hall", "serial:///dev/ttyUSB0?bauds=9600"), "did you mean 'baud'?"),
    ],
)
def test_each_mistake_in_a_file_is_told_with_the_file_and_what_to_write(
    text: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "signs.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadPlan) as found:
        read_plan(str(file), tmp_path)
    assert said in str(found.value) and "signs.toml" in str(found.value)


def test_a_file_that_is_not_there_and_a_bad_url_are_told_too(tmp_path: Path) -> None:
    with pytest.raises(BadPlan, match="give the file that describes the signs"):
        read_plan(str(tmp_path / "none.toml"), tmp_path)
    with pytest.raises(BadPlan, match="no driver for tcp://"):
        read_plan("tcp://192.0.2.7:9100", tmp_path)
    with pytest.raises(ValueError, match="write the server's address as http://"):
        Server("10.0.0.5", "")


def test_a_url_alone_gives_each_counter_its_number_as_address_where_that_is_one() -> None:
    numbers = {"a": "1", "b": "12", "c": "A3", "d": "300", "e": "7", "f": "7"}
    plan = SignPlan("virtual://hall", by_number=True).for_counters(numbers)
    assert plan.described["signs"] == {"a": 1, "b": 12}
    assert not plan.by_number


def test_a_sign_says_what_its_counter_is_doing() -> None:
    hall = SignHall(8.0)
    rang = "2026-11-23T07:59:55.000+07:00"
    before = "2026-11-23T07:59:40.000+07:00"
    rows = {
        "shut": row("closed"),
        "paused": row("paused"),
        "free": row(),
        "called": row(label="A012", rang_at=rang),
        "waited": row(label="A013", rang_at=before),
        "served": row(label="A014"),
    }
    assert hall.snapshot(snapshot(5, **rows), 0.0) == set(rows)
    shown = {name: hall.showing(name, Faces(), AT) for name in (*rows, "unheard_of")}
    assert shown == {
        "shut": Showing(),
        "paused": Showing(paused=True),
        "free": Showing("0"),
        "called": Showing("A012", blinking=True),
        "waited": Showing("A013"),
        "served": Showing("A014"),
        "unheard_of": Showing(),
    }


def test_only_what_is_new_is_told_to_a_sign_so_that_no_call_blinks_twice() -> None:
    hall = SignHall(8.0)
    called = row(label="A012", rang_at=AT)
    hall.snapshot(snapshot(5, a=called, b=row()), 0.0)
    assert hall.change(change(5, 6, a=called), 0.0) == set()
    assert hall.change(change(6, 7, b=row("paused")), 0.0) == {"b"}
    assert hall.change(change(6, 7, b=row()), 0.0) == set(), "it was heard already"
    again = row(label="A012", rang_at="2026-11-23T08:00:09.000+07:00")
    assert hall.change(change(7, 9, a=again), 0.0) == {"a"}, "a second call of the same number"
    assert hall.snapshot(snapshot(9, a=again, b=row("paused")), 0.0) == set()
    assert hall.snapshot(snapshot(12, b=row("paused")), 0.0) == {"a"}, "a counter that the centre gave up"
    assert hall.showing("a", Faces(), AT) == Showing()


def test_a_gap_is_noticed() -> None:
    hall = SignHall(8.0)
    assert hall.change(change(0, 3, a=row()), 0.0) is None
    hall.snapshot(snapshot(5, a=row()), 0.0)
    assert hall.change(change(7, 8, a=row("paused")), 0.0) is None
    assert hall.showing("a", Faces(), AT) == Showing("0")


def test_after_a_silence_that_is_too_long_what_was_heard_counts_no_more() -> None:
    hall, faces = SignHall(8.0), Faces(lost_seconds=20)
    assert not hall.is_lost(100.0, 119.0, faces), "it has only just begun to listen"
    assert hall.is_lost(100.0, 120.0, faces)
    hall.snapshot(snapshot(5, a=row()), 130.0)
    assert not hall.is_lost(100.0, 149.0, faces)
    hall.heard(149.0)
    assert not hall.is_lost(100.0, 168.0, faces)
    assert hall.is_lost(100.0, 169.0, faces)

"""Counter signs on one RS-485 line, over pseudo-terminals: dead signs, power cuts, pulled cables, latency."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from drivers.led import Showing, SignLine, SignState, open_signs
from drivers.led.frame import frame_format
from drivers.led.modbus import modbus_format
from drivers.virtual.carriers import PtyCarrier, TcpCarrier
from drivers.virtual.signs import Shown, SignTwins

MODBUS: dict[str, Any] = {"kind": "modbus", "refresh_seconds": 0.5}
FRAME: dict[str, Any] = {"kind": "frame", "refresh_seconds": 0.5}


def in_time(holds: Callable[[], bool], patience: float = 20.0) -> bool:
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.002)
    return True


class Unpluggable(SignTwins):
    is_unplugged = False


@contextmanager
def hall(tmp_path: Path, described: dict[str, Any], signs: int = 4) -> Iterator[tuple[Unpluggable, SignLine]]:
    protocol = modbus_format({}) if described["kind"] == "modbus" else frame_format({})
    twins = Unpluggable(protocol, range(1, signs + 1))
    with PtyCarrier(twins, tmp_path / "signs", "baud=115200") as carrier:
        counters = {str(number): number for number in range(1, signs + 1)}
        line = open_signs(carrier.url, described | {"signs": counters}).start()
        try:
            yield twins, line
        finally:
            line.close()


@pytest.mark.parametrize("described", [MODBUS, FRAME], ids=["modbus", "frame"])
def test_a_counter_shows_its_call_its_pause_and_goes_dark(tmp_path: Path, described: dict[str, Any]) -> None:
    with hall(tmp_path, described) as (twins, line):
        for showing, face in [
            (Showing("A012", blinking=True), Shown("A012", "blink")),
            (Showing("A012"), Shown("A012", "steady")),
            (Showing("A012", paused=True), Shown("----", "paused")),
            (Showing(), Shown("", "dark")),
        ]:
            line.show("2", showing)
            assert in_time(lambda face=face: twins.shown()[2] == face)  # type: ignore[misc]
        known = SignState.SHOWN if described["kind"] == "modbus" else SignState.SENT
        assert in_time(lambda: line.states() == dict.fromkeys("1234", known))
        line.show("99", Showing("A012"))  # a counter without a sign


@pytest.mark.parametrize("described", [MODBUS, FRAME], ids=["modbus", "frame"])
def test_a_sign_that_lost_its_power_shows_its_number_again(tmp_path: Path, described: dict[str, Any]) -> None:
    with hall(tmp_path, described) as (twins, line):
        line.show("3", Showing("B034"))
        assert in_time(lambda: twins.shown()[3].text == "B034")
        twins.cut_power(3)
        assert in_time(lambda: twins.shown()[3].text == "B034")


def test_a_dead_sign_is_noticed_and_shows_its_number_when_it_lives_again(tmp_path: Path) -> None:
    with hall(tmp_path, MODBUS) as (twins, line):
        twins.kill(1)
        line.show("1", Showing("A001"))
        assert in_time(lambda: line.states()["1"] is SignState.SILENT)
        twins.cut_power(1)
        assert in_time(lambda: twins.shown()[1].text == "A001")
        assert in_time(lambda: line.states()["1"] is SignState.SHOWN)


def test_a_dead_sign_delays_the_others_by_no_more_than_its_answer_time(tmp_path: Path) -> None:
    """Measured: from `show` to the sign's face, for the living, with none and with two of four dead."""
    with hall(tmp_path, MODBUS | {"answer_seconds": 0.03, "refresh_seconds": 5}) as (twins, line):
        assert in_time(lambda: set(line.states().values()) == {SignState.SHOWN})

        def median() -> float:
            took = []
            for number in range(40):
                began = time.perf_counter()
                line.show("4", Showing(f"A{number:03}"))
                line.show("1", Showing(f"D{number:03}"))
                assert in_time(lambda number=number: twins.shown()[4].text == f"A{number:03}")  # type: ignore[misc]
                took.append(time.perf_counter() - began)
            return sorted(took)[20]

        sound = median()
        twins.kill(1)
        twins.kill(2)
        line.show("2", Showing("D000"))
        assert in_time(lambda: line.states()["2"] is line.states()["1"] is SignState.SILENT)
        beside = median()
    print(f"show to face: {sound * 1000:.1f} ms, beside two dead signs {beside * 1000:.1f} ms")
    assert beside < 2 * sound + 0.04


def test_a_line_that_is_pulled_out_is_absent_and_shows_all_again_when_it_is_back(tmp_path: Path) -> None:
    noticed: list[tuple[str, SignState]] = []
    twins = Unpluggable(frame_format({}), {1, 2})
    with PtyCarrier(twins, tmp_path / "signs") as carrier:
        described = FRAME | {"signs": {"1": 1, "2": 2}}
        line = open_signs(carrier.url, described, noticed=lambda *what: noticed.append(what)).start()
        line.show("1", Showing("A001"))
        assert in_time(lambda: twins.shown()[1].text == "A001")
        twins.is_unplugged = True
        assert in_time(lambda: line.states()["1"] is SignState.ABSENT)
        began = time.perf_counter()
        line.show("2", Showing("B002"))
        assert time.perf_counter() - began < 1, "who calls a number waits for no cable"
        twins.cut_power(1)
        twins.is_unplugged = False
        assert in_time(lambda: twins.shown() == {1: Shown("A001", "steady"), 2: Shown("B002", "steady")})
        line.close()
    assert ("1", SignState.ABSENT) in noticed and noticed[-1][1] is SignState.SENT


def test_signs_behind_a_serial_server_work_the_same(tmp_path: Path) -> None:
    twins = Unpluggable(modbus_format({}), {1})
    with TcpCarrier(twins) as carrier:
        line = open_signs(f"serial+socket://127.0.0.1:{carrier.port}", MODBUS | {"signs": {"1": 1}}).start()
        line.show("1", Showing("A001"))
        assert in_time(lambda: twins.shown()[1].text == "A001")
        line.close()


def test_virtual_signs_keep_what_they_show_in_a_file(tmp_path: Path) -> None:
    described = MODBUS | {"signs": {"1": 1}}
    line = open_signs("virtual://hall", described, virtual_folder=tmp_path).start()
    line.show("1", Showing("A001", blinking=True))
    kept = tmp_path / "hall" / "signs.json"
    want = {"1": {"text": "A001", "mode": "blink"}}
    assert in_time(lambda: kept.exists() and json.loads(kept.read_text()) == want)
    line.close()

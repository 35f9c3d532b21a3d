"""Whose turn it is on the signs' line: changes first, the dead last, nobody forgotten."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from drivers.led import Showing, SignState
from drivers.led.schedule import Schedule


def schedule(*names: str, blinks_itself: bool = True) -> Schedule:
    made = Schedule(names, refresh=5, blink=8, blinks_itself=blinks_itself)
    for name in names:
        assert made.next(0.0) is not None
        made.sent(name, Showing(), 0.0, SignState.SHOWN)
    return made


def test_every_sign_is_told_to_be_dark_at_the_start_and_then_nothing_is_due() -> None:
    made = schedule("1", "2")
    assert made.next(1.0) is None
    assert made.wait(1.0) == 4.0


def test_a_change_comes_before_any_refresh() -> None:
    made = schedule("1", "2", "3")
    made.show("3", Showing("A001"), 6.0)
    assert made.next(6.0) == ("3", Showing("A001"))


def test_a_sign_that_lost_its_power_is_told_again_within_the_refresh() -> None:
    made = schedule("1")
    made.show("1", Showing("A001"), 1.0)
    made.sent("1", Showing("A001"), 1.0, SignState.SENT)
    assert made.next(5.9) is None
    assert made.next(6.0) == ("1", Showing("A001"))


def test_a_silent_sign_waits_behind_the_living_and_is_tried_at_least_every_five_seconds() -> None:
    made = schedule("1", "2")
    made.show("1", Showing("A001"), 1.0)
    now, tries = 1.0, []
    while now < 60:
        turn = made.next(now)
        if turn and turn[0] == "1":
            tries.append(now)
            made.sent("1", turn[1], now, SignState.SILENT)
        elif turn:
            made.sent("2", turn[1], now, SignState.SHOWN)
        now += 0.1
    gaps = [later - sooner for sooner, later in pairwise(tries)]
    assert gaps[0] < 1 and 4.5 < max(gaps) < 5.3
    made.show("2", Showing("B002"), now)
    made.show("1", Showing("A003"), now)
    assert made.next(now + 10) == ("2", Showing("B002"))


def test_a_call_blinks_for_its_time_and_then_stands_still() -> None:
    made = schedule("1")
    made.show("1", Showing("A001", blinking=True), 1.0)
    assert made.next(1.0) == ("1", Showing("A001", blinking=True))
    made.sent("1", Showing("A001", blinking=True), 1.0, SignState.SHOWN)
    assert made.next(9.0) == ("1", Showing("A001"))


def test_a_sign_that_cannot_blink_is_made_to() -> None:
    made = schedule("1", blinks_itself=False)
    made.show("1", Showing("A001", blinking=True), 1.0)
    seen, now = [], 1.0
    while now < 12:
        if turn := made.next(now):
            seen.append(turn[1])
            made.sent("1", turn[1], now, SignState.SENT)
        now = round(now + 0.1, 1)
    assert seen[:4] == [Showing("A001"), Showing(), Showing("A001"), Showing()]
    assert 14 <= len(seen) <= 19 and seen[-1] == Showing("A001")


def test_what_changes_while_a_frame_is_under_way_is_sent_after_it() -> None:
    made = schedule("1")
    made.show("1", Showing("A001"), 1.0)
    turn = made.next(1.0)
    assert turn is not None
    made.show("1", Showing(paused=True), 1.01)
    made.sent("1", turn[1], 1.02, SignState.SHOWN)
    assert made.next(1.03) == ("1", Showing(paused=True))


@given(st.lists(st.tuples(st.sampled_from("1234"), st.booleans(), st.floats(0, 3)), max_size=60))
def test_whatever_happens_every_living_sign_shows_in_the_end_what_was_wanted_last(
    changes: list[tuple[str, bool, float]],
) -> None:
    made, shown, wanted, now = schedule("1", "2", "3", "4"), {}, {}, 0.0
    for number, (name, answers, later) in enumerate(changes):
        now += later
        wanted[name] = Showing(f"A{number}")
        made.show(name, wanted[name], now)
        if turn := made.next(now):
            if answers:
                shown[turn[0]] = turn[1]
            made.sent(*turn, now, SignState.SHOWN if answers else SignState.SILENT)
    for _ in range(40):
        now += made.wait(now)
        if turn := made.next(now):
            shown[turn[0]] = turn[1]
            made.sent(*turn, now, SignState.SHOWN)
    assert {name: shown[name] for name in wanted} == wanted

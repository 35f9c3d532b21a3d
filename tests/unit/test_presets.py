"""The presets of the rule and the order of a counter's queues, in a hall and in a site file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.app.importing import check_site
from queue_server.core.calling_rule import CallingRule
from queue_server.core.commands import CallNext, CallTicket, FinishService, OpenCounter, StartService
from queue_server.core.rule import Rule, rule_of
from queue_server.core.site import Site
from tests.halls import TestHall
from tests.sites import small_site
from tests.unit.importing_samples import copied_sample


def centre(in_order: bool = False, **rule: object) -> Site:
    site = small_site(rule=CallingRule(**rule))  # type: ignore[arg-type]
    counters = tuple(replace(one, in_order=in_order) for one in site.counters)
    return replace(site, counters=counters)


def opened(site: Site, counter: str = "c2") -> TestHall:
    hall = TestHall(site=site)
    hall.do(OpenCounter(counter))
    return hall


def call(hall: TestHall, counter: str = "c2") -> tuple[str, str, str]:
    """(label, rule, words) of a call that is served at once."""
    answer = hall.do(CallNext(counter))
    hall.do(StartService(answer["ticket"]["id"]))
    hall.do(FinishService(answer["ticket"]["id"]))
    reason = answer["reason"]
    return answer["ticket"]["label"], reason["rule"], reason["words"]["en"]


def test_first_come_first_served_whatever_the_rates() -> None:
    hall = opened(centre(preset="fifo"))
    hall.issue("dat")
    hall.wait(1)
    hall.issue("dat", "merit")
    hall.wait(30)
    label, rule, words = call(hall)
    assert (label, rule) == ("A001", "oldest")
    assert words == "Ordinary: waited 31 min, the longest wait; next best A002 (Merit: waited 30 min)"


def test_strict_priority_goes_by_the_order_of_classes_and_says_so() -> None:
    hall = opened(centre(preset="strict", order=("elderly", "merit"), cap_minutes=None))
    hall.issue("dat")
    hall.issue("dat", "merit")
    hall.wait(60)
    hall.issue("dat", "elderly")
    hall.wait(1)
    calls = [call(hall) for _ in range(3)]
    assert [(label, rule) for label, rule, _ in calls] == [
        ("A003", "strict"),
        ("A002", "strict"),
        ("A001", "alone"),
    ]
    assert calls[0][2] == (
        "Elderly: waited 1 min, of a class that goes first; next best A002 (Merit: waited 61 min)"
    )


def test_one_in_three_takes_turns_at_each_counter() -> None:
    hall = opened(centre(preset="one-in-n", n=3, preferred=("merit",), cap_minutes=None))
    for _ in range(6):
        hall.issue("dat")
        hall.wait(0.1)
    for _ in range(2):
        hall.issue("dat", "merit")
        hall.wait(0.1)
    calls = [call(hall) for _ in range(8)]
    assert [label for label, _, _ in calls] == "A001 A002 A007 A003 A004 A008 A005 A006".split()
    assert [rule for _, rule, _ in calls] == "oldest oldest turn oldest oldest turn alone alone".split()
    assert "one call in 3 is for priority, and this is the one" in calls[2][2]


def test_a_chosen_ticket_neither_takes_nor_gives_a_turn_unless_it_is_preferred() -> None:
    hall = opened(centre(preset="one-in-n", n=2, preferred=("merit",), cap_minutes=None))
    hall.issue("dat"), hall.issue("dat")
    chosen = hall.issue("dat")
    hall.issue("dat", "merit")
    assert call(hall)[0] == "A001"
    hall.do(CallTicket("c2", chosen))
    hall.do(FinishService(hall.do(StartService(chosen))["id"]))
    assert call(hall)[:2] == ("A004", "turn")


def test_a_counter_that_keeps_an_order_calls_from_its_first_queue_that_has_anybody() -> None:
    hall = opened(centre(in_order=True), "c4")
    hall.do(OpenCounter("c3"))
    hall.issue("tu", "merit")
    hall.wait(20)
    hall.issue("thue")
    hall.wait(5)
    label, rule, words = call(hall, "c4")
    assert (label, rule) == ("W001", "preference")
    assert words == (
        "Ordinary: waited 5 min × 1.0 = 5.0; this counter takes that line first; "
        "next best C001 (Merit: waited 25 min × 4.0 = 100.0)"
    )
    assert call(hall, "c4")[:2] == ("C001", "alone")


def test_the_cap_goes_before_the_order_of_queues() -> None:
    hall = opened(centre(in_order=True, cap_minutes=20.0), "c4")
    hall.issue("tu")
    hall.wait(21)
    hall.issue("thue", "merit")
    assert call(hall, "c4")[:2] == ("C001", "cap")


def test_without_an_order_a_counter_takes_its_queues_alike() -> None:
    hall = opened(centre(), "c4")
    hall.issue("tu")
    hall.wait(5)
    hall.issue("thue")
    assert call(hall, "c4")[0] == "C001"


def test_a_counter_helps_only_while_nobody_waits_in_its_own_line() -> None:
    hall = opened(centre(), "c1")
    hall.issue("tu", "merit")
    hall.wait(30)
    hall.issue("dat")
    assert [call(hall, "c1")[0] for _ in range(2)] == ["A001", "C001"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('preset = "fifo"', Rule(preset="fifo")),
        (
            'preset = "strict"\norder = ["merit", "elderly"]',
            Rule(preset="strict", order=("merit", "elderly")),
        ),
        (
            'preset = "one-in-n"\nn = 3\npreferred = ["merit"]',
            Rule(preset="one-in-n", n=3, preferred=("merit",)),
        ),
    ],
)
def test_a_site_file_states_a_preset_in_the_words_of_a_rule_file(
    tmp_path: Path, text: str, rule: Rule
) -> None:
    folder = copied_sample(tmp_path)
    file = folder / "site.toml"
    file.write_text(file.read_text("utf-8").replace("cap_minutes = 45", text), "utf-8")
    told = rule_of(check_site(folder).site)
    assert replace(told, rates={}) == replace(rule, cap_minutes=45.0)


def test_a_counter_of_a_site_file_may_keep_its_order(tmp_path: Path) -> None:
    folder = copied_sample(tmp_path)
    file = folder / "counters.csv"
    lines = file.read_text("utf-8").splitlines()
    told = [f"{lines[0]},in_order", f"{lines[1]},true", *(f"{line}," for line in lines[2:])]
    file.write_text("\n".join(told), "utf-8")
    assert [one.in_order for one in check_site(folder).site.counters][:2] == [True, False]

"""Why somebody was called, in words that the person who was overtaken understands."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.core.commands import CallNext, CloseCounter, OpenCounter
from queue_server.core.explaining import explain
from queue_server.core.ranking import Reason, Standing
from tests.halls import TestHall
from tests.sites import MINUTE, MORNING, both, small_site

ELDER = Standing("A012", "elderly", 12 * MINUTE, 2.5, 30.0)
ORDINARY = Standing("A009", "ordinary", 18 * MINUTE, 1.0, 18.0)
MERIT = Standing("A020", "merit", 20 * MINUTE + 30_000, 4.0, 82.0)


def words(rule: str, rival: Standing | None = ORDINARY, **more: Any) -> dict[str, str]:
    return explain(small_site(), Reason(rule, ELDER, rival, 45.0, **more).to_data())


@pytest.mark.parametrize(
    ("rule", "rival", "vi", "en"),
    [
        (
            "credit",
            ORDINARY,
            "Người cao tuổi: chờ 12 phút × 2,5 = 30,0; vé thường dài nhất A009 "
            "(Thông thường: chờ 18 phút × 1,0 = 18,0)",
            "Elderly: waited 12 min × 2.5 = 30.0; longest ordinary A009 "
            "(Ordinary: waited 18 min × 1.0 = 18.0)",
        ),
        (
            "alone",
            None,
            "Người cao tuổi: chờ 12 phút × 2,5 = 30,0; không có hàng nào khác đang chờ",
            "Elderly: waited 12 min × 2.5 = 30.0; nobody waits in any other line",
        ),
        (
            "chosen",
            None,
            "Cán bộ chọn gọi A012: Người cao tuổi: chờ 12 phút × 2,5 = 30,0",
            "The officer chose A012: Elderly: waited 12 min × 2.5 = 30.0",
        ),
        (
            "parked",
            None,
            "A012 trở lại sau khi tạm dừng: Người cao tuổi: chờ 12 phút × 2,5 = 30,0",
            "A012 comes back after being set aside: Elderly: waited 12 min × 2.5 = 30.0",
        ),
        (
            "again",
            None,
            "Cán bộ gọi lại A012 tại quầy này",
            "The officer called A012 again at this counter",
        ),
        (
            "preference",
            MERIT,
            "Người cao tuổi: chờ 12 phút × 2,5 = 30,0; quầy này phục vụ hàng ấy trước; vé tiếp theo A020 "
            "(Người có công: chờ 20,5 phút × 4,0 = 82,0)",
            "Elderly: waited 12 min × 2.5 = 30.0; this counter takes that line first; next best A020 "
            "(Merit: waited 20.5 min × 4.0 = 82.0)",
        ),
    ],
)
def test_each_rule_has_its_sentence(rule: str, rival: Standing | None, vi: str, en: str) -> None:
    assert words(rule, rival) == {"vi": vi, "en": en}


def test_the_cap_is_named_with_its_minutes() -> None:
    assert "past the longest wait of 45 minutes" in words("cap")["en"]
    assert "quá mức chờ tối đa 45 phút" in words("cap")["vi"]


def test_help_for_another_counter_is_said_first() -> None:
    said = words("credit", helping=True)
    assert said["vi"].startswith("Hỗ trợ quầy khác. ")
    assert said["en"].startswith("Helping another counter. ")


def test_a_class_that_the_centre_no_longer_has_goes_by_its_id() -> None:
    stranger = Standing("A012", "pilgrims", MINUTE, 1.0, 1.0)
    assert explain(small_site(), Reason("alone", stranger, None, None).to_data())["en"].startswith(
        "pilgrims: "
    )


def test_only_the_centres_languages_are_spoken() -> None:
    site = small_site(languages=("vi",), name=both("Một", "One"))
    assert explain(site, Reason("alone", ELDER, None, None).to_data()).keys() == {"vi"}


def test_every_figure_in_the_sentence_is_the_one_in_the_journal() -> None:
    """What can be proved afterwards is what was said then: reason to data and back says the same."""
    data = Reason("cap", ELDER, ORDINARY, 45.0).to_data()
    assert explain(small_site(), {**data, "picked": dict(data["picked"])}) == words("cap")


@pytest.mark.parametrize(
    ("rule", "vi", "en"),
    [
        (
            "turn",
            "Người cao tuổi: chờ 12 phút; cứ 3 lượt gọi có một lượt ưu tiên, nay đến lượt; "
            "vé thường dài nhất A009 (Thông thường: chờ 18 phút)",
            "Elderly: waited 12 min; one call in 3 is for priority, and this is the one; "
            "longest ordinary A009 (Ordinary: waited 18 min)",
        ),
        (
            "oldest",
            "Người cao tuổi: chờ 12 phút, chờ lâu nhất; vé thường dài nhất A009 (Thông thường: chờ 18 phút)",
            "Elderly: waited 12 min, the longest wait; longest ordinary A009 (Ordinary: waited 18 min)",
        ),
    ],
)
def test_where_rates_count_for_nothing_nothing_is_multiplied(rule: str, vi: str, en: str) -> None:
    assert words(rule, preset="one-in-n", n=3) == {"vi": vi, "en": en}


@pytest.mark.parametrize(
    ("waited", "counted_from", "vi"),
    [
        (12, None, "hẹn 09:00, quá giờ hẹn 12 phút × 4,0 = 48,0"),
        (0, None, "hẹn 09:00, chưa đến giờ hẹn: 0 phút × 4,0 = 0,0"),
        (15, MORNING + 25 * MINUTE, "hẹn 09:00, tính chờ từ 09:25: 15 phút × 4,0 = 60,0"),
        (40, MORNING - 28 * MINUTE, "chờ 40 phút × 4,0 = 160,0"),
    ],
)
def test_an_appointment_is_told_with_its_slot(waited: int, counted_from: int | None, vi: str) -> None:
    booked = Standing("A012", "merit", waited * MINUTE, 4.0, waited * 4.0, MORNING, counted_from)
    said = explain(small_site(), Reason("alone", booked, None, 45.0).to_data())
    assert said["vi"] == f"Người có công: {vi}; không có hàng nào khác đang chờ"
    assert said["en"].startswith("Merit: ")


def test_an_appointment_gains_from_its_slot_on_and_the_call_says_so() -> None:
    hall = TestHall(now=MORNING - 20 * MINUTE)
    hall.do(OpenCounter("c2"))
    hall.issue("dat", "merit", slot=MORNING)
    hall.wait(10)
    hall.issue("dat")
    hall.wait(5)
    assert hall.do(CallNext("c2"))["ticket"]["label"] == "A002"  # before nine the appointment has no claim
    hall.do(CloseCounter("c2")), hall.do(OpenCounter("c2"))  # sends A002 back to its place
    hall.wait(17)
    reason = hall.do(CallNext("c2"))["reason"]
    assert reason["words"]["vi"].startswith("Người có công: hẹn 09:00, quá giờ hẹn 12 phút × 4,0 = 48,0; ")


def test_an_older_reason_without_a_slot_or_a_preset_is_still_told() -> None:
    older = Reason("credit", ELDER, ORDINARY, 45.0).to_data()
    for name in ("preset", "n", "passed"):
        del older[name]
    for one in ("picked", "rival"):
        older[one] = {key: value for key, value in older[one].items() if key not in ("slot", "counted_from")}
    assert explain(small_site(), older) == words("credit")

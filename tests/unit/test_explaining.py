"""Why somebody was called, in words that the person who was overtaken understands."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.core.explaining import explain
from queue_server.core.ranking import Reason, Standing
from tests.sites import MINUTE, both, small_site

ELDER = Standing("A012", "elderly", 12 * MINUTE, 2.5, 30.0)
ORDINARY = Standing("A009", "ordinary", 18 * MINUTE, 1.0, 18.0)


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
            "Elderly: waited 12 min × 2.5 = 30.0; longest ordinary A009 (Ordinary: waited 18 min × 1.0 = 18.0)",
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

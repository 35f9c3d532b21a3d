"""Rows of the topic counter:<id> for a desk of the tests' making: any state that an officer may meet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from .kiosk_sample import sample_site
from .supervisor_rows import AT, ago

Json = dict[str, Any]

__all__ = ["AT", "ago", "aside", "counter", "desk", "here", "past", "site"]

RIGHTS = (
    "open_counter pause_counter resume_counter close_counter call_next recall start finish no_show return "
    "park unpark undo transfer cancel add_service note ask_help answer reprint".split()
)
REASONS = {
    "pause": [
        ("break", "Nghỉ giải lao", "Short break"),
        ("lunch", "Nghỉ trưa", "Lunch"),
        ("meeting", "Họp", "Meeting"),
    ],
    "park": [
        ("copy", "Đi sao chụp giấy tờ", "Making copies"),
        ("form", "Điền tờ khai", "Filling in a form"),
        ("fee", "Đi nộp phí, lệ phí", "Paying a fee"),
        ("signature", "Bổ sung chữ ký", "Getting a signature"),
        ("other", "Việc khác", "Something else"),
    ],
    "cancel": [("left", "Khách đã về", "The person left"), ("mistake", "Lấy nhầm số", "Taken by mistake")],
    "outcome": [
        ("done", "Đã giải quyết", "Done"),
        ("incomplete", "Hồ sơ chưa đủ", "Papers incomplete"),
        ("guided", "Đã hướng dẫn", "Guided"),
        ("referred", "Chuyển nơi khác", "Referred"),
    ],
    "summon": [
        ("help_line", "Giúp hàng đang đông", "Help a crowded line"),
        ("come", "Đến gặp điều phối", "Please come"),
    ],
}
JUSTICE = {"vi": "Sở Tư pháp", "en": "Department of Justice"}
POLICE = {"vi": "Công an tỉnh Quảng Ninh", "en": "Quang Ninh Provincial Police"}
INSURANCE = {"vi": "Bảo hiểm xã hội tỉnh Quảng Ninh", "en": "Social Insurance of Quang Ninh"}
ELDERLY = {"vi": "Người cao tuổi", "en": "Elderly"}
ME = {"id": "person:12", "name": "Cán bộ quầy 12"}
STOPS = [{"queue": "cat", "chip": "U", "name": POLICE}, {"queue": "bhxh", "chip": "X", "name": INSURANCE}]

# Of whom everything is long: the facts of somebody at the counter.
LONG: Json = {
    "agency_name": {
        "vi": "Sở Lao động - Thương binh và Xã hội tỉnh Quảng Ninh",
        "en": "Department of Labour",
    },
    "service_name": {
        "vi": "Thủ tục hỗ trợ, di chuyển hài cốt liệt sĩ do thân nhân hoặc người hưởng trợ cấp thờ cúng "
        "thực hiện, đề nghị cấp giấy giới thiệu di chuyển hài cốt liệt sĩ và xác nhận mộ liệt sĩ"
    },
    "class_name": {"vi": "Phụ nữ mang thai hoặc có con nhỏ", "en": "Pregnant or with an infant"},
    "then": ["cat", "bhxh"],
    "then_names": STOPS,
    "note": "Thiếu bản sao chứng thực giấy ủy quyền; đã hướng dẫn sang quầy 3. " * 4,
}


def ahead(seconds: float) -> str:
    """A time so many seconds from now."""
    return ago(-seconds / 60)


def site(**rule: int) -> Json:
    """GET /site as the desk needs it."""
    known = {"service_minutes": 15, "undo_seconds": 30, "recall_seconds": 8, "calls_before_no_show": 2}
    reasons = {
        kind: [{"id": name, "name": {"vi": vi, "en": en}} for name, vi, en in rows]
        for kind, rows in REASONS.items()
    }
    return {**sample_site(), "reasons": reasons, "rule": {**known, **rule}}


def counter(**facts: Any) -> Json:
    known = {"id": "12", "number": "12", "state": "open", "officer": ME, "since": ago(96), "reason": None}
    known |= {"queues": ["stp"], "helps": ["cat"], "area": {"vi": "Tầng 1, khu B", "en": "Floor 1, area B"}}
    return {**known, "away": False, "summons": None, "help_asked_at": None, **facts}


def here(state: str = "called", label: str = "C024", **facts: Any) -> Json:
    """Who is at the counter: called a little before the service began, after eleven minutes in line."""
    began = facts.get("started_at") or (ago(6.5) if state == "serving" else None)
    called = datetime.fromisoformat(began or ago(0)) - timedelta(seconds=24)
    known: Json = {
        "id": label.lower() * 4,
        "label": label,
        "queue": "stp",
        "class": "ordinary",
        "class_name": None,
    }
    known |= {"state": state, "calls": 1, "called_at": called.isoformat(), "started_at": began, "slot": None}
    known |= {
        "issued_at": (called - timedelta(minutes=11)).isoformat(),
        "waited_ms": 11 * 60_000,
        "note": None,
    }
    known |= {"agency_name": JUSTICE, "service_name": {"vi": "Thủ tục yêu cầu trợ giúp pháp lý"}, "then": []}
    return {**known, "then_names": [], "recall_at": None, "calls_needed": 2, "undo_until": None, **facts}


def past(label: str, state: str, minutes: float, **facts: Any) -> Json:
    """One of the last ten, `minutes` ago."""
    known: Json = {
        "id": label.lower() * 4,
        "label": label,
        "state": state,
        "queue": "stp",
        "class": "ordinary",
    }
    known |= {
        "class_name": None,
        "agency_name": JUSTICE,
        "called_at": ago(minutes + 8),
        "ended_at": ago(minutes),
    }
    return {**known, "undo_until": None, "again": state == "finished", "again_until": None, **facts}


def aside(label: str, reason: str, minutes: float, remind_in: float | None = None, **facts: Any) -> Json:
    """One who was parked `minutes` ago; `remind_in` minutes from now, negative where it is due."""
    known: Json = {
        "id": label.lower() * 4,
        "label": label,
        "queue": "stp",
        "class": "ordinary",
        "class_name": None,
    }
    known |= {"agency_name": JUSTICE, "reason": reason, "since": ago(minutes), "note": None}
    return {**known, "remind_at": None if remind_in is None else ago(-remind_in), **facts}


RECENT = [
    past("C021", "finished", 3),
    past("U019", "no_show", 9, again=True, again_until=ahead(6 * 60)),
    past("C017", "finished", 18),
    past("C012", "finished", 27),
    past("C010", "cancelled", 33),
    past("U009", "finished", 41),
    past("C006", "finished", 52),
    past("C003", "finished", 60),
    past("C002", "finished", 71),
    past("C001", "finished", 83),
]


def line(queue: str, chip: str, agency: Json, waiting: int, **facts: Any) -> Json:
    known: Json = {"queue": queue, "chip": chip, "agency": agency, "waiting": waiting, "low": 3, "high": 22}
    known |= {"classes": {"ordinary": waiting}, "gate": "open", "limit": None, "given": 30}
    return {**known, "oldest": ago(13) if waiting else None, **facts}


def lines(stp: int = 5, cat: int = 2) -> Json:
    priority = {"ordinary": stp - 2, "elderly": 2} if stp > 2 else {"ordinary": stp}
    return {"stp": line("stp", "C", JUSTICE, stp, classes=priority), "cat": line("cat", "U", POLICE, cat)}


NEXT = {
    "id": "c027" * 4,
    "label": "C027",
    "class": "elderly",
    "class_name": ELDERLY,
    "queue": "stp",
    "agency_name": JUSTICE,
    "waiting_since": ago(7),
    "reason": {
        "words": {
            "vi": "Người cao tuổi: chờ 7 phút × 2,5 = 17,5; "
            "vé tiếp theo C025 (Nhận kết quả: chờ 10 phút × 1,5 = 15,0)",
            "en": "Elderly: 7 minutes × 2.5 = 17.5; the one after, C025 (results: 10 minutes × 1.5 = 15.0)",
        }
    },
    "then": ["C025", "C023", "C026"],
}


def desk(
    *,
    ticket: Json | None = None,
    parked: list[Json] | None = None,
    recent: list[Json] | None = None,
    empty: bool = False,
    **of_counter: Any,
) -> Json:
    """All collections; somebody waits unless `empty`."""
    return {
        "counter": {"_": counter(**of_counter)},
        "ticket": {"_": ticket} if ticket else {},
        "next": {} if empty else {"_": NEXT},
        "lines": lines(0, 0) if empty else lines(),
        "recent": {row["id"]: row for row in (RECENT if recent is None else recent)},
        "parked": {row["id"]: row for row in parked or []},
    }

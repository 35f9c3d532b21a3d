"""Why people pause, park, cancel or call a colleague, and what comes of a service: lists to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .text import Text

ReasonKind = Literal["pause", "park", "cancel", "outcome", "summon"]


@dataclass(frozen=True)
class Reason:
    """One of those that a person chooses from: why a counter pauses, a ticket is parked or cancelled, a
    colleague is called, or what came of a service (`outcome`)."""

    kind: ReasonKind
    id: str
    name: Text


COMMON_REASONS = (
    Reason("pause", "break", {"vi": "Nghỉ giải lao", "en": "Short break"}),
    Reason("pause", "lunch", {"vi": "Nghỉ trưa", "en": "Lunch"}),
    Reason("pause", "meeting", {"vi": "Họp", "en": "Meeting"}),
    Reason("pause", "errand", {"vi": "Xử lý hồ sơ nội bộ", "en": "Paperwork"}),
    Reason("pause", "technical", {"vi": "Sự cố máy móc", "en": "Technical trouble"}),
    Reason("park", "copy", {"vi": "Đi sao chụp giấy tờ", "en": "Making copies"}),
    Reason("park", "form", {"vi": "Viết lại tờ khai", "en": "Filling in a form"}),
    Reason("park", "fee", {"vi": "Đi nộp phí", "en": "Paying the fee"}),
    Reason("park", "signature", {"vi": "Chờ ký hồ sơ", "en": "Waiting for a signature"}),
    Reason("park", "other", {"vi": "Việc khác", "en": "Something else"}),
    Reason("cancel", "left", {"vi": "Khách không chờ nữa", "en": "The person has left"}),
    Reason("cancel", "mistake", {"vi": "Lấy nhầm số", "en": "Taken by mistake"}),
    Reason(
        "cancel", "duplicate", {"vi": "Lấy nhiều số cho một việc", "en": "Several numbers for one matter"}
    ),
    Reason("cancel", "other", {"vi": "Lý do khác", "en": "Another reason"}),
    Reason("outcome", "done", {"vi": "Đã giải quyết", "en": "Done"}),
    Reason("outcome", "incomplete", {"vi": "Hồ sơ chưa đủ", "en": "Papers are missing"}),
    Reason("outcome", "guided", {"vi": "Đã hướng dẫn", "en": "Advice given"}),
    Reason("outcome", "referred", {"vi": "Thuộc cơ quan khác", "en": "Belongs to another agency"}),
    Reason("summon", "open_counter", {"vi": "Mời mở thêm quầy", "en": "Please open a counter"}),
    Reason("summon", "help_line", {"vi": "Mời hỗ trợ hàng đang đông", "en": "Please help a long line"}),
    Reason("summon", "come", {"vi": "Mời gặp điều phối", "en": "Please come to the supervisor"}),
)

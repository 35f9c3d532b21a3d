"""Every refusal the rules can give: a code, what it means over HTTP, and its parameters.

The words a person reads stand under the same code in texts/<language>/refusals.ftl.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    UNKNOWN_QUEUE = "unknown_queue"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_CLASS = "unknown_class"
    UNKNOWN_LANGUAGE = "unknown_language"
    UNKNOWN_COUNTER = "unknown_counter"
    UNKNOWN_TICKET = "unknown_ticket"
    UNKNOWN_BOARD = "unknown_board"
    UNKNOWN_KIOSK = "unknown_kiosk"
    UNKNOWN_TOPIC = "unknown_topic"
    NO_PRINTER = "no_printer"
    OUTSIDE_HOURS = "outside_hours"
    NUMBERS_USED_UP = "numbers_used_up"
    TICKET_EXISTS = "ticket_exists"
    COUNTER_CLOSED = "counter_closed"
    COUNTER_PAUSED = "counter_paused"
    COUNTER_NOT_PAUSED = "counter_not_paused"
    COUNTER_TAKEN = "counter_taken"
    COUNTER_BUSY = "counter_busy"
    OFFICER_ELSEWHERE = "officer_elsewhere"
    NOT_YOUR_COUNTER = "not_your_counter"
    NOT_YOUR_TICKET = "not_your_ticket"
    NOBODY_WAITING = "nobody_waiting"
    NOT_SERVED_HERE = "not_served_here"
    WRONG_STATE = "wrong_state"
    NOT_ALLOWED = "not_allowed"
    SAME_PLACE = "same_place"
    ONE_TARGET = "one_target"
    KEY_REUSED = "key_reused"
    DAY_NOT_OPEN = "day_not_open"
    RECALL_TOO_SOON = "recall_too_soon"
    TOO_FEW_CALLS = "too_few_calls"
    GRACE_OVER = "grace_over"
    GRACE_USED = "grace_used"
    UNDO_TOO_LATE = "undo_too_late"
    UNKNOWN_REASON = "unknown_reason"
    QUEUE_CLOSED = "queue_closed"
    QUEUE_FULL = "queue_full"
    ALREADY_PLANNED = "already_planned"
    NOTHING_TO_ANSWER = "nothing_to_answer"
    SLOT_OF_ANOTHER_DAY = "slot_of_another_day"
    NOT_YOUR_NUMBER = "not_your_number"
    NUMBER_TAKEN = "number_taken"


STATUS: Mapping[Code, int] = {
    Code.UNKNOWN_QUEUE: 422,
    Code.UNKNOWN_SERVICE: 422,
    Code.UNKNOWN_CLASS: 422,
    Code.UNKNOWN_LANGUAGE: 422,
    Code.UNKNOWN_COUNTER: 404,
    Code.UNKNOWN_TICKET: 404,
    Code.UNKNOWN_BOARD: 404,
    Code.UNKNOWN_KIOSK: 404,
    Code.UNKNOWN_TOPIC: 404,
    Code.NO_PRINTER: 409,
    Code.OUTSIDE_HOURS: 409,
    Code.NUMBERS_USED_UP: 409,
    Code.TICKET_EXISTS: 409,
    Code.COUNTER_CLOSED: 409,
    Code.COUNTER_PAUSED: 409,
    Code.COUNTER_NOT_PAUSED: 409,
    Code.COUNTER_TAKEN: 409,
    Code.COUNTER_BUSY: 409,
    Code.OFFICER_ELSEWHERE: 409,
    Code.NOT_YOUR_COUNTER: 403,
    Code.NOT_YOUR_TICKET: 403,
    Code.NOBODY_WAITING: 409,
    Code.NOT_SERVED_HERE: 409,
    Code.WRONG_STATE: 409,
    Code.NOT_ALLOWED: 403,
    Code.SAME_PLACE: 422,
    Code.ONE_TARGET: 422,
    Code.KEY_REUSED: 422,
    Code.DAY_NOT_OPEN: 409,
    Code.RECALL_TOO_SOON: 409,
    Code.TOO_FEW_CALLS: 409,
    Code.GRACE_OVER: 409,
    Code.GRACE_USED: 409,
    Code.UNDO_TOO_LATE: 409,
    Code.UNKNOWN_REASON: 422,
    Code.QUEUE_CLOSED: 409,
    Code.QUEUE_FULL: 409,
    Code.ALREADY_PLANNED: 409,
    Code.NOTHING_TO_ANSWER: 409,
    Code.SLOT_OF_ANOTHER_DAY: 422,
    Code.NOT_YOUR_NUMBER: 422,
    Code.NUMBER_TAKEN: 409,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A clear no. `params` fill the sentence that explains it."""

    code: Code
    params: Mapping[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """Raised by the application where a refusal must stop a command; carries the refusal."""

    def __init__(self, code: Code, **params: Any) -> None:
        super().__init__(code.value)
        self.refusal = Refusal(code, params)

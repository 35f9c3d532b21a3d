"""Failures as problem documents (RFC 9457), in the reader's language, for whatever transport carries them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from ..core.refusals import STATUS, Code, Refusal
from .wording import Wording

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:motcua:problem:"


class Fault(StrEnum):
    """What can be wrong with a request before any rule of the hall is asked."""

    MALFORMED_BODY = "malformed_body"
    MALFORMED_REQUEST = "malformed_request"
    BAD_IDEMPOTENCY_KEY = "bad_idempotency_key"
    NOT_SIGNED_IN = "not_signed_in"
    SESSION_ENDED = "session_ended"
    BAD_TOKEN = "bad_token"
    BAD_CREDENTIALS = "bad_credentials"
    BAD_CSRF_TOKEN = "bad_csrf_token"
    PASSWORD_CHANGE_REQUIRED = "password_change_required"
    WRONG_PASSWORD = "wrong_password"
    NOT_FOUND = "not_found"
    UNKNOWN_CENTRE = "unknown_centre"
    CENTRE_REQUIRED = "centre_required"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    BODY_TOO_LARGE = "body_too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    INVALID_FIELD = "invalid_field"
    WEAK_PASSWORD = "weak_password"
    TOO_MANY_TOPICS = "too_many_topics"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    ACCOUNT_LOCKED = "account_locked"
    SERVER_ERROR = "server_error"
    NOT_READY = "not_ready"
    NO_ANSWER_IN_TIME = "no_answer_in_time"


FAULT_STATUS: Mapping[Fault, int] = {
    Fault.MALFORMED_BODY: 400,
    Fault.MALFORMED_REQUEST: 400,
    Fault.BAD_IDEMPOTENCY_KEY: 400,
    Fault.NOT_SIGNED_IN: 401,
    Fault.SESSION_ENDED: 401,
    Fault.BAD_TOKEN: 401,
    Fault.BAD_CREDENTIALS: 401,
    Fault.BAD_CSRF_TOKEN: 403,
    Fault.PASSWORD_CHANGE_REQUIRED: 403,
    Fault.WRONG_PASSWORD: 403,
    Fault.NOT_FOUND: 404,
    Fault.UNKNOWN_CENTRE: 404,
    Fault.CENTRE_REQUIRED: 400,
    Fault.METHOD_NOT_ALLOWED: 405,
    Fault.BODY_TOO_LARGE: 413,
    Fault.UNSUPPORTED_MEDIA_TYPE: 415,
    Fault.INVALID_FIELD: 422,
    Fault.WEAK_PASSWORD: 422,
    Fault.TOO_MANY_TOPICS: 409,
    Fault.TOO_MANY_ATTEMPTS: 429,
    Fault.ACCOUNT_LOCKED: 429,
    Fault.SERVER_ERROR: 500,
    Fault.NOT_READY: 503,
    Fault.NO_ANSWER_IN_TIME: 503,
}


class Problem(Exception):
    """A request that is answered with a problem document. `instance` names one occurrence in the log."""

    def __init__(
        self,
        code: Code | Fault,
        params: Mapping[str, Any] | None = None,
        *,
        status: int | None = None,
        instance: str | None = None,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.params = dict(params or {})
        self.status = status or status_of(code)
        self.instance = instance

    @classmethod
    def of(cls, refusal: Refusal) -> Problem:
        return cls(refusal.code, refusal.params)

    def document(self, wording: Wording, language: str) -> dict[str, Any]:
        """The document's members, with sentences in `language`."""
        title, detail = wording.of_problem(self.code.value, self._arguments(), language)
        document: dict[str, Any] = {
            "type": TYPE_PREFIX + self.code.value,
            "title": title,
            "status": self.status,
            "code": self.code.value,
            "detail": detail,
            "params": self.params,
        }
        if self.instance is not None:
            document["instance"] = self.instance
        return document

    def _arguments(self) -> dict[str, Any]:
        arguments = self.params if self.instance is None else {**self.params, "instance": self.instance}
        return {name: _sayable(value) for name, value in arguments.items()}


def status_of(code: Code | Fault) -> int:
    return STATUS[code] if isinstance(code, Code) else FAULT_STATUS[code]


def _sayable(value: Any) -> str | int | float:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)

"""Whether a reason that a person gave is one of those that the centre lists."""

from __future__ import annotations

from ..model import Hall
from ..reasons import ReasonKind
from ..refusals import Code, Refusal


def unlisted(hall: Hall, kind: ReasonKind, reason: str | None) -> Refusal | None:
    """A refusal for a reason that is not in the site's list of that kind; none given is allowed."""
    if reason is None or any(listed.id == reason for listed in hall.site.reasons_for(kind)):
        return None
    return Refusal(Code.UNKNOWN_REASON, {"reason": reason, "kind": kind})

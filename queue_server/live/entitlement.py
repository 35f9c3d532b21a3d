"""Who may follow which topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from ..app.access import Principal, Role
from ..app.problems import Fault, Problem
from ..core.refusals import Code

_TOPIC = re.compile(
    r"(board|counter|kiosk|site|signs):([a-z0-9][a-z0-9._-]{0,39})|(ticket):([A-Za-z0-9_-]{8,64})"
)
_OVERSEERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.INTEGRATOR, Role.VIEWER})


def entitle(
    principal: Principal | None, topic: object, rights_of: Callable[[str], Collection[str]] = lambda role: ()
) -> str:
    """The topic's name, where `principal` (None: a stranger) may follow it; Problem where not.

    `rights_of` a role: whoever may choose whom to call has to see who waits in the hall.
    """
    if not isinstance(topic, str):
        raise Problem(Fault.INVALID_FIELD, {"field": "topic", "reason": "type"})
    form = _TOPIC.fullmatch(topic)
    if form is None:
        raise Problem(Code.UNKNOWN_TOPIC)
    if form[3] == "ticket":  # whoever knows the secret on the slip
        return topic
    if principal is None:
        raise Problem(Fault.NOT_SIGNED_IN)
    if principal.must_change:
        raise Problem(Fault.PASSWORD_CHANGE_REQUIRED)
    chooses = form[1] == "site" and principal.role is Role.OFFICER and "call_chosen" in rights_of("officer")
    if not chooses and not _may_follow(principal, form[1], form[2]):
        raise Problem(Code.NOT_ALLOWED)
    return topic


def may_speak(principal: Principal | None, topic: str) -> bool:
    """Whether this is the board of `topic` itself, or somebody who looks after all boards."""
    if principal is None or not topic.startswith("board:"):
        return False
    mine = principal.role is Role.BOARD and principal.subject in (None, topic.partition(":")[2])
    return mine or principal.role in (_OVERSEERS - {Role.VIEWER})


def _may_follow(principal: Principal, kind: str, name: str) -> bool:
    if principal.role in _OVERSEERS:
        return True
    if kind == "board":
        return principal.role is Role.OFFICER or (
            principal.role is Role.BOARD and principal.subject in (None, name)
        )
    if kind == "signs":  # they hang in the hall, as the boards do
        return principal.role is Role.BOARD
    if kind == "counter":
        return principal.role is Role.OFFICER and principal.may_use(name)
    return kind == "kiosk" and principal.role is Role.KIOSK and principal.subject == name

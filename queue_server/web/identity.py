"""Who is asking: a device's bearer token, or a person's session cookie with the token against forgery."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from ..app.access import Access, Principal, csrf_token
from ..app.cookies import session_in
from ..app.problems import Fault, Problem
from ..core.refusals import Code, Refused
from .routes import Route


def identify(
    access: Access, environ: Mapping[str, Any], *, changes: bool
) -> tuple[Principal | None, str | None]:
    """(principal, session secret); Problem for a token that is not valid.

    (None, None) for a stranger, (None, secret) for somebody whose session is over.
    """
    token = bearer(environ)
    if token is not None:
        principal = access.by_token(token) if token else None
        if principal is None:
            raise Problem(Fault.BAD_TOKEN)
        return principal, None
    session = session_in(environ.get("HTTP_COOKIE"))
    if not session:
        return None, None
    principal = access.by_session(session)
    if principal is None:
        return None, session
    if changes and not _same(environ.get("HTTP_X_CSRF_TOKEN", ""), csrf_token(session)):
        raise Problem(Fault.BAD_CSRF_TOKEN)
    return principal, session


def bearer(environ: Mapping[str, Any]) -> str | None:
    """The token that a request carries: None without any, "" for what is no bearer token."""
    authorization = environ.get("HTTP_AUTHORIZATION")
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def admit(
    route: Route, principal: Principal | None, path: Mapping[str, str], session: str | None = None
) -> None:
    """Raise unless the route's row in the table of rights lets this principal in."""
    if route.who is None:
        return
    if principal is None:
        raise Problem(Fault.SESSION_ENDED if session else Fault.NOT_SIGNED_IN)
    if principal.role not in route.who:
        raise Refused(Code.NOT_ALLOWED)
    if principal.must_change and route.tag != "session":
        raise Problem(Fault.PASSWORD_CHANGE_REQUIRED)
    counter = path.get("counter")
    if counter is not None and not principal.may_use(counter):
        raise Refused(Code.NOT_YOUR_COUNTER, counter=counter)
    kiosk = path.get("kiosk")
    if kiosk is not None and principal.role == "kiosk" and principal.subject != kiosk:
        raise Refused(Code.NOT_ALLOWED)
    board = path.get("board")
    if board is not None and principal.role == "board" and principal.subject not in (None, board):
        raise Refused(Code.NOT_ALLOWED)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("latin-1", "replace"), expected.encode())

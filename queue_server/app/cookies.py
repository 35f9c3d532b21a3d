"""The session cookie, as HTTP requests and Socket.IO handshakes both carry it."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

COOKIE = "motcua_session"


def session_in(header: str | None) -> str | None:
    """The session secret in a Cookie header, None where there is none."""
    if not header or COOKIE not in header:
        return None
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None

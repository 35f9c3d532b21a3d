"""The API's sessions: people sign in with a password, choose a new one, and sign out again."""

from __future__ import annotations

from collections.abc import Callable

from ..app.access import (
    PEOPLE,
    BadCredentials,
    Locked,
    Principal,
    SessionOver,
    SignedIn,
    TooManyAttempts,
    WeakPassword,
    csrf_token,
)
from ..app.cookies import COOKIE
from ..app.problems import Fault, Problem
from ..core.refusals import Code
from . import session_shapes as shapes
from .routes import EVERYBODY, Asked, Building, Reply, RouteTable

COOKIE_DAYS = 2
"""Longer than any session lasts, so that who comes back late is told that theirs is over."""

table = RouteTable("session")


@table.post(
    "/session",
    who=EVERYBODY,
    body=shapes.Credentials,
    answers={200: shapes.SessionView},
    refusals=(Fault.BAD_CREDENTIALS, Fault.ACCOUNT_LOCKED, Fault.TOO_MANY_ATTEMPTS),
    remembers=False,
)
def sign_in(building: Building, asked: Asked) -> Reply:
    """Sign in. The answer sets the session cookie; send its `csrf` as X-CSRF-Token with every change.

    A second request signs in a second time: no key is remembered, since the answer holds a secret. Five wrong
    passwords in a row lock the account for a while, whether or not there is one; `left` says how many more
    may be tried.
    """
    body = asked.body

    def entered() -> SignedIn:
        try:
            return building.access.sign_in(body.login, body.password, asked.address)
        except BadCredentials as wrong:
            raise Problem(Fault.BAD_CREDENTIALS, {"left": wrong.left}) from None

    return _begun(building, entered)


@table.get("/session", who=PEOPLE, answers={200: shapes.SessionView}, refusals=())
def session(building: Building, asked: Asked) -> Reply:
    """Who is signed in, what they may do, and the token against forgery for this session."""
    if asked.principal is None or asked.session is None:
        raise Problem(Fault.NOT_SIGNED_IN)
    return Reply(body=_view(building, asked.principal, csrf_token(asked.session)))


@table.post(
    "/session/password",
    who=PEOPLE,
    body=shapes.PasswordChange,
    answers={200: shapes.SessionView},
    refusals=(Fault.WRONG_PASSWORD, Fault.WEAK_PASSWORD, Fault.ACCOUNT_LOCKED, Fault.TOO_MANY_ATTEMPTS),
    remembers=False,
)
def change_password(building: Building, asked: Asked) -> Reply:
    """Choose a new password. A new session begins, with its cookie and `csrf`; all others of the person end.

    A wrong `current` counts towards the lock as a wrong sign-in does.
    """
    secret, body = asked.session, asked.body
    if secret is None:
        raise Problem(Fault.NOT_SIGNED_IN)

    def changed() -> SignedIn:
        try:
            return building.access.change_password(secret, body.current, body.new, asked.address)
        except BadCredentials as wrong:
            raise Problem(Fault.WRONG_PASSWORD, {"left": wrong.left}) from None
        except SessionOver:
            raise Problem(Fault.SESSION_ENDED) from None
        except WeakPassword as weak:
            facts = {"reason": weak.reason, "least": building.access.rules.shortest_password}
            raise Problem(Fault.WEAK_PASSWORD, facts) from None

    return _begun(building, changed)


@table.delete("/session", who=PEOPLE, answers={204: None}, refusals=(Code.COUNTER_BUSY,))
def sign_out(building: Building, asked: Asked) -> Reply:
    """Sign out: the person's counter closes, the session ends and its cookie is taken back.

    While a citizen is being served at that counter it is refused, and everything stays as it is.
    """
    if asked.principal is None or asked.session is None:
        raise Problem(Fault.NOT_SIGNED_IN)
    building.centre.sign_off(asked.principal.actor)
    building.access.sign_out(asked.session, asked.address)
    return Reply(204, None, (("Set-Cookie", _cookie("", 0, building.secure_cookies)),))


def _begun(building: Building, begin: Callable[[], SignedIn]) -> Reply:
    """The answer to whoever proved to be somebody: a new session, or why there is none."""
    try:
        signed_in = begin()
    except Locked as locked:
        facts = {"seconds": locked.seconds, "minutes": -(-locked.seconds // 60)}
        raise Problem(Fault.ACCOUNT_LOCKED, facts) from None
    except TooManyAttempts as refused:
        raise Problem(Fault.TOO_MANY_ATTEMPTS, {"seconds": refused.retry_after}) from None
    cookie = _cookie(signed_in.secret, COOKIE_DAYS * 86_400, building.secure_cookies)
    view = _view(building, signed_in.principal, signed_in.csrf)
    return Reply(200, view, (("Set-Cookie", cookie),))


def _view(building: Building, principal: Principal, csrf: str) -> dict[str, object]:
    user = {
        "id": principal.id,
        "login": principal.login,
        "name": principal.name,
        "role": principal.role.value,
        "counters": sorted(principal.counters or ()),
    }
    rights = building.centre.rights_of(principal.role.value)
    return {"user": user, "rights": rights, "csrf": csrf, "must_change_password": principal.must_change}


def _cookie(value: str, seconds: int, secure: bool) -> str:
    cookie = f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict"
    return f"{cookie}; Secure" if secure else cookie

"""The API's sessions: people sign in with a password and out again."""

from __future__ import annotations

from ..app.access import PEOPLE, BadCredentials, Principal, TooManyAttempts, csrf_token
from ..app.cookies import COOKIE
from ..app.problems import Fault, Problem
from . import schemas
from .routes import EVERYBODY, Asked, Building, Reply, RouteTable

table = RouteTable("session")


@table.post(
    "/session",
    who=EVERYBODY,
    body=schemas.Credentials,
    answers={200: schemas.SessionView},
    refusals=(Fault.BAD_CREDENTIALS, Fault.TOO_MANY_ATTEMPTS),
    remembers=False,
)
def sign_in(building: Building, asked: Asked) -> Reply:
    """Sign in. The answer sets the session cookie; send its `csrf` as X-CSRF-Token with every change.

    A second request signs in a second time: no key is remembered, since the answer holds a secret.
    """
    try:
        signed_in = building.access.sign_in(asked.body.login, asked.body.password, asked.address)
    except BadCredentials:
        raise Problem(Fault.BAD_CREDENTIALS) from None
    except TooManyAttempts as refused:
        raise Problem(Fault.TOO_MANY_ATTEMPTS, {"seconds": refused.retry_after}) from None
    seconds = (signed_in.expires_at - building.access.clock()) // 1000
    cookie = _cookie(signed_in.secret, seconds, building.secure_cookies)
    return Reply(200, _view(signed_in.principal, signed_in.csrf), (("Set-Cookie", cookie),))


@table.get("/session", who=PEOPLE, answers={200: schemas.SessionView}, refusals=())
def session(building: Building, asked: Asked) -> Reply:
    """Who is signed in, and the token against forgery for this session."""
    if asked.principal is None or asked.session is None:
        raise Problem(Fault.NOT_SIGNED_IN)
    return Reply(body=_view(asked.principal, csrf_token(asked.session)))


@table.delete("/session", who=PEOPLE, answers={204: None})
def sign_out(building: Building, asked: Asked) -> Reply:
    """Sign out: the session ends and its cookie is taken back."""
    if asked.session is None:
        raise Problem(Fault.NOT_SIGNED_IN)
    building.access.sign_out(asked.session)
    return Reply(204, None, (("Set-Cookie", _cookie("", 0, building.secure_cookies)),))


def _view(principal: Principal, csrf: str) -> dict[str, object]:
    user = {
        "id": principal.id,
        "login": principal.login,
        "name": principal.name,
        "role": principal.role.value,
        "counters": sorted(principal.counters or ()),
    }
    return {"user": user, "csrf": csrf}


def _cookie(value: str, seconds: int, secure: bool) -> str:
    cookie = f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict"
    return f"{cookie}; Secure" if secure else cookie

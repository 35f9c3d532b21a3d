"""The route table: what the API answers, to whom, from which request, with which refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..app.access import Access, Principal, Role
from ..app.kiosks import Settled
from ..app.ports import Reading
from ..app.problems import Fault
from ..core.model import Actor
from ..core.refusals import Code
from ..core.site import Site

API = "/api/v1"

EVERYBODY = None
"""No sign-in needed: what anyone in the hall may read on its walls."""
COUNTER_STAFF = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.INTEGRATOR})
ISSUERS = frozenset({Role.KIOSK, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.INTEGRATOR})
TICKET_READERS = COUNTER_STAFF | {Role.KIOSK, Role.VIEWER}
COUNTER_READERS = COUNTER_STAFF | {Role.VIEWER}
ITSELF = frozenset({Role.KIOSK})
"""A kiosk that runs by itself: for itself only."""
BOARD_READERS = COUNTER_READERS | {Role.BOARD}

# What a path's parameter must look like, and what to say where it does not: such a thing cannot exist.
PATH_PARAMETERS: Mapping[str, tuple[str, Code]] = {
    "ticket": (r"[0-9a-f]{32}", Code.UNKNOWN_TICKET),
    "secret": (r"[A-Za-z0-9_-]{8,64}", Code.UNKNOWN_TICKET),
    "counter": (r"[a-z0-9][a-z0-9._-]{0,39}", Code.UNKNOWN_COUNTER),
    "board": (r"[a-z0-9][a-z0-9._-]{0,39}", Code.UNKNOWN_BOARD),
    "queue": (r"[a-z0-9][a-z0-9._-]{0,39}", Code.UNKNOWN_QUEUE),
    "kiosk": (r"[a-z0-9][a-z0-9._-]{0,39}", Code.UNKNOWN_KIOSK),
}


class Centre(Protocol):
    """The application as this package uses it; app/centre.py is the real one."""

    site_id: str

    @property
    def ready(self) -> bool: ...
    def do(
        self, command: Any, actor: Actor, *, key: str | None = None, fingerprint: str = ""
    ) -> dict[str, Any] | None: ...
    def adopt(
        self, command: Any, actor: Actor, *, key: str | None = None, fingerprint: str = ""
    ) -> dict[str, Any] | None: ...
    def hear_kiosk(
        self,
        kiosk: str,
        printer: str,
        facts: Mapping[str, Any],
        slips: Sequence[Settled],
        actor: Actor,
    ) -> dict[str, Any]: ...
    def assign(
        self, counter: str, queues: Sequence[str], helps: Sequence[str], actor: Actor
    ) -> dict[str, Any]: ...
    def sign_off(self, actor: Actor) -> None: ...
    def rights_of(self, role: str) -> list[str]: ...
    def view(self, make: Callable[[Reading, Site, int], dict[str, Any]]) -> dict[str, Any]: ...
    def view_site(self) -> dict[str, Any]: ...
    def view_services(self, queue: str, popular: int | None) -> dict[str, Any]: ...
    def view_ticket(self, ticket_id: str) -> dict[str, Any]: ...
    def view_track(self, secret: str) -> dict[str, Any]: ...
    def view_counter(self, counter_id: str) -> dict[str, Any]: ...
    def view_kiosk(self, kiosk: str) -> dict[str, Any]: ...
    def view_board(self, board_id: str) -> dict[str, Any]: ...
    def stats(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, read and checked. `session` is the cookie's secret where a person asks."""

    path: Mapping[str, str]
    principal: Principal | None
    body: Any = None
    query: Any = None
    key: str | None = None
    fingerprint: str = ""
    session: str | None = None
    address: str = ""

    @property
    def actor(self) -> Actor:
        if self.principal is None:
            raise AssertionError("this route is open to everybody and has no actor")
        return self.principal.actor


@dataclass(frozen=True, slots=True)
class Reply:
    """`body` None is an empty answer."""

    status: int = 200
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Building:
    """What handlers work with: one centre. `listing` tells all that this installation serves."""

    centre: Centre
    access: Access
    listing: Callable[[], list[dict[str, Any]]]
    secure_cookies: bool = False
    new_ticket: Callable[[], str] = field(default=lambda: "")
    new_secret: Callable[[], str] = field(default=lambda: "")


Handler = Callable[[Building, Asked], Reply]


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the table. `answers` maps a status to the type of its body (None: no body)."""

    method: str
    path: str
    handler: Handler
    who: frozenset[Role] | None
    answers: Mapping[int, Any]
    body: type | None = None
    query: type | None = None
    refusals: tuple[Code | Fault, ...] = ()
    tag: str = ""
    remembers: bool = True
    anywhere: bool = False
    """Answered alike in every centre: a request need not tell which one it means."""

    @property
    def name(self) -> str:
        return self.handler.__name__

    @property
    def changes(self) -> bool:
        return self.method != "GET"

    @property
    def parameters(self) -> list[str]:
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]


class RouteTable:
    """Routes of one topic, declared by decorators."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.routes: list[Route] = []

    def get(self, path: str, **facts: Any) -> Callable[[Handler], Handler]:
        return self._declare("GET", path, facts)

    def post(self, path: str, **facts: Any) -> Callable[[Handler], Handler]:
        return self._declare("POST", path, facts)

    def delete(self, path: str, **facts: Any) -> Callable[[Handler], Handler]:
        return self._declare("DELETE", path, facts)

    def _declare(self, method: str, path: str, facts: dict[str, Any]) -> Callable[[Handler], Handler]:
        def declared(handler: Handler) -> Handler:
            self.routes.append(Route(method, path, handler, tag=self.tag, **facts))
            return handler

        return declared

"""A stand for the web's unit tests: the real application over a centre that only notes what it hears."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from queue_server.app.access import Access, Role
from queue_server.app.passwords import Argon2Passwords
from queue_server.app.sites import House
from queue_server.app.wording import Wording
from queue_server.core.model import Actor
from queue_server.core.refusals import Code, Refused
from queue_server.store.memory_access import MemoryAccessStore
from queue_server.web import Folders, WebSettings, create_app
from tests.halls import sites_of
from tests.sites import small_site

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "queue_server" / "texts"
TICKET = "0123456789abcdef0123456789abcdef"


@dataclass
class WrittenDown:
    """What one call of `do` was given."""

    command: Any
    actor: Actor
    key: str | None
    fingerprint: str


@dataclass
class ScriptedCentre:
    """Answers every command with `answer`, or raises `trouble`; keeps what it was asked."""

    site_id: str = "nho"
    ready: bool = True
    answer: dict[str, Any] | None = field(default_factory=lambda: {"id": TICKET, "label": "A001"})
    trouble: Exception | None = None
    done: list[WrittenDown] = field(default_factory=list)
    signed_off: list[Actor] = field(default_factory=list)

    def do(self, command: Any, actor: Actor, *, key: str | None = None, fingerprint: str = "") -> Any:
        if self.trouble:
            raise self.trouble
        self.done.append(WrittenDown(command, actor, key, fingerprint))
        return self.answer

    adopt = do

    def hear_kiosk(self, kiosk: str, *told: Any) -> dict[str, Any]:
        return {"at": "2026-11-23T09:00:00.000+07:00"}

    def view_kiosk(self, kiosk: str) -> dict[str, Any]:
        return {"id": kiosk}

    def view(self, make: Any) -> dict[str, Any]:
        return {}

    def sign_off(self, actor: Actor) -> None:
        if self.trouble:
            raise self.trouble
        self.signed_off.append(actor)

    def rights_of(self, role: str) -> list[str]:
        return ["call_next", "open_counter"] if role == "officer" else []

    def view_site(self) -> dict[str, Any]:
        if self.trouble:
            raise self.trouble
        return {"id": self.site_id}

    def site(self) -> Any:
        return small_site(id=self.site_id)

    def view_services(self, queue: str, popular: int | None) -> dict[str, Any]:
        if queue != "dat":
            raise Refused(Code.UNKNOWN_QUEUE, queue=queue)
        return {"services": [], "total": popular or 0}

    def view_ticket(self, ticket_id: str) -> dict[str, Any]:
        raise Refused(Code.UNKNOWN_TICKET)

    def view_track(self, secret: str) -> dict[str, Any]:
        return {"label": "A001"}

    def view_counter(self, counter_id: str) -> dict[str, Any]:
        return {"counter": {"_": {"id": counter_id}}}

    def view_board(self, board_id: str) -> dict[str, Any]:
        return {"seq": 1}

    def stats(self) -> dict[str, Any]:
        return {"orders": 3, "day": None}


@dataclass
class Stand:
    centre: ScriptedCentre
    access: Access
    client: FlaskClient
    now: list[int]

    def token(self, role: str, subject: str | None = None) -> dict[str, str]:
        """The header of a new token."""
        return {"Authorization": f"Bearer {self.access.create_token(Role(role), subject)}"}

    def sign_in(self, login: str = "lan", password: str = "mật khẩu dài", **facts: Any) -> str:
        """Make a person and sign them in on `client`; their token against forgery."""
        facts.setdefault("counters", ["c1"])
        facts.setdefault("first_password", False)
        self.access.create_person(login, password, Role(facts.pop("role", "officer")), **facts)
        answer = self.client.post("/api/v1/session", json={"login": login, "password": password})
        assert answer.status_code == 200, answer.text
        return str(answer.json["csrf"])


def cheap_access(site: str = "nho", store: Any = None, now: list[int] | None = None) -> Access:
    """Access with passwords that cost nothing to check, at a time that the test sets."""
    time = now if now is not None else [1_000_000]
    return Access(store or MemoryAccessStore(), site, lambda: time[0], Argon2Passwords(8, 1))


@cache
def wording() -> Wording:
    return Wording(TEXTS)


def make_stand(folders: Folders | None = None) -> Stand:
    now = [1_000_000]
    centre, access = ScriptedCentre(), cheap_access(now=now)
    places = folders or Folders(ROOT / "queue_server" / "pages", ROOT, ROOT, (TEXTS,))
    house = House(centre.site_id, centre, access)  # type: ignore[arg-type]
    app = create_app(sites_of(house), wording(), places, WebSettings(version="0"))
    return Stand(centre, access, app.test_client(), now)

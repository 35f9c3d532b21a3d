"""Where people, sessions, tokens, locks and the access log are kept: what any store of them must do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .access_log import Noted
from .credentials import Person, Session, Token
from .lockout import Lockout


class AccessStore(Protocol):
    """Everything is kept per site. Every method is one transaction of its own.

    A `note` for the access log is written in it, if anything was done. Raises StoreTrouble. May be called
    from any native thread.
    """

    def add_token(self, site: str, digest: str, token: Token, *, note: Noted | None = None) -> None: ...
    def token(self, site: str, digest: str) -> Token | None: ...
    def site_of_token(self, digest: str) -> str | None:
        """The site that gave the token, be it revoked or not."""

    def tokens(self, site: str) -> list[Token]:
        """All of them, revoked ones included, oldest first."""

    def revoke_token(self, site: str, token_id: str, at: int, *, note: Noted | None = None) -> bool:
        """False where no such token is valid."""

    def save_person(self, site: str, person: Person, *, note: Noted | None = None) -> None:
        """Add a person or replace the one with that id; LoginTaken where another has the login."""

    def change_person(
        self,
        site: str,
        person_id: str,
        change: Callable[[Person], Person],
        *,
        ends_sessions: bool = False,
        begins: tuple[str, Session] | None = None,
        forgives: str | None = None,
        note: Noted | None = None,
    ) -> Person | None:
        """Replace a person by what `change` makes of them; None where there is none.

        What `change` raises undoes everything. Then, as asked: all sessions of the person end, the session
        `begins` (digest, session) begins, and what is kept under the login key `forgives` is forgotten.
        """

    def person(self, site: str, person_id: str) -> Person | None: ...
    def person_by_login(self, site: str, login: str) -> Person | None: ...
    def people(self, site: str) -> list[Person]: ...

    def add_session(
        self,
        site: str,
        digest: str,
        session: Session,
        *,
        forgives: str | None = None,
        note: Noted | None = None,
    ) -> None:
        """Keep a session, and forget those that had expired by the time it began."""

    def session(self, site: str, digest: str) -> Session | None: ...
    def site_of_session(self, digest: str) -> str | None:
        """The site that the session belongs to, be it over or not."""

    def sessions(self, site: str) -> list[Session]:
        """All that are kept, the newest first."""

    def see_session(self, site: str, digest: str, at: int) -> None:
        """Keep that the session was heard of, unless it was heard of later or has ended."""

    def end_session(self, site: str, digest: str, *, note: Noted | None = None) -> bool:
        """False where there is none."""

    def end_sessions_of(self, site: str, person_id: str, *, note: Noted | None = None) -> int:
        """How many ended."""

    def lockout(self, site: str, key: str) -> Lockout | None: ...
    def change_lockout(
        self, site: str, key: str, change: Callable[[Lockout | None], Lockout], forget_before: int
    ) -> Lockout:
        """Replace what is kept under a login's key, which nobody else changes meanwhile.

        What `change` raises leaves all as it was. What was not touched since `forget_before` is forgotten.
        """

    def forget_lockout(self, site: str, key: str, *, note: Noted | None = None) -> bool:
        """False where nothing was kept."""

    def note(self, site: str, note: Noted) -> None:
        """Add to the access log, and forget what has stood there for longer than it is kept."""

    def noted(self, site: str, person_id: str | None, limit: int) -> list[Noted]:
        """The newest entries (about one person), oldest first."""

"""What the application needs from the outside, as protocols: storage, clock, threads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from ..core.commands import Command
from ..core.events import Entry
from ..core.model import Changes, Day, Desk, Device, Line, Tally, Ticket
from ..core.site import Site
from .access_store import AccessStore


@dataclass(frozen=True, slots=True)
class Record:
    """A journal entry as it is stored: `data` is canonical JSON text, hashes are hex SHA-256."""

    seq: int
    at: int
    actor: str
    type: str
    version: int
    data: str
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The answer once given under an idempotency key, and what the request looked like."""

    fingerprint: str
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something owed to a device or a person because of journal entry `seq`: `channel` says by which way."""

    id: int
    channel: str
    target: str
    seq: int
    body: str
    attempts: int


class Conflict(Exception):
    """A constraint of the store was about to break; nothing of the order was kept."""


class StoreTrouble(Exception):
    """The store cannot work just now (disk full, locked, damaged): the message says what and where."""


class Reading(Protocol):
    """A consistent view of one site."""

    def site(self) -> tuple[int, Site] | None:
        """(version, description), None before the first import."""

    def description(self, version: int) -> Mapping[str, Any] | None:
        """The description that was in force as `version`, as it was kept: see importing.site_to_json."""

    def head(self) -> tuple[int, str]:
        """(seq, hash) of the newest journal entry; (0, "") for an empty journal."""

    def day(self) -> Day | None:
        """The newest service day, open or closed."""

    def days(self) -> list[Day]:
        """Every service day so far, oldest first."""

    def ticket(self, ticket_id: str) -> Ticket | None: ...
    def ticket_by_secret(self, secret: str) -> Ticket | None: ...
    def desks(self, counters: Iterable[str] | None = None) -> list[Desk]: ...
    def lines(self, queues: Iterable[str] | None = None) -> list[Line]: ...
    def heads(self, queues: Iterable[str]) -> list[Ticket]:
        """The head of every line (queue, class, reserved counter) in which somebody waits."""

    def next_in_line(self, ticket: Ticket) -> Ticket | None:
        """Who waits right behind `ticket` in its line."""

    def devices(self) -> list[Device]: ...
    def tallies(self, queues: Iterable[str] | None = None) -> list[Tally]: ...
    def ahead_of(self, ticket: Ticket) -> int:
        """How many wait in the ticket's queue with more seniority."""

    def open_tickets(self) -> list[Ticket]:
        """Every ticket that waits, is called, is being served or is parked."""

    def waiting_tickets(self) -> list[Ticket]:
        """Everybody who waits in any line."""

    def parked_tickets(self, counter: str | None = None) -> list[Ticket]:
        """Those set aside (by `counter`): by counter, the longest first."""

    def note(self, ticket_id: str) -> str | None:
        """What an officer wrote down for the next one."""

    def person_name(self, actor: str) -> str | None:
        """What an actor of the journal is called on screens; None where that is not known."""

    def tickets_of_day(self, day: str) -> list[Ticket]: ...
    def last_called(self, limit: int, counters: Sequence[str] | None = None) -> list[Ticket]:
        """The tickets of the open day called most recently (to one of `counters`), newest first."""

    def journal(self, after: int, limit: int) -> list[Record]:
        """Entries with seq > `after`, oldest first."""

    def journal_of(self, ticket_id: str) -> list[Record]:
        """The entries about one ticket (or a kiosk on one day, see faults.py), oldest first."""

    def answer(self, scope: str, key: str) -> StoredAnswer | None: ...
    def cursor(self, name: str) -> int:
        """The journal seq up to which the reader called `name` has acknowledged (0: nothing)."""

    def due(self, channel: str, target: str, now: int, limit: int) -> list[Delivery]:
        """What is owed to `target` and nobody has claimed, or not settled in time; oldest first."""

    def deliveries(self, channel: str, target: str, limit: int) -> list[tuple[str, str]]:
        """The newest deliveries to `target`, whatever their state: (body, state)."""


class Writing(Reading, Protocol):
    """A transaction that may write one site; nothing else writes it meanwhile."""

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what happens inside if it raises, and nothing else.

        StoreTrouble where that cannot be done: then the whole transaction is lost.
        """

    def foresee(self, scope: str, key: str | None, command: Command) -> None:
        """An order comes: a store that is far away asks at once for what its answer will need."""

    def save(self, changes: Changes) -> None: ...
    def append(self, records: Sequence[Record], tickets: Sequence[str | None]) -> None:
        """Add journal entries; `tickets` names the ticket (or kiosk and day) each is about."""

    def remember(self, scope: str, key: str, answer: StoredAnswer, at: int) -> None: ...
    def forget_answers(self, before: int) -> None: ...
    def keep_note(self, ticket_id: str, text: str, author: str, at: int) -> None:
        """Replace the note of a ticket; an empty one erases it."""

    def forget_notes(self, before: int) -> None: ...
    def describe(self, version: int, site: Site, at: int) -> None: ...
    def set_cursor(self, name: str, seq: int) -> None: ...
    def owe(self, channel: str, target: str, seq: int, body: str, at: int) -> None: ...
    def claim(self, delivery: int, now: int, until: int) -> bool:
        """Take a due delivery until the time `until`; False where someone else has it or it is done."""

    def settle(self, delivery: int, state: str, at: int) -> None: ...


class Store(Protocol):
    """Storage of many sites. Every method may be called from any native thread; all raise StoreTrouble."""

    yields: bool
    """Whether whoever waits for it lets other green threads run: then it may be used from green threads only,
    and locks site by site. Else one thread at a time writes, and what it writes is locked as a whole."""

    def reading(self, site: str) -> AbstractContextManager[Reading]:
        """A view that nothing changes while the block lasts."""

    def writing(self, site: str) -> AbstractContextManager[Writing]:
        """One transaction: committed durably when the block ends, rolled back when it raises."""

    def sites(self) -> list[str]: ...
    def heads(self) -> dict[str, int]:
        """The seq of the newest journal entry of every site (0: none yet), whatever the history."""

    def site_of_secret(self, secret: str) -> str | None:
        """The site whose ticket has this tracking secret."""

    def access(self) -> AccessStore:
        """Where the people, sessions and tokens of the same sites are kept."""

    def leadership(self, name: str) -> Leadership: ...
    def close(self) -> None: ...


class Leadership(Protocol):
    """A duty that one process at a time has among those that share a store; death gives it up."""

    def held(self) -> bool:
        """Whether it is ours: takes it where it is free. False too where the store cannot be reached.

        Whoever was told True may have lost it since: ask again before each piece of the work.
        """

    def release(self) -> None:
        """Leave it to whoever asks next; asking again may take it again."""


class Clock(Protocol):
    def __call__(self) -> int:
        """Epoch milliseconds."""


class Completion(Protocol):
    """A slot that one native thread fills and one request waits for."""

    def set(self, result: Any) -> None: ...
    def wait(self, timeout: float) -> Any:
        """The result; TimeoutError after `timeout` seconds. Lets other requests run meanwhile."""


class Threads(Protocol):
    """Native threads under whatever async mode the server runs in."""

    def start(self, target: Callable[[], None], name: str) -> None: ...
    def queue(self) -> Any:
        """A queue.SimpleQueue that blocks native threads only; `get(False)` raises _queue.Empty."""

    def completion(self) -> Completion: ...


__all__ = [
    "Clock",
    "Completion",
    "Delivery",
    "Entry",
    "Leadership",
    "Reading",
    "Record",
    "Store",
    "StoredAnswer",
    "Threads",
    "Writing",
]

"""What restoring a backup means for either kind of database: what may be lost, and how the centres go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..app.access_log import Act, Noted
from ..app.backup_proof import Proof
from ..app.ports import Store
from ..app.restoring import Known, Resumed, numbers_told, resume

Head = tuple[int, int, str]
"""(seq, at, hash) of the newest entry of a centre."""


class RestoreRefused(Exception):
    """The restore would lose something that nobody said may be lost; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for. `replace`: whatever is there may go aside. `nothing_lost`: the backup was
    made after the server had been stopped. `numbers`: next numbers to give, as "QUEUE=NUMBER"."""

    replace: bool = False
    nothing_lost: bool = False
    numbers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place, and where the old database is now ("": there was none)."""

    proofs: tuple[Proof, ...]
    centres: tuple[Resumed, ...]
    aside: str
    seconds: float


def loss(
    old: Mapping[str, Head], coming: Mapping[str, int], hash_of: Callable[[str, int], str | None]
) -> str:
    """What the old database holds that the one to come does not, in words; "" where nothing.

    `coming`: the newest seq of each centre there; `hash_of(site, seq)` is that of one entry there.
    """
    for site, (seq, at, seal) in old.items():
        if site not in coming:
            return f"holds the centre {site}, and the backup does not"
        if seq > coming[site]:
            since = datetime.fromtimestamp(at / 1000).astimezone().isoformat(" ", "seconds")
            return f"is newer: {site} has {seq - coming[site]} more entries there, the last of {since}"
        if hash_of(site, seq) != seal:
            return f"tells another history of {site}"
    return ""


def go_on(
    store: Store, sites: Iterable[str], known_of: Callable[[str], Known], wish: Wish, now: int
) -> tuple[Resumed, ...]:
    """Let every centre go on after what may have been lost; everybody signs in anew."""
    resumed = []
    alone = len(list(sites)) == 1
    for site in sites:
        known = Known(given={}) if wish.nothing_lost else known_of(site)
        with store.writing(site) as transaction:
            described = transaction.site()
            assert described is not None
            told = numbers_told(described[1], wish.numbers, alone=alone)
            resumed.append(resume(transaction, site, Known(known.given, told, known.seq), now))
        access = store.access()
        for person in {session.person for session in access.sessions(site)}:
            note = Noted(now, Act.SESSIONS_ENDED, person, "system", detail="restored")
            access.end_sessions_of(site, person, note=note)
    return tuple(resumed)

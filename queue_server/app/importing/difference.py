"""What a new description of a centre changes against the one in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from queue_server.app.importing.canonical import plain_fields
from queue_server.app.importing.shape import LISTS
from queue_server.app.importing.values import DAYS
from queue_server.core.reasons import Reason
from queue_server.core.site import Holiday, Opening, Right, Site

_LISTS = tuple(kind.name for kind in LISTS)


@dataclass(frozen=True)
class KindChanges:
    """What happens to one kind of facts: ids, and for each changed id the names of the fields that differ.

    `reordered`: what stays stands in another order, which is how screens show it.
    """

    kind: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.reordered)

    def lines(self) -> Iterator[str]:
        """For the technician, one line each: "counters: added 41", "counters: 12 changed (area, queues)"."""
        for word, ids in (("added", self.added), ("removed", self.removed)):
            if ids:
                yield f"{self.kind}: {len(ids)} {word}: {_shortened(ids)}"
        if len(self.changed) > 10:
            every = sorted({name for differing in self.changed.values() for name in differing})
            yield f"{self.kind}: {len(self.changed)} changed ({', '.join(every)}): {_shortened(self.changed)}"
        else:
            for identity, names in self.changed.items():
                yield f"{self.kind}: {identity} changed ({', '.join(names)})"
        if self.reordered:
            yield f"{self.kind}: in another order"


@dataclass(frozen=True)
class Changes:
    """Falsy when the two sites are equal. `first`: there was no site before."""

    first: bool
    site: tuple[str, ...]
    kinds: tuple[KindChanges, ...]

    def __bool__(self) -> bool:
        return bool(self.first or self.site or self.kinds)

    def of(self, kind: str) -> KindChanges:
        """The changes of one kind, empty if there are none."""
        return next((changes for changes in self.kinds if changes.kind == kind), KindChanges(kind))

    def lines(self) -> Iterator[str]:
        """The whole in readable lines; none when nothing changes."""
        if self.site:
            yield f"site: changed ({', '.join(self.site)})"
        for kind in self.kinds:
            yield from kind.lines()


def difference(old: Site | None, new: Site) -> Changes:
    """What an import of `new` changes; every fact is added when there was no site."""
    kinds = (_kind_changes(kind, getattr(old, kind, ()), getattr(new, kind)) for kind in _LISTS)
    return Changes(
        first=old is None,
        site=_own_changes(old, new),
        kinds=tuple(changes for changes in kinds if changes),
    )


def _own_changes(old: Site | None, new: Site) -> tuple[str, ...]:
    """Names of the site's own fields that differ; those of its calling rule as "rule.region"."""
    if old is None:
        return ()
    names = [
        name for name in vars(new) if name in Site.__dataclass_fields__ and name not in (*_LISTS, "rule")
    ]
    own = [name for name in names if getattr(old, name) != getattr(new, name)]
    return (*own, *(f"rule.{name}" for name in _differing(old.rule, new.rule)))


def _kind_changes(kind: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> KindChanges:
    if old == new:
        return KindChanges(kind)
    before = {_identity(fact): fact for fact in old}
    after = {_identity(fact): fact for fact in new}
    staying = [identity for identity in after if identity in before]
    return KindChanges(
        kind,
        added=tuple(identity for identity in after if identity not in before),
        removed=tuple(identity for identity in before if identity not in after),
        changed={
            identity: _differing(before[identity], after[identity])
            for identity in staying
            if before[identity] != after[identity]
        },
        reordered=staying != [identity for identity in before if identity in after],
    )


def _identity(fact: Any) -> str:
    if isinstance(fact, Opening):
        return f"{DAYS[fact.weekday]} {fact.start // 60:02}:{fact.start % 60:02}"
    if isinstance(fact, Reason):
        return f"{fact.kind}: {fact.id}"
    if isinstance(fact, Right):
        return fact.action
    return fact.date if isinstance(fact, Holiday) else str(fact.id)


def _differing(old: object, new: object) -> tuple[str, ...]:
    before, after = plain_fields(old), plain_fields(new)
    return tuple(name for name in after if before.get(name) != after[name])


def _shortened(ids: tuple[str, ...] | Mapping[str, object]) -> str:
    listed = list(ids)
    return ", ".join(listed[:10]) + (", …" if len(listed) > 10 else "")

"""What must hold between the tables of a site: names that exist, nothing twice, nobody unserved."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

from queue_server.app.importing import shape
from queue_server.app.importing.problems import Findings, nearest
from queue_server.app.importing.reading import Item
from queue_server.app.importing.tables import Tables
from queue_server.app.importing.values import DAYS
from queue_server.core.site import ORDINARY

_SOUND_ALIKE = (("B", "P"), ("D", "Đ"), ("M", "N"))
_READ_ALIKE = ("I", "O", "Q")
_OF_PRESET = {
    "order": ("strict", 'order = ["merit", "elderly"]'),
    "n": ("one-in-n", "n = 3"),
    "preferred": ("one-in-n", 'preferred = ["elderly"]'),
}
"""Which preset each key belongs to, and how it could look."""


def check(tables: Tables, findings: Findings) -> None:
    """Tells every breach as a mistake, and what is allowed but unwise as a warning."""
    for rule in (
        _references,
        _uniqueness,
        _popular_ranks,
        _opening_hours,
        _ordinary_class,
        _preset,
        _numbers,
        _service,
        _helping,
        _letters,
        _hall,
        _boards,
        _kiosks,
    ):
        rule(tables, findings)


def _ids(tables: Tables, kind: str) -> list[str]:
    return [item.id for item in tables.lists[kind] if item.id]


def _words(item: Item, key: str) -> tuple[str, ...]:
    """The value of a key as a tuple of words, whether it is one word or a list."""
    value = item.values.get(key, ())
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def _references(tables: Tables, findings: Findings) -> None:
    for kind in shape.LISTS:
        for key in (key for key in kind.keys if key.refers and key.refers not in tables.unreadable):
            known = set(_ids(tables, key.refers))
            one = next(other.one for other in shape.LISTS if other.name == key.refers)
            for item in tables.lists[kind.name]:
                for word in _words(item, key.name):
                    if word not in known:
                        close = nearest(word, sorted(known))
                        findings.mistake(
                            item.where(key.name), "unknown-reference", kind=one, value=word, nearest=close
                        )


def _uniqueness(tables: Tables, findings: Findings) -> None:
    for kind in shape.LISTS:
        for name in kind.identity:
            _unique(kind.one, name, tables.lists[kind.name], findings)


def _unique(one: str, name: str, items: list[Item], findings: Findings) -> None:
    first: dict[object, Item] = {}
    for item in items:
        value = item.values.get(name)
        if not value:
            continue
        earlier = first.setdefault(value, item)
        if earlier is not item:
            what = one if name in {"id", "date"} else f"{one} {name}"
            line = earlier.where(name).line
            findings.mistake(item.where(name), "twice", kind=what, value=value, first=line)


def _popular_ranks(tables: Tables, findings: Findings) -> None:
    by_queue: dict[object, list[Item]] = defaultdict(list)
    for item in tables.lists["services"]:
        if item.values.get("popular") is not None and "queue" in item.values:
            by_queue[item.values["queue"]].append(item)
    for queue, items in by_queue.items():
        _unique(f"in queue '{queue}', service", "popular", items, findings)


def _spans(tables: Tables) -> Iterator[tuple[str, tuple[int, int], Item]]:
    for item in tables.lists["hours"]:
        spans = item.values.get("open", ())
        if isinstance(spans, tuple):
            for day, span in itertools.product(_words(item, "days"), spans):
                yield day, span, item


def _opening_hours(tables: Tables, findings: Findings) -> None:
    by_day: dict[str, list[tuple[tuple[int, int], Item]]] = defaultdict(list)
    for day, span, item in _spans(tables):
        by_day[day].append((span, item))
    for day in DAYS:
        for ((start, end), first), ((other_start, other_end), other) in itertools.combinations(
            by_day[day], 2
        ):
            if start < other_end and other_start < end:
                later = max(first, other, key=lambda item: item.record.place.line)
                findings.mistake(
                    later.where("open"),
                    "overlap",
                    value=_clock(other_start, other_end),
                    other=_clock(start, end),
                )


def _clock(start: int, end: int) -> str:
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def _ordinary_class(tables: Tables, findings: Findings) -> None:
    for item in tables.lists["classes"][:1]:
        if item.id and item.id != ORDINARY:
            findings.mistake(item.where("id"), "no-ordinary", value=item.id)
        elif item.values.get("rate", 1.0) != 1.0:
            findings.mistake(item.where("rate"), "ordinary-rate", value=item.values["rate"])


def _preset(tables: Tables, findings: Findings) -> None:
    preset(tables.rule, findings)
    if "classes" not in tables.unreadable:
        named_classes(tables.rule, _ids(tables, "classes"), findings)


def preset(rule: Item, findings: Findings) -> None:
    """Each preset has the keys it needs, and none that say nothing under it."""
    chosen = rule.values.get("preset")
    for key, (owner, example) in _OF_PRESET.items():
        given = key in rule.record.cells
        if chosen is not None and given and chosen != owner:
            findings.mistake(rule.where(key), "preset-key", key=key, owner=owner)
        elif chosen == owner and not given:
            findings.mistake(rule.where("preset"), "preset-lacks", key=key, owner=owner, example=example)


def named_classes(rule: Item, known: Sequence[str], findings: Findings) -> None:
    """Classes that a preset names must exist."""
    for key in ("order", "preferred"):
        for word in _words(rule, key):
            if word not in known:
                close = nearest(word, sorted(known))
                findings.mistake(
                    rule.where(key), "unknown-reference", kind="class", value=word, nearest=close
                )


def _numbers(tables: Tables, findings: Findings) -> None:
    for item in tables.lists["queues"]:
        first, last = item.values.get("first", 1), item.values.get("last", 9999)
        if isinstance(first, int) and isinstance(last, int) and first >= last:
            findings.mistake(item.where("last"), "first-last", first=first, last=last)


def _service(tables: Tables, findings: Findings) -> None:
    """Every queue has a counter of its own, every agency a queue."""
    if not tables.unreadable & {"counters", "queues"}:
        served = {word for counter in tables.lists["counters"] for word in _words(counter, "queues")}
        for queue in tables.lists["queues"]:
            if queue.id and queue.id not in served:
                findings.mistake(queue.record.place, "queue-unserved", value=queue.id)
    if not tables.unreadable & {"queues", "agencies"}:
        queued = {word for queue in tables.lists["queues"] for word in _words(queue, "agency")}
        for agency in tables.lists["agencies"]:
            if agency.id and agency.id not in queued:
                findings.mistake(agency.record.place, "agency-queueless", value=agency.id)


def _helping(tables: Tables, findings: Findings) -> None:
    for counter in tables.lists["counters"]:
        for queue in set(_words(counter, "queues")).intersection(_words(counter, "helps")):
            findings.mistake(counter.where("helps"), "own-and-helped", value=queue)


def _letters(tables: Tables, findings: Findings) -> None:
    place = {str(item.values.get("prefix") or ""): item.where("prefix") for item in tables.lists["queues"]}
    for letter, other in _SOUND_ALIKE:
        if letter in place and other in place:
            findings.warning(place[other], "sounds-alike", value=letter, other=other)
    for letter in _READ_ALIKE:
        if letter in place:
            findings.warning(place[letter], "reads-alike", value=letter)


def _hall(tables: Tables, findings: Findings) -> None:
    used = {word for counter in tables.lists["counters"] for word in _words(counter, "area")}
    for area in tables.lists["areas"]:
        if area.id and area.id not in used:
            findings.warning(area.record.place, "area-empty", value=area.id)
    filled = {word for agency in tables.lists["agencies"] for word in _words(agency, "group")}
    for group in tables.lists["groups"]:
        if group.id and group.id not in filled:
            findings.warning(group.record.place, "group-empty", value=group.id)


def _boards(tables: Tables, findings: Findings) -> None:
    boards = tables.lists["boards"]
    if not any(board.values.get("speaks") for board in boards):
        findings.warning(tables.site.record.place, "silent")
    shown = {word for board in boards for word in _words(board, "areas")}
    if not boards or any(not board.values.get("areas", True) for board in boards):
        return
    for area in tables.lists["areas"]:
        if area.id and area.id not in shown:
            findings.warning(area.record.place, "area-unseen", value=area.id)


def _kiosks(tables: Tables, findings: Findings) -> None:
    for kiosk in tables.lists["kiosks"]:
        if not kiosk.values.get("printer", True) and not kiosk.values.get("offline_first"):
            findings.warning(kiosk.record.place, "no-printer", value=kiosk.id)
    _kept_numbers(tables, findings)


def _kept_numbers(tables: Tables, findings: Findings) -> None:
    """Numbers that kiosks give by themselves: both ends, in order, each number of one kiosk only."""
    sound: list[tuple[int, int, Item]] = []
    for kiosk in tables.lists["kiosks"]:
        first, last = kiosk.values.get("offline_first", 0), kiosk.values.get("offline_last", 0)
        if not isinstance(first, int) or not isinstance(last, int) or not (first or last):
            continue
        if not (first and last):
            given = "offline_first" if first else "offline_last"
            lacking = "offline_last" if first else "offline_first"
            findings.mistake(kiosk.where(given), "half-range", key=given, other=lacking)
        elif first > last:
            findings.mistake(kiosk.where("offline_last"), "offline-order", first=first, last=last)
        else:
            sound.append((first, last, kiosk))
    for (first, last, kiosk), (low, high, other) in itertools.combinations(sound, 2):
        if first <= high and low <= last:
            where = other.where("offline_first")
            findings.mistake(
                where, "offline-overlap", value=f"{low}-{high}", other=f"{first}-{last}", kiosk=kiosk.id
            )
    _few_numbers(tables, findings, sound)


def _few_numbers(tables: Tables, findings: Findings, kept: list[tuple[int, int, Item]]) -> None:
    """A queue whose numbers end before a kiosk's do would get numbers that it does not have."""
    for queue in tables.lists["queues"]:
        first, last = queue.values.get("first", 1), queue.values.get("last", 9999)
        if not isinstance(first, int) or not isinstance(last, int):
            continue
        for low, high, kiosk in kept:
            if low < first or high > last:
                findings.mistake(
                    kiosk.where("offline_last"),
                    "offline-outside",
                    value=f"{low}-{high}",
                    queue=queue.id,
                    first=first,
                    last=last,
                )

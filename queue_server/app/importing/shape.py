"""Which kinds of table a site file has and which keys each of them takes: the one table of the format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from queue_server.app.importing import values
from queue_server.app.importing.values import Reader
from queue_server.core.rights import RIGHTS, ROLES
from queue_server.core.site import Place, ReasonKind

REQUIRED = object()
"""Stands for the default of a key that has none."""


@dataclass(frozen=True)
class Key:
    """`help` is what a mend says of a missing key. `refers` names the kind whose ids the value holds.

    A text (`languages`) is given by language; "all" asks for every language of the site, "first" for
    the first one only.
    """

    name: str
    read: Reader
    default: object = REQUIRED
    help: str = ""
    refers: str = ""
    languages: str = ""


@dataclass(frozen=True)
class Kind:
    """`name` is the key of the list in the site file, `one` its singular for messages."""

    name: str
    one: str
    keys: tuple[Key, ...]
    limit: int
    identity: tuple[str, ...] = ("id",)
    required: bool = True

    def columns(self) -> list[str]:
        """The keys as they could stand in the header of a CSV file in Vietnamese."""
        return [f"{key.name}_vi" if key.languages else key.name for key in self.keys]


def _text(
    name: str, help: str, *, limit: int = 200, default: object = REQUIRED, languages: str = "all"
) -> Key:
    return Key(name, values.line(limit), default, help, languages=languages)


_ID = Key("id", values.ident, help="a short name that never changes, for example 'stp'")

SITE = Kind(
    "site",
    "the site",
    (
        _ID,
        _text("name", "the centre's name"),
        _text("slogan", "a line under the name", default={}),
        Key("timezone", values.timezone, "Asia/Ho_Chi_Minh"),
        Key(
            "languages",
            values.several(values.choice(*values.LANGUAGES, code="unknown-language")),
            values.LANGUAGES,
        ),
        Key("outside_hours", values.choice("refuse", "warn"), "refuse"),
    ),
    limit=1,
)

_CLASS_LIST = values.several(values.line(40))

PRESET = (
    Key("preset", values.choice("rates", "fifo", "strict", "one-in-n"), "rates"),
    Key("order", _CLASS_LIST, (), refers="classes"),
    Key("n", values.whole(1, 100), 1),
    Key("preferred", _CLASS_LIST, (), refers="classes"),
)
"""Who is next, in the same words for a site file and for a rule file of `motcua simulate`."""

_PLACE = values.choice(*get_args(Place))

RULE = Kind(
    "rule",
    "the rule",
    (
        Key("cap_minutes", values.number_or_none(1, 600), 45.0),
        *PRESET,
        Key("announcement_seconds", values.whole(5, 3600), 60),
        Key("number_reading", values.choice("digits", "quantity"), "digits"),
        Key("region", values.choice("north", "south"), "north"),
        Key("recall_seconds", values.whole(0, 600), 8),
        Key("calls_before_no_show", values.whole(1, 10), 1),
        Key("grace_minutes", values.whole(0, 240), 15),
        Key("grace_tickets", values.whole(0, 100), 5),
        Key("grace_place", _PLACE, "seniority"),
        Key("transfer_place", _PLACE, "seniority"),
        Key("next_place", _PLACE, "back"),
        Key("unpark_place", _PLACE, "front"),
        Key("undo_seconds", values.whole(0, 600), 30),
        Key("target_minutes", values.whole(1, 480), 15),
        Key("service_minutes", values.whole(1, 480), 15),
        Key("late_minutes", values.whole(0, 240), 15),
        Key("vanish_seconds", values.whole(15, 3600), 120),
    ),
    limit=1,
)

RULE_FILE = Kind(
    "rule",
    "the rule",
    (
        Key("name", values.line(60), ""),
        Key("cap_minutes", values.number_or_none(0, 100_000), None),
        Key("rates", values.rates, None),
        *PRESET,
    ),
    limit=1,
)
"""A rule by itself, for `motcua simulate`."""

HOURS = Kind(
    "hours",
    "hours",
    (
        Key("days", values.several(values.choice(*values.DAYS)), help='for example ["mon", "tue"]'),
        Key("open", values.several(values.span), help='for example ["07:30-11:30"]'),
    ),
    limit=50,
    identity=(),
)

HOLIDAYS = Kind(
    "holidays",
    "holiday",
    (
        Key("date", values.date, help="for example 2026-04-30"),
        _text("name", "what is celebrated"),
    ),
    limit=500,
    identity=("date",),
    required=False,
)

CLASSES = Kind(
    "classes",
    "class",
    (
        _ID,
        _text("name", "what a citizen reads", limit=60),
        Key("rate", values.number(0.1, 100), help="1 for the ordinary class, more for those who go sooner"),
        _text("about", "who belongs to it", default={}),
    ),
    limit=20,
)

GROUPS = Kind(
    "groups",
    "group",
    (_ID, _text("name", "a heading of the kiosk", limit=100)),
    limit=30,
)

AGENCIES = Kind(
    "agencies",
    "agency",
    (
        _ID,
        Key("code", values.line(20), "", "the agency's own abbreviation"),
        Key("chip", values.letters, help="the letter that stands for it on every screen"),
        Key("group", values.ident, help="the id of its heading", refers="groups"),
        _text("name", "the agency's name"),
        _text("about", "what it does, in one line", default={}),
    ),
    limit=100,
    identity=("id", "chip"),
)

QUEUES = Kind(
    "queues",
    "queue",
    (
        _ID,
        Key("agency", values.ident, help="the id of its agency", refers="agencies"),
        Key("prefix", values.letters, "", "the letter before the number"),
        _text("name", "what it is for", default={}),
        Key("minutes", values.number(0.5, 240), 10.0),
        Key("first", values.whole(1, 9999), 1),
        Key("last", values.whole(1, 9999), 9999),
        Key("width", values.whole(1, 6), 3),
    ),
    limit=200,
    identity=("id", "prefix"),
)

SERVICES = Kind(
    "services",
    "service",
    (
        _ID,
        Key("queue", values.ident, help="the id of the queue that handles it", refers="queues"),
        Key("popular", values.whole(1, 999), None),
        Key("minutes", values.number(0.5, 240), None),
        Key("days", values.line(40), ""),
        Key("fee", values.line(100), ""),
        Key("field", values.line(300), ""),
        _text("name", "the procedure's name", limit=1200, languages="first"),
    ),
    limit=5000,
    required=False,
)

AREAS = Kind(
    "areas",
    "area",
    (
        _ID,
        _text("name", "what the sign says", limit=60),
        _text("direction", "how to walk there from the kiosks"),
        Key(
            "arrow",
            values.choice("left", "right", "ahead", "up-left", "up-right", "back"),
            help="left, right, ahead, up-left, up-right or back",
        ),
    ),
    limit=50,
)

COUNTERS = Kind(
    "counters",
    "counter",
    (
        Key("id", values.ident, ""),
        Key("number", values.sign, help="the number on its sign"),
        Key("area", values.ident, help="the id of the area it stands in", refers="areas"),
        Key(
            "queues",
            values.several(values.ident),
            help="the queues it serves, the preferred one first",
            refers="queues",
        ),
        Key("helps", values.several(values.ident), (), refers="queues"),
        Key("in_order", values.flag, False),
    ),
    limit=300,
    identity=("id", "number"),
)

BOARDS = Kind(
    "boards",
    "board",
    (
        _ID,
        _text("name", "where it hangs", limit=100),
        Key("areas", values.several(values.ident), (), refers="areas"),
        Key("speaks", values.flag, True),
    ),
    limit=50,
    required=False,
)

KIOSKS = Kind(
    "kiosks",
    "kiosk",
    (
        _ID,
        _text("name", "where it stands", limit=100),
        Key("printer", values.address, ""),
    ),
    limit=50,
    required=False,
)

REASONS = Kind(
    "reasons",
    "reason",
    (
        Key("kind", values.choice(*get_args(ReasonKind)), help="pause, park, cancel, outcome or summon"),
        _ID,
        _text("name", "what a person chooses", limit=80),
    ),
    limit=200,
    identity=(),
    required=False,
)

RIGHTS_OF_ROLES = Kind(
    "rights",
    "right",
    (
        Key("action", values.choice(*RIGHTS), help="for example 'call_chosen'"),
        Key("roles", values.several(values.choice(*ROLES)), help='for example ["supervisor"]'),
    ),
    limit=50,
    identity=("action",),
    required=False,
)

LISTS = (
    HOURS,
    HOLIDAYS,
    CLASSES,
    GROUPS,
    AGENCIES,
    QUEUES,
    SERVICES,
    AREAS,
    COUNTERS,
    BOARDS,
    KIOSKS,
    REASONS,
    RIGHTS_OF_ROLES,
)
"""Every kind that may stand in a list, in the order in which they are read and told of."""

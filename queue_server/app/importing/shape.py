"""Which kinds of table a site file has and which keys each of them takes: the one table of the format."""

from __future__ import annotations

from queue_server.app.importing import values
from queue_server.app.importing.kinds import ID, Key, Kind, text
from queue_server.app.importing.shape_rule import REASONS, RIGHTS_OF_ROLES, RULE, RULE_FILE

SITE = Kind(
    "site",
    "the site",
    (
        ID,
        text("name", "the centre's name"),
        text("slogan", "a line under the name", default={}),
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
        text("name", "what is celebrated"),
    ),
    limit=500,
    identity=("date",),
    required=False,
)

CLASSES = Kind(
    "classes",
    "class",
    (
        ID,
        text("name", "what a citizen reads", limit=60),
        Key("rate", values.number(0.1, 100), help="1 for the ordinary class, more for those who go sooner"),
        text("about", "who belongs to it", default={}),
    ),
    limit=20,
)

GROUPS = Kind(
    "groups",
    "group",
    (ID, text("name", "a heading of the kiosk", limit=100)),
    limit=30,
)

AGENCIES = Kind(
    "agencies",
    "agency",
    (
        ID,
        Key("code", values.line(20), "", "the agency's own abbreviation"),
        Key("chip", values.letters, help="the letter that stands for it on every screen"),
        Key("group", values.ident, help="the id of its heading", refers="groups"),
        text("name", "the agency's name"),
        text("about", "what it does, in one line", default={}),
    ),
    limit=100,
    identity=("id", "chip"),
)

QUEUES = Kind(
    "queues",
    "queue",
    (
        ID,
        Key("agency", values.ident, help="the id of its agency", refers="agencies"),
        Key("prefix", values.letters, "", "the letter before the number"),
        text("name", "what it is for", default={}),
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
        ID,
        Key("queue", values.ident, help="the id of the queue that handles it", refers="queues"),
        Key("popular", values.whole(1, 999), None),
        Key("minutes", values.number(0.5, 240), None),
        Key("days", values.line(40), ""),
        Key("fee", values.line(100), ""),
        Key("field", values.line(300), ""),
        text("name", "the procedure's name", limit=1200, languages="first"),
    ),
    limit=5000,
    required=False,
)

AREAS = Kind(
    "areas",
    "area",
    (
        ID,
        text("name", "what the sign says", limit=60),
        text("direction", "how to walk there from the kiosks"),
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
        ID,
        text("name", "where it hangs", limit=100),
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
        ID,
        text("name", "where it stands", limit=100),
        Key("printer", values.address, ""),
        Key("offline_first", values.whole(0, 9999), 0),
        Key("offline_last", values.whole(0, 9999), 0),
        Key("without_paper", values.choice("screen", "close"), "screen"),
    ),
    limit=50,
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

__all__ = ["LISTS", "RULE", "RULE_FILE", "SITE"]

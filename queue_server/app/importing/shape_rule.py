"""The kinds of table in which a centre states its rules: who is next, reasons to choose from, rights."""

from __future__ import annotations

from typing import get_args

from queue_server.app.importing import values
from queue_server.app.importing.kinds import ID, Key, Kind, text
from queue_server.core.calling_rule import Place
from queue_server.core.reasons import ReasonKind
from queue_server.core.rights import RIGHTS, ROLES

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

REASONS = Kind(
    "reasons",
    "reason",
    (
        Key("kind", values.choice(*get_args(ReasonKind)), help="pause, park, cancel, outcome or summon"),
        ID,
        text("name", "what a person chooses", limit=80),
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

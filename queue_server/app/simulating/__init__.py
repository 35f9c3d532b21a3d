"""Simulation: a recorded day or a trace under another rule, or with another number of counters."""

from ...core.rule import Rule
from .chart import draw
from .figures import Figures, figures
from .free import run_free
from .paced import run_paced
from .recorded import NoSuchDay, recorded_day
from .report import table, to_data
from .rule_file import BadRule, read_rule
from .rules import fifo, own_rule, strict
from .staffing import BadStaffing, Staffing, staffing
from .study import Drawing, Study, of_journal, of_trace
from .trace import BadTrace, Row, read_trace, rows_of
from .visits import visits_of_journal
from .words import LANGUAGES, Words

__all__ = [
    "LANGUAGES",
    "BadRule",
    "BadStaffing",
    "BadTrace",
    "Drawing",
    "Figures",
    "NoSuchDay",
    "Row",
    "Rule",
    "Staffing",
    "Study",
    "Words",
    "draw",
    "fifo",
    "figures",
    "of_journal",
    "of_trace",
    "own_rule",
    "read_rule",
    "read_trace",
    "recorded_day",
    "rows_of",
    "run_free",
    "run_paced",
    "staffing",
    "strict",
    "table",
    "to_data",
    "visits_of_journal",
]

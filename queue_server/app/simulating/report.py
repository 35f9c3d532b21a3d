"""A study as a table for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...core.rule import Rule
from ...core.site import ORDINARY
from ...core.text import in_language
from .figures import ClassFigures, Figures, figures
from .study import Run, Study
from .words import Words

_COLUMNS = (
    "class",
    "people",
    "p50",
    "p90",
    "mean",
    "longest",
    "over",
    "overtaken",
    "overtakings",
    "worst",
    "gone",
    "left",
)


def table(study: Study, target_minutes: float, words: Words) -> str:
    """The study in words and columns."""
    lines = [study.title]
    if study.same is not None:
        lines.append(words("same") if study.same else words("not-same", {"call": _first_difference(study)}))
    lines += [words(name, told) for name, told in study.notes]
    lines.append(words("minutes", {"target": words.number(target_minutes)}))
    for run in study.runs:
        found = figures(run.outcomes, target_minutes)
        lines += ["", rule_name(run.rule, words) + _in_brackets(run.rule, words)]
        lines += _columns([_heading(words), *_rows(study, found, words)])
        lines += _below(study, run, found, words)
    return "\n".join(lines) + "\n"


def to_data(study: Study, target_minutes: float, words: Words) -> dict[str, Any]:
    """The same for JSON: waits in minutes, shares from 0 to 1."""
    return {
        "title": study.title,
        "target_minutes": target_minutes,
        "reproduced": study.same,
        "notes": [words(name, told) for name, told in study.notes],
        "runs": [
            {
                "name": rule_name(run.rule, words),
                "recorded": run.rule is None,
                "rule": _rule_data(run.rule),
                "changed_calls": changed(study, run),
                **figures(run.outcomes, target_minutes).to_data(),
            }
            for run in study.runs
        ],
    }


def rule_name(rule: Rule | None, words: Words) -> str:
    return words("record") if rule is None else rule.name


def class_name(study: Study, priority: str | None, words: Words) -> str:
    if priority is None:
        return words("everybody")
    if priority in study.class_names:
        return in_language(study.class_names[priority], words.language)
    return words("ordinary") if priority == ORDINARY else priority


def changed(study: Study, run: Run) -> int | None:
    """How many of the recorded calls went to somebody else; None where the moments of calling differ."""
    if not study.paced or run.rule is None:
        return None
    recorded, other = study.runs[0].outcomes[0].calls, run.outcomes[0].calls
    differing = sum(one != two for one, two in zip(recorded, other, strict=False))
    return differing + abs(len(recorded) - len(other))


def _first_difference(study: Study) -> str:
    recorded = study.runs[0].outcomes[0].calls
    again = study.again.calls if study.again else ()
    for one, two in zip(recorded, again, strict=False):
        if one != two:
            return one.label
    return recorded[min(len(again), len(recorded) - 1)].label if recorded else "–"


def _heading(words: Words) -> list[str]:
    return [words(f"column-{name}") for name in _COLUMNS]


def _rows(study: Study, found: Figures, words: Words) -> Iterator[list[str]]:
    for one in (*found.classes, found.total):
        yield [class_name(study, one.priority, words), *_cells(one, words)]


def _cells(one: ClassFigures, words: Words) -> list[str]:
    waits = [words.number(wait, 1) for wait in (one.p50, one.p90, one.mean, one.longest)]
    counts = (one.overtaken, one.overtakings, one.worst, one.abandoned, one.left)
    return [words.number(one.people), *waits, words.share(one.over_target), *map(words.number, counts)]


def _columns(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  " + "  ".join(cells)


def _below(study: Study, run: Run, found: Figures, words: Words) -> Iterator[str]:
    if found.open_hours:
        told = {
            "counters": found.counters,
            "days": len(run.outcomes),
            "open": words.number(found.open_hours, 1),
            "idle": words.number(found.idle_hours, 1),
            "share": words.share(found.idle_share),
        }
        yield "  " + words("desks" if len(run.outcomes) == 1 else "days", told)
    differing = changed(study, run)
    if differing is not None:
        recorded = len(study.runs[0].outcomes[0].calls)
        yield "  " + words("changed", {"changed": differing, "calls": recorded})


def _in_brackets(rule: Rule | None, words: Words) -> str:
    if rule is None:
        return ""
    minutes = rule.cap_minutes
    cap = words("no-cap") if minutes is None else words("cap", {"minutes": f"{minutes:g}"})
    if rule.preset == "one-in-n":
        told = {"n": rule.n, "preferred": ", ".join(rule.preferred), "cap": cap}
        return f" ({words('rule-one-in', told)})"
    if rule.preset == "strict":
        return f" ({words('rule-strict', {'order': ' > '.join(rule.order), 'cap': cap})})"
    if rule.preset == "fifo" or set(rule.rates.values()) <= {1.0}:
        return f" ({words('rule-fifo', {'cap': cap})})"
    rates = [f"{name} {rate:g}".replace(".", words.number(0.1, 1)[1]) for name, rate in rule.rates.items()]
    return f" ({words('rule-rates', {'rates': ', '.join([*rates, words('rate-else')]), 'cap': cap})})"


def _rule_data(rule: Rule | None) -> dict[str, Any] | None:
    if rule is None:
        return None
    return {
        "name": rule.name,
        "preset": rule.preset,
        "rates": dict(rule.rates),
        "cap_minutes": rule.cap_minutes,
        "order": list(rule.order),
        "n": rule.n,
        "preferred": list(rule.preferred),
    }

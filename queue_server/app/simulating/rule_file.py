"""Reads a rule file, in the words of a site file's [rule]; every mistake is told with its line and mend."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any

from ...core.rule import Rule
from ..importing import ImportProblems
from ..importing.problems import Findings, Place, nearest
from ..importing.reading import Item, RecordReader
from ..importing.records import Record
from ..importing.rules import preset
from ..importing.shape import RULE_FILE
from ..importing.toml_lines import key_lines


class BadRule(Exception):
    """A rule file that cannot be followed; the message says what is wrong and what would be right."""


def read_rule(text: str, name: str, file: str = "rule") -> Rule:
    """The rule that a file states; `name` is used where it gives none. Raises BadRule."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRule(f"{file}: not TOML: {error}") from error
    findings = Findings()
    lines = {str(path[0]): line for path, line in key_lines(text).items() if len(path) == 1}
    item = RecordReader((), findings).read(RULE_FILE, Record("rule", Place(file, 1), told, lines))
    preset(item, findings)
    _rates(item, findings)
    try:
        findings.raise_if_wrong()
    except ImportProblems as problems:
        raise BadRule(str(problems)) from problems
    given: dict[str, Any] = dict(item.values)
    return Rule(**given | {"name": given["name"] or name, "rates": given["rates"] or {}})


def check_classes(rule: Rule, classes: Iterable[str], *, every: bool) -> None:
    """Raises BadRule where the rule names a class that nobody there has (`every`), or only such classes."""
    known = sorted(classes)
    named = [*rule.rates, *rule.order, *rule.preferred]
    strange = [one for one in named if one not in known]
    if strange and (every or len(strange) == len(named)):
        raise BadRule(f"{rule.name}: class '{strange[0]}' is not known; {nearest(strange[0], known)}")


def _rates(rule: Item, findings: Findings) -> None:
    """Rates stand in the file, where a site file has them with its classes; a preset needs none."""
    chosen, given = rule.values.get("preset"), "rates" in rule.record.cells
    if chosen == "rates" and not given:
        findings.mistake(rule.record.place, "no-rates")
    elif chosen not in ("rates", None) and given:
        findings.mistake(rule.where("rates"), "preset-key", key="rates", owner="rates")

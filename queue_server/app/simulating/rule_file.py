"""Reads a rule file: rates and a cap, or a preset, in TOML; every mistake is told with its mend."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from .rules import Rule, fifo, strict

_KEYS = ("name", "preset", "rates", "cap_minutes", "order", "n", "preferred")
_PRESETS = ("fifo", "strict", "one-in-n")
_ONLY_FOR = {"order": "strict", "n": "one-in-n", "preferred": "one-in-n"}


class BadRule(Exception):
    """A rule file that cannot be followed; the message says what is wrong and what would be right."""


def read_rule(text: str, name: str) -> Rule:
    """The rule that a file states; `name` is used where it gives none. Raises BadRule."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRule(f"not TOML: {error}") from error
    for key in told:
        if key not in _KEYS:
            raise BadRule(f"unknown key {key!r}{_nearest(key, _KEYS)}")
    name = _text(told, "name", name)
    cap = _number(told["cap_minutes"], "cap_minutes", least=0) if "cap_minutes" in told else None
    preset = told.get("preset")
    for key, owner in _ONLY_FOR.items():
        if key in told and preset != owner:
            raise BadRule(f'{key} goes with preset = "{owner}" only')
    if preset is None:
        return Rule(name, _rates(told), cap)
    if "rates" in told:
        raise BadRule("give either rates or a preset, not both")
    return _preset(preset, told, name, cap)


def check_classes(rule: Rule, classes: Iterable[str], *, every: bool) -> None:
    """Raises BadRule where the rule names a class that nobody there has (`every`), or only such classes."""
    known = sorted(classes)
    named = [*rule.rates, *rule.preferred]
    strange = [one for one in named if one not in known]
    if strange and (every or len(strange) == len(named)):
        raise BadRule(
            f"{rule.name}: no class {strange[0]!r}{_nearest(strange[0], known)}; there is: {', '.join(known)}"
        )


def _preset(preset: Any, told: Mapping[str, Any], name: str, cap: float | None) -> Rule:
    if preset == "fifo":
        return fifo(name, cap)
    if preset == "strict":
        return strict(_names(told, "order"), name, cap)
    if preset == "one-in-n":
        n = told.get("n")
        if not isinstance(n, int) or isinstance(n, bool) or n < 1:
            raise BadRule(f"n must be a whole number from 1 on, not {n!r}")
        return Rule(name, {}, cap, one_in=n, preferred=tuple(_names(told, "preferred")))
    raise BadRule(f"unknown preset {preset!r}; there is: {', '.join(_PRESETS)}")


def _rates(told: Mapping[str, Any]) -> dict[str, float]:
    rates = told.get("rates")
    if not isinstance(rates, dict) or not rates:
        raise BadRule('give a table [rates] (class = credit per minute), or preset = "fifo"')
    return {str(one): _number(rate, f"rates.{one}", least=0) for one, rate in rates.items()}


def _names(told: Mapping[str, Any], key: str) -> Sequence[str]:
    names = told.get(key)
    if not isinstance(names, list) or not names or not all(isinstance(one, str) for one in names):
        raise BadRule(f'{key} must be a list of classes, such as {key} = ["merit", "elderly"]')
    if len(set(names)) < len(names):
        raise BadRule(f"{key} names a class twice")
    return names


def _number(value: Any, key: str, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadRule(f"{key} must be a number, not {value!r}")
    if not math.isfinite(value) or value < least:
        raise BadRule(f"{key} must be {least:g} or more, not {value!r}")
    return float(value)


def _text(told: Mapping[str, Any], key: str, default: str) -> str:
    value = told.get(key, default)
    if not isinstance(value, str) or not value:
        raise BadRule(f"{key} must be a text, not {value!r}")
    return value


def _nearest(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, 1)
    return f"; did you mean {close[0]!r}?" if close else ""

"""Drives the signs above the counters after the live changes of the hall, as a program of its own."""

from __future__ import annotations

from display.signs.plan import BadPlan, SignPlan, read_plan
from display.signs.running import News, run

__all__ = ["BadPlan", "News", "SignPlan", "read_plan", "run"]

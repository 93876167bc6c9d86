"""Which warning a last day calls for on a day, and whom it reaches: read from ``ladder.yaml``, no clock of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

HANDLER = "handler"
"""The one who works on the matter; the other words of the ladder are roles."""


@dataclass(frozen=True)
class Rung:
    """From ``days`` before the last day on (-1: once it is over), ``tells`` are told what ``says`` says."""

    days: int
    tells: tuple[str, ...]
    says: str


@cache
def rungs() -> tuple[Rung, ...]:
    """The rungs, from the earliest warning to the last."""
    loaded = yaml.safe_load((files("jianwei.desk.workbench") / "ladder.yaml").read_text("utf-8"))
    found = (Rung(rung["days"], tuple(rung["tells"]), rung["says"]) for rung in loaded["rungs"])
    return tuple(sorted(found, key=lambda rung: -rung.days))


def rung_on(due_on: dt.date, day: dt.date) -> Rung | None:
    """The rung a last day stands on at ``day``; None while it is too far away to warn of."""
    left = max((due_on - day).days, -1)
    return next((rung for rung in reversed(rungs()) if left <= rung.days), None)


def horizon(day: dt.date) -> dt.date:
    """The last day that is warned of at ``day``."""
    return day + dt.timedelta(days=rungs()[0].days)

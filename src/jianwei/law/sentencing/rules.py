"""The numbers of the law of sentences: dated, each with its citation, read from ``data/``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jianwei.law.dated import Dated, NotInForce, Version
from jianwei.law.source import load_yaml

FILES = ("kinds", "absorption", "probation", "fine", "compulsory_fine", "credit", "counting", "recidivism")


@dataclass(frozen=True)
class Rule:
    """One version of one rule: its numbers, and where they stand. ``verified`` false: the text was not re-read."""

    numbers: Mapping[str, Any]
    cite: str
    verified: bool = True

    def __getitem__(self, name: str) -> Any:
        return self.numbers.get(name)


@cache
def rules(file: str) -> dict[str, Dated[Rule]]:
    """The rules of one data file by their Chinese name."""
    return {
        name: Dated(name, map(_version, versions))
        for name, versions in load_yaml("sentencing/data", f"{file}.yaml").items()
    }


def _version(row: dict[str, Any]) -> Version[Rule]:
    numbers = {k: v for k, v in row.items() if k not in ("from", "to", "cite", "verified")}
    return Version(row["from"], Rule(numbers, row["cite"], row.get("verified", True)), row.get("to"))


def rule(file: str, name: str, on: dt.date | None) -> Rule | None:
    """The version in force on ``on``; the latest one when the day is unknown; None where no version covers the day."""
    dated = rules(file).get(name)
    if dated is None:
        return None
    if on is None:
        return dated.versions[-1].value
    try:
        return dated.on(on)
    except NotInForce:
        return None


def either(file: str, name: str, acted_on: dt.date | None, decided_on: dt.date | None) -> list[Rule]:
    """The versions that may govern an act judged later (从旧兼从轻，刑法第十二条): that of the act and that of the judgment."""
    days: list[dt.date | None] = [day for day in (acted_on, decided_on) if day is not None] or [None]
    found = (rule(file, name, day) for day in days)
    return list({id(r): r for r in found if r is not None}.values())


@cache
def ratio_fined() -> frozenset[str]:
    """Charges whose fine the article measures by a ratio."""
    return frozenset(load_yaml("sentencing/data", "ratio_fine.yaml")["charges"])

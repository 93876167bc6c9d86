"""Statutory time limits as dated data: one file a limit, see README.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from jianwei.errors import JianweiError
from jianwei.law.dated import Dated, Version
from jianwei.law.limits.counting import Due, MonthRule, Period, Unit, add, add_months, due

__all__ = [
    "Due",
    "Edition",
    "Limit",
    "MonthRule",
    "Period",
    "Unit",
    "UnknownLimit",
    "Variant",
    "add",
    "add_months",
    "due",
    "keys",
    "limit",
]

_UNITS = {"hours": Unit.HOURS, "days": Unit.DAYS, "working_days": Unit.WORKING_DAYS, "months": Unit.MONTHS, "years": Unit.YEARS}


class UnknownLimit(JianweiError):
    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"没有名为 {key} 的法定期限")


@dataclass(frozen=True)
class Variant:
    """An extension (``period`` is added) or an alternative length (``period`` replaces), with what it presupposes."""

    key: str
    when: str
    period: Period
    cite: str


@dataclass(frozen=True)
class Edition:
    """A limit as one edition of the law has it."""

    period: Period
    cite: str
    verified: bool
    extensions: Mapping[str, Variant]
    alternatives: Mapping[str, Variant]
    restarts: tuple[str, ...]
    excludes: tuple[str, ...]


@dataclass(frozen=True)
class Limit:
    """One statutory limit."""

    key: str
    title: str
    row: int
    starts: str
    month_rule: MonthRule
    custody_rolls: bool
    at_most: int | None
    editions: Dated[Edition]
    worked: tuple[Mapping[str, Any], ...]

    def due(
        self,
        start: dt.date,
        *,
        extended: tuple[str, ...] = (),
        alternative: str | None = None,
        excluded_days: int = 0,
        custody: bool = False,
    ) -> Due:
        """The last day by the edition in force on ``start``. Raises ``NotInForce`` before the first edition."""
        edition = self.editions.on(start)
        period = edition.alternatives[alternative].period if alternative else edition.period
        return due(
            start,
            period,
            self.month_rule,
            extensions=tuple(edition.extensions[key].period for key in extended),
            excluded_days=excluded_days,
            rolls=self.custody_rolls or not custody,
        )


@cache
def limit(key: str) -> Limit:
    """The limit of that key, such as ``criminal/prosecution_review``."""
    line, _, name = key.partition("/")
    place = files("jianwei.law") / "limits" / line / f"{name}.yaml"
    if not place.is_file():
        raise UnknownLimit(key)
    return _limit(key, yaml.safe_load(place.read_text("utf-8")))


def keys() -> Iterator[str]:
    """The keys of all limits, in order."""
    for line in sorted((files("jianwei.law") / "limits").iterdir(), key=lambda f: f.name):
        if line.is_dir() and not line.name.startswith("_"):
            names = sorted(f.name for f in line.iterdir() if f.name.endswith(".yaml"))
            yield from (f"{line.name}/{name.removesuffix('.yaml')}" for name in names)


def _limit(key: str, loaded: Mapping[str, Any]) -> Limit:
    return Limit(
        key=key,
        title=loaded["title"],
        row=loaded["row"],
        starts=loaded["starts"],
        month_rule=MonthRule(loaded["month_rule"]),
        custody_rolls=loaded["custody_rolls"],
        at_most=loaded["at_most"]["times"] if "at_most" in loaded else None,
        editions=Dated(loaded["title"], [Version(v["from_on"], _edition(v), v.get("to_on")) for v in loaded["versions"]]),
        worked=tuple(loaded.get("worked", ())),
    )


def _edition(loaded: Mapping[str, Any]) -> Edition:
    return Edition(
        period=_period(loaded["period"]),
        cite=_cite(loaded["cite"]),
        verified=loaded["verified"],
        extensions={e["key"]: _variant(e, "adds") for e in loaded.get("extensions", ())},
        alternatives={a["key"]: _variant(a, "period") for a in loaded.get("alternatives", ())},
        restarts=tuple(loaded.get("restarts", ())),
        excludes=tuple(loaded.get("excludes", ())),
    )


def _variant(loaded: Mapping[str, Any], length: str) -> Variant:
    return Variant(loaded["key"], loaded["when"], _period(loaded[length]), _cite(loaded["cite"]))


def _period(loaded: Mapping[str, int]) -> Period:
    ((unit, number),) = loaded.items()
    return Period(number, _UNITS[unit])


def _cite(loaded: Mapping[str, str]) -> str:
    return f"《{loaded['law']}》{loaded['article']}"

"""Statutory time limits as dated data: one file a limit, see README.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from jianwei.errors import JianweiError
from jianwei.law.dated import Dated, Version
from jianwei.law.limits.counting import Due, MonthRule, Pause, Period, Step, Unit, add, add_months, due
from jianwei.law.limits.limit import UNVERIFIED, Custody, Edition, Limit, Nature, TooLong, Variant
from jianwei.law.limits.set_day import set_due, set_limit, within
from jianwei.shelving import BrokenUnit, reported

__all__ = [
    "UNVERIFIED",
    "Custody",
    "Due",
    "Edition",
    "Limit",
    "MonthRule",
    "Nature",
    "Pause",
    "Period",
    "Shelf",
    "Step",
    "TooLong",
    "Unit",
    "UnknownLimit",
    "Variant",
    "add",
    "add_months",
    "due",
    "keys",
    "limit",
    "period",
    "set_due",
    "set_limit",
    "shelf",
    "within",
]

_UNITS = {
    "hours": Unit.HOURS,
    "days": Unit.DAYS,
    "working_days": Unit.WORKING_DAYS,
    "months": Unit.MONTHS,
    "years": Unit.YEARS,
}


class UnknownLimit(JianweiError):
    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(f"没有名为 {key} 的法定期限")


@dataclass(frozen=True)
class Shelf:
    """The limits by key, in order, and the files that cannot be used."""

    limits: dict[str, Limit]
    broken: tuple[BrokenUnit, ...]


@cache
def limit(key: str) -> Limit:
    """The limit of that key, such as ``criminal/prosecution_review``. Raises ``UnknownLimit``, ``BrokenUnit``."""
    line, _, name = key.partition("/")
    place = files("jianwei.law") / "limits" / line / f"{name}.yaml"
    if not place.is_file():
        raise UnknownLimit(key)
    try:
        return _limit(key, yaml.load(place.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    except (yaml.YAMLError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise BrokenUnit.by(error, "期限", f"{key}.yaml") from error


@cache
def shelf() -> Shelf:
    """Every limit. A broken file is reported and spoils only itself, and the procedures that need it."""
    found: dict[str, Limit] = {}
    broken: list[BrokenUnit] = []
    for key in tuple(keys()):
        try:
            found[key] = limit(key)
        except BrokenUnit as unit:
            broken.append(reported(unit))
    return Shelf(found, tuple(broken))


def keys() -> Iterator[str]:
    """The keys of all limits, in order."""
    for line in sorted((files("jianwei.law") / "limits").iterdir(), key=lambda f: f.name):
        if line.is_dir() and not line.name.startswith("_"):
            names = sorted(f.name for f in line.iterdir() if f.name.endswith(".yaml"))
            yield from (f"{line.name}/{name.removesuffix('.yaml')}" for name in names)


def period(loaded: Mapping[str, int]) -> Period:
    """A length as data write it: ``{months: 1}``."""
    ((unit, number),) = loaded.items()
    return Period(number, _UNITS[unit])


def _limit(key: str, loaded: Mapping[str, Any]) -> Limit:
    at_most = loaded.get("at_most")
    return Limit(
        key=key,
        title=loaded["title"],
        row=loaded["row"],
        also_rows=tuple(loaded.get("also_rows", ())),
        binds=loaded["binds"],
        nature=Nature(loaded.get("nature", "期限")),
        starts=loaded["starts"],
        month_rule=MonthRule(loaded["month_rule"]),
        custody=Custody(loaded.get("custody", "顺延")),
        confidence=loaded["confidence"],
        at_most=at_most["times"] if at_most else None,
        at_most_cite=_cite(at_most["cite"]) if at_most else "",
        counts_start=loaded.get("counts_start", False),
        next_full_hour=loaded.get("next_full_hour", False),
        rolls=loaded.get("rolls", True),
        note=loaded.get("note", ""),
        editions=Dated(
            loaded["title"], [Version(v["from_on"], _edition(v), v.get("to_on")) for v in loaded["versions"]]
        ),
        worked=tuple(loaded.get("worked", ())),
    )


def _edition(loaded: Mapping[str, Any]) -> Edition:
    return Edition(
        period=period(loaded["period"]),
        cite=_cite(loaded["cite"]),
        verified=loaded["verified"],
        extensions={e["key"]: _variant(e, "adds") for e in loaded.get("extensions", ())},
        alternatives={a["key"]: _variant(a, "period") for a in loaded.get("alternatives", ())},
        restarts=tuple(loaded.get("restarts", ())),
        excludes=tuple(loaded.get("excludes", ())),
        at_least=period(loaded["at_least"]) if "at_least" in loaded else None,
    )


def _variant(loaded: Mapping[str, Any], length: str) -> Variant:
    open_ended = isinstance(loaded[length], str)
    return Variant(
        key=loaded["key"],
        when=loaded["when"],
        period=Period(0, _UNITS[loaded[length]]) if open_ended else period(loaded[length]),
        cite=_cite(loaded["cite"]),
        by=loaded.get("by", ""),
        after=loaded.get("after", ""),
        request_before=period(loaded["request_before"]) if "request_before" in loaded else None,
        request_cite=_cite(loaded["request_cite"]) if "request_cite" in loaded else "",
        plus=period(loaded["plus"]) if "plus" in loaded else None,
        open_ended=open_ended,
        repeats=loaded.get("repeats", False),
        verified=loaded.get("verified", True),
    )


def _cite(loaded: Mapping[str, str]) -> str:
    law = loaded["law"].replace("《", "〈").replace("》", "〉")
    return f"《{law}》{loaded['article']}"

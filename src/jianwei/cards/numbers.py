"""Numbers that rules measure by: dated, each with its source, in ``numbers.yaml``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from jianwei.law.dated import Dated, Version


@dataclass(frozen=True)
class Number:
    """One version. ``verified`` false: nobody legislated it, or the text was not re-read."""

    value: int
    cite: str
    verified: bool


@cache
def numbers() -> dict[str, Dated[Number]]:
    """Every number by its name; ``.what`` is its Chinese title."""
    loaded = yaml.safe_load((files("jianwei.cards") / "numbers.yaml").read_text("utf-8"))
    return {
        name: Dated(
            entry["title"],
            [Version(v["from_on"], Number(v["value"], v["cite"], v["verified"])) for v in entry["versions"]],
        )
        for name, entry in loaded.items()
    }


@cache
def number(name: str, on: dt.date | None) -> int:
    """The number in force on ``on``; the latest where the day is not known or lies before the first."""
    dated = numbers()[name]
    version = dated.version(on) if on else None
    return (version or dated.versions[-1]).value.value

"""Words for made-up matters, by what a fact is called."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from jianwei.procedures import FactKind

_PLACES = re.compile(r"([^省市县区州盟旗])[^省市县区州盟旗]*[省市县区州盟旗]")


def words(kind: FactKind, label: str, year: int, rng: Random, people: tuple[str, ...], place: str) -> str:
    """A short or a long text for a fact of that name; ``place`` such as 甲县."""
    group = next(
        one for one in _groups()[kind is FactKind.LONG_TEXT] if any(part in label for part in one.get("in", [""]))
    )
    return str(rng.choice(group["says"])).format(
        place=place,
        short=short(place),
        person=rng.choice(people),
        year=year,
        before=year - 1,
        number=rng.randrange(3, 900),
    )


def short(place: str) -> str:
    """``温州市龙湾区`` as numbers of documents have it: ``温龙``."""
    return "".join(_PLACES.findall(place)) or place


@cache
def _groups() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    loaded = yaml.safe_load((Path(__file__).parent / "invented.yaml").read_text("utf-8"))
    return loaded["short"], loaded["long"]

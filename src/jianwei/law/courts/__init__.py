"""People's courts: names, levels, superior court and region."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from jianwei.law import regions
from jianwei.law.source import load_csv

LEVELS = ("最高", "高级", "中级", "基层", "专门")


@dataclass(frozen=True)
class Court:
    """One court. ``region`` is the six-digit code of the place it sits for; ``parent`` the superior court's code."""

    code: str
    name: str
    level: str
    parent: str
    region: str


@cache
def all_courts() -> dict[str, Court]:
    """Every court by its full name."""
    return {row["name"]: Court(**row) for row in load_csv("courts", "courts.csv")}


@cache
def _suffixes() -> dict[str, Court | None]:
    """Names without province or city, as letterheads print them; None where two courts share the short form."""
    found: dict[str, Court | None] = {}
    for court in all_courts().values():
        rest = court.name
        province = regions.province(court.region) or ""
        city = regions.name(court.region[:4] + "00") or ""
        forms = {rest}
        for lead in (province, regions.short(province), city):
            if lead and rest.startswith(lead) and len(rest) - len(lead) > 5:
                rest = rest[len(lead) :]
                forms.add(rest)
        for form in forms:
            found[form] = None if form in found and found[form] != court else court
    return found


def _forms(name: str) -> Iterator[str]:
    """``name`` as printed, then without its province."""
    yield name
    for length in (2, 3):
        if (rest := name[length:]) and regions.is_province(name[:length]):
            yield rest.removeprefix("省").removeprefix("市").removeprefix("自治区") or rest
            yield rest


@lru_cache(maxsize=20_000)
def find(name: str) -> Court | None:
    """The court of that name, also without its province or city where that is unambiguous.

    A court that the list does not know (founded or renamed since) is still placed by its name: the level by its words,
    the region by ``regions.lookup``; its ``code`` is then empty. None if the name is no court's.
    """
    name = re.sub(r"\s+", "", name)
    for form in _forms(name):
        known = all_courts().get(form) or _suffixes().get(form)
        if known:
            return known
    if not name.endswith("法院"):
        return None
    region = regions.lookup(name)
    if region is None:
        return None
    level = "高级" if "高级" in name else "中级" if "中级" in name else "基层"
    return Court(code="", name=name, level=level, parent="", region=region)


def canonical(name: str) -> str:
    """The name by which the list of courts knows the court; a name it does not know, without spaces."""
    court = find(name)
    return court.name if court else re.sub(r"\s+", "", name)


def level_of(name: str) -> str | None:
    """最高, 高级, 中级, 基层 or 专门; None if not a court."""
    court = find(name)
    return court.level if court else None

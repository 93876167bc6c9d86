"""Charges (罪名) with their chapter of the criminal law, form of fault and, for the common ones, the article."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jianwei.law.source import load_csv


@dataclass(frozen=True)
class Charge:
    """One charge. ``fault`` is 故意, 过失 or 有争议; ``article`` such as ``264`` or ``133之一``, empty if not listed."""

    name: str
    chapter: str
    fault: str
    article: str

    @property
    def intentional(self) -> bool | None:
        """True, false, or None where the law does not settle it."""
        return {"故意": True, "过失": False}.get(self.fault)


@cache
def by_name() -> dict[str, Charge]:
    """Charges by their full name, ``盗窃罪``."""
    return {row["name"]: Charge(**row) for row in load_csv("charges", "charges.csv")}


def __getattr__(name: str) -> tuple[Charge, ...]:
    if name == "ALL":
        return tuple(by_name().values())
    raise AttributeError(name)


@cache
def _selective() -> tuple[tuple[str, Charge], ...]:
    """Selective charges (选择性罪名), shortest first, their separators taken out."""
    found = ((c.name.removesuffix("罪").replace("、", ""), c) for c in by_name().values() if "、" in c.name)
    return tuple(sorted(found, key=lambda pair: len(pair[0])))


@cache
def find(name: str) -> Charge | None:
    """The charge of that name, with or without 罪; also a part of a selective charge (贩卖毒品罪)."""
    bare = name.removesuffix("罪")
    known = by_name().get(bare + "罪")
    if known or len(bare) < 4:
        return known
    wanted = bare.replace("、", "")
    for body, charge in _selective():
        if wanted[:2] in body and wanted[-2:] in body and _in_order(wanted, body):
            return charge
    return None


def _in_order(wanted: str, body: str) -> bool:
    """Whether the characters of ``wanted`` occur in ``body`` in that order."""
    rest = iter(body)
    return all(character in rest for character in wanted)

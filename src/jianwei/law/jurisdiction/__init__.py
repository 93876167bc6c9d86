"""级别管辖：基层人民法院第一审民商事案件的标的额上限，随省份、日期、双方住所地而不同。

Only what could be cited is here; outside it the answer is ``None`` (无法判断), never a guess.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

FOREVER = dt.date(9999, 12, 31)
BASIC = "基层"


@dataclass(frozen=True, kw_only=True)
class Cap:
    """One version of a cap on some regions. ``both_fen`` holds where both parties live in the province of the court (or,
    since 2021-10-01, neither does), ``one_fen`` where one does not."""

    from_on: dt.date
    to_on: dt.date
    region: str
    """A prefix of region codes; the longest prefix wins."""
    both_fen: int
    one_fen: int
    source: str
    both_verified: bool
    one_verified: bool

    def holds(self, region: str, on: dt.date) -> bool:
        return self.from_on <= on <= self.to_on and region.startswith(self.region)


@cache
def versions() -> tuple[Cap, ...]:
    """Every version, longest region prefix first."""
    text = resources.files(__name__).joinpath("basic_caps.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    caps = (
        Cap(
            from_on=row["from"],
            to_on=row.get("to", FOREVER),
            region=region,
            both_fen=row["both"] * 100,
            one_fen=row["one"] * 100,
            source=loaded["sources"][row["source"]],
            both_verified=row["verified"],
            one_verified=row.get("one_verified", row["verified"]),
        )
        for row in loaded["versions"]
        for region in row["regions"]
    )
    return tuple(sorted(caps, key=lambda c: (-len(c.region), c.region, c.from_on)))


def version(region: str, on: dt.date) -> Cap | None:
    """The version in force at a basic court of ``region`` (six digits) on ``on``, or None where none is known."""
    return next((cap for cap in versions() if cap.holds(region, on)), None)


def cap(court_level: str, region: str, filed_on: dt.date, both_local: bool) -> int | None:
    """The cap in fen of a court of that level, or None: 无法判断."""
    if court_level != BASIC:
        return None
    found = version(region, filed_on)
    if found is None:
        return None
    return found.both_fen if both_local else found.one_fen

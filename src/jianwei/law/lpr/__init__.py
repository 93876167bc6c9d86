"""The loan prime rate by day, and how much interest on a private loan is protected (4×LPR and its predecessors)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from jianwei.law.dated import Dated, Version
from jianwei.law.source import load_yaml


@dataclass(frozen=True)
class Cap:
    """The protected annual rate in percent; None where it depends on data not loaded. ``cite`` says by what rule."""

    percent: Decimal | None
    cite: str
    verified: bool


@cache
def _rates(term: str) -> Dated[Decimal]:
    loaded = load_yaml("lpr", "rates.yaml")[term]
    name = "一年期LPR" if term == "one_year" else "五年期以上LPR"
    return Dated(name, (Version(on, Decimal(percent)) for on, percent in loaded.items()))


def one_year(on: dt.date) -> Decimal:
    """One-year LPR in percent. Raises ``NotInForce`` before 2019-08-20."""
    return _rates("one_year").on(on)


def five_year(on: dt.date) -> Decimal:
    """LPR for more than five years, in percent. Raises ``NotInForce`` before 2019-08-20."""
    return _rates("five_year").on(on)


def known_until() -> dt.date:
    """The last day for which the rates were checked; later results repeat the last one and are not firm."""
    until: dt.date = load_yaml("lpr", "rates.yaml")["known_until"]
    return until


@cache
def _caps() -> Dated[dict[str, str]]:
    rows = load_yaml("lpr", "caps.yaml")
    return Dated("民间借贷利率保护上限", (Version(row["from_on"], row) for row in rows))


def cap(contract_on: dt.date) -> Cap:
    """The protected annual rate for a contract made on ``contract_on``. Raises ``NotInForce`` before 1991-08-13."""
    row = _caps().on(contract_on)
    verified = bool(row["verified"])
    if row["kind"] == "fixed":
        return Cap(Decimal(row["value"]), row["cite"], verified)
    if row["kind"] == "lpr_multiple":
        firm = verified and contract_on <= known_until()
        return Cap(Decimal(row["value"]) * one_year(contract_on), row["cite"], firm)
    return Cap(None, row["cite"], verified)

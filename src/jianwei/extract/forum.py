"""The court of a document as the list of courts knows it."""

from __future__ import annotations

from jianwei.extract.judgment import Judgment
from jianwei.extract.leaf import Leaf
from jianwei.law import courts


def named(court: Leaf[str] | None) -> Leaf[str] | None:
    """The printed name replaced by the listed one: with and without its province it is one court."""
    return court.as_value(courts.canonical(court.value)) if court else None


def place(judgment: Judgment) -> tuple[str | None, str | None]:
    """Region code and level of the court."""
    court = courts.find(judgment.court.value) if judgment.court else None
    return (court.region, court.level) if court else (None, None)

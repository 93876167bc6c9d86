"""Case types (案件类别) that matters are registered under, the procedure each is worked by, and former systems' codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jianwei.law.source import load_csv


@dataclass(frozen=True)
class CaseType:
    """One case type. ``procedure`` is a key such as ``criminal/prosecution_review``; ``former_code`` of the 1.x system."""

    name: str
    line: str
    procedure: str
    former_code: str


@cache
def all_types() -> tuple[CaseType, ...]:
    return tuple(CaseType(**row) for row in load_csv("case_types", "case_types.csv"))


@cache
def by_name() -> dict[str, CaseType]:
    return {one.name: one for one in all_types()}


def of_procedure(key: str) -> tuple[CaseType, ...]:
    """The types that a matter of this procedure may be registered under."""
    return tuple(one for one in all_types() if one.procedure == key)

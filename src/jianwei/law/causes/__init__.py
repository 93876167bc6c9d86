"""Causes of action (案由) of civil, administrative, enforcement and state-compensation cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jianwei.law.source import load_csv


@dataclass(frozen=True)
class Cause:
    """One cause: its kind (民事, 行政, 执行, 国家赔偿), name and the path of its parents."""

    kind: str
    name: str
    path: str


@cache
def all_causes() -> tuple[Cause, ...]:
    return tuple(Cause(**row) for row in load_csv("causes", "causes.csv"))


@cache
def by_name() -> dict[str, Cause]:
    """Causes by name; where two kinds share a name, the civil one."""
    found: dict[str, Cause] = {}
    for cause in all_causes():
        found.setdefault(cause.name, cause)
    return found

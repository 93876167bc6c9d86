"""What a check yields."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from jianwei.sources import Problem

CONTRADICTION, LOOK = "矛盾", "请核对"
UNLISTED = "不属所列例外"
"""What is said of an acceptance for which the rule names no exception that the cells leave open."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cell: ``column`` its header, ``ref`` such as ``K12``, ``says`` what stands in it ("" for an empty one)."""

    file: str
    sheet: str
    row: int
    column: str
    ref: str
    says: str


@dataclass(frozen=True, slots=True)
class Considered:
    """An exception that was looked at. ``standing``: 不成立 (the cells rule it out) or 需人判断."""

    key: str
    name: str
    cite: str
    standing: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Somebody took the finding off the list. ``listed``: for an exception that the rule names and the cells leave open;
    otherwise for a reason of his own, which is said wherever it is shown.
    """

    reason: str
    by: str
    on: dt.date
    listed: bool = True

    def __str__(self) -> str:
        return f"{self.reason}（{'' if self.listed else f'{UNLISTED}；'}{self.by}，{self.on.isoformat()}）"


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction. ``digest`` is over the cells it rests on: when they change it is another finding."""

    ref: str
    rule: str
    title: str
    group: str
    severity: str
    export: str
    file: str
    sheet: str
    row: int
    cells: tuple[Place, ...]
    sentence: str
    basis: tuple[str, ...]
    exceptions: tuple[Considered, ...]
    case_no: str
    case_name: str
    person: str
    digest: str
    accepted: Acceptance | None = None

    @property
    def excusable(self) -> bool:
        """Whether the rule names an exception on which a person has still to decide."""
        return any(e.standing == "需人判断" for e in self.exceptions)

    @property
    def verdict(self) -> str:
        """请核对 while an exception is left to a person, else 矛盾."""
        return LOOK if self.excusable else CONTRADICTION

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What an acceptance is remembered by: case, person, rule, cells."""
        return self.case_no, self.person, self.rule, self.digest


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that was not checked, and why. ``broken``: its file is at fault, not the cards."""

    ref: str
    title: str
    reason: str
    broken: bool = False

    def __str__(self) -> str:
        return f"{self.ref} {self.title}：未检查，{self.reason}".lstrip()


@dataclass
class Report:
    """Everything a check found. ``files``: each file with the numbers of the exports it held; ``rows``: cards by kind;
    ``excused``: by rule and exception what the law excuses; ``unread``: by rule the rows with an unreadable cell.
    """

    as_of: dt.date
    files: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    excused: Counter[tuple[str, str]] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    @property
    def open(self) -> list[Finding]:
        """What nobody has accepted."""
        return [finding for finding in self.findings if finding.accepted is None]


_PLAIN = (
    "ref", "rule", "title", "group", "severity", "sentence", "export", "file", "sheet", "row", "case_no", "case_name",
    "person", "digest",
)  # fmt: skip


def as_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain data."""
    accepted = finding.accepted
    return {
        **{name: getattr(finding, name) for name in _PLAIN},
        "verdict": finding.verdict,
        "cells": [
            {"file": c.file, "sheet": c.sheet, "row": c.row, "cell": c.ref, "column": c.column, "says": c.says}
            for c in finding.cells
        ],
        "basis": list(finding.basis),
        "exceptions": [
            {"key": e.key, "name": e.name, "cite": e.cite, "standing": e.standing} for e in finding.exceptions
        ],
        "accepted": {
            "reason": accepted.reason,
            "by": accepted.by,
            "on": accepted.on.isoformat(),
            "listed": accepted.listed,
        }
        if accepted
        else None,
    }


def from_json(held: dict[str, Any], accepted: Acceptance | None = None) -> Finding:
    """The finding that ``as_json`` wrote, with who accepted it now."""
    return Finding(
        cells=tuple(Place(c["file"], c["sheet"], c["row"], c["column"], c["cell"], c["says"]) for c in held["cells"]),
        exceptions=tuple(Considered(e["key"], e["name"], e["cite"], e["standing"]) for e in held["exceptions"]),
        basis=tuple(held["basis"]),
        accepted=accepted,
        **{name: held[name] for name in _PLAIN},
    )

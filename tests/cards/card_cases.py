"""The data files of the shelf of card rules, and exports made of their rows."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jianwei.cards import Reading, Report, check, read, rules
from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card, columns
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Rule

AS_OF = dt.date(2025, 6, 30)
HERE = Path(__file__).parent / "rules"
BASE = {
    "部门受案号": "甲检刑受〔2025〕1号",
    "统一受案号": "330602202500001",
    "案件名称": "虞见山等人案",
    "嫌疑人姓名": "虞见山",
    "嫌疑人编号": "R1",
}
SHELF: dict[str, Rule[Any]] = {rule.key: rule for rule in rules()}

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One worked case. ``kind``: hit, near, lawful or open; the last two name an ``exception``."""

    rule: str
    kind: str
    exception: str
    here: tuple[Row, ...]
    there: tuple[Row, ...]

    @property
    def id(self) -> str:
        return f"{self.rule} {self.kind} {self.exception}".strip()


@cache
def cases() -> tuple[Case, ...]:
    """Every case of every data file."""
    found = []
    for file in sorted(HERE.glob("*.yaml")):
        for rule, held in yaml.safe_load(file.read_text("utf-8")).items():
            for kind, content in held.items():
                for exception, rows in content.items() if kind in ("lawful", "open") else [("", content)]:
                    found.append(_case(rule, kind, exception, rows))
    return tuple(found)


def _case(rule: str, kind: str, exception: str, rows: Any) -> Case:
    if isinstance(rows, dict) and "本表" in rows:
        return Case(rule, kind, exception, tuple(rows["本表"]), tuple(rows["另表"]))
    return Case(rule, kind, exception, tuple(rows if isinstance(rows, list) else [rows]), ())


def kind_of(rule: Rule[Any]) -> type[Card]:
    return ArrestCard if rule.on is ArrestCard else ProsecutionCard


def export(path: Path, kind: type[Card], rows: Sequence[Row], without: frozenset[str] = frozenset()) -> Path:
    """Write ``rows`` as an export with every usual column but those ``without``."""
    titles = [column.title for column in columns(kind).values() if column.name not in without]
    file = path / f"{kind.code}{kind.title}.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(titles)
        for row in rows:
            whole = {**BASE, **row}
            assert without or set(whole) <= set(titles), set(whole) - set(titles)
            writer.writerow(["" if whole.get(title) is None else str(whole[title]) for title in titles])
    return file


def reading(case: Case, path: Path, without: frozenset[str] = frozenset()) -> Reading:
    rule = SHELF[case.rule]
    here = kind_of(rule)
    there: type[Card] = ProsecutionCard if here is ArrestCard else ArrestCard
    files = [export(path, here, case.here, without)]
    if case.there:
        files.append(export(path, there, case.there))
    return read(files)


def checked(case: Case, path: Path, without: frozenset[str] = frozenset()) -> Report:
    """The report of the case's own rule on its rows."""
    return check(reading(case, path, without), AS_OF, rules=[SHELF[case.rule]])

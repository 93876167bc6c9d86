"""What may be concluded from not finding something.

A model that says 没有 must say where it looked. Without the feed it is not evaluated; on a feed that nobody has declared
complete its clue is provisional; either way the clue carries the sources searched and until when each is complete.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jianwei.kit import Absence, Model
from jianwei.lake.coverage import Coverage
from jianwei.records import Record
from jianwei.screening.wording import date
from jianwei.shelving import BrokenUnit


@dataclass(frozen=True)
class Skipped:
    """A model that was not evaluated, and why. ``broken``: its file cannot be used."""

    model: str
    ref: str
    title: str
    reason: str
    broken: bool = False

    def __str__(self) -> str:
        return f"{self.ref} {self.title}：{self.reason}".lstrip()

    def as_json(self) -> dict[str, str]:
        return {"model": self.model, "ref": self.ref, "title": self.title, "reason": self.reason}


def out_of_use(key: str, broken: BrokenUnit, ref: str = "", title: str = "") -> Skipped:
    """A model whose file is broken; one that could not be loaded has neither reference nor title."""
    return Skipped(key, ref, title or f"模型 {key}", f"未评价，因为{broken}", broken=True)


def title(record: type[Record]) -> str:
    return record.titles[0]


def cannot_evaluate(model: type[Model], filled: Collection[str]) -> str | None:
    """The reason for which the model cannot be run on a lake that has rows only in the tables ``filled``."""
    missing = [title(record) for record in model.reads if record.table not in filled]
    if missing:
        return f"未评价，因为缺少数据：{'、'.join(missing)}"
    if model.one_of and not any(record.table in filled for record in model.one_of):
        return f"未评价，因为缺少数据：{'、'.join(title(record) for record in model.one_of)}（至少需要其中一种）"
    return None


def blind_signs(model: type[Model], filled: Collection[str]) -> dict[str, str]:
    """The signs that cannot be evaluated here, with what is missing."""
    missing = {
        sign.key: "、".join(title(record) for record in sign.needs if record.table not in filled)
        for sign in model.signs
    }
    return {key: what for key, what in missing.items() if what}


@dataclass(frozen=True)
class Search:
    """The outcome of looking for a feed's completeness: ``firm`` if an absence in it may be relied on."""

    firm: bool
    says: str


def search(
    absence: Absence, region: str | None, as_of: dt.date, ledger: Iterable[Coverage], filled: Collection[str]
) -> Search:
    """How far ``absence`` can be relied on for a clue of ``region`` on the day ``as_of``."""
    name, table = title(absence.feed), absence.feed.table
    lines = [line for line in ledger if line.feed == table and _concerns(line.region, region)]
    declared = [line for line in lines if line.declared and line.to_on is not None]
    if declared:
        best = max(declared, key=lambda line: (line.to_on, str(line.region)))
        return _judge(absence, best, as_of)
    if table not in filled:
        return Search(False, f"{absence.says}：未提供《{name}》，无从查找")
    seen = [line for line in lines if line.to_on is not None]
    if not seen:
        return Search(False, f"{absence.says}：已查《{name}》，其起止日期不明，未经声明完整")
    first = min((line.from_on for line in seen if line.from_on), default=None)
    last = max(line.to_on for line in seen if line.to_on)
    begins = f"{date(first)}至" if first else "截至"
    return Search(False, f"{absence.says}：已查《{name}》，所见数据{begins}{date(last)}，未经声明完整")


def _judge(absence: Absence, line: Coverage, as_of: dt.date) -> Search:
    assert line.to_on is not None
    looked = f"{absence.says}：已查《{title(absence.feed)}》，声明完整至{date(line.to_on)}"
    if line.gaps:
        spans = "、".join(f"{date(first)}至{date(last)}" for first, last in line.gaps)
        return Search(False, f"{looked}，但有缺口：{spans}")
    if line.to_on < as_of - dt.timedelta(days=absence.until_days):
        return Search(False, f"{looked}，距查询日{date(as_of)}已逾{absence.until_days}天")
    return Search(True, looked)


def _concerns(covered: str | None, region: str | None) -> bool:
    """A ledger line of 330000 covers 330203; a line without region covers everywhere."""
    if not covered or not region:
        return True
    stem = covered.rstrip("0")
    return region.startswith(stem + "0" * (len(stem) % 2))


def searches(
    model: type[Model],
    seen: Collection[str],
    region: str | None,
    as_of: dt.date,
    ledger: Iterable[Coverage],
    filled: Collection[str],
) -> tuple[Search, ...]:
    """The searches on which a clue with the signs ``seen`` rests."""
    lines = tuple(ledger)
    return tuple(
        search(absence, region, as_of, lines, filled)
        for absence in model.absences
        if not absence.signs or set(absence.signs) & set(seen)
    )

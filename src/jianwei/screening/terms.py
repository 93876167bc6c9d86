"""刑期核算单: every defendant of the judgments given, with the answer to his printed term, and the naive rule beside it.

The same answers as the derived table ``term_checks``, straight from texts and without a lake.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from jianwei import extract
from jianwei.extract import rows
from jianwei.lake.derived.term_checks import checked
from jianwei.law.sentencing.counting import same_day

SERVED = ("有期徒刑", "拘役", "管制")


@dataclass(frozen=True)
class Sheet:
    """One defendant's answer: ``found`` has the columns of ``term_checks``.

    ``printed`` is true where a term to be served is printed with both dates, ``naive`` true where the plain rule
    (beginning + months − 1 day) differs from the printed end.
    """

    found: dict[str, Any]
    printed: bool
    naive: bool


@dataclass
class Tally:
    """What all sheets come to."""

    defendants: int = 0
    printed: int = 0
    naive: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, sheet: Sheet) -> None:
        self.defendants += 1
        self.printed += sheet.printed
        self.naive += sheet.naive
        self.verdicts[sheet.found["verdict"]] += 1
        self.codes.update(sheet.found["codes"])

    def words(self) -> str:
        answers = "，".join(
            f"{verdict}{self.verdicts[verdict]}人" for verdict in ("矛盾", "请核对", "无法判断", "无异常")
        )
        return (
            f"被告人{self.defendants}人，其中载明刑期起止{self.printed}人。{answers}。"
            f"同一批文书上，“起日加刑期减一日”的简单算法标出{self.naive}人。"
        )


def sheets(text: str, document_id: str = "") -> Iterator[Sheet]:
    """The answers for the defendants of one judgment; nothing for a document that sentences nobody."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for number, (record, spans) in enumerate(rows.rows(extract.read(text), document_id)):
        row = {f.name: getattr(record, f.name) for f in dataclasses.fields(record)}
        row |= {"row_id": f"{document_id}#{number}", "document": document_id, "spans": spans}
        tables.setdefault(record.table, []).append(row)
    for row in tables.get("crim_judg", ()):
        found = checked(row, _own(row, tables.get("sentence_item", ())), _own(row, tables.get("custody_event", ())))
        printed = bool(row["term_start_on"] and row["term_end_on"] and not row["probation_months"])
        yield Sheet(found, printed and row["main_penalty"] in SERVED, printed and _naive(row))


def _own(row: dict[str, Any], rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [r for r in rows if (r["court_no"], r["name"]) == (row["court_no"], row["name"])]


def _naive(row: dict[str, Any]) -> bool:
    """Beginning + months − 1 day, nothing else known."""
    if not row["months"]:
        return False
    plain = same_day(row["term_start_on"], row["months"]).toordinal() + (row["extra_days"] or 0) - 1
    return bool(row["term_end_on"].toordinal() != plain)

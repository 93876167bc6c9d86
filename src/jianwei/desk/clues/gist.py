"""What the rows behind a clue say, summed up for the matter it becomes: parties, courts, case numbers, causes, the sum at stake."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jianwei.desk.clues import evidence, source
from jianwei.desk.clues.document import masked
from jianwei.records import CaseNo, CivilParty, Record, columns, tables

MOST_ROWS = 500
_COURTS, _CAUSES = ("court",), ("cause", "charge", "charge_in")
_SUM = re.compile(r"(?:合计|共计|共)([\d,]+(?:\.\d+)?)(亿|万)?元")
_UNITS = {"亿": 10_000_000_000, "万": 1_000_000, None: 100}
"""Fen of one of each."""


_ROLES = {
    ("crim_judg", "name"): "被告人", ("crim_person", "name"): "犯罪嫌疑人", ("enf_case", "debtor"): "其他当事人",
    ("enf_case", "creditor"): "其他当事人", ("pay_order", "applicant"): "其他当事人", ("pay_order", "respondent"): "其他当事人",
    ("notary", "debtor"): "其他当事人", ("notary", "creditor"): "其他当事人", ("arb_case", "worker"): "其他当事人",
    ("arb_case", "employer"): "其他当事人",
}  # fmt: skip
"""Columns that name a party of a case, and what it is in a matter; a civil party brings its own role."""
_LONGEST_NAME = 4
"""A longer name without a dot is an organisation's (chosen: names of persons of two to four characters)."""


@dataclass(frozen=True)
class Person:
    """One party: name, role in the case, and 自然人 or 单位."""

    name: str
    role: str
    kind: str


@dataclass(frozen=True)
class Gist:
    """Names in the order of the rows, those of the clue's own case first; courts and causes with the most rows first."""

    parties: tuple[Person, ...] = ()
    subjects: tuple[str, ...] = ()
    """Names of whom the clue is about."""
    courts: tuple[str, ...] = ()
    case_nos: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    amount_fen: int | None = None
    """The sum that the clue's own reasons state."""


def of(content: dict[str, Any]) -> Gist:
    """The gist of a clue's content. Where the lake is not there, what the content alone tells."""
    key = str(content.get("subject_key", ""))
    own = set(key.split("|"))
    rows = sorted(_rows(content), key=lambda pair: not own.intersection(_case_nos(*pair)))
    numbers = {no for record, row in rows for no in _case_nos(record, row)}
    return Gist(
        parties=tuple({one.name: one for record, row in rows for one in _parties(record, row)}.values()),
        subjects=tuple(dict.fromkeys(name for record, row in rows for name in _named(record, row, key))),
        courts=_common(row.get(name) for _, row in rows for name in _COURTS),
        case_nos=tuple(sorted(numbers, key=lambda no: (no not in own, _counted(no)))),
        causes=_common(row.get(name) for _, row in rows for name in _CAUSES),
        amount_fen=stated_sum(content.get("reasons", ())),
    )


def _rows(content: dict[str, Any]) -> Iterable[tuple[type[Record], dict[str, Any]]]:
    """The rows behind the clue, and the parties of the civil cases among them."""
    cases: dict[str, None] = {}
    for head in evidence.heads(content):
        record = tables().get(head.table)
        if record is None:
            continue
        for row in source.rows(head.table, list(head.row_ids[:MOST_ROWS])):
            cases |= dict.fromkeys([str(row["case_no"])] if row.get("case_no") else [])
            yield record, row
    for row in source.of_cases(CivilParty, sorted(cases), MOST_ROWS):
        yield CivilParty, row


def _parties(record: type[Record], row: dict[str, Any]) -> Iterable[Person]:
    if record is CivilParty and row.get("name"):
        yield _person(row["name"], str(row.get("role") or "其他"))
    for identity in record.identities:
        if (role := _ROLES.get((record.table, identity.name))) and row.get(identity.name):
            yield _person(row[identity.name], role)


def _person(name: Any, role: str) -> Person:
    text = masked(str(name))
    natural = len(text) <= _LONGEST_NAME or "·" in text
    return Person(text, role, "自然人" if natural else "单位")


def _named(record: type[Record], row: dict[str, Any], subject_key: str) -> Iterable[str]:
    """Names in a row of whom the clue is about: the identities whose key, or name, is a part of the subject's."""
    parts = subject_key.split("|")
    for identity in record.identities:
        key, name = row.get(identity.key), str(row.get(identity.name) or "")
        if name and (key and str(key) in parts or name in parts):
            yield masked(name)


def _case_nos(record: type[Record], row: dict[str, Any]) -> Iterable[str]:
    """The number under which a court had the case of a row; not those of other cases that the row mentions."""
    own = next((c.name for c in columns(record) if c.type is CaseNo), None)
    if own and row.get(own):
        yield str(row[own])


def _counted(case_no: str) -> list[tuple[int, str]]:
    """A case number as it is counted: 9 before 10."""
    return [(int(part or 0), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", case_no)]


def _common(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(str(value) for value in values if value).most_common())


def stated_sum(reasons: Iterable[str]) -> int | None:
    """The first sum that reasons state, in fen: ``合计44.1万元`` → ``44100000``."""
    found = next((match for text in reasons if (match := _SUM.search(text))), None)
    return int(Decimal(found[1].replace(",", "")) * _UNITS[found[2]]) if found else None

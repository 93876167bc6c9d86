"""累犯核对：每一名被判刑人与其前科（另案判决、本判决首部所载前科）逐一比对，得出应当认定累犯、考验期内再犯或者不构成的结论。

One row a row of ``crim_judg`` that has an earlier sentence which counts or may count. Persons are joined by identity key,
never by name alone; what the header itself tells of a defendant is his own. The law is in
``jianwei.law.sentencing.recidivism``.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from jianwei.law.sentencing.recidivism import Earlier, Judged, Later, Outcome, judge
from jianwei.records import CriminalJudgment, PriorSentence, SentenceItem

NAME = "recidivism_checks"
VERSION = "3"

SCHEMA = pa.schema(
    [
        ("row_id", pa.string()),
        ("court_no", pa.string()),
        ("name", pa.string()),
        ("outcome", pa.string()),
        ("reason", pa.string()),
        ("cite", pa.string()),
        ("flagged", pa.bool_()),
        ("probation_months", pa.int64()),
        ("merged", pa.bool_()),
        ("in_header", pa.bool_()),
        ("prior_no", pa.string()),
        ("prior_charge", pa.string()),
        ("prior_decided_on", pa.date32()),
        ("crime_on", pa.date32()),
        ("rows", pa.list_(pa.string())),
    ]
)

Row = Mapping[str, Any]

_STRENGTH = (Outcome.SPECIAL, Outcome.RECIDIVIST, Outcome.IN_PROBATION, Outcome.IN_PAROLE, Outcome.DOUBTFUL)
"""Outcomes worth a row, the one that says most first."""

_JUDGMENT = (
    "row_id", "document", "court_no", "name", "person", "born_on", "charge", "intentional", "crime_on", "crime_last_on",
    "main_penalty", "months", "life_or_death", "probation_months", "term_end_on", "decided_on", "effective_on",
    "recidivist", "minor_at_crime", "merged", "circumstances",
)  # fmt: skip
_PRIOR = (
    "row_id", "document", "court_no", "name", "charge", "main_penalty", "months", "life_or_death", "probation_months",
    "decided_on", "released_on", "paroled_on", "parole_end_on", "prior_no",
)  # fmt: skip


def build(tables: Any) -> pa.Table:
    judgments = tables.to_pyarrow(tables[CriminalJudgment].select(*_JUDGMENT).order_by("row_id")).to_pylist()
    told: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for prior in tables.to_pyarrow(tables[PriorSentence].select(*_PRIOR).order_by("row_id")).to_pylist():
        told[_key(prior)].append(prior)
    items = tables[SentenceItem]
    merged = {
        _key(i)
        for i in tables.to_pyarrow(items.filter(items.earlier).select("document", "court_no", "name")).to_pylist()
    }
    persons: dict[str, list[Row]] = defaultdict(list)
    for row in judgments:
        if row["person"] and not row["person"].startswith("row:"):
            persons[row["person"]].append(row)
    found = (
        checked(row, persons.get(row["person"], ()), told.get(_key(row), ()), _key(row) in merged) for row in judgments
    )
    return pa.Table.from_pylist([row for row in found if row is not None], schema=SCHEMA)


def _key(row: Row) -> tuple[str, str, str]:
    return row.get("document") or "", row["court_no"], row["name"]


def checked(
    row: Row, same_person: Sequence[Row] = (), told: Sequence[Row] = (), merged: bool = False
) -> dict[str, Any] | None:
    """The strongest answer for one defendant; None where no earlier sentence counts or may count."""
    later = Later(
        charge=row.get("charge"),
        kind=row.get("main_penalty"),
        life_or_death=row.get("life_or_death"),
        crime_on=row.get("crime_on"),
        crime_last_on=row.get("crime_last_on"),
        born_on=row.get("born_on"),
        minor=row.get("minor_at_crime"),
        intentional=row.get("intentional"),
    )
    answers = [(judge(earlier, later), rows, earlier) for earlier, rows in _earlier(row, same_person, told)]
    answers = [a for a in answers if a[0].outcome in _STRENGTH]
    if not answers:
        return None
    best: tuple[Judged, Sequence[Row], Earlier] = min(
        answers, key=lambda a: (_STRENGTH.index(a[0].outcome), a[1][0]["row_id"])
    )
    answer, rows, earlier = best
    return {
        "row_id": row["row_id"],
        "court_no": row["court_no"],
        "name": row["name"],
        "outcome": answer.outcome.value,
        "reason": answer.reason.rstrip("。"),
        "cite": answer.cite,
        "flagged": bool(row.get("recidivist")),
        "probation_months": row.get("probation_months") or 0,
        "merged": merged
        or bool(row.get("merged"))
        or any("撤销缓刑" in c or "撤销假释" in c for c in row.get("circumstances") or ()),
        "in_header": any("prior_no" in r for r in rows),
        "prior_no": next((r.get("prior_no") or (r["court_no"] if "person" in r else None) for r in rows), None),
        "prior_charge": earlier.charge,
        "prior_decided_on": earlier.decided_on,
        "crime_on": row.get("crime_on"),
        "rows": sorted({row["row_id"], *(r["row_id"] for r in rows)}),
    }


def _earlier(row: Row, same_person: Sequence[Row], told: Sequence[Row]) -> Iterator[tuple[Earlier, list[Row]]]:
    """The earlier sentences, what two sources tell of one put together."""
    judged = [r for r in same_person if r["court_no"] != row["court_no"] and _before(r, row)]
    left = list(told)
    for judgment in judged:
        same = [p for p in left if _same(p, judgment)]
        left = [p for p in left if p not in same]
        yield _joined(judgment, same), [judgment, *same]
    for prior in left:
        yield _joined(None, [prior]), [prior]


def _before(earlier: Row, row: Row) -> bool:
    a: dt.date | None = earlier.get("decided_on")
    b: dt.date | None = row.get("decided_on")
    return a is not None and b is not None and a < b


def _same(prior: Row, judgment: Row) -> bool:
    """Whether a header and another judgment speak of one sentence: its number, or its day (or month) and length."""
    if prior.get("prior_no"):
        return bool(prior["prior_no"] == judgment["court_no"])
    told, decided = prior.get("decided_on"), judgment.get("decided_on")
    if told is None or decided is None or prior.get("months") != judgment.get("months"):
        return False
    return bool(told == decided or (told.day == 1 and (told.year, told.month) == (decided.year, decided.month)))


def _joined(judgment: Row | None, priors: Iterable[Row]) -> Earlier:
    """One earlier sentence from the judgment itself, where we have it, and from what the later header tells of it."""
    sources = ([judgment] if judgment else []) + list(priors)

    def first(column: str) -> Any:
        return next((s[column] for s in sources if s.get(column) is not None), None)

    return Earlier(
        charge=first("charge"),
        kind=first("main_penalty"),
        months=first("months") or 0,
        life_or_death=first("life_or_death"),
        probation_months=first("probation_months"),
        decided_on=first("decided_on"),
        effective_on=first("effective_on"),
        ended_on=None if first("paroled_on") else first("released_on"),
        term_end_on=first("term_end_on"),
        paroled_on=first("paroled_on"),
        parole_end_on=first("parole_end_on"),
        crime_on=judgment.get("crime_on") if judgment else None,
        minor=judgment.get("minor_at_crime") if judgment else None,
        intentional=judgment.get("intentional") if judgment else None,
    )

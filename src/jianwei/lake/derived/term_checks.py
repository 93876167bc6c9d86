"""刑期核算：逐人核对判决书载明的刑期起止、折抵、并罚总和、缓刑考验期、罚金下限，得出矛盾、请核对、无法判断或者无异常。

One row a row of ``crim_judg``. The law is in ``jianwei.law.sentencing``; here its answers become columns that the model
reads. A boolean column is null where the question could not be answered.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

import pyarrow as pa

from jianwei.law.sentencing import dates, ranges
from jianwei.law.sentencing.counting import same_day
from jianwei.law.sentencing.custody import Event, Timeline, timeline
from jianwei.law.sentencing.printed import Term
from jianwei.law.sentencing.term import Sentence
from jianwei.law.sentencing.verdict import Finding, Verdict
from jianwei.records import CriminalJudgment, CustodyEvent, SentenceItem

NAME = "term_checks"
VERSION = "5"

SIGNS: dict[str, tuple[str, ...]] = {
    "year_slip": ("year_slip",),
    "end_far": ("long", "short_much", "gross", "end_before_start"),
    "end_doubt": ("one_day", "short"),
    "start_before_crime": ("start_before_crime",),
    "start_doubt": ("start_early", "start_odd", "start_late", "start_near_crime"),
    "kind_range": ("kind_range",),
    "total_range": ("total_range",),
    "probation_range": ("probation_range", "probation_too_long_term"),
    "recidivist_probation": ("recidivist_probation",),
    "fine_floor": ("fine_floor",),
    "fine_missing": ("fine_missing",),
}
"""The boolean columns, and the codes of findings that set them."""

FINE_SIGNS = ("fine_floor", "fine_missing")
TERM_SIGNS = ("year_slip", "end_far", "end_doubt", "start_before_crime", "start_doubt")

SCHEMA = pa.schema(
    [
        ("row_id", pa.string()),
        ("court_no", pa.string()),
        ("name", pa.string()),
        ("verdict", pa.string()),
        ("codes", pa.list_(pa.string())),
        ("reason", pa.string()),
        ("cites", pa.list_(pa.string())),
        ("expected", pa.list_(pa.string())),
        ("printed_start_on", pa.date32()),
        ("printed_end_on", pa.date32()),
        ("nearest_on", pa.date32()),
        ("delta_days", pa.int64()),
        ("custody_told", pa.bool_()),
        ("steps", pa.list_(pa.string())),
        ("term_rows", pa.list_(pa.string())),
        ("range_rows", pa.list_(pa.string())),
        *((sign, pa.bool_()) for sign in SIGNS),
        *((f"{sign}_says", pa.string()) for sign in SIGNS),
    ]
)

Row = Mapping[str, Any]
Key = tuple[str, str, str]
Ledger = tuple[str | None, str | None]
"""A table as it came: the file's digest, and the sheet in it."""

_JUDGMENT = (
    "row_id", "document", "court_no", "name", "born_on", "charge", "charges", "crime_on", "held_from", "custody_days",
    "main_penalty", "months", "extra_days", "life_or_death", "probation_months", "fine_fen", "confiscate", "recidivist",
    "minor_at_crime", "merged", "circumstances", "term_start_on", "term_end_on", "decided_on", "digest", "entry",
)  # fmt: skip
_ITEM = (
    "row_id", "document", "court_no", "name", "charge", "main_penalty", "months", "extra_days", "life_or_death", "fine_fen",
    "total", "earlier", "digest", "entry",
)  # fmt: skip
_EVENT = ("row_id", "document", "court_no", "name", "kind", "on", "until", "same_act")


def build(tables: Any) -> pa.Table:
    items = _grouped(tables, SentenceItem, _ITEM)
    events = _grouped(tables, CustodyEvent, _EVENT)
    judgments = tables.to_pyarrow(tables[CriminalJudgment].select(*_JUDGMENT).order_by("row_id")).to_pylist()
    ledgers = _with_fines(judgments, (item for held in items.values() for item in held))
    found = (_answer(row, items.get(_key(row), ()), events.get(_key(row), ()), ledgers) for row in judgments)
    return pa.Table.from_pylist(list(found), schema=SCHEMA)


def _answer(row: Row, items: Sequence[Row], events: Sequence[Row], ledgers: Set[Ledger]) -> dict[str, Any]:
    fines_told = any(each.get("document") or _ledger(each) in ledgers for each in (row, *items))
    return checked(row, items, events, fines_told=fines_told)


def _with_fines(*tables: Iterable[Row]) -> set[Ledger]:
    """The ledgers that have a column of fines or of confiscation: some row of theirs fills it."""
    return {_ledger(row) for rows in tables for row in rows if row.get("fine_fen") is not None or row.get("confiscate")}


def _ledger(row: Row) -> Ledger:
    return row.get("digest"), row.get("entry")


def _grouped(tables: Any, record: type[Any], columns: Sequence[str]) -> dict[Key, list[Row]]:
    """The rows that belong to one defendant of one judgment, in the order in which they stand in the text or table."""
    grouped: dict[Key, list[Row]] = defaultdict(list)
    for row in tables.to_pyarrow(tables[record].select(*columns, "row_no", "spans")).to_pylist():
        grouped[_key(row)].append(row)
    for rows in grouped.values():
        rows.sort(key=_place)
    return grouped


def _place(row: Row) -> tuple[int, int, str]:
    """Where a row stands: its number in a table, its first span in a document."""
    spans = json.loads(row["spans"]) if row.get("spans") else {}
    return row.get("row_no") or 0, min((int(span[0]) for span in spans.values()), default=0), row["row_id"]


def _key(row: Row) -> Key:
    return row.get("document") or "", row["court_no"], row["name"]


def checked(
    row: Row, items: Sequence[Row] = (), events: Sequence[Row] = (), *, fines_told: bool = True
) -> dict[str, Any]:
    """The answer for one defendant. ``items`` and ``events`` are the rows of ``sentence_item`` and ``custody_event``.

    Without ``fines_told`` they come from ledgers that have no column of fines, so that none seen says nothing.
    """
    punishment = _punishment(row, items)
    told = _events(row, events)
    findings = [f if fines_told or f.code != "fine_missing" else _untold(f) for f in ranges.check(punishment)]
    term = _term(row, punishment, told)
    if term is not None:
        findings += dates.check(term)
    worst = max((f.verdict for f in findings), default=Verdict.NOTHING)
    shown = [f for f in findings if f.verdict is worst]
    nearest = next((f for f in shown if f.expected), None)
    return {
        "row_id": row["row_id"],
        "court_no": row["court_no"],
        "name": row["name"],
        "verdict": str(worst),
        "codes": sorted({f.code for f in findings}),
        "reason": "".join(dict.fromkeys(f.reason for f in shown)),
        "cites": sorted({f.cite for f in shown if f.cite}),
        "expected": [day.isoformat() for day in dates.expected_ends(term)[:40]]
        if term and worst > Verdict.UNKNOWN
        else [],
        "printed_start_on": row.get("term_start_on"),
        "printed_end_on": row.get("term_end_on"),
        "nearest_on": nearest.expected[0] if nearest else None,
        "delta_days": nearest.delta_days if nearest else None,
        "custody_told": bool(told),
        "steps": _steps(timeline(told)) if told and worst > Verdict.NOTHING else [],
        "term_rows": sorted({row["row_id"], *(e["row_id"] for e in events)}),
        "range_rows": sorted({row["row_id"], *(i["row_id"] for i in items)}),
        **_signs(findings, term),
        **_says(findings),
    }


def _untold(finding: Finding) -> Finding:
    return replace(finding, verdict=Verdict.UNKNOWN, reason="台账没有罚金一栏，是否并处罚金无法判断。")


def _signs(findings: Sequence[Finding], term: Term | None) -> dict[str, bool | None]:
    """True where a finding says so, null where it was in doubt for want of data, else false."""
    if not findings:
        return {sign: None if term is None and sign in TERM_SIGNS else False for sign in SIGNS}
    found = {f.code: f.verdict for f in findings}
    open_term = term is None or any(f.verdict is Verdict.UNKNOWN and f.code not in FINE_SIGNS for f in findings)
    signs: dict[str, bool | None] = {}
    for sign, codes in SIGNS.items():
        verdicts = [found[code] for code in codes if code in found]
        if any(v > Verdict.UNKNOWN for v in verdicts):
            signs[sign] = True
        else:
            signs[sign] = None if verdicts or (sign in TERM_SIGNS and open_term) else False
    return signs


def _says(findings: Sequence[Finding]) -> dict[str, str | None]:
    """What each sign says: the reasons of its findings beyond 无法判断."""
    said: dict[str, str | None] = dict.fromkeys((f"{sign}_says" for sign in SIGNS), None)
    if not findings:
        return said
    for sign, codes in SIGNS.items():
        reasons = [f.reason for f in findings if f.code in codes and f.verdict > Verdict.UNKNOWN]
        said[f"{sign}_says"] = "".join(dict.fromkeys(reasons)).rstrip("。") or None
    return said


def _term(row: Row, punishment: ranges.Punishment, events: tuple[Event, ...]) -> Term | None:
    """The printed term, where one is served."""
    if punishment.kind not in ("有期徒刑", "拘役", "管制") or punishment.probation_months or punishment.life_or_death:
        return None
    return Term(
        sentence=Sentence(punishment.kind, punishment.months, punishment.extra_days),
        start_on=row.get("term_start_on"),
        end_on=row.get("term_end_on"),
        decided_on=row.get("decided_on"),
        crime_on=row.get("crime_on"),
        events=events,
        stated_days=row.get("custody_days"),
        merged=punishment.merged,
    )


def _punishment(row: Row, items: Sequence[Row]) -> ranges.Punishment:
    parts = tuple(_item(i) for i in items if not i.get("total"))
    if not parts and len(row.get("charges") or ()) <= 1:
        parts = (_item(row),)
    return ranges.Punishment(
        kind=row.get("main_penalty"),
        months=row.get("months") or 0,
        extra_days=row.get("extra_days") or 0,
        life_or_death=row.get("life_or_death"),
        probation_months=row.get("probation_months"),
        fine_fen=row.get("fine_fen"),
        confiscated=bool(row.get("confiscate")),
        recidivist=row.get("recidivist"),
        items=parts,
        crime_on=row.get("crime_on"),
        decided_on=row.get("decided_on"),
        adult=_adult(row),
        charges=len(row.get("charges") or ()),
        joined=bool(row.get("merged")),
    )


def _item(row: Row) -> ranges.Item:
    return ranges.Item(
        charge=row.get("charge"),
        kind=row.get("main_penalty"),
        months=row.get("months") or 0,
        extra_days=row.get("extra_days") or 0,
        life_or_death=row.get("life_or_death"),
        fine_fen=row.get("fine_fen"),
        earlier=bool(row.get("earlier")),
    )


def _adult(row: Row) -> bool | None:
    """Whether the defendant was eighteen at the act; None where neither the judgment nor the dates tell."""
    if row.get("minor_at_crime") is not None:
        return not row["minor_at_crime"]
    if any("未成年" in c or "不满十八" in c for c in row.get("circumstances") or ()):
        return False
    born_on: dt.date | None = row.get("born_on")
    day: dt.date | None = row.get("crime_on")
    if born_on is None or day is None:
        return None
    return day > same_day(born_on, 18 * 12)


def _events(row: Row, events: Sequence[Row]) -> tuple[Event, ...]:
    """The custody rows; where there is none, the first day of custody that a ledger may carry."""
    if not events and row.get("held_from"):
        return (Event("羁押", row["held_from"]),)
    return tuple(Event(e["kind"], e.get("on"), e.get("until"), e.get("same_act")) for e in events)


def _steps(line: Timeline) -> list[str]:
    """The custody timeline in words, for the calculation sheet."""
    found = []
    for stretch in line.stretches:
        until = f"至{stretch.until_on.isoformat()}" if stretch.until_on else "起"
        days = f"，{(stretch.until_on - stretch.from_on).days + 1}日" if stretch.until_on else ""
        found.append(
            f"{stretch.from_kind or stretch.rate}：{stretch.from_on.isoformat()}{until}{days}（{stretch.counts.value}）"
        )
    return found

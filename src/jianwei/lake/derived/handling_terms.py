"""The runs of the office's own clocks: from which day each ran, until when by law, when and by what it ended.

One row a run: 审查逮捕, 审查起诉 (anew after each 重报 and 改变管辖), 退回补充侦查. ``due_on`` is the strict reading, ``due_latest_on``
the most generous that the law allows on what is recorded (the day after the event as the first day, unknown custody as
not in custody, complexity not yet entered); only past the latter is a case surely late. ``reasoning`` explains the former.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from jianwei.law.dated import NotInForce
from jianwei.law.limits import Due, Limit, limit
from jianwei.records import OfficeCase

NAME = "handling_terms"
VERSION = "1"
SCHEMA = pa.schema(
    [
        ("case_row", pa.string()),
        ("kind", pa.string()),
        ("turn", pa.int64()),
        ("start_on", pa.date32()),
        ("due_on", pa.date32()),
        ("due_latest_on", pa.date32()),
        ("ended_on", pa.date32()),
        ("ended_by", pa.string()),
        ("paused", pa.bool_()),
        ("late_extension", pa.bool_()),
        ("reasoning", pa.string()),
        ("cite", pa.string()),
        ("firm", pa.bool_()),
    ]
)

Row = Mapping[str, Any]
Run = dict[str, Any]
_DAY = dt.timedelta(days=1)


def build(tables: Any) -> pa.Table:
    cases = tables[OfficeCase]
    rows = tables.to_pyarrow(cases.filter(cases.accepted_on.notnull()).order_by("row_id")).to_pylist()
    return pa.Table.from_pylist([run for row in rows for run in runs(row)], schema=SCHEMA)


def runs(case: Row) -> Iterator[Run]:
    """The clock runs of one case; none for a category whose limit is not loaded or a day before the law on record."""
    category = case["category"] or ""
    try:
        if "逮捕" in category:
            yield _arrest(case)
        elif "起诉" in category or "公诉" in category:
            yield from _prosecution(case)
    except NotInForce:
        return


def _arrest(case: Row) -> Run:
    term = limit("criminal/arrest_review")
    start, custody = case["accepted_on"], case["custody"]
    if custody:
        strict = latest = term.due(start, custody=True)
    else:
        latest = term.due(start, alternative="not_detained_complex")
        strict = term.due(start, alternative="not_detained") if custody is False else term.due(start, custody=True)
    return _run(case, "审查逮捕", 1, start, strict, latest.on, case["finished_on"], "审结", term)


def _prosecution(case: Row) -> Iterator[Run]:
    """Review, then for each return the investigators' month and, once they sent it back, review anew."""
    term = limit("criminal/prosecution_review")
    starts = [case["accepted_on"], case["jurisdiction_changed_on"], case["resubmitted_1_on"], case["resubmitted_2_on"]]
    stops = [
        (case["jurisdiction_changed_on"], "改变管辖"),
        (case["returned_1_on"], "第一次退回补充侦查"),
        (case["returned_2_on"], "第二次退回补充侦查"),
        (case["returned_3_on"], "第三次退回补充侦查"),
        (case["finished_on"], "审结"),
    ]
    begun = sorted({day for day in starts if day and day >= case["accepted_on"]})
    for turn, start in enumerate(begun, 1):
        following = begun[turn] if turn < len(begun) else None
        ends = sorted((day, by) for day, by in stops if day and day >= start and (not following or day <= following))
        ended = next(
            ((day, by) for day, by in ends if not (day == start and by == "改变管辖")), (following, "重新计算")
        )
        yield _review(case, turn, start, ended, term)
    for turn, (returned, back) in enumerate(
        [("returned_1_on", "resubmitted_1_on"), ("returned_2_on", "resubmitted_2_on")], 1
    ):
        if case[returned]:
            yield _supplement(case, turn, case[returned], case[back])


def _review(case: Row, turn: int, start: dt.date, ended: tuple[dt.date | None, str], term: Limit) -> Run:
    custody, end = case["custody"], ended[0]
    fast = "fast_track" if case["fast_track"] and not case["extended_on"] else None
    excluded, paused = _excluded(case, start, end)
    extended_on = case["extended_on"]
    inside = bool(extended_on) and extended_on >= start and (end is None or extended_on <= end)
    plain = term.due(start, alternative=fast, excluded_days=excluded, custody=bool(custody))
    late_extension = inside and extended_on > plain.on
    extended = ("complex",) if inside and not late_extension else ()
    strict = term.due(start, alternative=fast, extended=extended, excluded_days=excluded, custody=custody is not False)
    latest = term.due(
        start + _DAY,
        alternative="fast_track_over_one_year" if fast else None,
        extended=extended,
        excluded_days=excluded,
        custody=bool(custody),
    )
    run = _run(case, "审查起诉", turn, start, strict, max(latest.on, strict.on), end, ended[1], term)
    return run | {"paused": paused, "late_extension": late_extension}


def _supplement(case: Row, turn: int, returned: dt.date, back: dt.date | None) -> Run:
    term = limit("criminal/supplementary_investigation")
    strict = term.due(returned, custody=case["custody"] is not False)
    latest = term.due(returned + _DAY, custody=bool(case["custody"]))
    end, by = (back, "重报") if back else (case["finished_on"], "审结")
    return _run(case, "退回补充侦查", turn, returned, strict, max(latest.on, strict.on), end, by, term)


def _excluded(case: Row, start: dt.date, end: dt.date | None) -> tuple[int, bool]:
    """Days of this run that do not count, and whether the clock still stands."""
    days, paused = 0, False
    for since, until in (("suspended_on", "resumed_on"), ("appraisal_from_on", "appraisal_to_on")):
        stopped, again = case[since], case[until] or end
        if not stopped or stopped < start or (end and stopped > end):
            continue
        if again is None:
            paused = True
        else:
            days += max((min(again, end) if end else again) - stopped, dt.timedelta()).days
    return days, paused


def _run(
    case: Row,
    kind: str,
    turn: int,
    start: dt.date,
    strict: Due,
    latest: dt.date,
    ended: dt.date | None,
    by: str,
    term: Limit,
) -> Run:
    return {
        "case_row": case["row_id"],
        "kind": kind,
        "turn": turn,
        "start_on": start,
        "due_on": strict.on,
        "due_latest_on": latest,
        "ended_on": ended,
        "ended_by": by if ended else None,
        "paused": False,
        "late_extension": False,
        "reasoning": strict.reasoning,
        "cite": term.editions.on(start).cite,
        "firm": strict.firm,
    }

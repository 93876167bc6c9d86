"""The coverage ledger: which feed is known to be complete, where, from when until when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jianwei.records import Feed, Record, columns
from jianwei.records import tables as all_tables

if TYPE_CHECKING:
    from jianwei.lake.engines.duckdb import DuckTables

Span = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Coverage:
    """What is known of one feed. ``feed`` is a table's name; ``region`` None means the whole lake.

    ``declared`` tells a supplier's word from a guess by the first and last dates seen; ``gaps`` are periods known (or,
    for a guess, whole months seen) to be missing, ``note`` the supplier's words about them.
    """

    feed: str
    region: str | None
    from_on: dt.date | None
    to_on: dt.date | None
    declared: bool
    gaps: tuple[Span, ...] = ()
    supplier: str | None = None
    lag_days: int | None = None
    note: str | None = None


def coverage(tables: DuckTables) -> list[Coverage]:
    """Declared feeds, and for every other table with an observed date what its rows themselves show."""
    declared = list(_declared(tables))
    known = {c.feed for c in declared}
    inferred = [c for r in all_tables().values() if r.observed and r.table not in known for c in _inferred(tables, r)]
    return sorted(declared + inferred, key=lambda c: (c.feed, c.region or ""))


def table_named(name: str) -> str:
    """The table that a feed's entry means: its own name or one of its Chinese titles; else ``name`` itself."""
    plain = name.strip().lower()
    for table, record in all_tables().items():
        if plain == table or plain in record.titles:
            return table
    return plain


def _declared(tables: DuckTables) -> Iterator[Coverage]:
    rows = tables.query(f"SELECT * FROM {tables.name(Feed)} ORDER BY feed, region, row_no").to_pylist()
    for row in rows:
        if row["declared"] is not False:
            yield Coverage(
                feed=table_named(row["feed"]),
                region=row["region"],
                from_on=row["from_on"],
                to_on=row["to_on"],
                declared=True,
                gaps=tuple(periods(row["gaps"] or "")),
                supplier=row["supplier"],
                lag_days=row["lag_days"],
                note=row["gaps"],
            )


def _inferred(tables: DuckTables, record: type[Record]) -> Iterator[Coverage]:
    where = "region" if any(c.name == "region" for c in columns(record)) else "CAST(NULL AS VARCHAR)"
    months = f"""
        SELECT region, year("on") * 12 + month("on") - 1 AS month, min("on") AS first, max("on") AS last
        FROM (SELECT CAST("{record.observed}" AS DATE) AS "on", {where} AS region FROM {tables.name(record)})
        WHERE "on" IS NOT NULL GROUP BY ALL
    """
    by_region: dict[str | None, list[dict[str, Any]]] = {}
    for row in tables.query(months).to_pylist():
        by_region.setdefault(None, []).append(row)
        if row["region"]:
            by_region.setdefault(row["region"], []).append(row)
    for region, rows in by_region.items():
        held = {row["month"] for row in rows}
        missing = sorted(set(range(min(held), max(held))) - held)
        yield Coverage(
            feed=record.table,
            region=region,
            from_on=min(row["first"] for row in rows),
            to_on=max(row["last"] for row in rows),
            declared=False,
            gaps=tuple(_joined(missing)),
        )


def _joined(months: list[int]) -> Iterator[Span]:
    """Runs of months (numbered from year 0) as periods."""
    start = None
    for i, month in enumerate(months):
        start = month if start is None else start
        if i + 1 == len(months) or months[i + 1] != month + 1:
            yield _month(start)[0], _month(month)[1]
            start = None


def _month(number: int) -> Span:
    first = dt.date(number // 12, number % 12 + 1, 1)
    following = dt.date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return first, following - dt.timedelta(days=1)


_DAY = r"(\d{4})[-年./](\d{1,2})(?:[-月./](\d{1,2})日?|月)?"
_PERIOD = re.compile(rf"{_DAY}(?:\s*(?:至|到|~|～|—+|－|--)\s*{_DAY})?")


def periods(text: str) -> Iterator[Span]:
    """The periods that ``text`` names: ``2024-03至2024-05；2024年7月`` → two."""
    for found in _PERIOD.finditer(text):
        year, month, day, to_year, to_month, to_day = (int(g) if g else None for g in found.groups())
        try:
            first = _span(year, month, day)
            yield first[0], (_span(to_year, to_month, to_day) if to_year else first)[1]
        except (ValueError, TypeError):
            continue


def _span(year: int | None, month: int | None, day: int | None) -> Span:
    if year is None or month is None or not 1 <= month <= 12:
        raise ValueError(month)
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    return _month(year * 12 + month - 1)

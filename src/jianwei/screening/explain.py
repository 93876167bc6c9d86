"""From a row of a model's result to a clue: its sentences, and every place in the sources that it was read from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from jianwei.kit import Model, Sign, Threshold
from jianwei.records import CaseNo, Record, columns, tables
from jianwei.screening.clue import Evidence, Seen
from jianwei.screening.wording import sentence

Row = Mapping[str, Any]


def values(row: Row, thresholds: Mapping[str, Threshold]) -> dict[str, Any]:
    """What a sentence may mention: the columns of the row, and the numbers of the model under their own names."""
    region = str(row.get("region") or "")
    numbers = {name: _plain(t.by_province.get(region[:2], t.value)) for name, t in thresholds.items()}
    return numbers | dict(row)


def _plain(number: float) -> float | int:
    return int(number) if float(number).is_integer() else number


def evaluated(sign: Sign, row: Row, words: Mapping[str, Any], blind: Mapping[str, str]) -> Seen:
    """The sign as the row shows it; unknown where a table that it needs is missing or ``find`` said null."""
    state = None if sign.key in blind else row[sign.key]
    if state is None:
        lacking = f"缺少数据：{blind[sign.key]}" if sign.key in blind else "所需信息未载明"
        return Seen(sign.key, sign.kind, sign.weight, f"未能核对，{lacking}", None)
    text = sentence(sign.text, words) if state else ""
    return Seen(sign.key, sign.kind, sign.weight, text, bool(state))


def notes(
    model: type[Model], thresholds: Mapping[str, Threshold], blind: Mapping[str, str], provisional: bool
) -> tuple[str, ...]:
    """What the reader must know about how the clue was made: suggested numbers, what was not evaluated."""
    lines = [
        f"建议值：{_plain(t.value)}{t.unit}（{t.source}）" for _, t in sorted(thresholds.items()) if not t.verified
    ]
    lines += [f"有的迹象未评价，因为缺少数据：{what}" for what in sorted(set(blind.values()))]
    lines += [f"引用条文未核对原文：{cite}" for cite in model.basis if not cite.verified]
    if provisional:
        lines.append("所依据的“没有”出自未经声明完整的数据，线索暂定")
    return tuple(lines)


def row_ids(model: type[Model], row: Row) -> frozenset[str]:
    """Every row id that the result row names, whether or not its sign was seen."""
    named = set(row.get("rows") or ())
    for sign in model.signs:
        named |= set(row.get(sign.rows) or ())
    return frozenset(named)


def evidence(
    model: type[Model], row: Row, seen: Iterable[Seen], stored: Mapping[str, tuple[str, Row]]
) -> tuple[Evidence, ...]:
    """The places that the clue was read from. ``stored`` maps a row id to its table and its row in the lake.

    A row that stands behind a seen sign points at the column that the sign speaks of (``Sign.about``); a row read from
    a table has no span, one read from a document has the offsets of the words.
    """
    states = {s.key: s.seen for s in seen}
    behind: dict[tuple[str, str], set[str]] = {}
    for row_id in row.get("rows") or ():
        behind.setdefault((row_id, ""), set())
    for sign in model.signs:
        if not states[sign.key]:
            continue
        own = row.get(sign.rows)
        for row_id in own if own is not None else (row.get("rows") or ()):
            spoken = [c for c in sign.about if row_id in stored and stored[row_id][1].get(c) is not None]
            if own is None and not spoken:
                continue
            for column in spoken or [""]:
                behind.setdefault((row_id, column), set()).add(sign.key)
    exact = {row_id for row_id, column in behind if column}
    places = (
        _place(row_id, column, tuple(sorted(keys)), *stored[row_id])
        for (row_id, column), keys in behind.items()
        if row_id in stored and (column or keys or row_id not in exact)
    )
    return tuple(sorted(places, key=lambda e: (e.table, e.row, e.column)))


def _place(row_id: str, column: str, signs: tuple[str, ...], table: str, row: Row) -> Evidence:
    spans: dict[str, list[int]] = json.loads(row.get("spans") or "{}")
    if not column or (
        spans and column not in spans
    ):  # what was inferred has no words of its own: mark who or what it is of
        column = _telling(tables()[table], spans)
    span = spans.get(column)
    return Evidence(
        table=table,
        row=row_id,
        column=column,
        document=row.get("document") or None,
        span=(int(span[0]), int(span[1])) if span else None,
        source=row.get("source") or None,
        entry=row.get("entry") or None,
        row_no=_whole(row.get("row_no")),
        signs=signs,
    )


def _telling(record: type[Record], spans: Mapping[str, Any]) -> str:
    """The column to mark when no sign names one: who is spoken of, else the first column that was read, else the case number."""
    order = [i.name for i in record.identities]
    order += [c.name for c in columns(record) if c.type is not CaseNo] + [c.name for c in columns(record)]
    return next((name for name in order if name in spans), "")


def _whole(number: Any) -> int | None:
    return None if number is None or number != number else int(number)


def cases(found: Iterable[Evidence], stored: Mapping[str, tuple[str, Row]]) -> tuple[str, ...]:
    """The case numbers among the evidence."""
    numbers = set()
    for e in found:
        table, row = stored[e.row]
        numbers |= {str(row[c.name]) for c in columns(tables()[table]) if c.type is CaseNo and row.get(c.name)}
    return tuple(sorted(numbers))

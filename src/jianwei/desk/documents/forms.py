"""What was typed into a document's blanks, read field by field. A gap is no error; what cannot be read is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict

from jianwei.desk.documents import wording
from jianwei.desk.documents.kind import Column, Field, FieldKind, Kind

LONGEST = {FieldKind.PROSE: 20_000, FieldKind.LINES: 20_000}
"""Characters of one field; 500 for all others."""
MOST_ROWS = 300
"""Rows of one field (chosen: what a form can show); more are added in Word, and the form says so."""
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True)
class Cell:
    name: str
    value: str
    error: str = ""


@dataclass(frozen=True)
class Line:
    """One row of a field of rows, as the form shows it."""

    cells: tuple[tuple[Column, Cell], ...]


@dataclass(frozen=True)
class Blank:
    """One field as the form shows it: its text, its rows, and what is wrong with it."""

    field: Field
    name: str
    text: str = ""
    checked: bool = False
    lines: tuple[Line, ...] = ()
    error: str = ""

    @property
    def kind(self) -> str:
        return self.field.kind.value


def read(kind: Kind, posted: QueryDict) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that were typed, and the errors by field name (``name`` or ``name.row.column``)."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in kind.fields:
        if field.kind is FieldKind.ROWS:
            values[field.name] = _rows(field, posted, errors)
            continue
        value, error = _value(field, posted.get(f"f.{field.name}", ""))
        values[field.name] = value
        if error:
            errors[field.name] = error
    return values, errors


def without_row(kind: Kind, posted: QueryDict, name: str, n: str) -> QueryDict:
    """What was posted without the ``n``-th row of the field ``name``."""
    field, left = kind.field(name), posted.copy()
    for column in field.columns if field and n.isdecimal() else ():
        cells = left.getlist(f"f.{name}.{column.name}")
        left.setlist(f"f.{name}.{column.name}", [cell for at, cell in enumerate(cells) if at != int(n)])
    return left


def blanks(kind: Kind, values: Mapping[str, Any], errors: Mapping[str, str], more_of: str = "") -> list[Blank]:
    """The form of a kind with these values; the field ``more_of`` gets an empty row behind those that are there."""
    return [_blank(field, values.get(field.name), errors, field.name == more_of) for field in kind.fields]


def _blank(field: Field, value: Any, errors: Mapping[str, str], more: bool) -> Blank:
    name, error = f"f.{field.name}", errors.get(field.name, "")
    if field.kind is FieldKind.ROWS:
        rows = [*(value or []), *([{}] if more or not value else [])]
        return Blank(field, name, lines=tuple(_line(field, row, n, errors) for n, row in enumerate(rows)), error=error)
    if field.kind is FieldKind.YES:
        return Blank(field, name, checked=bool(value), error=error)
    return Blank(field, name, text=_shown(field, value), error=error)


def _line(field: Field, row: Mapping[str, Any], n: int, errors: Mapping[str, str]) -> Line:
    cells = (
        (c, Cell(f"f.{field.name}.{c.name}", _cell(row.get(c.name)), errors.get(f"{field.name}.{n}.{c.name}", "")))
        for c in field.columns
    )
    return Line(tuple(cells))


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _shown(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.kind is FieldKind.LINES and isinstance(value, list):
        return "\n".join(value)
    if field.kind is FieldKind.MONEY and isinstance(value, int):
        return f"{Decimal(value) / 100:.2f}"
    return str(value)


def _rows(field: Field, posted: QueryDict, errors: dict[str, str]) -> list[dict[str, Any]]:
    columns = {c.name: posted.getlist(f"f.{field.name}.{c.name}") for c in field.columns}
    rows: list[dict[str, Any]] = []
    for n in range(max(map(len, columns.values()), default=0)):
        row: dict[str, Any] = {}
        for column in field.columns:
            typed = columns[column.name][n] if n < len(columns[column.name]) else ""
            value, error = _value(column, typed)
            row[column.name] = value if value is not None else ""
            if error:
                errors[f"{field.name}.{len(rows)}.{column.name}"] = error
        if any(str(value).strip() for value in row.values()):
            rows.append(row)
    if len(rows) > MOST_ROWS:
        errors[field.name] = f"有 {len(rows)} 行，最多 {MOST_ROWS} 行；其余请起草后在 Word 中补充"
    return rows


def _value(field: Field | Column, typed: str) -> tuple[Any, str]:
    """The value, and what is wrong; wrong text is kept as typed."""
    text = wording.clean(typed).strip()
    longest = LONGEST.get(field.kind, 500 if isinstance(field, Field) else 4000)
    if len(text) > longest:
        return text[:longest], f"超过 {longest} 字"
    if field.kind is FieldKind.YES:
        return bool(text), ""
    if not text:
        return None, ""
    match field.kind:
        case FieldKind.DATE:
            return _date(text)
        case FieldKind.MONEY:
            return _money(text)
        case FieldKind.NUMBER:
            return (int(text), "") if text.isdecimal() and text.isascii() and len(text) < 10 else (text, "请填写整数")
        case FieldKind.LINES:
            return [line.strip() for line in text.split("\n") if line.strip()], ""
    if field.options and text not in field.options:
        return text, "请从所列选项中选择"
    return text, ""


def _date(text: str) -> tuple[str, str]:
    numbers = _DATE.fullmatch(text)
    try:
        return (
            (dt.date(*map(int, numbers.groups())).isoformat(), "")
            if numbers
            else (text, f"“{text}”不是日期，请写成 2026-11-22")
        )
    except ValueError:
        return text, f"没有“{text}”这一天"


def _money(text: str) -> tuple[int | str, str]:
    """Yuan as typed (``12,000.50``) to fen."""
    try:
        yuan = Decimal(text.removesuffix("元").replace(",", "").replace("，", ""))
    except InvalidOperation:
        return text, f"“{text}”不是金额，请填写以元为单位的数"
    fen = yuan * 100
    if not fen.is_finite() or fen != fen.to_integral_value() or not 0 <= fen < 10**15:
        return text, "金额应为不小于零、至多两位小数的数"
    return int(fen), ""

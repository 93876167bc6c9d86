"""Rows given as dicts of field values, checked before they go in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from jianwei.errors import JianweiError
from jianwei.records import CaseNo, IdNo, Record, columns, tables
from jianwei.records.identifiers import case_no, number_fault, plain_number
from jianwei.records.record import PLAIN_TYPES


class WrongRow(JianweiError):
    """A row that does not fit its table."""

    def __init__(self, table: str, row_no: int, why: str) -> None:
        self.table, self.row_no = table, row_no
        super().__init__(f"表 {table} 第 {row_no} 行：{why}")


def record_of(table: str) -> type[Record]:
    """The record whose table is ``table``."""
    if table not in tables():
        raise WrongRow(table, 0, "没有这张表")
    return tables()[table]


def typed(record: type[Record], row: Mapping[str, Any], row_no: int) -> tuple[Any, ...]:
    """``row`` as the values of ``columns(record)``; raises ``WrongRow`` for what does not fit."""
    known = {c.name for c in columns(record)}
    if strange := sorted(set(row) - known):
        raise WrongRow(record.table, row_no, f"没有“{'、'.join(strange)}”这一列")
    values = []
    for column in columns(record):
        value = row.get(column.name)
        if value is None:
            if column.required:
                raise WrongRow(record.table, row_no, f"缺少必填列“{column.name}”")
        elif column.type is IdNo:
            if fault := number_fault(str(value)):
                raise WrongRow(record.table, row_no, f"“{column.name}”{fault}（{value}）")
            value = plain_number(str(value))
        elif column.type is CaseNo:
            value = case_no(str(value))
        else:
            value = _fit(value, PLAIN_TYPES.get(column.type, column.type), record.table, row_no, column.name)
        values.append(value)
    return tuple(values)


def _fit(value: Any, kind: type, table: str, row_no: int, column: str) -> Any:
    if kind is tuple and isinstance(value, list | tuple):
        return tuple(str(v) for v in value)
    if kind is float and type(value) is int:
        return float(value)
    if kind is dt.datetime and type(value) is dt.date:
        return dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001  local time, as agencies write it
    if type(value) is not kind:
        raise WrongRow(table, row_no, f"“{column}”应为 {kind.__name__}，实为 {type(value).__name__}（{value!r}）")
    return value

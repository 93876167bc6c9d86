"""Records as Arrow schemas: how a column of a record lies on disc."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa

from jianwei.records import PROVENANCE, Record, lake_columns
from jianwei.records.record import PLAIN_TYPES

VERSION = "1"
"""Raised when the same source would be written differently; part of a lake's snapshot."""

_ARROW: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us"),
    tuple: pa.list_(pa.string()),
    bytes: pa.binary(),
}

_schemas: dict[str, pa.Schema] = {}

PROVENANCE_NAMES = tuple(name for name, _ in PROVENANCE)


def arrow_type(plain: type) -> pa.DataType:
    """The Arrow type of a column's Python type."""
    return _ARROW[PLAIN_TYPES.get(plain, plain)]


def schema(record: type[Record]) -> pa.Schema:
    """Lake columns of ``record`` (ids split, identity keys added), then provenance."""
    if record.table not in _schemas:
        fields = [pa.field(name, arrow_type(plain)) for name, plain in (*lake_columns(record), *PROVENANCE)]
        _schemas[record.table] = pa.schema(fields)
    return _schemas[record.table]

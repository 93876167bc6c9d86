"""The result of a model as plain Python rows that are the same whatever engine gave them."""

from __future__ import annotations

import decimal
from typing import Any, Protocol

import pyarrow as pa


class Session(Protocol):
    def to_pyarrow(self, expr: Any) -> pa.Table: ...


def answers(session: Session, expr: Any) -> list[dict[str, Any]]:
    """Rows in a fixed order, with settled values: sorted distinct lists, whole numbers as int, dates without time."""
    table = session.to_pyarrow(expr)
    rows = [{name: settled(value) for name, value in row.items()} for row in table.to_pylist()]
    return sorted(rows, key=lambda r: (str(r["subject_key"]), str(r["period"]), str(r["subject"])))


def settled(value: Any) -> Any:
    """One value: NaN is nothing, an empty collection is ``[]``, its members are distinct and sorted."""
    if value is None or value != value:
        return None
    if isinstance(value, (list, tuple)):
        return sorted({settled(item) for item in value if item is not None}, key=_order)
    if isinstance(value, decimal.Decimal):
        return int(value) if value == int(value) else float(value)
    return value.item() if hasattr(value, "item") else value


def _order(item: Any) -> tuple[str, Any]:
    return type(item).__name__, item

"""The lake behind the clues, opened once a process."""

from __future__ import annotations

import json
import threading
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from jianwei.records import Record, tables

_ONE_AT_A_TIME = threading.Lock()


class Readable(Protocol):
    """What the desk asks of a lake."""

    def rows(self, table: str, row_ids: list[str], *, reveal: bool = False) -> list[dict[str, Any]]: ...
    def document(self, document_id: str) -> dict[str, Any] | None: ...
    def connect(self) -> Any: ...
    def coverage(self) -> list[Any]: ...


def lake() -> Readable | None:
    """The lake of this install; None before any data came in."""
    path = Path(settings.JIANWEI_HOME) / "lake"
    if not (path / "journal").is_dir():
        return None
    with _ONE_AT_A_TIME:
        return _opened(path, settings.JIANWEI_LAKE)


@cache
def _opened(path: Path, opener: str) -> Readable:
    opened: Readable = import_string(opener)(path)
    return opened


def rows(table: str, row_ids: list[str], *, reveal: bool = False) -> list[dict[str, Any]]:
    """Rows of a known table by id; nothing where the table or the lake is not there."""
    source = lake()
    if source is None or table not in tables() or not row_ids:
        return []
    return source.rows(table, row_ids, reveal=reveal)


def document(document_id: str) -> dict[str, Any] | None:
    source = lake()
    return source.document(document_id) if source else None


def of_cases(record: type[Record], case_nos: list[str], limit: int) -> list[dict[str, Any]]:
    """The rows of ``record`` that belong to these cases, without their sealed columns, in a fixed order."""
    source = lake()
    if source is None or not case_nos:
        return []
    with source.connect() as opened:
        table = opened[record]
        kept = [name for name in table.columns if not name.endswith(("_sealed", "_hash"))]
        found = table.filter(table.case_no.isin(case_nos)).select(kept).order_by("case_no", "row_id").limit(limit)
        rows: list[dict[str, Any]] = opened.to_pyarrow(found).to_pylist()
    return rows


def spans(row: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Where in its document each column of a row was read."""
    return {column: (int(s[0]), int(s[1])) for column, s in json.loads(row.get("spans") or "{}").items() if s}

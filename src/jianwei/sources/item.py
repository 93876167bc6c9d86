"""What comes out of a source: documents, rows and problems, each with where it was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jianwei.records import Record

ERROR, NOTICE = "错误", "提示"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item was found. ``file`` as given to the reader, ``entry`` a ZIP member or a sheet inside it ("" for the
    file itself), ``row`` the line, row or place in an array (1-based), ``digest`` the SHA-256 of the file.
    """

    file: str
    entry: str
    row: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a table, its cells already of the column's Python type."""

    record_type: type[Record]
    values: Mapping[str, Any]
    origin: Origin


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document. ``meta`` is what its publisher said of it: title, court, case_no, decided_on …, all strings;
    ``line`` the other columns of the row of a table of cases in which it stood.
    """

    text: str
    origin: Origin
    meta: Mapping[str, Any] = field(default_factory=dict)
    line: RawRow | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that did not go in, or went in with a doubt (``kind`` 提示). ``str(problem)`` is one Chinese sentence."""

    file: str
    entry: str
    row: int | None
    column: str | None
    reason: str
    kind: str = ERROR

    def __str__(self) -> str:
        where = f"{self.file}〔{self.entry}〕" if self.entry else self.file
        row = f"第 {self.row} 行" if self.row else ""
        column = f"“{self.column}”" if self.column else ""
        return f"{where}{row}{column}：{self.reason}。"


Item = RawDocument | RawRow | Problem

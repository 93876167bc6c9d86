"""The rows that a clue rests on, as tables with Chinese headers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from jianwei.desk.clues import source
from jianwei.law import regions
from jianwei.records import CaseNo, Fen, IdNo, Record, columns, tables

ROWS_A_PAGE = 50
_DEFENCES = {"none": "未答辩", "admitted": "认可", "disputed": "有争议"}
NAMED: dict[str, Callable[[Any], Any]] = {
    "region": lambda code: regions.full_name(str(code)) or code,
    "defence": lambda word: _DEFENCES.get(str(word), word),
}
"""Columns whose codes have a name that a reader knows."""


@dataclass(frozen=True)
class TableHead:
    """One table among the evidence: its name, its Chinese title, the ids of its rows."""

    table: str
    title: str
    row_ids: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.row_ids)


@dataclass(frozen=True)
class Head:
    name: str
    title: str
    kind: str
    """money, number, date, case, code, long or text: how its cells are set."""


@dataclass(frozen=True)
class Cell:
    text: str
    kind: str
    personal: bool = False


@dataclass(frozen=True)
class Line:
    """One row: its cells, the signs that rest on it, and where it came from."""

    row_id: str
    cells: tuple[Cell, ...]
    signs: str
    document: str
    origin: str
    keys: frozenset[str] = field(default_factory=frozenset)


def title(table: str) -> str:
    record = tables().get(table)
    return record.titles[0] if record else table


def column_title(table: str, column: str) -> str:
    """``civ_party``, ``addr`` → ``住址``."""
    record = tables().get(table)
    found = next((c for c in columns(record) if c.name == column), None) if record else None
    return found.headers[0] if found and found.headers else column


def heads(content: dict[str, Any]) -> list[TableHead]:
    """The tables among the evidence, the fullest of court cases first, then by number of rows."""
    rows: dict[str, dict[str, None]] = {}
    for place in content.get("evidence", ()):
        rows.setdefault(place["table"], {})[place["row"]] = None
    return [
        TableHead(t, title(t), tuple(ids)) for t, ids in sorted(rows.items(), key=lambda i: (i[0] != "civ_case", i[0]))
    ]


def extent(content: dict[str, Any]) -> str:
    """How much evidence a clue has, said one way everywhere: ``50 行，标出 111 处`` — rows, and places in them."""
    places = content.get("evidence", ())
    rows = len({(place["table"], place["row"]) for place in places})
    return f"{rows} 行" + (f"，标出 {len(places)} 处" if len(places) != rows else "")


def documents(content: dict[str, Any]) -> list[str]:
    """The documents among the evidence, in the order in which they occur."""
    return list(dict.fromkeys(p["document"] for p in content.get("evidence", ()) if p.get("document")))


def signs_of(content: dict[str, Any]) -> dict[str, set[str]]:
    """For each row id, the keys of the signs that rest on it."""
    found: dict[str, set[str]] = {}
    for place in content.get("evidence", ()):
        found.setdefault(place["row"], set()).update(place.get("signs") or ())
    return found


@dataclass(frozen=True)
class Places:
    """Where the words and rows of one sign are: document numbers from 1, the first row, how many rows."""

    documents: tuple[int, ...]
    table: str
    row: str
    count: int


def places(content: dict[str, Any]) -> dict[str, Places]:
    """For each sign, where a click on it leads."""
    numbers = {document: n for n, document in enumerate(documents(content), 1)}
    behind: dict[str, list[dict[str, Any]]] = {}
    for place in content.get("evidence", ()):
        for sign in place.get("signs") or ():
            behind.setdefault(sign, []).append(place)
    return {
        sign: Places(
            tuple(sorted({numbers[p["document"]] for p in found if p.get("document") and p.get("span")})),
            found[0]["table"],
            found[0]["row"],
            len({p["row"] for p in found}),
        )
        for sign, found in behind.items()
    }


def lines(
    content: dict[str, Any], head: TableHead, row_ids: Iterable[str], *, reveal: bool = False
) -> tuple[list[Head], list[Line]]:
    """The given rows of one table. Columns that are empty in all of them are left out."""
    record = tables().get(head.table)
    if record is None:
        return [], []
    rows = source.rows(head.table, list(row_ids), reveal=reveal)
    spoken = {p.get("column") for p in content.get("evidence", ()) if p["table"] == head.table}
    shown = [c for c in columns(record) if any(row.get(c.name) not in (None, "", []) for row in rows)]
    shown.sort(key=lambda c: (not c.required, c.name not in spoken))
    signs = signs_of(content)
    titles = [Head(c.name, c.headers[0] if c.headers else c.name, _kind(c.type)) for c in shown]
    return titles, [_line(record, row, titles, signs.get(row["row_id"], set())) for row in rows]


def _line(record: type[Record], row: dict[str, Any], titles: list[Head], signs: set[str]) -> Line:
    personal = {c.name for c in columns(record) if c.type is IdNo}
    cells = tuple(_cell(row.get(h.name), h, h.name in personal) for h in titles)
    keys = {str(row[i.key]) for i in record.identities if row.get(i.key)} | {str(row.get("case_no") or "")}
    return Line(row["row_id"], cells, " ".join(sorted(signs)), row.get("document") or "", origin(row), frozenset(keys))


def _cell(value: Any, head: Head, personal: bool) -> Cell:
    text = (
        cell_text(NAMED[head.name](value), "text")
        if value is not None and head.name in NAMED
        else cell_text(value, head.kind)
    )
    kind = head.kind
    if kind == "text":
        kind = "long" if len(text) > 24 else "code" if text.isascii() else "text"
    return Cell(text, kind, personal)


def origin(row: dict[str, Any]) -> str:
    """Where a row came from: file, entry, row number."""
    parts = [str(row.get("source") or "")]
    entry = row.get("entry")
    if entry and entry != parts[0]:
        parts.append(str(entry))
    if row.get("row_no"):
        parts.append(f"第 {row['row_no']} 行")
    return " › ".join(part for part in parts if part)


def _kind(plain: type) -> str:
    if plain is Fen:
        return "money"
    if plain in (int, float):
        return "number"
    if plain is CaseNo:
        return "case"
    return "date" if plain in (dt.date, dt.datetime) else "text"


def cell_text(value: Any, kind: str) -> str:
    """A value as a reader expects it: money in 元, 是/否, 2026-11-22."""
    if value is None or value != value:
        return ""
    if kind == "money":
        return yuan(int(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != dt.time() else f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (list, tuple)):
        return "、".join(str(v) for v in value)
    return str(value)


def yuan(fen: int) -> str:
    """``12345600`` → ``123,456.00``."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"

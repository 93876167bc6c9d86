"""Grids of cells to typed rows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any

from jianwei.law import courts
from jianwei.records import CaseNo, CivilCase, Column, CourtName, Fen, IdNo, columns, tables
from jianwei.records.identifiers import case_no, number_fault, plain_number
from jianwei.sources.content import Cell, Grid, Text
from jianwei.sources.item import ERROR, NOTICE, Origin, Problem, RawDocument, RawRow
from jianwei.sources.table import cells
from jianwei.sources.table.header import best, full_text_at, known_cells, matches, plain
from jianwei.sources.table.mapping import Mapping, Mappings
from jianwei.sources.wenshu_json import document, piece

_HEADER_WITHIN = 20
"""A header stands in the first rows, below at most some lines of title (chosen)."""

_EACH = {ERROR: 200, NOTICE: 5}
"""After so many problems of one kind in one column the rest are only counted."""

Convert = Callable[[Cell], Any]


class TableReader:
    """Reads one table, grid after grid; the first rows decide what it is."""

    def __init__(self, file: str, entry: str, digest: str, mappings: Mappings) -> None:
        self.file, self.entry, self.digest = file, entry, digest
        self.mappings = mappings
        self._mapping: Mapping | None = None
        self._converts: list[tuple[int, str, str, Column, Convert, str]] = []
        self._header: Sequence[Cell] = ()
        self._text_at: int | None = None
        self._refused = False
        self._many: Counter[tuple[str | None, str]] = Counter()

    def continues(self, grid: Grid) -> bool:
        """Whether ``grid`` is more of this table."""
        return grid.entry == self.entry and (grid.header is None or list(grid.header) == list(self._header))

    def read(self, grid: Grid) -> Iterator[RawRow | Problem | RawDocument]:
        """The rows of ``grid``; documents where a column holds whole texts, each with the rest of its row."""
        rows, first = grid.rows, grid.first_row
        if self._mapping is None and self._text_at is None and not self._refused:
            taken, problems = self._understand(grid)
            yield from problems
            rows, first = rows[taken:], first + taken
        if self._refused:
            return
        for row_no, row in enumerate(rows, first):
            if self._text_at is not None and not (self._mapping and self._without_text(row)):
                yield from self._document(row, row_no)
            else:
                yield from self._row(row, row_no)

    def finish(self) -> Iterator[Problem]:
        """What was only counted."""
        for (column, kind), count in self._many.items():
            if count > _EACH[kind]:
                yield self._problem(None, column, f"另有 {count - _EACH[kind]} 行有同类问题，未逐一列出", kind)

    def _understand(self, grid: Grid) -> tuple[int, list[Problem]]:
        """Find the header; returns how many rows it and the title take."""
        at, header = _header(grid)
        above = [str(c) for row in grid.rows[: max(at, 0)] for c in row if isinstance(c, str)]
        title = " ".join([self.file, self.entry, grid.title, *above])
        self._header = header
        self._text_at = full_text_at(header)
        candidates = matches(header, title)
        titled = next((m.record.table for m in candidates if m.titled), "")
        mapping = self.mappings.find(header, titled)
        if mapping is None:
            match = best(candidates, sum(1 for cell in header if plain(cell)))
            if match is None or match.missing:
                if self._text_at is not None:
                    return at + 1, []
                self._refused = True
                nearest = [m.record.titles[0] for m in candidates if m.places][:3]
                return 0, [self._unknown(match.missing, match.record.titles[0]) if match else self._strange(nearest)]
            mapping = self.mappings.keep(header, titled, match)
        self._mapping = mapping
        by_name = {c.name: c for c in columns(mapping.record)}
        for place, (name, unit) in sorted(mapping.places.items()):
            column, said = by_name[name], str(header[place]).strip()
            self._converts.append((place, name, said, column, _convert(column, unit or "元", plain(said)), unit))
        return at + 1, []

    def _row(self, row: Sequence[Cell], row_no: int) -> Iterator[RawRow | Problem]:
        assert self._mapping
        values = yield from self._values(row, row_no)
        if not values or self._is_header_again(row) or _is_total(row):
            return
        for column in columns(self._mapping.record):
            if column.required and values.get(column.name) is None:
                yield from self._counted(row_no, column.headers[0], "必填内容缺失，该行未读入", ERROR)
                return
        if (unnamed := self._mapping.record.unnamed) and not values.get("name"):
            values["name"] = f"{unnamed}（第{row_no}行）"
        yield RawRow(self._mapping.record, values, self._origin(row_no))

    def _values(self, row: Sequence[Cell], row_no: int) -> Generator[Problem, None, dict[str, Any]]:
        assert self._mapping
        values: dict[str, Any] = {}
        width = len(row)
        for place, name, said, column, convert, unit in self._converts:
            cell = row[place] if place < width else None
            if cell is None or cell == "" or cells.is_nothing(cell):
                continue
            try:
                value = values[name] = convert(cell)
            except cells.Unreadable as error:
                yield from self._counted(row_no, said, str(error), ERROR)
                continue
            if column.type is IdNo:
                if fault := number_fault(value):
                    yield from self._counted(row_no, said, f"{fault}，该行保留但不按号码匹配", ERROR)
            elif unit == "万元" and value > self._mapping.record.doubtful_above_fen:
                yield from self._counted(
                    row_no, said, f"金额 {value // 1_000_000} 万元偏大，疑为把元填进万元列", NOTICE
                )
        return values

    def _without_text(self, row: Sequence[Cell]) -> bool:
        assert self._text_at is not None
        return self._text_at >= len(row) or not str(row[self._text_at] or "").strip()

    def _document(self, row: Sequence[Cell], row_no: int) -> Iterator[RawDocument | Problem]:
        record = {
            str(h).strip(): str(c)
            for h, c in zip(self._header, row, strict=False)
            if h is not None and c not in (None, "")
        }
        assert self._text_at is not None
        record["全文"] = str(row[self._text_at] or "") if self._text_at < len(row) else ""
        found = document(record)
        for each in piece(found or ("", {}), self.entry, row_no):
            if isinstance(each, Text):
                line = yield from self._line(row, row_no)
                yield RawDocument(each.text, self._origin(row_no), each.meta, line)
            else:
                yield self._problem(row_no, "全文", "文书正文为空或过长")

    def _line(self, row: Sequence[Cell], row_no: int) -> Generator[Problem, None, RawRow | None]:
        """What a table of cases says beside the text. Of other tables the text alone speaks, lest its people count twice."""
        if self._mapping is None or self._mapping.record is not CivilCase:
            return None
        values = yield from self._values(row, row_no)
        return RawRow(CivilCase, values, self._origin(row_no)) if values.get("case_no") else None

    def _origin(self, row_no: int) -> Origin:
        return Origin(self.file, self.entry, row_no, self.digest)

    def _is_header_again(self, row: Sequence[Cell]) -> bool:
        return len(row) > 1 and len(self._header) > 1 and row[0] == self._header[0] and row[1] == self._header[1]

    def _counted(self, row_no: int, column: str | None, reason: str, kind: str) -> Iterator[Problem]:
        self._many[column, kind] += 1
        if self._many[column, kind] <= _EACH[kind]:
            yield self._problem(row_no, column, reason, kind)

    def _problem(self, row_no: int | None, column: str | None, reason: str, kind: str = ERROR) -> Problem:
        return Problem(self.file, self.entry, row_no, column, reason, kind)

    def _unknown(self, missing: tuple[str, ...], title: str) -> Problem:
        return self._problem(None, None, f"像是“{title}”，但缺少必需的列“{'、'.join(missing)}”，整表未读入")

    def _strange(self, nearest: list[str]) -> Problem:
        near = f"，最接近的是“{'”“'.join(nearest)}”" if nearest else ""
        return self._problem(None, None, f"认不出这是哪一类数据表{near}，整表未读入；可在表名中写明种类或修改表头")


def _header(grid: Grid) -> tuple[int, Sequence[Cell]]:
    """The header and its place among the rows (-1 when the format names the columns)."""
    if grid.header is not None:
        return -1, list(grid.header)
    rows = grid.rows[:_HEADER_WITHIN]
    at = max(range(len(rows)), key=lambda i: (_header_score(rows[i]), -i), default=0)
    return at, rows[at] if rows else []


def _header_score(row: Sequence[Cell]) -> int:
    return known_cells(row) + (5 if full_text_at(row) is not None else 0)


def _is_total(row: Sequence[Cell]) -> bool:
    first = next((c for c in row if c not in (None, "")), None)
    return isinstance(first, str) and plain(first) in ("合计", "总计", "小计", "填表人", "制表人", "备注", "说明")


def _convert(column: Column, unit: str, header: str) -> Convert:
    kind = column.type
    if kind is CaseNo:
        return lambda cell: case_no(cells.words(cell))
    if kind is CourtName:
        return lambda cell: courts.canonical(cells.words(cell))
    if kind is IdNo:
        return lambda cell: plain_number(cells.words(cell))
    if kind is Fen:
        fen = cells.UNITS[unit]
        return lambda cell: cells.money(cell, fen)
    if kind is bool:
        return lambda cell: cells.yes(cell, header)
    if kind is int:
        months = "月" if "months" in column.name else ""
        return lambda cell: cells.whole(cell, months)
    by_type: dict[type, Convert] = {
        dt.date: cells.date,
        dt.datetime: cells.moment,
        float: cells.number,
        tuple: cells.several,
    }
    return by_type.get(kind, cells.words)


def record_titles() -> list[str]:
    """The tables that can be read, by their best title."""
    return [record.titles[0] for record in tables().values()]

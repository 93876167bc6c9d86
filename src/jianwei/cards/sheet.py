"""Files to sheets of cards. What cannot be read is said with file, row and column, and the rest is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jianwei.cards.card import Card, columns
from jianwei.cards.cells import reader
from jianwei.cards.header import WITHIN, Understood, understand
from jianwei.errors import JianweiError
from jianwei.sources import NOTICE, Problem
from jianwei.sources.content import Content, Fault, Grid, Piece
from jianwei.sources.isolated import Isolated
from jianwei.sources.kinds import Kind, kind_of
from jianwei.sources.table.cells import Unreadable, is_nothing
from jianwei.sources.table.header import plain

MOST_ROWS = 50_000
"""Rows of one export that are checked (chosen: several years of a city's cases)."""
LARGEST = 64 * 1024 * 1024
"""Bytes of one file (chosen: ten times a large export)."""
_EACH = 50
"""After so many problems of one column the rest are only counted."""
_TABLES = ("xlsx", "csv")
_TOTALS = ("合计", "总计", "小计", "填表人", "制表人", "备注", "说明")


class NoCards(JianweiError):
    """No file held a list of cards; ``problems`` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("没有可检查的案卡。" + "".join(str(p) for p in self.problems[:5]))


@dataclass(frozen=True)
class Sheet:
    """One export: where it is, how its header was understood, its cards."""

    file: str
    entry: str
    understood: Understood
    cards: list[Any]

    @property
    def kind(self) -> type[Card]:
        return self.understood.kind

    def has(self, name: str) -> bool:
        return name in self.understood.places

    def header(self, name: str) -> str:
        """The header as the file has it; the usual one for a column that is not there."""
        if self.has(name):
            return self.understood.header[self.understood.places[name][0]]
        return columns(self.kind)[name].title


@dataclass
class Reading:
    """The sheets that files held, and what could not be read."""

    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of(self, kind: type[Card]) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.kind is kind), None)


def read(paths: Sequence[Path], names: Sequence[str] = ()) -> Reading:
    """Read the exports at ``paths``, side by side; ``names`` are what messages call them, in the same order.
    Raises ``NoCards``.
    """
    names = names or [path.name for path in paths]
    found = Reading()
    with ThreadPoolExecutor(max(len(paths), 1)) as pool:
        for name, (tables, problems) in zip(names, pool.map(_load, paths, names), strict=True):
            before = len(found.sheets), len(found.problems)
            found.problems += problems
            for table in tables:
                _understood(table, name, found)
            if before == (len(found.sheets), len(found.problems)):
                found.problems.append(Problem(name, "", None, None, "表格中没有内容"))
    if not found.sheets:
        raise NoCards(found.problems)
    return found


def _load(path: Path, name: str) -> tuple[list[_Table], list[Problem]]:
    """The tables of a file, each whole and bounded, and what could not be read. Excel is parsed in the limited child."""
    if not path.is_file():
        return [], [Problem(name, "", None, None, "找不到这个文件")]
    kind = _kind(path, name)
    if isinstance(kind, str):
        return [], [Problem(name, "", None, None, kind)]
    isolated = Isolated()
    try:
        content = Content(name, "", path.stat().st_size, lambda: path.open("rb"))
        return _tables(isolated.read(path, kind.name, name) if kind.hostile else kind.read(content), name)
    finally:
        isolated.close()


def _kind(path: Path, name: str) -> Kind | str:
    """What reads the file, or why it is not read."""
    size = path.stat().st_size
    if size == 0:
        return "文件是空的"
    if size > LARGEST:
        return f"文件超过 {LARGEST >> 20} MB"
    content = Content(name, "", size, lambda: path.open("rb"))
    if content.head(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "文件已加密，或者是旧版 Excel（.xls）；请取消密码并另存为 .xlsx 后重试"
    kind = kind_of(content)
    return kind if isinstance(kind, str) or kind.name in _TABLES else "不是 Excel（.xlsx）或 CSV 表格"


@dataclass
class _Table:
    entry: str
    rows: list[Sequence[Any]]


def _tables(pieces: Iterable[Piece], name: str) -> tuple[list[_Table], list[Problem]]:
    tables: list[_Table] = []
    problems = []
    for piece in pieces:
        if isinstance(piece, Grid):
            if not tables or tables[-1].entry != piece.entry:
                tables.append(_Table(piece.entry, []))
            if len(tables[-1].rows) <= MOST_ROWS + WITHIN:
                tables[-1].rows += piece.rows
        elif isinstance(piece, Fault):
            problems.append(Problem(name, piece.entry, piece.row, piece.column, piece.reason))
    return tables, problems


def _understood(table: _Table, name: str, found: Reading) -> None:
    def say(reason: str, row: int | None = None, column: str | None = None, kind: str = "错误") -> None:
        found.problems.append(Problem(name, table.entry, row, column, reason, kind))

    if not any(cell not in (None, "") for row in table.rows[:WITHIN] for cell in row):
        return
    header = understand(table.rows, f"{name} {table.entry}")
    if header is None:
        say("没有找到 010101（审查逮捕）或 020101（一审公诉）的表头，整表未检查")
        return
    if not header.places.keys() & {"dept_no", "uni_no", "case_name"} or not header.places.keys() & {
        "person",
        "person_no",
    }:
        say(f"像是{header.kind.title}案卡，但缺少“部门受案号”（或“统一受案号”“案件名称”）或“嫌疑人姓名”列，整表未检查")
        return
    if found.of(header.kind):
        say(f"{header.kind.title}案卡已有一张，这一张未检查")
        return
    for twice in header.twice:
        say("表头重复，只读第一列", header.at + 1, twice, NOTICE)
    sheet = Sheet(name, table.entry, header, [])
    rows = table.rows[header.at + 1 :]
    if len(rows) > MOST_ROWS:
        say(f"超过 {MOST_ROWS:,} 行，其后未检查", header.at + 2 + MOST_ROWS)
    faults: Counter[str] = Counter()
    for row_no, column, reason in _fill(sheet, rows[:MOST_ROWS]):
        faults[column] += 1
        if faults[column] <= _EACH:
            say(reason, row_no, column)
    for column, count in faults.items():
        if count > _EACH:
            say(f"另有 {count - _EACH} 行有同类问题，未逐一列出", None, column)
    found.sheets.append(sheet)


def _fill(sheet: Sheet, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, str, str]]:
    """Make the cards of a sheet; yields each cell that could not be read: row, header, reason."""
    known, header = columns(sheet.kind), sheet.understood
    steps = [
        (name, place, header.header[place], reader(known[name], plain(header.header[place]), unit))
        for name, (place, unit) in header.places.items()
    ]
    for row_no, row in enumerate(rows, header.at + 2):
        if _is_nothing(row, header):
            continue
        values: dict[str, Any] = {}
        said: dict[str, Any] = {}
        broken = []
        for name, place, title, convert in steps:
            cell = row[place] if place < len(row) else None
            if cell is None or is_nothing(cell):
                continue
            said[name] = cell
            try:
                values[name] = convert(cell)
            except Unreadable as error:
                broken.append(name)
                yield row_no, title, str(error)
        if said:
            sheet.cards.append(sheet.kind(row=row_no, said=said, broken=frozenset(broken), **values))


def _is_nothing(row: Sequence[Any], header: Understood) -> bool:
    """An empty row, a line of totals, or the header once more."""
    first = next((cell for cell in row if cell not in (None, "")), None)
    if first is None or (isinstance(first, str) and plain(first) in _TOTALS):
        return True
    return [("" if c is None else str(c).strip()) for c in row[:3]] == list(header.header[:3])

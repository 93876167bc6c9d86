"""A table of received cases, read into the opening act of a procedure: what each row says and what is wrong with it.

The table is read in the limited process of ``sources``. Columns are known by the labels of the facts.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from jianwei.desk.allotment.errors import Refused
from jianwei.desk.matters import reading
from jianwei.desk.matters.errors import Refused as RefusedAct
from jianwei.desk.matters.models import Restriction
from jianwei.procedures import Act, ActKind, FactKind, Procedure, check
from jianwei.sources.content import Content, Grid, Piece
from jianwei.sources.isolated import Isolated
from jianwei.sources.kinds import kind_of

LARGEST = 8 << 20
"""Bytes of a table; chosen: a hundred times a day's intake of a large office."""
MOST_ROWS = 500
SUFFIXES = (".xlsx", ".csv")
OWN = {"on": "受理日期", "title": "名称", "department": "承办部门", "restriction": "知悉范围"}
"""Columns of every table beside those of the facts; only the day is needed."""
_RESTRICTIONS = {str(label): value for value, label in Restriction.choices} | {"": ""}


@dataclass(frozen=True)
class Line:
    """One row as it was typed. ``errors`` by the name of the column's field; ``n`` is the row in the file."""

    n: int
    typed: dict[str, str]
    own: dict[str, str]
    errors: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a file, and the headers that meant nothing."""

    lines: tuple[Line, ...]
    unread: tuple[str, ...]


def columns(kind: ActKind) -> dict[str, str]:
    """The fields of a table by their headers, in the order of the template."""
    return (
        {OWN["on"]: "on"}
        | {fact.label: fact.name for fact in kind.facts}
        | {OWN[k]: k for k in ("title", "department", "restriction")}
    )


def read(file: UploadedFile[Any], procedure: type[Procedure], kind: ActKind, today: dt.date) -> Table:
    """The table in an uploaded file. Raises ``Refused`` when there is none."""
    name = Path(file.name or "").name[:120]
    if Path(name).suffix.lower() not in SUFFIXES or (file.size or 0) > LARGEST:
        raise Refused(f"请上传 {LARGEST >> 20} MB 以内的 .xlsx 或 .csv 表格。", {"file": "文件类型或大小不符"})
    with tempfile.TemporaryDirectory(prefix="intake-") as folder:
        path = Path(folder) / f"table{Path(name).suffix.lower()}"
        with path.open("wb") as out:
            out.writelines(file.chunks())
        rows = list(_rows(path))
    return understood(rows, procedure, kind, today)


def _rows(path: Path) -> Iterable[tuple[int, Sequence[Any]]]:
    """The rows of the first sheet with their numbers; raises ``Refused`` for what cannot be read."""
    content = Content(path.name, "", path.stat().st_size, lambda: path.open("rb"))
    kind = kind_of(content)
    if isinstance(kind, str) or not content.size:
        raise Refused("文件是空的或者无法识别。", {"file": "无法识别"})
    isolated, sheet = Isolated(), None
    try:
        pieces: Iterable[Piece] = isolated.read(path, kind.name, path.name)
        for piece in pieces:
            if not isinstance(piece, Grid):
                raise Refused(f"文件没有读完：{getattr(piece, 'reason', '内容不是表格')}。", {"file": "读取失败"})
            sheet = piece.entry if sheet is None else sheet
            if piece.entry != sheet:
                return
            heads = [(piece.first_row - 1, piece.header)] if piece.header else []
            yield from chain(heads, enumerate(piece.rows, piece.first_row))
    finally:
        isolated.close()


def understood(
    rows: Sequence[tuple[int, Sequence[Any]]], procedure: type[Procedure], kind: ActKind, today: dt.date
) -> Table:
    """The lines of a table whose header is the first row that names a column we know."""
    known = columns(kind)
    at = next((n for n, (_, row) in enumerate(rows[:20]) if OWN["on"] in {_text(cell) for cell in row}), None)
    if at is None:
        raise Refused("没有找到表头：表中须有“受理日期”一列，其余列名用本行为各项事实的名称。", {"file": "缺少表头"})
    header = [_text(cell) for cell in rows[at][1]]
    body = [(n, row) for n, row in rows[at + 1 :] if any(_text(cell) for cell in row)]
    if not body or len(body) > MOST_ROWS:
        raise Refused(f"表中有 {len(body)} 行案件；一次须有 1 至 {MOST_ROWS} 行。", {"file": "行数不符"})
    lines = [
        _line(n, {known[h]: _text(c) for h, c in zip(header, row, strict=False) if h in known}, procedure, kind, today)
        for n, row in body
    ]
    return Table(tuple(lines), tuple(dict.fromkeys(h for h in header if h and h not in known)))


def _line(n: int, cells: Mapping[str, str], procedure: type[Procedure], kind: ActKind, today: dt.date) -> Line:
    own = {name: cells.get(name, "") for name in OWN}
    typed = {fact.name: cells[fact.name] for fact in kind.facts if cells.get(fact.name)}
    for fact in kind.facts:
        if fact.kind is FactKind.PEOPLE and fact.name in typed:
            typed[fact.name] = typed[fact.name].replace(";", "、").replace("；", "、").replace("\n", "、")
    return Line(n, typed, own, wrong(typed, own, procedure, kind, today))


def wrong(
    typed: Mapping[str, str], own: Mapping[str, str], procedure: type[Procedure], kind: ActKind, today: dt.date
) -> dict[str, str]:
    """What is wrong with a row, field by field; what is wrong with it as a whole under ``""``."""
    found: dict[str, str] = {}
    if own["restriction"] not in _RESTRICTIONS:
        found["restriction"] = (
            f"“{own['restriction']}”不是知悉范围，可填：{'、'.join(label for label in _RESTRICTIONS if label)}"
        )
    try:
        act = reading.read(procedure, kind, typed, own["on"], today=today)
    except RefusedAct as refused:
        return found | {("on" if name == "done_on" else name): says for name, says in refused.fields.items()}
    refusal = check(procedure, [], Act(kind.key, act.on, act.facts, id="1"))
    if refusal is not None:
        found |= dict(refusal.fields) or {"": refusal.says}
    return found


def restriction(label: str) -> str:
    """The key of a circle of those who know, from its label."""
    return _RESTRICTIONS[label]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()[:2000]

"""A table of text as a workbook, cell for cell, so that comments have something to stand on."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from jianwei.cards.annotation.package import NotWritable
from jianwei.sources.content import Content, Grid
from jianwei.sources.kinds import kind_of
from jianwei.sources.table.harmless import harmless


def workbook(source: Path, file: str, out: IO[bytes]) -> None:
    """Write the table at ``source`` to ``out``; every cell is text, rows stay where they are."""
    content = Content(file, "", source.stat().st_size, lambda: source.open("rb"))
    kind = kind_of(content)
    if isinstance(kind, str) or kind.name != "csv":
        raise NotWritable("只能在 Excel（.xlsx）或 CSV 表格的副本中写入批注")
    book = Workbook(write_only=True)
    sheet = book.create_sheet("案卡")
    for piece in kind.read(content):
        for row in piece.rows if isinstance(piece, Grid) else ():
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, harmless(str(value or "")))
                cell.data_type = "s"
                cells.append(cell)
            sheet.append(cells)
    book.save(out)

"""Excel workbooks, sheet by sheet and row by row."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from typing import Any

from jianwei.sources.content import Cell, Content, Fault, Piece, chunks

SUFFIXES = (".xlsx", ".xlsm")
HOSTILE = True

_COLUMNS = 512
"""No agency's table is wider; a cell at the far corner must not make every row 16,384 cells long."""
_ROWS = 1_048_576
_EMPTY_RUN = 10_000


def recognises(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and b"xl/" in head


def read(content: Content) -> Iterator[Piece]:
    import openpyxl

    try:
        with content.open() as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                entry = f"{content.entry}/{sheet.title}" if content.entry else sheet.title
                yield from chunks(_rows(sheet), entry, sheet.title)
    except MemoryError:
        raise
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError, SyntaxError):
        yield Fault(content.entry, None, None, "Excel 文件已损坏、加密或格式异常，无法读取")


def _rows(sheet: Any) -> Iterator[list[Cell]]:
    # The stated dimensions of a sheet may be wrong, and are what makes a reader pad rows without end.
    sheet.reset_dimensions()
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS, values_only=True), 1):
        cells = [_plain(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        empty = 0 if cells else empty + 1
        if empty > _EMPTY_RUN or number > _ROWS:
            return
        yield cells


def _plain(cell: Any) -> Cell:
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return cell if cell is None or isinstance(cell, str | int | float | bool) else str(cell)

"""Rows as a file, with no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from jianwei.sources.table.harmless import harmless

Line = Sequence[str | int]
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attached(name: str, ending: str, title: str, heads: Line, rows: Iterable[Line]) -> HttpResponse:
    """The answer that carries a file; ``ending`` is one of ``TYPES``, ``title`` names the sheet."""
    lines = ([harmless(value) if isinstance(value, str) else value for value in row] for row in rows)
    body = as_csv(heads, lines) if ending == "csv" else as_xlsx(title, heads, lines)
    response = HttpResponse(body, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def as_csv(heads: Line, lines: Iterable[Line]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read the Chinese right."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    writer.writerows(lines)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(title: str, heads: Line, lines: Iterable[Line]) -> bytes:
    """Every text is written as text, never as a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(heads)
    for line in lines:
        row = []
        for value in line:
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"
            row.append(cell)
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

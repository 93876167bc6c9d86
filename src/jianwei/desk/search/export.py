"""What was found as a file: the rows in the order shown, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from jianwei.desk.search.models import Entry
from jianwei.sources.table.harmless import harmless

MOST_ROWS = 50_000
HEADS = ("种类", "名称", "编号", "程序、模型或文书种类", "阶段或状态", "人员", "承办人", "院", "日期")


def cells(entry: Entry) -> list[str]:
    handler = entry.matter.handler if entry.matter else None
    row = (
        entry.get_kind_display(), entry.title, entry.ref, entry.unit_title, entry.stage, entry.names,
        handler.name if handler else "", entry.office.name, entry.on.isoformat(),
    )  # fmt: skip
    return [harmless(cell) for cell in row]


def as_csv(entries: Iterable[Entry]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read the Chinese right."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADS)
    writer.writerows(cells(entry) for entry in entries)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(entries: Iterable[Entry]) -> bytes:
    """Every text is written as text, never as a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("检索结果")
    sheet.freeze_panes = "A2"
    sheet.append(HEADS)
    for entry in entries:
        row = []
        for value in cells(entry):
            cell = WriteOnlyCell(sheet, value)
            cell.data_type = "s"
            row.append(cell)
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

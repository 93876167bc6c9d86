"""Lists of documents and numbers as files: exactly the rows shown, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from jianwei.desk.documents.models import Document, Entry
from jianwei.sources.table.harmless import harmless

MOST_ROWS = 50_000
DOCUMENT_HEADS = (
    "文书",
    "案件或事项",
    "受案号",
    "文号",
    "状态",
    "签发日期",
    "签发人",
    "送达日期",
    "回复期限",
    "收到回复",
    "起草人",
    "制作院",
)
REGISTER_HEADS = (
    "文号",
    "字号",
    "年",
    "序号",
    "文书",
    "案件或事项",
    "取号时间",
    "取号人",
    "制作院",
    "作废时间",
    "作废理由",
)
Row = Sequence[str | int]


def document_row(one: Document) -> Row:
    days = (one.issued_on, one.served_on, one.reply_due_on, one.replied_on)
    issued, served, due, replied = (day.isoformat() if day else "" for day in days)
    return (
        one.title, one.about, one.matter.number if one.matter else "", one.number, one.get_status_display(), issued, one.signer,
        served, due, replied, one.author.name, one.office.name,
    )  # fmt: skip


def register_row(one: Entry) -> Row:
    void = f"{one.void_at:%Y-%m-%d %H:%M}" if one.void_at else ""
    return (
        one.text, one.series, one.year, one.n, one.document.title, one.document.about, f"{one.at:%Y-%m-%d %H:%M}", one.by.name,
        one.office.name, void, one.void_why,
    )  # fmt: skip


def as_csv(heads: Row, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read the Chinese right."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    writer.writerows([_safe(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(heads: Row, rows: Iterable[Row]) -> bytes:
    """Every text is written as text, never as a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("文书")
    sheet.freeze_panes = "A2"
    sheet.append(heads)
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, _safe(value))
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _safe(value: str | int) -> str | int:
    return harmless(value) if isinstance(value, str) else value


FILES = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}

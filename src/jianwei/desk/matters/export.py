"""The list as a file: exactly the rows and columns shown, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from jianwei.desk.matters.listing import BY_KEY, Listing
from jianwei.desk.matters.models import NEVER, Matter
from jianwei.procedures.shelf import procedures
from jianwei.sources.table.harmless import harmless

MOST_ROWS = 50_000


def heads(listing: Listing) -> list[str]:
    return [BY_KEY[key].title for key in listing.columns]


def cells(matter: Matter, listing: Listing) -> list[str]:
    return [harmless(_cell(matter, key)) for key in listing.columns]


def _cell(matter: Matter, key: str) -> str:
    values: dict[str, Any] = {
        "title": matter.title,
        "number": matter.number,
        "procedure": title_of(matter),
        "line": matter.line,
        "stage": matter.stage,
        "due": "" if matter.due_on == NEVER else matter.due_on,
        "custody": matter.custody_due_on,
        "others": matter.others_due_on,
        "handler": matter.handler.name if matter.handler else "",
        "department": matter.department,
        "office": matter.office.name,
        "opened": matter.opened_on,
        "closed": matter.closed_on,
        "updated": f"{timezone.localtime(matter.updated_at):%Y-%m-%d}",
    }
    value = values[key]
    return "" if value is None else str(value)


def title_of(matter: Matter) -> str:
    found = procedures().get(matter.procedure)
    return found.title if found else matter.procedure


def as_csv(matters: Iterable[Matter], listing: Listing) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read the Chinese right."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(heads(listing))
    writer.writerows(cells(matter, listing) for matter in matters)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(matters: Iterable[Matter], listing: Listing) -> bytes:
    """Every text is written as text, never as a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("事项")
    sheet.freeze_panes = "A2"
    sheet.append(heads(listing))
    for matter in matters:
        row = []
        for value in cells(matter, listing):
            cell = WriteOnlyCell(sheet, value)
            cell.data_type = "s"
            row.append(cell)
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

"""The list as a file: exactly the rows and columns shown, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from jianwei.desk.clues.listing import BY_KEY, Listing
from jianwei.desk.clues.models import Clue
from jianwei.sources.table.harmless import harmless

MOST_ROWS = 50_000


def heads(listing: Listing) -> list[str]:
    titles = []
    for key in listing.columns:
        titles += ["对象", "要点"] if key == "subject" else [BY_KEY[key].title]
    return ["线索标识", *titles]


def cells(clue: Clue, listing: Listing) -> list[str | int]:
    line: list[str | int] = [clue.clue_id]
    for key in listing.columns:
        line += _cells(clue, key)
    return [harmless(value) if isinstance(value, str) else value for value in line]


def _cells(clue: Clue, key: str) -> list[str | int]:
    values: dict[str, Any] = {
        "subject": [clue.subject, clue.headline],
        "model": [f"{clue.ref} {clue.title}"],
        "line": [clue.line],
        "grade": [clue.get_grade_display()],
        "score": [clue.score],
        "office": [clue.office.name],
        "period": [clue.period],
        "status": [clue.get_status_display()],
        "evidence": [clue.evidence_count],
        "assignee": [clue.assignee.name if clue.assignee else ""],
        "updated": [f"{clue.updated_at:%Y-%m-%d}"],
    }
    return list(values[key])


def as_csv(clues: Iterable[Clue], listing: Listing) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read the Chinese right."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(heads(listing))
    writer.writerows(cells(clue, listing) for clue in clues)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(clues: Iterable[Clue], listing: Listing) -> bytes:
    """Every text is written as text, never as a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("线索")
    sheet.freeze_panes = "A2"
    sheet.append(heads(listing))
    for clue in clues:
        row = []
        for value in cells(clue, listing):
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"
            row.append(cell)
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

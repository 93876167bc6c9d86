"""What is taken away: the commented copy of an export, and the list as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from jianwei import cards
from jianwei.cards.annotation import annotate
from jianwei.cards.annotation.summary import HEADS, cells
from jianwei.cards.finding import from_json
from jianwei.desk.cards import checking
from jianwei.desk.cards.models import Acceptance, Check, Finding
from jianwei.sources import Problem
from jianwei.sources.table.harmless import harmless

MOST_ROWS = 50_000


def commented(check: Check, file: dict[str, str], out: IO[bytes]) -> None:
    """The copy of one uploaded file with its comments. Raises ``annotation.NotWritable``."""
    report = cards.Report(check.as_of, rows=check.rows)
    stored = Finding.objects.filter(check_run=check).select_related("acceptance__by")
    report.findings = [_finding(one) for one in stored.iterator(2000)]
    report.problems = [Problem("", "", None, None, text) for text in (*check.skipped, *check.problems)]
    annotate(checking.folder(check.pk) / file["kept"], file["name"], report, out)


def _finding(stored: Finding) -> cards.Finding:
    return from_json(stored.content, _acceptance(stored.acceptance))


def _acceptance(stored: Acceptance | None) -> cards.Acceptance | None:
    return cards.Acceptance(stored.reason, stored.by.name, stored.at.date()) if stored else None


def lines(found: Iterable[Finding]) -> Iterable[list[str | int]]:
    """The list with its header, each cell harmless."""
    yield list(HEADS)
    for one in found:
        row = cells(_finding(one), one.number)
        yield [harmless(value) if isinstance(value, str) else value for value in row]


def as_csv(found: Iterable[Finding]) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read the Chinese right."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(lines(found))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(found: Iterable[Finding]) -> bytes:
    """Every text is written as text, never as a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("冲突清单")
    sheet.freeze_panes = "A2"
    for line in lines(found):
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

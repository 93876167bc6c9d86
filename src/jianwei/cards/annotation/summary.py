"""The list of findings as a worksheet: every cell is words or a number, never a formula."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from jianwei.cards.annotation.comments import text
from jianwei.cards.annotation.package import MAIN
from jianwei.cards.finding import Finding, Report
from jianwei.sources.table.harmless import harmless

TITLE = "冲突清单"
HEADS = (
    "序号", "规则", "名称", "分组", "程度", "结论", "案卡", "行", "部门受案号", "案件名称", "嫌疑人", "说明", "依据", "依法例外", "已接受",
)  # fmt: skip
_WIDTHS = (6, 7, 34, 7, 7, 8, 10, 7, 24, 24, 10, 80, 40, 50, 30)


def cells(finding: Finding, number: int) -> list[str | int]:
    """A finding as one row of the list."""
    return [
        number, finding.ref, finding.title, finding.group, finding.severity, finding.verdict, finding.export, finding.row,
        finding.case_no, finding.case_name, finding.person, finding.sentence, "；".join(finding.basis),
        "；".join(f"{e.name}（{e.cite}）：{e.standing}" for e in finding.exceptions),
        str(finding.accepted or ""),
    ]  # fmt: skip


def rows(report: Report) -> Iterable[list[str | int]]:
    """The whole list with its header, then what was not checked and what could not be read."""
    yield list(HEADS)
    for number, finding in enumerate(report.findings, 1):
        yield [harmless(cell) if isinstance(cell, str) else cell for cell in cells(finding, number)]
    for notes in (map(str, report.skipped), map(str, report.problems)):
        for note in notes:
            yield ["", "", harmless(note)]


def sheet(report: Report) -> bytes:
    """The worksheet's XML."""
    widths = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(_WIDTHS, 1))
    pane = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    body = "".join(f'<row r="{n}">{"".join(map(_cell, row))}</row>' for n, row in enumerate(rows(report), 1))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return (
        f'{head}<worksheet xmlns="{MAIN}">{pane}<cols>{widths}</cols><sheetData>{body}</sheetData></worksheet>'.encode()
    )


def _cell(value: str | int) -> str:
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text(value))}</t></is></c>'

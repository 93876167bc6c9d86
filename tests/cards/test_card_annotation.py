"""Findings come back as comments on the very cells, and everything else of the file stays as it was."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from card_exports import AS_OF, ArrestCard, ProsecutionCard, as_csv, as_xlsx, pair
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from jianwei.cards import Report, check, read
from jianwei.cards.annotation import NotWritable, annotate


def report_of(*files: Path) -> Report:
    return check(read(files), AS_OF)


def annotated(file: Path, report: Report) -> bytes:
    out = io.BytesIO()
    annotate(file, file.name, report, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("exports")
    rows = pair(60)
    as_xlsx(made / "010101.xlsx", ArrestCard, rows.arrests, "审查逮捕案件列表")
    as_csv(made / "020101.csv", ProsecutionCard, rows.prosecutions)
    return made


@pytest.mark.parametrize("name", ["010101.xlsx", "020101.csv"])
def test_every_named_cell_bears_a_comment_and_no_other(name: str, folder: Path) -> None:
    report = report_of(folder / "010101.xlsx", folder / "020101.csv")
    book = openpyxl.load_workbook(io.BytesIO(annotated(folder / name, report)))
    said = {c.coordinate: c.comment.text for row in book.worksheets[0].iter_rows() for c in row if c.comment}
    named = {cell.ref for f in report.findings for cell in f.cells if cell.file == name}
    assert set(said) == named != set()
    for finding in report.findings:
        for cell in finding.cells:
            if cell.file == name:
                assert finding.sentence in said[cell.ref] and finding.ref in said[cell.ref]
                assert all(e.name in said[cell.ref] for e in finding.exceptions)


def test_the_last_sheet_lists_all_findings_as_words(folder: Path) -> None:
    report = report_of(folder / "010101.xlsx", folder / "020101.csv")
    book = openpyxl.load_workbook(io.BytesIO(annotated(folder / "010101.xlsx", report)))
    listed = list(book["冲突清单"].iter_rows(min_row=2))
    assert [row[11].value for row in listed] == [f.sentence for f in report.findings]
    assert {cell.data_type for row in listed for cell in row if cell.value is not None} == {"s", "n"}


def test_formulas_formats_comments_and_other_sheets_stay(folder: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(folder / "010101.xlsx")
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[2]]
    closed = sheet.cell(6, header.index("审结日期") + 1)
    closed.comment = Comment("原来的批注", "某人")
    closed.font, closed.fill = Font(bold=True), PatternFill("solid", fgColor="FFFF00")
    sheet["A1"].comment = Comment("抬头的批注", "某人")
    sheet["C1"] = "=SUM(1,2)"
    sheet.merge_cells("D1:F1")
    sheet.auto_filter.ref = "A2:Z60"
    book.create_sheet("冲突清单")["A1"] = "别人的清单"
    file = tmp_path / "010101.xlsx"
    book.save(file)
    before = {n: zipfile.ZipFile(file).read(n) for n in zipfile.ZipFile(file).namelist()}
    made = annotated(file, report_of(file, folder / "020101.csv"))
    after = {n: zipfile.ZipFile(io.BytesIO(made)).read(n) for n in zipfile.ZipFile(io.BytesIO(made)).namelist()}
    changed = {n for n in before if before[n] != after[n]}
    assert not [n for n in changed if "sheet1.xml" in n and "rels" not in n], "the rows themselves are untouched"
    again = openpyxl.load_workbook(io.BytesIO(made))
    first = again.worksheets[0]
    cell = first[closed.coordinate]
    assert cell.font.b and cell.fill.fgColor.rgb == "00FFFF00"
    assert cell.comment.text.startswith("原来的批注\n") and "T01" in cell.comment.text
    assert first["A1"].comment.text == "抬头的批注"
    assert first["C1"].value == "=SUM(1,2)"
    assert again.sheetnames == ["案卡", "冲突清单", "冲突清单2"]
    assert again["冲突清单"]["A1"].value == "别人的清单"


def test_a_drawing_link_stands_before_what_must_follow_it(folder: Path) -> None:
    made = zipfile.ZipFile(
        io.BytesIO(annotated(folder / "010101.xlsx", report_of(folder / "010101.xlsx", folder / "020101.csv")))
    )
    tail = made.read("xl/worksheets/sheet1.xml").decode()[-300:]
    assert tail.index("</sheetData>") < tail.index("<legacyDrawing") < tail.index("</worksheet>")
    boxes = made.read("xl/drawings/vmlDrawing1.vml").decode()
    words = made.read("xl/comments1.xml").decode()
    assert boxes.count("<v:shape ") == words.count("<comment ")


def test_the_list_holds_nothing_that_a_spreadsheet_runs(tmp_path: Path) -> None:
    rows = pair(4)
    rows.arrests[3]["案件名称"] = rows.prosecutions[3]["案件名称"] = "=HYPERLINK(1)"
    rows.arrests[3]["嫌疑人姓名"] = "@SUM(A1)"
    file = as_csv(tmp_path / "010101.csv", ArrestCard, rows.arrests)
    book = openpyxl.load_workbook(io.BytesIO(annotated(file, report_of(file))))
    values = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    listed = {c.value for row in book["冲突清单"].iter_rows() for c in row}
    assert "'=HYPERLINK(1)" in listed and "'@SUM(A1)" in listed
    assert not [c for c in values if c.data_type == "f"]


def test_what_is_no_workbook_is_refused_in_words(folder: Path, tmp_path: Path) -> None:
    report = report_of(folder / "020101.csv")
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(NotWritable, match="Excel"):
        annotated(broken, report)
    bomb = tmp_path / "大.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as out:
        for number in range(6000):
            out.writestr(f"{number}", b"")
    with pytest.raises(NotWritable, match="过大"):
        annotated(bomb, report)


def test_a_workbook_with_macros_is_refused(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "010101.xlsm"
    with zipfile.ZipFile(folder / "010101.xlsx") as source, zipfile.ZipFile(file, "w") as out:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            out.writestr(name, content)
    with pytest.raises(NotWritable, match="带宏"):
        annotated(file, report_of(file))

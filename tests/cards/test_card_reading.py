"""Exports are recognised, read cell by cell, and what cannot be read is said with file, row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from card_exports import AS_OF, ArrestCard, ProsecutionCard, as_csv, as_xlsx, pair
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.cards import NoCards, check, read, sheet
from jianwei.cards.cells import charges
from jianwei.cards.header import understand


def table(path: Path, *rows: list[object]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def test_an_export_is_known_by_its_header_under_lines_of_title_and_any_name(tmp_path: Path) -> None:
    rows = pair(5)
    first = as_xlsx(tmp_path / "甲.xlsx", ArrestCard, rows.arrests, "案件列表")
    second = as_xlsx(tmp_path / "乙.xlsx", ProsecutionCard, rows.prosecutions)
    found = read([second, first])
    assert {s.kind for s in found.sheets} == {ArrestCard, ProsecutionCard}
    assert [card.row for card in found.of(ArrestCard).cards] == [3, 4, 5, 6, 7]  # type: ignore[union-attr]
    assert not found.problems


def test_both_exports_may_be_sheets_of_one_workbook(tmp_path: Path) -> None:
    rows = pair(30)
    book = openpyxl.Workbook()
    for kind, held in ((ArrestCard, rows.arrests), (ProsecutionCard, rows.prosecutions)):
        one = as_xlsx(tmp_path / f"{kind.code}.xlsx", kind, held)
        made = book.create_sheet(kind.title)
        for row in openpyxl.load_workbook(one).active.iter_rows(values_only=True):  # type: ignore[union-attr]
            made.append(row)
    book.save(tmp_path / "案卡.xlsx")
    report = check(read([tmp_path / "案卡.xlsx"]), AS_OF)
    assert {(f.export, f.row, f.ref) for f in report.findings} == rows.planted
    assert report.files == {"案卡.xlsx": "010101-020101"}


def test_other_spellings_of_headers_are_known(tmp_path: Path) -> None:
    file = table(
        tmp_path / "逮捕.csv",
        ["受案号", "犯罪嫌疑人姓名", "受案日期", "审结 结果", "决定日期", "涉嫌罪名", "提捕时强制措施"],
        ["1号", "虞见山", "2025年3月3日", "批准逮捕", "45734", "盗窃", "刑事拘留"],
    )
    (card,) = read([file]).sheets[0].cards
    assert card.accepted_on == dt.date(2025, 3, 3) and card.closed_on == dt.date(2025, 3, 18)
    assert card.sent_charges == {"盗窃罪"}


def test_money_is_read_in_the_unit_of_its_header(tmp_path: Path) -> None:
    head = ["部门受案号", "嫌疑人姓名", "全案_受理日期", "审结处理情况"]
    for title, fen in (("审结数额（万元）", 3_200_000), ("审结数额（元）", 320), ("审结数额", 3_200_000)):
        file = table(tmp_path / "020101.csv", [*head, title], ["1号", "虞见山", "2025-03-03", "起诉", "3.2"])
        assert read([file]).sheets[0].cards[0].amount == fen


def test_a_broken_date_is_named_and_the_rest_is_checked(tmp_path: Path) -> None:
    file = table(
        tmp_path / "010101.csv",
        ["部门受案号", "嫌疑人姓名", "受理日期", "审结日期", "审结处理结果", "不捕情形"],
        ["1号", "虞见山", "2025-02-30", "2025-03-20", "不批准逮捕", ""],
        ["2号", "裘永茂", "2025-03-03", "昨天", "批准逮捕", ""],
    )
    report = check(read([file]), AS_OF)
    assert [(p.row, p.column) for p in report.problems] == [(2, "受理日期"), (3, "审结日期")]
    assert "2025-02-30" in str(report.problems[0]) and "010101.csv第 2 行“受理日期”" in str(report.problems[0])
    assert {(f.row, f.ref) for f in report.findings} == {(2, "B02")}
    assert report.unread["T01"] == 2 and report.unread["B03"] == 1, "an unreadable cell is no empty one"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.xlsx", b"", "文件是空的"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "已加密，或者是旧版 Excel"),
        ("密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "取消密码"),
        ("坏.xlsx", b"PK\x03\x04" + b"xl/" + b"\0" * 100, "损坏"),
        ("图.png", b"\x89PNG\r\n", "不认识"),
        ("文书.txt", "判决书".encode(), "不是 Excel"),
        ("名册.csv", "姓名,电话\n虞见山,1\n".encode(), "没有找到 010101"),
        ("010101.csv", "受理日期,审结日期,审结处理结果,不捕情形\n2025-01-01,,,\n".encode(), "缺少“部门受案号”"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_words(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NoCards, match=says) as refused:
        read([tmp_path / name])
    assert name in str(refused.value)


def test_a_missing_file_is_named_and_the_other_is_checked(tmp_path: Path) -> None:
    file = as_csv(tmp_path / "020101.csv", ProsecutionCard, pair(3).prosecutions)
    report = check(read([tmp_path / "010101.xlsx", file]), AS_OF)
    assert "找不到" in str(report.problems[0])
    assert report.rows == {"一审公诉": 3}
    assert {s.ref for s in report.skipped} >= {"T01", "L111", "L102"}


def test_a_hostile_workbook_does_not_bring_the_reader_down(tmp_path: Path) -> None:
    import zipfile

    book = openpyxl.Workbook()
    book.save(tmp_path / "plain.xlsx")
    file = tmp_path / "010101.xlsx"
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                bomb = (
                    '<!DOCTYPE x [<!ENTITY a "ha">'
                    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 50}">' for n in range(12))
                    + "]>"
                )
                content = (bomb + "<worksheet><sheetData><row><c><v>&m;</v></c></row></sheetData></worksheet>").encode()
            out.writestr(name, content)
    with pytest.raises(NoCards):
        read([file])


def test_rows_beyond_the_bound_are_said_not_to_be_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 10)
    found = read([as_csv(tmp_path / "010101.csv", ArrestCard, pair(30).arrests)])
    assert len(found.sheets[0].cards) == 10
    assert "超过 10 行" in str(found.problems[0])


def test_totals_empty_rows_and_repeated_headers_are_no_cards(tmp_path: Path) -> None:
    head = ["部门受案号", "嫌疑人姓名", "受理日期", "审结日期"]
    file = table(tmp_path / "010101.csv", head, ["1号", "虞见山", "2025-03-03", ""], [], head, ["合计", "1"])
    assert len(read([file]).sheets[0].cards) == 1


def test_charges_are_split_and_named_as_the_law_has_them() -> None:
    assert charges("盗窃,诈骗罪；抢劫罪、强奸罪") == ("盗窃罪", "诈骗罪", "抢劫罪", "强奸罪")
    assert charges("掩饰、隐瞒犯罪所得、犯罪所得收益罪") == ("掩饰、隐瞒犯罪所得、犯罪所得收益罪",)
    assert charges("强制猥亵、侮辱罪（原强制猥亵、侮辱妇女罪）") == ("强制猥亵、侮辱罪",)
    assert charges("偷越国(边)境罪") == ("偷越国（边）境罪",)
    assert charges("无") == ()


_CELL = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-(10**12), 10**12),
    st.dates().map(str),
    st.sampled_from(["是", "否", "=1", "盗窃罪"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_CELL, min_size=4, max_size=8), max_size=6))
def test_whatever_stands_in_the_cells_every_row_is_a_card_or_a_word_about_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    head = ["部门受案号", "嫌疑人姓名", "受理日期", "审结日期", "审结处理结果", "审结案由", "作案时年龄", "执行日期"]
    out = io.StringIO()
    csv.writer(out).writerows([head, *[["" if c is None else str(c).replace("\x00", "") for c in row] for row in rows]])
    file = tmp_path_factory.mktemp("any") / "010101.csv"
    file.write_bytes(out.getvalue().encode("utf-8", "replace"))
    found = read([file])
    report = check(found, AS_OF)
    for finding in report.findings:
        assert finding.row >= 2 and finding.sentence
    assert understand([head], "")

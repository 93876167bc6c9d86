"""Agencies' tables as they come: odd headers, units, dates, and what is wrong in them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.records import columns, tables
from jianwei.records.identifiers import check_digit
from jianwei.sources import NOTICE, Problem, RawDocument, RawRow, read
from jianwei.sources.table import cells
from jianwei.sources.table.header import best, matches

ZHANG = "33020319800101123" + check_digit("33020319800101123")


def rows(path: Path, **more: Any) -> list[RawRow]:
    return [i for i in read([path], **more) if isinstance(i, RawRow)]


def problems(path: Path) -> list[Problem]:
    return [i for i in read([path]) if isinstance(i, Problem)]


def table(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("title", [0, -1])
def test_every_record_is_recognised_by_its_own_title_and_headers(title: int) -> None:
    for name, record in tables().items():
        if name != "document":
            header = [c.headers[0] if c.headers else c.name for c in columns(record)]
            found = best(matches(header, f"某县{record.titles[title]}2024年.xlsx"))
            assert found and found.record is record, name


def test_the_header_stands_below_title_lines_and_totals_are_no_rows(tmp_path: Path) -> None:
    text = f"某县养老金发放明细表,,,\n单位：某中心,,,\n姓 名,身份证号,发 放 月 份,金额（万元）\n张三,{ZHANG},2024年1月,0.32\n合计,,,0.32\n"
    (row,) = rows(table(tmp_path / "表1.csv", text, "gb18030"))
    assert row.record_type.table == "pension_pay"
    assert row.values == {"name": "张三", "person_idno": ZHANG, "month": dt.date(2024, 1, 1), "amount_fen": 320_000}
    assert (row.origin.row, row.origin.file) == (4, "表1.csv")


def test_a_nul_is_no_part_of_a_cell(tmp_path: Path) -> None:
    text = f"姓名,身份证号,发放月份,金额（万元）\n张\x00三,{ZHANG},2024年1月,0.32\n"
    (row,) = rows(table(tmp_path / "养老金发放.csv", text))
    assert row.values["name"] == "张三"


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "死亡登记"
    first.append(["姓名", "公民身份号码", "死亡日期"])
    first.append(["张三", ZHANG, dt.datetime(2024, 1, 2)])  # noqa: DTZ001
    second = book.create_sheet("行政处罚")
    second.append(["处罚决定书文号", "被处罚人", "罚款金额(元)", "是否移送"])
    second.append(["某罚〔2024〕1号", "某某厂", 5000, "否"])
    book.save(tmp_path / "报送.xlsx")
    death, penalty = rows(tmp_path / "报送.xlsx")
    assert death.values["died_on"] == dt.date(2024, 1, 2) and death.origin.entry == "死亡登记"
    assert penalty.values == {
        "decision_no": "某罚〔2024〕1号",
        "party": "某某厂",
        "fine_fen": 500_000,
        "transferred": False,
    }


def test_a_bad_cell_costs_the_cell_and_a_missing_needed_one_the_row(tmp_path: Path) -> None:
    text = f"姓名,身份证号,死亡日期\n张三,{ZHANG[:-1]}{(int(ZHANG[-1], 11) + 1) % 10},2024-01-02\n李四,,2024-13-01\n王五,,\n赵六,,2024.3.4\n"
    path = table(tmp_path / "死亡人员.csv", text)
    assert [(r.values["name"], r.origin.row) for r in rows(path)] == [("张三", 2), ("赵六", 5)]
    told = [str(p) for p in problems(path)]
    assert told[0].startswith("死亡人员.csv第 2 行“身份证号”：公民身份号码校验码不对，末位应为") and told[0].endswith(
        "。"
    )
    assert any("第 3 行“死亡日期”：“2024-13-01”不是存在的日期" in t for t in told)
    assert any("第 4 行“死亡日期”：必填内容缺失，该行未读入" in t for t in told)


def test_a_large_amount_under_ten_thousands_is_doubted_but_kept(tmp_path: Path) -> None:
    path = table(
        tmp_path / "支付令.csv",
        "案号,申请人,被申请人,金额(万元)\n(2024)浙0203民督1号,甲,乙,5000\n(2024)浙0203民督2号,甲,乙,499\n",
    )
    first, second = rows(path)
    assert first.values["amount_fen"] == 5_000_000_000 and second.values["amount_fen"] == 499_000_000
    assert first.values["case_no"] == "（2024）浙0203民督1号"
    (doubt,) = problems(path)
    assert doubt.kind == NOTICE and doubt.row == 2 and "疑为把元填进万元列" in doubt.reason


def test_a_table_without_a_needed_column_or_of_no_known_kind_says_so(tmp_path: Path) -> None:
    lacking = problems(table(tmp_path / "死亡人员.csv", "姓名,身份证号\n张三,x\n"))
    assert "像是“死亡人员”，但缺少必需的列“死亡日期”，整表未读入" in str(lacking[0])
    strange = problems(table(tmp_path / "甲.csv", "姓名,身份证号\n张三,x\n"))
    assert "认不出这是哪一类数据表，最接近的是" in str(strange[0])


def test_a_mapping_is_kept_and_a_persons_correction_obeyed(tmp_path: Path) -> None:
    folder = tmp_path / "mappings"
    path = table(tmp_path / "养老金发放.csv", f"姓名,身份证号,发放月份,发放金额\n张三,{ZHANG},2024-01,0.5\n")
    assert rows(path, mappings=folder)[0].values["amount_fen"] == 50
    (kept,) = folder.glob("*.json")
    held = json.loads(kept.read_text("utf-8"))
    assert held["table"] == "pension_pay" and held["columns"]["发放金额"] == {"column": "amount_fen", "unit": "元"}
    held["columns"]["发放金额"]["unit"] = "万元"
    del held["columns"]["姓名"]
    kept.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    (row,) = rows(path, mappings=folder)
    assert row.values["amount_fen"] == 500_000 and "name" not in row.values


def test_english_headers_tabs_and_json_rows_are_understood(tmp_path: Path) -> None:
    (one,) = rows(table(tmp_path / "death.tsv", f"name\tidno\tdeath_date\n张三\t{ZHANG}\t20240102\n"))
    (two,) = rows(table(tmp_path / "死亡.json", json.dumps([{"姓名": "张三", "身份证号": ZHANG, "死亡日期": 45293}])))
    assert one.values == two.values == {"name": "张三", "idno": ZHANG, "died_on": dt.date(2024, 1, 2)}


def test_a_column_of_whole_texts_makes_documents(tmp_path: Path) -> None:
    path = table(tmp_path / "判决.csv", "案号,法院,全文\n(2024)浙0203民初1号,某法院,正文一\n,,\n")
    (found,) = [i for i in read([path]) if isinstance(i, RawDocument)]
    assert found.text == "正文一" and found.meta["court"] == "某法院" and found.origin.row == 2


def test_many_alike_problems_are_counted_not_listed(tmp_path: Path) -> None:
    text = "姓名,身份证号,死亡日期\n" + "张三,123,2024-01-02\n" * 500
    told = problems(table(tmp_path / "死亡人员.csv", text))
    assert len(told) == 201 and "另有 300 行有同类问题" in told[-1].reason


@pytest.mark.parametrize(
    ("cell", "unit", "fen"),
    [
        ("12.5万元", 100, 12_500_000),
        ("１２３４．５", 100, 123_450),
        ("1,234.50元", 100, 123_450),
        ("人民币1,234元整", 100, 123_400),
        ("￥12", 100, 1200),
        ("3.2", 1_000_000, 3_200_000),
        ("500元", 1_000_000, 50_000),
        ("(100)", 100, -10_000),
        ("-1.5", 100, -150),
        (0.1 + 0.2, 100, 30),
        (1234, 100, 123_400),
    ],
)
def test_money_is_read_to_the_fen(cell: Any, unit: int, fen: int) -> None:
    assert cells.money(cell, unit) == fen


@pytest.mark.parametrize(
    "cell",
    ["2024-01-02", "2024/1/2", "2024.1.2", "20240102", "2024年1月2日", "２０２４年１月２日", "2024-01-02 00:00:00", 45293, "45293", 20240102,
     "2024 年 1 月 2 日"],
)  # fmt: skip
def test_a_day_is_a_day_however_written(cell: Any) -> None:
    assert cells.date(cell) == dt.date(2024, 1, 2)


@pytest.mark.parametrize("cell", ["2024年1月", "202401", "2024-1", "2024/01"])
def test_a_month_is_its_first_day(cell: str) -> None:
    assert cells.date(cell) == dt.date(2024, 1, 1)


def test_moments_keep_their_time() -> None:
    expected = dt.datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001
    for cell in (
        "2024-01-02 03:04:05",
        "2024/1/2 3:04:05",
        "20240102030405",
        "2024年1月2日3时4分5秒",
        "2024-01-02T03:04:05",
    ):
        assert cells.moment(cell) == expected


@pytest.mark.parametrize(("cell", "said"), [("是", True), ("√", True), ("Y", True), (1, True), ("缺席", True), ("否", False),
                                            ("0", False), ("×", False), ("未缺席", False), ("到庭", False), ("无", False)])  # fmt: skip
def test_yes_and_no(cell: Any, said: bool) -> None:
    assert cells.yes(cell, "缺席标志") is said


def test_terms_in_years_and_months_are_months() -> None:
    assert cells.whole("有期徒刑3年6个月", "月") == 42
    assert cells.whole("10个月", "月") == 10
    assert cells.number("12.5%") == 0.125


@given(st.text(max_size=12))
def test_no_cell_breaks_a_reader_of_cells(cell: str) -> None:
    for read_cell in (lambda c: cells.money(c, 100), cells.moment, cells.yes, cells.whole, cells.number, cells.several):
        try:
            read_cell(cell)
        except cells.Unreadable as error:
            assert str(error)


@pytest.mark.parametrize(
    ("header", "line", "known"),
    [
        ("idno,employer,post,hire_date,minors_contact", f"{ZHANG},某校,教师,2020-09-01,是", "staff"),
        (
            "court_no,person_idno,charge,main_penalty,months",
            f"(2020)浙0203刑初1号,{ZHANG},盗窃罪,有期徒刑,10",
            "crim_judg",
        ),
    ],
)
def test_a_person_told_by_number_alone_is_taken(tmp_path: Path, header: str, line: str, known: str) -> None:
    (row,) = rows(table(tmp_path / "data1.csv", f"{header}\n{line}\n"))
    assert row.record_type.table == known and ZHANG in row.values.values()
    assert row.values.get("name") == (None if known == "staff" else "未载姓名者（第2行）")


@pytest.mark.parametrize("header", ["idno,kind,ts,place", "idno,kind,start_day,bureau,checkin,leave"])
def test_a_table_that_shares_two_columns_with_a_known_one_is_not_it(tmp_path: Path, header: str) -> None:
    path = table(tmp_path / "data1.csv", f"{header}\n{ZHANG},铁路,2024-01-02,某地\n")
    assert not rows(path) and "认不出这是哪一类数据表" in str(problems(path)[0])


def test_a_row_without_its_text_is_still_a_row(tmp_path: Path) -> None:
    text = "case_no,court,cause,file_date,close_date,close_mode,doc_text\n(2024)浙0203民初1号,某法院,民间借贷纠纷,2024-01-02,2024-01-05,调解,\n(2024)浙0203民初2号,某法院,民间借贷纠纷,,,,正文二\n"
    path = table(tmp_path / "data1.csv", text)
    (row,) = rows(path)
    assert row.record_type.table == "civ_case" and row.values["close_mode"] == "调解"
    (found,) = [i for i in read([path]) if isinstance(i, RawDocument)]
    assert found.text == "正文二" and not problems(path)


def test_a_row_with_its_text_keeps_its_other_columns(tmp_path: Path) -> None:
    text = "case_no,court,cause,file_date,close_mode,doc_text\n(2024)浙0203民初1号,某法院,民间借贷纠纷,2024-01-02,调解,正文一\n(2024)浙0203民初2号,,,2024-13-02,,正文二\n"
    path = table(tmp_path / "data1.csv", text)
    one, two = [i for i in read([path]) if isinstance(i, RawDocument)]
    assert one.line and one.line.values["filed_on"] == dt.date(2024, 1, 2) and one.line.origin.row == 2
    assert two.line and two.line.values == {"case_no": "（2024）浙0203民初2号"} and len(problems(path)) == 1


@pytest.mark.parametrize(
    ("header", "line", "column"),
    [
        ("姓名,公民身份证号码,死亡时间", f"甲某,{ZHANG},2024年1月2日", "idno"),
        ("姓名,身份证号码,发放年月,发放金额（元）", f"甲某,{ZHANG},202401,5", "person_idno"),
        ("姓名,居民身份证号码,工作单位,岗位,入职时间,是否接触未成年人", f"甲某,{ZHANG},某校,教师,2020.9.1,是", "idno"),
    ],
)
def test_headers_are_known_by_their_other_spellings(tmp_path: Path, header: str, line: str, column: str) -> None:
    (row,) = rows(table(tmp_path / "data1.csv", f"{header}\n{line}\n"))
    assert row.values[column] == ZHANG and len(row.values) == len(header.split(","))

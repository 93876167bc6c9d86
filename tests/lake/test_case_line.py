"""What comes in with a judgment: the columns of the table it stood in, and entities of the page it was copied from."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

from jianwei.lake import Lake
from jianwei.records import CivilCase

HEADER = ("案号", "法院", "案由", "立案日期", "结案方式", "标的额（元）", "公告送达", "doc_text")
TEXT = """浙江省诸暨市人民法院
民事判决书
{no}
原告：季长庚，男，1980年1月1日出生，汉族，住浙江省诸暨市。
被告：郑开，男，1982年3月4日出生，汉族，住浙江省诸暨市。
原告季长庚与被告郑开民间借贷纠纷一案，本院受理后，依法公开开庭进行了审理。本案现已审理终结。
本院认为，合法的借贷关系受法律保护。依照《中华人民共和国民法典》第六百七十五条之规定，判决如下：
被告郑开于本判决生效之日起十日内归还原告季长庚借款300000元。
审判员 王启
二〇二一年四月六日
书记员 冯益
"""


def lake_of(tmp_path: Path, *lines: tuple[str, ...]) -> Lake:
    path = tmp_path / "民事案件台账.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *lines])
    lake = Lake(tmp_path / "lake", secret=b"0" * 32, durable=False)
    assert not lake.ingest([path], workers=0).problems
    return lake


def line(no: str, text: str, mode: str = "判决") -> tuple[str, ...]:
    return no, "诸暨市人民法院", "民间借贷纠纷", "2021-03-01", mode, "310000", "是", text


def cases(lake: Lake) -> list[dict[str, Any]]:
    with lake.connect() as tables:
        return list(tables.to_pyarrow(tables[CivilCase].order_by(["case_no", "row_id"])).to_pylist())


def test_the_columns_fill_what_the_text_does_not_tell(tmp_path: Path) -> None:
    no = "（2021）浙0681民初1号"
    (case,) = cases(lake_of(tmp_path, line(no, TEXT.format(no=no))))
    assert (case["filed_on"], case["amount_fen"], case["noticed"]) == (dt.date(2021, 3, 1), 31_000_000, True)
    assert (case["decided_fen"], case["judge"], case["row_no"]) == (30_000_000, "王启", 2)
    assert case["document"] and '"decided_fen"' in case["spans"] and '"amount_fen"' not in case["spans"]


def test_where_they_contradict_both_are_there(tmp_path: Path) -> None:
    no = "（2021）浙0681民初2号"
    told, read = sorted(
        cases(lake_of(tmp_path, line(no, TEXT.format(no=no), "撤诉"))), key=lambda c: c["document"] or ""
    )
    assert (told["document"], told["close_mode"], told["row_no"]) == (None, "撤诉", 2)
    assert (read["close_mode"], read["filed_on"]) == ("判决", dt.date(2021, 3, 1))


def test_a_line_stays_when_its_text_tells_of_no_such_case(tmp_path: Path) -> None:
    other = TEXT.format(no="（2021）浙0681民初4号")
    lake = lake_of(tmp_path, line("（2021）浙0681民初3号", other))
    assert [(c["case_no"], c["document"] is None) for c in cases(lake)] == [
        ("（2021）浙0681民初3号", True),
        ("（2021）浙0681民初4号", False),
    ]


def test_a_line_stays_when_its_text_is_in_already(tmp_path: Path) -> None:
    no = "（2021）浙0681民初5号"
    lake = lake_of(tmp_path, line(no, TEXT.format(no=no)), line(no, TEXT.format(no=no), "撤诉"))
    assert sorted((c["close_mode"], c["row_no"]) for c in cases(lake)) == [("判决", 2), ("撤诉", 3)]


def test_a_text_with_stray_entities_is_read_and_its_spans_fit_the_stored_text(tmp_path: Path) -> None:
    text = TEXT.format(no="（2021）浙0681民初6号").replace("审判员 王启", "审&nbsp;判&nbsp;员&nbsp;&nbsp;王&nbsp;启")
    (tmp_path / "1.txt").write_text(text.replace("浙江省", "&nbsp;浙江省", 1), encoding="utf-8")
    lake = Lake(tmp_path / "lake", secret=b"0" * 32, durable=False)
    lake.ingest([tmp_path / "1.txt"], workers=0)
    (case,) = cases(lake)
    stored = lake.document(case["document"])
    assert stored and "&" not in stored["text"] and case["judge"] == "王启"
    start, end = json.loads(case["spans"])["judge"]
    assert stored["text"][start:end] == "王 启"

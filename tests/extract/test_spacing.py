"""A head and signatures spread over their lines with blanks, and a title above its court."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.extract import read

TEXT = """民{0}事{0}判{0}决{0}书
某省某市甲区人民法院
（2024）浙0203民初1号
原告：张三，男，1980年1月1日出生，住某市甲区。
被告：李四，男，1981年1月1日出生，住某市甲区。
原告张三与被告李四民间借贷纠纷一案，本院于2024年1月5日立案后，依法进行了审理。本案现已审理终结。
本院认为，原告的请求有理。判决如下：
被告李四归还原告张三借款1000元。
审{0}判{0}长{0}王{0}五
人{0}民{0}陪{0}审{0}员{0}赵{0}六
{1}
书{0}记{0}员{0}孙{0}七
"""


@pytest.mark.parametrize("blank", ["", " ", "　", "　　", "   "])
def test_blanks_between_the_words_of_a_capacity_change_nothing(blank: str) -> None:
    text = TEXT.format(blank, "二〇二四年四月八日")
    judgment = read(text)
    assert judgment.doc_type and judgment.doc_type.value == "判决书"
    assert judgment.court and judgment.court.value == "某省某市甲区人民法院"
    assert text[judgment.court.start : judgment.court.end] == "某省某市甲区人民法院"
    assert [judge.name.value for judge in judgment.bench] == ["王五", "赵六"]
    assert judgment.clerk and judgment.clerk.value == "孙七"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二四年四月Ｏ八日", dt.date(2024, 4, 8)),
        ("二零二四年零四月零八日", dt.date(2024, 4, 8)),
        ("二○Ｏ五年一〇月一○日", dt.date(2005, 10, 10)),
        ("二〇一五年一二月三〇日", dt.date(2015, 12, 30)),
    ],
)
def test_days_and_months_hold_every_kind_of_nought(written: str, day: dt.date) -> None:
    judgment = read(TEXT.format("　", written))
    assert judgment.decided_on and judgment.decided_on.value == day

"""What holds for every text: nothing is raised, nothing is altered, every span lies inside and holds its value."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jianwei.extract import read
from jianwei.extract.parts.head import canonical
from jianwei.extract.parts.money import MONEY, fen_of
from jianwei.extract.parts.numerals import DATE, day, number
from jianwei.extract.rows import rows
from jianwei.extract.text import normalise, parse

TEXTS = [
    yaml.safe_load(path.read_text(encoding="utf-8"))["text"]
    for path in sorted((Path(__file__).parent / "documents").glob("*.yaml"))
]
_WORDS = (
    "原告 被告 第三人 上诉人（原审原告） 委托诉讼代理人： 法定代表人 张三 李四 某某有限公司 ，男， 住 （以下简称 ） 一案 本院 诉称 辩称 "
    "2020年2月30日 二〇一九年十三月一日 二○二○年一月一日 借款 100元 3.5万元 壹万元整 月利率2% 借条载明：“ ” 判决如下： 裁定如下 依照 "
    "《中华人民共和国刑法》 第二百六十六条 第一款 、 之规定 审判员 书记员 审 判 长 （2020）浙0602民初1号 人民法院 民事判决书 刑事判决书 "
    "执行裁定书 支付令 被告人 犯盗窃罪 有期徒刑 刑期自 ００ 。 \n \u3000 < > ( ) ：到庭 未到庭 公告送达 终结本次执行程序"
)
WORDS = _WORDS.split(" ")
chaos = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=60).map("".join),
    st.tuples(st.sampled_from(TEXTS), st.integers(0, 3000), st.integers(0, 300), st.text(max_size=20)).map(
        lambda cut: cut[0][: cut[1]] + cut[3] + cut[0][cut[1] + cut[2] :]
    ),
)
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@relaxed
@example("\ud800\udc00")
@example("（２０２０）")
@given(chaos)
def test_any_text_is_read_without_raising_and_every_span_lies_inside(text: str) -> None:
    judgment = read(text)
    for leaf in _leaves(judgment.as_json()):
        start, end = leaf["span"]
        assert 0 <= start <= end <= len(text)
    for record, spans in rows(judgment, "d"):
        assert all(0 <= start <= end <= len(text) for start, end in spans.values()), record


@relaxed
@given(chaos)
def test_simple_fields_are_the_words_they_were_read_from(text: str) -> None:
    judgment = read(text)
    if judgment.case_no:
        assert canonical(normalise(text)[slice(*judgment.case_no.span)]) == judgment.case_no.value
    if judgment.court:
        assert _bare(text, judgment.court.span).endswith(judgment.court.value)
    if judgment.claims:
        assert text[slice(*judgment.claims.span)] == judgment.claims.value
    if judgment.decided_on:
        found = DATE.search(normalise(text)[slice(*judgment.decided_on.span)])
        assert found and day(found) == judgment.decided_on.value


@relaxed
@given(st.text(max_size=400))
def test_normalising_keeps_every_offset(text: str) -> None:
    norm = normalise(text)
    assert len(norm) == len(text)
    doc = parse(text)
    edges = [0, doc.parties, doc.record, doc.facts, doc.reasons, doc.ruling, doc.tail, len(text)]
    assert edges == sorted(edges)
    assert doc.text == text


@given(st.dates(dt.date(1950, 1, 1), dt.date(2049, 12, 31)), st.sampled_from("〇○零O"))
def test_a_date_written_in_chinese_numerals_is_that_date(on: dt.date, zero: str) -> None:
    digits = "〇一二三四五六七八九"
    written = "".join(digits[int(c)] for c in str(on.year)).replace("〇", zero)
    found = DATE.search(f"{written}年{_tens(on.month)}月{_tens(on.day)}日")
    assert found and day(found) == on


@given(st.integers(1, 99_999_999))
def test_an_amount_is_read_the_same_with_and_without_separators(yuan: int) -> None:
    for written in (f"{yuan}元", f"{yuan:,}元", f"{yuan:,}元".replace(",", "，")):
        found = MONEY.search(f"借款{written}")
        assert found and fen_of(found) == yuan * 100


def test_amounts_in_capitals_and_in_ten_thousands() -> None:
    for written, fen in (
        ("柒拾万零柒仟壹佰元整", 70_710_000),
        ("3.5万元", 3_500_000),
        ("壹佰贰拾万元", 120_000_000),
        ("1.2亿元", 12_000_000_000),
        ("叁仟元", 300_000),
        ("0.5元", 50),
    ):
        found = MONEY.search(f"人民币{written}")
        assert found and fen_of(found) == fen, written


def test_numbers_in_chinese() -> None:
    for written, value in (
        ("二百六十六", 266),
        ("三百零七", 307),
        ("十", 10),
        ("一百一十", 110),
        ("二〇一八", 2018),
        ("12", 12),
    ):
        assert number(written) == value
    assert number("甲") is None


def _tens(value: int) -> str:
    ones = "〇一二三四五六七八九"
    if value < 10:
        return ones[value]
    head = "" if value < 20 else ones[value // 10]
    return head + "十" + (ones[value % 10] if value % 10 else "")


def _bare(text: str, span: tuple[int, int]) -> str:
    return re.sub(r"[\s\u200b-\u200d\ufeff]", "", normalise(text)[slice(*span)])


def _leaves(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"value", "span"}:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)


def test_the_publishers_names_decide_where_the_text_has_no_party_block() -> None:
    text = (
        "江东省白石市人民法院\n行政裁定书\n（2020）江0182行审7号\n申请执行人市监局向本院申请强制执行白市监处（2020）3号行政处罚决定。"
        "本院依法进行了审查。\n裁定如下：\n准予强制执行。\n审判长李飞\n二〇二〇年三月三日\n书记员熊贤"
    )
    told = read(text, {"parties": "白石市市场监督管理局\n白石市如风电子有限公司", "title": "某行政裁定书"}).parties
    assert [(party.role.value, party.name.value) for party in told] == [
        ("申请执行人", "白石市市场监督管理局"),
        ("被执行人", "白石市如风电子有限公司"),
    ]
    assert told[1].name.span == (0, 0)
    titled = read(text, {"title": "白石市市场监督管理局与梅香行政处罚非诉执行审查行政裁定书"}).parties
    assert {party.name.value for party in titled} == {"白石市市场监督管理局", "梅香"}

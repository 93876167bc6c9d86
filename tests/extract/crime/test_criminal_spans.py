"""Whatever the text, reading does not fail, spans lie inside it, and broken lines change nothing but the spans."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from criminal_judgment import compose, shelf
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.extract import read
from jianwei.extract.crime.measures import length, money
from jianwei.extract.crime.rows import rows

_WORDS = (
    "被告人赵青禾，", "被告人钱木（绰号“木”），", "上诉人（原审被告人）孙溪，", "因涉嫌犯盗窃罪，于", "2017年8月18日", "同年9月5日", "同月6日", "次日", "被刑事拘留，", "被逮捕。",
    "取保候审，", "曾因犯抢劫罪被判处", "有期徒刑三年", "拘役五个月", "缓刑一年", "，并处罚金人民币", "2，000元", "叁万元", "刑满释放。", "现羁押于清溪县看守所。",
    "一、", "二、", "撤销", "维持", "犯盗窃罪，判处", "犯贪污、受贿罪，判处", "决定执行", "与前罪", "（即自2017年4月28日起至2017年11月27日止）", "（", "）", "无罪", "系自首，", "辩护人提出",
    "不予采纳。", "《", "》", "\n", " ", "　", "禁止从事", "责令退赔", "清检刑诉〔2019〕12号起诉书", "判决如下：", "本院认为，", "二〇一九年六月三日", "\0", "\ud800", "𠮷", "Ｏ",
)  # fmt: skip
scraps = st.lists(st.one_of(st.sampled_from(_WORDS), st.text(max_size=4)), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(header=scraps, reasons=scraps, ruling=scraps)
def test_any_text_is_read_and_every_span_lies_in_it(header: str, reasons: str, ruling: str) -> None:
    text = compose(header=header, reasons="本院认为，" + reasons, ruling=ruling)
    judgment = read(text)
    for start, end in _spans(judgment.as_json()):
        assert 0 <= start <= end <= len(text)
    for record, spans in rows(judgment, "a-document"):
        for column, (start, end) in spans.items():
            assert 0 <= start <= end <= len(text)
            assert getattr(record, column) is not None


@pytest.mark.parametrize("case", shelf("rulings.yaml"))
def test_lines_broken_anywhere_give_the_same_values(case: dict[str, Any]) -> None:
    text = compose(ruling=case["ruling"], names=tuple(case["names"]))
    start = text.index("判决如下：") + 6
    end = text.index("如不服")
    broken = text[:start] + "\n".join(text[start:end][i : i + 7] for i in range(0, end - start, 7)) + text[end:]
    assert _values(read(broken).as_json()["defendants"]) == _values(read(text).as_json()["defendants"])


def test_a_span_holds_the_very_words() -> None:
    text = compose(
        names=("赵青禾",),
        ruling="被告人赵青禾犯盗窃罪，判处有期徒刑七个月，并处罚金人民币三千元（即自2017年4月28日起至2017年11月27日止）。",
    )
    who = read(text).as_json()["defendants"][0]
    words = {
        key: text[slice(*who[key]["span"])]
        for key in ("name", "penalty", "months", "fine_fen", "term_start_on", "term_end_on")
    }
    assert words == {
        "name": "赵青禾",
        "penalty": "有期徒刑",
        "months": "七个月",
        "fine_fen": "三千元",
        "term_start_on": "2017年4月28日",
        "term_end_on": "2017年11月27日",
    }
    assert text[slice(*who["charges"][0]["span"])] == "盗窃罪"


@settings(max_examples=80, deadline=None)
@given(years=st.integers(0, 25), months=st.integers(0, 11), days=st.integers(0, 29))
def test_a_length_of_time_reads_back_as_it_was_written(years: int, months: int, days: int) -> None:
    words = "".join(
        (
            f"{_chinese(years)}年" if years else "",
            f"{_chinese(months)}个月" if months else "",
            f"{_chinese(days)}日" if days else "",
        )
    )
    found = length(words + "，", 0)
    assert (found[:3] if found else None) == ((years * 12 + months, days, len(words)) if words else None)


@settings(max_examples=80, deadline=None)
@given(yuan=st.integers(10, 9_999_999))
def test_a_sum_reads_back_however_it_is_written(yuan: int) -> None:
    for words in (f"人民币{yuan}元", f"{yuan:,}元".replace(",", "，"), f"{yuan}元人民币"):
        found = money(words + "。", 0)
        assert found is not None and found.fen == yuan * 100


@pytest.mark.parametrize(
    "scrap",
    [
        "（",
        "被告人",
        "犯",
        "因犯",
        "2017年8月18日",
        "以盗窃罪",
        "自首",
        "系自首，辩护人提出",
        "罪、",
        "禁止从事",
        "一、",
        "被害人系未成年",
        "至",
    ],
)
def test_reading_grows_no_faster_than_the_text(scrap: str) -> None:
    small, large = (_seconds(scrap * (size // len(scrap))) for size in (8_000, 32_000))
    assert large < 0.25 or large < 10 * small


def _seconds(scrap: str) -> float:
    text = compose(
        header="被告人赵青禾，男。" + scrap,
        reasons="本院认为，" + scrap,
        ruling="被告人赵青禾犯盗窃罪，判处有期徒刑一年。" + scrap,
    )
    start = time.process_time()
    read(text)
    return time.process_time() - start


def _chinese(value: int) -> str:
    digits = "零一二三四五六七八九"
    if value < 10:
        return digits[value]
    return ("" if value < 20 else digits[value // 10]) + "十" + (digits[value % 10] if value % 10 else "")


def _spans(node: Any) -> Iterator[tuple[int, int]]:
    if isinstance(node, dict):
        if set(node) == {"value", "span"}:
            yield tuple(node["span"])
            return
        for value in node.values():
            yield from _spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from _spans(value)


def _values(node: Any) -> Any:
    if isinstance(node, dict):
        return node["value"] if set(node) == {"value", "span"} else {key: _values(value) for key, value in node.items()}
    return [_values(value) for value in node] if isinstance(node, list) else node

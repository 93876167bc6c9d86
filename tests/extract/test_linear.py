"""Texts made to be slow, and whole judgments that are long, are read with work that grows with their length."""

from __future__ import annotations

import sys
import time
from types import FrameType
from typing import Any

import pytest

from jianwei.extract import read

HEAD = (
    "某市人民法院\n民事判决书\n（2020）某0101民初1号\n原告张三，男，1980年1月1日出生，住某市。\n被告李四，女，住某市。\n"
    "原告张三与被告李四民间借贷纠纷一案，本院于2020年1月2日立案。本案现已审理终结。\n原告诉称："
)
TAIL = "本院认为，应还款。依照《中华人民共和国合同法》第一条之规定，判决如下：\n一、被告还款1元。\n审判员王五\n二〇二〇年二月二日\n书记员赵六"
UNITS = (
    *"一，。（《第1x年二、：“以诉与元\n ",
    *(
        "被告",
        "原告：",
        "法院",
        "1元",
        "（2020）某",
        "判决如下：",
        "审判员",
        "2020年1月1日",
        "借条：“",
        "借条载明",
        "月利率2",
        "一案",
    ),
    *(
        "第一条第一款",
        "受理费",
        "现金",
        "未答辩",
        "到庭",
        "拒不到庭",
        "由张三担保",
        "证明出具的",
        "编号",
        "（以下简称",
        "同年",
        "驳回",
        "1，000",
    ),
)
CRIMINAL_HEAD = (
    "某市人民法院\n刑事判决书\n（2020）某0101刑初1号\n公诉机关某市人民检察院。\n%s"
    "某市人民检察院以某检诉刑诉〔2020〕1号起诉书指控被告人张三犯盗窃罪，于2020年2月1日向本院提起公诉。现已审理终结。\n公诉机关指控："
)
DEFENDANT = (
    "被告人%s，男，1980年1月1日出生，住某市。曾因犯盗窃罪，于2015年3月2日被某市人民法院判处有期徒刑六个月，2015年8月1日刑满释放。"
    "因涉嫌犯盗窃罪于2020年1月2日被刑事拘留，%s同年1月9日被逮捕。\n"
)
DEED = "2020年1月1日，被告人%s在某处盗窃财物价值人民币2000元。"
REASONS = "\n本院认为，被告人的行为构成盗窃罪。%s依照《中华人民共和国刑法》第二百六十四条之规定，判决如下：\n"
SENTENCE = (
    "一、被告人%s犯盗窃罪，判处有期徒刑六个月，%s并处罚金人民币一千元（刑期自2020年1月2日起至2020年7月1日止。）；\n"
)
CRIMINAL_TAIL = "审判员王五\n二〇二〇年三月二日\n书记员赵六"
CRIMINAL_UNITS = (
    *(
        "被告人",
        "被告人张三",
        "抓获",
        "判决如下：",
        "判处有期徒刑",
        "因犯罪",
        "同年",
        "2020年1月1日被羁押",
        "羁押1日",
        "犯盗窃罪，",
        "罪",
        "（",
    ),
    *(
        "一、",
        "自首",
        "如实供述，",
        "辩护人提出",
        "折抵",
        "责令",
        "0",
        "2020",
        "二",
        "审 判",
        "书记员",
        "某检（2020）",
        "程序",
        "、",
    ),
)
SIZE = 60_000
ALLOWED = 1.5
"""Seconds for one text of SIZE characters; *chosen*: ten times what the slowest needs here; what grows with the square needs many."""


@pytest.mark.parametrize("place", ("alone", "in the facts", "in the party block", "in the ruling"))
def test_a_text_of_one_repeated_unit_is_read_in_linear_time(place: str) -> None:
    for unit in UNITS:
        filler = unit * (SIZE // len(unit))
        text = {
            "alone": filler,
            "in the facts": HEAD + filler + TAIL,
            "in the party block": HEAD[:60] + filler + HEAD[60:] + TAIL,
            "in the ruling": HEAD + TAIL[:50] + filler + TAIL[50:],
        }[place]
        began = time.process_time()
        read(text)
        assert time.process_time() - began < ALLOWED, (place, unit)


@pytest.mark.parametrize("place", ("among the measures", "in the facts", "in the reasons", "in the ruling", "below"))
def test_a_criminal_judgment_with_one_repeated_unit_is_read_in_linear_time(place: str) -> None:
    for unit in CRIMINAL_UNITS:
        filler = {place: unit * (SIZE // len(unit))}
        text = "".join(
            (
                CRIMINAL_HEAD % (DEFENDANT % ("张三", filler.get("among the measures", ""))),
                DEED % "张三",
                filler.get("in the facts", ""),
                REASONS % filler.get("in the reasons", ""),
                SENTENCE % ("张三", filler.get("in the ruling", "")),
                CRIMINAL_TAIL,
                filler.get("below", ""),
            )
        )
        began = time.process_time()
        read(text)
        assert time.process_time() - began < ALLOWED, (place, unit)


def test_twice_the_defendants_and_twice_the_facts_are_twice_the_work() -> None:
    for defendants, deeds in ((20, 1), (1, 1000)):
        once, twice = (calls(judgment(n * defendants, n * deeds)) for n in (1, 2))
        assert twice < 2.2 * once, (defendants, deeds, once, twice)


def judgment(defendants: int, deeds: int) -> str:
    """A criminal judgment of so many defendants and so many deeds."""
    names = [f"张{chr(0x4E01 + n)}{chr(0x5201 + n)}" for n in range(defendants)]
    return "".join(
        (
            CRIMINAL_HEAD % "".join(DEFENDANT % (name, "") for name in names),
            *(DEED % names[n % defendants] for n in range(deeds)),
            REASONS % "".join(f"被告人{name}如实供述，是坦白。" for name in names),
            *(SENTENCE % (name, "") for name in names),
            CRIMINAL_TAIL,
        )
    )


def calls(text: str) -> int:
    """How many functions are called to read ``text`` once its words are known."""
    read(text)
    count = 0

    def tick(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(tick)
    try:
        read(text)
    finally:
        sys.setprofile(None)
    return count

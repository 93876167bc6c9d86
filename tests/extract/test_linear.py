"""Texts made to be slow are read in time that grows with their length."""

from __future__ import annotations

import time

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

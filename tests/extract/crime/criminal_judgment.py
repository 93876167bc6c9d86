"""Puts a header, reasons or a ruling into a whole judgment of people who do not exist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Compose = Callable[..., str]

_TEXT = """江东省清溪县人民法院
刑 事 判 决 书
（2019）江0324刑初12号
公诉机关清溪县人民检察院。
{header}
清溪县人民检察院以清检刑诉〔2019〕第0012号起诉书指控被告人犯罪，于2019年1月5日向本院提起公诉。本院依法组成合议庭，公开开庭审理了本案。现已审理终结。
经审理查明，2018年8月1日，事情发生。
{reasons}依照《中华人民共和国刑法》第六十一条之规定，判决如下：
{ruling}
如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向江东省青山市中级人民法院提出上诉。
审判长 石岩
二〇一九年六月三日
书记员 米粒
附：《中华人民共和国刑法》第二百六十四条：处三年以下有期徒刑、拘役或者管制，并处或者单处罚金。
"""


def compose(
    header: str = "", reasons: str = "本院认为，罪名成立。", ruling: str = "", names: tuple[str, ...] = ()
) -> str:
    """A judgment of first instance with these parts; ``names`` stand in for a header."""
    told = header.strip() or "\n".join(f"被告人{name}，男，1985年5月5日出生，汉族。" for name in names)
    return _TEXT.format(header=told, reasons=reasons.strip(), ruling=ruling.strip())


def shelf(name: str) -> list[Any]:
    """The cases of one file, each a parameter named by its ``why``."""
    cases = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["why"]) for case in cases]


def plain(value: Any) -> Any:
    """The value of a leaf as a file writes it."""
    if value is None or isinstance(value, str | int | dt.date | bool):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    return plain(value.value)

"""Interest rates as people write them: 月利率2%, 月息2分, 年利率15.4%, 日万分之五."""

from __future__ import annotations

import re

from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.numerals import NUMERAL, number

_RATE = re.compile(
    rf"(?P<per>月利率|年利率|日利率|月利息|年利息|月息|年息|日息|月利|利率|利息|每月|每日|按月|按年)[^，。；0-9%‰分厘{NUMERAL}]{{0,12}}?"
    rf"(?P<value>[0-9]{{1,3}}(?:\.[0-9]{{1,6}})?|[{NUMERAL}]{{1,4}}|百分之[{NUMERAL}]{{1,4}}|千分之[{NUMERAL}]{{1,4}}|万分之[{NUMERAL}]{{1,4}}) ?(?P<unit>%|‰|分|厘|(?<=之.)|(?<=之..)|(?<=之...))(?P<tail>[/／每]?[年月日]|的?月利率|的?年利率)?"
)


def rate(norm: str, start: int, end: int) -> Leaf[float] | None:
    """The first rate between two offsets, in per cent a year."""
    if norm.find("利", start, end) < 0 and norm.find("息", start, end) < 0:
        return None
    for match in _RATE.finditer(norm, start, end):
        yearly = annual_percent(match)
        if yearly is not None and 0 < yearly <= 400:
            return Leaf(yearly, match.start(), match.end())
    return None


def annual_percent(match: re.Match[str]) -> float | None:
    """The yearly rate in per cent. 2分 is 2 % a month, 1.5分 年息 is 15 % a year; a bare rate is yearly when ≥ 5 %."""
    written, unit = match["value"], match["unit"]
    scale = 1.0
    for word, factor in (("百分之", 1.0), ("千分之", 0.1), ("万分之", 0.01)):
        if written.startswith(word):
            written, scale = written[3:], factor
            break
    else:
        if unit == "":
            return None
    try:
        value = float(written)
    except ValueError:
        whole = number(written)
        if whole is None:
            return None
        value = float(whole)
    per, tail = match["per"], match["tail"] or ""
    unit_of_time = (
        "年"
        if "年" in per or "年" in tail
        else "日"
        if "日" in per or "日" in tail
        else "月"
        if "月" in per or "月" in tail
        else ""
    )
    if unit == "分":
        return round(value * 10 if unit_of_time == "年" and value < 10 else value * 12, 4)
    if unit == "厘":
        return round(value if unit_of_time == "年" else value * 1.2, 4)
    percent = value * scale * (0.1 if unit == "‰" else 1.0)
    if not unit_of_time:
        unit_of_time = "年" if percent >= 5 else "月"
    return round(percent * {"年": 1, "月": 12, "日": 365}[unit_of_time], 4)

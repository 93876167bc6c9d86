"""The words of a penalty, and reading one main penalty with its length at a place."""

from __future__ import annotations

import re
from typing import NamedTuple

from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.measures import length
from jianwei.extract.judgment import Count, Text

MAIN = r"有期徒刑|无期徒刑|死刑|拘役|管制"
EXEMPT = r"免[予于除]?(?:予|于|除)?(?:刑事处[罚分]|刑罚处罚|刑事责任处罚|刑罚|处罚)"
_SUSPENDED = re.compile(r"，?(?:宣告)?缓期(?:二|两|2)年执行")


_BEFORE = re.compile(r"(?:判处|执行)(?P<length>[一二两三四五六七八九十零又半年个月0-9]{2,10})$")


class Main(NamedTuple):
    """A main penalty. ``end`` is where its words end."""

    penalty: Text
    months: Count | None
    extra_days: Count | None
    life_or_death: Text | None
    end: int


def main(compact: Compact, word: str, start: int, end: int) -> Main | None:
    """The main penalty whose name stands at ``text[start:end]``; ``None`` when no length follows one that needs it."""
    penalty = compact.leaf(word, start, end)
    if word == "无期徒刑":
        return Main(penalty, None, None, penalty, end)
    if word == "死刑":
        suspended = _SUSPENDED.match(compact.text, end)
        if suspended:
            value = compact.leaf("死刑缓期二年执行", start, suspended.end())
            return Main(penalty, None, None, value, suspended.end())
        return Main(penalty, None, None, penalty, end)
    at = end
    term = length(compact.text, at)
    if term is None:
        # 判处六个月拘役: the length stands before the name.
        before = _BEFORE.search(compact.text, max(0, start - 14), start)
        term = length(compact.text, before.start("length")) if before else None
        if before is None or term is None or term.end != start:
            return None
        at = before.start("length")
    months = compact.leaf(term.months, at, term.end)
    days = compact.leaf(term.days, at, term.end) if term.days else None
    return Main(penalty, months, days, None, max(term.end, end))


def months_at(compact: Compact, at: int) -> tuple[Count, int] | None:
    """The months written at ``at`` (缓刑 *一年六个月*) and where they end."""
    term = length(compact.text, at)
    if term is None or not term.months:
        return None
    return compact.leaf(term.months, at, term.end), term.end

"""退回补充侦查：期限、次数、先后。"""

from __future__ import annotations

import datetime as dt

from jianwei.cards.law import GZ, XS, last_day
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite

_SUPPLEMENT = "criminal/supplementary_investigation"
_BASIS = (Cite(XS, "第一百七十五条第三款"), Cite(GZ, "第三百四十六条"))
_MAIL = Lawful("mail", "已重报，尚在途或者尚未录入", Cite(XS, "第一百零五条第三款"))


def _late(start: dt.date | None, end: dt.date | None, as_of: dt.date, *, open_only: bool) -> Facts | None:
    """The last day of the supplement when it has passed: without an end, or (not ``open_only``) before the end."""
    if start is None or (end is None) != open_only:
        return None
    due = last_day(_SUPPLEMENT, start)
    return {"due": due} if due and (end or as_of) > due.on else None


@rule(
    "T11",
    "一次退查后超过一个月未重报，也未填未重报事由",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=_BASIS,
    needs=("returned_1_on", "resubmitted_1_on"),
    helps=("unreturned_1",),
    limits=(_SUPPLEMENT,),
    says="{returned_1_on}，补充侦查至迟应在{due}完毕，而{resubmitted_1_on}，{unreturned_1}",
    exceptions=(_MAIL,),
)
def first_return_open(card: ProsecutionCard, look: Look) -> Facts | None:
    return None if card.unreturned_1 else _late(card.returned_1_on, card.resubmitted_1_on, look.as_of, open_only=True)


@rule(
    "T12",
    "二次退查后超过一个月未重报，也未填未重报事由",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=_BASIS,
    needs=("returned_2_on", "resubmitted_2_on"),
    helps=("unreturned_2",),
    limits=(_SUPPLEMENT,),
    says="{returned_2_on}，补充侦查至迟应在{due}完毕，而{resubmitted_2_on}，{unreturned_2}",
    exceptions=(_MAIL,),
)
def second_return_open(card: ProsecutionCard, look: Look) -> Facts | None:
    return None if card.unreturned_2 else _late(card.returned_2_on, card.resubmitted_2_on, look.as_of, open_only=True)


@rule(
    "T13",
    "一次重报超过一个月",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=_BASIS,
    needs=("returned_1_on", "resubmitted_1_on"),
    limits=(_SUPPLEMENT,),
    says="{returned_1_on}，补充侦查至迟应在{due}完毕，而{resubmitted_1_on}",
    exceptions=(Lawful("post", "期满前交邮，路途时间不计", Cite(XS, "第一百零五条第三款")),),
)
def first_return_late(card: ProsecutionCard, look: Look) -> Facts | None:
    return _late(card.returned_1_on, card.resubmitted_1_on, look.as_of, open_only=False)


@rule(
    "T14",
    "二次重报超过一个月",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=_BASIS,
    needs=("returned_2_on", "resubmitted_2_on"),
    limits=(_SUPPLEMENT,),
    says="{returned_2_on}，补充侦查至迟应在{due}完毕，而{resubmitted_2_on}",
    exceptions=(Lawful("post", "期满前交邮，路途时间不计", Cite(XS, "第一百零五条第三款")),),
)
def second_return_late(card: ProsecutionCard, look: Look) -> Facts | None:
    return _late(card.returned_2_on, card.resubmitted_2_on, look.as_of, open_only=False)


@rule(
    "L11",
    "退回补充侦查超过二次",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(*_BASIS, Cite(GZ, "第三百五十条")),
    needs=("returned_3_on",),
    says="{returned_3_on}；补充侦查以二次为限，改变管辖前后合并计算",
    exceptions=(Lawful("other_fact", "其中一次系退回他案或者补充移送，误作退查录入", Cite(GZ, "第三百四十九条")),),
)
def third_return(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.returned_3_on else None


def _moved(card: ProsecutionCard, look: Look) -> bool | None:
    return card.moved


@rule(
    "L12",
    "有二次退查而无一次退查",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(GZ, "第三百五十条"),),
    needs=("returned_1_on", "returned_2_on"),
    says="{returned_2_on}，而{returned_1_on}",
    exceptions=(
        Lawful("moved", "改变管辖前已在原院退查一次", Cite(GZ, "第三百五十条"), "是否改变管辖为“是”", reads=("moved",), holds=_moved),
    ),
)  # fmt: skip
def second_without_first(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.returned_2_on and not card.returned_1_on else None


@rule(
    "L13",
    "退查、重报日期先后颠倒",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第一百七十五条第三款"),),
    needs=("accepted_on", "returned_1_on", "resubmitted_1_on"),
    helps=("returned_2_on", "resubmitted_2_on"),
    says="{cells}，先后颠倒",
)
def returns_out_of_order(card: ProsecutionCard, look: Look) -> Facts | None:
    line = [
        (name, day)
        for name in ("accepted_on", "returned_1_on", "resubmitted_1_on", "returned_2_on", "resubmitted_2_on")
        if (day := getattr(card, name)) is not None
    ]
    for (before, first), (after, second) in zip(line, line[1:], strict=False):
        if second < first:
            return {"cells": [before, after]}
    return None


@rule(
    "L14",
    "重报与退查同日",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第一百七十五条第三款"),),
    needs=("returned_1_on", "resubmitted_1_on"),
    helps=("returned_2_on", "resubmitted_2_on"),
    says="{cells}，同日退查、重报，未留补充侦查的时间",
    exceptions=(Lawful("ready", "所缺材料当日补齐", Cite(GZ, "第三百四十二条")),),
)
def returned_and_resubmitted_at_once(card: ProsecutionCard, look: Look) -> Facts | None:
    if card.returned_1_on and card.returned_1_on == card.resubmitted_1_on:
        return {"cells": ["returned_1_on", "resubmitted_1_on"]}
    if card.returned_2_on and card.returned_2_on == card.resubmitted_2_on:
        return {"cells": ["returned_2_on", "resubmitted_2_on"]}
    return None

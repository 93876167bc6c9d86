"""量刑建议：类型、刑种、刑期、罚金、采纳。"""

from __future__ import annotations

from jianwei.cards.law import RECORDING, XS
from jianwei.cards.numbers import number
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite

_OPINION = "人民检察院办理认罪认罚案件开展量刑建议工作的指导意见"
_TERMS = {"有期": "advice_from", "拘役": "advice_detention", "管制": "advice_control"}


@rule(
    "B31",
    "提出量刑建议而未填刑种",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第一百七十六条第二款"), RECORDING),
    needs=("advice", "advice_penalty"),
    says="{advice}，而{advice_penalty}",
)
def advice_without_penalty(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.advice not in (None, "无", "未提出") and card.advice_penalty is None else None


@rule(
    "B32",
    "量刑建议填了刑种而未填刑期",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第一百七十六条第二款"), RECORDING),
    needs=("advice_penalty", "advice_from", "advice_detention", "advice_control"),
    says="{advice_penalty}，而{cells}",
)
def advice_without_months(card: ProsecutionCard, look: Look) -> Facts | None:
    empty = [
        name for word, name in _TERMS.items() if word in (card.advice_penalty or "") and getattr(card, name) is None
    ]
    return {"cells": empty} if empty else None


@rule(
    "B33",
    "法院采纳量刑建议，两个阶段却都未填量刑建议",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百零一条"), RECORDING),
    needs=("advice_taken", "advice", "trial_advice"),
    says="{advice_taken}，而{advice}，{trial_advice}",
)
def taken_without_advice(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.advice_taken and not card.advice and not card.trial_advice else None


@rule(
    "L81",
    "量刑建议的下限高于上限",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第一百七十六条第二款"),),
    needs=("advice_from", "advice_to"),
    says="{advice_from}，高于{advice_to}",
)
def advice_upside_down(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.advice_from and card.advice_to and card.advice_from > card.advice_to else None


_WIDTHS = ((12, 2), (36, 6), (120, 12), (10_000, 24))
"""Below so many months (the lower bound) a range should span no more than so many."""


@rule(
    "L82",
    "量刑建议幅度过宽",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.LOW,
    basis=(Cite(_OPINION, "第十三条", verified=False),),
    needs=("advice_from", "advice_to"),
    says="{advice_from}，{advice_to}，相差{width}个月，一般不超过{most}个月",
    exceptions=(
        Lawful("complex", "新类型、不常见犯罪，量刑情节复杂的重罪", Cite(_OPINION, "第十二条", verified=False)),
    ),
)
def advice_too_wide(card: ProsecutionCard, look: Look) -> Facts | None:
    if not card.advice_from or not card.advice_to or card.advice_to <= card.advice_from:
        return None
    most = next(width for below, width in _WIDTHS if card.advice_from < below)
    width = card.advice_to - card.advice_from
    return {"width": width, "most": most} if width > most else None


@rule(
    "L83",
    "确定刑量刑建议却填有不同的上限",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("advice", "advice_from", "advice_to"),
    says="{advice}，而{advice_from}，{advice_to}",
)
def fixed_advice_with_range(card: ProsecutionCard, look: Look) -> Facts | None:
    fixed = "确定刑" in (card.advice or "")
    return {} if fixed and card.advice_from and card.advice_to and card.advice_from != card.advice_to else None


@rule(
    "U02",
    "量刑建议罚金疑为把元填进万元",
    on=ProsecutionCard,
    group=Group.UNIT,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("advice_fine_from", "advice_fine_to"),
    says="{cells}；单位应为万元",
    exceptions=(
        Lawful(
            "large",
            "涉案数额特别巨大，罚金确为此数",
            Cite("最高人民法院关于适用财产刑若干问题的规定", "第二条"),
        ),
    ),
)
def advice_fine_in_yuan(card: ProsecutionCard, look: Look) -> Facts | None:
    most = number("doubtful_fen", look.as_of)
    large = [name for name in ("advice_fine_from", "advice_fine_to") if (getattr(card, name) or 0) > most]
    return {"cells": large} if large else None

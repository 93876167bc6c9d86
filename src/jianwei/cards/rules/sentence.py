"""宣告刑：刑种、刑期、缓刑、单位、累犯、未成年人。法定幅度取自 ``law/sentencing``。"""

from __future__ import annotations

from jianwei.cards.law import XF, XJ
from jianwei.cards.numbers import number
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite
from jianwei.law.sentencing.rules import Rule as Numbers
from jianwei.law.sentencing.rules import rule as numbers

_KINDS = ("有期徒刑", "拘役", "管制")


def _kind(card: ProsecutionCard) -> str | None:
    return next((kind for kind in _KINDS if kind in (card.sentence or "")), None)


def _range(card: ProsecutionCard) -> Numbers | None:
    kind = _kind(card)
    return numbers("kinds", kind, card.judged_on) if kind else None


def _several(card: ProsecutionCard, look: Look) -> bool | None:
    """Several crimes: the ceiling for them is kept, and the card names more than one."""
    found = _range(card)
    months = card.sentence_months or 0
    if found is None or not found["least"] <= months <= (found["combined_above"] or found["combined"]):
        return False
    return True if len(card.judged_charges) > 1 else None


@rule(
    "L61",
    "刑期超出刑种的法定幅度",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第三十八条"), Cite(XF, "第四十二条"), Cite(XF, "第四十五条")),
    needs=("sentence", "sentence_months"),
    helps=("judged_on",),
    says="{sentence}，而{sentence_months}；{kind}应为{least}个月以上{most}个月以下，刑期以月为单位",
    exceptions=(
        Lawful("several", "数罪并罚", Cite(XF, "第六十九条"), "判决罪名不止一个，且不超过并罚的上限", reads=("judged_charge", "judged_charge_more"), holds=_several),
    ),
)  # fmt: skip
def months_outside_kind(card: ProsecutionCard, look: Look) -> Facts | None:
    found = _range(card)
    if found is None or card.sentence_months is None or found["least"] <= card.sentence_months <= found["most"]:
        return None
    return {"kind": _kind(card), "least": found["least"], "most": found["most"]}


@rule(
    "L62",
    "宣告缓刑而刑期超过三年",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第七十二条第一款"),),
    needs=("sentence", "sentence_months"),
    helps=("judged_on",),
    says="{sentence}，而{sentence_months}；缓刑只适用于拘役、三年以下有期徒刑",
)
def probation_over_three_years(card: ProsecutionCard, look: Look) -> Facts | None:
    if "缓刑" not in (card.sentence or "") or card.sentence_months is None:
        return None
    found = numbers("probation", "有期徒刑", card.judged_on)
    return {} if found and card.sentence_months > found["max_sentence"] else None


@rule(
    "L63",
    "被告单位被判处自由刑",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第三十一条"),),
    needs=("is_unit", "sentence"),
    says="{is_unit}，而{sentence}；对单位只判处罚金",
)
def unit_imprisoned(card: ProsecutionCard, look: Look) -> Facts | None:
    imprisoned = any(word in (card.sentence or "") for word in (*_KINDS, "无期", "死刑"))
    return {} if card.is_unit and imprisoned else None


@rule(
    "L64",
    "认定累犯而前科无刑事处罚",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第六十五条第一款"), Cite(XF, "第六十六条")),
    needs=("circumstances", "prior"),
    says="{circumstances}，而{prior}；累犯以曾被判处刑罚为前提",
)
def recidivist_without_prior(card: ProsecutionCard, look: Look) -> Facts | None:
    text = (card.circumstances or "").replace("不构成累犯", "").replace("非累犯", "")
    return {} if "累犯" in text and "刑" not in (card.prior or "") else None


@rule(
    "L65",
    "犯罪时不满十八周岁而认定累犯",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第六十五条第一款"),),
    needs=("circumstances", "age"),
    says="{circumstances}，而{age}；不满十八周岁的人犯罪的不是累犯",
)
def minor_recidivist(card: ProsecutionCard, look: Look) -> Facts | None:
    text = (card.circumstances or "").replace("不构成累犯", "").replace("非累犯", "")
    return {} if "累犯" in text and card.age is not None and card.age < number("adult_age", None) else None


@rule(
    "L66",
    "犯罪时不满十八周岁而判处死刑",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第四十九条第一款"),),
    needs=("sentence", "age"),
    says="{sentence}，而{age}",
)
def minor_sentenced_to_death(card: ProsecutionCard, look: Look) -> Facts | None:
    return (
        {}
        if "死刑" in (card.sentence or "") and card.age is not None and card.age < number("adult_age", None)
        else None
    )


@rule(
    "L67",
    "无罪、免予刑事处罚却填有刑期",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第三十七条"), Cite(XJ, "第二百九十五条")),
    needs=("sentence", "sentence_months"),
    says="{sentence}，而{sentence_months}",
)
def acquitted_with_months(card: ProsecutionCard, look: Look) -> Facts | None:
    free = any(word in (card.sentence or "") for word in ("无罪", "免予刑事处罚", "免于刑事处罚", "不负刑事责任"))
    return {} if free and card.sentence_months else None


@rule(
    "B21",
    "判处有期徒刑、拘役、管制而未填刑期",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(Cite(XF, "第四十五条"),),
    needs=("sentence", "sentence_months"),
    says="{sentence}，而{sentence_months}",
)
def sentence_without_months(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if _kind(card) and card.sentence_months is None else None

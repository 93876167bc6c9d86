"""速裁程序、简易程序的适用条件。依法条分开：速裁排除未成年人且限三年以下，简易既不排除未成年人也不限三年。"""

from __future__ import annotations

from jianwei.cards.card import age_on
from jianwei.cards.law import GZ, RECORDING, XS
from jianwei.cards.numbers import number
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite

_CHANGED = Lawful(
    "changed", "已转为简易程序或者普通程序审理", Cite(XS, "第二百二十六条"), "填有速裁转为简易、普通程序日期",
    reads=("to_summary_on", "to_ordinary_on"), holds=lambda c, _: bool(c.to_summary_on or c.to_ordinary_on),
)  # fmt: skip
_LIMITED = ("盲", "聋", "哑", "限定刑事责任能力", "限制刑事责任能力", "尚未完全丧失辨认")


def _fast(card: ProsecutionCard) -> bool:
    return "速裁" in (card.procedure or "")


def _summary(card: ProsecutionCard) -> bool:
    return "简易" in (card.procedure or "")


def _limited(card: ProsecutionCard) -> list[str]:
    return [
        name
        for name in ("circumstances", "judged_circumstances")
        if any(word in (getattr(card, name) or "") for word in _LIMITED)
    ]


def _grown(card: ProsecutionCard, look: Look) -> bool | None:
    if not (card.born_on and card.indicted_on):
        return None
    return age_on(card.born_on, card.indicted_on) >= number("adult_age", None)


@rule(
    "L41",
    "未成年被告人适用速裁程序",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百二十三条第二项"), Cite(GZ, "第四百三十八条第二项")),
    needs=("procedure", "age"),
    says="{procedure}，而{age}；被告人是未成年人的不适用速裁程序",
    exceptions=(
        _CHANGED,
        Lawful(
            "grown",
            "犯罪时未成年，审判时已满十八周岁",
            Cite(XS, "第二百二十三条第二项"),
            "起诉时依出生日期已满十八周岁",
            reads=("born_on", "indicted_on"),
            holds=_grown,
        ),
    ),
)
def fast_track_for_minor(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if _fast(card) and card.age is not None and card.age < number("adult_age", None) else None


@rule(
    "L42",
    "盲、聋、哑或者限制责任能力的被告人适用速裁程序",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百二十三条第一项"), Cite(GZ, "第四百三十八条第一项")),
    needs=("procedure", "circumstances"),
    helps=("judged_circumstances",),
    says="{procedure}，而{cells}",
    exceptions=(_CHANGED,),
)
def fast_track_for_disabled(card: ProsecutionCard, look: Look) -> Facts | None:
    found = _limited(card) if _fast(card) else []
    return {"cells": found} if found else None


@rule(
    "L43",
    "宣告刑超过三年适用速裁程序",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百二十二条第一款"), Cite(GZ, "第四百三十七条第一项")),
    needs=("procedure", "sentence"),
    helps=("sentence_months", "indicted_on"),
    says="{procedure}，而{sentence}，{sentence_months}",
    exceptions=(_CHANGED, Lawful("joined", "与前罪数罪并罚，本罪未超过三年", Cite(XS, "第二百二十二条第一款"))),
)
def fast_track_over_three_years(card: ProsecutionCard, look: Look) -> Facts | None:
    life = any(word in (card.sentence or "") for word in ("无期", "死刑"))
    return (
        {}
        if _fast(card) and (life or (card.sentence_months or 0) > number("fast_track_months", card.indicted_on))
        else None
    )


@rule(
    "L44",
    "不认罪认罚适用速裁程序",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百二十二条第一款"), Cite(GZ, "第四百三十七条第三项")),
    needs=("procedure", "plea"),
    says="{procedure}，而{plea}",
    exceptions=(
        _CHANGED,
        Lawful("at_trial", "审判阶段才认罪认罚并同意速裁", Cite(XS, "第二百二十二条第一款"), "审判阶段适用认罪认罚为“是”",
               reads=("trial_plea",), holds=lambda c, _: bool(c.trial_plea)),
    ),
)  # fmt: skip
def fast_track_without_plea(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if _fast(card) and card.plea is False else None


def _dissenting(look: Look) -> str:
    return "、".join(peer.known_as for peer in look.peers if peer.plea is False)


@rule(
    "L45",
    "共同犯罪中有人不认罪认罚而适用速裁程序",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第二百二十三条第四项"), Cite(GZ, "第四百三十八条第四项")),
    needs=("procedure", "plea"),
    peers=True,
    says="{procedure}，而同案{others}未适用认罪认罚",
    exceptions=(
        _CHANGED,
        Lawful(
            "agreed",
            "未适用认罪认罚的人对指控事实、罪名、量刑建议和程序均无异议，或者另案起诉",
            Cite(XS, "第二百二十三条第四项"),
        ),
    ),
)
def fast_track_with_dissenting(card: ProsecutionCard, look: Look) -> Facts | None:
    others = _dissenting(look) if _fast(card) and card.plea else ""
    return {"others": others} if others else None


@rule(
    "L46",
    "速裁程序未当庭宣判",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第二百二十四条第二款"),),
    needs=("procedure", "heard_on", "judged_on"),
    says="{procedure}，{heard_on}，而{judged_on}；速裁应当当庭宣判",
    exceptions=(_CHANGED, Lawful("again", "多次开庭，所填不是宣判之庭", Cite(XS, "第二百二十四条第二款"))),
)
def fast_track_not_judged_at_once(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if _fast(card) and card.heard_on and card.judged_on and card.heard_on != card.judged_on else None


@rule(
    "L47",
    "速裁已转程序，庭审程序仍填速裁",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.LOW,
    basis=(Cite(XS, "第二百二十六条"),),
    needs=("procedure", "to_summary_on", "to_ordinary_on"),
    says="{procedure}，而{to_summary_on}，{to_ordinary_on}",
    exceptions=(Lawful("proposed", "庭审程序填的是建议适用的程序", RECORDING),),
)
def fast_track_after_change(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if _fast(card) and (card.to_summary_on or card.to_ordinary_on) else None


@rule(
    "L51",
    "盲、聋、哑或者限制责任能力的被告人适用简易程序",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百一十五条第一项"), Cite(GZ, "第四百三十一条第一项")),
    needs=("procedure", "circumstances"),
    helps=("judged_circumstances",),
    says="{procedure}，而{cells}",
    exceptions=(
        Lawful("changed", "已转为普通程序审理", Cite(XS, "第二百二十一条"), "填有转为普通程序日期",
               reads=("to_ordinary_on",), holds=lambda c, _: bool(c.to_ordinary_on)),
    ),
)  # fmt: skip
def summary_for_disabled(card: ProsecutionCard, look: Look) -> Facts | None:
    found = _limited(card) if _summary(card) else []
    return {"cells": found} if found else None


@rule(
    "L52",
    "共同犯罪中有人未认罪认罚而适用简易程序",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.LOW,
    basis=(Cite(XS, "第二百一十五条第三项"), Cite(GZ, "第四百三十一条第三项")),
    needs=("procedure", "plea"),
    peers=True,
    says="{procedure}，而同案{others}未适用认罪认罚",
    exceptions=(
        Lawful("admits", "认罪但不认罚，对简易程序无异议", Cite(XS, "第二百一十五条第三项")),
        Lawful("separate", "未认罪的人另案起诉", Cite(XS, "第二百一十五条第三项")),
    ),
)
def summary_with_dissenting(card: ProsecutionCard, look: Look) -> Facts | None:
    others = _dissenting(look) if _summary(card) and len(look.peers) > 1 else ""
    return {"others": others} if others else None

"""漏填：被害人、伤亡、掩隐情形、提起公诉、裁判、抗诉、知识产权受侵害情况。"""

from __future__ import annotations

from jianwei.cards.card import Card
from jianwei.cards.law import GZ, RECORDING, XF, XS
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite
from jianwei.law import charges as law

_EMPTY = (None, "无")
_VICTIMS = ("侵犯公民人身权利、民主权利罪", "侵犯财产罪")
_HURT = (
    "故意伤害罪", "故意杀人罪", "过失致人死亡罪", "过失致人重伤罪", "交通肇事罪", "重大责任事故罪", "重大劳动安全事故罪",
    "工程重大安全事故罪", "教育设施重大安全事故罪", "大型群众性活动重大安全事故罪", "重大飞行事故罪",
)  # fmt: skip
_PROPERTY_ONLY = ("交通肇事罪", "重大责任事故罪", "重大劳动安全事故罪", "工程重大安全事故罪")
_CONCEALING = ("掩饰、隐瞒犯罪所得、犯罪所得收益罪", "掩饰、隐瞒犯罪所得罪", "掩饰、隐瞒犯罪所得收益罪")
_PATENT = ("商标", "专利", "著作权", "侵权复制品", "商业秘密")


@rule(
    "B51",
    "侵犯人身、财产犯罪未填被害人情况",
    on=Card,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第一百七十三条第一款"), RECORDING),
    needs=("charge", "victim"),
    helps=("charge_more",),
    says="{charge}，而{victim}",
    exceptions=(
        Lawful("unit", "被害人为单位或者国家，无自然人被害人", RECORDING),
        Lawful("none", "对象不特定或者未遂，无具体被害人", RECORDING),
    ),
)
def victim_missing(card: Card, look: Look) -> Facts | None:
    harmed = any((found := law.find(name)) and found.chapter in _VICTIMS for name in card.charges)
    return {} if harmed and card.victim in _EMPTY else None


def _property_only(card: Card, look: Look) -> bool | None:
    return None if card.charges & set(_PROPERTY_ONLY) else False


@rule(
    "B52",
    "伤亡类罪名未填案件造成伤亡情况",
    on=Card,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(Cite(XF, "第二百三十二条至第二百三十五条"), Cite(XF, "第一百三十三条")),
    needs=("charge", "casualties"),
    helps=("charge_more",),
    says="{charge}，而{casualties}",
    exceptions=(
        Lawful("property", "交通肇事、责任事故仅造成财产损失", Cite("最高人民法院关于审理交通肇事刑事案件具体应用法律若干问题的解释", "第二条第一款第三项"),
               "罪名为交通肇事、责任事故类时需人判断", holds=_property_only),
        Lawful("attempt", "未遂、预备，未造成伤亡", Cite(XF, "第二十三条")),
    ),
)  # fmt: skip
def casualties_missing(card: Card, look: Look) -> Facts | None:
    return {} if card.charges & set(_HURT) and card.casualties in _EMPTY else None


@rule(
    "B53",
    "掩饰、隐瞒犯罪所得罪未填具体情形",
    on=Card,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(Cite(XF, "第三百一十二条"), RECORDING),
    needs=("charge", "concealment"),
    helps=("charge_more",),
    says="{charge}，而{concealment}",
)
def concealment_missing(card: Card, look: Look) -> Facts | None:
    return {} if card.charges & set(_CONCEALING) and card.concealment in _EMPTY else None


@rule(
    "B54",
    "起诉而未填提起公诉日期",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第一百七十六条第一款"), RECORDING),
    needs=("result", "indicted_on"),
    says="{result}，而{indicted_on}",
)
def indictment_day_missing(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.indicted and card.indicted_on is None else None


@rule(
    "B55",
    "审结处理情况与审结日期只填了一项",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("result", "closed_on"),
    says="{result}，{closed_on}",
)
def prosecution_result_or_day_missing(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if (card.result is None) != (card.closed_on is None) else None


@rule(
    "B56",
    "已审结而未填审结案由",
    on=Card,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("charge", "result", "closed_on"),
    helps=("charge_more",),
    says="{result}，{closed_on}，而{charge}",
    exceptions=(
        Lawful("left", "撤回、退查未重报、改变管辖等未作实体处理", RECORDING, "审结结果写明撤回、退查、改变管辖",
               holds=lambda c, _: any(word in c.result for word in ("撤回", "退查", "管辖", "移送", "终止"))),
    ),
)  # fmt: skip
def closing_charge_missing(card: Card, look: Look) -> Facts | None:
    closed = getattr(card, "result", None) and getattr(card, "closed_on", None)
    return {} if closed and not card.charges else None


@rule(
    "B57",
    "全案已填判决生效，个人裁判结果未填全",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("result", "case_effective_on", "judged_on", "judged_charge", "sentence"),
    says="{case_effective_on}，{result}，而{cells}",
    exceptions=(
        Lawful("separate", "本人撤回起诉、中止审理或者另案审理", Cite(XS, "第二百零六条"), "填有撤回起诉日期的即属此类",
               reads=("withdrawn_on",), holds=lambda c, _: True if c.withdrawn_on else None),
    ),
)  # fmt: skip
def personal_judgment_missing(card: ProsecutionCard, look: Look) -> Facts | None:
    empty = [name for name in ("judged_on", "judged_charge", "sentence") if not getattr(card, name)]
    return {"cells": empty} if card.indicted and card.case_effective_on and empty else None


_WITHDRAWN_PROTEST = Lawful(
    "withdrawn", "已撤回抗诉", Cite(XS, "第二百三十二条第二款"), "填有撤回抗诉日期", reads=("protest_withdrawn_on",),
    holds=lambda c, _: bool(c.protest_withdrawn_on),
)  # fmt: skip


@rule(
    "B58",
    "提出抗诉而未填抗诉理由",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.HIGH,
    basis=(Cite(GZ, "第五百八十四条"),),
    needs=("protested_on", "protest_reason"),
    says="{protested_on}，而{protest_reason}",
)
def protest_reason_missing(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.protested_on and card.protest_reason is None else None


@rule(
    "B59",
    "提出抗诉而未填上级检察院审查结果",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.LOW,
    basis=(Cite(GZ, "第五百八十九条"),),
    needs=("protested_on", "higher_review"),
    says="{protested_on}，而{higher_review}",
    exceptions=(_WITHDRAWN_PROTEST, Lawful("pending", "上级检察院尚在审查", Cite(GZ, "第五百八十九条"))),
)
def higher_review_missing(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.protested_on and card.higher_review is None else None


@rule(
    "B60",
    "提出抗诉而未填是否采纳",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.LOW,
    basis=(Cite(XS, "第二百三十六条"), RECORDING),
    needs=("protested_on", "protest_taken"),
    says="{protested_on}，而{protest_taken}",
    exceptions=(_WITHDRAWN_PROTEST, Lawful("pending", "第二审尚未审结", Cite(XS, "第二百四十三条"))),
)
def protest_outcome_missing(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.protested_on and card.protest_taken is None else None


@rule(
    "B61",
    "知识产权犯罪未填受侵犯企业情况",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.LOW,
    basis=(Cite(XF, "第二百一十三条至第二百一十九条之一"), RECORDING),
    needs=("charge", "harmed_kind", "harmed_capital", "harmed_country"),
    helps=("charge_more",),
    says="{charge}，而{cells}",
    exceptions=(Lawful("person", "权利人为自然人", RECORDING),),
)
def harmed_company_missing(card: ProsecutionCard, look: Look) -> Facts | None:
    protected = any(word in name for name in card.charges for word in _PATENT)
    empty = [name for name in ("harmed_kind", "harmed_capital", "harmed_country") if getattr(card, name) is None]
    return {"cells": empty} if protected and empty else None


@rule(
    "B62",
    "部门受案号或者嫌疑人姓名未填",
    on=Card,
    group=Group.MISSING,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("dept_no", "person"),
    says="{cells}",
)
def identity_missing(card: Card, look: Look) -> Facts | None:
    empty = [name for name in ("dept_no", "person") if getattr(card, name) is None]
    return {"cells": empty} if empty else None

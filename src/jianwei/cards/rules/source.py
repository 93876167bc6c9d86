"""来源：移送单位、侦查机关、移送意见、改变管辖。"""

from __future__ import annotations

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card
from jianwei.cards.law import GZ, RECORDING, XS
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite
from jianwei.law import charges as law

_SUPERVISION = "中华人民共和国监察法"
_OWN = (
    "非法拘禁", "非法搜查", "刑讯逼供", "暴力取证", "虐待被监管人", "滥用职权", "玩忽职守", "徇私枉法", "民事、行政枉法裁判",
    "执行判决、裁定失职", "执行判决、裁定滥用职权", "私放在押人员", "失职致使在押人员脱逃", "徇私舞弊减刑、假释、暂予监外执行",
)  # fmt: skip
"""The crimes of judicial officers that procuratorates investigate (刑事诉讼法第十九条第二款；高检发研字〔2018〕28号)."""
_OFFICE = ("贪污贿赂罪", "渎职罪")


def _from_procuratorate(card: Card) -> list[str]:
    return [name for name in ("investigator", "sender") if "检察院" in (getattr(card, name) or "")]


def _ordinary(charges: frozenset[str]) -> bool:
    return bool(charges) and not any(
        (found := law.find(name)) is None or found.chapter in _OFFICE or any(word in name for word in _OWN)
        for name in charges
    )


_ASSIGNED = Lawful("assigned", "上级检察院交办、指定管辖或者其他检察院移送管辖", Cite(GZ, "第三百二十八条"))
_LINKED = Lawful("linked", "检察院并案侦查的关联犯罪", Cite(GZ, "第十八条"))


@rule(
    "S01",
    "审查逮捕的普通刑事犯罪，侦查机关或者移送单位填检察院",
    on=ArrestCard,
    group=Group.SOURCE,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第十九条"),),
    needs=("case_charge", "investigator", "sender"),
    helps=("case_charge_more",),
    says="{case_charge}，{case_charge_more}，而{cells}",
    exceptions=(_ASSIGNED, _LINKED),
)
def arrest_from_procuratorate(card: ArrestCard, look: Look) -> Facts | None:
    named = _from_procuratorate(card)
    return {"cells": named} if named and _ordinary(card.case_charges) else None


@rule(
    "S02",
    "一审公诉的普通刑事犯罪，侦查机关或者移送单位填检察院",
    on=ProsecutionCard,
    group=Group.SOURCE,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第十九条"),),
    needs=("case_charge", "investigator", "sender"),
    helps=("case_charge_more",),
    says="{case_charge}，{case_charge_more}，而{cells}",
    exceptions=(
        Lawful("moved", "改变管辖，由其他检察院移送", Cite(GZ, "第三百二十八条"), "是否改变管辖为“是”，且侦查机关不是检察院", reads=("moved",),
               holds=lambda c, _: bool(c.moved) and "检察院" not in (c.investigator or "")),
        _ASSIGNED,
        _LINKED,
    ),
)  # fmt: skip
def prosecution_from_procuratorate(card: ProsecutionCard, look: Look) -> Facts | None:
    named = _from_procuratorate(card)
    return {"cells": named} if named and _ordinary(card.case_charges) else None


@rule(
    "S03",
    "贪污贿赂、渎职犯罪由公安机关移送",
    on=Card,
    group=Group.SOURCE,
    severity=Severity.MIDDLE,
    basis=(Cite(_SUPERVISION, "第十一条第二项"), Cite(XS, "第十九条第一款")),
    needs=("charge", "sender"),
    helps=("charge_more",),
    says="{charge}，{charge_more}，而{sender}；职务犯罪由监察机关调查",
    exceptions=(
        Lawful("main", "一人数罪，以公安机关为主侦查或者分别移送", Cite(_SUPERVISION, "第三十七条"), "另有普通罪名时需人判断",
               holds=lambda c, _: None if len(c.charges) > 1 else False),
        Lawful("changed", "移送时为普通罪名，审查后改变定性", Cite(GZ, "第三百五十七条第二款")),
    ),
)  # fmt: skip
def office_crime_from_police(card: Card, look: Look) -> Facts | None:
    office = any((found := law.find(name)) and found.chapter in _OFFICE for name in card.charges)
    return {} if office and "公安" in (card.sender or "") else None


@rule(
    "S04",
    "移送意见为移送不起诉",
    on=ProsecutionCard,
    group=Group.SOURCE,
    severity=Severity.LOW,
    basis=(Cite(XS, "第一百六十二条第一款"), Cite(GZ, "第二百三十七条第三款")),
    needs=("opinion", "sender"),
    says="{opinion}，而{sender}；公安机关、监察机关移送的是起诉意见",
    exceptions=(
        Lawful("own", "检察院自行侦查后移送不起诉", Cite(GZ, "第二百三十七条第三款"), "移送单位为检察院", holds=lambda c, _: "检察院" in (c.sender or "")),
    ),
)  # fmt: skip
def sent_not_to_prosecute(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.opinion and "不起诉" in card.opinion else None


@rule(
    "S05",
    "同一嫌疑人多次受理一审公诉，未填改变管辖",
    on=ProsecutionCard,
    group=Group.SOURCE,
    severity=Severity.LOW,
    basis=(Cite(XS, "第一百七十二条第二款"), Cite(GZ, "第三百二十八条")),
    needs=("person_no", "moved"),
    helps=("dept_no",),
    says="{person_no}在另一案（{others}）中也已受理，而{moved}",
    exceptions=(Lawful("again", "不起诉后重新起诉，或者另犯他罪另案受理", RECORDING),),
)
def accepted_twice(card: ProsecutionCard, look: Look) -> Facts | None:
    others = look.same_person if card.person_no and not card.moved else ()
    return {"others": "、".join(other.case_no for other in others)} if others else None

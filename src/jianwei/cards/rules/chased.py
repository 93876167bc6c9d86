"""纠正漏捕、纠正漏诉、立案监督：两个阶段所填一致，一人不重复计数。"""

from __future__ import annotations

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.law import GZ, RECORDING
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite

_BASIS = (Cite(GZ, "第二百八十八条"), RECORDING)


@rule(
    "L101",
    "审查逮捕阶段填追捕，一审公诉阶段未填纠正漏捕",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=_BASIS,
    needs=("chased",),
    other=("chased_arrest",),
    says="{chased}，而{other.chased_arrest}",
    exceptions=(Lawful("refused", "公安机关说明理由成立，未提请逮捕", Cite(GZ, "第二百八十八条")),),
)
def chased_only_at_arrest(card: ArrestCard, look: Look) -> Facts | None:
    there = look.prosecution
    return {} if card.chased and there and not there.chased_arrest else None


@rule(
    "L102",
    "一审公诉阶段填纠正漏捕，审查逮捕阶段未填追捕",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=_BASIS,
    needs=("chased_arrest",),
    other=("chased",),
    says="{chased_arrest}，而{other.chased}",
    exceptions=(Lawful("later", "审查起诉阶段才发现并决定逮捕", Cite(GZ, "第三百三十七条")),),
)
def chased_only_at_prosecution(card: ProsecutionCard, look: Look) -> Facts | None:
    there = look.arrest
    return {} if card.chased_arrest and there and not there.chased else None


@rule(
    "L103",
    "纠正漏捕的人后被不起诉、免予处罚或者宣告无罪",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.LOW,
    basis=_BASIS,
    needs=("chased",),
    other=("result", "sentence"),
    says="{chased}，而{other.result}，{other.sentence}",
    exceptions=(Lawful("changed", "追捕后证据、情节发生变化", Cite(GZ, "第三百六十七条")),),
)
def chased_in_vain(card: ArrestCard, look: Look) -> Facts | None:
    there = look.prosecution
    if not card.chased or there is None:
        return None
    free = any(word in (there.sentence or "") for word in ("无罪", "免予刑事处罚", "不负刑事责任"))
    return {} if there.dropped or free else None


@rule(
    "L104",
    "同一人既填立案监督又填纠正漏捕、漏诉",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(GZ, "第二百八十八条"), Cite(GZ, "第三百五十六条"), Cite(GZ, "第五百五十七条")),
    needs=("filing", "chased", "chased_arrest"),
    says="{cells}，同一人重复计入",
    exceptions=(Lawful("both", "监督立案后公安机关又遗漏提请逮捕或者移送起诉，分别监督", RECORDING),),
)
def counted_twice(card: ProsecutionCard, look: Look) -> Facts | None:
    filled = [name for name in ("filing", "chased", "chased_arrest") if getattr(card, name)]
    return {"cells": filled} if len(filled) > 1 else None


@rule(
    "L105",
    "填纠正漏捕而审查逮捕结果为不批准逮捕",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=_BASIS,
    needs=("chased", "result"),
    says="{chased}，而{result}",
    exceptions=(Lawful("asked", "要求提请后经审查仍不符合逮捕条件", Cite(GZ, "第二百八十五条")),),
)
def chased_but_refused(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.chased and card.refused else None

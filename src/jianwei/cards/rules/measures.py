"""强制措施：审查逮捕的结果与一审公诉所填的措施，决定与起诉、判决之间。"""

from __future__ import annotations

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.law import GZ, RECORDING, XS
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite


def _changed(card: ArrestCard, look: Look) -> bool | None:
    there = look.prosecution
    return True if there and there.measure_changed_on else None


def _not_executed(card: ArrestCard, look: Look) -> bool:
    return any(word in (card.execution or "") for word in ("未能执行", "未执行", "在逃"))


@rule(
    "L111",
    "已批准逮捕，起诉时强制措施不是逮捕",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第八十一条"), RECORDING),
    needs=("result",),
    helps=("execution",),
    other=("measure", "result"),
    says="{result}，而{other.measure}，{other.result}",
    exceptions=(
        Lawful("changed", "羁押必要性审查等变更为取保候审、监视居住", Cite(XS, "第九十五条"), "一审公诉案卡填有变更强制措施日期",
               reads=("other.measure_changed_on",), holds=_changed),
        Lawful("not_executed", "逮捕未能执行", Cite(GZ, "第二百八十六条第一款"), "执行情况写明未能执行、在逃", holds=_not_executed),
    ),
)  # fmt: skip
def arrested_but_not_in_custody(card: ArrestCard, look: Look) -> Facts | None:
    there = look.prosecution
    if not card.approved or there is None or not there.indicted or there.measure is None:
        return None
    return {} if "逮捕" not in there.measure else None


@rule(
    "L112",
    "不批准逮捕，起诉时强制措施却是逮捕",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第八十一条"), RECORDING),
    needs=("result",),
    other=("measure",),
    says="{result}，而{other.measure}",
    exceptions=(
        Lawful("again", "不捕后重新提请逮捕获准，或者复议、复核改变", Cite(XS, "第九十二条")),
        Lawful("own", "审查起诉阶段本院决定逮捕", Cite(GZ, "第三百三十七条")),
    ),
)
def refused_but_in_custody(card: ArrestCard, look: Look) -> Facts | None:
    there = look.prosecution
    return {} if card.refused and there and there.measure == "逮捕" else None


@rule(
    "L113",
    "审查起诉受理早于审查逮捕审结",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.LOW,
    basis=(Cite(XS, "第一百六十二条"),),
    needs=("closed_on",),
    other=("accepted_on",),
    says="{closed_on}，晚于{other.accepted_on}",
    exceptions=(Lawful("own", "审查起诉阶段才报请、决定逮捕", Cite(GZ, "第三百三十七条")),),
)
def prosecuted_before_arrest_decided(card: ArrestCard, look: Look) -> Facts | None:
    there = look.prosecution
    wrong = card.closed_on and there and there.accepted_on and there.accepted_on < card.closed_on
    return {} if wrong else None


@rule(
    "L114",
    "不起诉却填有提起公诉日期",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第一百七十七条"),),
    needs=("result", "indicted_on"),
    says="{result}，而{indicted_on}",
    exceptions=(
        Lawful("withdrawn", "起诉后撤回，再作不起诉", Cite(GZ, "第四百二十四条第二款"), "填有撤回起诉日期", reads=("withdrawn_on",),
               holds=lambda c, _: bool(c.withdrawn_on)),
    ),
)  # fmt: skip
def dropped_but_indicted(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.dropped and card.indicted_on else None


@rule(
    "L115",
    "不起诉却填有一审判决",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第一百七十七条"), Cite(XS, "第一百八十条")),
    needs=("result", "judged_on"),
    says="{result}，而{judged_on}",
    exceptions=(Lawful("private", "被害人另行自诉，法院作出判决", Cite(XS, "第一百八十条")),),
)
def dropped_but_judged(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.dropped and card.judged_on else None


@rule(
    "L116",
    "撤回起诉晚于一审判决",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(
        Cite(GZ, "第四百二十四条第一款"),
        Cite("最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释", "第二百九十六条"),
    ),
    needs=("withdrawn_on", "judged_on"),
    says="{withdrawn_on}，晚于{judged_on}；撤回起诉应在宣告判决前",
    exceptions=(Lawful("remanded", "二审发回重审后撤回起诉", Cite(XS, "第二百三十六条第一款第三项")),),
)
def withdrawn_after_judgment(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.withdrawn_on and card.judged_on and card.withdrawn_on > card.judged_on else None

"""不起诉复议、复核与申诉复查。公安机关、监察机关不服，或者被害人、被不起诉人申诉，到维持或者改变决定。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.law import limits
from jianwei.procedures import (
    Cite,
    Guard,
    Line,
    Procedure,
    State,
    act,
    case_clock,
    choice,
    day,
    hold,
    long_text,
    only_if,
    only_past,
    person,
    text,
    unless,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

ASKERS = {
    "police": "公安机关要求复议",
    "police_above": "公安机关提请复核",
    "commission": "监察机关提请复议",
    "victim": "被害人申诉",
    "suspect": "被不起诉人申诉",
}
GROUNDS = {
    "statutory": "法定不起诉",
    "discretionary": "相对不起诉",
    "doubtful": "存疑不起诉",
    "conditional": "附条件不起诉",
}
OFFICES = {"own": "作出决定的人民检察院", "above": "上一级人民检察院"}
RESULTS = {"keep": "维持", "change": "撤销不起诉，提起公诉", "vary": "变更不起诉的事实或者法律依据"}
SEVEN_DAYS = {"victim": "criminal/non_prosecution_victim_appeal", "suspect": "criminal/non_prosecution_suspect_appeal"}
"""Who may complain, and the limit within which the complaint goes the first way."""


def _in_seven_days(facts: Any, on: dt.date) -> bool:
    day = on.date() if isinstance(on, dt.datetime) else on
    return day <= limits.limit(SEVEN_DAYS[facts["asker"]]).due(facts["received_on"]).on


def _wrong_office(state: State, facts: Any, on: dt.date) -> bool:
    """Of the five who may ask, which office answers."""
    asker, office = facts.get("asker"), facts.get("office")
    if asker in ("police_above", "commission"):
        return bool(office != "above")
    if asker == "victim" and facts.get("received_on"):
        return bool(office != ("above" if _in_seven_days(facts, on) else "own"))
    return bool(asker in ("police", "suspect") and office != "own")


class NonProsecutionReview(Procedure):
    title, line = "不起诉复议复核与申诉复查", Line.CRIMINAL
    case_type, code = "不诉复议复核申诉", "不诉复"
    stages = ("审查", "复查", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第一百七十九条至第一百八十一条"), Cite(RULES, "第三百七十七条至第三百八十八条"))

    reconsideration = case_clock("criminal/non_prosecution_reconsideration")
    review_above = case_clock("criminal/non_prosecution_review_above")
    commission = case_clock("criminal/non_prosecution_supervision_reconsideration")
    complaint = case_clock("criminal/non_prosecution_complaint_review")

    accept = act(
        "受理",
        also=("收到要求复议意见书", "收到提请复核意见书", "收到申诉"),
        opens=True,
        to="审查",
        facts=(
            choice("asker", "提出人", ASKERS),
            choice("office", "本院是", OFFICES),
            person("person", "被不起诉人"),
            choice("ground", "不起诉种类", GROUNDS),
            day("received_on", "申诉人收到不起诉决定书之日").optional(),
        ),
        does=(
            hold(False),
            reconsideration.start(when={"asker": "police"}),
            review_above.start(when={"asker": "police_above"}),
            commission.start(when={"asker": "commission"}),
        ),
        guards=(
            Guard(
                "申诉的，写明收到不起诉决定书之日，七日以内和以后由不同的人民检察院、部门办理",
                Cite(RULES, "第三百八十一条、第三百八十二条、第三百八十五条"),
                lambda state, facts, on: facts.get("asker") in SEVEN_DAYS and not facts.get("received_on"),
                of_facts=True,
            ),
            only_past("received_on", says="收到决定书之日不能晚于申诉之日"),
            Guard(
                "被不起诉人的申诉，只对相对不起诉按本程序复查",
                Cite(RULES, "第三百八十五条第一款"),
                lambda state, facts, on: facts.get("asker") == "suspect" and facts.get("ground") != "discretionary",
                of_facts=True,
            ),
            Guard(
                "复议和被不起诉人的申诉由作出决定的人民检察院办理；复核、监察机关提请的复议、被害人七日以内的申诉由上一级人民检察院办理，七日以后的由作出决定的人民检察院审查",
                Cite(RULES, "第三百七十九条至第三百八十二条、第三百八十五条"),
                _wrong_office,
                of_facts=True,
            ),
        ),
        basis=(Cite(CPL, "第一百七十九条至第一百八十一条"), Cite(RULES, "第三百七十九条至第三百八十七条")),
        by=("案件管理", "控告申诉检察"),
    )
    assign_other = act(
        "另行指派检察官审查",
        at="审查",
        facts=(text("prosecutor", "检察官"),),
        basis=Cite(RULES, "第三百七十九条第二款"),
        by=("检察长", "部门负责人"),
    )
    open_review = act(
        "立案复查",
        also=("立案",),
        at="审查",
        to="复查",
        does=(complaint.start(),),
        guards=(
            only_if("asker", "victim", "suspect", says="复议、复核不另行立案", cite=Cite(RULES, "第三百八十六条")),
        ),
        basis=Cite(RULES, "第三百八十一条、第三百八十五条、第三百八十六条"),
    )
    answer_directly = act(
        "认为不起诉决定正确，直接答复申诉人",
        also=("直接答复",),
        at="审查",
        to="办结",
        facts=(long_text("reason", "审查结论和释法说理"),),
        guards=(
            only_if(
                "asker",
                "victim",
                "suspect",
                says="复议、复核应当作出决定",
                cite=Cite(RULES, "第三百七十九条、第三百八十条"),
            ),
            Guard(
                "七日以内提出的申诉应当立案复查",
                Cite(RULES, "第三百八十一条、第三百八十五条"),
                lambda state, facts, on: (
                    state.known("asker", {}, "") in SEVEN_DAYS and _in_seven_days(state.facts, state.last_on["accept"])
                ),
            ),
        ),
        basis=Cite(RULES, "第三百八十二条、第三百八十五条"),
        documents=("刑事申诉答复书",),
        by=("控告申诉检察",),
    )
    extend = act(
        "延长复查期限至六个月",
        also=("延长复查期限",),
        at="复查",
        facts=(long_text("reason", "案情复杂的理由"),),
        does=(complaint.extend("complex"),),
        basis=Cite(RULES, "第三百八十六条"),
        by=("检察长",),
    )
    court_accepts = act(
        "人民法院受理被害人起诉，终止复查",
        also=("被害人自诉", "终止复查"),
        at=("审查", "复查"),
        to="办结",
        does=(complaint.stop(reason="人民法院受理被害人起诉"),),
        guards=(
            only_if("asker", "victim", says="只适用于被害人申诉", cite=Cite(RULES, "第三百八十四条")),
            unless(
                "ground",
                "conditional",
                says="对附条件不起诉，被害人不能向人民法院起诉",
                cite=Cite(RULES, "第四百七十二条第一款"),
            ),
        ),
        basis=(Cite(CPL, "第一百八十条"), Cite(RULES, "第三百八十四条")),
    )
    decide = act(
        "作出复议、复核、复查决定",
        also=("复议决定", "复核决定", "复查决定"),
        at=("审查", "复查"),
        to="办结",
        facts=(choice("result", "决定", RESULTS), long_text("reason", "理由").optional()),
        does=(reconsideration.meet(), review_above.meet(), commission.meet(), complaint.meet()),
        guards=(
            Guard(
                "申诉应当先立案复查",
                Cite(RULES, "第三百八十六条"),
                lambda state, facts, on: (
                    state.known("asker", {}, "") in SEVEN_DAYS and not state.counts.get("open_review")
                ),
            ),
        ),
        basis=(
            Cite(CPL, "第一百七十九条至第一百八十一条"),
            Cite(RULES, "第三百七十九条、第三百八十条、第三百八十三条、第三百八十八条"),
        ),
        documents=("复议决定书", "复核决定书", "复查决定书", "撤销不起诉决定书"),
        by=("检察长",),
        leads_to=("criminal/non_prosecution_review", "criminal/prosecution_review", "criminal/reverse_look"),
    )

"""刑事立案监督。应当立案而不立案、不应当立案而立案、逾期不作出是否立案的决定。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    State,
    act,
    case_clock,
    choice,
    day,
    long_text,
    notice_clock,
    only_after_expiry,
    only_if,
    others_clock,
    people,
    text,
    unless,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

KINDS = {"not_filed": "应当立案而不立案", "wrongly_filed": "不应当立案而立案", "overdue": "逾期不作出是否立案的决定"}
SOURCES = ("被害人、当事人申诉控告", "行政执法机关提出", "人民检察院发现", "其他部门移送")
TO_BE_FILED = {"kind": ("not_filed", "overdue")}


def _not_abused(state: State, facts: Any, on: dt.date) -> bool:
    return bool(state.known("kind", facts, None) == "wrongly_filed" and facts.get("abused") is not True)


class FilingSupervision(Procedure):
    title, line = "立案监督", Line.CRIMINAL
    case_type, code = "立案监督", "刑立监"
    stages = ("审查", "说明理由", "告知", "通知执行", "侦查跟踪", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第一百一十三条"), Cite(RULES, "第五百五十七条至第五百六十五条"))

    reason = others_clock("criminal/filing_reason_statement")
    overdue_reason = others_clock("criminal/overdue_filing_decision_reason")
    tell = notice_clock("criminal/filing_reason_notice")
    compliance = others_clock("criminal/filing_notice_compliance")
    urging = case_clock("criminal/filing_investigation_urging", "侦查三个月后可以催办")
    reconsideration = case_clock("criminal/filing_reconsideration")
    review_above = case_clock("criminal/filing_review_above")

    accept = act(
        "受理立案监督",
        also=("受理", "受理申诉控告", "发现线索"),
        opens=True,
        to="审查",
        facts=(
            choice("kind", "监督事项", KINDS),
            choice("source", "来源", SOURCES),
            text("charge", "涉嫌罪名").optional(),
            people("complainants", "控告人、申诉人").optional(),
            text("police", "公安机关").optional(),
        ),
        basis=(Cite(CPL, "第一百一十三条"), Cite(RULES, "第五百五十七条"), Cite(RULES, "第五百六十二条")),
        by=("控告申诉检察", "承办检察官"),
    )
    decision_right = act(
        "认为公安机关决定正确并答复",
        at="审查",
        to="办结",
        facts=(long_text("reason", "理由"),),
        basis=Cite(RULES, "第五百五十八条"),
        documents=("答复函",),
    )
    not_yet_overdue = act(
        "尚未超过规定期限，移送公安机关处理并答复",
        at="审查",
        to="办结",
        guards=(
            only_if("kind", "overdue", says="只适用于逾期不作出是否立案决定的监督", cite=Cite(RULES, "第五百六十二条")),
        ),
        basis=Cite(RULES, "第五百六十二条"),
    )
    ask_reason = act(
        "要求公安机关说明理由",
        also=("要求说明不立案理由", "要求说明立案理由"),
        at="审查",
        to="说明理由",
        facts=(
            yes_no(
                "abused",
                "有证据证明可能违法动用刑事手段或者利用立案谋取非法利益",
                "规则第五百五十九条第二款，只对立案的监督",
            ).optional(),
            yes_no("past", "已经提请批准逮捕或者移送起诉").optional(),
            day("received_on", "公安机关收到通知之日").optional(),
        ),
        does=(
            reason.start("received_on", when={"kind": ("not_filed", "wrongly_filed")}),
            overdue_reason.start("received_on", when={"kind": "overdue"}),
        ),
        guards=(
            Guard(
                "要求说明立案理由，须有证据证明公安机关可能违法动用刑事手段插手民事、经济纠纷或者利用立案谋取非法利益",
                Cite(RULES, "第五百五十九条第二款"),
                _not_abused,
                of_facts=True,
            ),
            unless(
                "past",
                True,
                says="已经提请批准逮捕或者移送起诉的，在审查逮捕、审查起诉中处理，不再要求说明立案理由",
                cite=Cite(RULES, "第五百五十九条第二款"),
            ),
        ),
        basis=(Cite(RULES, "第五百五十九条"), Cite(RULES, "第五百六十条"), Cite(RULES, "第五百六十二条")),
        documents=("要求说明不立案理由通知书", "要求说明立案理由通知书"),
    )
    served = act(
        "公安机关收到通知",
        also=("送达公安机关",),
        at=("说明理由", "通知执行"),
        does=(reason.fix(), overdue_reason.fix(), compliance.fix()),
        basis=(Cite(RULES, "第五百六十条"), Cite(RULES, "第五百六十三条")),
        documents=("送达回证",),
    )
    explained = act(
        "收到说明理由",
        also=("公安机关说明理由", "公安机关说明不立案理由", "公安机关说明立案理由"),
        at="说明理由",
        to=By("answer", {"filed": "侦查跟踪", "dropped": "办结"}),
        facts=(
            choice("answer", "说明情况", {"explained": "说明理由", "filed": "主动立案", "dropped": "主动撤销案件"}),
            long_text("says", "理由要点").optional(),
        ),
        does=(reason.meet(), overdue_reason.meet(), urging.start(when={"answer": "filed"})),
        basis=(Cite(RULES, "第五百六十条"), Cite(RULES, "第五百六十一条")),
        by=("公安机关",),
    )
    correct_silence = act(
        "对逾期不说明理由提出纠正意见",
        at="说明理由",
        guards=(
            Guard(
                "公安机关在收到通知后七日以内可以说明理由，期满仍不说明的才提出纠正意见",
                Cite(RULES, "第五百六十二条"),
                lambda state, facts, on: (
                    not any(state.over(FilingSupervision.reason, on) + state.over(FilingSupervision.overdue_reason, on))
                ),
            ),
        ),
        basis=(Cite(RULES, "第五百六十条"), Cite(RULES, "第五百六十二条")),
        documents=("纠正违法通知书",),
        leads_to=("criminal/investigation_supervision",),
    )
    reason_stands = act(
        "认为理由成立",
        at="说明理由",
        to="告知",
        after="explained",
        facts=(long_text("why", "依据和理由").optional(),),
        does=(tell.start(),),
        basis=Cite(RULES, "第五百六十一条第二款"),
    )
    told = act(
        "告知被害人或者行政执法机关",
        also=("告知被害人",),
        at="告知",
        to="办结",
        does=(tell.meet(),),
        basis=Cite(RULES, "第五百六十一条第二款"),
        documents=("不立案理由审查意见通知书", "立案理由审查意见通知书"),
    )
    notify_to_file = act(
        "通知立案",
        also=("通知公安机关立案",),
        at="说明理由",
        to="通知执行",
        after=("explained", "correct_silence"),
        facts=(long_text("why", "理由不能成立的依据和理由"), day("received_on", "公安机关收到通知之日").optional()),
        does=(compliance.start("received_on"), reason.stop(reason="通知立案"), overdue_reason.stop(reason="通知立案")),
        guards=(
            unless(
                "kind",
                "wrongly_filed",
                says="对不应当立案而立案的，通知撤销案件",
                cite=Cite(RULES, "第五百六十一条第一款"),
            ),
        ),
        basis=(Cite(CPL, "第一百一十三条"), Cite(RULES, "第五百六十一条第一款"), Cite(RULES, "第五百六十三条")),
        documents=("通知立案书",),
        by=("检察长",),
    )
    notify_to_drop = act(
        "通知撤销案件",
        also=("通知撤案",),
        at="说明理由",
        to="通知执行",
        after=("explained", "correct_silence"),
        facts=(long_text("why", "理由不能成立的依据和理由"), day("received_on", "公安机关收到通知之日").optional()),
        does=(compliance.start("received_on"), reason.stop(reason="通知撤销案件")),
        guards=(
            only_if("kind", "wrongly_filed", says="对不立案的监督，通知立案", cite=Cite(RULES, "第五百六十一条第一款")),
        ),
        basis=(Cite(RULES, "第五百六十一条第一款"), Cite(RULES, "第五百六十三条")),
        documents=("通知撤销案件书",),
        by=("检察长",),
    )
    filed = act(
        "公安机关立案",
        also=("收到立案决定书",),
        at="通知执行",
        to="侦查跟踪",
        facts=(text("decision_no", "立案决定书文号").optional(),),
        does=(compliance.meet(), urging.start()),
        guards=(unless("kind", "wrongly_filed", says="本件监督的是立案", cite=Cite(RULES, "第五百六十三条")),),
        basis=Cite(RULES, "第五百六十三条"),
        by=("公安机关",),
    )
    dropped = act(
        "公安机关撤销案件",
        also=("收到撤销案件决定书",),
        at="通知执行",
        to="办结",
        does=(compliance.meet(),),
        guards=(only_if("kind", "wrongly_filed", says="本件监督的是不立案", cite=Cite(RULES, "第五百六十三条")),),
        basis=Cite(RULES, "第五百六十三条"),
        by=("公安机关",),
    )
    ask_reconsideration = act(
        "公安机关要求复议",
        at="通知执行",
        does=(compliance.stop(reason="公安机关要求复议"), reconsideration.start()),
        guards=(
            only_if(
                "kind",
                "wrongly_filed",
                says="复议只对通知撤销案件提出，通知立案的应当立案",
                cite=Cite(RULES, "第五百六十五条第一款"),
            ),
        ),
        basis=Cite(RULES, "第五百六十五条第一款"),
        by=("案件管理",),
    )
    decide_reconsideration = act(
        "作出复议决定",
        at="通知执行",
        to=By("result", {"change": "办结"}),
        after="ask_reconsideration",
        facts=(choice("result", "复议结果", {"keep": "维持通知", "change": "撤销通知"}),),
        does=(reconsideration.meet(),),
        basis=Cite(RULES, "第五百六十五条第一款"),
        documents=("复议决定书",),
        by=("检察长",),
    )
    ask_review_above = act(
        "公安机关提请复核",
        at="通知执行",
        after="decide_reconsideration",
        does=(review_above.start(),),
        basis=Cite(RULES, "第五百六十五条第二款"),
        by=("上一级人民检察院",),
    )
    decide_above = act(
        "上级人民检察院作出复核决定",
        also=("复核决定",),
        at="通知执行",
        to=By("result", {"change": "办结"}),
        after="ask_review_above",
        facts=(choice("result", "复核结果", {"keep": "通知正确", "change": "通知有错误，予以纠正"}),),
        does=(review_above.meet(),),
        basis=Cite(RULES, "第五百六十五条第三款"),
        documents=("复核决定书",),
        by=("上一级人民检察院",),
    )
    rectify = act(
        "发出纠正违法通知书",
        also=("纠正违法",),
        at="通知执行",
        guards=(
            only_after_expiry(
                compliance,
                says="公安机关收到通知后超过十五日不立案，或者不要求复议也不撤销案件的，才发出纠正违法通知书",
                cite=Cite(RULES, "第五百六十四条第二款"),
            ),
        ),
        basis=Cite(RULES, "第五百六十四条第二款"),
        documents=("纠正违法通知书",),
        by=("检察长",),
    )
    report_above = act(
        "报上一级人民检察院协商同级公安机关处理",
        at="通知执行",
        after="rectify",
        basis=Cite(RULES, "第五百六十四条第二款"),
        by=("检察长",),
    )
    urge = act(
        "发出立案监督案件催办函",
        also=("催办",),
        at="侦查跟踪",
        guards=(
            only_after_expiry(
                urging, says="公安机关立案后三个月以内未侦查终结的，可以催办", cite=Cite(RULES, "第五百六十四条第三款")
            ),
        ),
        basis=Cite(RULES, "第五百六十四条第三款"),
        documents=("立案监督案件催办函",),
    )
    finished = act(
        "侦查有了结果",
        also=("侦查终结", "判决"),
        at="侦查跟踪",
        to="办结",
        facts=(choice("outcome", "结果", ("提请批准逮捕", "移送起诉", "作出有罪判决", "撤销案件", "其他")),),
        does=(urging.stop(reason="侦查有了结果"),),
        basis=Cite(RULES, "第五百六十四条第一款"),
        by=("公安机关",),
        leads_to=("criminal/arrest_review", "criminal/prosecution_review"),
    )

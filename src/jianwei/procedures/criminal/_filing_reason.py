"""立案监督的第一部分：受理、要求说明理由、理由成立的告知。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    State,
    act,
    case_clock,
    choice,
    day,
    long_text,
    notice_clock,
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


def _not_abused(state: State, facts: Any, on: dt.date) -> bool:
    return bool(state.known("kind", facts, None) == "wrongly_filed" and facts.get("abused") is not True)


class FilingReason:
    """What is done until the police have given their reason."""

    reason = others_clock("criminal/filing_reason_statement")
    overdue_reason = others_clock("criminal/overdue_filing_decision_reason")
    compliance = others_clock("criminal/filing_notice_compliance")
    tell = notice_clock("criminal/filing_reason_notice")
    urging = case_clock("criminal/filing_investigation_urging", "侦查三个月后可以催办")

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
                unsaid="是否已经提请批准逮捕或者移送起诉",
                matters=lambda state, facts: state.known("kind", {}, "") == "wrongly_filed",
            ),
        ),
        basis=(Cite(RULES, "第五百五十九条"), Cite(RULES, "第五百六十条"), Cite(RULES, "第五百六十二条")),
        documents=("要求说明不立案理由通知书", "要求说明立案理由通知书"),
    )
    served = act(
        "公安机关收到通知",
        serves=("要求说明不立案理由通知书", "要求说明立案理由通知书", "通知立案书", "通知撤销案件书"),
        also=("送达公安机关",),
        at=("说明理由", "通知执行"),
        does=(reason.fix(), overdue_reason.fix(), compliance.fix()),
        basis=(Cite(RULES, "第五百六十条"), Cite(RULES, "第五百六十三条")),
        documents=("送达回证",),
    )
    explained = act(
        "收到说明理由",
        answers=("要求说明不立案理由通知书", "要求说明立案理由通知书"),
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
                    not any(state.over(FilingReason.reason, on) + state.over(FilingReason.overdue_reason, on))
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

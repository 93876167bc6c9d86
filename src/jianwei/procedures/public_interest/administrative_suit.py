"""行政公益诉讼。立案、磋商、检察建议、跟进、起诉、出庭、裁判。"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from jianwei.procedures import (
    Cite,
    Guard,
    Renamed,
    State,
    act,
    case_clock,
    choice,
    long_text,
    notice_clock,
    only_after_expiry,
    others_clock,
    text,
    yes_no,
)
from jianwei.procedures.kernel.act import day_of
from jianwei.procedures.kernel.reckoning import last_day
from jianwei.procedures.kernel.state import MATTER
from jianwei.procedures.public_interest import _suit
from jianwei.procedures.public_interest._suit import PublicInterestSuit
from jianwei.procedures.public_interest._words import DAMAGE, INTERPRETATION, RULES

TERMINATION = (
    "行政机关已经全面采取整改措施依法履行职责",
    "国家利益或者社会公共利益已经得到有效保护",
    "行政机关没有违法行使职权或者不作为",
    "其他应当终结案件的情形",
)


def _mending_over(state: State, on: dt.date) -> bool:
    """Whether the time to mend is over, though it was answered in the meantime."""
    run = state.runs.get((AdministrativeSuit.reply.name, MATTER))
    due = last_day(run, state) if run else None
    return due is not None and day_of(on) > due.on


class AdministrativeSuit(PublicInterestSuit):
    title = "行政公益诉讼"
    case_type, code = "行政公益诉讼", "行公"
    version = "2"
    earlier: ClassVar = {"1": Renamed(note="已经回复的，整改期满之日不再填写，由系统算出，期满以后才能开始审查起诉")}
    stages = ("立案", "调查", "检察建议", "跟进", "中止审查", "审查起诉", "出庭", "办结")
    basis = (
        Cite(RULES, "第六十七条"),
        Cite(RULES, "第七十五条"),
        Cite(RULES, "第八十一条"),
        Cite(INTERPRETATION, "第二十一条"),
    )
    from_models = ("public_interest.pension_after_death", "administrative.practice_ban")

    file_service = notice_clock("public_interest/filing_decision_service")
    letter_service = notice_clock("public_interest/recommendation_service")
    letter_record = notice_clock("public_interest/recommendation_record")
    reply = others_clock("public_interest/rectification_reply")
    review = case_clock("public_interest/administrative_prosecution_review")

    file = act(
        "决定立案",
        also=("立案", "受理"),
        opens=True,
        to="立案",
        facts=(text("agency", "行政机关"), *DAMAGE, text("source", "线索来源").optional()),
        does=(file_service.start(),),
        basis=(Cite(RULES, "第三十条"), Cite(RULES, "第六十七条")),
        documents=("立案决定书",),
        by=("检察长",),
    )
    serve_filing = act(
        "送达立案决定书",
        serves=("立案决定书",),
        at="立案",
        to="调查",
        does=(file_service.meet(),),
        basis=Cite(RULES, "第七十条"),
        documents=("送达回证",),
    )
    report_major = act(
        "重大案件线索备案",
        at=("立案", "调查", "检察建议", "跟进"),
        facts=(text("to_office", "上级人民检察院"), long_text("standard", "符合的重大案件标准")),
        basis=Cite(RULES, "第二十五条"),
        leads_to=("management/major_case_filing",),
    )
    consult = act(
        "磋商",
        at=("立案", "调查"),
        facts=(long_text("result", "磋商结果"), yes_no("agreed", "行政机关同意整改")),
        basis=Cite(RULES, "第七十条"),
        documents=("磋商函", "磋商会议纪要"),
    )
    investigate = act(
        "调查取证",
        at=("立案", "调查", "跟进"),
        facts=(text("measure", "方式"), text("subject", "对象")),
        basis=(Cite(RULES, "第三十五条"), Cite(RULES, "第七十一条")),
        documents=("调查笔录",),
    )
    hold_hearing = act(
        "组织听证",
        at=("调查", "跟进"),
        basis=Cite(RULES, "第四十四条"),
        leads_to=("management/public_hearing",),
    )
    decide_letter = act(
        "决定提出检察建议",
        also=("制发检察建议", "签发检察建议"),
        at="调查",
        to="检察建议",
        facts=(
            long_text("demand", "建议内容"),
            choice("urgency", "回复期限", {"normal": "两个月", "urgent": "紧急情形，十五日"}),
            text("document_no", "检察建议书文号").optional(),
        ),
        does=(letter_service.start(),),
        basis=(Cite(RULES, "第七十五条"), Cite(INTERPRETATION, "第二十一条第一款")),
        documents=("检察建议书",),
        by=("检察长",),
    )
    serve_letter = act(
        "送达检察建议书",
        serves=("检察建议书",),
        also=("送达检察建议",),
        at="检察建议",
        to="跟进",
        does=(
            letter_service.meet(),
            letter_record.start(),
            reply.start(length={"urgency": {"normal": "", "urgent": "urgent"}}),
        ),
        basis=(Cite(RULES, "第七十六条"), Cite(INTERPRETATION, "第二十一条第二款")),
        documents=("送达回证",),
    )
    record_letter = act(
        "报上一级人民检察院备案",
        also=("检察建议备案",),
        at=("跟进", "中止审查", "审查起诉"),
        after="serve_letter",
        does=(letter_record.meet(),),
        basis=Cite(RULES, "第七十五条"),
    )
    receive_reply = act(
        "收到行政机关回复",
        answers=("检察建议书",),
        also=("收到回复",),
        at=("跟进", "中止审查"),
        facts=(
            choice("attitude", "回复情况", ("已整改", "部分整改", "不予整改")),
            long_text("note", "要点").optional(),
        ),
        does=(reply.meet(),),
        basis=Cite(INTERPRETATION, "第二十一条第二款"),
    )
    suspend = act(
        "中止审查",
        at="跟进",
        to="中止审查",
        facts=(long_text("reason", "不能全部整改到位的客观原因"),),
        basis=Cite(RULES, "第七十八条"),
        documents=("中止审查决定书",),
        by=("检察长",),
    )
    resume = act(
        "恢复审查",
        at="中止审查",
        to="跟进",
        basis=Cite(RULES, "第七十八条"),
        documents=("恢复审查决定书",),
    )
    expire = act(
        "整改期满，开始审查起诉",
        also=("整改期满",),
        at="跟进",
        to="审查起诉",
        guards=(
            only_after_expiry(
                reply, says="整改期限尚未届满，且行政机关未回复", cite=Cite(INTERPRETATION, "第二十一条第二款")
            ),
        ),
        does=(review.start(after=reply), reply.stop(reason="整改期满")),
        basis=Cite(RULES, "第四十七条"),
    )
    expire_replied = act(
        "已回复，整改期满开始审查起诉",
        at="跟进",
        to="审查起诉",
        after="receive_reply",
        does=(review.start(after=reply),),
        guards=(
            Guard(
                "整改期限尚未届满，期满之日由检察建议送达之日和回复期限算出",
                Cite(INTERPRETATION, "第二十一条第二款"),
                lambda state, facts, on: not _mending_over(state, on),
            ),
        ),
        basis=Cite(RULES, "第四十七条"),
    )
    appraise = _suit.appraise(review)
    appraised = _suit.appraised(review)
    extend = _suit.extend(review)
    extend_further = _suit.extend_further(review)
    move = _suit.move(review, Cite(RULES, "第七十九条"))
    sue = act(
        "提起行政公益诉讼",
        also=("起诉", "提起诉讼"),
        at="审查起诉",
        to="出庭",
        facts=(text("court", "人民法院"), long_text("claims", "诉讼请求")),
        does=(review.meet(),),
        basis=(Cite(RULES, "第八十一条"), Cite(RULES, "第四十六条")),
        documents=("行政公益诉讼起诉书",),
        by=("检察长", "检察委员会"),
    )
    terminate = act(
        "终结案件",
        at=("立案", "调查", "跟进", "中止审查", "审查起诉"),
        to="办结",
        facts=(choice("why", "理由", TERMINATION),),
        does=(review.meet(), reply.stop(reason="终结案件")),
        basis=(Cite(RULES, "第七十四条"), Cite(RULES, "第八十条")),
        documents=("终结案件决定书",),
        by=("检察长",),
    )

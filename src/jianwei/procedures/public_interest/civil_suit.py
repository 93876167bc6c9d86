"""民事公益诉讼（含刑事附带民事公益诉讼）。立案、调查、公告、跟进、起诉、出庭、裁判。"""

from __future__ import annotations

from jianwei.procedures import (
    Cite,
    Guard,
    act,
    case_clock,
    choice,
    long_text,
    money,
    only_after_expiry,
    others_clock,
    people,
    text,
    yes_no,
)
from jianwei.procedures.public_interest import _suit
from jianwei.procedures.public_interest._suit import PublicInterestSuit
from jianwei.procedures.public_interest._words import DAMAGE, INTERPRETATION, RULES

TERMINATION = (
    "不存在违法行为",
    "赔偿权利人与赔偿义务人经磋商达成赔偿协议或者已经提起诉讼",
    "英雄烈士等的近亲属不同意",
    "其他适格主体依法提起诉讼",
    "社会公共利益已经得到有效保护",
    "其他应当终结案件的情形",
)


class CivilSuit(PublicInterestSuit):
    title = "民事公益诉讼"
    case_type, code = "民事公益诉讼", "民公"
    stages = ("调查", "公告", "审查起诉", "出庭", "办结")
    basis = (
        Cite(RULES, "第八十五条"),
        Cite(RULES, "第九十一条"),
        Cite(RULES, "第九十六条"),
        Cite(INTERPRETATION, "第十三条"),
    )

    notice = others_clock("public_interest/civil_notice")
    review = case_clock("public_interest/civil_prosecution_review")

    file = act(
        "决定立案",
        also=("立案", "受理"),
        opens=True,
        to="调查",
        facts=(people("wrongdoers", "违法行为人"), *DAMAGE, yes_no("with_crime", "刑事附带民事公益诉讼").optional()),
        basis=(Cite(RULES, "第三十条"), Cite(RULES, "第八十五条")),
        documents=("立案决定书",),
        by=("检察长",),
    )
    report_major = act(
        "重大案件线索备案",
        at=("调查", "公告", "审查起诉"),
        facts=(text("to_office", "上级人民检察院"), long_text("standard", "符合的重大案件标准")),
        basis=Cite(RULES, "第二十五条"),
        leads_to=("management/major_case_filing",),
    )
    investigate = act(
        "调查取证",
        at=("调查", "公告"),
        facts=(text("measure", "方式"), text("subject", "对象")),
        basis=(Cite(RULES, "第三十五条"), Cite(RULES, "第八十六条")),
        documents=("调查笔录",),
    )
    publish = act(
        "发布公告",
        also=("公告",),
        at="调查",
        to="公告",
        facts=(text("where", "公告载体"),),
        does=(notice.start(),),
        basis=(Cite(RULES, "第九十一条"), Cite(INTERPRETATION, "第十三条")),
        documents=("公告",),
        by=("检察长",),
    )
    ask_kin = act(
        "征询英雄烈士等的近亲属意见",
        at=("调查", "公告"),
        facts=(choice("answer", "意见", ("自行起诉", "同意检察机关起诉", "不同意", "无近亲属")),),
        basis=Cite(RULES, "第九十二条"),
    )
    expire = act(
        "公告期满，开始审查起诉",
        also=("公告期满",),
        at="公告",
        to="审查起诉",
        guards=(only_after_expiry(notice, says="公告尚未期满", cite=Cite(INTERPRETATION, "第十三条")),),
        does=(review.start(after=notice), notice.meet()),
        basis=(Cite(RULES, "第四十七条"), Cite(RULES, "第九十三条")),
    )
    other_sues = act(
        "适格主体起诉",
        at=("公告", "审查起诉"),
        to="办结",
        facts=(text("plaintiff", "起诉主体"), yes_no("supported", "支持其起诉").optional()),
        does=(notice.stop(reason="适格主体起诉"), review.meet()),
        basis=(Cite(RULES, "第九十条"), Cite(RULES, "第九十五条")),
        leads_to=("civil/support_suit",),
    )
    appraise = _suit.appraise(review)
    appraised = _suit.appraised(review)
    extend = _suit.extend(review)
    extend_further = _suit.extend_further(review)
    move = _suit.move(review, Cite(RULES, "第九十四条"))
    sue = act(
        "提起民事公益诉讼",
        also=("起诉", "提起诉讼"),
        at="审查起诉",
        to="出庭",
        facts=(text("court", "人民法院"), long_text("claims", "诉讼请求"), money("claimed_fen", "请求金额").optional()),
        guards=(
            Guard(
                "未履行公告程序，不得提起民事公益诉讼",
                Cite(INTERPRETATION, "第十三条"),
                lambda state, facts, on: not state.counts.get("publish"),
            ),
        ),
        does=(review.meet(),),
        basis=(Cite(RULES, "第九十六条"), Cite(RULES, "第九十八条")),
        documents=("民事公益诉讼起诉书",),
        by=("检察长", "检察委员会"),
    )
    mediate = act(
        "达成调解协议",
        at="出庭",
        facts=(long_text("terms", "协议内容"), yes_no("reduces", "减免了诉讼请求载明的民事责任")),
        guards=(
            Guard(
                "调解协议不得减免诉讼请求载明的民事责任",
                Cite(RULES, "第九十九条"),
                lambda state, facts, on: facts.get("reduces") is True,
                of_facts=True,
            ),
        ),
        basis=Cite(RULES, "第九十九条"),
    )
    terminate = act(
        "终结案件",
        at=("调查", "公告", "审查起诉"),
        to="办结",
        facts=(choice("why", "理由", TERMINATION),),
        does=(review.meet(), notice.stop(reason="终结案件")),
        basis=(Cite(RULES, "第九十条"), Cite(RULES, "第九十五条")),
        documents=("终结案件决定书",),
        by=("检察长",),
    )

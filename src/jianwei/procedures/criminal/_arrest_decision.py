"""审查逮捕的第一部分：自受理到批准或者决定逮捕。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import (
    Cite,
    Clock,
    Guard,
    State,
    act,
    choice,
    custody_clock,
    day,
    hold,
    long_text,
    must_name,
    number,
    only_of_the_matter,
    only_past,
    only_running,
    only_while,
    people,
    text,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

SOURCES = {
    "police": "公安机关提请批准逮捕",
    "own": "本院侦查部门移送审查逮捕",
    "commission": "监察机关移送起诉（已留置）",
}
POLICE, OWN, COMMISSION = {"source": (None, "police")}, {"source": "own"}, {"source": "commission"}
LENGTH = {"detained": {True: "", False: "not_detained"}}
LENGTH_COMPLEX = {"detained": {True: "", False: "not_detained_complex"}}
SUSPECTS = people("suspects", "犯罪嫌疑人")
DECIDED = "所列人员没有待决的审查逮捕（已经作出决定，或者尚未执行先行拘留）"
OF_THE_MATTER = only_of_the_matter("suspects")


def _all_detained(state: State, facts: Any, on: dt.date) -> bool:
    listed = facts.get("suspects") or tuple(state.held)
    return bool(listed) and all(state.held.get(person) for person in listed)


def _not_questioned(state: State, facts: Any, on: dt.date) -> bool:
    return state.known("must_question", {}, False) is True and not state.counts.get("question")


QUESTIONED = Guard(
    "有应当讯问犯罪嫌疑人的情形，尚未讯问，不能作出决定",
    Cite(RULES, "第二百八十条第一款"),
    _not_questioned,
    fact="must_question",
    unsaid="是否应当讯问而没有讯问",
    matters=lambda state, facts: not state.counts.get("question"),
)


class ArrestDecision:
    """What is done until the decision."""

    review = Clock("criminal/arrest_review", each="suspects")
    own_review = Clock("criminal/own_case_arrest_review", each="suspects")
    own_detention = custody_clock("criminal/own_case_detention", each="suspects")
    pending = custody_clock("criminal/supervision_case_detention", each="suspects")

    accept = act(
        "受理审查逮捕",
        also=("受理", "受理提请批准逮捕", "提请批准逮捕", "移送审查逮捕"),
        opens=True,
        to="审查",
        facts=(
            SUSPECTS,
            text("charge", "涉嫌罪名").optional(),
            yes_no("detained", "受理时是否已被拘留", "决定期限为七日还是十五日；未填的不计算").optional(),
            choice("source", "案件来源", SOURCES).optional(),
            yes_no("complex", "重大、复杂案件", "未被拘留的，不得超过二十日").optional(),
            day("detained_on", "拘留日期", "本院侦查的案件，拘留以十四日为限").optional(),
            yes_no(
                "must_question",
                "有应当讯问的情形",
                "有疑问、要求当面陈述、侦查可能重大违法、重大疑难复杂、认罪认罚、未成年人、盲聋哑或者限制行为能力（规则第二百八十条）",
            ).optional(),
            text("request_no", "提请批准逮捕书文号").optional(),
        ),
        does=(
            hold("detained", each="suspects"),
            review.start(length=LENGTH, when=POLICE | {"complex": (None, False)}),
            review.start(length=LENGTH_COMPLEX, when=POLICE | {"complex": True}),
            own_review.start(length=LENGTH, when=OWN | {"complex": (None, False)}),
            own_review.start(length=LENGTH_COMPLEX, when=OWN | {"complex": True}),
            own_detention.start("detained_on", when=OWN | {"detained": True}),
        ),
        basis=(
            Cite(CPL, "第九十一条第三款"),
            Cite(RULES, "第二百八十二条"),
            Cite(RULES, "第二百九十七条"),
            Cite(RULES, "第一百四十二条"),
        ),
        guards=(only_past("detained_on", says="拘留之日不能晚于受理之日"),),
        documents=("受理案件登记表",),
        by=("案件管理",),
    )
    state_detention = act(
        "补明受理时是否已被拘留",
        also=("补明强制措施",),
        at=("审查", "决定以后"),
        facts=(SUSPECTS, yes_no("detained", "受理时是否已被拘留")),
        does=(
            hold("detained", each="suspects"),
            review.vary(LENGTH, when={"complex": (None, False)}),
            review.vary(LENGTH_COMPLEX, when={"complex": True}),
            own_review.vary(LENGTH, when={"complex": (None, False)}),
            own_review.vary(LENGTH_COMPLEX, when={"complex": True}),
        ),
        guards=(OF_THE_MATTER,),
        basis=Cite(RULES, "第二百八十二条"),
        by=("承办检察官", "案件管理"),
    )
    find_complex = act(
        "认定重大、复杂案件",
        also=("延长至二十日",),
        at=("审查", "决定以后"),
        facts=(SUSPECTS.optional(), long_text("grounds", "重大、复杂的理由")),
        does=(review.vary(LENGTH_COMPLEX), own_review.vary(LENGTH_COMPLEX)),
        guards=(
            OF_THE_MATTER,
            Guard(
                "犯罪嫌疑人已被拘留的，七日以内作出决定，没有二十日的期限", Cite(RULES, "第二百八十二条"), _all_detained
            ),
            only_while(review, says="十五日已满，不得再按二十日计算", cite=Cite(RULES, "第二百八十二条")),
            only_while(own_review, says="十五日已满，不得再按二十日计算", cite=Cite(RULES, "第二百九十七条")),
        ),
        basis=(Cite(RULES, "第二百八十二条"), Cite(RULES, "第二百九十七条")),
        by=("检察长", "部门负责人"),
    )
    detain = act(
        "执行先行拘留",
        also=("先行拘留", "执行拘留"),
        at=("审查", "决定以后"),
        facts=(SUSPECTS,),
        does=(hold(True, each="suspects"), pending.start()),
        guards=(
            OF_THE_MATTER,
            Guard(
                "先行拘留适用于监察机关移送起诉的已采取留置措施的案件",
                Cite(CPL, "第一百七十条第二款"),
                lambda state, facts, on: state.known("source", {}, "police") != "commission",
            ),
        ),
        basis=(Cite(CPL, "第一百七十条第二款"), Cite(RULES, "第一百四十二条")),
        documents=("拘留决定书",),
        by=("公安机关",),
    )
    extend_decision = act(
        "延长决定逮捕的时间",
        at=("审查", "决定以后"),
        facts=(number("days", "延长日数", least=1), long_text("grounds", "特殊情况")),
        does=(
            own_review.extend("special", granted="days", when=OWN),
            own_detention.extend("special", granted="days", when=OWN),
            pending.extend("special", granted="days", when=COMMISSION),
        ),
        guards=(
            Guard(
                "公安机关提请批准逮捕的案件，审查逮捕期限没有延长",
                Cite(CPL, "第九十一条第三款"),
                lambda state, facts, on: state.known("source", {}, "police") == "police",
            ),
        ),
        basis=(Cite(CPL, "第一百六十七条"), Cite(CPL, "第一百七十条第二款"), Cite(RULES, "第二百九十七条")),
        by=("检察长",),
    )
    question = act(
        "讯问犯罪嫌疑人或者听取其意见",
        also=("讯问犯罪嫌疑人", "讯问", "送达听取犯罪嫌疑人意见书"),
        at=("审查", "决定以后"),
        facts=(SUSPECTS, choice("way", "方式", ("讯问", "听取意见书", "远程视频讯问"))),
        guards=(OF_THE_MATTER,),
        basis=(Cite(CPL, "第八十八条"), Cite(RULES, "第二百八十条")),
        documents=("讯问笔录", "听取犯罪嫌疑人意见书"),
    )
    hear = act(
        "听取辩护律师、侦查人员意见或者公开审查",
        also=("听取辩护律师意见", "公开审查"),
        at=("审查", "决定以后"),
        facts=(text("whom", "听取何人意见"), long_text("opinion", "意见").optional()),
        basis=(Cite(CPL, "第八十八条第二款"), Cite(RULES, "第二百八十一条")),
    )
    approve = act(
        "批准或者决定逮捕",
        also=("批准逮捕", "批捕", "决定逮捕"),
        at=("审查", "决定以后"),
        to="决定以后",
        facts=(
            SUSPECTS.optional(),
            text("charge", "逮捕罪名").optional(),
            text("document_no", "决定书文号").optional(),
        ),
        does=(review.meet(), own_review.meet(), own_detention.meet(), pending.meet()),
        guards=(
            OF_THE_MATTER,
            QUESTIONED,
            only_running(review, own_review, pending, says=DECIDED),
            must_name(review, own_review, pending),
        ),
        basis=(
            Cite(CPL, "第八十一条"),
            Cite(CPL, "第九十条"),
            Cite(RULES, "第二百八十四条"),
            Cite(RULES, "第二百九十八条"),
        ),
        documents=("批准逮捕决定书", "逮捕决定书", "继续侦查提纲"),
        by=("承办检察官", "检察长"),
    )


_PENDING = (ArrestDecision.review, ArrestDecision.own_review, ArrestDecision.pending)
UNDECIDED = (only_running(*_PENDING, says=DECIDED), must_name(*_PENDING))

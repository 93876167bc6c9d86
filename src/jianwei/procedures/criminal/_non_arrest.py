"""审查逮捕的第二部分：不批准逮捕，及其执行、复议、复核和纠正。"""

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
    day,
    hold,
    long_text,
    only_after_expiry,
    only_done_to,
    only_running,
    others_clock,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.criminal._arrest_decision import (
    CPL,
    OF_THE_MATTER,
    POLICE,
    QUESTIONED,
    RULES,
    SUSPECTS,
    UNDECIDED,
    ArrestDecision,
)

NON_ARREST = {
    "no_crime": "没有犯罪事实或者具有刑事诉讼法第十六条规定的情形",
    "not_the_one": "犯罪事实不是其实施或者其不负刑事责任",
    "doubtful": "证据不足",
    "no_danger": "无社会危险性或者罪行较轻、没有逮捕必要",
}
TO_BE_DROPPED = {"kind": ("no_crime", "not_the_one")}
"""The kinds after which the police must drop the case or the person (R 287); not 证据不足, not 无社会危险性."""


def _not_approved_above(state: State, facts: Any, on: dt.date) -> bool:
    return facts.get("kind") in ("no_crime", "doubtful") and facts.get("chief_approved") is not True


REFUSED = only_done_to(
    "refuse", each="suspects", says="所列人员没有被不批准逮捕，没有这一环节", cite=Cite(RULES, "第二百八十五条")
)


class NonArrest(ArrestDecision):
    """A refusal and what follows from it."""

    non_arrest_receipt = others_clock("criminal/non_arrest_receipt", each="suspects")
    drop_wait = Clock("criminal/non_arrest_correction", "不批准逮捕后等待撤案、复议", each="suspects")
    reconsideration = Clock("criminal/non_arrest_reconsideration", each="suspects")
    review_above = Clock("criminal/non_arrest_review_above", each="suspects")

    refuse = act(
        "不批准或者决定不予逮捕",
        also=("不批准逮捕", "不捕", "不予逮捕", "不批捕"),
        at=("审查", "决定以后"),
        to="决定以后",
        facts=(
            SUSPECTS.optional(),
            choice("kind", "不捕种类", NON_ARREST),
            long_text("reason", "不捕理由", "规则第二百八十五条：应当说明理由"),
            yes_no("chief_approved", "已经检察长批准").optional(),
            yes_no("supplement", "通知补充侦查").optional(),
            day("served_on", "公安机关收到决定书之日").optional(),
            text("document_no", "决定书文号").optional(),
        ),
        does=(
            ArrestDecision.review.meet(),
            ArrestDecision.own_review.meet(),
            ArrestDecision.own_detention.meet(),
            ArrestDecision.pending.meet(),
            non_arrest_receipt.start("served_on", when=POLICE),
            drop_wait.start("served_on", when=POLICE | TO_BE_DROPPED),
        ),
        guards=(
            OF_THE_MATTER,
            QUESTIONED,
            *UNDECIDED,
            Guard(
                "因没有犯罪事实、具有第十六条规定的情形或者证据不足拟不批准逮捕的，应当经检察长批准",
                Cite(RULES, "第二百八十五条第三款"),
                _not_approved_above,
                of_facts=True,
            ),
        ),
        basis=(Cite(CPL, "第九十条"), Cite(RULES, "第一百三十九条至第一百四十一条"), Cite(RULES, "第二百八十五条")),
        documents=("不批准逮捕决定书", "不批准逮捕理由说明书", "补充侦查提纲"),
        by=("承办检察官", "检察长"),
    )
    serve = act(
        "公安机关收到不批准逮捕决定书",
        serves=("不批准逮捕决定书",),
        also=("送达不批准逮捕决定书",),
        at="决定以后",
        after="refuse",
        facts=(SUSPECTS.optional(),),
        does=(non_arrest_receipt.fix(), drop_wait.fix()),
        guards=(
            OF_THE_MATTER,
            REFUSED,
        ),
        basis=(Cite(RULES, "第二百八十五条"), Cite(RULES, "第二百八十六条")),
        documents=("送达回证",),
        by=("书记员", "承办检察官"),
    )
    non_arrest_done = act(
        "收到不批准逮捕执行回执",
        answers=("不批准逮捕决定书",),
        also=("不捕执行回执",),
        at="决定以后",
        after="refuse",
        facts=(SUSPECTS.optional(), choice("measure", "执行情况", ("释放", "取保候审", "监视居住"))),
        does=(non_arrest_receipt.meet(), hold(False, each="suspects")),
        guards=(
            OF_THE_MATTER,
            REFUSED,
        ),
        basis=(Cite(CPL, "第九十一条第三款"), Cite(RULES, "第二百八十六条")),
        by=("案件管理", "承办检察官"),
    )
    correct_release = act(
        "对不立即释放或者变更强制措施提出纠正意见",
        at="决定以后",
        after="refuse",
        facts=(SUSPECTS,),
        guards=(
            OF_THE_MATTER,
            REFUSED,
        ),
        basis=Cite(RULES, "第二百八十六条第二款"),
        documents=("纠正违法通知书",),
    )
    ask_reconsideration = act(
        "收到要求复议意见书",
        also=("公安机关要求复议", "要求复议"),
        at="决定以后",
        after="refuse",
        facts=(
            SUSPECTS,
            yes_no("after_supplement", "是否补充侦查后又要求复议").optional(),
        ),
        does=(reconsideration.start(), drop_wait.stop(reason="公安机关要求复议")),
        guards=(
            OF_THE_MATTER,
            REFUSED,
            unless(
                "after_supplement",
                True,
                says="通知补充侦查的，补充侦查后应当重新提请批准逮捕，坚持要求复议的不予受理",
                cite=Cite(RULES, "第二百九十二条"),
                unsaid="是否补充侦查后又要求复议",
                matters=lambda state, facts: state.known("supplement", {}, False),
            ),
        ),
        basis=(Cite(CPL, "第九十二条"), Cite(RULES, "第二百九十条")),
        by=("案件管理",),
    )
    decide_reconsideration = act(
        "作出复议决定",
        also=("复议决定",),
        at="决定以后",
        after="ask_reconsideration",
        facts=(
            SUSPECTS.optional(),
            choice("result", "复议结果", {"keep": "维持", "change": "变更，撤销原决定"}),
            text("reviewer", "另行指派的检察官").optional(),
        ),
        does=(reconsideration.meet(),),
        guards=(OF_THE_MATTER, only_running(reconsideration, says="没有待决的复议")),
        basis=Cite(RULES, "第二百九十条"),
        documents=("复议决定书",),
        by=("检察长",),
    )
    ask_review_above = act(
        "公安机关提请上一级人民检察院复核",
        also=("提请复核",),
        at="决定以后",
        after="decide_reconsideration",
        facts=(SUSPECTS,),
        does=(review_above.start(), drop_wait.stop(reason="公安机关提请复核")),
        guards=(OF_THE_MATTER,),
        basis=(Cite(CPL, "第九十二条"), Cite(RULES, "第二百九十一条")),
        by=("上一级人民检察院",),
    )
    decide_above = act(
        "上一级人民检察院作出复核决定",
        also=("复核决定",),
        at="决定以后",
        after="ask_review_above",
        facts=(SUSPECTS.optional(), choice("result", "复核结果", {"keep": "维持", "change": "变更，撤销原决定"})),
        does=(review_above.meet(),),
        guards=(OF_THE_MATTER, only_running(review_above, says="没有待决的复核")),
        basis=Cite(RULES, "第二百九十一条"),
        documents=("复核决定书",),
        by=("上一级人民检察院",),
    )
    approve_anew = act(
        "撤销不批准逮捕决定并批准逮捕",
        at="决定以后",
        after="refuse",
        facts=(SUSPECTS, long_text("reason", "原决定确有错误的理由")),
        does=(
            non_arrest_receipt.stop(reason="不批准逮捕决定已撤销"),
            drop_wait.stop(reason="不批准逮捕决定已撤销"),
        ),
        guards=(
            OF_THE_MATTER,
            REFUSED,
        ),
        basis=(Cite(RULES, "第二百八十九条第二款"), Cite(RULES, "第二百九十一条第一款")),
        documents=("撤销不批准逮捕决定书", "批准逮捕决定书"),
        by=("检察长",),
    )
    dropped = act(
        "公安机关撤销案件或者终止侦查",
        also=("公安机关撤案", "终止侦查"),
        at="决定以后",
        facts=(SUSPECTS.optional(),),
        does=(drop_wait.stop(reason="公安机关撤销案件或者终止侦查"), hold(False, each="suspects")),
        guards=(OF_THE_MATTER,),
        basis=Cite(RULES, "第二百八十七条"),
        by=("公安机关",),
    )
    correct_police = act(
        "对不捕后不撤案发出纠正违法通知书",
        also=("纠正违法",),
        at="决定以后",
        facts=(SUSPECTS.optional(),),
        does=(drop_wait.meet(),),
        guards=(
            OF_THE_MATTER,
            only_after_expiry(
                drop_wait,
                says="只有因没有犯罪事实、具有第十六条规定的情形或者不应由其负刑事责任而不批准逮捕，且公安机关收到决定书后超过十五日未要求复议、提请复核也不撤案的，才发出纠正违法通知书",
                cite=Cite(RULES, "第二百八十七条第三款"),
            ),
        ),
        basis=Cite(RULES, "第二百八十七条第三款"),
        documents=("纠正违法通知书",),
        by=("检察长",),
        leads_to=("criminal/investigation_supervision",),
    )

"""社区矫正监督。交付、报到、监督管理、警告与提请处罚、撤销缓刑假释、收监、解除。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.law.limits import MonthRule, add_months
from jianwei.procedures import (
    By,
    Cite,
    ClockKind,
    Guard,
    Line,
    Procedure,
    State,
    act,
    choice,
    custody_clock,
    day,
    hold,
    long_text,
    only_after_expiry,
    others_clock,
    person,
    set_clock,
    text,
    unless,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"
CORRECTION = "中华人民共和国社区矫正法"
COURT = "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释"

KINDS = {"control": "管制", "probation": "缓刑", "parole": "假释", "release": "暂予监外执行"}
REVOCATION = {
    "ban": "违反禁止令，情节严重",
    "absent": "不按规定报到或者脱离监管超过一个月",
    "punished": "受到治安管理处罚仍不改正",
    "warned": "受到两次警告仍不改正",
    "other": "其他违反规定，情节严重",
}
FAULTS = (
    "未履行告知义务",
    "违法批准外出",
    "未依法监督管理致脱管",
    "应当警告、提请处罚而不为",
    "侵犯合法权利",
    "未依法解除、终止",
    "其他违法",
)


def _absent_too_short(state: State, facts: Any, on: dt.date) -> bool:
    if facts.get("ground") != "absent":
        return False
    since = facts.get("absent_since")
    day = on.date() if isinstance(on, dt.datetime) else on
    return since is None or day <= add_months(since, 1, MonthRule.MONTH_END)


def _warned_too_seldom(state: State, facts: Any, on: dt.date) -> bool:
    return bool(facts.get("ground") == "warned" and state.counts.get("warn", 0) < 2)


class CommunityCorrection(Procedure):
    title, line = "社区矫正监督", Line.ENFORCEMENT
    case_type, code = "社区矫正监督", "社矫监"
    stages = ("交付接收", "监督管理", "撤销、收监", "办结")
    ends = ("办结",)
    basis = (
        Cite(CPL, "第二百六十九条、第二百七十六条"),
        Cite(CORRECTION, "第二十条至第二十三条"),
        Cite(RULES, "第六百四十二条至第六百四十四条"),
    )

    told = others_clock("enforcement/community_correction_notice")
    delivered = others_clock("enforcement/community_correction_delivery")
    report = others_clock("enforcement/community_correction_report")
    ruling = others_clock("enforcement/probation_revocation")
    arrest = others_clock("enforcement/revocation_arrest_decision")
    custody = custody_clock("enforcement/revocation_custody")
    reply = set_clock("纠正意见要求的回复期限", "被监督单位", ClockKind.OTHERS)

    begin = act(
        "裁判、决定生效",
        also=("受理", "交付"),
        opens=True,
        to="交付接收",
        facts=(
            person("person", "社区矫正对象"),
            choice("kind", "类别", KINDS),
            text("place", "执行地").optional(),
            day("until_on", "矫正期满日").optional(),
        ),
        does=(
            hold(False),
            told.start(),
            delivered.start(),
            report.start(when={"kind": ("control", "probation", "parole")}),
        ),
        basis=(
            Cite(CPL, "第二百六十九条"),
            Cite(CORRECTION, "第二十条、第二十一条"),
            Cite(COURT, "第五百一十九条"),
        ),
        by=("人民法院", "监狱", "看守所"),
    )
    notice = act(
        "通知社区矫正机构",
        at="交付接收",
        does=(told.meet(),),
        basis=Cite(CORRECTION, "第二十条"),
        by=("社区矫正决定机关",),
    )
    delivery = act(
        "送达法律文书",
        also=("抄送检察院",),
        at="交付接收",
        does=(delivered.meet(),),
        basis=Cite(CORRECTION, "第二十条"),
        by=("社区矫正决定机关",),
    )
    arrived = act(
        "报到接收",
        also=("报到", "接收"),
        at="交付接收",
        to="监督管理",
        does=(report.meet(), told.meet(), delivered.meet()),
        basis=(Cite(CORRECTION, "第二十一条"), Cite(COURT, "第五百一十九条")),
        by=("社区矫正机构",),
    )
    not_reported = act(
        "发现漏管，督促查找、报到",
        also=("漏管",),
        at="交付接收",
        guards=(
            only_after_expiry(report, says="生效之日起十日以内报到，期限尚未届满", cite=Cite(COURT, "第五百一十九条")),
        ),
        basis=(Cite(CORRECTION, "第三十条"), Cite(RULES, "第六百四十二条")),
        documents=("纠正违法通知书",),
    )
    inspect = act(
        "检察监督管理情况",
        also=("检察",),
        at="监督管理",
        facts=(long_text("found", "情况").optional(),),
        basis=Cite(RULES, "第六百四十三条"),
    )
    warn = act(
        "社区矫正机构给予警告",
        also=("警告",),
        at="监督管理",
        facts=(long_text("why", "违反规定的情形"),),
        basis=Cite(CORRECTION, "第二十八条"),
        by=("社区矫正机构",),
    )
    punish = act(
        "公安机关给予治安管理处罚",
        also=("治安管理处罚",),
        at="监督管理",
        basis=Cite(CORRECTION, "第二十八条"),
        by=("公安机关",),
    )
    rectify = act(
        "提出纠正意见",
        also=("纠正违法",),
        at=("交付接收", "监督管理", "撤销、收监"),
        facts=(choice("fault", "违法情形", FAULTS), day("reply_by", "要求回复的期限").optional()),
        does=(reply.start(until="reply_by"),),
        basis=Cite(RULES, "第六百四十二条至第六百四十四条"),
        documents=("纠正违法通知书",),
        by=("检察长",),
    )
    replied = act(
        "收到纠正回复",
        answers=("纠正违法通知书",),
        also=("回复",),
        at=("交付接收", "监督管理", "撤销、收监"),
        after="rectify",
        does=(reply.meet(),),
        basis=Cite(RULES, "第五百五十三条"),
        by=("被监督单位",),
    )
    propose = act(
        "提出撤销缓刑、假释或者收监执行建议",
        also=("撤销建议", "收监建议"),
        at="监督管理",
        to="撤销、收监",
        facts=(
            choice("ground", "情形", REVOCATION),
            day("absent_since", "脱离监管起始日").optional(),
            text("court", "人民法院").optional(),
        ),
        does=(ruling.start(),),
        guards=(
            unless("kind", "control", says="管制不适用撤销", cite=Cite(COURT, "第五百四十三条")),
            Guard(
                "脱离监管超过一个月的，才建议撤销；写明脱离监管的起始日",
                Cite(COURT, "第五百四十三条"),
                _absent_too_short,
                of_facts=True,
            ),
            Guard(
                "受到两次警告仍不改正的，才建议撤销", Cite(COURT, "第五百四十三条"), _warned_too_seldom, of_facts=True
            ),
        ),
        basis=(
            Cite(CORRECTION, "第四十六条、第四十九条"),
            Cite(COURT, "第五百一十六条、第五百四十三条、第五百四十五条"),
        ),
        by=("社区矫正机构",),
    )
    ask_proposal = act(
        "对应当提请而不提请提出纠正意见",
        at="监督管理",
        facts=(choice("ground", "情形", REVOCATION),),
        basis=Cite(RULES, "第六百四十四条第一项"),
        documents=("纠正违法通知书",),
    )
    ask_arrest = act(
        "提请逮捕",
        at="撤销、收监",
        does=(arrest.start(),),
        basis=(Cite(CORRECTION, "第四十七条"), Cite(COURT, "第五百四十四条")),
        by=("社区矫正机构",),
    )
    arrested = act(
        "决定并执行逮捕",
        also=("逮捕",),
        at="撤销、收监",
        after="ask_arrest",
        does=(arrest.meet(), hold(True), custody.start()),
        basis=Cite(COURT, "第五百四十四条"),
        by=("人民法院", "公安机关"),
    )
    not_arrested = act(
        "决定不予逮捕",
        at="撤销、收监",
        after="ask_arrest",
        does=(arrest.meet(),),
        basis=Cite(COURT, "第五百四十四条"),
        by=("人民法院",),
    )
    ruled = act(
        "收到撤销、收监裁定或者决定",
        also=("收到裁定", "收监"),
        at="撤销、收监",
        to=By("result", {"revoked": "办结", "kept": "监督管理"}),
        facts=(choice("result", "结果", {"revoked": "撤销、收监", "kept": "不予撤销"}),),
        does=(ruling.meet(), custody.meet(), hold(False, when={"result": "kept"})),
        basis=(Cite(COURT, "第五百一十七条、第五百四十五条"), Cite(RULES, "第六百四十四条")),
        by=("人民法院",),
    )
    rectify_late_ruling = act(
        "对逾期不裁定提出纠正意见",
        at="撤销、收监",
        guards=(
            only_after_expiry(ruling, says="人民法院在收到建议书后三十日以内裁定", cite=Cite(COURT, "第五百四十五条")),
        ),
        basis=(Cite(COURT, "第五百四十五条"), Cite(RULES, "第六百四十四条第二项")),
        documents=("纠正违法通知书",),
    )
    ended = act(
        "解除或者终止社区矫正",
        also=("解除", "期满解除", "终止"),
        at="监督管理",
        to="办结",
        facts=(choice("how", "情形", ("期满解除", "特赦、死亡终止", "犯新罪转刑事程序", "减刑后期满")),),
        does=(reply.stop(reason="社区矫正终结"),),
        basis=Cite(CORRECTION, "第四十四条、第四十五条"),
        by=("社区矫正机构",),
    )

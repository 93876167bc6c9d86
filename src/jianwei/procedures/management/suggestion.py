"""检察建议。调查核实、起草、审核、签发、送达，等待回复，复核异议，跟踪落实，评估整改，办结。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    ClockKind,
    act,
    case_clock,
    choice,
    day,
    long_text,
    only_after_expiry,
    set_clock,
    text,
)
from jianwei.procedures.management._guards import needs
from jianwei.procedures.management._norms import ORGANIC
from jianwei.procedures.management._suggestion_letter import SuggestionLetter, rule

RESULTS = {"done": "已经落实", "partial": "部分落实", "none": "没有落实"}


class Suggestion(SuggestionLetter):
    case_type, code = "检察建议", "建"
    stages = ("调查核实", "起草", "审核", "签发", "等待回复", "复核异议", "跟踪落实", "办结")
    ends = ("办结",)
    basis = (Cite(ORGANIC, "第二十一条"), rule("第二条"))
    unverified = "《人民检察院检察建议工作规定》未核对原文；类案归集、落实评估按公开的通行做法建模"

    reply, record = SuggestionLetter.reply, SuggestionLetter.record
    objection = case_clock("conduct/suggestion_objection_review")
    rectify = set_clock("整改期限", "被建议单位", ClockKind.OTHERS)

    copy_to = act(
        "抄送",
        at=("等待回复", "跟踪落实"),
        facts=(text("to_whom", "抄送机关", "同级党委、人大、政府、纪检监察机关或者被建议单位的上级机关"),),
        basis=rule("第二十条"),
    )
    file = act(
        "报上一级人民检察院备案",
        also=("备案",),
        at=("等待回复", "复核异议", "跟踪落实"),
        does=(record.meet(),),
        basis=rule("第二十一条"),
        leads_to=("management/record_filing",),
    )
    contest = act(
        "收到被建议单位异议",
        objects=("检察建议书",),
        also=("收到异议",),
        at="等待回复",
        to="复核异议",
        facts=(long_text("grounds_of_objection", "异议理由"),),
        does=(objection.start(),),
        basis=rule("第二十三条"),
    )
    answer = act(
        "复核异议",
        at="复核异议",
        to=By("outcome", {"dismissed": "等待回复", "changed": "签发", "withdrawn": "办结"}),
        facts=(
            choice(
                "outcome",
                "复核结论",
                {"dismissed": "异议不成立，说明理由", "changed": "异议成立，修改", "withdrawn": "异议成立，撤回"},
            ),
            long_text("reason", "理由"),
        ),
        does=(
            objection.meet(),
            reply.stop(when={"outcome": ("changed", "withdrawn")}, reason="异议成立，原建议修改或者撤回"),
            record.stop(when={"outcome": ("changed", "withdrawn")}, reason="异议成立"),
        ),
        basis=rule("第二十三条"),
        by=("承办检察官", "检察长"),
    )
    change = act(
        "决定变更检察建议",
        at=("等待回复", "跟踪落实"),
        to="签发",
        facts=(
            choice("ordered_by", "由何者决定", ("本院检察长", "上级人民检察院指令")),
            long_text("reason", "确有不当之处"),
        ),
        does=(
            reply.stop(reason="检察建议变更，另行送达"),
            rectify.stop(reason="检察建议变更，另行送达"),
            record.stop(reason="检察建议变更"),
        ),
        basis=rule("第二十二条"),
        by=("检察长",),
    )
    withdraw = act(
        "撤回检察建议",
        also=("撤回",),
        at=("等待回复", "跟踪落实"),
        to="办结",
        facts=(
            choice("ordered_by", "由何者决定", ("本院检察长", "上级人民检察院指令")),
            long_text("reason", "确有不当之处"),
        ),
        does=(
            reply.stop(reason="检察建议撤回"),
            rectify.stop(reason="检察建议撤回"),
            record.stop(reason="检察建议撤回"),
        ),
        basis=rule("第二十二条"),
        documents=("撤回检察建议决定书",),
        by=("检察长",),
    )
    replied = act(
        "收到书面回复",
        answers=("检察建议书",),
        also=("收到回复", "回复"),
        at="等待回复",
        to="跟踪落实",
        facts=(
            choice("accepted", "采纳情况", ("采纳", "部分采纳", "不采纳")),
            long_text("measures", "整改措施").optional(),
            day("rectify_by_on", "承诺的整改期限").optional(),
        ),
        does=(
            reply.meet(),
            rectify.start(until="rectify_by_on", when={"accepted": ("采纳", "部分采纳")}),
        ),
        basis=rule("第十九条"),
    )
    urge = act(
        "督促回复、落实",
        also=("催办",),
        at=("等待回复", "跟踪落实"),
        facts=(long_text("note", "要点").optional(),),
        basis=rule("第二十四条"),
        documents=("催办函",),
    )
    follow_without_reply = act(
        "逾期未回复，转入跟踪",
        at="等待回复",
        to="跟踪落实",
        guards=(only_after_expiry(reply, says="回复期限尚未届满", cite=rule("第十九条")),),
        does=(reply.stop(reason="逾期未回复，转入跟踪"),),
        basis=rule("第二十五条"),
    )
    promise = act(
        "确定或者改定整改期限",
        at="跟踪落实",
        facts=(day("rectify_by_on", "整改期限"), long_text("reason", "理由").optional()),
        does=(rectify.move("rectify_by_on"),),
        basis=rule("第二十四条"),
    )
    visit = act(
        "跟踪落实情况",
        also=("回访",),
        at="跟踪落实",
        facts=(text("how", "方式", "询问、走访、会商等"), long_text("finding", "落实情况")),
        basis=rule("第二十四条"),
    )
    assess = act(
        "整改评估",
        at="跟踪落实",
        facts=(choice("assessed", "评估结论", RESULTS), long_text("note", "依据")),
        does=(rectify.meet(when={"assessed": "done"}),),
        basis=rule("第二十四条"),
    )
    escalate = act(
        "报告、通报不落实情况",
        also=("通报",),
        at="跟踪落实",
        facts=(text("to_whom", "报告、通报的机关"), long_text("note", "情况")),
        basis=rule("第二十五条"),
        by=("检察长",),
        leads_to=("public_interest/administrative_suit", "management/clue_transfer"),
    )
    close = act(
        "办结",
        also=("结案",),
        at="跟踪落实",
        to="办结",
        facts=(choice("result", "落实结果", RESULTS),),
        guards=(
            needs("assess", says="须先评估整改情况，才能办结", cite=rule("第二十四条")),
            needs(
                "escalate",
                assessed="none",
                says="经督促无正当理由没有落实的，须先报告、通报，才能办结",
                cite=rule("第二十五条"),
            ),
        ),
        does=(rectify.stop(reason="办结"),),
        basis=rule("第二十四条"),
    )

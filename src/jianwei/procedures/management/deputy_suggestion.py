"""人大代表建议。清单式登记、交办，三个月内答复（疑难的六个月），听取满意度，不满意的再次办理，公开。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    day,
    long_text,
    person,
    set_clock,
    text,
    yes_no,
)
from jianwei.procedures.management._guards import needs

DEPUTIES = "中华人民共和国全国人民代表大会和地方各级人民代表大会代表法"
ANSWER = Cite(DEPUTIES, "第五十一条第二款", "2025年修正")
OFFICE = Cite(DEPUTIES, "第五十一条第一款", "2025年修正")


class DeputySuggestion(Procedure):
    title, line = "人大代表建议", Line.MANAGEMENT
    case_type, code = "代表建议", "代建"
    stages = ("登记", "办理", "已答复", "再次办理", "公开", "办结")
    ends = ("办结",)
    basis = (ANSWER, OFFICE)
    unverified = "政协提案、再次办理和逐件公开按公开的通行做法建模，代表法没有规定"

    reply = case_clock("conduct/deputy_proposal_reply")
    again = set_clock("再次答复期限", "承办部门")
    promised = set_clock("承诺事项落实期限", "承办部门", each="item")

    receive = act(
        "接收建议",
        also=("登记", "接收"),
        opens=True,
        to="登记",
        facts=(
            choice("kind", "种类", ("代表建议、批评和意见", "政协提案", "代表口头意见")),
            text("number", "编号").optional(),
            person("deputy", "代表、委员"),
            text("subject", "题目"),
            long_text("content", "内容"),
            choice("role", "本院的办理身份", ("主办", "会办", "分办")),
        ),
        basis=OFFICE,
        by=("代表联络部门",),
    )
    decline = act(
        "退回，不属于本院职责",
        also=("退回",),
        at="登记",
        to="办结",
        facts=(long_text("reason", "理由"), text("to_whom", "退回的交办机关")),
        basis=OFFICE,
        by=("代表联络部门",),
    )
    assign = act(
        "交办",
        at="登记",
        to="办理",
        facts=(
            text("department", "承办部门"),
            choice("difficulty", "涉及面、难度", {"ordinary": "一般", "wide": "涉及面广、处理难度大"}),
            text("sponsor", "分管领导").optional(),
        ),
        does=(reply.start(length={"difficulty": {"ordinary": "", "wide": "difficult"}}),),
        basis=ANSWER,
        documents=("代表建议交办单",),
        by=("代表联络部门",),
    )
    regrade = act(
        "认定涉及面广、处理难度大",
        at="办理",
        facts=(choice("difficulty", "涉及面、难度", {"wide": "涉及面广、处理难度大"}), long_text("reason", "理由")),
        does=(reply.vary({"difficulty": {"wide": "difficult"}}),),
        guards=(
            Guard(
                "三个月的答复期限已经届满",
                ANSWER,
                lambda state, facts, on: any(state.over(DeputySuggestion.reply, on)),
            ),
        ),
        basis=ANSWER,
        by=("检察长",),
    )
    contact = act(
        "与代表沟通",
        also=("走访代表", "座谈"),
        at=("登记", "办理", "已答复", "再次办理"),
        facts=(
            choice("how", "方式", ("走访", "座谈", "电话", "邀请调研、视察", "其他")),
            long_text("opinion", "代表意见"),
        ),
        basis=OFFICE,
    )
    item = act(
        "列入清单",
        at=("办理", "再次办理"),
        facts=(
            text("item", "清单事项"),
            choice("kind_of_item", "分类", ("已经解决", "列入计划逐步解决", "目前不能解决，作出说明")),
            day("promised_by_on", "落实期限").optional(),
        ),
        does=(promised.start(until="promised_by_on", when={"kind_of_item": "列入计划逐步解决"}),),
        basis=OFFICE,
    )
    fulfil = act(
        "清单事项落实",
        at=("办理", "已答复", "再次办理", "公开"),
        facts=(text("item", "清单事项"), long_text("result", "落实情况")),
        does=(promised.meet(),),
        basis=OFFICE,
    )
    postpone = act(
        "改定清单事项落实期限",
        at=("办理", "已答复", "再次办理", "公开"),
        facts=(text("item", "清单事项"), day("promised_by_on", "落实期限"), long_text("reason", "理由")),
        does=(promised.move("promised_by_on"),),
        basis=OFFICE,
    )
    answer = act(
        "书面答复代表",
        also=("答复",),
        at="办理",
        to="已答复",
        facts=(
            text("document_no", "答复函文号"),
            text("signed_by", "签发人"),
            long_text("content", "答复要点").optional(),
        ),
        does=(reply.meet(),),
        guards=(needs("contact", says="答复前应当与代表沟通，听取意见", cite=OFFICE),),
        basis=ANSWER,
        documents=("代表建议答复函",),
        by=("检察长",),
    )
    satisfied = act(
        "收到代表反馈意见",
        also=("满意度", "代表反馈"),
        at="已答复",
        to=By("satisfaction", {"satisfied": "公开", "basic": "公开", "dissatisfied": "再次办理"}),
        facts=(
            choice("satisfaction", "代表意见", {"satisfied": "满意", "basic": "基本满意", "dissatisfied": "不满意"}),
            long_text("opinion", "意见").optional(),
            day("again_by_on", "再次答复的期限").optional(),
        ),
        does=(again.start(until="again_by_on", when={"satisfaction": "dissatisfied"}),),
        basis=OFFICE,
        by=("代表联络部门",),
    )
    set_day = act(
        "确定或者改定再次答复期限",
        at="再次办理",
        facts=(day("again_by_on", "再次答复的期限"),),
        does=(again.move("again_by_on"),),
        basis=OFFICE,
        by=("代表联络部门",),
    )
    answer_again = act(
        "再次答复代表",
        also=("再次答复",),
        at="再次办理",
        to="已答复",
        facts=(text("document_no", "答复函文号"), long_text("content", "答复要点").optional()),
        does=(again.meet(),),
        basis=OFFICE,
        documents=("代表建议答复函",),
        by=("检察长",),
    )
    publish = act(
        "决定公开与否",
        also=("公开",),
        at="公开",
        facts=(yes_no("published", "公开答复内容"), long_text("reason", "不公开的理由").optional()),
        guards=(
            Guard(
                "不公开的，须写明理由",
                OFFICE,
                lambda state, facts, on: facts.get("published") is False and not facts.get("reason"),
                of_facts=True,
            ),
        ),
        basis=OFFICE,
        by=("代表联络部门",),
    )
    report = act(
        "向交办机关报告办理情况",
        also=("报告办理情况",),
        at=("已答复", "公开"),
        facts=(text("to_whom", "交办机关"),),
        basis=ANSWER,
        by=("代表联络部门",),
    )
    close = act(
        "办结",
        at="公开",
        to="办结",
        guards=(
            needs("publish", says="须先决定公开与否"),
            Guard(
                "清单中尚有没有落实的事项",
                None,
                lambda state, facts, on: bool(state.running(DeputySuggestion.promised)),
            ),
        ),
        basis=OFFICE,
        by=("代表联络部门",),
    )

"""检务督察与廉政档案。督察立项、实施、反馈、整改、回头看；另登记廉政档案、重大事项填报和过问干预记录。"""

from __future__ import annotations

import datetime as dt

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    State,
    act,
    choice,
    day,
    long_text,
    people,
    person,
    set_clock,
    text,
    yes_no,
)
from jianwei.procedures.kernel.act import Facts
from jianwei.procedures.management._guards import apart
from jianwei.procedures.management._norms import ORGANIC, PROSECUTORS

INSPECTION = Cite("人民检察院检务督察工作条例", "关于督察程序的规定", verified=False)
INTERFERENCE = (Cite(ORGANIC, "第四十七条第二款"), Cite(PROSECUTORS, "第五十五条第二款"))
THREE_RULES = Cite(
    "领导干部干预司法活动、插手具体案件处理的记录、通报和责任追究规定", "关于记录、核实和通报的规定", verified=False
)

KINDS = {"routine": "日常督察", "special": "专项督察", "on_site": "现场督察", "tracking": "跟踪督察"}
RECORDS = {
    "interference": "过问、干预案件记录",
    "contact": "与当事人、律师接触交往记录",
    "major": "重大事项填报",
    "gift": "礼品礼金登记",
    "discipline": "奖惩登记",
    "none": "零报告",
}
WHO = {
    "leader": "领导干部",
    "colleague": "检察机关内部人员",
    "other_organ": "其他司法、行政机关人员",
    "party": "当事人、律师或者其他人员",
}


def _not_looked_again(state: State, facts: Facts, on: dt.date) -> bool:
    looked_on = state.last_on.get("look")
    return looked_on is None or state.stage_on is None or looked_on < state.stage_on


class DutyInspection(Procedure):
    title, line = "检务督察与廉政档案", Line.MANAGEMENT
    case_type, code = "检务督察", "督"
    stages = ("督察", "整改", "回头看", "登记", "核实", "办结")
    ends = ("办结",)
    basis = (*INTERFERENCE, INSPECTION, THREE_RULES)
    unverified = "检务督察条例和“三个规定”未核对原文，程序按公开的通行做法建模"

    finish = set_clock("督察完成期限", "督察组")
    rectify = set_clock("整改期限", "被督察部门")
    verify_by = set_clock("核实期限", "检务督察部门")

    start = act(
        "督察立项",
        also=("立项",),
        opens=True,
        to="督察",
        facts=(
            choice("kind", "督察方式", KINDS),
            text("subject", "督察事项"),
            text("inspected", "被督察部门、单位"),
            people("inspectors", "督察组人员"),
            day("finish_by_on", "完成期限"),
        ),
        does=(finish.start(until="finish_by_on"),),
        basis=INSPECTION,
        documents=("督察方案",),
        by=("检察长",),
    )
    look = act(
        "实施督察",
        also=("实施",),
        at=("督察", "回头看"),
        facts=(text("measure", "方式", "听取汇报、查阅、谈话、暗访等"), long_text("finding", "情况").optional()),
        basis=INSPECTION,
        by=("检务督察部门",),
    )
    extend = act(
        "延长督察期限",
        at="督察",
        facts=(day("finish_by_on", "新的完成期限"), long_text("reason", "理由")),
        does=(finish.move("finish_by_on"),),
        basis=INSPECTION,
        by=("检察长",),
    )
    find = act(
        "登记发现的问题",
        also=("发现问题",),
        at=("督察", "回头看"),
        facts=(
            long_text("problem", "问题"),
            people("concerned", "涉及人员").optional(),
            choice("weight", "性质", ("一般问题", "违反检察职责线索", "涉嫌违纪违法")),
        ),
        guards=(apart("concerned", "inspectors", says="涉及督察组人员的，应当先回避", cite=INSPECTION),),
        basis=INSPECTION,
        by=("检务督察部门",),
    )
    feed_back = act(
        "反馈督察意见",
        also=("反馈", "督察意见"),
        at="督察",
        to=By("conclusion", {"clean": "办结", "rectify": "整改"}),
        facts=(
            choice("conclusion", "结论", {"clean": "未发现问题", "rectify": "需要整改"}),
            long_text("opinion", "督察意见"),
            day("rectify_by_on", "整改期限").optional(),
        ),
        does=(finish.meet(), rectify.start(until="rectify_by_on", when={"conclusion": "rectify"})),
        guards=(
            Guard(
                "已登记问题的，不能作未发现问题的结论",
                None,
                lambda state, facts, on: facts.get("conclusion") == "clean" and bool(state.counts.get("find")),
                of_facts=True,
            ),
        ),
        basis=INSPECTION,
        documents=("督察意见书",),
        by=("检察长",),
    )
    move_rectify = act(
        "确定或者改定整改期限",
        at="整改",
        facts=(day("rectify_by_on", "整改期限"),),
        does=(rectify.move("rectify_by_on"),),
        basis=INSPECTION,
        by=("检务督察部门",),
    )
    rectified = act(
        "报送整改报告",
        also=("整改报告",),
        at="整改",
        to="回头看",
        facts=(long_text("measures", "整改情况"),),
        does=(rectify.meet(),),
        basis=INSPECTION,
        by=("被督察部门",),
    )
    back = act(
        "回头看结论",
        at="回头看",
        to=By("seen", {"done": "办结", "again": "整改"}),
        facts=(
            choice("seen", "结论", {"done": "整改到位", "again": "整改不到位，继续整改"}),
            day("rectify_by_on", "继续整改的期限").optional(),
        ),
        does=(rectify.start(until="rectify_by_on", when={"seen": "again"}, reason="继续整改"),),
        guards=(Guard("须先实施回头看", None, _not_looked_again),),
        basis=INSPECTION,
        by=("检务督察部门",),
    )
    refer = act(
        "移送司法责任追究",
        at=("督察", "整改", "回头看", "核实"),
        facts=(people("concerned", "涉及人员"), long_text("reason", "线索")),
        basis=Cite(PROSECUTORS, "第四十七条"),
        by=("检察长",),
        leads_to=("management/judicial_accountability",),
    )
    register = act(
        "登记廉政档案事项",
        also=("填报", "过问干预记录", "重大事项填报"),
        opens=True,
        to="登记",
        facts=(
            choice("record_kind", "事项", RECORDS),
            person("reporter", "记录、填报人"),
            text("period", "填报期间").optional(),
            choice("who", "过问、干预人身份", WHO).optional(),
            person("by_person", "过问、干预人").optional(),
            text("case", "所涉案件").optional(),
            day("happened_on", "发生之日").optional(),
            long_text("content", "内容").optional(),
            yes_no("in_writing", "有书面材料、通话记录等附件").optional(),
        ),
        guards=(
            Guard(
                "过问、干预记录须写明何人、何案和内容，全面如实记录",
                INTERFERENCE[0],
                lambda state, facts, on: (
                    facts.get("record_kind") == "interference"
                    and not all(facts.get(fact) for fact in ("by_person", "case", "content"))
                ),
                of_facts=True,
            ),
        ),
        basis=(*INTERFERENCE, THREE_RULES),
        documents=("过问干预案件记录表",),
        by=("检察人员",),
    )
    supplement = act(
        "补充记录",
        at=("登记", "核实"),
        facts=(long_text("content", "补充内容"),),
        basis=INTERFERENCE,
        by=("检察人员",),
    )
    take_up = act(
        "决定核实",
        at="登记",
        to="核实",
        facts=(people("inspectors", "核实人员"), day("verify_by_on", "核实期限")),
        does=(verify_by.start(until="verify_by_on"),),
        guards=(
            apart("inspectors", "reporter", "by_person", says="记录人、被记录人不得核实本人事项", cite=THREE_RULES),
        ),
        basis=THREE_RULES,
        by=("检务督察部门",),
    )
    conclude = act(
        "核实结论",
        at="核实",
        facts=(
            choice("verified", "结论", ("正当工作联系", "属于过问、干预", "查无实据", "记录不实")),
            long_text("reason", "依据"),
            choice("handling", "处理", ("存档", "提醒谈话", "通报", "移送纪检监察机构", "启动责任追究")),
        ),
        does=(verify_by.meet(),),
        basis=(*INTERFERENCE, THREE_RULES),
        by=("检察长", "检务督察部门"),
        leads_to=("management/clue_transfer", "management/judicial_accountability"),
    )
    protect = act(
        "保护记录人",
        at=("登记", "核实"),
        facts=(long_text("measure", "措施"),),
        basis=(Cite(PROSECUTORS, "第六十六条"), THREE_RULES),
        by=("检务督察部门",),
    )
    archive = act(
        "归入廉政档案",
        also=("归档", "办结"),
        at=("登记", "核实"),
        to="办结",
        facts=(text("archive_no", "档案编号").optional(),),
        guards=(
            Guard(
                "决定核实的，须有核实结论才能归档",
                None,
                lambda state, facts, on: state.stage == "核实" and not state.counts.get("conclude"),
            ),
        ),
        basis=THREE_RULES,
        by=("检务督察部门",),
    )

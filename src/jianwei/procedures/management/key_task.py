"""重点任务督办。立项、分解、报送进展、延期、验收办结、回头看；逾期的逐级升级，由检察长重新确定期限。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    act,
    choice,
    day,
    long_text,
    only_after_expiry,
    set_clock,
    text,
    yes_no,
)
from jianwei.procedures.management._guards import needs, wants
from jianwei.procedures.management._norms import ORGANIC

LED = Cite(ORGANIC, "第三十六条")
ESCALATION = {"department": "部门负责人", "office": "督办部门", "deputy": "分管副检察长", "chief": "检察长"}


class KeyTask(Procedure):
    title, line = "重点任务督办", Line.MANAGEMENT
    case_type, code = "重点任务督办", "督办"
    stages = ("立项", "办理", "验收", "回头看", "办结")
    ends = ("办结",)
    basis = (LED,)
    unverified = "督办没有统一的规则，完成期限由交办的人确定，按公开的通行做法建模"

    finish = set_clock("完成期限", "牵头部门")
    part = set_clock("分解任务完成期限", "承担部门", each="unit")
    progress_by = set_clock("报送进展期限", "牵头部门")
    look_by = set_clock("回头看期限", "督办部门")

    start = act(
        "立项",
        also=("交办",),
        opens=True,
        to="立项",
        facts=(
            text("task", "任务"),
            text("source", "来源", "年度工作要点、会议决定、领导批示等"),
            text("lead", "牵头部门"),
            text("sponsor", "分管领导"),
            long_text("standard", "完成标准"),
            day("finish_by_on", "完成期限"),
        ),
        does=(finish.start(until="finish_by_on"),),
        basis=LED,
        documents=("督办通知单",),
        by=("检察长", "督办部门"),
    )
    divide = act(
        "分解任务",
        also=("分解",),
        at=("立项", "办理"),
        to="办理",
        facts=(
            text("unit", "承担部门"),
            long_text("share", "分解的任务"),
            day("part_by_on", "完成期限"),
        ),
        does=(part.start(until="part_by_on"),),
        guards=(
            Guard(
                "分解任务的完成期限不得晚于总任务的完成期限",
                None,
                lambda state, facts, on: (
                    bool(facts.get("part_by_on"))
                    and any(
                        run.until and facts["part_by_on"] > run.until[-1]
                        for run in state.running(KeyTask.finish).values()
                    )
                ),
                of_facts=True,
            ),
        ),
        basis=LED,
        by=("牵头部门", "督办部门"),
    )
    ask_progress = act(
        "确定报送进展的期限",
        at=("立项", "办理"),
        facts=(day("progress_by_on", "报送进展的期限"),),
        does=(progress_by.start(until="progress_by_on"),),
        basis=LED,
        by=("督办部门",),
    )
    report = act(
        "报送进展",
        also=("进展",),
        at="办理",
        facts=(
            text("unit", "承担部门"),
            long_text("progress", "进展"),
            long_text("difficulty", "困难和需要协调的事项").optional(),
            yes_no("more", "还须继续报送"),
            day("progress_by_on", "下次报送的期限").optional(),
        ),
        does=(progress_by.meet(), progress_by.start(until="progress_by_on", when={"more": True})),
        guards=(wants("progress_by_on", "还须继续报送的，须写明下次报送的期限", more=True),),
        basis=LED,
        by=("承担部门",),
    )
    part_done = act(
        "分解任务完成",
        at="办理",
        facts=(text("unit", "承担部门"), long_text("result", "结果")),
        does=(part.meet(),),
        basis=LED,
        by=("承担部门",),
    )
    extend_part = act(
        "延长分解任务期限",
        at="办理",
        facts=(text("unit", "承担部门"), day("part_by_on", "新的完成期限"), long_text("reason", "理由")),
        does=(part.move("part_by_on"),),
        basis=LED,
        by=("牵头部门",),
    )
    extend = act(
        "批准延期",
        also=("延期",),
        at=("立项", "办理"),
        facts=(day("finish_by_on", "新的完成期限"), long_text("reason", "理由"), text("approved_by", "批准人")),
        does=(finish.move("finish_by_on"),),
        basis=LED,
        by=("检察长", "分管副检察长"),
    )
    urge = act(
        "催办",
        at=("立项", "办理", "验收"),
        facts=(text("to_whom", "被催办部门"), long_text("note", "要点").optional()),
        basis=LED,
        by=("督办部门",),
    )
    escalate = act(
        "逾期升级督办",
        also=("升级督办", "逾期升级"),
        at=("立项", "办理"),
        facts=(choice("level", "升级至", ESCALATION), long_text("why_late", "逾期原因")),
        guards=(only_after_expiry(finish, says="尚未逾期，不需要升级督办"),),
        basis=LED,
        by=("督办部门",),
    )
    reset = act(
        "逾期后重新确定完成期限",
        also=("重新确定期限",),
        at=("立项", "办理"),
        facts=(day("finish_by_on", "完成期限"), text("approved_by", "确定人"), long_text("reason", "理由")),
        does=(finish.start(until="finish_by_on", reason="逾期后重新确定"),),
        guards=(
            only_after_expiry(finish, says="尚未逾期，请办理延期"),
            needs("escalate", says="逾期的，须先升级督办、说明原因，才能重新确定期限"),
        ),
        basis=LED,
        by=("检察长",),
    )
    adjust = act(
        "调整任务内容",
        at=("立项", "办理"),
        facts=(long_text("standard", "调整后的完成标准"), long_text("reason", "理由")),
        basis=LED,
        by=("检察长",),
    )
    cancel = act(
        "撤销任务",
        at=("立项", "办理"),
        to="办结",
        facts=(long_text("reason", "理由"), text("approved_by", "批准人")),
        does=(
            finish.stop(reason="任务撤销"),
            part.stop(reason="任务撤销"),
            progress_by.stop(reason="任务撤销"),
        ),
        basis=LED,
        by=("检察长",),
    )
    submit = act(
        "申请办结",
        also=("报送办结报告",),
        at=("立项", "办理"),
        to="验收",
        facts=(long_text("result", "完成情况"),),
        guards=(
            Guard(
                "尚有分解任务没有完成",
                None,
                lambda state, facts, on: bool(state.running(KeyTask.part)),
            ),
        ),
        does=(finish.meet(), progress_by.stop(reason="申请办结")),
        basis=LED,
        documents=("办结报告",),
        by=("牵头部门",),
    )
    accept = act(
        "验收",
        at="验收",
        to=By("accepted", {"done": "办结", "look": "回头看", "again": "办理"}),
        facts=(
            choice(
                "accepted",
                "验收意见",
                {"done": "完成，办结", "look": "完成，安排回头看", "again": "没有完成，继续办理"},
            ),
            text("accepted_by", "验收人"),
            day("look_by_on", "回头看期限").optional(),
            day("finish_by_on", "继续办理的完成期限").optional(),
        ),
        does=(
            look_by.start(until="look_by_on", when={"accepted": "look"}),
            finish.start(until="finish_by_on", when={"accepted": "again"}, reason="验收未通过，继续办理"),
        ),
        guards=(
            wants("look_by_on", "安排回头看的，须写明期限", accepted="look"),
            wants("finish_by_on", "继续办理的，须写明完成期限", accepted="again"),
        ),
        basis=LED,
        by=("检察长", "督办部门"),
    )
    look_back = act(
        "回头看",
        at="回头看",
        to=By("seen", {"kept": "办结", "relapsed": "办理"}),
        facts=(
            choice("seen", "结论", {"kept": "成效保持", "relapsed": "反弹，重新办理"}),
            long_text("finding", "情况"),
            day("finish_by_on", "重新办理的完成期限").optional(),
        ),
        does=(
            look_by.meet(),
            finish.start(until="finish_by_on", when={"seen": "relapsed"}, reason="回头看发现反弹"),
        ),
        guards=(wants("finish_by_on", "重新办理的，须写明完成期限", seen="relapsed"),),
        basis=LED,
        by=("督办部门",),
    )

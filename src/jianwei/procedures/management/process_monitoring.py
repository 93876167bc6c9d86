"""流程监控。案件管理部门发现办案不规范，口头提示、发出流程监控通知书或者报告检察长，核查回复，纠正，办结。"""

from __future__ import annotations

from jianwei.procedures import By, Cite, Line, Procedure, act, choice, long_text, only_if, others_clock, text, unless
from jianwei.procedures.management._guards import needs
from jianwei.procedures.management._norms import RULES

DUTY, MEANS, REPLY = (
    Cite(RULES, "第六百六十五条第一款"),
    Cite(RULES, "第六百六十五条第二款"),
    Cite(RULES, "第六百六十五条第三款"),
)

IRREGULARITIES = {
    "property": "查封、扣押、冻结、保管、处理涉案财物不符合规定",
    "document": "法律文书制作、使用不符合规定",
    "limit": "违反羁押期限、办案期限规定",
    "rights": "侵害当事人、辩护人、诉讼代理人的诉讼权利",
    "supervision": "未依法对诉讼活动、执行活动中的违法行为履行监督职责",
    "other": "其他应当提出纠正意见的情形",
}
GRAVITY = {"light": "情节轻微", "serious": "情节较重", "grave": "情节严重"}


class ProcessMonitoring(Procedure):
    title, line = "流程监控", Line.MANAGEMENT
    case_type, code = "流程监控", "流监"
    stages = ("发现", "已提示", "等待回复", "审查回复", "纠正", "办结")
    ends = ("办结",)
    basis = (Cite(RULES, "第六百六十四条"), Cite(RULES, "第六百六十五条"))
    unverified = "《人民检察院案件流程监控工作规定（试行）》未核对原文；核销、跟踪按公开的通行做法建模"
    from_models = ("conduct.handling_time",)

    reply = others_clock("conduct/flow_monitoring_reply")

    find = act(
        "发现办案不规范",
        also=("发现", "立项"),
        opens=True,
        to="发现",
        facts=(
            text("case", "案件"),
            text("department", "办案部门"),
            choice("irregularity", "情形", IRREGULARITIES),
            choice("gravity", "情节", GRAVITY),
            long_text("finding", "发现的问题"),
        ),
        basis=(Cite(RULES, "第六百六十四条"), DUTY),
        by=("案件管理",),
    )
    regrade = act(
        "改定情节轻重",
        at=("发现", "已提示", "审查回复"),
        facts=(choice("gravity", "情节", GRAVITY), long_text("reason", "理由")),
        basis=MEANS,
        by=("案件管理负责人",),
    )
    drop = act(
        "核实后不成立，核销",
        also=("核销",),
        at=("发现", "审查回复"),
        to="办结",
        facts=(long_text("reason", "理由"),),
        basis=DUTY,
        by=("案件管理负责人",),
    )
    remind = act(
        "口头提示",
        at="发现",
        to="已提示",
        facts=(text("to_whom", "被提示人"), long_text("demand", "提示内容").optional()),
        guards=(only_if("gravity", "light", says="情节较重以上的，应当发送案件流程监控通知书", cite=MEANS),),
        basis=MEANS,
        documents=("流程监控口头提示记录",),
        by=("案件管理",),
    )
    issue = act(
        "发送案件流程监控通知书",
        also=("流程监控通知书", "发送通知书"),
        at=("发现", "已提示"),
        to="等待回复",
        facts=(text("document_no", "通知书文号"), long_text("demand", "要求查明、纠正的事项")),
        does=(reply.start(),),
        guards=(unless("gravity", "light", says="情节轻微的以口头提示；仍不纠正的，先改定情节轻重", cite=MEANS),),
        basis=(MEANS, REPLY),
        documents=("流程监控通知书",),
        by=("案件管理负责人",),
    )
    report = act(
        "报告检察长",
        at=("发现", "等待回复", "审查回复", "纠正"),
        facts=(long_text("note", "报告事项"), long_text("instruction", "检察长意见").optional()),
        basis=MEANS,
        by=("案件管理负责人",),
    )
    urge = act(
        "催告回复",
        also=("催办",),
        at="等待回复",
        facts=(long_text("note", "要点").optional(),),
        basis=REPLY,
        by=("案件管理",),
    )
    replied = act(
        "收到办案部门书面回复",
        answers=("流程监控通知书",),
        also=("收到回复", "回复"),
        at="等待回复",
        to="审查回复",
        facts=(
            choice("verified", "核查情况", ("属实，已纠正", "属实，正在纠正", "部分属实", "不属实")),
            long_text("measures", "纠正措施").optional(),
        ),
        does=(reply.meet(),),
        basis=REPLY,
        by=("办案部门",),
    )
    assess = act(
        "审查回复",
        at="审查回复",
        to=By("view", {"accept": "纠正", "again": "等待回复"}),
        facts=(
            choice("view", "审查意见", {"accept": "认可，跟踪纠正", "again": "不认可，退回重新核查"}),
            long_text("reason", "理由").optional(),
        ),
        does=(reply.start(when={"view": "again"}, reason="退回重新核查"),),
        basis=REPLY,
        by=("案件管理",),
    )
    refer = act(
        "移送检务督察部门",
        at=("审查回复", "纠正"),
        facts=(long_text("reason", "涉嫌违纪违法的情形"),),
        basis=Cite(RULES, "第六百六十九条"),
        by=("检察长",),
        leads_to=("management/duty_inspection", "management/judicial_accountability", "management/case_quality"),
    )
    correct_at_once = act(
        "当即纠正",
        at="已提示",
        to="纠正",
        facts=(long_text("measures", "纠正情况"),),
        basis=MEANS,
        by=("办案部门",),
    )
    corrected = act(
        "确认纠正",
        at="纠正",
        facts=(
            choice("result", "纠正结果", ("已纠正", "不能纠正，已采取补救措施")),
            long_text("note", "说明").optional(),
        ),
        basis=DUTY,
        by=("案件管理",),
    )
    close = act(
        "办结",
        also=("归档",),
        at="纠正",
        to="办结",
        guards=(
            needs("corrected", says="须先确认纠正，才能办结", cite=DUTY),
            needs("report", gravity="grave", says="情节严重的，应当同时向检察长报告", cite=MEANS),
        ),
        basis=DUTY,
        by=("案件管理",),
    )

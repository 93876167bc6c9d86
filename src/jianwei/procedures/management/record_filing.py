"""备案。应当报上级备案的文书、决定，按期报送；上级登记、审查、要求补正，发现错误的指令纠正并跟踪反馈。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    ClockKind,
    Line,
    Procedure,
    act,
    choice,
    day,
    long_text,
    notice_clock,
    only_past,
    set_clock,
    text,
)
from jianwei.procedures.management._guards import needs, wants
from jianwei.procedures.management._norms import ORGANIC

PUBLIC = "人民检察院公益诉讼办案规则"
LED, CORRECT = Cite(ORGANIC, "第十条第二款"), Cite(ORGANIC, "第二十四条")

KINDS = {
    "suggestion": "检察建议书（发出后五日）",
    "recommendation": "行政公益诉讼检察建议书（送达后五日）",
    "complaint": "公益诉讼起诉书（送达法院后五日）",
    "judgment": "公益诉讼第一审裁判（收到后三日）",
    "other": "其他依规定备案的文书、决定",
}


class RecordFiling(Procedure):
    title, line = "备案", Line.MANAGEMENT
    case_type, code = "备案", "备"
    stages = ("待报送", "待审查", "补正", "纠正", "办结")
    ends = ("办结",)
    basis = (
        Cite(PUBLIC, "第四十六条"),
        Cite(PUBLIC, "第五十八条"),
        Cite(PUBLIC, "第七十五条"),
        Cite("人民检察院检察建议工作规定", "第二十一条", verified=False),
        LED,
    )
    unverified = "《人民检察院检察建议工作规定》未核对原文；备案的审查、补正、反馈按公开的通行做法建模"

    suggestion = notice_clock("conduct/suggestion_record")
    recommendation = notice_clock("public_interest/recommendation_record")
    complaint = notice_clock("public_interest/complaint_record")
    judgment = notice_clock("public_interest/judgment_record")
    other = set_clock("备案期限", "人民检察院", ClockKind.NOTICE)
    supplement_by = set_clock("补正期限", "报送的人民检察院", ClockKind.OTHERS)
    correct_by = set_clock("纠正反馈期限", "报送的人民检察院", ClockKind.OTHERS)

    arise = act(
        "登记应当备案的文书",
        also=("登记", "立项"),
        opens=True,
        to="待报送",
        facts=(
            choice("kind", "备案种类", KINDS),
            text("document_no", "文书文号"),
            text("case", "案件"),
            day("event_on", "发出、送达或者收到之日"),
            text("norm", "其他备案所依据的规定").optional(),
            day("file_by_on", "其他备案的期限").optional(),
        ),
        does=(
            suggestion.start("event_on", when={"kind": "suggestion"}),
            recommendation.start("event_on", when={"kind": "recommendation"}),
            complaint.start("event_on", when={"kind": "complaint"}),
            judgment.start("event_on", when={"kind": "judgment"}),
            other.start("event_on", until="file_by_on", when={"kind": "other"}),
        ),
        guards=(
            only_past("event_on", says="文书发出、送达或者收到之日不得晚于登记之日"),
            wants("norm", "其他备案须写明所依据的规定", kind="other"),
        ),
        basis=(Cite(PUBLIC, "第四十六条"), Cite(PUBLIC, "第七十五条"), LED),
    )
    set_day = act(
        "确定或者改定备案期限",
        at="待报送",
        facts=(day("file_by_on", "备案期限"),),
        does=(other.move("file_by_on"),),
        basis=LED,
    )
    submit = act(
        "报送备案",
        also=("报送",),
        at="待报送",
        to="待审查",
        facts=(text("superior", "上级人民检察院及部门"), text("attached", "所附材料").optional()),
        does=(suggestion.meet(), recommendation.meet(), complaint.meet(), judgment.meet(), other.meet()),
        basis=(Cite(PUBLIC, "第四十六条"), Cite(PUBLIC, "第七十五条"), LED),
        documents=("备案报告",),
    )
    exempt = act(
        "核实不须备案",
        at="待报送",
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(
            suggestion.stop(reason="不须备案"),
            recommendation.stop(reason="不须备案"),
            complaint.stop(reason="不须备案"),
            judgment.stop(reason="不须备案"),
            other.stop(reason="不须备案"),
        ),
        basis=LED,
    )
    ask = act(
        "要求补正",
        at="待审查",
        to="补正",
        facts=(long_text("lacking", "须补正的事项"), day("supplement_by_on", "补正期限")),
        does=(supplement_by.start(until="supplement_by_on"),),
        basis=LED,
        by=("上级人民检察院",),
    )
    supplemented = act(
        "补正",
        at="补正",
        to="待审查",
        does=(supplement_by.meet(),),
        basis=LED,
    )
    review = act(
        "备案审查",
        also=("审查意见",),
        at="待审查",
        to=By("view", {"noted": "办结", "advise": "办结", "correct": "纠正"}),
        facts=(
            choice(
                "view",
                "审查意见",
                {"noted": "予以备案", "advise": "予以备案并提出意见", "correct": "确有错误，指令纠正"},
            ),
            long_text("opinion", "意见").optional(),
            text("decided_by", "审查人、决定人"),
            day("correct_by_on", "纠正反馈期限").optional(),
        ),
        does=(correct_by.start(until="correct_by_on", when={"view": "correct"}),),
        guards=(
            wants("opinion", "指令纠正的，须写明意见", CORRECT, view="correct"),
            wants("correct_by_on", "指令纠正的，须写明纠正反馈期限", view="correct"),
        ),
        basis=(LED, CORRECT),
        documents=("备案审查意见书",),
        by=("上级人民检察院",),
    )
    corrected = act(
        "反馈纠正情况",
        also=("纠正",),
        at="纠正",
        facts=(
            choice("result", "结果", ("已撤销", "已变更", "提出不同意见")),
            text("new_document_no", "新文书文号").optional(),
        ),
        does=(correct_by.meet(),),
        basis=CORRECT,
    )
    close = act(
        "纠正办结",
        also=("办结",),
        at="纠正",
        to="办结",
        guards=(needs("corrected", says="须先反馈纠正情况", cite=CORRECT),),
        basis=CORRECT,
        by=("上级人民检察院",),
    )

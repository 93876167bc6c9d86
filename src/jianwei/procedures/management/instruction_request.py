"""请示。下级人民检察院就法律适用、办案程序等问题，经检察委员会审议后逐级请示；上级审查、答复，下级执行。"""

from __future__ import annotations

from jianwei.procedures import (
    Cite,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    day,
    long_text,
    notice_clock,
    only_past,
    set_clock,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.management._guards import needs, wants
from jianwei.procedures.management._norms import ORGANIC

CORRECT = Cite(ORGANIC, "第二十四条")


def rule(article: str) -> Cite:
    return Cite("人民检察院案件请示办理工作规定（试行）", article, verified=False)


SCOPE, COMMITTEE, LEVELS = rule("关于请示范围的规定"), rule("关于检察委员会审议的规定"), rule("关于逐级请示的规定")
SUBMISSION, REPLY = rule("关于请示报送时间的规定"), rule("关于答复期限的规定")
EFFECT = rule("关于答复意见执行的规定")

QUESTIONS = {
    "law": "法律适用问题",
    "procedure": "办案程序问题",
    "policy": "司法政策问题",
    "facts": "事实认定、证据采信问题",
    "other": "法律规定应当请示的其他问题",
}


class InstructionRequest(Procedure):
    title, line = "请示", Line.MANAGEMENT
    case_type, code = "案件请示", "请"
    stages = ("准备", "审查", "补充", "执行答复", "办结")
    ends = ("办结",)
    basis = (rule("关于案件请示的规定"), Cite(ORGANIC, "第十条第二款"))
    unverified = "《人民检察院案件请示办理工作规定（试行）》未核对原文"

    submission = notice_clock("conduct/consultation_submission")
    reply = case_clock("conduct/consultation_reply")
    reply_in_case = set_clock("答复期限（办案期限届满前）", "上级人民检察院")
    report_by = set_clock("报告执行情况期限", "请示的人民检察院")

    propose = act(
        "提出请示",
        also=("立项", "拟请示"),
        opens=True,
        to="准备",
        facts=(
            text("case", "案件"),
            choice("question", "请示问题的性质", QUESTIONS),
            long_text("issue", "请示的问题"),
            long_text("opinions", "不同意见及倾向性意见"),
            yes_no("in_proceedings", "案件在诉讼程序内"),
            day("case_due_on", "办案期限届满之日").optional(),
            yes_no("short_term", "法定办案期限不足十日").optional(),
        ),
        does=(
            submission.start(
                "case_due_on",
                length={"short_term": {True: "short_term", False: "", None: ""}},
                when={"in_proceedings": True},
            ),
        ),
        guards=(
            wants("case_due_on", "在诉讼程序内的案件，须填写办案期限届满之日", SUBMISSION, in_proceedings=True),
            unless("question", "facts", says="事实认定、证据采信问题由办案的人民检察院负责，不得请示", cite=SCOPE),
        ),
        basis=SCOPE,
    )
    deliberate = act(
        "检察委员会审议",
        at=("准备", "补充"),
        facts=(day("met_on", "审议之日"), long_text("opinion", "审议意见"), yes_no("agreed_to_ask", "同意请示")),
        guards=(only_past("met_on", says="审议之日不得晚于登记之日", cite=COMMITTEE),),
        basis=COMMITTEE,
        by=("检察委员会",),
    )
    give_up = act(
        "不予请示",
        at="准备",
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(submission.stop(reason="不予请示"),),
        basis=COMMITTEE,
        by=("检察长",),
    )
    submit = act(
        "报送请示",
        also=("报送",),
        at="准备",
        to="审查",
        facts=(
            text("superior", "上一级人民检察院"),
            text("document_no", "请示文号"),
            choice("path", "报送方式", {"level": "逐级", "skip": "越级"}),
            day("received_on", "上级收到之日"),
        ),
        does=(
            submission.meet(),
            reply.start("received_on", when={"in_proceedings": False}),
            reply_in_case.start("received_on", until="case_due_on", when={"in_proceedings": True}),
        ),
        guards=(
            needs("deliberate", says="请示须经本院检察委员会审议", cite=COMMITTEE),
            unless("agreed_to_ask", False, says="检察委员会没有同意请示", cite=COMMITTEE),
            unless("path", "skip", says="请示应当逐级进行，不得越级", cite=LEVELS),
        ),
        basis=(SUBMISSION, LEVELS),
        documents=("案件请示",),
        by=("检察长",),
    )
    send_back = act(
        "退回补充",
        at="审查",
        to="补充",
        facts=(long_text("lacking", "须补充的事项"),),
        does=(reply.stop(reason="退回补充"), reply_in_case.stop(reason="退回补充")),
        basis=REPLY,
        by=("上级人民检察院",),
    )
    resubmit = act(
        "补充后重新报送",
        also=("重新报送",),
        at="补充",
        to="审查",
        facts=(day("received_on", "上级收到之日"),),
        does=(
            reply.start("received_on", when={"in_proceedings": False}),
            reply_in_case.start("received_on", until="case_due_on", when={"in_proceedings": True}),
        ),
        basis=REPLY,
        by=("检察长",),
    )
    new_case_day = act(
        "办案期限变更",
        at="审查",
        facts=(day("case_due_on", "新的办案期限届满之日"), long_text("reason", "延长、中止等理由")),
        does=(reply_in_case.move("case_due_on"),),
        basis=REPLY,
    )
    extend = act(
        "延长答复期限",
        also=("延长",),
        at="审查",
        facts=(long_text("reason", "特别重大、复杂的理由"),),
        does=(reply.extend("complex"),),
        guards=(
            unless(
                "in_proceedings",
                True,
                says="在诉讼程序内的案件，应当在办案期限届满之前答复，不得延长答复期限",
                cite=REPLY,
            ),
        ),
        basis=REPLY,
        by=("分管副检察长",),
    )
    not_accept = act(
        "不予受理",
        at="审查",
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(reply.meet(), reply_in_case.meet()),
        basis=SCOPE,
        by=("上级人民检察院",),
    )
    refer_up = act(
        "上级人民检察院再向上请示",
        at="审查",
        facts=(text("to_whom", "再请示的人民检察院"), long_text("opinion", "本院意见")),
        basis=LEVELS,
        by=("上级人民检察院",),
    )
    withdraw = act(
        "撤回请示",
        also=("撤回",),
        at=("审查", "补充"),
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(reply.stop(reason="撤回请示"), reply_in_case.stop(reason="撤回请示")),
        basis=SCOPE,
        by=("检察长",),
    )
    answer = act(
        "收到答复",
        also=("答复",),
        at="审查",
        to="执行答复",
        facts=(
            text("document_no", "答复文号"),
            long_text("answer_text", "答复意见"),
            choice("force", "答复的效力", {"binding": "应当执行", "reference": "参考意见"}),
            day("report_by_on", "报告执行情况的期限").optional(),
        ),
        does=(
            reply.meet(),
            reply_in_case.meet(),
            report_by.start(until="report_by_on", when={"force": "binding"}),
        ),
        guards=(wants("report_by_on", "应当执行的答复，须写明报告执行情况的期限", force="binding"),),
        basis=REPLY,
        documents=("请示答复",),
        by=("上级人民检察院",),
    )
    ask_again = act(
        "提请复议答复意见",
        at="执行答复",
        facts=(long_text("reason", "答复有误或者出现新情况的理由"),),
        basis=EFFECT,
        by=("检察长",),
    )
    corrected = act(
        "上级变更、撤销答复",
        at="执行答复",
        facts=(choice("change", "结果", ("变更", "撤销", "维持")), long_text("answer_text", "意见").optional()),
        basis=CORRECT,
        by=("上级人民检察院",),
    )
    carry_out = act(
        "报告执行情况",
        also=("执行",),
        at="执行答复",
        facts=(choice("followed", "执行情况", ("已执行", "情况变化，未执行")), long_text("note", "说明")),
        does=(report_by.meet(),),
        basis=EFFECT,
    )
    close = act(
        "办结",
        at="执行答复",
        to="办结",
        guards=(needs("carry_out", force="binding", says="应当执行的答复，须先报告执行情况", cite=EFFECT),),
        does=(report_by.stop(reason="办结"),),
        basis=EFFECT,
    )

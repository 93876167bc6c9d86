"""重大案件备案审查。符合备案标准的案件报上级人民检察院备案，审查提出意见，反馈执行；未报备的责令补报。"""

from __future__ import annotations

import datetime as dt

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
    day,
    long_text,
    money,
    set_clock,
    text,
)
from jianwei.procedures.kernel.act import Facts
from jianwei.procedures.management._guards import needs, wants
from jianwei.procedures.management._norms import ORGANIC

LED = Cite(ORGANIC, "第十条第二款")
PUBLIC = Cite("人民检察院公益诉讼办案规则", "第二十五条")

STANDARDS = {
    "amount": "涉案金额超过备案标准",
    "people": "涉案人数众多、涉众型案件",
    "foreign": "涉外、涉港澳台",
    "public_concern": "社会关注、舆情重大",
    "difficult": "新类型、法律适用疑难",
    "public_interest": "重大公益诉讼线索",
    "other": "其他应当备案的情形",
}


def _below(state: State, facts: Facts, on: dt.date) -> bool:
    amount, least = facts.get("amount_fen"), facts.get("standard_fen")
    return facts.get("standard") == "amount" and amount is not None and least is not None and amount <= least


AMOUNT_KNOWN = wants("amount_fen", "以金额为标准的，须填写涉案金额", standard="amount")
STANDARD_KNOWN = wants("standard_fen", "以金额为标准的，须填写所依据文件规定的金额标准", standard="amount")
OVER_STANDARD = Guard("涉案金额没有超过所填的备案标准", None, _below, of_facts=True)


class MajorCaseFiling(Procedure):
    title, line = "重大案件备案审查", Line.MANAGEMENT
    case_type, code = "重大案件备案", "重备"
    stages = ("补报", "报备", "审查", "执行意见", "办结")
    ends = ("办结",)
    basis = (LED, PUBLIC)
    unverified = (
        "备案标准（如涉案金额超过一亿元）和审查程序由上级人民检察院规定，按公开的通行做法建模，标准作为事项的事实填写"
    )

    submission = set_clock("补报期限", "承办人民检察院", ClockKind.OTHERS)
    review = set_clock("备案审查期限", "上级人民检察院")
    execution = set_clock("执行反馈期限", "承办人民检察院", ClockKind.OTHERS)

    file = act(
        "报送备案",
        also=("报备",),
        opens=True,
        to="报备",
        facts=(
            text("case", "案件"),
            text("office", "承办人民检察院"),
            choice("standard", "备案情形", STANDARDS),
            text("standard_source", "备案标准所依据的文件"),
            money("standard_fen", "金额标准").optional(),
            money("amount_fen", "涉案金额").optional(),
            choice("phase", "办案环节", ("审查逮捕", "审查起诉", "诉讼监督", "公益诉讼", "直接受理侦查")),
            long_text("opinion_below", "承办院意见"),
        ),
        guards=(AMOUNT_KNOWN, STANDARD_KNOWN, OVER_STANDARD),
        basis=(LED, PUBLIC),
        documents=("重大案件备案报告",),
        by=("检察长",),
    )
    discover = act(
        "发现应当报备而未报备",
        also=("未报备发现",),
        opens=True,
        to="补报",
        facts=(
            text("case", "案件"),
            text("office", "承办人民检察院"),
            choice("standard", "备案情形", STANDARDS),
            text("standard_source", "备案标准所依据的文件"),
            money("standard_fen", "金额标准").optional(),
            money("amount_fen", "涉案金额").optional(),
            day("submit_by_on", "补报期限"),
        ),
        does=(submission.start(until="submit_by_on"),),
        guards=(AMOUNT_KNOWN, STANDARD_KNOWN, OVER_STANDARD),
        basis=LED,
        by=("案件管理", "上级业务部门"),
    )
    file_late = act(
        "补报备案",
        also=("补报",),
        at="补报",
        to="报备",
        facts=(long_text("why_late", "未及时报备的原因"), long_text("opinion_below", "承办院意见")),
        does=(submission.meet(),),
        basis=LED,
        by=("检察长",),
    )
    not_required = act(
        "核实不属于备案范围",
        at=("补报", "报备"),
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(submission.stop(reason="不属于备案范围"),),
        basis=LED,
    )
    accept = act(
        "登记并开始审查",
        also=("登记", "开始审查"),
        at="报备",
        to="审查",
        facts=(text("reviewer", "审查人"), day("review_by_on", "审查期限").optional()),
        does=(review.start(until="review_by_on"),),
        basis=LED,
        by=("上级业务部门",),
    )
    ask = act(
        "要求补充材料",
        at="审查",
        to="报备",
        facts=(long_text("lacking", "需要补充的材料"),),
        does=(review.stop(reason="补充材料"),),
        basis=LED,
    )
    set_review_day = act(
        "确定或者改定审查期限",
        at="审查",
        facts=(day("review_by_on", "审查期限"),),
        does=(review.move("review_by_on"),),
        basis=LED,
    )
    opine = act(
        "提出备案审查意见",
        also=("审查意见",),
        at="审查",
        to=By("view", {"agree": "办结", "correct": "执行意见", "guide": "执行意见", "take": "执行意见"}),
        facts=(
            choice(
                "view",
                "审查意见",
                {"agree": "同意", "correct": "指令纠正", "guide": "提出指导意见", "take": "提级办理或者指定管辖"},
            ),
            long_text("opinion", "意见"),
            text("decided_by", "决定人"),
            day("execute_by_on", "执行反馈期限").optional(),
        ),
        does=(review.meet(), execution.start(until="execute_by_on", when={"view": ("correct", "guide", "take")})),
        basis=(LED, Cite(ORGANIC, "第二十四条")),
        documents=("备案审查意见书",),
        by=("检察长", "上级业务部门"),
        leads_to=("management/jurisdiction_dispute",),
    )
    set_execution_day = act(
        "确定或者改定执行反馈期限",
        at="执行意见",
        facts=(day("execute_by_on", "执行反馈期限"),),
        does=(execution.move("execute_by_on"),),
        basis=LED,
    )
    executed = act(
        "反馈执行情况",
        also=("执行反馈",),
        at="执行意见",
        facts=(choice("carried_out", "执行情况", ("已执行", "部分执行", "提出不同意见")), long_text("note", "说明")),
        does=(execution.meet(),),
        basis=LED,
        by=("承办人民检察院",),
    )
    uphold = act(
        "复核不同意见",
        at="执行意见",
        after="executed",
        facts=(
            choice("recheck", "复核结果", ("维持原意见", "变更意见")),
            day("execute_by_on", "执行反馈期限").optional(),
        ),
        does=(execution.start(until="execute_by_on", reason="复核后重新反馈"),),
        basis=Cite(ORGANIC, "第二十四条"),
        by=("检察长",),
    )
    report_decision = act(
        "报送案件处理结果",
        at=("审查", "执行意见"),
        facts=(text("outcome", "处理结果"), text("document_no", "文书文号").optional()),
        basis=LED,
    )
    close = act(
        "办结",
        at="执行意见",
        to="办结",
        guards=(needs("executed", says="须先收到执行反馈"),),
        does=(execution.stop(reason="办结"),),
        basis=LED,
    )

"""反向审视。无罪判决、撤回起诉、不起诉、捕后轻判等案件办结以后，回头检视办案各环节，落实责任和改进。"""

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
    only_if,
    people,
    set_clock,
    text,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"
ORGANIC = "中华人民共和国人民检察院组织法"

TRIGGERS = {
    "acquitted": "判决无罪",
    "withdrawn": "撤回起诉",
    "not_prosecuted": "法定不起诉、存疑不起诉",
    "arrest_undone": "捕后不起诉、撤案、判无罪或者免刑",
    "changed": "改变定性、改判或者抗诉不获支持",
    "compensation": "国家赔偿",
}
CAUSES = ("事实证据把关不严", "法律适用认识分歧", "证据发生变化", "法律、司法解释变化", "程序违法", "其他")
GRADES = {"none": "不存在办案质量问题", "flawed": "存在瑕疵", "wrong": "存在错误，可能需要追究司法责任"}


class ReverseLook(Procedure):
    title, line = "反向审视", Line.CRIMINAL
    case_type, code = "反向审视", "反审"
    stages = ("审视", "审议", "整改", "回头看", "办结")
    ends = ("办结",)
    basis = (Cite(ORGANIC, "第二十九条"), Cite(RULES, "第四百二十四条"))
    unverified = "反向审视没有统一的法定程序，按公开的通行做法建模，未核对原文"

    after_withdrawal = case_clock("criminal/withdrawn_charge_decision")
    report_due = set_clock("反向审视报告期限", "承办部门")
    mend_due = set_clock("整改期限", "被审视的办案部门")

    begin = act(
        "启动反向审视",
        also=("启动", "受理"),
        opens=True,
        to="审视",
        facts=(
            choice("trigger", "触发情形", TRIGGERS),
            text("matter", "被审视的案件"),
            day("withdrawn_on", "撤回起诉之日").optional(),
            day("report_by", "报告期限", "由本院确定").optional(),
            people("handlers", "原承办人").optional(),
        ),
        does=(
            after_withdrawal.start("withdrawn_on", when={"trigger": "withdrawn"}),
            report_due.start(until="report_by"),
        ),
        basis=(Cite(ORGANIC, "第二十九条"), Cite(RULES, "第四百二十四条")),
        by=("案件管理", "部门负责人", "检察长"),
    )
    recuse = act(
        "指定原承办人以外的检察官审视",
        also=("指定审视人",),
        at="审视",
        facts=(text("reviewer", "审视人"),),
        basis=Cite(ORGANIC, "第二十九条"),
        by=("检察长", "部门负责人"),
    )
    non_prosecution = act(
        "撤回起诉后作出不起诉决定",
        also=("作出不起诉决定",),
        at="审视",
        facts=(text("document_no", "不起诉决定书文号").optional(),),
        does=(after_withdrawal.meet(),),
        guards=(
            only_if("trigger", "withdrawn", says="只适用于撤回起诉的案件", cite=Cite(RULES, "第四百二十四条第二款")),
        ),
        basis=Cite(RULES, "第四百二十四条第二款"),
        documents=("不起诉决定书",),
        by=("检察长",),
        leads_to=("administrative/reverse_referral",),
    )
    charge_again = act(
        "再行起诉",
        at=("审视", "审议", "整改"),
        facts=(yes_no("new_facts", "有新的事实或者新的证据"), long_text("what", "新的事实、证据").optional()),
        guards=(
            only_if("trigger", "withdrawn", says="只适用于撤回起诉的案件", cite=Cite(RULES, "第四百二十四条第三款")),
            only_if(
                "new_facts",
                True,
                says="没有新的事实或者新的证据，不得再行起诉",
                cite=Cite(RULES, "第四百二十四条第三款"),
            ),
        ),
        basis=Cite(RULES, "第四百二十四条第三款"),
        by=("检察长",),
        leads_to=("criminal/prosecution_review",),
    )
    protest = act(
        "认为裁判错误，提出抗诉",
        at="审视",
        guards=(
            only_if("trigger", "acquitted", "changed", says="没有可以抗诉的裁判", cite=Cite(CPL, "第二百二十八条")),
        ),
        basis=(Cite(CPL, "第二百二十八条"), Cite(CPL, "第二百五十四条第三款")),
        by=("检察长",),
        leads_to=("criminal/second_instance_protest", "criminal/retrial_protest"),
    )
    report = act(
        "提出审视报告",
        also=("审视报告",),
        at="审视",
        to="审议",
        facts=(choice("cause", "主要原因", CAUSES), choice("grade", "初步意见", GRADES), long_text("analysis", "分析")),
        does=(report_due.meet(),),
        basis=Cite(ORGANIC, "第二十九条"),
        documents=("反向审视报告",),
    )
    hear_handler = act(
        "听取原承办人意见",
        at=("审视", "审议"),
        basis=Cite(ORGANIC, "第三十四条"),
    )
    decide = act(
        "检察官联席会议、检察委员会审议",
        also=("审议",),
        at="审议",
        to=By("grade", {"none": "办结", "flawed": "整改", "wrong": "整改"}),
        facts=(choice("grade", "结论", GRADES), day("mend_by", "整改期限").optional()),
        does=(mend_due.start(until="mend_by", when={"grade": ("flawed", "wrong")}),),
        guards=(
            Guard(
                "撤回起诉的案件尚未作出不起诉决定",
                Cite(RULES, "第四百二十四条第二款"),
                lambda state, facts, on: bool(state.running(ReverseLook.after_withdrawal)),
            ),
        ),
        basis=Cite(ORGANIC, "第三十一条"),
        by=("检察长", "检察委员会"),
    )
    accountability = act(
        "移送司法责任认定",
        at=("审议", "整改"),
        guards=(
            only_if("grade", "wrong", says="没有认定错误的，不移送司法责任认定", cite=Cite(ORGANIC, "第三十四条")),
        ),
        basis=Cite(ORGANIC, "第三十四条"),
        by=("检察长",),
        leads_to=("management/judicial_accountability",),
    )
    quality = act(
        "列入案件质量评查",
        at=("审议", "整改"),
        basis=Cite(ORGANIC, "第二十九条"),
        by=("案件管理",),
        leads_to=("management/case_quality",),
    )
    advise = act(
        "向侦查机关等提出检察建议或者纠正意见",
        also=("检察建议",),
        at=("审议", "整改"),
        basis=Cite(RULES, "第五百五十二条"),
        leads_to=("management/suggestion", "criminal/investigation_supervision"),
    )
    report_above = act(
        "报上一级人民检察院备案",
        also=("备案",),
        at=("审议", "整改"),
        basis=Cite(ORGANIC, "第二十四条"),
        by=("案件管理",),
        leads_to=("management/record_filing",),
    )
    mended = act(
        "整改完成",
        at="整改",
        to="回头看",
        facts=(long_text("measures", "整改措施"),),
        does=(mend_due.meet(),),
        basis=Cite(ORGANIC, "第二十九条"),
        by=("被审视的办案部门",),
    )
    look_back = act(
        "回头看",
        at="回头看",
        to=By("held", {True: "办结", False: "整改"}),
        facts=(yes_no("held", "整改落实到位"), day("mend_by", "再次整改期限").optional()),
        does=(mend_due.start(until="mend_by", when={"held": False}),),
        basis=Cite(ORGANIC, "第二十九条"),
        by=("案件管理",),
    )

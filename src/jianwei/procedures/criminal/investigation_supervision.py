"""侦查活动监督。发现或者受理侦查活动中的违法情形，调查核实，纠正，直至落实。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import (
    By,
    Cite,
    ClockKind,
    Guard,
    Line,
    Procedure,
    State,
    act,
    case_clock,
    choice,
    day,
    long_text,
    only_after_expiry,
    people,
    set_clock,
    text,
    unless,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

SOURCES = {"found": "办案中发现", "complaint": "申诉、控告", "transferred": "移送、交办"}
ARTICLE_117 = "刑事诉讼法第一百一十七条规定的强制措施、财物处置违法"


def _first_to_them(state: State, facts: Any) -> bool:
    return facts.get("source") == "complaint" and facts.get("of_117") is not False


def _not_first_to_them(state: State, facts: Any, on: dt.date) -> bool:
    return bool(
        facts.get("source") == "complaint" and facts.get("of_117") is True and facts.get("answered_there") is False
    )


class InvestigationSupervision(Procedure):
    title, line = "侦查活动监督", Line.CRIMINAL
    case_type, code = "侦查活动监督", "刑侦监"
    stages = ("调查核实", "纠正落实", "复查", "办结")
    ends = ("办结",)
    basis = (
        Cite(CPL, "第八条"),
        Cite(CPL, "第一百一十七条"),
        Cite(RULES, "第五百五十一条至第五百五十六条、第五百六十七条"),
    )

    opinion = case_clock("criminal/complaint_opinion")
    reply = set_clock("纠正违法通知书规定的回复期限", "被监督单位", ClockKind.OTHERS)
    recheck = case_clock("criminal/correction_review")

    accept = act(
        "受理或者发现违法情形",
        also=("受理", "发现", "发现侦查违法"),
        opens=True,
        to="调查核实",
        facts=(
            choice("source", "来源", SOURCES),
            long_text("facts_found", "违法情形"),
            text("agency", "被监督单位"),
            yes_no("of_117", ARTICLE_117).optional(),
            yes_no("answered_there", "已向该机关申诉、控告并经处理或者逾期未答复").optional(),
            people("complainants", "申诉人、控告人").optional(),
        ),
        does=(opinion.start(when={"source": "complaint"}),),
        guards=(
            Guard(
                "未向办案机关申诉、控告，或者规定时间内尚未处理的，告知先向该机关提出",
                Cite(RULES, "第五百五十五条第三款"),
                _not_first_to_them,
                of_facts=True,
                fact="answered_there",
                unsaid="是否应当先向办案机关提出",
                matters=_first_to_them,
            ),
        ),
        basis=(Cite(RULES, "第五百五十五条"), Cite(RULES, "第五百五十六条"), Cite(RULES, "第五百六十七条")),
        by=("控告申诉检察", "承办检察官"),
    )
    verify = act(
        "调查核实",
        at="调查核实",
        facts=(
            choice("way", "方式", ("讯问、询问", "听取意见", "调取材料、录音录像", "伤情检查、鉴定", "其他")),
            long_text("found", "查明情况").optional(),
        ),
        basis=Cite(RULES, "第五百五十一条第二款"),
        documents=("调查笔录",),
    )
    ask_statement = act(
        "要求说明理由或者证据收集合法性",
        also=("要求说明理由",),
        at="调查核实",
        does=(opinion.suspend("等待办案机关说明理由"),),
        basis=(Cite(CPL, "第五十七条"), Cite(RULES, "第五百五十六条第二款")),
        documents=("要求说明证据收集合法性通知书",),
    )
    statement = act(
        "收到说明",
        answers=("要求说明证据收集合法性通知书",),
        at="调查核实",
        after="ask_statement",
        does=(opinion.start(reason="收到理由说明后十五日以内提出审查意见", when={"source": "complaint"}),),
        basis=Cite(RULES, "第五百五十六条第二款"),
        by=("办案机关",),
    )
    exclude = act(
        "排除非法证据",
        at="调查核实",
        facts=(text("evidence", "被排除的证据"),),
        basis=(Cite(CPL, "第五十六条"), Cite(CPL, "第五十七条")),
        by=("检察长", "承办检察官"),
    )
    unfounded = act(
        "认为不存在违法并答复",
        also=("不存在违法",),
        at="调查核实",
        to="办结",
        does=(opinion.meet(),),
        basis=(Cite(RULES, "第五百五十二条第二款"), Cite(RULES, "第五百五十六条第四款")),
        documents=("答复函",),
    )
    orally = act(
        "口头纠正",
        at="调查核实",
        to="纠正落实",
        facts=(long_text("correction", "纠正意见"), yes_no("grave", "情节较重").optional()),
        does=(opinion.meet(),),
        guards=(
            unless(
                "grave",
                True,
                says="情节较重的，经检察长决定发出纠正违法通知书",
                cite=Cite(RULES, "第五百五十二条第一款"),
                unsaid="情节是否较重、应当发出纠正违法通知书",
            ),
        ),
        basis=Cite(RULES, "第五百五十二条第一款"),
    )
    in_writing = act(
        "发出纠正违法通知书",
        also=("纠正违法", "侦查活动监督通知书"),
        at="调查核实",
        to="纠正落实",
        facts=(
            text("document_no", "通知书文号").optional(),
            day("reply_by", "通知书规定的回复期限"),
        ),
        does=(opinion.meet(), reply.start(until="reply_by")),
        basis=(Cite(RULES, "第五百五十二条第一款"), Cite(RULES, "第五百五十三条")),
        documents=("纠正违法通知书", "侦查活动监督通知书"),
        by=("检察长",),
    )
    advise = act(
        "对普遍性问题提出检察建议",
        also=("检察建议",),
        at=("调查核实", "纠正落实"),
        facts=(text("agency_advised", "被建议单位"),),
        basis=Cite(RULES, "第五百五十二条第一款"),
        documents=("检察建议书",),
        by=("检察长",),
        leads_to=("management/suggestion",),
    )
    crime = act(
        "移送涉嫌犯罪线索或者立案侦查",
        also=("移送涉嫌犯罪线索",),
        at=("调查核实", "纠正落实"),
        facts=(choice("where", "去向", ("本院立案侦查", "移送有管辖权的机关")),),
        basis=(Cite(CPL, "第十九条第二款"), Cite(RULES, "第五百六十八条")),
        by=("检察长",),
        leads_to=("management/clue_transfer",),
    )
    replied = act(
        "收到纠正情况回复",
        answers=("纠正违法通知书", "侦查活动监督通知书"),
        also=("回复", "收到回复"),
        at="纠正落实",
        to=By("result", {"corrected": "办结"}),
        facts=(choice("result", "纠正情况", {"corrected": "已经纠正", "partly": "部分纠正", "refused": "未纠正"}),),
        does=(reply.meet(),),
        basis=Cite(RULES, "第五百五十三条"),
        by=("被监督单位",),
    )
    press = act(
        "督促回复",
        at="纠正落实",
        guards=(only_after_expiry(reply, says="通知书规定的回复期限尚未届满", cite=Cite(RULES, "第五百五十三条")),),
        basis=Cite(RULES, "第五百五十三条"),
    )
    report_above = act(
        "向上一级人民检察院报告",
        also=("报告上一级人民检察院",),
        at="纠正落实",
        after=("press", "replied", "recheck_done"),
        facts=(long_text("why", "经督促仍不回复、无正当理由不纠正或者复查认为正确的情况"),),
        basis=(Cite(RULES, "第五百五十三条"), Cite(RULES, "第五百五十四条第一款")),
        by=("检察长",),
    )
    ask_recheck = act(
        "被监督单位申请复查",
        also=("申请复查",),
        at="纠正落实",
        to="复查",
        after=("in_writing", "orally"),
        does=(recheck.start(), reply.stop(reason="申请复查")),
        basis=Cite(RULES, "第五百五十四条第一款"),
        by=("案件管理",),
    )
    recheck_done = act(
        "作出复查决定",
        also=("复查决定",),
        at="复查",
        to=By("recheck_result", {"keep": "纠正落实", "revoke": "办结"}),
        facts=(choice("recheck_result", "复查结果", {"keep": "纠正意见正确", "revoke": "撤销纠正意见"}),),
        does=(recheck.meet(),),
        basis=Cite(RULES, "第五百五十四条第一款"),
        by=("检察长",),
    )
    above_decides = act(
        "上一级人民检察院审查",
        at="纠正落实",
        to=By("above_result", {"revoke": "办结"}),
        after="report_above",
        facts=(choice("above_result", "审查意见", {"keep": "正确，通报并督促纠正", "revoke": "错误，予以撤销"}),),
        basis=Cite(RULES, "第五百五十四条第二款"),
        by=("上一级人民检察院",),
    )
    inform = act(
        "告知申诉人、控告人",
        at=("调查核实", "纠正落实"),
        basis=Cite(RULES, "第五百五十二条第二款"),
        documents=("答复函",),
    )
    close = act(
        "监督落实办结",
        also=("办结",),
        at="纠正落实",
        to="办结",
        facts=(choice("how", "落实情况", ("已经纠正", "上级协商处理", "追究责任", "转检察建议")),),
        does=(reply.stop(reason="办结"),),
        basis=Cite(RULES, "第五百五十三条"),
    )

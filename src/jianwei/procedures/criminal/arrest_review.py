"""审查逮捕。自受理提请批准逮捕，经决定、执行，到侦查羁押期限届满或者侦查终结。每名犯罪嫌疑人的期限分别计算。"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    Renamed,
    State,
    act,
    choice,
    hold,
    long_text,
    only_done_to,
    people,
    text,
    yes_no,
)
from jianwei.procedures.criminal._arrest_decision import CPL, OF_THE_MATTER, RULES, SUSPECTS
from jianwei.procedures.criminal._investigation_custody import InvestigationCustody
from jianwei.procedures.kernel.act import Facts, named


def _others_held(state: State, facts: Facts, on: dt.date) -> bool:
    """Whether somebody else is still held on the matter that would be closed."""
    listed = named("suspects", facts)
    running = {
        person
        for clock in (InvestigationCustody.held, InvestigationCustody.recounted)
        for person in state.running(clock)
    }
    return bool(listed) and facts.get("remaining") is not True and bool(running.difference(listed))


class ArrestReview(InvestigationCustody, Procedure):
    title, line = "审查逮捕", Line.CRIMINAL
    case_type, code = "审查逮捕", "刑捕"
    version = "3"
    earlier: ClassVar = {
        "1": Renamed(
            note="不批准延长以后，须重新提请才能批准延长侦查羁押期限；还有人员在押的，一人侦查终结不再办结事项"
        ),
        "2": Renamed(note="精神病鉴定均已终结的，不能再次终结"),
    }
    stages = ("审查", "决定以后", "办结")
    ends = ("办结",)
    basis = (
        Cite(CPL, "第九十一条"),
        Cite(CPL, "第一百五十六条至第一百六十条"),
        Cite(RULES, "第二百八十二条至第三百一十九条"),
    )

    withdraw_approval = act(
        "撤销批准逮捕决定",
        also=("撤销逮捕",),
        at="决定以后",
        after=("approve", "approve_anew", "arrest_missed"),
        facts=(SUSPECTS, long_text("reason", "原决定确有错误的理由")),
        does=(hold(False, each="suspects"),),
        guards=(OF_THE_MATTER,),
        basis=Cite(RULES, "第二百八十九条第一款"),
        documents=("撤销逮捕决定书",),
        by=("检察长",),
        leads_to=("criminal/reverse_look",),
    )
    ask_for_missed = act(
        "要求公安机关提请批准逮捕",
        also=("应当逮捕犯罪嫌疑人建议",),
        facts=(people("missed", "应当逮捕而未提请的犯罪嫌疑人"),),
        basis=Cite(RULES, "第二百八十八条"),
        documents=("应当逮捕犯罪嫌疑人建议书",),
        by=("检察长",),
    )
    arrest_missed = act(
        "直接作出逮捕决定",
        at="决定以后",
        after="ask_for_missed",
        facts=(SUSPECTS, long_text("grounds", "公安机关不提请的理由及其不成立")),
        guards=(
            only_done_to(
                "ask_for_missed",
                each="suspects",
                says="没有要求公安机关对所列人员提请批准逮捕",
                cite=Cite(RULES, "第二百八十八条"),
            ),
        ),
        basis=Cite(RULES, "第二百八十八条"),
        documents=("逮捕决定书",),
        by=("检察长",),
    )
    withdraw_request = act(
        "公安机关撤回提请",
        also=("撤回提请", "撤回提请批准逮捕"),
        at="审查",
        to="办结",
        facts=(long_text("reason", "理由").optional(),),
        does=tuple(
            clock.stop(reason="撤回提请")
            for clock in (
                InvestigationCustody.review,
                InvestigationCustody.own_review,
                InvestigationCustody.own_detention,
            )
        ),
        basis=Cite(CPL, "第九十一条"),
        by=("公安机关", "案件管理"),
    )
    transfer = act(
        "移送有管辖权的人民检察院",
        moves="to_office",
        also=("改变管辖",),
        at="审查",
        to="办结",
        facts=(text("to_office", "有管辖权的人民检察院"),),
        does=tuple(
            clock.stop(reason="移送有管辖权的人民检察院")
            for clock in (
                InvestigationCustody.review,
                InvestigationCustody.own_review,
                InvestigationCustody.own_detention,
                InvestigationCustody.pending,
            )
        ),
        tells="案件已于{on}移送，由有管辖权的{to_office}办理",
        basis=Cite(CPL, "第二十五条至第二十七条"),
        leads_to=("criminal/arrest_review",),
    )
    report_foreigner = act(
        "外国人、无国籍人案件报上一级备案并通报外事部门",
        also=("危害国家安全案件备案", "逮捕备案"),
        at="决定以后",
        after=("approve", "approve_anew"),
        facts=(SUSPECTS,),
        guards=(OF_THE_MATTER,),
        basis=Cite(RULES, "第二百九十四条第三款、第二百九十五条"),
        documents=("备案报告",),
        leads_to=("management/record_filing",),
    )
    died = act(
        "犯罪嫌疑人死亡",
        facts=(SUSPECTS,),
        does=(
            *(
                c.stop(reason="犯罪嫌疑人死亡")
                for c in (InvestigationCustody.review, InvestigationCustody.own_review, InvestigationCustody.drop_wait)
            ),
            hold(False, each="suspects"),
        ),
        guards=(OF_THE_MATTER,),
        basis=Cite(CPL, "第十六条第五项"),
        leads_to=("criminal/confiscation",),
    )
    conclude = act(
        "侦查终结移送起诉",
        also=("侦查终结", "移送审查起诉"),
        at="决定以后",
        to=By("remaining", {None: "办结", False: "办结"}),
        facts=(SUSPECTS.optional(), yes_no("remaining", "本案还有人员未办结").optional()),
        does=(InvestigationCustody.held.meet(), InvestigationCustody.recounted.meet()),
        guards=(
            OF_THE_MATTER,
            Guard(
                "还有人员的侦查羁押期限在计算，请写明“本案还有人员未办结”",
                Cite(CPL, "第九十八条"),
                _others_held,
                of_facts=True,
                fact="remaining",
            ),
        ),
        basis=(Cite(CPL, "第一百六十二条"), Cite(CPL, "第一百五十六条")),
        by=("侦查机关", "案件管理"),
        leads_to=("criminal/prosecution_review",),
    )
    close = act(
        "办结",
        also=("审结归档",),
        at="决定以后",
        to="办结",
        facts=(choice("how", "了结方式", ("公安机关撤案", "终止侦查", "取保候审直诉", "重新提请批准逮捕", "其他")),),
        guards=(
            Guard(
                "还有犯罪嫌疑人在押，侦查羁押期限仍在计算",
                Cite(CPL, "第九十八条"),
                lambda state, facts, on: any(
                    state.running(clock) for clock in (InvestigationCustody.held, InvestigationCustody.recounted)
                ),
            ),
        ),
        basis=Cite(RULES, "第二百八十七条"),
        leads_to=("criminal/prosecution_review", "criminal/arrest_review"),
    )

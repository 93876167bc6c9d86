"""二审抗诉和二审上诉。自收到一审裁判起审查是否抗诉，到二审裁判。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.law import limits
from jianwei.procedures import (
    Cite,
    Guard,
    Line,
    Procedure,
    State,
    act,
    case_clock,
    choice,
    day,
    hold,
    long_text,
    number,
    only_past,
    only_while,
    others_clock,
    people,
    text,
    unless,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"
COURT = "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释"

KINDS = {"judgment": "判决", "ruling": "裁定"}
RESULTS = {"kept": "驳回、维持原判", "changed": "改判", "back": "发回重审", "withdrawn": "准许撤回"}
GROUNDS = {
    "facts": "认定事实确有错误或者证据不确实、不充分",
    "guilt": "有罪判无罪或者无罪判有罪",
    "sentence": "重罪轻判、轻罪重判，适用刑罚明显不当",
    "charge": "认定罪名、罪数不正确，影响量刑或者造成严重社会影响",
    "mode": "免除刑事处罚、缓刑、禁止令、限制减刑等错误",
    "process": "严重违反法律规定的诉讼程序",
}


def _asked_late(state: State, facts: Any, on: dt.date) -> bool:
    received = facts.get("victim_received_on")
    if received is None or facts.get("accepted_late") is True:
        return False
    day = on.date() if isinstance(on, dt.datetime) else on
    return bool(day > limits.limit("criminal/victim_protest_request").due(received).on)


def _may_still_protest(state: State, facts: Any, on: dt.date) -> bool:
    clocks = SecondInstanceProtest.protest_judgment, SecondInstanceProtest.protest_ruling
    return not all(over for clock in clocks for over in state.over(clock, on))


class SecondInstanceProtest(Procedure):
    title, line = "二审抗诉", Line.CRIMINAL
    case_type, code = "二审抗诉", "刑抗"
    stages = ("审查裁判", "上级审查", "二审", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第二百二十八条至第二百三十五条"), Cite(RULES, "第五百八十三条至第五百九十条"))

    protest_judgment = case_clock("criminal/protest_judgment")
    protest_ruling = case_clock("criminal/protest_ruling")
    answer = case_clock("criminal/victim_protest_answer")
    file_review = case_clock("criminal/second_instance_file_review")
    trial = others_clock("criminal/second_instance")

    receive = act(
        "收到一审判决、裁定",
        also=("收到判决", "收到裁定", "受理"),
        opens=True,
        to="审查裁判",
        facts=(
            people("defendants", "被告人"),
            choice("kind", "裁判种类", KINDS),
            yes_no("in_custody", "是否在押", "在押的，期限届满日遇节假日是否顺延有争议，两日都显示").optional(),
            text("court_no", "裁判文书案号").optional(),
        ),
        does=(
            hold("in_custody", each="defendants"),
            protest_judgment.start(when={"kind": "judgment"}),
            protest_ruling.start(when={"kind": "ruling"}),
        ),
        basis=(Cite(CPL, "第二百三十条"), Cite(RULES, "第五百八十五条"), Cite(RULES, "第五百八十六条")),
        documents=("刑事判决、裁定审查表",),
        by=("案件管理", "承办检察官"),
    )
    victim_asks = act(
        "收到被害人请求抗诉",
        also=("被害人请求抗诉", "请求抗诉"),
        at="审查裁判",
        facts=(
            people("victims", "被害人或者其法定代理人"),
            day("victim_received_on", "被害人收到判决书之日"),
            yes_no("accepted_late", "五日以后请求，决定受理").optional(),
        ),
        does=(answer.start(),),
        guards=(
            unless("kind", "ruling", says="被害人请求抗诉是对第一审判决", cite=Cite(CPL, "第二百二十九条")),
            only_past("victim_received_on", says="收到判决书之日不能晚于请求之日"),
            Guard(
                "被害人收到判决书五日以后请求抗诉，由人民检察院决定是否受理；未决定受理的，不计答复期限",
                Cite(RULES, "第五百八十八条第二款"),
                _asked_late,
                of_facts=True,
            ),
        ),
        basis=(Cite(CPL, "第二百二十九条"), Cite(RULES, "第五百八十八条")),
        documents=("抗诉请求书",),
        by=("控告申诉检察", "案件管理"),
    )
    answer_victim = act(
        "决定是否抗诉并答复请求人",
        also=("答复被害人", "答复请求人"),
        at=("审查裁判", "上级审查"),
        after="victim_asks",
        facts=(
            choice("decision", "决定", {"protest": "决定抗诉", "no": "决定不抗诉"}),
            long_text("reason", "理由").optional(),
        ),
        does=(answer.meet(),),
        basis=(Cite(CPL, "第二百二十九条"), Cite(RULES, "第五百八十八条第一款")),
        documents=("抗诉请求答复书",),
    )
    protest = act(
        "提出抗诉",
        also=("抗诉",),
        at="审查裁判",
        to="上级审查",
        facts=(
            choice("ground", "抗诉理由", GROUNDS),
            text("document_no", "抗诉书文号").optional(),
            yes_no("mailed", "期满前已交邮", "交邮的，行为日期填交邮之日（刑事诉讼法第一百零五条第三款）").optional(),
        ),
        does=(protest_judgment.meet(), protest_ruling.meet()),
        guards=(
            only_while(protest_judgment, says="抗诉期限已经届满", cite=Cite(RULES, "第五百八十六条")),
            only_while(protest_ruling, says="抗诉期限已经届满", cite=Cite(RULES, "第五百八十六条")),
        ),
        basis=(Cite(CPL, "第二百二十八条"), Cite(RULES, "第五百八十四条"), Cite(RULES, "第五百八十七条")),
        documents=("刑事抗诉书",),
        by=("检察长",),
    )
    no_protest = act(
        "决定不抗诉",
        also=("不抗诉",),
        at="审查裁判",
        facts=(long_text("reason", "审查意见"),),
        does=(protest_judgment.stop(reason="决定不抗诉"), protest_ruling.stop(reason="决定不抗诉")),
        basis=Cite(RULES, "第五百八十五条"),
        by=("检察长", "承办检察官"),
    )
    ordered = act(
        "上一级人民检察院指令抗诉",
        at="审查裁判",
        guards=(
            only_while(protest_judgment, says="上诉、抗诉期限内才能指令抗诉", cite=Cite(RULES, "第五百八十九条第三款")),
            only_while(protest_ruling, says="上诉、抗诉期限内才能指令抗诉", cite=Cite(RULES, "第五百八十九条第三款")),
        ),
        basis=Cite(RULES, "第五百八十九条第三款"),
        by=("上一级人民检察院",),
    )
    effective = act(
        "裁判生效",
        also=("期满未上诉、抗诉", "归档"),
        at="审查裁判",
        to="办结",
        does=(
            protest_judgment.stop(reason="裁判生效"),
            protest_ruling.stop(reason="裁判生效"),
        ),
        guards=(
            Guard(
                "抗诉期限内应当作出是否抗诉的决定",
                Cite(RULES, "第五百八十五条"),
                _may_still_protest,
            ),
            Guard(
                "被害人的抗诉请求尚未答复",
                Cite(RULES, "第五百八十八条第一款"),
                lambda state, facts, on: bool(state.running(SecondInstanceProtest.answer)),
            ),
        ),
        basis=Cite(CPL, "第二百五十九条"),
        leads_to=("criminal/retrial_protest", "criminal/reverse_look"),
    )
    appealed = act(
        "被告人上诉",
        also=("收到上诉状副本", "上诉"),
        at=("审查裁判", "上级审查"),
        to="二审",
        facts=(people("appellants", "上诉人"), long_text("reason", "上诉理由").optional()),
        basis=(Cite(CPL, "第二百二十七条"), Cite(CPL, "第二百三十一条")),
        by=("人民法院",),
    )
    support = act(
        "上一级人民检察院支持抗诉",
        also=("支持抗诉",),
        at="上级审查",
        to="二审",
        facts=(choice("extent", "支持范围", ("全部支持", "部分支持", "变更、补充理由后支持")),),
        basis=Cite(RULES, "第五百八十九条第一款、第四款"),
        documents=("支持刑事抗诉意见书",),
        by=("上一级人民检察院",),
    )
    hear_lower = act(
        "听取下级人民检察院意见",
        at="上级审查",
        basis=Cite(RULES, "第五百八十九条第二款"),
        by=("上一级人民检察院",),
    )
    withdraw = act(
        "上一级人民检察院撤回抗诉",
        also=("撤回抗诉",),
        at=("上级审查", "二审"),
        to="办结",
        after="hear_lower",
        facts=(long_text("reason", "抗诉不当的理由"),),
        basis=Cite(RULES, "第五百八十九条第二款"),
        documents=("撤回抗诉决定书",),
        by=("上一级人民检察院",),
    )
    accepted = act(
        "二审人民法院受理",
        at="二审",
        facts=(text("court", "二审人民法院").optional(),),
        does=(trial.start(),),
        basis=Cite(CPL, "第二百四十三条"),
        by=("人民法院",),
    )
    notified = act(
        "接到查阅案卷通知",
        also=("接到阅卷通知", "决定开庭"),
        at="二审",
        does=(file_review.start(), trial.suspend("人民检察院查阅案卷")),
        basis=(Cite(CPL, "第二百三十五条"), Cite(RULES, "第四百四十七条")),
        by=("人民法院",),
    )
    reviewed = act(
        "查阅案卷完毕",
        also=("阅卷完毕",),
        at="二审",
        after="notified",
        does=(file_review.meet(), trial.resume()),
        basis=(Cite(CPL, "第二百三十五条"), Cite(RULES, "第四百四十七条第二款")),
        documents=("二审案件审查报告",),
    )
    ask_delay = act(
        "商请人民法院延期审理",
        at="二审",
        after="notified",
        facts=(long_text("reason", "一个月以内无法完成阅卷的理由"),),
        basis=Cite(RULES, "第四百四十七条第二款"),
    )
    question = act(
        "讯问原审被告人、复核主要证据",
        also=("讯问原审被告人",),
        at="二审",
        basis=(Cite(RULES, "第四百四十九条"), Cite(RULES, "第四百五十条")),
        documents=("讯问笔录",),
    )
    extended = act(
        "高级人民法院批准延长二审审限",
        at="二审",
        facts=(choice("ground", "法定情形", ("可能判处死刑", "附带民事诉讼", "刑事诉讼法第一百五十八条规定的情形")),),
        does=(trial.extend("high_court"),),
        basis=Cite(CPL, "第二百四十三条第一款"),
        by=("人民法院",),
    )
    extended_again = act(
        "最高人民法院批准再延长二审审限",
        at="二审",
        after="extended",
        facts=(number("months", "延长月数", least=1, hint="一个月至三个月"), long_text("reason", "特殊情况")),
        does=(trial.extend("supreme", granted="months"),),
        basis=(Cite(CPL, "第二百四十三条第一款"), Cite(COURT, "第二百一十条第三款")),
        by=("人民法院",),
    )
    appear = act(
        "派员出席二审法庭",
        also=("出庭",),
        at="二审",
        basis=(Cite(CPL, "第二百三十五条"), Cite(RULES, "第四百四十六条")),
        documents=("二审出庭意见书",),
    )
    judged = act(
        "收到二审裁判",
        also=("二审裁判", "收到二审判决"),
        at="二审",
        to="办结",
        facts=(choice("result", "结果", RESULTS),),
        does=(trial.meet(), file_review.stop(reason="二审审结")),
        basis=(Cite(CPL, "第二百三十六条"), Cite(RULES, "第五百九十条")),
        by=("人民法院",),
        leads_to=("criminal/retrial_protest", "criminal/second_instance_protest", "criminal/reverse_look"),
    )

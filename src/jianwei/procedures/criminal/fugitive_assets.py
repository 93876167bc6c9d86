"""追逃追赃。在逃人员的追捕、国际合作、缺席审判与违法所得没收，到归案和资产处置。"""

from __future__ import annotations

import datetime as dt
from typing import Any

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
    long_text,
    money,
    only_after_expiry,
    only_if,
    person,
    text,
    unless,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"
ASSISTANCE = "中华人民共和国国际刑事司法协助法"

CRIMES = {
    "corruption": "贪污贿赂犯罪",
    "security": "严重危害国家安全、恐怖活动犯罪",
    "other": "其他犯罪",
}
WAYS = {"home": "境内", "abroad": "境外"}


def _not_approved(state: State, facts: Any, on: dt.date) -> bool:
    return bool(state.known("crime", facts, None) == "security" and facts.get("approved") is not True)


class FugitiveAssets(Procedure):
    title, line = "追逃追赃", Line.CRIMINAL
    case_type, code = "追逃追赃", "追逃"
    stages = ("在逃", "缺席审判", "归案", "办结")
    ends = ("办结",)
    basis = (
        Cite(CPL, "第一百五十五条"),
        Cite(CPL, "第二百九十一条至第三百零一条"),
        Cite(RULES, "第五百零五条至第五百三十二条"),
    )
    unverified = "国际刑事司法协助的具体程序按公开的通行做法建模，未核对原文"

    wanted_year = case_clock("criminal/wanted_year", "通缉满一年可以申请没收")

    begin = act(
        "立项追逃",
        also=("受理", "登记在逃人员"),
        opens=True,
        to="在逃",
        facts=(
            person("person", "在逃人员"),
            choice("crime", "涉嫌犯罪", CRIMES),
            choice("where", "可能藏匿地", WAYS),
            day("fled_on", "出逃日期").optional(),
            money("assets_fen", "涉案资产").optional(),
        ),
        basis=(Cite(CPL, "第一百五十五条"), Cite(RULES, "第五百一十三条")),
    )
    wanted = act(
        "发布通缉令或者红色国际通报",
        also=("通缉", "红色通报"),
        at="在逃",
        facts=(choice("way", "方式", ("通缉令", "网上追逃", "红色国际通报")),),
        does=(wanted_year.start(),),
        basis=(Cite(CPL, "第一百五十五条"), Cite(RULES, "第五百一十四条")),
        documents=("通缉通知书",),
        by=("公安机关",),
    )
    border = act(
        "边控",
        at="在逃",
        facts=(day("until_on", "边控截止日").optional(),),
        basis=Cite("中华人民共和国出境入境管理法", "第十二条", verified=False),
        documents=("边控对象通知书",),
    )
    seize = act(
        "查封、扣押、冻结涉案资产",
        at=("在逃", "归案"),
        facts=(money("amount_fen", "金额").optional(), text("where_held", "资产所在地").optional()),
        basis=(Cite(CPL, "第一百四十一条至第一百四十五条"), Cite(RULES, "第五百二十七条")),
        documents=("查封、扣押、冻结财物、文件清单",),
    )
    ask_abroad = act(
        "请求外国司法协助、引渡或者遣返",
        also=("司法协助", "引渡", "遣返"),
        at=("在逃", "缺席审判", "归案"),
        facts=(
            choice("kind", "事项", ("调查取证", "送达文书", "引渡", "遣返", "返还资产")),
            text("country", "国家、地区"),
        ),
        guards=(unless("where", "home", says="在逃人员在境内，不属于司法协助事项"),),
        basis=Cite(ASSISTANCE, "第二章", verified=False),
        documents=("刑事司法协助请求书",),
        by=("最高人民检察院", "省级人民检察院"),
    )
    persuade = act(
        "劝返",
        at="在逃",
        facts=(long_text("result", "情况"),),
        basis=Cite(CPL, "第一百五十五条"),
    )
    in_absence = act(
        "缺席提起公诉",
        also=("缺席审判",),
        at="在逃",
        to="缺席审判",
        facts=(
            yes_no("abroad_proved", "有被告人已出境的证据"),
            yes_no("approved", "已经最高人民检察院核准").optional(),
            text("court", "中级人民法院").optional(),
        ),
        guards=(
            unless(
                "crime",
                "other",
                says="缺席审判限于贪污贿赂犯罪和严重危害国家安全、恐怖活动犯罪",
                cite=Cite(CPL, "第二百九十一条第一款"),
            ),
            only_if("abroad_proved", True, says="应当提交被告人已出境的证据", cite=Cite(RULES, "第五百零五条第四款")),
            Guard(
                "严重危害国家安全、恐怖活动犯罪案件缺席起诉，须经最高人民检察院核准",
                Cite(RULES, "第五百零五条第二款"),
                _not_approved,
                of_facts=True,
            ),
        ),
        basis=(Cite(CPL, "第二百九十一条"), Cite(RULES, "第五百零五条至第五百零八条")),
        documents=("起诉书",),
        by=("检察长",),
    )
    confiscate = act(
        "启动违法所得没收程序",
        also=("违法所得没收",),
        at="在逃",
        guards=(
            only_after_expiry(
                wanted_year, says="通缉一年后不能到案的，才能申请没收违法所得", cite=Cite(CPL, "第二百九十八条第一款")
            ),
        ),
        basis=(Cite(CPL, "第二百九十八条"), Cite(RULES, "第五百一十二条")),
        leads_to=("criminal/confiscation",),
    )
    died = act(
        "确认死亡",
        at=("在逃", "缺席审判"),
        to="办结",
        facts=(yes_no("has_assets", "有应当追缴的违法所得").optional(),),
        does=(wanted_year.stop(reason="死亡"),),
        basis=(Cite(CPL, "第十六条第五项"), Cite(CPL, "第二百九十七条"), Cite(CPL, "第二百九十八条")),
        leads_to=("criminal/confiscation",),
    )
    judged = act(
        "缺席判决",
        at="缺席审判",
        to="在逃",
        facts=(choice("outcome", "结果", ("有罪", "无罪", "终止审理")),),
        basis=(Cite(CPL, "第二百九十二条"), Cite(CPL, "第二百九十四条")),
        by=("人民法院",),
        leads_to=("criminal/second_instance_protest",),
    )
    arrived = act(
        "归案",
        also=("到案", "抓获", "投案"),
        at=("在逃", "缺席审判"),
        to="归案",
        facts=(choice("how", "方式", ("自动投案", "抓获", "劝返", "引渡", "遣返")),),
        does=(wanted_year.stop(reason="归案"),),
        basis=(Cite(CPL, "第二百九十五条"), Cite(CPL, "第三百零一条"), Cite(RULES, "第五百零九条、第五百一十条")),
        leads_to=("criminal/arrest_review", "criminal/prosecution_review"),
    )
    recovered = act(
        "追回资产",
        also=("追赃",),
        at=("在逃", "缺席审判", "归案"),
        facts=(
            money("recovered_fen", "追回金额"),
            choice("way", "方式", ("境内追缴", "境外返还", "没收裁定执行", "主动退缴")),
        ),
        basis=(Cite(CPL, "第二百四十五条"), Cite(CPL, "第三百条")),
    )
    close = act(
        "办结",
        also=("销号",),
        at="归案",
        to="办结",
        facts=(yes_no("assets_settled", "涉案资产已处置").optional(),),
        basis=Cite(CPL, "第一百五十五条"),
    )

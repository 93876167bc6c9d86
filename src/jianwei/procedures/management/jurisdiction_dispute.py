"""管辖争议与跨省协同。协商不成的层报共同的上级人民检察院指定管辖；办案需要异地协助的，发出请求并等待回复。"""

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
    others_clock,
    set_clock,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.management._guards import needs
from jianwei.procedures.management._norms import ORGANIC, RULES

PUBLIC = "人民检察院公益诉讼办案规则"

PHASES = {
    "arrest": "审查逮捕",
    "prosecution": "审查起诉",
    "own": "直接受理侦查",
    "public_interest": "公益诉讼",
    "supervision": "诉讼监督",
}
GROUNDS = {
    "disputed": "管辖有争议",
    "changed": "需要改变管辖",
    "concentrated": "特定类型案件集中管辖",
    "other": "其他需要指定管辖",
}
HELP = {
    "inquiry": "调查取证",
    "service": "代为送达、告知",
    "hearing": "代为听取意见、讯问",
    "restoration": "异地修复、执行监督",
    "other": "其他",
}


class JurisdictionDispute(Procedure):
    title, line = "管辖争议与跨省协同", Line.MANAGEMENT
    case_type, code = "管辖争议", "管辖"
    stages = ("协商", "等待指定", "移送", "等待协助", "核对协助结果", "办结")
    ends = ("办结",)
    basis = (Cite(RULES, "第二十条"), Cite(RULES, "第二十二条"), Cite(ORGANIC, "第十条"))
    unverified = "跨省协作除公益诉讼委托调查外没有统一的期限，按公开的通行做法建模"

    handover = notice_clock("conduct/jurisdiction_handover")
    entrusted = others_clock("public_interest/entrusted_investigation", "委托调查回复期限")
    help_by = set_clock("协助回复期限", "协助的人民检察院", ClockKind.OTHERS)

    discover = act(
        "提出管辖争议",
        also=("立项", "发现管辖争议"),
        opens=True,
        to="协商",
        facts=(
            text("case", "案件"),
            choice("phase", "办案环节", PHASES),
            choice("ground", "事由", GROUNDS),
            text("other_office", "有关人民检察院"),
            yes_no("cross_province", "跨省、自治区、直辖市"),
            yes_no("not_ours", "本院认为不属于本院管辖"),
        ),
        does=(handover.start(when={"phase": "prosecution", "not_ours": True}),),
        basis=(Cite(RULES, "第二十条"), Cite(RULES, "第三百二十八条")),
    )
    negotiate = act(
        "与有关人民检察院协商",
        also=("协商",),
        at="协商",
        facts=(text("with_whom", "协商单位"), long_text("opinions", "各方意见"), yes_no("agreed", "协商一致")),
        basis=Cite(RULES, "第二十条"),
        documents=("协商纪要",),
    )
    settle = act(
        "协商确定管辖",
        at="协商",
        to=By("kept", {"ours": "办结", "theirs": "移送"}),
        facts=(choice("kept", "协商结果", {"ours": "由本院管辖", "theirs": "由对方管辖"}),),
        does=(handover.stop(when={"kept": "ours"}, reason="由本院管辖"),),
        guards=(
            needs("negotiate", says="须先与有关人民检察院协商", cite=Cite(RULES, "第二十条")),
            unless(
                "agreed",
                False,
                says="协商未能一致，应当报请共同的上级人民检察院指定管辖",
                cite=Cite(RULES, "第二十二条"),
            ),
        ),
        basis=(Cite(RULES, "第二十条"), Cite(RULES, "第二十一条")),
    )
    ask_court = act(
        "与人民法院协商指定管辖",
        also=("协商人民法院",),
        at=("协商", "等待指定"),
        facts=(text("court", "相应的人民法院"), yes_no("court_agreed", "协商一致")),
        basis=(Cite(RULES, "第二十二条第二款"), Cite(RULES, "第三百二十八条")),
    )
    ask_police = act(
        "与公安机关协商指定管辖",
        also=("协商公安机关",),
        at=("协商", "等待指定"),
        facts=(text("police", "相应的公安机关"), yes_no("police_agreed", "协商一致")),
        basis=Cite(RULES, "第二十二条第二款"),
    )
    report = act(
        "报请共同的上级人民检察院指定管辖",
        also=("层报指定管辖", "报请指定管辖"),
        at="协商",
        to="等待指定",
        facts=(
            text("superior", "共同的上级人民检察院"),
            long_text("reason", "理由"),
            text("document_no", "请示文号").optional(),
        ),
        does=(handover.stop(reason="报请指定管辖"),),
        guards=(
            needs(
                "negotiate", ground="disputed", says="管辖有争议的，须先协商，再报请指定", cite=Cite(RULES, "第二十条")
            ),
        ),
        basis=Cite(RULES, "第二十二条"),
        documents=("报请指定管辖的请示",),
        by=("检察长",),
    )
    designate = act(
        "收到指定管辖决定",
        also=("指定管辖",),
        at="等待指定",
        to=By("kept", {"ours": "办结", "theirs": "移送"}),
        facts=(
            choice("kept", "指定结果", {"ours": "由本院管辖", "theirs": "由其他人民检察院管辖"}),
            text("designated", "被指定的人民检察院"),
            text("decision_no", "指定管辖决定书文号"),
        ),
        guards=(
            needs(
                "ask_court",
                phase="prosecution",
                says="对审查起诉指定管辖的，应当与相应的人民法院协商一致",
                cite=Cite(RULES, "第二十二条第二款"),
            ),
            unless(
                "court_agreed",
                False,
                says="与相应的人民法院尚未协商一致",
                cite=Cite(RULES, "第二十二条第二款"),
            ),
            needs(
                "ask_police",
                phase="arrest",
                ground="concentrated",
                says="集中管辖案件的审查逮捕指定管辖，应当与相应的公安机关协商一致",
                cite=Cite(RULES, "第二十二条第二款"),
            ),
        ),
        does=(handover.start(when={"phase": "prosecution", "kept": "theirs"}),),
        basis=Cite(RULES, "第二十二条"),
        documents=("指定管辖决定书",),
    )
    hand_over = act(
        "移送案件",
        also=("移送",),
        at="移送",
        to="办结",
        facts=(text("to_office", "受移送的人民检察院"), text("receipt", "接收回执").optional()),
        does=(handover.meet(),),
        basis=(Cite(RULES, "第三百二十八条第一款"), Cite(RULES, "第二十二条")),
        by=("案件管理",),
    )
    withdraw = act(
        "争议消除，撤回",
        also=("撤回",),
        at=("协商", "等待指定"),
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(handover.stop(reason="争议消除"),),
        basis=Cite(RULES, "第二十条"),
    )
    ask_help = act(
        "发出异地协作请求",
        also=("委托异地协助", "请求协助"),
        opens=True,
        to="等待协助",
        facts=(
            text("case", "案件"),
            choice("phase", "办案环节", PHASES),
            text("other_office", "协助的人民检察院"),
            yes_no("cross_province", "跨省、自治区、直辖市"),
            choice("help", "协助事项", HELP),
            long_text("request", "对象、事项和要求"),
            day("received_on", "对方收到委托书之日").optional(),
            day("help_by_on", "请求书写明的回复期限").optional(),
        ),
        does=(
            entrusted.start("received_on", when={"phase": "public_interest", "help": "inquiry"}),
            help_by.start(until="help_by_on", when={"phase": ("arrest", "prosecution", "own", "supervision")}),
            help_by.start(
                until="help_by_on",
                when={"phase": "public_interest", "help": ("service", "hearing", "restoration", "other")},
            ),
        ),
        basis=(Cite(PUBLIC, "第四十三条"), Cite(ORGANIC, "第十条")),
        documents=("委托书",),
    )
    received = act(
        "对方收到委托书",
        serves=("委托书",),
        at="等待协助",
        does=(entrusted.fix(),),
        basis=Cite(PUBLIC, "第四十三条"),
    )
    agree_on_day = act(
        "确定或者改定协助期限",
        at="等待协助",
        facts=(day("help_by_on", "回复期限"),),
        does=(help_by.move("help_by_on"),),
        basis=Cite(ORGANIC, "第十条"),
    )
    urge = act("催办", at="等待协助", facts=(long_text("note", "要点").optional(),), basis=Cite(ORGANIC, "第十条"))
    refused = act(
        "对方不予协助",
        at="等待协助",
        to="协商",
        facts=(long_text("reason", "对方理由"),),
        does=(entrusted.stop(reason="对方不予协助"), help_by.stop(reason="对方不予协助")),
        basis=Cite(ORGANIC, "第十条"),
    )
    helped = act(
        "收到协助回复",
        answers=("委托书",),
        also=("收到回复",),
        at="等待协助",
        to="核对协助结果",
        facts=(long_text("result", "协助结果"), yes_no("complete", "事项全部完成")),
        does=(entrusted.meet(), help_by.meet()),
        basis=Cite(PUBLIC, "第四十三条"),
    )
    ask_again = act(
        "请求补充协助",
        at="核对协助结果",
        to="等待协助",
        facts=(long_text("lacking", "尚缺事项"), day("help_by_on", "补充的回复期限").optional()),
        does=(help_by.start(until="help_by_on", reason="补充协助"),),
        basis=Cite(ORGANIC, "第十条"),
    )
    close = act(
        "协作办结",
        also=("办结",),
        at="核对协助结果",
        to="办结",
        facts=(long_text("note", "说明").optional(),),
        basis=Cite(ORGANIC, "第十条"),
    )

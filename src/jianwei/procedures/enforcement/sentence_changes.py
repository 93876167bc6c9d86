"""减刑、假释、暂予监外执行监督。提请阶段的检察意见，裁定、决定后的纠正，直至重新审理的结果。"""

from __future__ import annotations

from jianwei.procedures import (
    Cite,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    hold,
    long_text,
    number,
    only_after_expiry,
    only_if,
    only_while,
    others_clock,
    person,
    text,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"
COURT = "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释"

KINDS = {"commutation": "减刑", "parole": "假释", "release": "暂予监外执行"}
BY_COURT = {"kind": ("commutation", "parole")}
RELEASE = {"kind": "release"}
PROPOSAL_FAULTS = ("不符合法定条件", "幅度、起始时间、间隔时间不符", "程序违法、手续不完备", "应当提请而不提请", "其他")
OF_THE_COURT = only_if(
    "kind", "commutation", "parole", says="暂予监外执行案件没有这一环节", cite=Cite(RULES, "第六百三十五条")
)
OF_RELEASE = only_if("kind", "release", says="减刑、假释案件没有这一环节", cite=Cite(RULES, "第六百三十一条"))


class SentenceChanges(Procedure):
    title, line = "减刑假释暂予监外执行监督", Line.ENFORCEMENT
    case_type, code = "刑罚变更执行监督", "刑变"
    stages = ("提请审查", "等待裁判", "裁判审查", "重新审理", "办结")
    ends = ("办结",)
    basis = (
        Cite(CPL, "第二百六十六条、第二百六十七条、第二百七十三条、第二百七十四条"),
        Cite(RULES, "第六百二十九条至第六百四十一条"),
    )

    opinion = case_clock("enforcement/sentence_reduction_opinion")
    release_opinion = case_clock("enforcement/temporary_release_opinion")
    correction = case_clock("enforcement/sentence_reduction_correction")
    release_correction = case_clock("enforcement/temporary_release_correction")
    rehearing = others_clock("enforcement/sentence_reduction_rehearing")

    receive = act(
        "收到建议书、提请意见副本",
        also=("受理", "收到减刑建议书副本", "收到假释建议书副本", "收到暂予监外执行书面意见副本"),
        opens=True,
        to="提请审查",
        facts=(
            person("person", "罪犯"),
            choice("kind", "种类", KINDS),
            text("agency", "提请机关").optional(),
            number("months_cut", "建议减去的月数").optional(),
        ),
        does=(hold(True), opinion.start(when=BY_COURT), release_opinion.start(when=RELEASE)),
        basis=(Cite(CPL, "第二百六十六条、第二百七十三条第二款"), Cite(RULES, "第六百三十条、第六百三十五条")),
        by=("案件管理", "派驻检察官"),
    )
    court_asks = act(
        "人民法院征求对暂予监外执行的意见",
        at="提请审查",
        guards=(OF_RELEASE,),
        basis=Cite(COURT, "第五百一十五条第二款"),
        by=("人民法院",),
    )
    inspect = act(
        "逐案审查、调查核实",
        also=("调查核实",),
        at=("提请审查", "裁判审查"),
        facts=(long_text("found", "情况").optional(),),
        basis=(Cite(RULES, "第六百三十条、第六百三十五条、第六百三十八条"),),
        documents=("减刑、假释、暂予监外执行案件审查表",),
    )
    extend = act(
        "延长十日",
        also=("延长",),
        at="提请审查",
        facts=(long_text("reason", "案情复杂或者情况特殊"),),
        does=(opinion.extend("complex"),),
        guards=(OF_THE_COURT,),
        basis=Cite(RULES, "第六百三十五条"),
        by=("检察长",),
    )
    object_proposal = act(
        "提出书面检察意见",
        also=("检察意见", "认为提请不当"),
        at="提请审查",
        to="等待裁判",
        facts=(choice("fault", "不当之处", PROPOSAL_FAULTS), long_text("reason", "理由")),
        does=(opinion.meet(), release_opinion.meet()),
        basis=(Cite(CPL, "第二百六十六条"), Cite(RULES, "第六百三十条、第六百三十五条、第六百三十六条")),
        documents=("减刑、假释提请检察意见书", "暂予监外执行提请检察意见书"),
        by=("检察长",),
    )
    no_objection = act(
        "认为提请适当",
        also=("无异议",),
        at="提请审查",
        to="等待裁判",
        does=(opinion.meet(), release_opinion.meet()),
        basis=Cite(RULES, "第六百三十条、第六百三十五条"),
    )
    withdrawn = act(
        "执行机关撤回提请",
        also=("撤回建议",),
        at=("提请审查", "等待裁判"),
        to="办结",
        does=(opinion.stop(reason="撤回提请"), release_opinion.stop(reason="撤回提请")),
        basis=Cite(COURT, "第五百四十条"),
        by=("执行机关",),
    )
    appear = act(
        "派员出席减刑、假释法庭",
        also=("出庭",),
        at="等待裁判",
        guards=(OF_THE_COURT,),
        basis=Cite(RULES, "第六百三十七条"),
        documents=("减刑、假释案件出庭意见书",),
    )
    ruled = act(
        "收到减刑、假释裁定书副本",
        also=("收到裁定", "收到裁定书副本"),
        at=("等待裁判", "重新审理"),
        to="裁判审查",
        facts=(
            choice(
                "result",
                "结果",
                ("准予", "部分准予", "不予"),
            ),
        ),
        does=(rehearing.meet(), correction.start()),
        guards=(OF_THE_COURT,),
        basis=(Cite(CPL, "第二百七十四条"), Cite(RULES, "第六百三十八条")),
        by=("人民法院",),
    )
    decided = act(
        "接到暂予监外执行决定通知",
        also=("收到暂予监外执行决定",),
        at=("等待裁判", "提请审查", "重新审理"),
        to="裁判审查",
        facts=(choice("result", "结果", ("准予", "不予")),),
        does=(release_opinion.stop(reason="已经作出决定"), rehearing.meet(), release_correction.start()),
        guards=(OF_RELEASE,),
        basis=(Cite(CPL, "第二百六十七条"), Cite(RULES, "第六百三十一条")),
        by=("决定、批准机关",),
    )
    report_up = act(
        "向作出裁定、决定机关的同级人民检察院报告",
        also=("层报",),
        at="裁判审查",
        basis=Cite(RULES, "第六百三十二条、第六百四十条第二款"),
    )
    correct_ruling = act(
        "提出纠正意见",
        also=("纠正不当裁定", "纠正意见"),
        at="裁判审查",
        to="重新审理",
        facts=(long_text("reason", "不当的理由"),),
        does=(correction.meet(), release_correction.meet(), rehearing.start()),
        guards=(
            only_while(correction, says="收到裁定书副本后二十日已满", cite=Cite(CPL, "第二百七十四条")),
            only_while(release_correction, says="接到通知之日起一个月已满", cite=Cite(CPL, "第二百六十七条")),
        ),
        basis=(
            Cite(CPL, "第二百六十七条、第二百七十四条"),
            Cite(RULES, "第六百三十二条、第六百三十九条、第六百四十条"),
        ),
        documents=("纠正不当减刑、假释裁定意见书", "纠正不当暂予监外执行决定意见书"),
        by=("检察长",),
    )
    ask_court_itself = act(
        "建议人民法院依职权另行组成合议庭审理",
        at="裁判审查",
        to="重新审理",
        facts=(long_text("reason", "裁定确有错误的理由"),),
        does=(correction.stop(reason="逾期，建议人民法院依职权审理"),),
        guards=(
            OF_THE_COURT,
            only_after_expiry(correction, says="二十日以内应当提出纠正意见", cite=Cite(RULES, "第六百三十九条")),
        ),
        basis=Cite(COURT, "第五百四十一条"),
    )
    ruling_right = act(
        "认为裁定、决定适当",
        also=("裁定适当", "办结"),
        at="裁判审查",
        to="办结",
        does=(correction.meet(), release_correction.meet()),
        basis=(Cite(RULES, "第六百三十一条、第六百三十八条"),),
        leads_to=("enforcement/community_correction",),
    )
    recommit = act(
        "通知或者建议收监执行",
        also=("收监执行",),
        at=("裁判审查", "重新审理"),
        facts=(choice("why", "情形", ("不符合暂予监外执行条件", "严重违反监督管理规定", "情形消失而刑期未满")),),
        guards=(OF_RELEASE,),
        basis=(Cite(CPL, "第二百六十八条"), Cite(RULES, "第六百三十四条")),
        documents=("检察建议书",),
    )

"""未成年人司法保护（统一集中办理）。涉未成年人各类案件中发现的保护需求：评估、保护措施、犯罪记录封存、综合监督、回访。"""

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
    person,
    set_clock,
    text,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"
PROTECTION = "中华人民共和国未成年人保护法"

ROLES = {
    "suspect": "涉罪未成年人",
    "victim": "未成年被害人",
    "witness": "未成年证人",
    "party": "民事、行政案件当事人",
    "public": "不特定未成年人",
}
MEASURES = (
    "心理疏导",
    "司法救助",
    "监护监督、督促监护令",
    "支持起诉",
    "复学就业帮扶",
    "医疗救治",
    "法治教育",
    "转介社会服务",
)
SOURCES = ("刑事案件", "民事案件", "行政案件", "公益诉讼", "信访", "强制报告", "其他")


class JudicialProtection(Procedure):
    title, line = "未成年人司法保护", Line.JUVENILE
    case_type, code = "未成年人司法保护", "未保"
    stages = ("评估", "保护", "跟踪回访", "办结")
    ends = ("办结",)
    basis = (
        Cite(PROTECTION, "第一百零一条至第一百零六条"),
        Cite(RULES, "第四百五十七条至第四百六十八条、第四百八十一条至第四百八十七条"),
    )
    unverified = "统一集中办理的工作步骤按公开的通行做法建模，未核对原文"

    sealing = case_clock("juvenile/record_sealing")
    query = case_clock("juvenile/sealed_record_query")
    visit_due = set_clock("回访期限", "承办部门")

    receive = act(
        "受理司法保护事项",
        also=("受理", "移送", "发现"),
        opens=True,
        to="评估",
        facts=(
            people("minors", "未成年人"),
            choice("role", "身份", ROLES),
            choice("source", "来源", SOURCES),
            text("from_matter", "来源案件").optional(),
        ),
        basis=(Cite(PROTECTION, "第一百零一条、第一百零二条"), Cite(RULES, "第四百五十八条")),
        by=("未成年人检察", "案件管理"),
    )
    assign = act(
        "指定熟悉未成年人身心特点的检察人员",
        at="评估",
        facts=(text("prosecutor", "检察人员"), yes_no("woman", "女性检察人员").optional()),
        basis=Cite(RULES, "第四百五十八条、第四百六十五条第五款"),
        by=("部门负责人",),
    )
    assess = act(
        "社会调查和需求评估",
        also=("评估", "社会调查", "心理测评"),
        at="评估",
        to="保护",
        facts=(long_text("needs", "保护需求"), yes_no("urgent", "需要紧急保护").optional()),
        basis=Cite(RULES, "第四百六十一条"),
        documents=("社会调查报告", "心理测评报告"),
    )
    one_stop = act(
        "一站式询问、取证和救助",
        also=("一站式询问",),
        at=("评估", "保护"),
        facts=(yes_no("again", "不是第一次询问").optional(), long_text("why_again", "再次询问的理由").optional()),
        guards=(
            Guard(
                "询问未成年被害人、证人以一次为原则，再次询问应当写明理由",
                Cite(RULES, "第四百六十五条第六款"),
                lambda state, facts, on: (
                    (facts.get("again") is True or bool(state.counts.get("one_stop"))) and not facts.get("why_again")
                ),
                of_facts=True,
            ),
        ),
        basis=(Cite(PROTECTION, "第一百一十二条"), Cite(RULES, "第四百六十五条第六款")),
        documents=("询问笔录",),
    )
    protect = act(
        "采取保护措施",
        also=("保护措施", "救助", "帮扶"),
        at="保护",
        facts=(choice("measure", "措施", MEASURES), text("partner", "协作单位").optional()),
        basis=(Cite(PROTECTION, "第一百零四条、第一百一十一条"), Cite(RULES, "第四百五十七条")),
        leads_to=("petition/judicial_relief", "civil/support_suit"),
    )
    guardian_order = act(
        "发出督促监护令",
        at="保护",
        facts=(person("guardian", "监护人"), day("report_by", "要求报告的期限").optional()),
        does=(visit_due.start(until="report_by"),),
        basis=Cite(PROTECTION, "第一百一十八条"),
        documents=("督促监护令",),
    )
    custody_suit = act(
        "建议、支持起诉撤销监护人资格",
        at="保护",
        facts=(text("applicant", "申请人"),),
        basis=Cite(PROTECTION, "第一百零八条"),
        leads_to=("civil/support_suit",),
    )
    public_interest = act(
        "移送未成年人公益诉讼线索",
        at=("评估", "保护"),
        facts=(long_text("clue", "线索"),),
        basis=Cite(PROTECTION, "第一百零六条"),
        leads_to=("public_interest/administrative_suit", "public_interest/civil_suit"),
    )
    advise = act(
        "对社会治理问题提出检察建议",
        also=("检察建议",),
        at=("保护", "跟踪回访"),
        facts=(text("agency", "被建议单位"),),
        basis=Cite(PROTECTION, "第一百一十四条"),
        leads_to=("management/suggestion",),
    )
    final_judgment = act(
        "收到生效裁判",
        also=("收到生效判决", "不起诉生效"),
        at=("评估", "保护", "跟踪回访"),
        facts=(yes_no("to_be_sealed", "犯罪时不满十八周岁且五年有期徒刑以下刑罚或者不起诉"),),
        does=(sealing.start(when={"to_be_sealed": True}),),
        basis=Cite(RULES, "第四百八十二条、第四百八十六条"),
        by=("案件管理",),
    )
    seal = act(
        "封存犯罪记录",
        also=("封存",),
        at=("评估", "保护", "跟踪回访"),
        after="final_judgment",
        does=(sealing.meet(),),
        guards=(only_if("to_be_sealed", True, says="不符合封存条件", cite=Cite(RULES, "第四百八十二条第一款")),),
        basis=(Cite(CPL, "第二百八十六条"), Cite(RULES, "第四百八十二条、第四百八十三条")),
        documents=("犯罪记录封存决定书",),
    )
    ask_query = act(
        "收到查询封存记录的申请",
        also=("申请查询",),
        at=("评估", "保护", "跟踪回访"),
        after="seal",
        facts=(
            text("applicant", "申请单位"),
            choice("ground", "依据", ("司法机关办案需要", "有关单位根据国家规定", "其他")),
        ),
        does=(query.start(),),
        basis=Cite(RULES, "第四百八十四条第二款"),
        by=("案件管理",),
    )
    answer_query = act(
        "作出是否许可查询的决定",
        also=("决定许可查询",),
        at=("评估", "保护", "跟踪回访"),
        after="ask_query",
        facts=(yes_no("permitted", "许可"),),
        does=(query.meet(),),
        guards=(
            Guard(
                "除司法机关办案需要或者有关单位根据国家规定查询外，不得提供封存的犯罪记录",
                Cite(RULES, "第四百八十四条第一款"),
                lambda state, facts, on: facts.get("permitted") is True and state.known("ground", {}, "") == "其他",
                of_facts=True,
            ),
        ),
        basis=Cite(RULES, "第四百八十四条"),
        documents=("查询犯罪记录告知书",),
    )
    unseal = act(
        "解除封存",
        at=("保护", "跟踪回访"),
        after="seal",
        facts=(
            choice(
                "ground",
                "事由",
                ("实施新的犯罪，数罪并罚后五年有期徒刑以上刑罚", "发现漏罪，数罪并罚后五年有期徒刑以上刑罚"),
            ),
        ),
        basis=Cite(RULES, "第四百八十五条"),
        by=("检察长",),
    )
    certificate = act(
        "出具无犯罪记录证明",
        at=("保护", "跟踪回访"),
        after="seal",
        basis=Cite(RULES, "第四百八十七条"),
        documents=("无犯罪记录证明",),
    )
    follow = act(
        "转入跟踪回访",
        also=("保护措施落实",),
        at="保护",
        to="跟踪回访",
        facts=(day("visit_by", "回访期限").optional(),),
        does=(visit_due.start(until="visit_by"),),
        basis=Cite(RULES, "第四百五十七条"),
    )
    visit = act(
        "回访",
        at="跟踪回访",
        to=By("settled", {True: "办结", False: "保护"}),
        facts=(yes_no("settled", "保护需求已经解决"), long_text("found", "情况").optional()),
        does=(visit_due.meet(),),
        guards=(
            Guard(
                "应当封存的犯罪记录尚未封存",
                Cite(RULES, "第四百八十二条第一款"),
                lambda state, facts, on: bool(state.running(JudicialProtection.sealing)),
            ),
        ),
        basis=Cite(RULES, "第四百五十七条"),
        documents=("回访记录",),
    )
    no_need = act(
        "经评估没有保护需求",
        at="评估",
        to="办结",
        facts=(long_text("why", "理由"),),
        guards=(
            Guard(
                "应当封存的犯罪记录尚未封存",
                Cite(RULES, "第四百八十二条第一款"),
                lambda state, facts, on: bool(state.running(JudicialProtection.sealing)),
            ),
        ),
        basis=Cite(RULES, "第四百五十七条"),
    )

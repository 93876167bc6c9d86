"""附条件不起诉考察。自拟作附条件不起诉、听取意见，经决定、考验期监督考察，到不起诉或者撤销后起诉。"""

from __future__ import annotations

from typing import ClassVar

from jianwei.procedures import (
    Cite,
    Guard,
    Line,
    Procedure,
    Renamed,
    act,
    case_clock,
    choice,
    day,
    hold,
    long_text,
    notice_clock,
    number,
    only_after,
    only_after_expiry,
    only_if,
    only_while,
    person,
    text,
    unless,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

CHAPTERS = {"4": "侵犯公民人身权利、民主权利罪", "5": "侵犯财产罪", "6": "妨害社会管理秩序罪", "other": "其他章"}
REVOCATION = {
    "new_crime": "实施新的犯罪",
    "earlier_crime": "发现决定以前还有其他犯罪需要追诉",
    "public_order": "违反治安管理规定，造成严重后果或者多次违反",
    "supervision": "违反监督管理规定，造成严重后果或者多次违反",
}
ARTICLE_282 = Cite(CPL, "第二百八十二条第一款")
FULL = Cite(CPL, "第二百八十四条第二款")


class ConditionalNonProsecution(Procedure):
    title, line = "附条件不起诉考察", Line.JUVENILE
    case_type, code = "附条件不起诉考察", "未附考"
    version = "2"
    earlier: ClassVar = {
        "1": Renamed(note="因异议起诉、无罪辩解成立不起诉，须先听取法定代理人等意见；考验期满不再显示超期")
    }
    stages = ("听取意见", "监督考察", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第二百八十二条至第二百八十四条"), Cite(RULES, "第四百六十九条至第四百八十条"))

    probation = case_clock("juvenile/conditional_probation")
    service = notice_clock("juvenile/conditional_decision_service")

    begin = act(
        "拟作附条件不起诉",
        also=("受理", "启动"),
        opens=True,
        to="听取意见",
        facts=(
            person("person", "未成年犯罪嫌疑人"),
            choice("chapter", "涉嫌犯罪所属刑法分则", CHAPTERS),
            number("age", "犯罪时年龄（周岁）", least=12),
            yes_no("under_one_year", "可能判处一年有期徒刑以下刑罚"),
            yes_no("remorse", "有悔罪表现"),
            yes_no("has_victim", "有被害人").optional(),
            text("charge", "涉嫌罪名").optional(),
        ),
        does=(hold(False),),
        guards=(
            Guard(
                "附条件不起诉只适用于未成年人",
                ARTICLE_282,
                lambda state, facts, on: int(facts.get("age") or 0) >= 18,
                of_facts=True,
            ),
            unless("chapter", "other", says="只适用于刑法分则第四章、第五章、第六章规定的犯罪", cite=ARTICLE_282),
            only_if("under_one_year", True, says="只适用于可能判处一年有期徒刑以下刑罚的案件", cite=ARTICLE_282),
            only_if("remorse", True, says="没有悔罪表现的，不适用附条件不起诉", cite=ARTICLE_282),
        ),
        basis=(Cite(CPL, "第二百八十二条"), Cite(RULES, "第四百六十九条")),
    )
    survey = act(
        "社会调查",
        at=("听取意见", "监督考察"),
        facts=(text("by_whom", "调查人").optional(),),
        basis=Cite(RULES, "第四百六十一条"),
        documents=("社会调查报告",),
    )
    hear_police = act(
        "听取公安机关意见",
        at="听取意见",
        facts=(long_text("opinion", "意见").optional(),),
        basis=(Cite(CPL, "第二百八十二条第一款"), Cite(RULES, "第四百六十九条第二款")),
        documents=("听取意见笔录",),
    )
    hear_victim = act(
        "听取被害人意见",
        at=("听取意见", "监督考察"),
        facts=(long_text("opinion", "意见").optional(),),
        basis=(Cite(CPL, "第二百八十二条第一款"), Cite(RULES, "第四百六十九条第二款、第四百七十七条第二款")),
        documents=("听取意见笔录",),
    )
    hear_guardian = act(
        "听取未成年犯罪嫌疑人及其法定代理人、辩护人意见",
        also=("听取法定代理人意见",),
        at="听取意见",
        facts=(
            choice(
                "stand",
                "态度",
                {
                    "agree": "无异议",
                    "terms": "仅对条件、考验期有异议",
                    "object": "对附条件不起诉有异议",
                    "innocent": "提出无罪辩解",
                },
            ),
        ),
        basis=(Cite(CPL, "第二百八十二条第三款"), Cite(RULES, "第四百六十九条第二款、第四百七十条")),
        documents=("听取意见笔录",),
    )
    hearing = act(
        "不公开听证",
        also=("听证",),
        at="听取意见",
        basis=Cite("人民检察院审查案件听证工作规定", "第五条", verified=False),
        leads_to=("management/public_hearing",),
    )
    prosecute = act(
        "因异议提起公诉",
        at="听取意见",
        to="办结",
        after="hear_guardian",
        guards=(only_if("stand", "object", says="没有异议的，不因异议起诉", cite=Cite(CPL, "第二百八十二条第三款")),),
        basis=(Cite(CPL, "第二百八十二条第三款"), Cite(RULES, "第四百七十条第一款")),
        documents=("起诉书",),
        by=("检察长",),
        leads_to=("criminal/prosecution_review",),
    )
    statutory = act(
        "无罪辩解成立，作出不起诉决定",
        at="听取意见",
        to="办结",
        after="hear_guardian",
        guards=(only_if("stand", "innocent", says="没有无罪辩解", cite=Cite(RULES, "第四百七十条第一款")),),
        basis=Cite(RULES, "第四百七十条第一款、第三百六十五条"),
        documents=("不起诉决定书",),
        by=("检察长",),
    )
    decide = act(
        "作出附条件不起诉决定",
        also=("决定附条件不起诉", "附条件不起诉"),
        at="听取意见",
        to="监督考察",
        facts=(
            number("months", "考验期（月）", least=1, hint="六个月以上一年以下"),
            long_text("conditions", "附加的矫治和教育条件").optional(),
            text("document_no", "决定书文号").optional(),
        ),
        does=(probation.start(granted="months"), service.start()),
        guards=(
            only_after(
                "hear_police",
                "hear_guardian",
                says="作出决定以前，应当听取公安机关、未成年犯罪嫌疑人及其法定代理人、辩护人的意见",
                cite=Cite(RULES, "第四百六十九条第二款"),
            ),
            Guard(
                "作出决定以前，应当听取被害人的意见",
                ARTICLE_282,
                lambda state, facts, on: (
                    bool(state.known("has_victim", {}, False)) and not state.counts.get("hear_victim")
                ),
                fact="has_victim",
                unsaid="是否应当听取被害人意见",
                matters=lambda state, facts: not state.counts.get("hear_victim"),
            ),
            unless(
                "stand",
                "object",
                "innocent",
                says="对附条件不起诉有异议的，应当起诉",
                cite=Cite(CPL, "第二百八十二条第三款"),
            ),
        ),
        basis=(Cite(CPL, "第二百八十三条第二款"), Cite(RULES, "第四百七十一条、第四百七十三条")),
        documents=("附条件不起诉决定书",),
        by=("检察长",),
    )
    serve = act(
        "送达附条件不起诉决定书",
        serves=("附条件不起诉决定书",),
        also=("送达", "送达决定书"),
        at="监督考察",
        does=(service.meet(),),
        basis=Cite(RULES, "第四百七十一条第一款"),
        documents=("送达回证",),
        by=("书记员", "承办检察官"),
    )
    announce = act(
        "当面宣布决定并告知考验规定",
        also=("宣布",),
        at="监督考察",
        basis=Cite(RULES, "第四百七十一条第二款"),
        documents=("宣布笔录",),
    )
    contested = act(
        "公安机关要求复议、提请复核或者被害人申诉",
        also=("要求复议", "提请复核", "被害人申诉", "申诉"),
        at="监督考察",
        facts=(choice("by_whom", "提出人", ("公安机关", "被害人")),),
        basis=(Cite(CPL, "第二百八十二条第二款"), Cite(RULES, "第四百七十二条")),
        by=("案件管理", "控告申诉检察"),
        leads_to=("criminal/non_prosecution_review",),
    )
    visit = act(
        "监督考察",
        also=("考察", "帮教", "谈话"),
        at="监督考察",
        facts=(long_text("found", "遵守规定和矫治教育情况"), text("partners", "会同的单位、人员").optional()),
        basis=(Cite(CPL, "第二百八十三条第一款"), Cite(RULES, "第四百七十四条至第四百七十六条")),
        documents=("附条件不起诉考察记录表",),
    )
    leave = act(
        "批准离开所居住的市、县或者迁居",
        at="监督考察",
        facts=(text("where", "前往地"), day("until_on", "返回日期").optional()),
        basis=(Cite(CPL, "第二百八十三条第三款"), Cite(RULES, "第四百七十五条第三项")),
    )
    alter = act(
        "调整考验期",
        at="监督考察",
        facts=(number("months", "调整后的考验期（月）", least=1), long_text("why", "理由")),
        does=(probation.vary(granted="months"),),
        basis=(
            Cite(CPL, "第二百八十三条第二款"),
            Cite("未成年人刑事检察工作指引（试行）", "关于考验期调整的规定", verified=False),
        ),
        by=("检察长",),
    )
    violation = act(
        "记录违反规定的情形",
        at="监督考察",
        facts=(long_text("what", "情形"), yes_no("grave", "造成严重后果").optional()),
        basis=Cite(RULES, "第四百七十九条"),
    )
    revoke_decision = act(
        "撤销附条件不起诉决定，提起公诉",
        also=("撤销附条件不起诉",),
        at="监督考察",
        to="办结",
        facts=(choice("ground", "情形", REVOCATION), long_text("facts_found", "事实")),
        does=(probation.stop(reason="撤销附条件不起诉决定"),),
        guards=(only_while(probation, says="考验期已满，没有应当撤销的情形的，应当作出不起诉决定", cite=FULL),),
        basis=(Cite(CPL, "第二百八十四条第一款"), Cite(RULES, "第四百七十九条")),
        documents=("撤销附条件不起诉决定书", "起诉书"),
        by=("检察长",),
        leads_to=("criminal/prosecution_review",),
    )
    opinion = act(
        "制作考察意见书",
        also=("考察意见书",),
        at="监督考察",
        facts=(choice("view", "意见", ("不起诉", "起诉")),),
        guards=(only_after_expiry(probation, says="考验期尚未届满", cite=Cite(RULES, "第四百七十七条第一款")),),
        basis=Cite(RULES, "第四百七十七条第一款"),
        documents=("附条件不起诉考察意见书",),
    )
    not_prosecute = act(
        "考验期满作出不起诉决定",
        also=("不起诉", "考验期满不起诉"),
        at="监督考察",
        to="办结",
        after="opinion",
        facts=(
            text("document_no", "不起诉决定书文号").optional(),
            yes_no("victim_heard", "已听取被害人意见").optional(),
        ),
        does=(probation.meet(),),
        guards=(
            only_after_expiry(probation, says="考验期尚未届满", cite=FULL),
            Guard(
                "考验期满作出不起诉的决定以前，应当听取被害人意见",
                Cite(RULES, "第四百七十七条第二款"),
                lambda state, facts, on: (
                    bool(state.known("has_victim", {}, False)) and facts.get("victim_heard") is not True
                ),
                of_facts=True,
            ),
        ),
        basis=(FULL, Cite(RULES, "第四百七十七条至第四百八十条、第四百八十六条")),
        documents=("不起诉决定书", "犯罪记录封存决定书"),
        by=("检察长",),
        leads_to=("juvenile/judicial_protection",),
    )

"""虚假诉讼监督。线索审查、调查核实、融合监督、移送犯罪线索，到纠正和追责。"""

from __future__ import annotations

from jianwei.procedures import (
    Cite,
    Guard,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    long_text,
    number,
    others_clock,
    people,
    text,
    yes_no,
)
from jianwei.procedures import court_supervision as court
from jianwei.procedures.civil._supervision import CPL, EXCLUDED, RULES

SHAM = "最高人民法院、最高人民检察院关于办理虚假诉讼刑事案件适用法律若干问题的解释"

KINDS = {
    "loan": "民间借贷",
    "labour": "劳动争议",
    "traffic": "交通事故保险理赔",
    "notary": "公证债权文书",
    "payment_order": "支付令",
    "house": "以物抵债、房屋买卖",
    "bankruptcy": "破产债权",
    "other": "其他",
}
MEANS = {"suggestion": "再审检察建议", "protest": "提请抗诉或者抗诉", "violation": "审判程序、执行违法检察建议"}


class FalseLitigation(Procedure):
    title, line = "虚假诉讼监督", Line.CIVIL
    case_type, code = "虚假诉讼", "民监"
    stages = ("审查", "监督处理", "等待法院", "办结")
    ends = ("办结",)
    basis = (Cite(RULES, "第三十七条第三项"), Cite(CPL, "第一百一十五条"), Cite(SHAM, "第一条"))
    from_models = (
        "civil.sham_wage_claims",
        "civil.traffic_claims",
        "civil.notarised_debts",
        "civil.payment_orders",
        "civil.bulk_lending",
    )

    review = case_clock("civil/supervision_review")
    suggestion_reply = others_clock("civil/retrial_suggestion_review")

    accept = act(
        "依职权启动监督程序",
        also=("受理", "线索受理", "依职权受理"),
        opens=True,
        to="审查",
        facts=(
            choice("kind", "类型", KINDS),
            text("court", "人民法院"),
            text("court_no", "涉案裁判案号").optional(),
            number("cases", "涉案件数", least=1).optional(),
            people("suspects", "涉嫌人员").optional(),
        ),
        does=(review.start(),),
        basis=Cite(RULES, "第三十七条第三项"),
        by=("承办检察官", "检察长"),
    )
    read_file = act(
        "调阅诉讼卷宗",
        at="审查",
        facts=(text("court_no", "案号"),),
        does=(review.suspend("调卷"),),
        basis=(Cite(RULES, "第四十七条"), Cite(RULES, "第五十二条")),
    )
    file_read = act(
        "收到诉讼卷宗", at="审查", after="read_file", does=(review.resume(),), basis=Cite(RULES, "第五十二条")
    )
    appraise = act(
        "委托鉴定、评估、审计或者专家咨询",
        at="审查",
        facts=(choice("excluded", "事项", EXCLUDED),),
        does=(review.suspend("鉴定、评估、审计、专家咨询"),),
        basis=Cite(RULES, "第五十二条"),
    )
    appraised = act(
        "收到鉴定、评估、审计或者专家意见",
        at="审查",
        after="appraise",
        does=(review.resume(),),
        basis=Cite(RULES, "第五十二条"),
    )
    verify = court.verify((Cite(RULES, "第六十二条"), Cite(RULES, "第六十九条")), Cite(RULES, "第六十九条"))
    bank = act(
        "查询银行流水",
        at="审查",
        facts=(text("account", "账户或者户名"), text("bank", "金融机构")),
        basis=Cite(RULES, "第六十四条"),
        documents=("协助查询通知书",),
    )
    join_forces = act(
        "刑事、民事检察部门会商",
        at=("审查", "监督处理"),
        facts=(long_text("result", "会商结果"),),
        basis=Cite(RULES, "第一百二十条"),
    )
    transfer = act(
        "移送犯罪线索",
        also=("移送公安机关", "移送监察机关"),
        at=("审查", "监督处理", "等待法院"),
        facts=(
            choice("to_whom", "移送何机关", ("公安机关", "监察机关", "本院刑事检察部门")),
            people("suspects", "涉嫌人员"),
        ),
        basis=(Cite(RULES, "第一百二十条"), Cite(SHAM, "第一条")),
        documents=("移送案件（线索）通知书",),
        by=("检察长",),
        leads_to=("management/clue_transfer", "criminal/filing_supervision"),
    )
    decide = act(
        "决定监督",
        at="审查",
        to="监督处理",
        facts=(
            choice("means", "监督方式", MEANS),
            long_text("facts_found", "查明的虚假诉讼事实"),
            yes_no("committee", "已经检察委员会讨论决定").optional(),
        ),
        guards=(
            Guard(
                "再审检察建议须经本院检察委员会讨论决定",
                Cite("最高人民法院关于适用《中华人民共和国民事诉讼法》的解释", "第四百一十四条"),
                lambda state, facts, on: facts.get("means") == "suggestion" and facts.get("committee") is not True,
                of_facts=True,
            ),
        ),
        does=(review.meet(),),
        basis=(Cite(RULES, "第七十五条"), Cite(RULES, "第八十一条"), Cite(RULES, "第一百条")),
        by=("检察长", "检察委员会"),
    )
    send = act(
        "发出监督文书",
        at="监督处理",
        to="等待法院",
        facts=(text("document", "文书名称"), number("cases", "涉及案件数", least=1).optional()),
        does=(suggestion_reply.start(when={"means": "suggestion"}),),
        basis=(Cite(RULES, "第八十七条"), Cite(RULES, "第九十二条"), Cite(RULES, "第一百零二条")),
        documents=("再审检察建议书", "检察建议书"),
        leads_to=("civil/judgment_supervision", "civil/trial_supervision"),
    )
    corrected = act(
        "人民法院纠正",
        at="等待法院",
        to="办结",
        facts=(
            choice("outcome", "结果", ("再审改判驳回", "撤销原裁判", "撤销调解书", "纠正执行行为")),
            number("corrected", "纠正件数", least=0).optional(),
        ),
        does=(suggestion_reply.meet(),),
        basis=Cite(RULES, "第一百二十三条"),
    )
    not_corrected = act(
        "人民法院未予纠正",
        at="等待法院",
        to="监督处理",
        facts=(long_text("reason", "理由"),),
        does=(suggestion_reply.meet(),),
        basis=Cite(RULES, "第一百二十四条"),
    )
    warn = act(
        "批评教育或者建议处罚",
        at=("审查", "监督处理", "等待法院"),
        facts=(people("whom", "何人"), long_text("conduct", "行为")),
        basis=(Cite(RULES, "第一百一十八条"), Cite(CPL, "第一百一十五条")),
    )
    terminate = act(
        "终结审查",
        at=("审查", "监督处理"),
        to="办结",
        facts=(
            choice("why", "理由", ("不构成虚假诉讼", "证据不足", "人民法院已经纠正", "其他")),
            long_text("reason", "说明").optional(),
        ),
        does=(review.meet(),),
        basis=Cite(RULES, "第七十三条"),
        documents=("终结审查决定书",),
        by=("检察长",),
    )

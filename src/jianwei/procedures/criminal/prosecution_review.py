"""审查起诉。公安机关、监察机关移送起诉的案件，自受理到办结。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    custody_clock,
    hold,
    long_text,
    notice_clock,
    number,
    others_clock,
    people,
    person,
    text,
    unless,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

TRACKS = {"ordinary": "普通或者简易程序", "fast": "速裁程序", "fast_over": "速裁程序且可能判处超过一年有期徒刑"}
LENGTH = {"track": {None: "", "fast": "fast_track", "fast_over": "fast_track_over_one_year"}}
NON_PROSECUTION = {"statutory": "法定不起诉", "discretionary": "相对不起诉", "doubtful": "存疑不起诉"}
MEASURES = {"arrest": "逮捕", "detention": "拘留", "bail": "取保候审", "residence": "监视居住", "none": "无强制措施"}


class ProsecutionReview(Procedure):
    title, line = "审查起诉", Line.CRIMINAL
    case_type, code = "一审公诉", "刑诉"
    stages = ("审查", "退回补充侦查", "出庭", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第一百七十二条"), Cite(CPL, "第一百七十五条"), Cite(RULES, "第三百五十一条"))
    from_models = ("conduct.handling_time",)

    held = custody_clock("criminal/prosecution_review", "羁押期限（审查起诉）", each="suspects")
    held_meanwhile = custody_clock("criminal/supplementary_investigation", "羁押期限（补充侦查）", each="suspects")
    review = case_clock("criminal/prosecution_review")
    supplement = others_clock("criminal/supplementary_investigation")
    rights = notice_clock("criminal/inform_suspect_of_counsel")
    victim = notice_clock("criminal/inform_victim_of_agent")

    accept = act(
        "受理移送起诉",
        also=("受理", "移送起诉", "受理审查起诉"),
        opens=True,
        to="审查",
        facts=(
            people("suspects", "犯罪嫌疑人"),
            text("charge", "移送罪名"),
            yes_no("in_custody", "是否在押", "在押的，期限届满日遇节假日不顺延"),
            choice("track", "拟适用程序", TRACKS).optional(),
            number("returns_before", "改变管辖前已退回补充侦查次数", most=2).optional(),
            yes_no("has_victim", "有被害人").optional(),
            text("opinion_no", "起诉意见书文号").optional(),
        ),
        does=(
            hold("in_custody", each="suspects"),
            held.start(length=LENGTH),
            review.start(length=LENGTH),
            rights.start(),
            victim.start(when={"has_victim": True}),
        ),
        basis=(Cite(CPL, "第一百七十二条"), Cite(RULES, "第三百五十一条")),
        documents=("受理案件登记表",),
        by=("案件管理",),
    )
    inform_suspect = act(
        "告知犯罪嫌疑人诉讼权利",
        also=("权利告知", "告知犯罪嫌疑人"),
        at=("审查", "退回补充侦查"),
        does=(rights.meet(),),
        basis=Cite(RULES, "第四十条"),
        documents=("犯罪嫌疑人诉讼权利义务告知书",),
    )
    inform_victim = act(
        "告知被害人诉讼权利",
        also=("告知被害人",),
        at=("审查", "退回补充侦查"),
        does=(victim.meet(),),
        basis=Cite(RULES, "第五十五条"),
        documents=("被害人诉讼权利义务告知书",),
    )
    question = act(
        "讯问犯罪嫌疑人",
        at="审查",
        facts=(person("person", "被讯问人"), text("place", "地点").optional()),
        basis=Cite(CPL, "第一百七十三条"),
        documents=("讯问笔录",),
    )
    hear_counsel = act(
        "听取辩护人、被害人意见",
        at="审查",
        facts=(text("whose", "听取何人意见"), long_text("opinion", "意见").optional()),
        basis=Cite(CPL, "第一百七十三条"),
    )
    plea = act(
        "签署认罪认罚具结书",
        at="审查",
        facts=(person("person", "犯罪嫌疑人"), text("lawyer", "在场的辩护人或者值班律师")),
        basis=Cite(CPL, "第一百七十四条"),
        documents=("认罪认罚具结书",),
        leads_to=("criminal/plea_leniency",),
    )
    change_track = act(
        "变更拟适用程序",
        at="审查",
        facts=(choice("track", "拟适用程序", TRACKS),),
        does=(review.vary(LENGTH), held.vary(LENGTH)),
        basis=Cite(RULES, "第四百四十四条"),
    )
    measure = act(
        "变更强制措施",
        at=("审查", "退回补充侦查"),
        facts=(person("suspects", "犯罪嫌疑人"), choice("measure", "变更后的措施", MEASURES)),
        does=(
            hold(True, each="suspects", when={"measure": ("arrest", "detention")}),
            hold(False, each="suspects", when={"measure": ("bail", "residence", "none")}),
        ),
        basis=Cite(CPL, "第九十六条"),
        by=("承办检察官", "检察长"),
    )
    extend = act(
        "延长审查起诉期限",
        also=("延长十五日", "延长15日", "延长"),
        at="审查",
        facts=(long_text("reason", "重大、复杂的理由"),),
        does=(review.extend("complex"), held.extend("complex")),
        guards=(
            unless(
                "track",
                "fast",
                "fast_over",
                says="适用速裁程序的期限没有重大、复杂的延长",
                cite=Cite(CPL, "第一百七十二条第一款"),
            ),
        ),
        basis=Cite(CPL, "第一百七十二条第一款"),
        by=("检察长", "部门负责人"),
    )
    appraise = act(
        "委托精神病鉴定",
        also=("精神病鉴定",),
        at="审查",
        facts=(person("person", "被鉴定人"), text("institution", "鉴定机构").optional()),
        does=(review.suspend("精神病鉴定"), held.suspend("精神病鉴定")),
        basis=Cite(CPL, "第一百四十九条"),
    )
    appraised = act(
        "精神病鉴定终结",
        also=("收到精神病鉴定意见",),
        at="审查",
        after="appraise",
        does=(review.resume(), held.resume()),
        basis=Cite(CPL, "第一百四十九条"),
    )
    other_appraisal = act(
        "委托其他鉴定",
        at="审查",
        facts=(text("subject", "鉴定事项"),),
        basis=Cite(CPL, "第一百四十九条"),
    )
    send_back = act(
        "退回补充侦查",
        also=("退回补充调查", "第一次退回补充侦查", "第二次退回补充侦查", "退查"),
        at="审查",
        to="退回补充侦查",
        facts=(long_text("outline", "补充侦查提纲要点").optional(),),
        does=(
            review.stop(reason="退回补充侦查"),
            held.stop(reason="退回补充侦查"),
            supplement.start(),
            held_meanwhile.start(),
        ),
        at_most=2,
        at_most_cite=Cite(RULES, "第三百四十六条第二款、第三百五十条"),
        counted_with="returns_before",
        basis=(Cite(CPL, "第一百七十五条第三款"), Cite(RULES, "第三百四十六条")),
        documents=("补充侦查决定书", "补充侦查提纲"),
    )
    resubmit = act(
        "补充侦查完毕移送",
        also=("补查重报", "重报", "补充侦查完毕"),
        at="退回补充侦查",
        to="审查",
        does=(
            supplement.meet(),
            held_meanwhile.stop(reason="补充侦查完毕移送"),
            review.start(reason="补充侦查完毕，重新计算", length=LENGTH),
            held.start(reason="补充侦查完毕，重新计算", length=LENGTH),
        ),
        basis=Cite(CPL, "第一百七十五条第三款"),
        by=("案件管理",),
    )
    ask_why_not_back = act(
        "要求说明逾期未重新移送的理由",
        at="退回补充侦查",
        basis=Cite(RULES, "第三百四十七条"),
    )
    transfer = act(
        "改变管辖",
        also=("收到改变管辖的案件",),
        at="审查",
        facts=(text("to_office", "改变后的人民检察院"), text("reason", "理由").optional()),
        does=(
            review.start(reason="改变管辖，自改变后的人民检察院收到案件之日重新计算", length=LENGTH),
            held.start(reason="改变管辖，重新计算", length=LENGTH),
        ),
        basis=(Cite(CPL, "第一百七十二条第二款"), Cite(RULES, "第三百五十一条第二款")),
    )
    prosecute = act(
        "提起公诉",
        also=("起诉",),
        at="审查",
        to="出庭",
        facts=(text("court", "人民法院"), text("charge", "起诉罪名"), text("indictment_no", "起诉书文号").optional()),
        does=(review.meet(), held.stop(reason="提起公诉")),
        basis=Cite(CPL, "第一百七十六条"),
        documents=("起诉书", "量刑建议书"),
    )
    not_prosecute = act(
        "不起诉",
        also=("决定不起诉", "存疑不起诉", "相对不起诉", "法定不起诉"),
        at="审查",
        to="办结",
        facts=(choice("ground", "不起诉种类", NON_PROSECUTION), long_text("reason", "理由").optional()),
        does=(review.meet(), hold(False, each="suspects")),
        basis=(Cite(CPL, "第一百七十七条"), Cite(CPL, "第一百七十五条第四款")),
        documents=("不起诉决定书",),
        by=("检察长",),
        leads_to=("administrative/reverse_referral", "criminal/reverse_look"),
    )
    conditional = act(
        "附条件不起诉",
        at="审查",
        to="办结",
        facts=(person("person", "未成年犯罪嫌疑人"),),
        does=(review.meet(), hold(False, each="suspects")),
        basis=Cite(CPL, "第二百八十二条"),
        documents=("附条件不起诉决定书",),
        leads_to=("juvenile/conditional_non_prosecution",),
    )
    police_withdraw = act(
        "公安机关撤回移送",
        also=("撤回移送起诉",),
        at=("审查", "退回补充侦查"),
        to="办结",
        does=(review.stop(reason="撤回移送"), supplement.stop(reason="撤回移送"), hold(False, each="suspects")),
        basis=Cite(RULES, "第三百六十五条"),
    )
    withdraw = act(
        "撤回起诉",
        at="出庭",
        to=By("then", {"review": "审查", "end": "办结"}),
        facts=(choice("then", "撤回后", {"review": "继续审查", "end": "另案处理"}), long_text("reason", "理由")),
        basis=Cite(RULES, "第四百二十四条"),
        documents=("撤回起诉决定书",),
        by=("检察长",),
        leads_to=("criminal/reverse_look",),
    )
    judgment = act(
        "收到判决、裁定",
        also=("收到判决", "判决"),
        at="出庭",
        to="办结",
        facts=(
            choice("outcome", "裁判结果", ("有罪", "无罪", "免予刑事处罚", "终止审理")),
            text("court_no", "裁判文书案号").optional(),
        ),
        basis=Cite(CPL, "第二百零二条"),
        leads_to=("criminal/second_instance_protest", "criminal/reverse_look"),
    )

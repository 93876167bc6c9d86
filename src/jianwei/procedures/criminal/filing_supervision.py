"""刑事立案监督。应当立案而不立案、不应当立案而立案、逾期不作出是否立案的决定。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    Line,
    Procedure,
    act,
    case_clock,
    choice,
    day,
    long_text,
    only_after_expiry,
    only_if,
    text,
    unless,
)
from jianwei.procedures.criminal._filing_reason import CPL, RULES, FilingReason

reason, overdue_reason = FilingReason.reason, FilingReason.overdue_reason
compliance, urging = FilingReason.compliance, FilingReason.urging


class FilingSupervision(FilingReason, Procedure):
    title, line = "立案监督", Line.CRIMINAL
    case_type, code = "立案监督", "刑立监"
    stages = ("审查", "说明理由", "告知", "通知执行", "侦查跟踪", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第一百一十三条"), Cite(RULES, "第五百五十七条至第五百六十五条"))

    reconsideration = case_clock("criminal/filing_reconsideration")
    review_above = case_clock("criminal/filing_review_above")

    notify_to_file = act(
        "通知立案",
        also=("通知公安机关立案",),
        at="说明理由",
        to="通知执行",
        after=("explained", "correct_silence"),
        facts=(long_text("why", "理由不能成立的依据和理由"), day("received_on", "公安机关收到通知之日").optional()),
        does=(compliance.start("received_on"), reason.stop(reason="通知立案"), overdue_reason.stop(reason="通知立案")),
        guards=(
            unless(
                "kind",
                "wrongly_filed",
                says="对不应当立案而立案的，通知撤销案件",
                cite=Cite(RULES, "第五百六十一条第一款"),
            ),
        ),
        basis=(Cite(CPL, "第一百一十三条"), Cite(RULES, "第五百六十一条第一款"), Cite(RULES, "第五百六十三条")),
        documents=("通知立案书",),
        by=("检察长",),
    )
    notify_to_drop = act(
        "通知撤销案件",
        also=("通知撤案",),
        at="说明理由",
        to="通知执行",
        after=("explained", "correct_silence"),
        facts=(long_text("why", "理由不能成立的依据和理由"), day("received_on", "公安机关收到通知之日").optional()),
        does=(compliance.start("received_on"), reason.stop(reason="通知撤销案件")),
        guards=(
            only_if("kind", "wrongly_filed", says="对不立案的监督，通知立案", cite=Cite(RULES, "第五百六十一条第一款")),
        ),
        basis=(Cite(RULES, "第五百六十一条第一款"), Cite(RULES, "第五百六十三条")),
        documents=("通知撤销案件书",),
        by=("检察长",),
    )
    filed = act(
        "公安机关立案",
        answers=("通知立案书",),
        also=("收到立案决定书",),
        at="通知执行",
        to="侦查跟踪",
        facts=(text("decision_no", "立案决定书文号").optional(),),
        does=(compliance.meet(), urging.start()),
        guards=(unless("kind", "wrongly_filed", says="本件监督的是立案", cite=Cite(RULES, "第五百六十三条")),),
        basis=Cite(RULES, "第五百六十三条"),
        by=("公安机关",),
    )
    dropped = act(
        "公安机关撤销案件",
        answers=("通知撤销案件书",),
        also=("收到撤销案件决定书",),
        at="通知执行",
        to="办结",
        does=(compliance.meet(),),
        guards=(only_if("kind", "wrongly_filed", says="本件监督的是不立案", cite=Cite(RULES, "第五百六十三条")),),
        basis=Cite(RULES, "第五百六十三条"),
        by=("公安机关",),
    )
    ask_reconsideration = act(
        "公安机关要求复议",
        at="通知执行",
        does=(compliance.stop(reason="公安机关要求复议"), reconsideration.start()),
        guards=(
            only_if(
                "kind",
                "wrongly_filed",
                says="复议只对通知撤销案件提出，通知立案的应当立案",
                cite=Cite(RULES, "第五百六十五条第一款"),
            ),
        ),
        basis=Cite(RULES, "第五百六十五条第一款"),
        by=("案件管理",),
    )
    decide_reconsideration = act(
        "作出复议决定",
        at="通知执行",
        to=By("result", {"change": "办结"}),
        after="ask_reconsideration",
        facts=(choice("result", "复议结果", {"keep": "维持通知", "change": "撤销通知"}),),
        does=(reconsideration.meet(),),
        basis=Cite(RULES, "第五百六十五条第一款"),
        documents=("复议决定书",),
        by=("检察长",),
    )
    ask_review_above = act(
        "公安机关提请复核",
        at="通知执行",
        after="decide_reconsideration",
        does=(review_above.start(),),
        basis=Cite(RULES, "第五百六十五条第二款"),
        by=("上一级人民检察院",),
    )
    decide_above = act(
        "上级人民检察院作出复核决定",
        also=("复核决定",),
        at="通知执行",
        to=By("result", {"change": "办结"}),
        after="ask_review_above",
        facts=(choice("result", "复核结果", {"keep": "通知正确", "change": "通知有错误，予以纠正"}),),
        does=(review_above.meet(),),
        basis=Cite(RULES, "第五百六十五条第三款"),
        documents=("复核决定书",),
        by=("上一级人民检察院",),
    )
    rectify = act(
        "发出纠正违法通知书",
        also=("纠正违法",),
        at="通知执行",
        guards=(
            only_after_expiry(
                compliance,
                says="公安机关收到通知后超过十五日不立案，或者不要求复议也不撤销案件的，才发出纠正违法通知书",
                cite=Cite(RULES, "第五百六十四条第二款"),
            ),
        ),
        basis=Cite(RULES, "第五百六十四条第二款"),
        documents=("纠正违法通知书",),
        by=("检察长",),
    )
    report_above = act(
        "报上一级人民检察院协商同级公安机关处理",
        at="通知执行",
        after="rectify",
        basis=Cite(RULES, "第五百六十四条第二款"),
        by=("检察长",),
    )
    urge = act(
        "发出立案监督案件催办函",
        also=("催办",),
        at="侦查跟踪",
        guards=(
            only_after_expiry(
                urging, says="公安机关立案后三个月以内未侦查终结的，可以催办", cite=Cite(RULES, "第五百六十四条第三款")
            ),
        ),
        basis=Cite(RULES, "第五百六十四条第三款"),
        documents=("立案监督案件催办函",),
    )
    finished = act(
        "侦查有了结果",
        also=("侦查终结", "判决"),
        at="侦查跟踪",
        to="办结",
        facts=(choice("outcome", "结果", ("提请批准逮捕", "移送起诉", "作出有罪判决", "撤销案件", "其他")),),
        does=(urging.stop(reason="侦查有了结果"),),
        basis=Cite(RULES, "第五百六十四条第一款"),
        by=("公安机关",),
        leads_to=("criminal/arrest_review", "criminal/prosecution_review"),
    )

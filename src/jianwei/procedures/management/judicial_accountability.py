"""司法责任追究。线索、初核、调查、惩戒委员会审议、按承办、审核、决定各层级认定责任、处理、申诉复核；均由人决定。"""

from __future__ import annotations

import datetime as dt

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    State,
    act,
    choice,
    day,
    long_text,
    people,
    person,
    set_clock,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.kernel.act import Facts
from jianwei.procedures.management._guards import apart, needs
from jianwei.procedures.management._norms import ORGANIC, PROSECUTORS

COMMITTEE = Cite(PROSECUTORS, "第四十九条第一款")
HEARING, OBJECTION = Cite(PROSECUTORS, "第五十条"), Cite(PROSECUTORS, "第五十一条")


def rule(article: str) -> Cite:
    return Cite("人民检察院司法责任追究条例", article, verified=False)


BREACHES = {
    "intentional": "故意违反法律法规办理案件",
    "gross": "因重大过失导致案件错误并造成严重后果",
    "management": "怠于行使或者不当行使监督管理权",
    "other": "其他违反检察职责",
}
LEVELS = {
    "handling": "承办（检察官、检察官办案组）",
    "reviewing": "审核（部门负责人、分管副检察长）",
    "deciding": "决定（检察长、受委托的副检察长）",
    "committee": "检察委员会",
    "superior": "上级人民检察院",
    "assisting": "检察辅助人员",
}
FAULTS = {"intent": "故意违反职责", "gross": "重大过失", "ordinary": "一般过失", "none": "没有违反职责"}
SANCTIONS = {
    "none": "不追究，免予责任",
    "reminder": "提醒、批评教育、责令检查",
    "transfer": "停职、调整岗位、退出员额",
    "discipline": "处分",
    "referred": "移送纪检监察机关或者追究刑事责任",
}


def _unheard(state: State, facts: Facts, on: dt.date) -> bool:
    return facts.get("person") not in state.people.get("heard", {})


def _not_found(state: State, facts: Facts, on: dt.date) -> bool:
    return facts.get("person") not in state.people.get("found", {})


class JudicialAccountability(Procedure):
    title, line = "司法责任追究", Line.MANAGEMENT
    case_type, code = "司法责任追究", "责"
    stages = ("线索", "初核", "调查", "惩戒委员会审议", "责任认定", "申诉复核", "办结")
    ends = ("办结",)
    basis = (Cite(PROSECUTORS, "第四十七条"), COMMITTEE, Cite(ORGANIC, "第三十四条"))
    unverified = "《人民检察院司法责任追究条例》未核对原文；责任由有权的人认定，系统不作结论"

    preliminary = set_clock("初核期限", "检务督察部门")
    investigation = set_clock("调查期限", "检务督察部门")

    receive = act(
        "受理责任追究线索",
        also=("受理线索", "受理"),
        opens=True,
        to="线索",
        facts=(
            text("case", "所涉案件"),
            people("concerned", "涉及的检察人员"),
            choice("breach", "涉嫌的情形", BREACHES),
            choice(
                "source",
                "线索来源",
                ("案件质量评查", "流程监控", "检务督察", "反向审视", "国家赔偿、再审改判", "控告举报", "其他"),
            ),
            long_text("facts_alleged", "主要事实"),
        ),
        basis=(Cite(PROSECUTORS, "第四十七条"), rule("第二十一条")),
        by=("检务督察部门",),
    )
    dismiss = act(
        "线索不予核查",
        at="线索",
        to="办结",
        facts=(long_text("reason", "理由"),),
        basis=rule("第二十一条"),
        by=("检察长",),
    )
    verify = act(
        "决定初核",
        also=("初核",),
        at="线索",
        to="初核",
        facts=(people("investigators", "核查人员"), day("verify_by_on", "初核期限")),
        does=(preliminary.start(until="verify_by_on"),),
        guards=(apart("investigators", "concerned", says="核查人员不得是涉及的检察人员", cite=rule("第二十三条")),),
        basis=rule("第二十二条"),
        by=("检察长",),
    )
    verified = act(
        "提出初核意见",
        at="初核",
        to=By("next", {"investigate": "调查", "end": "办结"}),
        facts=(
            choice("next", "初核意见", {"investigate": "立案调查", "end": "了结，不追究"}),
            long_text("reason", "理由"),
            day("investigate_by_on", "调查期限").optional(),
        ),
        does=(preliminary.meet(), investigation.start(until="investigate_by_on", when={"next": "investigate"})),
        basis=rule("第二十二条"),
        by=("检察长",),
    )
    suspend = act(
        "暂时停止履行职务",
        at=("调查", "惩戒委员会审议", "责任认定"),
        facts=(person("person", "检察官"), text("decided_by", "决定机关")),
        basis=Cite(PROSECUTORS, "第四十八条"),
        by=("有管理权限的机关",),
    )
    hear = act(
        "听取陈述、申辩",
        also=("听取申辩",),
        at=("初核", "调查", "惩戒委员会审议", "责任认定"),
        facts=(person("heard", "当事检察人员"), long_text("statement", "陈述、举证、辩解")),
        basis=HEARING,
    )
    set_day = act(
        "确定或者改定调查期限",
        at="调查",
        facts=(day("investigate_by_on", "调查期限"), long_text("reason", "理由").optional()),
        does=(investigation.move("investigate_by_on"),),
        basis=rule("第二十四条"),
        by=("检察长",),
    )
    report = act(
        "提出调查报告",
        also=("调查终结",),
        at="调查",
        to=By("route", {"committee": "惩戒委员会审议", "office": "责任认定", "end": "办结"}),
        facts=(
            choice(
                "route",
                "处理途径",
                {"committee": "提请检察官惩戒委员会审议", "office": "由本院认定处理", "end": "没有违反职责，终止"},
            ),
            long_text("finding", "查明的事实"),
        ),
        does=(investigation.meet(),),
        guards=(
            Guard(
                "涉嫌故意违法办案、重大过失的，应当提请检察官惩戒委员会审查认定",
                COMMITTEE,
                lambda state, facts, on: (
                    facts.get("route") == "office" and state.facts.get("breach") in ("intentional", "gross")
                ),
                of_facts=True,
            ),
            needs("hear", says="须先听取当事检察人员的陈述、申辩", cite=HEARING),
        ),
        basis=(COMMITTEE, rule("第二十五条")),
        documents=("调查报告",),
        by=("检察长",),
    )
    recuse = act(
        "申请惩戒委员会委员回避",
        at="惩戒委员会审议",
        facts=(person("applicant", "当事检察官"), people("members", "被申请回避的委员"), yes_no("granted", "准许")),
        basis=HEARING,
    )
    deliberated = act(
        "收到惩戒委员会审查意见",
        also=("惩戒委员会审查意见",),
        at="惩戒委员会审议",
        facts=(
            person("judged", "当事检察官"),
            choice("committee_fault", "审查意见", FAULTS),
            text("document_no", "审查意见文号"),
        ),
        basis=COMMITTEE,
    )
    serve = act(
        "送达审查意见",
        at="惩戒委员会审议",
        after="deliberated",
        facts=(person("judged", "当事检察官"),),
        basis=OBJECTION,
        documents=("送达回证",),
    )
    contest = act(
        "对审查意见提出异议",
        at="惩戒委员会审议",
        after="serve",
        facts=(person("judged", "当事检察官"), long_text("reason", "异议理由")),
        basis=OBJECTION,
    )
    contested = act(
        "惩戒委员会对异议作出决定",
        at="惩戒委员会审议",
        after="contest",
        facts=(person("judged", "当事检察官"), choice("committee_fault", "决定后的意见", FAULTS)),
        basis=OBJECTION,
    )
    return_to_office = act(
        "审议终结，进入责任认定",
        at="惩戒委员会审议",
        to="责任认定",
        guards=(
            needs("deliberated", says="尚未收到惩戒委员会审查意见", cite=COMMITTEE),
            needs("serve", says="审查意见应当送达当事检察官", cite=OBJECTION),
            Guard(
                "异议尚未作出决定",
                OBJECTION,
                lambda state, facts, on: state.counts.get("contest", 0) > state.counts.get("contested", 0),
            ),
        ),
        basis=COMMITTEE,
    )
    find = act(
        "认定责任",
        at="责任认定",
        facts=(
            person("found", "检察人员"),
            choice("level", "责任层级", LEVELS),
            choice("fault", "认定", FAULTS),
            text("decided_by", "认定人、认定机构", "由有权的人认定并署名"),
            long_text("reason", "事实和理由", "写明其职权范围、所作决定和过错"),
        ),
        guards=(
            Guard(
                "认定故意违反职责、重大过失，须有惩戒委员会审查意见",
                COMMITTEE,
                lambda state, facts, on: (
                    facts.get("fault") in ("intent", "gross") and not state.counts.get("deliberated")
                ),
                of_facts=True,
            ),
        ),
        basis=(Cite(ORGANIC, "第三十四条"), rule("第四条")),
        by=("检察长", "检察委员会"),
    )
    decide = act(
        "作出处理决定",
        also=("处理",),
        at="责任认定",
        facts=(
            person("person", "检察人员"),
            choice("sanction", "处理", SANCTIONS),
            text("decided_by", "决定机关"),
            text("document_no", "决定文号").optional(),
        ),
        guards=(
            Guard("须先按层级认定该人员的责任", rule("第四条"), _not_found, of_facts=True),
            Guard("须先听取该人员的陈述、申辩", HEARING, _unheard, of_facts=True),
        ),
        basis=(COMMITTEE, rule("第二十七条")),
        documents=("处理决定书",),
        by=("检察长", "有管理权限的机关"),
        leads_to=("management/clue_transfer",),
    )
    appeal = act(
        "申请复核、提出申诉",
        also=("申诉", "申请复核"),
        at="责任认定",
        to="申诉复核",
        after="decide",
        facts=(person("appellant", "申请人"), long_text("reason", "理由")),
        basis=rule("第三十条"),
    )
    reviewed = act(
        "复核、申诉决定",
        at="申诉复核",
        to="责任认定",
        facts=(
            choice("upheld", "结果", {"keep": "维持", "change": "变更", "revoke": "撤销"}),
            people("reviewers", "复核人员"),
            long_text("reason", "理由"),
        ),
        guards=(
            apart(
                "reviewers", "investigators", "concerned", says="原核查人员、当事人员不得复核", cite=rule("第三十条")
            ),
        ),
        basis=rule("第三十条"),
        by=("检察长", "上级人民检察院"),
    )
    clear = act(
        "澄清事实、恢复名誉",
        at=("初核", "调查", "责任认定"),
        facts=(person("person", "检察人员"), long_text("measure", "方式")),
        basis=(Cite(PROSECUTORS, "第五十七条"), Cite(PROSECUTORS, "第六十六条")),
    )
    close = act(
        "办结",
        also=("归档",),
        at="责任认定",
        to="办结",
        guards=(
            needs("decide", says="须先作出处理决定", cite=COMMITTEE),
            unless(
                "upheld",
                "revoke",
                says="处理决定被撤销的，须先澄清事实、恢复名誉",
                cite=Cite(PROSECUTORS, "第六十六条"),
            ),
        ),
        facts=(text("archive_no", "廉政档案编号").optional(),),
        basis=rule("第三十二条"),
    )
    close_cleared = act(
        "纠正后办结",
        at="责任认定",
        to="办结",
        after="clear",
        basis=Cite(PROSECUTORS, "第六十六条"),
    )

"""司法责任追究。线索、初核、调查、惩戒委员会审议、按承办、审核、决定各层级认定责任、处理、申诉复核；均由人决定。"""

from __future__ import annotations

import datetime as dt

from jianwei.procedures import (
    Cite,
    Guard,
    State,
    act,
    choice,
    long_text,
    people,
    person,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.kernel.act import Facts
from jianwei.procedures.management._accountability_inquiry import COMMITTEE, HEARING, AccountabilityInquiry, rule
from jianwei.procedures.management._guards import apart, needs
from jianwei.procedures.management._norms import ORGANIC, PROSECUTORS

OBJECTION = Cite(PROSECUTORS, "第五十一条")

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


class JudicialAccountability(AccountabilityInquiry):
    case_type, code = "司法责任追究", "责"
    stages = ("线索", "初核", "调查", "惩戒委员会审议", "责任认定", "申诉复核", "办结")
    ends = ("办结",)
    basis = (Cite(PROSECUTORS, "第四十七条"), COMMITTEE, Cite(ORGANIC, "第三十四条"))
    unverified = "《人民检察院司法责任追究条例》未核对原文；责任由有权的人认定，系统不作结论"

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
        basis=(Cite(ORGANIC, "第三十四条"), rule("关于责任划分的规定")),
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
            Guard("须先按层级认定该人员的责任", rule("关于责任划分的规定"), _not_found, of_facts=True),
            Guard("须先听取该人员的陈述、申辩", HEARING, _unheard, of_facts=True),
        ),
        basis=(COMMITTEE, rule("关于处理的规定")),
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
        basis=rule("关于复核、申诉的规定"),
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
                "reviewers",
                "investigators",
                "concerned",
                says="原核查人员、当事人员不得复核",
                cite=rule("关于复核、申诉的规定"),
            ),
        ),
        basis=rule("关于复核、申诉的规定"),
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
        basis=rule("关于归档的规定"),
    )
    close_cleared = act(
        "纠正后办结",
        at="责任认定",
        to="办结",
        after="clear",
        basis=Cite(PROSECUTORS, "第六十六条"),
    )

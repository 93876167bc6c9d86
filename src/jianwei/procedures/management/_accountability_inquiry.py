"""司法责任追究的前半：受理线索、初核、调查、提出调查报告。"""

from __future__ import annotations

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    act,
    choice,
    day,
    long_text,
    people,
    person,
    set_clock,
    text,
)
from jianwei.procedures.management._guards import apart, needs
from jianwei.procedures.management._norms import PROSECUTORS

COMMITTEE, HEARING = Cite(PROSECUTORS, "第四十九条第一款"), Cite(PROSECUTORS, "第五十条")


def rule(article: str) -> Cite:
    return Cite("人民检察院司法责任追究条例", article, verified=False)


BREACHES = {
    "intentional": "故意违反法律法规办理案件",
    "gross": "因重大过失导致案件错误并造成严重后果",
    "management": "怠于行使或者不当行使监督管理权",
    "other": "其他违反检察职责",
}


class AccountabilityInquiry(Procedure):
    """From the lead to the report of the inquiry."""

    title, line = "司法责任追究", Line.MANAGEMENT

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
        basis=(Cite(PROSECUTORS, "第四十七条"), rule("关于线索受理的规定")),
        by=("检务督察部门",),
    )
    dismiss = act(
        "线索不予核查",
        at="线索",
        to="办结",
        facts=(long_text("reason", "理由"),),
        basis=rule("关于线索受理的规定"),
        by=("检察长",),
    )
    verify = act(
        "决定初核",
        also=("初核",),
        at="线索",
        to="初核",
        facts=(people("investigators", "核查人员"), day("verify_by_on", "初核期限")),
        does=(preliminary.start(until="verify_by_on"),),
        guards=(apart("investigators", "concerned", says="核查人员不得是涉及的检察人员", cite=rule("关于回避的规定")),),
        basis=rule("关于初核的规定"),
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
        basis=rule("关于初核的规定"),
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
        basis=rule("关于调查期限的规定"),
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
        basis=(COMMITTEE, rule("关于调查终结的规定")),
        documents=("调查报告",),
        by=("检察长",),
    )

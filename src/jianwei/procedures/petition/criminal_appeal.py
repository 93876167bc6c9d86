"""刑事申诉。不服检察机关终结性决定或者人民法院生效刑事裁判的申诉。"""

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
    long_text,
    notice_clock,
    number,
    text,
    yes_no,
)
from jianwei.procedures.kernel.act import Facts

APPEALS, RULES = "人民检察院办理刑事申诉案件规定", "人民检察院刑事诉讼规则"

OBJECTS = {"procuratorate": "不服人民检察院诉讼终结的刑事处理决定", "court": "不服人民法院生效刑事裁判"}


def _excepted(facts: Facts) -> bool:
    return facts.get("new_evidence") is True or facts.get("may_be_innocent") is True


class CriminalAppeal(Procedure):
    title, line = "刑事申诉", Line.PETITION
    case_type, code = "刑事申诉", "刑申"
    stages = ("审查", "复查", "提请抗诉", "已作出决定", "办结")
    ends = ("办结",)
    basis = (Cite(RULES, "第五百九十三条"), Cite(APPEALS, "第十二条", verified=False))
    unverified = "《人民检察院办理刑事申诉案件规定》（2020年）未核对原文，条文序号以原文为准"

    recheck = case_clock("petition/criminal_appeal_recheck")
    notice = notice_clock("petition/criminal_appeal_notice")

    accept = act(
        "受理刑事申诉",
        also=("受理",),
        opens=True,
        to="审查",
        facts=(
            text("appellant", "申诉人"),
            choice("object", "申诉对象", OBJECTS),
            text("decision_no", "不服的决定或者裁判文号"),
            number("rechecked", "已经人民检察院复查次数", least=0).optional(),
            yes_no("new_evidence", "有新的证据").optional(),
            yes_no("may_be_innocent", "可能宣告无罪或者有其他重大错误可能").optional(),
        ),
        guards=(
            Guard(
                "经两级人民检察院办理且省级人民检察院已经复查，没有新的证据的，不再复查",
                Cite(RULES, "第五百九十四条"),
                lambda state, facts, on: (facts.get("rechecked") or 0) >= 2 and not _excepted(facts),
                of_facts=True,
                fact="rechecked",
                unsaid="是否已经两级人民检察院办理、不再复查",
                matters=lambda state, facts: not _excepted(facts),
            ),
        ),
        basis=Cite(RULES, "第五百九十三条"),
        by=("控告申诉检察部门",),
    )
    file = act(
        "立案复查",
        also=("立案",),
        at="审查",
        to="复查",
        facts=(long_text("reason", "可能有错误的理由"),),
        does=(recheck.start(),),
        basis=Cite(APPEALS, "第二十条", verified=False),
        by=("检察长",),
    )
    not_file = act(
        "审查结案",
        also=("不立案复查",),
        at="审查",
        to="已作出决定",
        facts=(long_text("reason", "理由"),),
        does=(notice.start(),),
        basis=Cite(APPEALS, "第十九条", verified=False),
        documents=("刑事申诉审查结果通知书",),
    )
    hear = act(
        "公开听证",
        at=("审查", "复查"),
        basis=Cite(APPEALS, "第三十二条", verified=False),
        leads_to=("management/public_hearing",),
    )
    read_file = act("调阅案卷", at="复查", basis=Cite(APPEALS, "第二十五条", verified=False))
    extend = act(
        "延长复查期限",
        also=("延长",),
        at="复查",
        facts=(long_text("reason", "重大、疑难、复杂的理由"),),
        does=(recheck.extend("complex"),),
        basis=Cite(APPEALS, "第三十六条", verified=False),
        by=("检察长",),
    )
    decide = act(
        "复查终结",
        also=("复查决定",),
        at="复查",
        to=By(
            "outcome", {"keep": "已作出决定", "change": "已作出决定", "protest": "提请抗诉", "suggest": "已作出决定"}
        ),
        facts=(
            choice(
                "outcome",
                "复查决定",
                {
                    "keep": "维持原决定、裁判",
                    "change": "纠正原决定",
                    "protest": "提请抗诉",
                    "suggest": "提出再审检察建议",
                },
            ),
            long_text("reason", "理由"),
        ),
        does=(recheck.meet(), notice.start()),
        basis=(Cite(RULES, "第五百九十四条"), Cite(RULES, "第五百九十六条")),
        documents=("刑事申诉复查决定书",),
        by=("检察长", "检察委员会"),
        leads_to=("criminal/retrial_protest", "petition/state_compensation"),
    )
    notify = act(
        "通知申诉人",
        also=("复查结果通知", "答复申诉人"),
        at=("已作出决定", "提请抗诉"),
        does=(notice.meet(),),
        basis=Cite(RULES, "第五百九十六条"),
        documents=("刑事申诉复查通知书",),
    )
    protested = act(
        "上级人民检察院审查结果",
        at="提请抗诉",
        to="已作出决定",
        facts=(choice("above", "结果", ("提出抗诉", "不予抗诉")),),
        basis=Cite(RULES, "第五百九十五条"),
    )
    close = act(
        "结案归档",
        also=("办结",),
        at="已作出决定",
        to="办结",
        after="notify",
        basis=Cite(APPEALS, "第四十条", verified=False),
    )

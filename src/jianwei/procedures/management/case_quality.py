"""案件质量检查与评查。每案检查，常规、重点、专项评查；抽取、评查、反馈、申辩、复核、评定等次、整改。"""

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
    number,
    people,
    person,
    set_clock,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.kernel.act import Facts
from jianwei.procedures.management._guards import apart, needs
from jianwei.procedures.management._norms import RULES


def rule(article: str) -> Cite:
    return Cite("人民检察院案件质量评查工作规定（试行）", article, verified=False)


WAYS = {"routine": "常规抽查", "key": "重点评查", "special": "专项评查"}
SCALES = {
    "four_2017": ("excellent", "qualified", "flawed", "unqualified"),
    "four_2026": ("excellent", "qualified", "basic", "unqualified"),
}
SCALE_NAMES = {
    "four_2017": "优质、合格、瑕疵、不合格（2017年试行规定）",
    "four_2026": "优质、合格、基本合格、不合格（2026年规定）",
}
GRADES = {
    "excellent": "优质案件",
    "qualified": "合格案件",
    "basic": "基本合格案件",
    "flawed": "瑕疵案件",
    "unqualified": "不合格案件",
}


def _of_another_scale(state: State, facts: Facts, on: dt.date) -> bool:
    return facts.get("grade") not in SCALES.get(state.facts.get("scale", ""), GRADES)


ASPECTS = ("证据采信", "事实认定", "法律适用", "办案程序", "文书制作", "释法说理", "办案效果", "权责落实")
NOT_ONES_OWN = apart(
    "evaluators",
    "handlers",
    "inspector",
    says="评查员不得评查本人承办、审核的案件",
    cite=rule("关于评查员回避的规定"),
)


class CaseQuality(Procedure):
    title, line = "案件质量检查与评查", Line.MANAGEMENT
    case_type, code = "案件质量评查", "评"
    stages = ("检查", "评查", "反馈", "复核", "评定", "整改", "办结")
    ends = ("办结",)
    basis = (Cite(RULES, "第六百六十四条"), rule("关于评查范围的规定"))
    unverified = "《人民检察院案件质量评查工作规定（试行）》和2026年的检查评查规定未核对原文，按公开的通行做法建模"

    review = set_clock("评查期限", "评查员")
    defence = set_clock("申辩期限", "承办检察官", right=True)
    rectify = set_clock("整改期限", "承办部门")

    inspect = act(
        "归档前自行检查",
        also=("案件质量检查", "检查"),
        opens=True,
        to="检查",
        facts=(
            text("case", "案件"),
            people("handlers", "承办检察官、审核人"),
            person("inspector", "检查人"),
            choice("found", "检查情况", {"clean": "未发现问题", "corrected": "发现问题并已纠正", "doubt": "需要评查"}),
            long_text("note", "问题").optional(),
        ),
        basis=Cite(RULES, "第六百六十四条"),
        by=("办案部门",),
    )
    end_inspection = act(
        "检查办结",
        at="检查",
        to="办结",
        guards=(unless("found", "doubt", says="检查认为需要评查的，应当移送评查", cite=Cite(RULES, "第六百六十四条")),),
        basis=Cite(RULES, "第六百六十四条"),
        by=("办案部门",),
    )
    refer = act(
        "移送评查",
        at="检查",
        to="评查",
        facts=(
            choice("way", "评查方式", WAYS),
            choice("scale", "评定等次所依据的规定", SCALE_NAMES),
            people("evaluators", "评查员"),
            day("review_by_on", "评查完成期限"),
        ),
        does=(review.start(until="review_by_on"),),
        guards=(NOT_ONES_OWN,),
        basis=rule("关于评查方式的规定"),
        by=("案件管理",),
    )
    draw = act(
        "抽取案件评查",
        also=("立项", "抽取"),
        opens=True,
        to="评查",
        facts=(
            text("case", "被评查案件"),
            choice("way", "评查方式", WAYS),
            choice("scale", "评定等次所依据的规定", SCALE_NAMES),
            text("plan", "评查方案", "专项评查写明方案名称").optional(),
            yes_no("cross", "交叉评查"),
            number("pool_size", "抽取范围的案件数", least=1),
            text("seed", "抽取种子", "重点评查逐案进行的不填").optional(),
            people("handlers", "承办检察官、审核人"),
            people("evaluators", "评查员"),
            day("review_by_on", "评查完成期限"),
        ),
        does=(review.start(until="review_by_on"),),
        guards=(NOT_ONES_OWN,),
        basis=(rule("关于评查方式的规定"), rule("关于抽取案件的规定")),
        by=("案件管理",),
    )
    replace = act(
        "更换评查员",
        at="评查",
        facts=(people("evaluators", "新评查员"), choice("why", "理由", ("回避", "工作调整"))),
        guards=(NOT_ONES_OWN,),
        basis=rule("关于评查员回避的规定"),
        by=("案件管理",),
    )
    extend = act(
        "延长评查期限",
        at="评查",
        facts=(day("review_by_on", "新的评查完成期限"), long_text("reason", "理由")),
        does=(review.move("review_by_on"),),
        basis=rule("关于评查程序的规定"),
        by=("案件管理负责人",),
    )
    found = act(
        "登记评查发现的问题",
        also=("发现问题",),
        at="评查",
        facts=(
            choice("aspect", "方面", ASPECTS),
            long_text("problem", "问题"),
        ),
        basis=rule("关于评查内容的规定"),
        by=("评查员",),
    )
    report = act(
        "提交评查报告",
        also=("评查终结",),
        at="评查",
        to="反馈",
        facts=(choice("grade", "拟评定等次", GRADES), long_text("report", "评查意见")),
        does=(review.meet(),),
        guards=(Guard("该等次不在所依据规定的等次之内", rule("关于评定等次的规定"), _of_another_scale, of_facts=True),),
        basis=rule("关于评查报告的规定"),
        documents=("案件质量评查表", "案件质量评查报告"),
        by=("评查员",),
    )
    feed_back = act(
        "反馈评查意见",
        also=("反馈",),
        at="反馈",
        facts=(day("defend_by_on", "提出异议的期限"),),
        does=(defence.start(until="defend_by_on"),),
        basis=rule("关于反馈和异议的规定"),
        by=("案件管理",),
    )
    no_objection = act(
        "没有异议",
        at="反馈",
        to="评定",
        after="feed_back",
        does=(defence.meet(),),
        basis=rule("关于反馈和异议的规定"),
    )
    silent = act(
        "逾期未提出异议",
        at="反馈",
        to="评定",
        after="feed_back",
        guards=(
            Guard(
                "提出异议的期限尚未届满",
                rule("关于反馈和异议的规定"),
                lambda state, facts, on: not any(state.over(CaseQuality.defence, on)),
            ),
        ),
        does=(defence.stop(reason="逾期未提出异议"),),
        basis=rule("关于反馈和异议的规定"),
    )
    defend = act(
        "提出异议、申辩",
        also=("申辩", "提出异议"),
        at="反馈",
        to="复核",
        after="feed_back",
        facts=(person("who", "提出人"), long_text("defence_of", "理由")),
        does=(defence.meet(),),
        basis=rule("关于反馈和异议的规定"),
    )
    recheck = act(
        "复核异议",
        also=("复核",),
        at="复核",
        to="评定",
        facts=(
            people("recheckers", "复核人"),
            choice("upheld", "复核意见", ("异议成立", "部分成立", "不成立")),
            choice("grade", "复核后的等次", GRADES),
            long_text("reason", "理由"),
        ),
        guards=(
            apart(
                "recheckers",
                "handlers",
                "evaluators",
                says="复核人不得是承办人或者原评查员",
                cite=rule("关于评查员回避的规定"),
            ),
            Guard("该等次不在所依据规定的等次之内", rule("关于评定等次的规定"), _of_another_scale, of_facts=True),
        ),
        basis=rule("关于反馈和异议的规定"),
        documents=("复核意见",),
    )
    grade = act(
        "评定等次",
        at="评定",
        to=By(
            "grade",
            {"excellent": "办结", "qualified": "办结", "basic": "整改", "flawed": "整改", "unqualified": "整改"},
        ),
        facts=(
            choice("grade", "评定等次", GRADES),
            choice("decided_by", "由何者评定", ("案件管理部门负责人", "检察长", "检察委员会")),
            day("rectify_by_on", "整改期限").optional(),
            long_text("reason", "理由").optional(),
        ),
        does=(rectify.start(until="rectify_by_on", when={"grade": ("basic", "flawed", "unqualified")}),),
        guards=(
            Guard("该等次不在所依据规定的等次之内", rule("关于评定等次的规定"), _of_another_scale, of_facts=True),
            Guard(
                "不合格案件由检察长或者检察委员会评定",
                rule("关于审定等次的规定"),
                lambda state, facts, on: (
                    facts.get("grade") == "unqualified" and facts.get("decided_by") == "案件管理部门负责人"
                ),
                of_facts=True,
            ),
        ),
        basis=(rule("关于评定等次的规定"), rule("关于审定等次的规定")),
        by=("检察长", "检察委员会", "案件管理负责人"),
        leads_to=("management/judicial_accountability",),
    )
    move_rectify = act(
        "确定或者改定整改期限",
        at="整改",
        facts=(day("rectify_by_on", "整改期限"),),
        does=(rectify.move("rectify_by_on"),),
        basis=rule("关于整改的规定"),
        by=("案件管理",),
    )
    rectified = act(
        "报送整改情况",
        also=("整改",),
        at="整改",
        facts=(long_text("measures", "整改措施和结果"),),
        does=(rectify.meet(),),
        basis=rule("关于整改的规定"),
        by=("办案部门",),
    )
    close = act(
        "整改审核办结",
        also=("办结",),
        at="整改",
        to="办结",
        guards=(needs("rectified", says="须先报送整改情况", cite=rule("关于整改的规定")),),
        facts=(choice("accepted", "审核意见", ("整改到位", "整改基本到位")),),
        basis=rule("关于整改的规定"),
        by=("案件管理",),
    )

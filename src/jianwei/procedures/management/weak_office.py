"""相对薄弱基层院。认定、确定标准、逐项对标、帮扶、中期评估、脱薄验收、出列或者延续；只与自己的过去比，不作排名。"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from jianwei.procedures import (
    By,
    Cite,
    Guard,
    Line,
    Procedure,
    Renamed,
    State,
    act,
    choice,
    day,
    long_text,
    number,
    only_after_expiry,
    people,
    set_clock,
    text,
    yes_no,
)
from jianwei.procedures.kernel.act import Facts
from jianwei.procedures.management._guards import apart, needs, wants
from jianwei.procedures.management._norms import ORGANIC

LED = Cite(ORGANIC, "第十条第二款")
ASPECTS = ("政治建设", "业务建设", "队伍建设", "基础保障", "管理机制", "其他")
MET = {"met": "达到", "partly": "部分达到", "unmet": "没有达到"}


def _unmet_left(state: State, facts: Facts, on: dt.date) -> bool:
    return facts.get("accepted") == "leave" and facts.get("unmet", 0) > 0


class WeakOffice(Procedure):
    title, line = "相对薄弱基层院", Line.MANAGEMENT
    case_type, code = "薄弱院帮扶", "帮扶"
    version = "2"
    earlier: ClassVar = {"1": Renamed(note="巩固期届满以后才能出列办结")}
    stages = ("认定", "对标", "帮扶", "验收", "巩固", "办结")
    ends = ("办结",)
    basis = (LED,)
    unverified = "认定、出列的标准由上级人民检察院规定，按公开的通行做法建模；逐项与标准和自身往期比较，不排名"

    plan_by = set_clock("帮扶计划报送期限", "相对薄弱基层院")
    interim = set_clock("中期评估期限", "上级人民检察院")
    finish = set_clock("帮扶期限", "相对薄弱基层院")
    keep = set_clock("巩固期限", "上级人民检察院", served=True)

    identify = act(
        "认定相对薄弱基层院",
        also=("认定", "立项"),
        opens=True,
        to="认定",
        facts=(
            text("office", "基层人民检察院"),
            text("standard_source", "认定标准所依据的文件"),
            long_text("reason", "不符合标准的事项"),
            text("decided_by", "认定机关"),
            text("team", "结对帮扶单位").optional(),
            day("plan_by_on", "帮扶计划报送期限"),
        ),
        does=(plan_by.start(until="plan_by_on"),),
        basis=LED,
        by=("上级人民检察院",),
    )
    object_to = act(
        "对认定提出意见",
        at="认定",
        facts=(long_text("opinion", "意见"),),
        basis=LED,
        by=("相对薄弱基层院",),
    )
    rescind = act(
        "撤销认定",
        at="认定",
        to="办结",
        facts=(long_text("reason", "理由"),),
        does=(plan_by.stop(reason="撤销认定"),),
        basis=LED,
        by=("上级人民检察院",),
    )
    standard = act(
        "确定出列标准",
        also=("确定标准",),
        at=("认定", "对标"),
        to="对标",
        facts=(
            choice("aspect", "方面", ASPECTS),
            text("indicator", "标准"),
            text("target", "应达到的程度"),
            text("own_history", "本院往期情况").optional(),
        ),
        basis=LED,
        by=("上级人民检察院",),
    )
    compare = act(
        "逐项对标",
        also=("对标",),
        at=("对标", "帮扶"),
        facts=(
            text("indicator", "标准"),
            choice("met", "对标情况", MET),
            text("evidence", "依据"),
            text("change", "与本院往期相比").optional(),
        ),
        basis=LED,
    )
    plan = act(
        "报送帮扶计划",
        also=("帮扶计划",),
        at="对标",
        to="帮扶",
        facts=(
            long_text("measures", "措施、责任人和步骤"),
            day("interim_on", "中期评估期限"),
            day("finish_by_on", "帮扶期限"),
        ),
        does=(
            plan_by.meet(),
            interim.start(until="interim_on"),
            finish.start(until="finish_by_on"),
        ),
        ordered=(("interim_on", "finish_by_on"),),
        guards=(needs("compare", says="须先逐项对标，才能制定帮扶计划"),),
        basis=LED,
        documents=("帮扶计划",),
        by=("相对薄弱基层院",),
    )
    help = act(
        "实施帮扶",
        at="帮扶",
        facts=(
            choice("form", "方式", ("派员帮扶", "上挂下派", "业务培训", "装备经费", "领导包联", "其他")),
            long_text("note", "情况"),
        ),
        basis=LED,
    )
    assess = act(
        "中期评估",
        at="帮扶",
        facts=(
            people("assessors", "评估人员"),
            number("unmet", "尚未达到的标准数", least=0),
            long_text("advice", "意见"),
        ),
        does=(interim.meet(),),
        basis=LED,
        by=("上级人民检察院",),
    )
    adjust = act(
        "调整帮扶计划",
        at="帮扶",
        facts=(long_text("measures", "调整内容"), day("finish_by_on", "帮扶期限").optional()),
        does=(finish.move("finish_by_on"),),
        basis=LED,
    )
    apply = act(
        "申请验收",
        at="帮扶",
        to="验收",
        facts=(long_text("report", "自评报告"),),
        guards=(needs("assess", says="须先进行中期评估"),),
        does=(finish.meet(),),
        basis=LED,
        by=("相对薄弱基层院",),
    )
    accept = act(
        "脱薄验收",
        also=("验收",),
        at="验收",
        to=By("accepted", {"leave": "巩固", "continue": "帮扶"}),
        facts=(
            people("examiners", "验收人员"),
            number("unmet", "尚未达到的标准数", least=0),
            choice("accepted", "验收结论", {"leave": "出列", "continue": "延续帮扶"}),
            long_text("reason", "理由"),
            yes_no("listened", "已听取该院和人大代表、服务对象意见").optional(),
            day("finish_by_on", "延续的帮扶期限").optional(),
            day("keep_until_on", "巩固期限").optional(),
        ),
        does=(
            keep.start(until="keep_until_on", when={"accepted": "leave"}),
            finish.start(until="finish_by_on", when={"accepted": "continue"}, reason="验收未通过，延续帮扶"),
        ),
        guards=(
            apart("examiners", "assessors", says="验收人员不得是中期评估人员"),
            Guard("尚有标准没有达到，不能出列", None, _unmet_left, of_facts=True),
            wants("keep_until_on", "出列的，须写明巩固期限", accepted="leave"),
            wants("finish_by_on", "延续帮扶的，须写明帮扶期限", accepted="continue"),
        ),
        basis=LED,
        by=("上级人民检察院",),
    )
    check_again = act(
        "巩固期回访",
        also=("回访",),
        at="巩固",
        facts=(long_text("finding", "情况"),),
        basis=LED,
    )
    relapse = act(
        "重新纳入帮扶",
        at="巩固",
        to="帮扶",
        facts=(long_text("reason", "理由"), day("finish_by_on", "帮扶期限")),
        does=(
            keep.stop(reason="重新纳入帮扶"),
            finish.start(until="finish_by_on", reason="重新纳入帮扶"),
        ),
        basis=LED,
        by=("上级人民检察院",),
    )
    close = act(
        "出列办结",
        also=("办结",),
        at="巩固",
        to="办结",
        guards=(
            needs("check_again", says="巩固期内须先回访"),
            only_after_expiry(keep, says="巩固期尚未届满"),
        ),
        does=(keep.meet(),),
        basis=LED,
        by=("上级人民检察院",),
    )

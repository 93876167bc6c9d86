"""审查起诉的第一部分：受理、告知、讯问和听取意见、强制措施与鉴定。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import (
    Cite,
    Guard,
    State,
    act,
    case_clock,
    choice,
    custody_clock,
    hold,
    long_text,
    notice_clock,
    number,
    only_of_the_matter,
    others_clock,
    people,
    person,
    text,
    yes_no,
)
from jianwei.procedures.criminal._appraisal import APPRAISAL, WHILE_IT_LASTS

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"

TRACKS = {"ordinary": "普通或者简易程序", "fast": "速裁程序", "fast_over": "速裁程序且可能判处超过一年有期徒刑"}
LENGTH = {"track": {None: "", "fast": "fast_track", "fast_over": "fast_track_over_one_year"}}
WITH_VICTIM = {"has_victim": {True: "", False: ""}}
"""Whether there is a victim to be informed must be told."""
MEASURES = {"arrest": "逮捕", "detention": "拘留", "bail": "取保候审", "residence": "监视居住", "none": "无强制措施"}
TAKEN = ("arrest", "detention")
SOURCES = {"police": "公安机关移送", "commission": "监察机关移送", "own": "本院侦查部门移送"}


def _fast_track_over(state: State, facts: Any, on: dt.date) -> bool:
    fast = state.facts.get("track") == "fast" and facts.get("track") == "fast_over"
    return fast and any(state.over(ProsecutionIntake.review, on))


class ProsecutionIntake:
    """What is done with the persons of a case while it is reviewed for prosecution."""

    held = custody_clock("criminal/prosecution_review", "羁押期限（审查起诉）", each="suspects")
    review = case_clock("criminal/prosecution_review")
    held_meanwhile = custody_clock("criminal/supplementary_investigation", "羁押期限（补充侦查）", each="suspects")
    supplement = others_clock("criminal/supplementary_investigation")
    pending = custody_clock("criminal/supervision_case_detention", each="suspects")
    after_withdrawal = case_clock("criminal/withdrawn_charge_decision")
    held_withdrawn = custody_clock("criminal/withdrawn_charge_custody", each="suspects")
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
            choice("source", "移送机关", SOURCES).optional(),
            number("returns_before", "改变管辖前已退回补充侦查次数", most=2).optional(),
            yes_no("has_victim", "有被害人").optional(),
            text("opinion_no", "起诉意见书文号").optional(),
        ),
        does=(
            hold("in_custody", each="suspects"),
            held.start(length=LENGTH),
            review.start(length=LENGTH),
            rights.start(),
            victim.start(length=WITH_VICTIM, when={"has_victim": (None, True)}),
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
    state_victim = act(
        "补明有无被害人",
        at=("审查", "退回补充侦查"),
        facts=(yes_no("has_victim", "有被害人"),),
        does=(victim.vary(WITH_VICTIM), victim.stop(reason="没有被害人", when={"has_victim": False})),
        basis=Cite(RULES, "第五十五条"),
        by=("承办检察官", "案件管理"),
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
        guards=(
            Guard(
                "速裁程序的十日已经届满，不能再延长至十五日",
                Cite(RULES, "第二百七十三条第一款"),
                _fast_track_over,
                of_facts=True,
                fact="track",
            ),
        ),
        basis=Cite(RULES, "第四百四十四条"),
    )
    measure = act(
        "变更强制措施",
        at=("审查", "退回补充侦查", "出庭"),
        facts=(person("suspects", "犯罪嫌疑人"), choice("measure", "变更后的措施", MEASURES)),
        does=(
            hold(True, each="suspects", when={"measure": TAKEN}),
            hold(False, each="suspects", when={"measure": ("bail", "residence", "none")}),
            held.join(review, when={"measure": TAKEN}),
            held_meanwhile.join(supplement, when={"measure": TAKEN}),
            held_withdrawn.join(after_withdrawal, when={"measure": TAKEN}),
        ),
        guards=(only_of_the_matter("suspects"),),
        basis=(Cite(CPL, "第九十六条"), Cite(CPL, "第九十八条")),
        by=("承办检察官", "检察长"),
    )
    detain_first = act(
        "先行拘留",
        also=("执行先行拘留",),
        at="审查",
        facts=(people("suspects", "已采取留置措施的犯罪嫌疑人"),),
        does=(
            hold(True, each="suspects"),
            pending.start(),
            review.suspend("决定采取强制措施的期间"),
            held.suspend("决定采取强制措施的期间"),
        ),
        guards=(
            only_of_the_matter("suspects"),
            Guard(
                "先行拘留适用于监察机关移送起诉的已采取留置措施的案件",
                Cite(CPL, "第一百七十条第二款"),
                lambda state, facts, on: state.known("source", {}, "") != "commission",
            ),
        ),
        basis=(Cite(CPL, "第一百七十条第二款"), Cite(RULES, "第一百四十二条")),
        documents=("拘留决定书",),
        by=("公安机关",),
    )
    extend_pending = act(
        "延长先行拘留后的决定时间",
        at="审查",
        facts=(number("days", "延长日数", least=1), long_text("grounds", "特殊情况")),
        does=(pending.extend("special", granted="days"),),
        basis=(Cite(CPL, "第一百七十条第二款"), Cite(RULES, "第一百四十三条第一款")),
        by=("检察长",),
    )
    decide_measure = act(
        "先行拘留后决定强制措施",
        at="审查",
        after="detain_first",
        facts=(people("suspects", "犯罪嫌疑人"), choice("measure", "决定", MEASURES)),
        does=(
            pending.meet(),
            review.resume(),
            held.resume(),
            hold(True, each="suspects", when={"measure": "arrest"}),
            held.join(review, when={"measure": "arrest"}),
            hold(False, each="suspects", when={"measure": ("bail", "residence", "none")}),
        ),
        guards=(only_of_the_matter("suspects"),),
        basis=(Cite(CPL, "第一百七十条第二款"), Cite(RULES, "第一百四十三条")),
        documents=("逮捕决定书", "取保候审决定书", "监视居住决定书"),
        by=("检察长",),
    )
    appraise = act(
        "委托精神病鉴定",
        also=("精神病鉴定",),
        at="审查",
        facts=(person("suspects", "被鉴定人", also=("person",)), text("institution", "鉴定机构").optional()),
        does=(review.suspend(APPRAISAL), held.suspend(APPRAISAL)),
        guards=(only_of_the_matter("suspects"),),
        basis=Cite(CPL, "第一百四十九条"),
    )
    appraised = act(
        "精神病鉴定终结",
        also=("收到精神病鉴定意见",),
        at=("审查", "退回补充侦查"),
        after="appraise",
        facts=(person("suspects", "被鉴定人").optional(),),
        does=(review.resume(), held.resume()),
        guards=(only_of_the_matter("suspects"), WHILE_IT_LASTS),
        basis=Cite(CPL, "第一百四十九条"),
    )
    other_appraisal = act(
        "委托其他鉴定",
        at="审查",
        facts=(text("subject", "鉴定事项"),),
        basis=Cite(CPL, "第一百四十九条"),
    )

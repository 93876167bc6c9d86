"""认罪认罚。告知、法律帮助、听取意见（同步录音录像）、量刑建议、具结，到法院裁判；反悔随时可以。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import (
    Cite,
    Guard,
    Line,
    Procedure,
    State,
    act,
    choice,
    long_text,
    moment,
    person,
    text,
    yes_no,
)

CPL, RULES = "中华人民共和国刑事诉讼法", "人民检察院刑事诉讼规则"
RECORDING = "人民检察院办理认罪认罚案件听取意见同步录音录像规定"

WAYS = {"definite": "确定刑", "range": "幅度刑", "none": "不起诉"}
NO_SIGNATURE = {
    "disabled": "盲、聋、哑人或者尚未完全丧失辨认、控制能力的精神病人",
    "guardian": "未成年人的法定代理人、辩护人对认罪认罚有异议",
    "other": "其他不需要签署的情形",
}


def _unrecorded(state: State, facts: Any, on: dt.date) -> bool:
    return not (state.counts.get("record") or state.known("recording_waived", facts, False))


class PleaLeniency(Procedure):
    title, line = "认罪认罚", Line.CRIMINAL
    case_type, code = "认罪认罚", "认罚"
    stages = ("告知和法律帮助", "听取意见", "具结", "审判", "办结")
    ends = ("办结",)
    basis = (
        Cite(CPL, "第十五条"),
        Cite(CPL, "第一百七十三条、第一百七十四条"),
        Cite(RULES, "第二百六十七条至第二百七十八条"),
    )
    unverified = "同步录音录像按公开的通行做法建模，未核对原文"

    inform = act(
        "告知权利义务和认罪认罚的规定",
        also=("告知", "权利告知", "受理"),
        opens=True,
        to="告知和法律帮助",
        facts=(
            person("person", "犯罪嫌疑人"),
            text("charge", "涉嫌罪名").optional(),
            yes_no("has_counsel", "有辩护人").optional(),
            yes_no("juvenile", "未成年人").optional(),
        ),
        basis=(Cite(CPL, "第一百七十三条第二款"), Cite(RULES, "第二百六十九条第一款")),
        documents=("认罪认罚从宽制度告知书",),
    )
    duty_lawyer = act(
        "通知值班律师提供法律帮助",
        also=("值班律师", "通知值班律师"),
        at=("告知和法律帮助", "听取意见"),
        facts=(text("lawyer", "值班律师").optional(),),
        basis=(Cite(CPL, "第三十六条"), Cite(RULES, "第二百六十七条第二款")),
        documents=("值班律师法律帮助通知书",),
    )
    voluntary = act(
        "审查侦查阶段认罪认罚的自愿性",
        at=("告知和法律帮助", "听取意见"),
        facts=(choice("finding", "审查结论", ("自愿、真实、合法", "违背意愿，重新开展", "存在非法取证，依法排除")),),
        basis=Cite(RULES, "第二百七十一条"),
    )
    record = act(
        "同步录音录像",
        at=("告知和法律帮助", "听取意见"),
        facts=(
            text("place", "地点").optional(),
            moment("from_at", "开始时间").optional(),
            moment("until_at", "结束时间").optional(),
        ),
        ordered=(("from_at", "until_at"),),
        basis=Cite(RECORDING, "第二条", verified=False),
        by=("承办检察官", "检察技术人员"),
    )
    hear_suspect = act(
        "听取犯罪嫌疑人意见",
        at=("告知和法律帮助", "听取意见"),
        to="听取意见",
        facts=(
            long_text("opinion", "对事实、罪名、从宽建议、程序的意见"),
            yes_no("recording_waived", "不进行同步录音录像（如速裁案件按规定免除）").optional(),
        ),
        basis=(Cite(CPL, "第一百七十三条第二款"), Cite(RULES, "第二百六十九条第一款")),
        documents=("听取意见笔录",),
    )
    hear_counsel = act(
        "听取辩护人或者值班律师意见",
        at="听取意见",
        facts=(
            text("lawyer", "辩护人或者值班律师"),
            long_text("opinion", "意见"),
            yes_no("adopted", "采纳").optional(),
        ),
        basis=(Cite(CPL, "第一百七十三条第二款"), Cite(RULES, "第二百六十九条第二款")),
    )
    explain = act(
        "说明不采纳律师意见的理由",
        at=("听取意见", "具结"),
        after="hear_counsel",
        facts=(long_text("reason", "理由"),),
        basis=Cite(RULES, "第二百六十九条第三款"),
    )
    hear_victim = act(
        "听取被害人及其诉讼代理人意见",
        also=("听取被害人意见",),
        at="听取意见",
        facts=(long_text("opinion", "意见"), yes_no("reconciled", "已和解、赔偿或者谅解").optional()),
        basis=(Cite(CPL, "第一百七十三条第二款"), Cite(RULES, "第二百六十九条第一款、第二百七十六条")),
    )
    survey = act(
        "委托调查评估",
        at="听取意见",
        facts=(text("agency", "社区矫正机构"),),
        basis=Cite(RULES, "第二百七十七条"),
        documents=("委托调查评估函",),
        leads_to=("enforcement/community_correction",),
    )
    propose = act(
        "提出量刑建议",
        also=("量刑建议",),
        at="听取意见",
        facts=(
            choice("way", "建议方式", WAYS),
            text("penalty", "主刑、附加刑和执行方式"),
            long_text("why_range", "提出幅度刑的理由").optional(),
        ),
        after="hear_suspect",
        guards=(
            Guard(
                "量刑建议一般应当为确定刑；提出幅度刑的，写明属于新类型、不常见或者情节复杂的重罪等理由",
                Cite(RULES, "第二百七十五条"),
                lambda state, facts, on: facts.get("way") == "range" and not facts.get("why_range"),
                of_facts=True,
            ),
        ),
        basis=(Cite(CPL, "第一百七十六条第二款"), Cite(RULES, "第二百七十五条")),
        documents=("量刑建议书",),
    )
    sign = act(
        "签署认罪认罚具结书",
        also=("具结", "签署具结书"),
        at="听取意见",
        to="具结",
        after="propose",
        facts=(
            text("lawyer", "在场的辩护人或者值班律师"),
            choice("track", "同意适用的程序", ("普通程序", "简易程序", "速裁程序")).optional(),
        ),
        guards=(
            Guard(
                "听取量刑建议的意见、签署具结书，应当同步录音录像",
                Cite(RECORDING, "第二条", verified=False),
                _unrecorded,
            ),
            Guard(
                "未听取辩护人或者值班律师意见，不能签署具结书",
                Cite(CPL, "第一百七十三条第二款"),
                lambda state, facts, on: not state.counts.get("hear_counsel"),
            ),
        ),
        basis=(Cite(CPL, "第一百七十四条第一款"), Cite(RULES, "第二百七十二条第一款")),
        documents=("认罪认罚具结书",),
    )
    no_signature = act(
        "不需要签署具结书",
        at="听取意见",
        to="具结",
        facts=(choice("why", "情形", NO_SIGNATURE),),
        after="propose",
        basis=(Cite(CPL, "第一百七十四条第二款"), Cite(RULES, "第二百七十二条第二款")),
    )
    release = act(
        "对已逮捕的及时审查羁押必要性",
        at=("告知和法律帮助", "听取意见", "具结"),
        basis=Cite(RULES, "第二百七十条第二款"),
        leads_to=("criminal/detention_necessity",),
    )
    refuse = act(
        "不认罪认罚或者反悔",
        also=("反悔", "撤回认罪认罚"),
        at=("告知和法律帮助", "听取意见", "具结", "审判"),
        to="办结",
        facts=(
            choice("when", "反悔阶段", ("起诉前", "不起诉后", "起诉后审判中", "判决后上诉")),
            long_text("why", "理由").optional(),
        ),
        basis=(Cite(CPL, "第一百七十四条"), Cite(RULES, "第二百七十八条")),
        leads_to=("criminal/prosecution_review", "criminal/second_instance_protest"),
    )
    not_prosecuted = act(
        "不起诉",
        also=("相对不起诉",),
        at="具结",
        to="办结",
        basis=(Cite(CPL, "第一百七十七条第二款"), Cite(RULES, "第二百七十八条")),
        leads_to=("administrative/reverse_referral",),
    )
    charge_up = act(
        "提起公诉并移送具结书、量刑建议",
        also=("提起公诉",),
        at="具结",
        to="审判",
        facts=(text("court", "人民法院"),),
        basis=(Cite(CPL, "第一百七十六条第二款"), Cite(RULES, "第二百七十四条")),
        documents=("起诉书", "量刑建议书"),
    )
    adjust = act(
        "调整量刑建议",
        at="审判",
        facts=(
            choice("cause", "原因", ("人民法院认为明显不当", "被告人、辩护人提出异议", "审理中情节变化")),
            text("penalty", "调整后的建议"),
        ),
        basis=(Cite(CPL, "第二百零一条第二款"), Cite(RULES, "第四百一十八条第二款")),
        documents=("量刑建议调整书",),
    )
    judged = act(
        "收到判决",
        also=("判决",),
        at="审判",
        to="办结",
        facts=(
            choice("adopted", "量刑建议采纳情况", ("采纳", "调整后采纳", "未采纳")),
            long_text("why", "未采纳的理由").optional(),
        ),
        basis=Cite(CPL, "第二百零一条"),
        by=("案件管理", "承办检察官"),
        leads_to=("criminal/second_instance_protest",),
    )

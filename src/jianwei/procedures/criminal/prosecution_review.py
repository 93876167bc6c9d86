"""审查起诉。公安机关、监察机关移送起诉的案件，自受理到办结。"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from jianwei.procedures import (
    Cite,
    Guard,
    Line,
    Procedure,
    Renamed,
    State,
    act,
    choice,
    hold,
    long_text,
    never_after,
    only_after_expiry,
    person,
    text,
    unless,
    yes_no,
)
from jianwei.procedures.criminal._appraisal import APPRAISAL
from jianwei.procedures.criminal._prosecution_intake import CPL, LENGTH, RULES, ProsecutionIntake

NON_PROSECUTION = {"statutory": "法定不起诉", "discretionary": "相对不起诉", "doubtful": "存疑不起诉"}
review, held, pending = ProsecutionIntake.review, ProsecutionIntake.held, ProsecutionIntake.pending
supplement, held_meanwhile = ProsecutionIntake.supplement, ProsecutionIntake.held_meanwhile
after_withdrawal, held_withdrawn = ProsecutionIntake.after_withdrawal, ProsecutionIntake.held_withdrawn


def _never_sent_back(state: State, facts: Any, on: dt.date) -> bool:
    sent = state.counts.get("send_back", 0) + int(state.facts.get("returns_before") or 0)
    return facts.get("ground") == "doubtful" and not sent


def _not_approved_above(state: State, facts: Any, on: dt.date) -> bool:
    return state.known("source", {}, "") in ("commission", "own") and facts.get("approved_above") is not True


def _nothing_new(state: State, facts: Any, on: dt.date) -> bool:
    return bool(state.counts.get("withdraw")) and facts.get("new_evidence") is not True


class ProsecutionReview(ProsecutionIntake, Procedure):
    title, line = "审查起诉", Line.CRIMINAL
    case_type, code = "一审公诉", "刑诉"
    stages = ("审查", "退回补充侦查", "出庭", "办结")
    ends = ("办结",)
    basis = (Cite(CPL, "第一百七十二条"), Cite(CPL, "第一百七十五条"), Cite(RULES, "第三百五十一条"))
    from_models = ("conduct.handling_time",)
    version = "3"
    earlier: ClassVar = {
        "1": Renamed(
            note="监察机关移送和本院侦查的案件不起诉须经上级批准，未退回补充侦查的不能存疑不起诉，"
            "撤回起诉后须有新的事实、证据才能再行起诉、不能退回补充侦查，并计算撤回起诉后的羁押期限；"
            "补充侦查期限届满才要求说明理由"
        ),
        "2": Renamed(note="精神病鉴定均已终结的，不能再次终结"),
    }

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
        guards=(
            never_after(
                "withdraw",
                says="撤回起诉的案件需要重新调查或者侦查的，应当在作出不起诉决定后退回",
                cite=Cite(RULES, "第四百二十四条第二款"),
            ),
        ),
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
            review.start(reason="补充侦查完毕，重新计算", length=LENGTH, carries=APPRAISAL),
            held.start(reason="补充侦查完毕，重新计算", length=LENGTH, carries=APPRAISAL),
        ),
        basis=Cite(CPL, "第一百七十五条第三款"),
        by=("案件管理",),
    )
    ask_why_not_back = act(
        "要求说明逾期未重新移送的理由",
        at="退回补充侦查",
        guards=(only_after_expiry(supplement, says="补充侦查期限尚未届满", cite=Cite(RULES, "第三百四十七条第一款")),),
        basis=Cite(RULES, "第三百四十七条第一款"),
    )
    transfer = act(
        "改变管辖",
        moves="to_office",
        also=("收到改变管辖的案件",),
        at="审查",
        facts=(text("to_office", "改变后的人民检察院"), text("reason", "理由").optional()),
        does=(
            review.start(reason="改变管辖，自改变后的人民检察院收到案件之日重新计算", length=LENGTH, carries=APPRAISAL),
            held.start(reason="改变管辖，重新计算", length=LENGTH, carries=APPRAISAL),
        ),
        basis=(Cite(CPL, "第一百七十二条第二款"), Cite(RULES, "第三百五十一条第二款")),
        tells="案件已于{on}改变管辖，移送材料后由{to_office}办理；期限自该院收到案件之日重新计算",
    )
    prosecute = act(
        "提起公诉",
        also=("起诉",),
        at="审查",
        to="出庭",
        facts=(
            text("court", "人民法院"),
            text("charge", "起诉罪名"),
            text("indictment_no", "起诉书文号").optional(),
            yes_no("new_evidence", "撤回起诉后有新的事实或者新的证据").optional(),
        ),
        does=(
            review.meet(),
            held.stop(reason="提起公诉"),
            after_withdrawal.stop(reason="再行起诉"),
            held_withdrawn.stop(reason="再行起诉"),
        ),
        guards=(
            Guard(
                "撤回起诉的案件，没有新的事实或者新的证据，不得再行起诉",
                Cite(RULES, "第四百二十四条第三款"),
                _nothing_new,
                of_facts=True,
            ),
        ),
        basis=Cite(CPL, "第一百七十六条"),
        documents=("起诉书", "量刑建议书"),
    )
    not_prosecute = act(
        "不起诉",
        also=("决定不起诉", "存疑不起诉", "相对不起诉", "法定不起诉"),
        at="审查",
        to="办结",
        facts=(
            choice("ground", "不起诉种类", NON_PROSECUTION),
            long_text("reason", "理由").optional(),
            yes_no("approved_above", "已经上一级人民检察院批准", "监察机关移送的案件和本院侦查的案件").optional(),
        ),
        does=(review.meet(), after_withdrawal.meet(), hold(False, each="suspects")),
        guards=(
            Guard(
                "未经退回补充侦查、补充调查的，不能以证据不足不起诉",
                Cite(RULES, "第三百六十七条"),
                _never_sent_back,
                of_facts=True,
            ),
            Guard(
                "监察机关移送的案件和本院侦查的案件，拟不起诉的应当报请上一级人民检察院批准",
                Cite(RULES, "第三百七十一条"),
                _not_approved_above,
                of_facts=True,
                fact="source",
                unsaid="是否应当报请上一级人民检察院批准",
                matters=lambda state, facts: facts.get("approved_above") is not True,
            ),
        ),
        basis=(
            Cite(CPL, "第一百七十七条"),
            Cite(CPL, "第一百七十五条第四款"),
            Cite(RULES, "第三百六十五条至第三百七十一条"),
        ),
        documents=("不起诉决定书",),
        by=("检察长",),
        leads_to=("administrative/reverse_referral", "criminal/non_prosecution_review", "criminal/reverse_look"),
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
        to="审查",
        facts=(long_text("reason", "理由"),),
        does=(after_withdrawal.start(), held_withdrawn.start()),
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

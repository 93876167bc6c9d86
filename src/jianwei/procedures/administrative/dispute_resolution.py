"""行政争议实质性化解。在行政诉讼监督中引导当事人化解争议，与监督案件并行，不另计审查期限。"""

from __future__ import annotations

from jianwei.procedures import Cite, Guard, Line, Procedure, act, choice, long_text, money, text, yes_no
from jianwei.procedures.administrative._supervision import LAW, UNREAD, rule


class DisputeResolution(Procedure):
    title, line = "行政争议实质性化解", Line.ADMINISTRATIVE
    case_type, code = "行政争议实质性化解", "行化"
    stages = ("化解", "达成协议", "未能化解", "办结")
    ends = ("办结",)
    basis = (Cite(LAW, "第一条"), rule("第二条"))
    unverified = UNREAD + "；化解程序按公开的通行做法建模"

    open = act(
        "启动化解",
        also=("受理",),
        opens=True,
        to="化解",
        facts=(
            text("supervision_no", "所在监督案件"),
            text("applicant", "行政相对人"),
            text("agency", "行政机关"),
            yes_no("willing", "双方同意化解"),
        ),
        guards=(
            Guard(
                "化解应当遵循自愿原则",
                rule("第二条"),
                lambda state, facts, on: facts.get("willing") is False,
                of_facts=True,
            ),
        ),
        basis=rule("第二条"),
    )
    verify = act(
        "调查核实", at="化解", facts=(text("subject", "事项"),), basis=rule("第五十八条"), documents=("调查笔录",)
    )
    hear = act("公开听证", at="化解", basis=rule("第六十八条"), leads_to=("management/public_hearing",))
    explain = act("释法说理", at="化解", facts=(long_text("note", "要点"),), basis=rule("第二条"))
    relief = act("衔接司法救助", at="化解", basis=rule("第二条"), leads_to=("petition/judicial_relief",))
    suggest = act(
        "促请行政机关自行纠正",
        at="化解",
        facts=(long_text("demand", "建议内容"),),
        basis=rule("第一百一十九条"),
        documents=("检察建议书",),
    )
    agree = act(
        "达成和解或者协议",
        at="化解",
        to="达成协议",
        facts=(
            long_text("terms", "协议内容"),
            money("amount_fen", "涉及金额").optional(),
            yes_no("harms_public", "损害国家利益、社会公共利益或者他人合法权益"),
        ),
        guards=(
            Guard(
                "和解不得损害国家利益、社会公共利益或者他人合法权益",
                rule("第七十五条"),
                lambda state, facts, on: facts.get("harms_public") is True,
                of_facts=True,
            ),
        ),
        basis=rule("第七十五条"),
        documents=("和解协议",),
    )
    perform = act("确认履行", at="达成协议", facts=(long_text("result", "履行情况"),), basis=rule("第七十五条"))
    fail = act("未能化解", at="化解", to="未能化解", facts=(long_text("reason", "原因"),), basis=rule("第二条"))
    broken = act("协议未履行", at="达成协议", to="化解", facts=(long_text("reason", "原因"),), basis=rule("第二条"))
    close = act(
        "化解终结",
        also=("办结",),
        at=("达成协议", "未能化解"),
        to="办结",
        facts=(choice("result", "结果", ("已化解", "未化解，转入监督审查")),),
        basis=rule("第二条"),
        leads_to=("administrative/judgment_supervision",),
    )

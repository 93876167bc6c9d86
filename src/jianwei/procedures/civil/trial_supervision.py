"""民事审判程序违法监督。对审判程序中的违法情形和审判人员的违法行为提出检察建议。"""

from __future__ import annotations

from jianwei.procedures import Cite, act, choice, long_text, others_clock, text
from jianwei.procedures.civil._supervision import CPL, RULES, CivilSupervision

VIOLATIONS = (
    "裁判确有错误但不适用再审程序纠正",
    "调解违反自愿原则或者内容违法",
    "符合法定条件不立案",
    "审理案件适用审判程序错误",
    "保全、先予执行违法",
    "支付令违法",
    "诉讼中止、终结违法",
    "违反法定审理期限",
    "强制措施违法",
    "送达违法",
    "审判人员违法行为",
    "其他违反法律规定的情形",
)


class TrialSupervision(CivilSupervision):
    title = "民事审判程序违法监督"
    case_type = "民事审判程序违法监督"
    stages = ("审查", "中止审查", "已作出决定", "等待回复", "办结")
    basis = (Cite(CPL, "第二百一十九条第三款"), Cite(RULES, "第一百条"), Cite(RULES, "第一百零一条"))
    from_models = ("civil.payment_orders",)

    reply = others_clock("civil/trial_suggestion_reply")

    suggest = act(
        "提出检察建议",
        also=("检察建议",),
        at="审查",
        to="已作出决定",
        facts=(choice("violation", "违法情形", VIOLATIONS), text("document_no", "检察建议书文号").optional()),
        does=(CivilSupervision.review.meet(), CivilSupervision.service.start()),
        basis=(Cite(RULES, "第一百条"), Cite(RULES, "第一百零二条")),
        documents=("检察建议书",),
        by=("检察长",),
        leads_to=("management/suggestion",),
    )
    send = act(
        "移送检察建议书",
        at="已作出决定",
        to="等待回复",
        after="suggest",
        does=(CivilSupervision.service.meet(), reply.start()),
        basis=Cite(RULES, "第一百零二条"),
    )
    replied = act(
        "收到人民法院回复",
        also=("收到回复",),
        at="等待回复",
        to="办结",
        facts=(
            choice("outcome", "处理结果", ("采纳并纠正", "部分采纳", "不采纳")),
            long_text("note", "说明").optional(),
        ),
        does=(reply.meet(),),
        basis=Cite(RULES, "第一百二十三条"),
    )
    report_above = act(
        "提请上级人民检察院监督",
        also=("跟进监督",),
        at="等待回复",
        to="办结",
        facts=(long_text("reason", "人民法院逾期未处理或者处理结果错误的情形"),),
        does=(reply.stop(reason="提请上级监督"),),
        basis=Cite(RULES, "第一百二十四条"),
        by=("检察长",),
    )

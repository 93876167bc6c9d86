"""民事审判程序违法监督。对审判程序中的违法情形和审判人员的违法行为提出检察建议。"""

from __future__ import annotations

from jianwei.procedures import Cite, act, long_text, others_clock
from jianwei.procedures.civil import _letter
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

    suggest = _letter.suggest(VIOLATIONS, (Cite(RULES, "第一百条"), Cite(RULES, "第一百零二条")), ("检察长",))
    send = _letter.send(reply, Cite(RULES, "第一百零二条"))
    replied = _letter.replied(reply)
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

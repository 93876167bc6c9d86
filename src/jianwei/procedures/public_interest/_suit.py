"""行政、民事公益诉讼共用的部分：审查起诉期限的中止与延长，起诉以后的出庭、撤回起诉、第一审裁判。"""

from __future__ import annotations

from jianwei.procedures import ActKind, Cite, Clock, Line, Procedure, act, choice, long_text, notice_clock, number, text
from jianwei.procedures.public_interest._words import RULES

EXCLUDED = ("鉴定", "评估", "审计", "检验", "检测", "翻译")
OUTCOMES = ("支持全部诉讼请求", "支持部分诉讼请求", "调解结案", "驳回", "终结诉讼")


class PublicInterestSuit(Procedure):
    """What is done in court; each kind of suit adds the way there."""

    line = Line.PUBLIC_INTEREST
    ends = ("办结",)

    appearance = notice_clock("public_interest/appearance_notice_submission")
    withdrawal = notice_clock("public_interest/withdrawal_submission")
    judgment_record = notice_clock("public_interest/judgment_record")

    court_notice = act(
        "收到出庭通知书",
        at="出庭",
        does=(appearance.start(),),
        basis=Cite(RULES, "第四十九条"),
    )
    submit_appearance = act(
        "提交派员出庭通知书",
        at="出庭",
        after="court_notice",
        does=(appearance.meet(),),
        basis=Cite(RULES, "第四十九条"),
        documents=("派员出庭通知书",),
    )
    withdraw = act(
        "决定撤回起诉",
        also=("撤回起诉",),
        at="出庭",
        facts=(long_text("reason", "诉讼请求全部实现的情况"),),
        does=(withdrawal.start(),),
        basis=Cite(RULES, "第八十四条、第九十九条"),
        documents=("撤回起诉决定书",),
        by=("检察长",),
    )
    submit_withdrawal = act(
        "提交撤回起诉决定书",
        at="出庭",
        to="办结",
        after="withdraw",
        does=(withdrawal.meet(),),
        basis=Cite(RULES, "第八十四条、第九十九条"),
    )
    judgment = act(
        "收到第一审裁判",
        also=("收到判决",),
        at="出庭",
        facts=(choice("outcome", "结果", OUTCOMES),),
        does=(judgment_record.start(),),
        basis=Cite(RULES, "第五十八条"),
    )
    record_judgment = act(
        "裁判报上一级人民检察院备案",
        at="出庭",
        to="办结",
        after="judgment",
        does=(judgment_record.meet(),),
        basis=Cite(RULES, "第五十八条"),
    )


def appraise(review: Clock) -> ActKind:
    """Time spent on commissioned opinions does not count (第四十八条)."""
    return act(
        "委托鉴定、评估、审计、检验、检测、翻译",
        also=("委托鉴定",),
        at="审查起诉",
        facts=(choice("excluded", "事项", EXCLUDED),),
        does=(review.suspend("委托鉴定、评估、审计、检验、检测、翻译"),),
        basis=Cite(RULES, "第四十八条"),
    )


def appraised(review: Clock) -> ActKind:
    """The opinion is there; time counts again."""
    return act(
        "收到鉴定、评估、审计、检验、检测、翻译意见",
        also=("收到鉴定意见",),
        at="审查起诉",
        after="appraise",
        does=(review.resume(),),
        basis=Cite(RULES, "第四十八条"),
    )


def extend(review: Clock) -> ActKind:
    """One month more for a difficult case (第四十七条)."""
    return act(
        "延长审查起诉期限",
        also=("延长",),
        at="审查起诉",
        facts=(long_text("reason", "重大、疑难、复杂的理由"),),
        does=(review.extend("complex"),),
        basis=Cite(RULES, "第四十七条"),
        by=("检察长",),
    )


def extend_further(review: Clock) -> ActKind:
    """What the upper office grants beyond the month (第四十七条); the rules set no length."""
    return act(
        "上一级人民检察院批准再延长审查起诉期限",
        also=("再延长",),
        at="审查起诉",
        after="extend",
        facts=(number("months", "延长月数", least=1, hint="规则没有规定再延长的长度，填批准的月数"),),
        does=(review.extend("further", granted="months"),),
        basis=Cite(RULES, "第四十七条"),
        by=("上一级人民检察院",),
    )


def move(review: Clock, rule: Cite) -> ActKind:
    """Another office sues; its time begins when it receives the case (第四十七条)."""
    return act(
        "收到移送起诉的案件",
        moves="to_office",
        also=("移送其他人民检察院起诉",),
        at="审查起诉",
        facts=(text("to_office", "受移送的人民检察院"),),
        does=(review.start(reason="移送其他人民检察院起诉，自收到案件之日计算"),),
        basis=(Cite(RULES, "第四十七条"), rule),
    )

"""审判阶段的期限：延期审理、判决、生效、上诉、抗诉、撤回起诉。"""

from __future__ import annotations

import datetime as dt

from jianwei.cards.law import GZ, RECORDING, XJ, XS, last_day
from jianwei.cards.numbers import number
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite

_ADJOURNMENT = "criminal/trial_adjournment"
_COURT = "criminal/first_instance"
_APPEAL = "criminal/appeal_judgment"
_PROTEST = "criminal/protest_judgment"
_WITHDRAWN = "criminal/withdrawn_charge_decision"

_SUSPENDED = Lawful("suspended", "中止审理，期间不计入审理期限", Cite(XS, "第二百零六条"))
_WITHDREW = Lawful(
    "withdrew", "已撤回起诉", Cite(GZ, "第四百二十四条"), "填有撤回起诉日期", reads=("withdrawn_on",), holds=lambda c, _: bool(c.withdrawn_on)
)  # fmt: skip
_JUDGED = Lawful(
    "judged", "案件已经宣判，恢复审理日期漏填", RECORDING, "填有一审判决日期时仍为漏填，需人判断", reads=("judged_on",),
    holds=lambda c, _: None if c.judged_on else False,
)  # fmt: skip


@rule(
    "T31",
    "一次建议延期审理超过一个月未建议恢复",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第二百零五条"), Cite(GZ, "第四百二十一条第二款")),
    needs=("adjourned_1_on", "resumed_1_on"),
    limits=(_ADJOURNMENT,),
    says="{adjourned_1_on}，至迟应在{due}提请恢复审理，而{resumed_1_on}",
    exceptions=(_WITHDREW, _JUDGED),
)
def first_adjournment_open(card: ProsecutionCard, look: Look) -> Facts | None:
    return _over(_ADJOURNMENT, card.adjourned_1_on, card.resumed_1_on, look.as_of)


@rule(
    "T32",
    "二次建议延期审理超过一个月未建议恢复",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第二百零五条"), Cite(GZ, "第四百二十一条第二款")),
    needs=("adjourned_2_on", "resumed_2_on"),
    limits=(_ADJOURNMENT,),
    says="{adjourned_2_on}，至迟应在{due}提请恢复审理，而{resumed_2_on}",
    exceptions=(_WITHDREW, _JUDGED),
)
def second_adjournment_open(card: ProsecutionCard, look: Look) -> Facts | None:
    return _over(_ADJOURNMENT, card.adjourned_2_on, card.resumed_2_on, look.as_of)


def _over(key: str, start: dt.date | None, end: dt.date | None, as_of: dt.date, **how: tuple[str, ...]) -> Facts | None:
    if start is None or end is not None:
        return None
    due = last_day(key, start, **how)  # type: ignore[arg-type]
    return {"due": due} if due and as_of > due.on else None


@rule(
    "T33",
    "法院决定延期审理超过三个月未恢复",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.LOW,
    basis=(Cite(XS, "第二百零四条"), Cite(XS, "第二百零八条第一款")),
    needs=("court_adjourned_on", "court_resumed_on"),
    limits=(_COURT,),
    says="{court_adjourned_on}，至{due}已满三个月，而{court_resumed_on}",
    exceptions=(
        _JUDGED,
        _SUSPENDED,
        Lawful("approved", "经上一级人民法院或者最高人民法院批准延长审理期限", Cite(XS, "第二百零八条第一款")),
    ),
)
def court_adjournment_open(card: ProsecutionCard, look: Look) -> Facts | None:
    return _over(_COURT, card.court_adjourned_on, card.court_resumed_on, look.as_of, extended=("third_month",))


@rule(
    "T34",
    "起诉后超过一年无判决",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第二百零八条"),),
    needs=("result", "indicted_on", "judged_on"),
    says="{indicted_on}，至{today}已{days}日，而{judged_on}",
    exceptions=(
        _WITHDREW,
        _SUSPENDED,
        Lawful("approved", "报请最高人民法院批准延长审理期限", Cite(XS, "第二百零八条第一款")),
    ),
)
def no_judgment_over_a_year(card: ProsecutionCard, look: Look) -> Facts | None:
    if (
        not card.indicted
        or card.indicted_on is None
        or card.judged_on
        or (look.as_of - card.indicted_on).days <= number("forgotten_days", look.as_of)
    ):
        return None
    return {"today": look.as_of, "days": (look.as_of - card.indicted_on).days}


def _peer_appealed(card: ProsecutionCard, look: Look) -> bool:
    return any(peer is not card and (peer.appealed_on or peer.protested_on) for peer in look.peers)


@rule(
    "T35",
    "收到判决后上诉、抗诉期满，未填生效、上诉或者抗诉日期",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第二百三十条"), Cite(GZ, "第五百八十六条")),
    needs=("judgment_received_on", "effective_on", "appealed_on", "protested_on"),
    peers=True,
    limits=(_APPEAL,),
    says="{judgment_received_on}，上诉、抗诉期限于{due}届满，而{effective_on}，{appealed_on}，{protested_on}",
    exceptions=(
        Lawful("peer", "同案被告人上诉或者被抗诉，全案判决未生效", Cite(XS, "第二百三十三条第二款"), "同案他人填有上诉或者抗诉日期", holds=_peer_appealed),
        Lawful("approval", "在法定刑以下判处刑罚或者判处死刑，须经复核、核准", Cite(XJ, "第四百一十四条"), "需人判断"),
        Lawful("served_later", "被告人收到判决书较晚", Cite(XS, "第二百三十条")),
    ),
)  # fmt: skip
def effect_not_entered(card: ProsecutionCard, look: Look) -> Facts | None:
    if card.judgment_received_on is None or card.effective_on or card.appealed_on or card.protested_on:
        return None
    due = last_day(_APPEAL, card.judgment_received_on)
    return {"due": due} if due and look.as_of > due.on else None


@rule(
    "T36",
    "抗诉超过法定期限",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百三十条"), Cite(GZ, "第五百八十六条")),
    needs=("judgment_received_on", "protested_on"),
    limits=(_PROTEST,),
    says="{judgment_received_on}，抗诉期限于{due}届满，而{protested_on}",
    exceptions=(
        Lawful("barred", "因不能抗拒的原因或者其他正当理由耽误期限，经人民法院准许", Cite(XS, "第一百零六条")),
    ),
)
def protest_late(card: ProsecutionCard, look: Look) -> Facts | None:
    if not (card.judgment_received_on and card.protested_on):
        return None
    due = last_day(_PROTEST, card.judgment_received_on)
    return {"due": due} if due and card.protested_on > due.on else None


@rule(
    "T37",
    "生效日期早于上诉、抗诉期满",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百三十条"), Cite(XS, "第二百五十九条第二款第一项")),
    needs=("judgment_received_on", "effective_on"),
    limits=(_APPEAL,),
    says="{judgment_received_on}，上诉、抗诉期限于{due}届满，而{effective_on}",
    exceptions=(Lawful("copy", "“收到日期”填的是补送文书之日，当庭已送达", Cite(XS, "第二百零二条第二款")),),
)
def effective_too_early(card: ProsecutionCard, look: Look) -> Facts | None:
    if not (card.judgment_received_on and card.effective_on):
        return None
    due = last_day(_APPEAL, card.judgment_received_on, custody=True)
    return {"due": due} if due and card.effective_on < due.on else None


def _withdrew_appeal(card: ProsecutionCard, look: Look) -> bool | None:
    return True if card.appeal_withdrawn_on else None


@rule(
    "L21",
    "一审判决已上诉却又填一审判决生效",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第二百五十九条第二款"),),
    needs=("appealed_on", "effective_on"),
    says="{appealed_on}，而{effective_on}",
    exceptions=(
        Lawful("withdrew", "上诉人撤回上诉，一审判决生效", Cite(XJ, "第三百八十六条"), "填有撤回上诉日期", reads=("appeal_withdrawn_on",), holds=_withdrew_appeal),
        Lawful("upheld", "二审裁定维持原判，生效日期填的是二审裁判生效之日", Cite(XS, "第二百四十四条")),
    ),
)  # fmt: skip
def effective_though_appealed(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.appealed_on and card.effective_on else None


@rule(
    "T38",
    "撤回起诉后三十日内无处理结果",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=(Cite(GZ, "第四百二十四条第二款"),),
    needs=("withdrawn_on", "withdrawn_done_on"),
    limits=(_WITHDRAWN,),
    says="{withdrawn_on}，至迟应在{due}作出不起诉决定，而{withdrawn_done_on}",
)
def withdrawn_without_decision(card: ProsecutionCard, look: Look) -> Facts | None:
    if card.withdrawn_on is None:
        return None
    due = last_day(_WITHDRAWN, card.withdrawn_on)
    done = card.withdrawn_done_on or look.as_of
    return {"due": due} if due and done > due.on else None

"""审查逮捕的处理结果：全案与个人、不捕情形、应当逮捕情形、危险驾驶。"""

from __future__ import annotations

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.law import GZ, RECORDING, SEPARATE, XF, XS
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite


@rule(
    "L01",
    "全案审结结果与个人审结结果矛盾",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("case_result", "result"),
    peers=True,
    says="{case_result}，而{result}{among}",
    exceptions=(Lawful("elsewhere", "同案人另案处理，本表只列出部分人", SEPARATE),),
)
def results_disagree(card: ArrestCard, look: Look) -> Facts | None:
    if not (card.case_result and card.result):
        return None
    if len(look.peers) == 1:
        return {"among": "，本案仅一人"} if card.case_result != card.result else None
    refused = card.case_result.startswith("不") and "逮捕" in card.case_result
    return {"among": f"，本案共{len(look.peers)}人"} if refused and card.approved else None


@rule(
    "L02",
    "一案一人，全案审结日期与个人审结日期不同",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("case_closed_on", "closed_on"),
    peers=True,
    says="{case_closed_on}，而{closed_on}，本案仅一人",
)
def closing_days_disagree(card: ArrestCard, look: Look) -> Facts | None:
    if len(look.peers) > 1 or not (card.case_closed_on and card.closed_on):
        return None
    return {} if card.case_closed_on != card.closed_on else None


@rule(
    "L03",
    "批准逮捕却填有不捕情形",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第八十一条"), Cite(GZ, "第二百八十四条")),
    needs=("result", "no_arrest_kind"),
    says="{result}，又填有{no_arrest_kind}",
)
def approved_with_refusal_kind(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.approved and card.no_arrest_kind not in (None, "无") else None


@rule(
    "L04",
    "不批准逮捕却填有应当逮捕情形",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第八十一条"), Cite(GZ, "第二百八十五条")),
    needs=("result", "ground"),
    says="{result}，又填有{ground}",
)
def refused_with_ground(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.refused and card.ground not in (None, "无") else None


@rule(
    "L05",
    "不捕情形填为“其他”",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.LOW,
    basis=(Cite(GZ, "第一百三十九条"), Cite(GZ, "第一百四十条")),
    needs=("no_arrest_kind",),
    says="{no_arrest_kind}；不捕应落在无罪、证据不足、无社会危险性等法定情形之一",
    exceptions=(Lawful("special", "刑事诉讼法第十六条等不追究刑事责任的情形", Cite(GZ, "第一百三十九条第二项")),),
)
def other_refusal(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.no_arrest_kind and "其他" in card.no_arrest_kind else None


def _breach(card: ArrestCard, look: Look) -> bool | None:
    if card.ground and any(word in card.ground for word in ("违反取保", "违反监视", "转捕")):
        return True
    released = card.measure and any(word in card.measure for word in ("取保", "监视居住"))
    return None if released or card.measure is None else False


@rule(
    "L06",
    "仅涉危险驾驶而批准逮捕",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第八十一条第一款"), Cite(XF, "第一百三十三条之一")),
    needs=("charge", "result"),
    helps=("charge_more", "measure"),
    says="{charge}，该罪最高刑为拘役，不符合可能判处徒刑以上刑罚的逮捕条件，而{result}",
    exceptions=(
        Lawful(
            "breach", "被取保候审、监视居住后违反规定，情节严重的，可以逮捕", Cite(GZ, "第一百三十七条第二款"),
            "应当逮捕情形写明违反取保候审、监视居住规定", reads=("ground",), holds=_breach,
        ),
    ),
)  # fmt: skip
def dangerous_driving_arrested(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.approved and card.charges == {"危险驾驶罪"} else None


def _punished(card: ArrestCard) -> bool:
    return "刑" in (card.prior or "")


@rule(
    "L07",
    "应当逮捕情形为曾经故意犯罪，前科却无刑事处罚",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第八十一条第三款"), Cite(GZ, "第一百三十六条第二款")),
    needs=("result", "ground", "prior"),
    says="{ground}，而{prior}",
    exceptions=(Lawful("unpunished", "曾经故意犯罪而被免予刑事处罚或者相对不起诉", Cite(GZ, "第一百三十六条第二款")),),
)
def ground_without_prior(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.approved and "曾经故意犯罪" in (card.ground or "") and not _punished(card) else None


@rule(
    "L08",
    "拘留日期晚于受理日期",
    on=ArrestCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第九十一条第一款"),),
    needs=("detained_on", "accepted_on"),
    says="{detained_on}，晚于提请逮捕的{accepted_on}",
    exceptions=(Lawful("later", "提请逮捕后才到案并被拘留", Cite(XS, "第八十二条")),),
)
def detained_after_accepted(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.detained_on and card.accepted_on and card.detained_on > card.accepted_on else None


@rule(
    "B01",
    "前科为刑事处罚的批捕案件，应当逮捕情形未填",
    on=ArrestCard,
    group=Group.MISSING,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第八十一条第三款"), Cite(GZ, "第一百三十六条第二款")),
    needs=("result", "prior", "ground"),
    says="{prior}，{result}，而{ground}",
    exceptions=(
        Lawful("negligent", "前科为过失犯罪", Cite(XS, "第八十一条第三款"), "前科写明过失", holds=lambda c, _: True if "过失" in c.prior else None),
        Lawful("danger", "按一般社会危险性批准逮捕，不属应当径行逮捕", Cite(XS, "第八十一条第一款")),
    ),
)  # fmt: skip
def prior_without_ground(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.approved and _punished(card) and card.ground in (None, "无") else None


@rule(
    "B02",
    "不批准逮捕未填不捕情形",
    on=ArrestCard,
    group=Group.MISSING,
    severity=Severity.HIGH,
    basis=(Cite(GZ, "第二百八十五条第一款"),),
    needs=("result", "no_arrest_kind"),
    says="{result}，而{no_arrest_kind}",
)
def refusal_without_kind(card: ArrestCard, look: Look) -> Facts | None:
    return {} if card.refused and card.no_arrest_kind in (None, "无") else None


@rule(
    "B03",
    "审结处理结果与审结日期只填了一项",
    on=ArrestCard,
    group=Group.MISSING,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("result", "closed_on"),
    says="{result}，{closed_on}",
)
def arrest_result_or_day_missing(card: ArrestCard, look: Look) -> Facts | None:
    return {} if (card.result is None) != (card.closed_on is None) else None

"""罪名：全案与个人、移送与审结、审结与判决、罪名与情形。"""

from __future__ import annotations

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.law import GZ, RECORDING, SEPARATE, XS
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite
from jianwei.law import charges as law

_SENT = ("case_charge", "case_charge_more", "sent_charge", "sent_charge_more")
_ELSEWHERE = Lawful("elsewhere", "同案人另案处理，不在本表", SEPARATE)


def _selective(before: frozenset[str], after: frozenset[str]) -> bool | None:
    """None, a person's to judge, where both sides are the same charges of the law but for what was chosen of them."""
    known = [{found for name in side if (found := law.find(name))} for side in (before, after)]
    return None if known[0] and known[0] == known[1] else False


_DETERMINED = Cite("最高人民法院关于执行《中华人民共和国刑法》确定罪名的规定", "相应条文", verified=False)


def _names(charges: frozenset[str]) -> str:
    return "、".join(sorted(charges))


def _beyond(card: ArrestCard | ProsecutionCard) -> Facts | None:
    beyond = card.sent_charges - card.case_charges
    return {"beyond": _names(beyond)} if card.case_charges and beyond else None


def _uncovered(look: Look) -> Facts | None:
    held = frozenset(charge for peer in look.peers for charge in peer.sent_charges)
    uncovered = look.peers[0].case_charges - held
    return {"uncovered": _names(uncovered)} if held and uncovered else None


@rule(
    "C01",
    "审查逮捕个人罪名超出全案移送罪名",
    on=ArrestCard,
    group=Group.CHARGE,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("case_charge", "sent_charge"),
    helps=_SENT,
    says="{sent_charge}，{sent_charge_more}，而{case_charge}，{case_charge_more}；全案没有{beyond}",
)
def arrest_charge_beyond_case(card: ArrestCard, look: Look) -> Facts | None:
    return _beyond(card)


@rule(
    "C02",
    "审查逮捕各人罪名之和未覆盖全案移送罪名",
    on=ArrestCard,
    group=Group.CHARGE,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("case_charge", "sent_charge"),
    helps=_SENT,
    once_a_case=True,
    says="{case_charge}，{case_charge_more}，本案没有人涉嫌{uncovered}",
    exceptions=(_ELSEWHERE,),
)
def arrest_charges_uncovered(card: ArrestCard, look: Look) -> Facts | None:
    return _uncovered(look)


@rule(
    "C03",
    "审查起诉个人罪名超出全案移送罪名",
    on=ProsecutionCard,
    group=Group.CHARGE,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("case_charge", "sent_charge"),
    helps=_SENT,
    says="{sent_charge}，{sent_charge_more}，而{case_charge}，{case_charge_more}；全案没有{beyond}",
)
def prosecution_charge_beyond_case(card: ProsecutionCard, look: Look) -> Facts | None:
    return _beyond(card)


@rule(
    "C04",
    "审查起诉各人罪名之和未覆盖全案移送罪名",
    on=ProsecutionCard,
    group=Group.CHARGE,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("case_charge", "sent_charge"),
    helps=_SENT,
    once_a_case=True,
    says="{case_charge}，{case_charge_more}，本案没有人涉嫌{uncovered}",
    exceptions=(_ELSEWHERE,),
)
def prosecution_charges_uncovered(card: ProsecutionCard, look: Look) -> Facts | None:
    return _uncovered(look)


@rule(
    "C05",
    "审结罪名与移送罪名不同，未填改变定性",
    on=ProsecutionCard,
    group=Group.CHARGE,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第一百七十一条第一项"), RECORDING),
    needs=("sent_charge", "charge", "closed_on", "change"),
    helps=("sent_charge_more", "charge_more"),
    says="{sent_charge}，{sent_charge_more}，而{charge}，{charge_more}，{change}",
    exceptions=(
        Lawful("dropped", "部分罪名不起诉、数罪减为一罪而未改变定性", Cite(GZ, "第三百六十五条"), "审结罪名全部在移送罪名之内时需人判断",
               holds=lambda c, _: None if c.charges < c.sent_charges else False),
        Lawful("selective", "同一选择性罪名，只增减行为或者对象", _DETERMINED, "两处罪名属同一选择性罪名时需人判断",
               holds=lambda c, _: _selective(c.sent_charges, c.charges)),
    ),
)  # fmt: skip
def change_of_charge_not_entered(card: ProsecutionCard, look: Look) -> Facts | None:
    if card.closed_on is None or not card.charges or not card.sent_charges or card.charges == card.sent_charges:
        return None
    return None if "改变定性" in (card.change or "") else {}


@rule(
    "C06",
    "审结罪名与移送罪名相同，却填改变定性",
    on=ProsecutionCard,
    group=Group.CHARGE,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第一百七十一条第一项"), RECORDING),
    needs=("sent_charge", "charge", "change"),
    helps=("sent_charge_more", "charge_more"),
    says="{sent_charge}，{charge}，而{change}",
    exceptions=(Lawful("fact", "部分事实的定性改变，罪名总数未变", RECORDING, "两处都不止一个罪名时需人判断",
                       holds=lambda c, _: None if len(c.charges) > 1 else False),),
)  # fmt: skip
def change_of_charge_without_change(card: ProsecutionCard, look: Look) -> Facts | None:
    same = card.charges and card.charges == card.sent_charges
    return {} if same and "改变定性" in (card.change or "") else None


@rule(
    "C07",
    "判决罪名与起诉罪名不同，未填裁判改变定性",
    on=ProsecutionCard,
    group=Group.CHARGE,
    severity=Severity.HIGH,
    basis=(Cite("最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释", "第二百九十五条第一款第二项"), RECORDING),
    needs=("result", "charge", "judged_charge", "judged_change"),
    helps=("charge_more", "judged_charge_more"),
    says="{charge}，{charge_more}，而{judged_charge}，{judged_charge_more}，{judged_change}",
    exceptions=(
        Lawful("amended", "起诉后变更、追加、撤回部分起诉", Cite(GZ, "第四百二十三条")),
        Lawful("selective", "同一选择性罪名，只增减行为或者对象", _DETERMINED, "两处罪名属同一选择性罪名时需人判断",
               holds=lambda c, _: _selective(c.charges, c.judged_charges)),
    ),
)  # fmt: skip
def judged_change_not_entered(card: ProsecutionCard, look: Look) -> Facts | None:
    if not card.indicted or not card.charges or not card.judged_charges or card.charges == card.judged_charges:
        return None
    return None if "改变定性" in (card.judged_change or "") else {}


@rule(
    "C08",
    "判决罪名与起诉罪名相同，却填裁判改变定性",
    on=ProsecutionCard,
    group=Group.CHARGE,
    severity=Severity.MIDDLE,
    basis=(RECORDING,),
    needs=("result", "charge", "judged_charge", "judged_change"),
    helps=("charge_more", "judged_charge_more"),
    says="{charge}，{judged_charge}，而{judged_change}",
    exceptions=(Lawful("fact", "部分事实的定性改变，罪名总数未变", RECORDING, "判决罪名不止一个时需人判断",
                       holds=lambda c, _: None if len(c.judged_charges) > 1 else False),),
)  # fmt: skip
def judged_change_without_change(card: ProsecutionCard, look: Look) -> Facts | None:
    same = card.indicted and card.charges and card.charges == card.judged_charges
    return {} if same and "改变定性" in (card.judged_change or "") else None

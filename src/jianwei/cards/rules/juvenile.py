"""未成年人：附条件不起诉、刑事责任年龄。"""

from __future__ import annotations

from jianwei.cards.card import Card, age_on
from jianwei.cards.law import GZ, XF, XS
from jianwei.cards.numbers import number
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite
from jianwei.law import charges as law
from jianwei.law.limits import Period, Unit, limit

_CONDITIONAL = "juvenile/conditional_probation"
_BASIS = (Cite(XS, "第二百八十二条第一款"), Cite(GZ, "第四百六十九条"))
_CHAPTERS = frozenset({"侵犯公民人身权利、民主权利罪", "侵犯财产罪", "妨害社会管理秩序罪"})
"""刑法分则第四章、第五章、第六章."""
_EIGHT = ("故意杀人", "故意伤害", "强奸", "抢劫", "贩卖", "放火", "爆炸", "投放危险物质")
_TWO = ("故意杀人", "故意伤害")
_ACT = "全国人民代表大会常务委员会法制工作委员会关于已满十四周岁不满十六周岁的人承担刑事责任范围问题的答复意见"


def _conditional(card: ProsecutionCard) -> bool:
    return card.result is not None and card.result.startswith("附条件不起诉") and "后" not in card.result


@rule(
    "L71",
    "附条件不起诉的人作案时已满十八周岁",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=_BASIS,
    needs=("result", "age"),
    says="{result}，而{age}；附条件不起诉只适用于未成年人",
)
def conditional_for_adult(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if _conditional(card) and card.age is not None and card.age >= number("adult_age", None) else None


@rule(
    "L72",
    "附条件不起诉的罪名不在分则第四、五、六章",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=_BASIS,
    needs=("result", "charge"),
    helps=("charge_more",),
    says="{result}，而{charge}，{charge_more}；{outside}不在刑法分则第四章、第五章、第六章",
)
def conditional_outside_chapters(card: ProsecutionCard, look: Look) -> Facts | None:
    if not _conditional(card):
        return None
    outside = [name for name in sorted(card.charges) if (found := law.find(name)) and found.chapter not in _CHAPTERS]
    return {"outside": "、".join(outside)} if outside else None


@rule(
    "L73",
    "附条件不起诉而量刑建议超过一年",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=_BASIS,
    needs=("result", "advice_from"),
    helps=("closed_on",),
    says="{result}，而{advice_from}；附条件不起诉限于可能判处一年有期徒刑以下刑罚",
)
def conditional_over_a_year(card: ProsecutionCard, look: Look) -> Facts | None:
    most = number("conditional_months", card.closed_on)
    return {} if _conditional(card) and card.advice_from is not None and card.advice_from > most else None


@rule(
    "T41",
    "附条件不起诉考验期不在六个月以上一年以下",
    on=ProsecutionCard,
    group=Group.TERM,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第二百八十三条第二款"), Cite(GZ, "第四百七十三条第一款")),
    needs=("result", "trial_period"),
    helps=("closed_on",),
    limits=(_CONDITIONAL,),
    says="{result}，而{trial_period}；考验期应为{least}以上{most}以下",
)
def trial_period_out_of_bounds(card: ProsecutionCard, look: Look) -> Facts | None:
    if not _conditional(card) or card.trial_period is None:
        return None
    edition = limit(_CONDITIONAL).edition(card.closed_on or look.as_of)
    least, most = edition.at_least, edition.period
    if least is None or least.number <= card.trial_period <= _months(most):
        return None
    return {"least": least, "most": most}


def _months(period: Period) -> int:
    return period.number * 12 if period.unit is Unit.YEARS else period.number


@rule(
    "L74",
    "作案时未达到刑事责任年龄",
    on=Card,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第十七条"),),
    needs=("age", "charge"),
    helps=("charge_more",),
    says="{age}，{charge}；{why}",
    exceptions=(
        Lawful("act", "已满十四周岁不满十六周岁，实施的是八种犯罪行为而罪名不同", Cite(_ACT, "法工委复字〔2002〕12号", verified=False),
               "已满十四周岁时需人判断", holds=lambda c, _: None if c.age >= number("partial_liability_age", None) else False),
    ),
)  # fmt: skip
def below_age(card: Card, look: Look) -> Facts | None:
    if card.age is None or not card.charges or card.age >= number("full_liability_age", None):
        return None
    if card.age < number("least_age", None):
        return {"why": "不满最低刑事责任年龄，不负刑事责任"}
    if card.age < number("partial_liability_age", None):
        return None if _any(card, _TWO) else {"why": "已满十二周岁不满十四周岁的，只对故意杀人、故意伤害负刑事责任"}
    return (
        None if _any(card, _EIGHT) else {"why": "已满十四周岁不满十六周岁的，只对刑法第十七条第二款所列犯罪负刑事责任"}
    )


def _any(card: Card, words: tuple[str, ...]) -> bool:
    return any(word in charge for charge in card.charges for word in words)


@rule(
    "L75",
    "作案时年龄与出生日期矛盾",
    on=Card,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(Cite(XF, "第十七条"),),
    needs=("age", "born_on"),
    helps=("accepted_on",),
    says="{age}，而{born_on}；至{today}才满{now}周岁",
)
def age_against_birth(card: Card, look: Look) -> Facts | None:
    if card.age is None or card.born_on is None:
        return None
    day = getattr(card, "accepted_on", None) or look.as_of
    now = age_on(card.born_on, day)
    return {"today": day, "now": now} if card.age > now else None

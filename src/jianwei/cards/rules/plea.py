"""认罪认罚：全案与个人、起诉与审判、不起诉、量刑建议。"""

from __future__ import annotations

from jianwei.cards.law import RECORDING, XS
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.cards.rule import Facts, Group, Lawful, Look, Severity, rule
from jianwei.kit import Cite

_OPINION = "最高人民法院、最高人民检察院、公安部、国家安全部、司法部关于适用认罪认罚从宽制度的指导意见"
_RETRACTED = Lawful("retracted", "起诉后反悔，审判阶段不再适用", Cite(_OPINION, "第五十三条", verified=False))
_FIRST_AT_TRIAL = Lawful("first_at_trial", "审判阶段才认罪认罚", Cite(_OPINION, "第四十九条", verified=False))


@rule(
    "L31",
    "法定不起诉、存疑不起诉却填适用认罪认罚",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.MIDDLE,
    basis=(Cite(XS, "第十五条"), Cite(XS, "第一百七十七条第一款"), Cite(XS, "第一百七十五条第四款")),
    needs=("result", "plea"),
    says="{result}，而{plea}；认罪认罚以承认指控的犯罪事实为前提",
    exceptions=(
        Lawful("earlier", "签署具结书以后才查明无罪或者证据不足", Cite(XS, "第十五条")),
        Lawful("investigation", "所填为侦查阶段的认罪认罚", RECORDING),
    ),
)
def cleared_with_plea(card: ProsecutionCard, look: Look) -> Facts | None:
    cleared = any(word in (card.result or "") for word in ("绝对不起诉", "法定不起诉", "证据不足不起诉", "存疑不起诉"))
    return {} if cleared and card.plea else None


@rule(
    "L32",
    "相对不起诉未填是否适用认罪认罚",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.LOW,
    basis=(Cite(XS, "第一百七十七条第二款"),),
    needs=("result", "plea"),
    says="{result}，而{plea}；填“否”也合法，但不应空白",
)
def minor_offence_without_plea(card: ProsecutionCard, look: Look) -> Facts | None:
    relative = any(
        word in (card.result or "") for word in ("情节轻微不起诉", "相对不起诉", "刑事和解不起诉", "酌定不起诉")
    )
    return {} if relative and card.plea is None else None


@rule(
    "L33",
    "认罪认罚全案与个人矛盾",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("case_plea", "plea"),
    peers=True,
    says="{case_plea}，而{plea}，本案共{count}人",
)
def plea_disagrees_with_case(card: ProsecutionCard, look: Look) -> Facts | None:
    if card.case_plea is None or card.plea is None or card.case_plea == card.plea:
        return None
    partly = card.case_plea and any(peer.plea for peer in look.peers)
    return None if partly else {"count": len(look.peers)}


_STATES = {
    "均适用": (True, True),
    "均未适用": (False, False),
    "审判阶段未适用": (True, False),
    "审查起诉未适用": (False, True),
}
"""What “审判阶段适用认罪认罚情况” says of the review and of the trial."""


def _stated(card: ProsecutionCard) -> tuple[bool, bool] | None:
    state = card.trial_plea_state or ""
    if "审查起诉阶段未适用" in state:
        return _STATES["审查起诉未适用"]
    return next((meant for words, meant in _STATES.items() if words in state), None)


@rule(
    "L34",
    "审判阶段适用认罪认罚情况与审查起诉阶段所填矛盾",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("trial_plea_state", "plea"),
    says="{trial_plea_state}，而{plea}",
)
def plea_state_against_review(card: ProsecutionCard, look: Look) -> Facts | None:
    stated = _stated(card)
    return {} if stated and card.plea is not None and stated[0] != card.plea else None


@rule(
    "L35",
    "审判阶段适用认罪认罚情况与审判阶段所填矛盾",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.HIGH,
    basis=(RECORDING,),
    needs=("trial_plea_state", "trial_plea"),
    says="{trial_plea_state}，而{trial_plea}",
)
def plea_state_against_trial(card: ProsecutionCard, look: Look) -> Facts | None:
    stated = _stated(card)
    return {} if stated and card.trial_plea is not None and stated[1] != card.trial_plea else None


@rule(
    "L36",
    "起诉与审判阶段适用认罪认罚不一致，未填审判阶段情况",
    on=ProsecutionCard,
    group=Group.LOGIC,
    severity=Severity.LOW,
    basis=(Cite(XS, "第一百七十四条"), Cite(XS, "第二百二十六条")),
    needs=("plea", "trial_plea", "trial_plea_state"),
    says="{plea}，{trial_plea}，而{trial_plea_state}",
    exceptions=(_RETRACTED, _FIRST_AT_TRIAL),
)
def plea_changed_unexplained(card: ProsecutionCard, look: Look) -> Facts | None:
    changed = card.plea is not None and card.trial_plea is not None and card.plea != card.trial_plea
    return {} if changed and not card.trial_plea_state else None


@rule(
    "B11",
    "认罪认罚而起诉，未填量刑建议",
    on=ProsecutionCard,
    group=Group.MISSING,
    severity=Severity.HIGH,
    basis=(Cite(XS, "第一百七十六条第二款"),),
    needs=("result", "plea", "advice"),
    says="{result}，{plea}，而{advice}；认罪认罚的应当提出量刑建议",
    exceptions=(
        Lawful("unit", "被告单位，量刑建议只涉罚金", RECORDING, "是否为单位为“是”时需人判断", reads=("is_unit",), holds=lambda c, _: None if c.is_unit else False),
    ),
)  # fmt: skip
def plea_without_advice(card: ProsecutionCard, look: Look) -> Facts | None:
    return {} if card.indicted and card.plea and card.advice in (None, "无") else None

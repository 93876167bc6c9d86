"""Of the items of a sentence, what is executed in the end."""

from __future__ import annotations

from jianwei.extract.crime.facts import Defendant, Sentence
from jianwei.extract.judgment import Count, Text
from jianwei.extract.leaf import Leaf


def settle(defendant: Defendant, items: list[Sentence]) -> None:
    """Write charges and the sentence executed (决定执行, else the only one) onto ``defendant``."""
    defendant.sentences = items
    own = [item for item in items if not item.earlier]
    single = [item for item in own if not item.total]
    defendant.charges = _distinct([charge for item in single for charge in item.charges])
    total = next((item for item in reversed(own) if item.total and (item.penalty or item.fine_fen)), None)
    chosen = total if total and total.penalty else _heaviest(single)
    if chosen is not None:
        defendant.penalty = chosen.penalty
        defendant.months, defendant.extra_days = chosen.months, chosen.extra_days
        defendant.life_or_death = chosen.life_or_death
        defendant.probation_months = chosen.probation_months
    defendant.fine_fen = _fine(total, own if total is None else single)
    ordered = [total, *own] if total else own
    defendant.confiscation = next((item.confiscation for item in ordered if item.confiscation), None)
    defendant.deprivation = next((item.deprivation for item in ordered if item.deprivation), None)
    if defendant.penalty is None:
        defendant.penalty = _alone(defendant)


def _heaviest(items: list[Sentence]) -> Sentence | None:
    """The item with a main penalty; of several without 决定执行 the gravest, which absorbs or leads the others."""
    imposed = [item for item in items if item.penalty]
    return max(imposed, key=_weight) if len(imposed) > 1 else imposed[0] if imposed else None


def _weight(item: Sentence) -> tuple[int, int, int]:
    kind = item.penalty.value if item.penalty else ""
    rank = {"死刑": 6, "无期徒刑": 5, "有期徒刑": 4, "拘役": 3, "管制": 2, "免予刑事处罚": 1}.get(kind, 0)
    return rank, item.months.value if item.months else 0, item.extra_days.value if item.extra_days else 0


def _fine(total: Sentence | None, items: list[Sentence]) -> Count | None:
    """The fine of 决定执行; without one there, the fines of the items together (刑法 69 III)."""
    if total is not None and total.fine_fen:
        return total.fine_fen
    fines = [item.fine_fen for item in items if item.fine_fen]
    if len(fines) <= 1:
        return fines[0] if fines else None
    return Leaf(sum(fine.value for fine in fines), fines[0].start, fines[-1].end)


def _alone(defendant: Defendant) -> Text | None:
    """A fine, a confiscation or a deprivation imposed by itself (单处)."""
    for leaf, value in (
        (defendant.fine_fen, "单处罚金"),
        (defendant.confiscation, "单处没收财产"),
        (defendant.deprivation, "单处剥夺政治权利"),
    ):
        if leaf is not None:
            return Leaf(value, leaf.start, leaf.end)
    return None


def _distinct(charges: list[Text]) -> list[Text]:
    seen: set[str] = set()
    return [charge for charge in charges if not (charge.value in seen or seen.add(charge.value))]  # type: ignore[func-returns-value]

"""How clues are weighed and ordered: the sum of what was seen, shown sign by sign. Never of persons or offices."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from jianwei.kit import Kind, Model
from jianwei.screening.clue import Clue, Grade, Seen

FIRM_SUBSTANCE = 3
"""Weight of substance signs from which a clue ranks 高. Chosen: one full contradiction (domain table 7.2 weighs one 3–4)."""
NOTICEABLE = 3
"""Score from which a clue without substance ranks 中. Chosen: three plain form signs."""


def score(signs: Iterable[Seen]) -> int:
    """Σ weights of the signs seen; what was not seen or could not be looked for adds nothing."""
    return sum(sign.weight for sign in signs if sign.seen)


def substance(signs: Iterable[Seen]) -> int:
    return score(sign for sign in signs if sign.kind is Kind.SUBSTANCE)


def grade(signs: tuple[Seen, ...], *, provisional: bool) -> Grade:
    """高 needs a substance sign, and data known to be complete where the clue rests on an absence."""
    if substance(signs) >= FIRM_SUBSTANCE and not provisional:
        return "高"
    if substance(signs) > 0 or score(signs) >= NOTICEABLE:
        return "中"
    return "低"


def fires(model: type[Model], signs: tuple[Seen, ...]) -> bool:
    """Whether the row is a clue at all."""
    enough = score(signs) >= model.least_score
    return enough and (not model.needs_substance or substance(signs) > 0)


def weighed(clue: Clue) -> Clue:
    return dataclasses.replace(clue, score=score(clue.signs), grade=grade(clue.signs, provisional=clue.provisional))


def ranked(clues: Iterable[Clue]) -> tuple[Clue, ...]:
    """The clues of one model, best first: by score, then strength, then id. The order they came in does not matter."""
    ordered = sorted(map(weighed, clues), key=lambda c: (-c.score, -c.strength, c.id))
    return tuple(dataclasses.replace(clue, rank=i) for i, clue in enumerate(ordered, start=1))

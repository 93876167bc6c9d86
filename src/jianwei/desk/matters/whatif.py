"""If that act were done on that day: the standing as it is, beside the standing as it would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jianwei.desk.matters.queries import Casebook
from jianwei.desk.matters.showing import footing
from jianwei.procedures import Act, ActKind, Refusal, Standing, standing
from jianwei.procedures.kernel.reckoning import ClockStanding
from jianwei.procedures.kernel.standing import OVER


@dataclass(frozen=True)
class Pair:
    """One clock without and with the act, of nobody or of all those for whom it stands the same."""

    title: str
    persons: tuple[str, ...]
    before: ClockStanding | None
    after: ClockStanding | None

    @property
    def same(self) -> bool:
        return (
            self.before is not None
            and self.after is not None
            and (self.before.due_on, self.before.state) == (self.after.due_on, self.after.state)
        )


@dataclass(frozen=True)
class WhatIf:
    kind: ActKind
    on: dt.date
    refused: Refusal | None
    before: Standing
    after: Standing
    pairs: tuple[Pair, ...]
    opened: tuple[str, ...]
    """Acts that would become possible."""
    closed: tuple[str, ...]
    """Acts that would no longer be possible."""


def compare(book: Casebook, kind: ActKind, on: dt.date, facts: Mapping[str, Any], now: dt.date) -> WhatIf:
    """The standings at ``on`` (at ``now``, if that is later), without and with the act. Nothing is recorded."""
    as_of = max(on, now, key=lambda day: day if not isinstance(day, dt.datetime) else day.date())
    new = Act(kind.key, on, dict(facts), id="试算")
    before, after = standing(book.procedure, book.acts, as_of), standing(book.procedure, [*book.acts, new], as_of)
    refused = next((refusal for refusal in after.refused if refusal.act is new), None)
    titles_before, titles_after = ([k.title for k in s.allowed] for s in (before, after))
    return WhatIf(
        kind,
        on,
        refused,
        before,
        after,
        tuple(_pairs(before, after)),
        tuple(title for title in titles_after if title not in titles_before),
        tuple(title for title in titles_before if title not in titles_after),
    )


def _pairs(before: Standing, after: Standing) -> list[Pair]:
    """Clocks that run without the act or with it; those of several persons together where they stand the same."""
    first = {(clock.clock, clock.person): clock for clock in before.clocks}
    second = {(clock.clock, clock.person): clock for clock in after.clocks}
    found: dict[object, list[tuple[str, str]]] = {}
    for key in {**first, **second}:
        one, two = first.get(key), second.get(key)
        if any(clock is not None and clock.state not in OVER for clock in (one, two)):
            found.setdefault((key[0], footing(one), footing(two)), []).append(key)
    pairs = []
    for keys in found.values():
        one, two = first.get(keys[0]), second.get(keys[0])
        shown = two or one
        pairs.append(Pair(shown.title if shown else "", tuple(person for _, person in keys if person), one, two))
    return pairs

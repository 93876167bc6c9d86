"""管理类程序共同的禁止性规则。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import Cite, Guard, State
from jianwei.procedures.kernel.act import Facts, named


def needs(*kinds: str, says: str, cite: Cite | None = None, **when: Any) -> Guard:
    """Forbidden until one of these acts was done, in a matter whose facts have the values of ``when``."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        concerned = all(state.facts.get(fact) == value for fact, value in when.items())
        return concerned and not any(state.counts.get(kind) for kind in kinds)

    return Guard(says, cite, forbids)


def apart(fact: str, *others: str, says: str, cite: Cite | None = None) -> Guard:
    """Forbidden when somebody named in ``fact`` is also named, in this act or an earlier one, in one of ``others``."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        theirs = {name for other in others for name in (*named(other, facts), *state.people.get(other, {}))}
        return not theirs.isdisjoint(named(fact, facts))

    return Guard(says, cite, forbids, of_facts=True, fact=fact)


def wants(fact: str, says: str, cite: Cite | None = None, **when: Any) -> Guard:
    """Forbidden without that fact, where other facts of the act have the values of ``when``."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        concerned = all(facts.get(other) == value for other, value in when.items())
        return concerned and facts.get(fact) in (None, "", ())

    return Guard(says, cite, forbids, of_facts=True, fact=fact)

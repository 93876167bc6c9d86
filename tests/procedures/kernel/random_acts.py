"""Random lawful matters of any procedure: acts the kernel itself calls allowed, with random facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from jianwei.procedures import Act, ActKind, Fact, FactKind, Procedure, check, standing
from jianwei.procedures.shelf import procedures

NAMES = ("赵某", "钱某", "孙某")
BEGINNING = dt.date(2025, 1, 2)
SHELF = st.sampled_from(list(procedures().values()))


@st.composite
def values(draw: st.DrawFn, fact: Fact, on: dt.date) -> Any:
    """A value of the fact's kind, near the day of the act."""
    near = st.integers(-40, 40).map(lambda days: on + dt.timedelta(days=days))
    match fact.kind:
        case FactKind.CHOICE:
            return draw(st.sampled_from(list(fact.choices)))
        case FactKind.YES_NO:
            return draw(st.booleans())
        case FactKind.NUMBER:
            least = fact.least or 0
            return draw(st.integers(least, fact.most if fact.most is not None else least + 12))
        case FactKind.MONEY:
            return draw(st.integers(0, 10**12))
        case FactKind.DAY:
            return draw(near)
        case FactKind.MOMENT:
            return dt.datetime.combine(draw(near), dt.time(draw(st.integers(0, 23)), 30))
        case FactKind.PERSON:
            return draw(st.sampled_from(NAMES))
        case FactKind.PEOPLE:
            return tuple(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)))
    return draw(st.sampled_from(("甲", "乙")))


@st.composite
def acts(draw: st.DrawFn, kind: ActKind, on: dt.date, name: str, version: str) -> Act:
    """One act of that kind, its optional facts given or not."""
    facts = {fact.name: draw(values(fact, on)) for fact in kind.facts if fact.required or draw(st.integers(0, 3)) == 0}
    return Act(kind.key, on, facts, id=name, version=version)


@st.composite
def matters(draw: st.DrawFn, *, apart: int = 0, most: int = 10) -> tuple[type[Procedure], list[Act]]:
    """A procedure and acts admitted one after another, each at least ``apart`` days after the one before."""
    found = draw(SHELF)
    done: list[Act] = []
    on = BEGINNING + dt.timedelta(days=draw(st.integers(0, 400)))
    for _ in range(draw(st.integers(1, most))):
        allowed = standing(found, done, on).allowed
        if not allowed:
            break
        new = draw(acts(draw(st.sampled_from(allowed)), on, str(len(done) + 1), found.version))
        if check(found, done, new) is None:
            done.append(new)
        on += dt.timedelta(days=draw(st.integers(apart, apart + 30)))
    return found, done

"""``standing``: where a matter is, its clocks, what the law lets be done next and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jianwei.procedures.kernel.act import Act, ActKind, day_of
from jianwei.procedures.kernel.clock import ClockKind
from jianwei.procedures.kernel.facts import BadFact, Fact
from jianwei.procedures.kernel.fold import fold
from jianwei.procedures.kernel.overheld import Overheld, overheld
from jianwei.procedures.kernel.procedure import COMMON, CORRECT, Procedure
from jianwei.procedures.kernel.reckoning import LAW, MOMENT, ClockStanding, ClockState, reckon
from jianwei.procedures.kernel.refusing import closed_by
from jianwei.procedures.kernel.state import Refusal, State

_ALWAYS = frozenset(COMMON)
OVER = frozenset({ClockState.DONE_IN_TIME, ClockState.DONE_LATE, ClockState.STOPPED, ClockState.FORBIDDEN})
"""States of a clock that runs no more."""
_NO_FACTS = {MOMENT: "起算的时分", LAW: "起算时有效的条文"}
_URGENCY = {ClockKind.CUSTODY: 0, ClockKind.CASE: 1, ClockKind.NOTICE: 2, ClockKind.OTHERS: 3}


@dataclass(frozen=True, slots=True)
class Missing:
    """An input that is not there: the fact, its label, and what cannot be told without it."""

    fact: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A matter as it stands: a pure function of its procedure, its acts and the day."""

    procedure: type[Procedure]
    as_of: dt.date
    stage: str
    stage_on: dt.date | None
    closed: bool
    clocks: tuple[ClockStanding, ...]
    past: tuple[ClockStanding, ...]
    allowed: tuple[ActKind, ...]
    forbidden: tuple[tuple[ActKind, Refusal], ...]
    missing: tuple[Missing, ...]
    refused: tuple[Refusal, ...]
    notices: tuple[str, ...]
    state: State

    @property
    def running(self) -> tuple[ClockStanding, ...]:
        """The clocks that still run, custody first, then by last day."""
        return tuple(clock for clock in self.clocks if clock.state not in OVER)

    @property
    def overheld(self) -> tuple[Overheld, ...]:
        """Custody that once lasted beyond its last day, though its clock has ended since."""
        return overheld(self.state)


def standing(procedure: type[Procedure], acts: Sequence[Act], as_of: dt.date) -> Standing:
    """The standing of a matter at ``as_of``. Acts after that day are not yet done."""
    state = fold(procedure, [act for act in acts if act.day <= day_of(as_of)])
    return stand(procedure, state, as_of)


def stand(procedure: type[Procedure], state: State, as_of: dt.date) -> Standing:
    """The standing of a folded state."""
    clocks = sorted((reckon(run, state, as_of) for run in state.runs.values()), key=_urgency)
    allowed, forbidden = _next(procedure, state, as_of)
    return Standing(
        procedure=procedure,
        as_of=as_of,
        stage=state.stage,
        stage_on=state.stage_on,
        closed=state.stage in procedure.ends,
        clocks=tuple(clocks),
        past=tuple(reckon(run, state, as_of) for run in state.past),
        allowed=allowed,
        forbidden=forbidden,
        missing=tuple(_missing(procedure, state, clocks)),
        refused=tuple(state.refused),
        notices=(*state.notices, *dict.fromkeys(_noted(procedure, state))),
        state=state,
    )


def check(procedure: type[Procedure], acts: Sequence[Act], new: Act) -> Refusal | None:
    """Why ``new`` may not be added to ``acts``: facts missing or wrong field by field, then the law. None if it may."""
    kind = procedure.kind(new.kind)
    if kind is None:
        return Refusal(new, f"“{procedure.title}”没有“{new.kind}”这种行为")
    absent = tuple(
        (fact.name, f"{fact.label}必填")
        for fact in kind.facts
        if fact.required and new.facts.get(fact.name) in (None, "", ())
    )
    if absent:
        return Refusal(new, "、".join(says for _, says in absent), fields=absent)
    before = fold(procedure, acts)
    after = fold(procedure, [*acts, new])
    if len(after.refused) > len(before.refused):
        known = {id(refusal.act) for refusal in before.refused}
        fresh = [refusal for refusal in after.refused if id(refusal.act) not in known]
        mine = [refusal for refusal in fresh if refusal.act is new]
        if mine:
            return mine[0]
        if fresh:
            title = (
                procedure.acts[fresh[0].act.kind].title if fresh[0].act.kind in procedure.acts else fresh[0].act.kind
            )
            return replace(
                fresh[0], act=new, says=f"这样一来，{fresh[0].act.day.isoformat()}的“{title}”不能成立：{fresh[0].says}"
            )
    return None


def read_facts(kind: ActKind, raw: dict[str, Any]) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """The typed facts of what was typed under names or labels, and what is wrong field by field."""
    facts: dict[str, Any] = {}
    wrong: list[tuple[str, str]] = []
    for name, value in raw.items():
        fact = kind.fact(name)
        if fact is None:
            if kind.key == CORRECT:
                facts[name] = value
            else:
                asked = "、".join(f"{one.name}（{one.label}）" for one in kind.facts) or "没有要填的事项"
                wrong.append((name, f"“{kind.title}”没有“{name}”这一项；可填：{asked}"))
            continue
        try:
            read = fact.read(value)
        except BadFact as bad:
            wrong.append((fact.name, bad.says))
            continue
        if read is not None:
            facts[fact.name] = read
    return facts, tuple(wrong)


def _next(
    procedure: type[Procedure], state: State, as_of: dt.date
) -> tuple[tuple[ActKind, ...], tuple[tuple[ActKind, Refusal], ...]]:
    allowed: list[ActKind] = []
    forbidden: list[tuple[ActKind, Refusal]] = []
    for key, kind in procedure.acts.items():
        if key in _ALWAYS or (kind.opens and state.stage):
            continue
        refused = closed_by(procedure, kind, state, as_of)
        if refused is None:
            allowed.append(kind)
        else:
            forbidden.append((kind, refused))
    return tuple(allowed), tuple(forbidden)


def _missing(procedure: type[Procedure], state: State, clocks: list[ClockStanding]) -> list[Missing]:
    found = [
        Missing(clock.missing, _label(procedure, clock.missing), f"{clock.title}无法计算：{clock.says}")
        for clock in clocks
        if clock.state is ClockState.MISSING
    ]
    for clock in clocks:
        if (
            clock.due
            and clock.due.other
            and state.custody(clock.person) is None
            and "是否在押未说明" in "".join(clock.due.notices)
        ):
            fact = state.custody_fact
            found.append(Missing(fact, _label(procedure, fact), f"{clock.title}届满日为节假日，是否顺延取决于是否在押"))
    for doubt in state.open_doubts:
        label = _label(procedure, doubt.fact)
        found.append(Missing(doubt.fact, label, f"缺少{label}，无法判断{doubt.unsaid}"))
    return list(dict.fromkeys(found))


def _noted(procedure: type[Procedure], state: State) -> Iterator[str]:
    """What turned out unlawful once the missing fact was told, and what the clocks take for granted."""
    for doubt in state.doubts:
        guard, told = doubt.guard, state.facts.get(doubt.fact) is not None
        if told and guard is not None and guard.forbids(state, state.facts, doubt.on):
            yield f"{day_of(doubt.on).isoformat()}的“{doubt.kind.title}”：{guard.says}（{guard.cite}）"
    for run in state.runs.values():
        for name, value in run.assumed:
            fact = _fact(procedure, name)
            if fact is not None and state.facts.get(name) is None and run.stopped_on is None and run.met_on is None:
                taken = f"“{fact.show(value)}”" if value else "一般情形"
                yield f"{run.clock.label}：“{fact.label}”未填，按{taken}计算"


def _label(procedure: type[Procedure], name: str) -> str:
    fact = _fact(procedure, name)
    return _NO_FACTS.get(name) or (fact.label if fact else name)


def _fact(procedure: type[Procedure], name: str) -> Fact | None:
    return next((fact for kind in procedure.acts.values() if (fact := kind.fact(name))), None)


def _urgency(clock: ClockStanding) -> tuple[bool, int, dt.date]:
    return clock.state in OVER, _URGENCY[clock.kind], clock.due.on if clock.due else dt.date.min

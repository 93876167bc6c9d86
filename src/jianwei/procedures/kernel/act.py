"""Acts: the recorded one, and the kind a procedure declares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from jianwei.kit import Cite
from jianwei.procedures.kernel.clock import Clock, Effect, Verb
from jianwei.procedures.kernel.facts import Fact, FactKind

if TYPE_CHECKING:
    from jianwei.procedures.kernel.state import State

Facts = Mapping[str, Any]


def day_of(on: dt.date) -> dt.date:
    """The day of a day or of a moment."""
    return on.date() if isinstance(on, dt.datetime) else on


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done. Never changed: a correction is another act.

    ``on`` is the day (or the moment, where hours count) it was done, ``facts`` are typed values by name, ``id`` names
    it within its matter, ``version`` is the version of the procedure it was recorded under (empty: not yet admitted).
    """

    kind: str
    on: dt.date
    facts: Facts = field(default_factory=dict)
    id: str = ""
    by: str = ""
    version: str = ""

    @property
    def day(self) -> dt.date:
        return day_of(self.on)


@dataclass(frozen=True)
class Guard:
    """A rule that forbids an act. ``forbids`` looks at the state and, where ``of_facts``, at the facts given.

    ``fact`` is the one it looks at; where the act does not ask for it, the state alone decides. ``unsaid`` is what
    cannot be told while nobody told that fact: the act is admitted and the fact is a missing input, where ``matters``.
    """

    says: str
    cite: Cite | None
    forbids: Callable[[State, Facts, dt.date], bool]
    of_facts: bool = False
    fact: str = ""
    unsaid: str = ""
    matters: Callable[[State, Facts], bool] | None = None


@dataclass(frozen=True)
class Hold:
    """Who is in custody from this act on. ``held`` is the value, or the name of the yes-no fact that says it."""

    held: bool | str
    each: str = "person"
    when: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class By:
    """The stage an act leads to, by the value of one of its facts."""

    fact: str
    stages: Mapping[Any, str]


To = str | By | None


@dataclass(frozen=True, eq=False)
class ActKind:
    """One kind of act of a procedure, as ``act`` declares it. ``key`` is the attribute it is declared under."""

    title: str
    opens: bool = False
    at: tuple[str, ...] = ()
    to: To = None
    facts: tuple[Fact, ...] = ()
    does: tuple[Effect | Hold, ...] = ()
    guards: tuple[Guard, ...] = ()
    at_most: int | None = None
    at_most_cite: Cite | None = None
    counted_with: str = ""
    after: tuple[str, ...] = ()
    basis: tuple[Cite, ...] = ()
    documents: tuple[str, ...] = ()
    by: tuple[str, ...] = ("承办检察官",)
    ordered: tuple[tuple[str, str], ...] = ()
    also: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    tells: str = ""
    moves: str = ""
    sends: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    key: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "key", name)

    @cached_property
    def asks(self) -> frozenset[str]:
        """The names of its facts."""
        return frozenset(fact.name for fact in self.facts)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Those of its facts that name persons."""
        return tuple(fact.name for fact in self.facts if fact.kind in (FactKind.PERSON, FactKind.PEOPLE))

    @cached_property
    def questions(self) -> tuple[Guard, ...]:
        """Those of its guards that leave a missing input where their fact was not told."""
        return tuple(guard for guard in self.guards if guard.unsaid)

    @cached_property
    def decisive(self) -> frozenset[str]:
        """The names of those of its facts without which something cannot be told or counted."""
        asked = {guard.fact for guard in self.questions}
        for effect in self.does:
            if isinstance(effect, Effect):
                asked |= {effect.since, effect.until}
                asked |= {fact for fact, lengths in effect.length.items() if None not in lengths}
        return self.asks & asked

    @cached_property
    def measures(self) -> tuple[Effect, ...]:
        """Its effects that are bounded: extensions, and lengths and last days set by an authority."""
        return tuple(
            effect
            for effect in self.does
            if isinstance(effect, Effect) and (effect.granted or effect.until or effect.verb in (Verb.EXTEND, Verb.ASK))
        )

    def fact(self, name: str) -> Fact | None:
        """The fact of that name or label."""
        return next((fact for fact in self.facts if name in (fact.name, fact.label, *fact.also)), None)


def act(
    title: str,
    *,
    opens: bool = False,
    at: str | tuple[str, ...] = (),
    to: To = None,
    facts: tuple[Fact, ...] = (),
    does: tuple[Effect | Hold, ...] = (),
    guards: tuple[Guard, ...] = (),
    at_most: int | None = None,
    at_most_cite: Cite | None = None,
    counted_with: str = "",
    after: str | tuple[str, ...] = (),
    basis: Cite | tuple[Cite, ...] = (),
    documents: tuple[str, ...] = (),
    by: tuple[str, ...] = ("承办检察官",),
    ordered: tuple[tuple[str, str], ...] = (),
    also: tuple[str, ...] = (),
    leads_to: tuple[str, ...] = (),
    tells: str = "",
    moves: str = "",
    sends: tuple[str, ...] = (),
    serves: tuple[str, ...] = (),
    answers: tuple[str, ...] = (),
    objects: tuple[str, ...] = (),
) -> ActKind:
    """Declare a kind of act.

    ``opens``: it begins a matter. ``at``: the stages it may be done at (none named: any but an end). ``to``: the stage
    it leads to. ``at_most`` with ``at_most_cite``: how often, the number in the fact ``counted_with`` of earlier acts
    counting too. ``after``: keys of acts of which one must have been done. ``ordered``: pairs of day facts in order of
    time. ``by``: who may do it. ``also``: other names it is known by. ``leads_to``: procedures it may open.
    ``tells``: what is noticed of the matter from then on, with ``{on}`` and its required facts by name. ``moves``: the
    fact that names the office by which the matter is handled from then on. ``sends``: titles of the documents whose
    dispatch this act is; ``serves``, ``answers``, ``objects``: those whose receipt by the addressee, answer, or
    objection it is.
    """
    return ActKind(
        title=title,
        opens=opens,
        at=(at,) if isinstance(at, str) else at,
        to=to,
        facts=facts,
        does=does,
        guards=guards,
        at_most=at_most,
        at_most_cite=at_most_cite,
        counted_with=counted_with,
        after=(after,) if isinstance(after, str) else after,
        basis=(basis,) if isinstance(basis, Cite) else basis,
        documents=documents,
        by=by,
        ordered=ordered,
        also=also,
        leads_to=leads_to,
        tells=tells,
        moves=moves,
        sends=sends,
        serves=serves,
        answers=answers,
        objects=objects,
    )


def hold(held: bool | str, *, each: str = "person", when: Mapping[str, Any] | None = None) -> Hold:
    """The person named in the fact ``each`` (nobody named: the matter's only one) is, or is no longer, in custody."""
    return Hold(held, each, when or {})


def never_after(*kinds: str, says: str, cite: Cite | None = None) -> Guard:
    """Forbidden once one of these acts was done."""
    return Guard(says, cite, lambda state, facts, on: any(state.counts.get(kind) for kind in kinds))


def only_after(*kinds: str, says: str, cite: Cite | None = None) -> Guard:
    """Forbidden until each of these acts was done."""
    return Guard(says, cite, lambda state, facts, on: not all(state.counts.get(kind) for kind in kinds))


Matters = Callable[["State", Facts], bool]


def only_if(
    fact: str, *values: Any, says: str, cite: Cite | None = None, unsaid: str = "", matters: Matters | None = None
) -> Guard:
    """Forbidden when the fact (of this act or an earlier one) is known and has another value."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        return state.known(fact, facts, values[0]) not in values

    return Guard(says, cite, forbids, of_facts=True, fact=fact, unsaid=unsaid, matters=matters)


def unless(
    fact: str, *values: Any, says: str, cite: Cite | None = None, unsaid: str = "", matters: Matters | None = None
) -> Guard:
    """Forbidden when the fact (of this act or an earlier one) has one of these values."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        return state.known(fact, facts, None) in values

    return Guard(says, cite, forbids, of_facts=True, fact=fact, unsaid=unsaid, matters=matters)


def only_past(fact: str, *, says: str, cite: Cite | None = None) -> Guard:
    """Forbidden when the day in that fact is later than the act's own."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        day = facts.get(fact)
        return day is not None and day > day_of(on)

    return Guard(says, cite, forbids, of_facts=True, fact=fact)


def only_while(clock: Clock, *, says: str, cite: Cite | None = None) -> Guard:
    """Forbidden once the clock's last day is over for one of the persons named (nobody named: for all)."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        listed = named(clock.each, facts)
        over = state.over(clock, on, listed)
        return any(over) if listed else bool(over) and all(over)

    return Guard(says, cite, forbids)


def only_after_expiry(clock: Clock, *, says: str, cite: Cite | None = None) -> Guard:
    """Forbidden until the clock's last day is over for each of the persons named (nobody named: for anybody)."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        listed = named(clock.each, facts)
        over = state.over(clock, on, listed)
        return not any(over) or bool(listed) and not all(over)

    return Guard(says, cite, forbids)


def named(each: str, facts: Facts) -> tuple[str, ...]:
    """The persons in that fact."""
    found = facts.get(each)
    if found is None:
        return ()
    return found if isinstance(found, tuple) else (found,)

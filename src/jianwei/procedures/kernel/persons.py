"""Whom an act concerns: the persons it names, and those whose clock it turns."""

from __future__ import annotations

import datetime as dt

from jianwei.kit import Cite
from jianwei.procedures.kernel.act import Facts, Guard, named
from jianwei.procedures.kernel.clock import Clock, ClockKind
from jianwei.procedures.kernel.state import MATTER, State


def whose(clock: Clock, starts: bool, state: State, facts: Facts) -> tuple[str, ...]:
    """The persons an effect concerns. An act that names nobody concerns everybody whose clock there is."""
    if not clock.each:
        return (MATTER,)
    listed = named(clock.each, facts)
    if not starts:
        return listed or tuple(person for name, person in state.runs if name == clock.name)
    listed = listed or tuple(state.people.get(clock.each, ())) or tuple(state.held) or (MATTER,)
    if clock.kind is ClockKind.CUSTODY:
        return tuple(person for person in listed if state.custody(person) is not False)
    return listed


def only_of_the_matter(each: str) -> Guard:
    """Forbidden when a person is named whom the matter does not know."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        known = state.people.get(each, {})
        return bool(known) and any(person not in known for person in named(each, facts))

    return Guard("所列人员不是本案人员，请先核对姓名", None, forbids, of_facts=True)


def only_running(*clocks: Clock, says: str, cite: Cite | None = None) -> Guard:
    """Forbidden unless one of the clocks runs for every person named (nobody named: for anybody)."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        running = {person for clock in clocks for person in state.running(clock)}
        return not running or any(person not in running for person in named(clocks[0].each, facts))

    return Guard(says, cite, forbids)


def must_name(*clocks: Clock) -> Guard:
    """Who is meant may be left out only while one of the clocks runs for everybody."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        each = clocks[0].each
        running = {person for clock in clocks for person in state.running(clock)}
        return not named(each, facts) and any(person not in running for person in state.people.get(each, ()))

    return Guard("本案人员情况不一，请写明是哪些人员", None, forbids, of_facts=True)


def not_running(*clocks: Clock, says: str, cite: Cite | None = None) -> Guard:
    """Forbidden while one of the clocks runs for a person named."""

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        running = {person for clock in clocks for person in state.running(clock)}
        return not running.isdisjoint(named(clocks[0].each, facts))

    return Guard(says, cite, forbids, of_facts=True)


def only_done_to(*kinds: str, each: str, says: str, cite: Cite | None = None) -> Guard:
    """Forbidden unless one of these acts was done to every person named; one that named nobody was done to all."""

    def done(state: State, person: str) -> bool:
        return any(
            person in state.done_to[kind] if kind in state.done_to else state.counts.get(kind, 0) > 0 for kind in kinds
        )

    def forbids(state: State, facts: Facts, on: dt.date) -> bool:
        return not all(done(state, person) for person in named(each, facts))

    return Guard(says, cite, forbids, of_facts=True)

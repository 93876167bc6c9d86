"""What holds of every procedure of the shelf, whatever is done in whatever order."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.procedures.kernel.random_acts import BEGINNING, SHELF, acts, matters, values

from jianwei.procedures import Act, ClockState, Procedure, State, check, fold, stand, standing
from jianwei.procedures.kernel.procedure import CORRECT, REVOKE

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
UNKNOWN = {ClockState.MISSING, ClockState.STOPPED, ClockState.FORBIDDEN}


def told(state: State, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The state as values that can be compared."""
    return {f.name: getattr(state, f.name) for f in fields(state) if f.name not in without}


class Matter(RuleBasedStateMachine):
    """One matter to which acts are added; what is not admitted must leave no trace."""

    @initialize(found=SHELF, later=st.integers(0, 400))
    def choose(self, found: type[Procedure], later: int) -> None:
        self.found, self.done = found, list[Act]()
        self.on = BEGINNING + dt.timedelta(days=later)

    @rule(data=st.data(), later=st.integers(0, 40))
    def do_what_is_allowed(self, data: st.DataObject, later: int) -> None:
        allowed = standing(self.found, self.done, self.on).allowed
        if allowed:
            self._do(data.draw(acts(data.draw(st.sampled_from(allowed)), self.on, self._name(), self.found.version)))
        self.on += dt.timedelta(days=later)

    @rule(data=st.data())
    def try_anything(self, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(list(self.found.acts.values())))
        if kind.key not in (CORRECT, REVOKE):
            self._do(data.draw(acts(kind, self.on, self._name(), self.found.version)))

    def _name(self) -> str:
        return str(len(self.done) + 1)

    def _do(self, new: Act) -> None:
        before, after = fold(self.found, self.done), fold(self.found, [*self.done, new])
        if check(self.found, self.done, new) is None:
            self.done.append(new)
            assert not after.refused
        elif any(refused.act is new for refused in after.refused):
            assert told(after, without=("refused",)) == told(before, without=("refused",))

    @invariant()
    def the_standing_is_pure(self) -> None:
        if not hasattr(self, "found"):
            return
        kept = list(self.done)
        first, again = (standing(self.found, self.done, self.on) for _ in range(2))
        assert told(first.state) == told(again.state)
        assert first.clocks == again.clocks
        assert self.done == kept

    @invariant()
    def what_is_missing_is_never_safe(self) -> None:
        if not hasattr(self, "found"):
            return
        stands = standing(self.found, self.done, self.on)
        for clock in stands.clocks:
            assert not clock.missing or clock.state in UNKNOWN, clock
            assert clock.due is not None or clock.state in UNKNOWN | {ClockState.SUSPENDED}, clock
            assert clock.says
        asked = {missing.fact for missing in stands.missing}
        assert asked >= {c.missing for c in stands.clocks if c.state is ClockState.MISSING}

    @invariant()
    def an_end_is_an_end(self) -> None:
        if not hasattr(self, "found"):
            return
        stands = standing(self.found, self.done, self.on)
        assert stands.closed == (stands.stage in self.found.ends)
        assert not (stands.closed and stands.allowed), [kind.title for kind in stands.allowed]
        assert stands.stage in ("", *self.found.stages)


@given(SHELF, st.integers(0, 3), st.dates(dt.date(2021, 1, 1), dt.date(2026, 12, 31)))
def test_nothing_is_done_after_the_end(found: type[Procedure], place: int, on: dt.date) -> None:
    state = State(stage=found.ends[place % len(found.ends)])
    state.counts = dict.fromkeys(found.acts, 1)
    stands = stand(found, state, on)
    assert stands.closed
    assert not stands.allowed, [kind.title for kind in stands.allowed]


Matter.TestCase.settings = settings(FEW, max_examples=40, stateful_step_count=10)
TestMatter = Matter.TestCase


@FEW
@given(matters(apart=1), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter_for_acts_of_different_days(
    matter: tuple[type[Procedure], list[Act]], chance: Any
) -> None:
    found, done = matter
    mixed = list(done)
    chance.shuffle(mixed)
    assert told(fold(found, mixed)) == told(fold(found, done))


@FEW
@given(matters(), st.data())
def test_a_correction_is_as_if_it_had_been_so_from_the_beginning(
    matter: tuple[type[Procedure], list[Act]], data: st.DataObject
) -> None:
    found, done = matter
    assume(done)
    place = data.draw(st.integers(0, len(done) - 1))
    wrong = done[place]
    kind = found.acts[wrong.kind]
    on = wrong.on + dt.timedelta(days=data.draw(st.integers(-20, 20)))
    changed = {f.name: data.draw(values(f, wrong.day)) for f in kind.facts if data.draw(st.booleans())}
    right = [*done[:place], replace(wrong, on=on, facts={**wrong.facts, **changed}), *done[place + 1 :]]
    correction = Act(
        CORRECT, done[-1].on, {"act": wrong.id, "on": on, "because": "误录", **changed}, id="c", version=found.version
    )
    assert told(fold(found, [*done, correction])) == told(fold(found, right))


@FEW
@given(matters(), st.data())
def test_what_was_recorded_by_mistake_is_as_if_it_had_never_been(
    matter: tuple[type[Procedure], list[Act]], data: st.DataObject
) -> None:
    found, done = matter
    assume(done)
    wrong = data.draw(st.sampled_from(done))
    revoked = Act(REVOKE, done[-1].on, {"act": wrong.id, "reason": "误录"}, id="r", version=found.version)
    assert told(fold(found, [*done, revoked])) == told(fold(found, [a for a in done if a is not wrong]))


@FEW
@given(matters())
def test_acts_of_an_earlier_version_are_never_stranded(matter: tuple[type[Procedure], list[Act]]) -> None:
    found, done = matter
    earlier = [replace(act, version="0") for act in done]
    state = fold(found, earlier)
    assert not state.refused and not state.unread
    assert told(state) == told(fold(found, done))


@FEW
@given(matters(), st.integers(0, 400), st.integers(0, 400))
def test_a_later_day_never_brings_an_act_undone_back(
    matter: tuple[type[Procedure], list[Act]], days: int, more: int
) -> None:
    found, done = matter
    assume(done)
    first = done[0].day + dt.timedelta(days=days)
    early, late = standing(found, done, first), standing(found, done, first + dt.timedelta(days=more))
    assert sum(late.state.counts.values()) >= sum(early.state.counts.values())

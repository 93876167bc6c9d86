"""Folding acts into a state: corrections first, then each act in order of its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jianwei.law.limits import Nature
from jianwei.procedures.kernel.act import Act, ActKind, By, Facts, Hold, named
from jianwei.procedures.kernel.clock import Clock, ClockKind, Effect, Verb
from jianwei.procedures.kernel.correcting import in_force
from jianwei.procedures.kernel.persons import whose
from jianwei.procedures.kernel.procedure import COMMON, Procedure
from jianwei.procedures.kernel.reckoning import last_day
from jianwei.procedures.kernel.refusing import holds, late_or_early, refusal
from jianwei.procedures.kernel.state import MATTER, Doubt, Run, State

__all__ = ["apply", "fold", "in_force"]


def fold(procedure: type[Procedure], acts: Sequence[Act]) -> State:
    """The state after ``acts``. An act that is not admitted changes nothing and is kept in ``refused``."""
    state = State()
    kinds, version = procedure.acts, procedure.version
    for act in in_force(acts, state):
        judged = not act.version or act.version == version
        kind = kinds.get(act.kind)
        if not judged:
            kind = kinds.get(_renamed(procedure, act))
        if kind is None:
            state.unread.append(act)
            continue
        if judged:
            refused = refusal(procedure, kind, state, act)
            if refused is not None:
                state.refused.append(refused)
                continue
        before = state.stage
        apply(kind, state, act)
        if state.stage != before and state.stage in procedure.ends:
            _end(state, act.on)
    return state


def apply(kind: ActKind, state: State, act: Act) -> None:
    """What an admitted act does."""
    key, facts = kind.key, act.facts
    state.counts[key] = state.counts.get(key, 0) + 1
    state.last_on[key] = act.on
    if facts and key not in COMMON:
        everybody: tuple[str, ...] = ()
        for name in kind.names:
            listed = named(name, facts)
            state.people.setdefault(name, {}).update(dict.fromkeys(listed))
            everybody += listed
        if everybody:
            state.done_to.setdefault(key, set()).update(everybody)
        state.tell(facts, everybody)
    if kind.tells:
        told = {fact.name: fact.show(facts.get(fact.name)) or fact.label for fact in kind.facts}
        state.notices.append(kind.tells.format(on=act.day, **told))
    if kind.questions or kind.counted_with:
        state.doubts.extend(_doubts(kind, state, act))
    for effect in kind.does:
        if isinstance(effect, Hold):
            _hold(effect, kind, state, act)
        else:
            _turn(effect, kind, state, act)
    to = kind.to
    if to is not None:
        stage = to if isinstance(to, str) else _stage(to, kind, state, facts)
        if stage and stage != state.stage:
            state.stage, state.stage_on = stage, act.on


def _doubts(kind: ActKind, state: State, act: Act) -> Iterator[Doubt]:
    """What cannot be told of the act for want of a fact that it asks for, or that an earlier one asked for."""
    for guard in kind.questions:
        told = act.facts.get(guard.fact) if guard.fact in kind.asks else state.facts.get(guard.fact)
        if told is None and (guard.matters is None or guard.matters(state, act.facts)):
            yield Doubt(act.id, act.on, kind, guard.fact, guard.unsaid, guard)
    if kind.counted_with and state.facts.get(kind.counted_with) is None:
        yield Doubt(act.id, act.on, kind, kind.counted_with, f"{kind.title}是否已满{kind.at_most}次")


def _renamed(procedure: type[Procedure], act: Act) -> str:
    earlier = procedure.earlier.get(act.version)
    return earlier.acts.get(act.kind, act.kind) if earlier else act.kind


def _stage(to: By, kind: ActKind, state: State, facts: Facts) -> str:
    return to.stages.get(state.told(kind, facts, to.fact, MATTER), "")


def _end(state: State, on: dt.date) -> None:
    """What is over has no clocks, but for those of people still in custody."""
    for run in state.runs.values():
        if run.met_on is None and run.stopped_on is None and run.clock.kind is not ClockKind.CUSTODY:
            run.stopped_on, run.because = on, f"事项{state.stage}"


def _release(person: str, state: State, on: dt.date) -> None:
    """Who is no longer in custody has no custody clock."""
    for (_, held), run in state.runs.items():
        custody = run.clock.kind is ClockKind.CUSTODY and run.met_on is None and run.stopped_on is None
        if custody and person in (held, MATTER):
            run.stopped_on, run.because = on, "不再羁押"


def _hold(effect: Hold, kind: ActKind, state: State, act: Act) -> None:
    facts = act.facts
    if isinstance(effect.held, bool):
        held: bool | None = effect.held
    else:
        held, state.custody_fact = facts.get(effect.held), effect.held
    for person in named(effect.each, facts) or tuple(state.held) or (MATTER,):
        if effect.when and not holds(effect, kind, state, facts, person):
            continue
        state.held[person] = held
        if held is False:
            _release(person, state, act.on)
        elif held:
            _found_held(person, state)


def _found_held(person: str, state: State) -> None:
    """A custody clock that waited for the word runs from its first day."""
    for (_, held), run in state.runs.items():
        if held == person and run.missing == state.custody_fact and run.clock.kind is ClockKind.CUSTODY:
            run.missing = ""


def _turn(effect: Effect, kind: ActKind, state: State, act: Act) -> None:
    clock = effect.clock
    starts = effect.verb is Verb.START
    for person in whose(clock, starts, state, act.facts):
        if effect.when and not holds(effect, kind, state, act.facts, person):
            continue
        place = (clock.name, person)
        run = state.runs.get(place)
        if starts:
            pattern = state.running(effect.like).get(MATTER) if effect.like else None
            if effect.like and (pattern is None or person in state.running(clock)):
                continue
            if run is not None:
                if run.met_on is None and run.stopped_on is None:
                    run.stopped_on, run.because = act.on, effect.reason or "重新计算"
                state.past.append(run)
            fresh = _joined(clock, person, pattern) if pattern else _begun(effect, kind, state, act, person)
            if (
                run is not None
                and effect.carries
                and effect.carries in (reason for _, ended, reason in run.pauses if ended is None)
            ):
                fresh.pauses.append((act.on, None, effect.carries))
            state.runs[place] = fresh
            continue
        if run is None or (run.stopped_on is not None and effect.verb is not Verb.RESUME):
            continue
        if run.met_on is not None and (run.start is not None or effect.verb not in (Verb.FIX, Verb.STOP)):
            continue
        _change(effect, run, kind, state, act)


def _begun(effect: Effect, kind: ActKind, state: State, act: Act, person: str) -> Run:
    start: dt.date | None = act.on
    if effect.since:
        start = state.told(kind, act.facts, effect.since, person)
    if effect.after:
        earlier = state.runs.get((effect.after.name, person if effect.after.each else MATTER))
        ended = last_day(earlier, state) if earlier else None
        start = ended.on if ended else start
    run = Run(effect.clock, person, start, missing="" if start else effect.since, restarted=effect.reason)
    if effect.assumes:
        run.assumed = tuple(
            (fact, value) for fact, value in effect.assumes if state.told(kind, act.facts, fact, person) is None
        )
    if effect.clock.kind is ClockKind.CUSTODY and state.custody(person) is None:
        run.missing = state.custody_fact
    if effect.length:
        _measure(effect, run, kind, state, act)
    if effect.granted:
        run.granted = state.told(kind, act.facts, effect.granted, person)
    if effect.until:
        _set(effect, run, kind, state, act)
    return run


def _joined(clock: Clock, person: str, pattern: Run) -> Run:
    return replace(
        pattern,
        clock=clock,
        person=person,
        extensions=[*pattern.extensions],
        asked={**pattern.asked},
        shorter={**pattern.shorter},
        pauses=[*pattern.pauses],
    )


def _set(effect: Effect, run: Run, kind: ActKind, state: State, act: Act) -> None:
    """The last day an authority set; a clock of no law has no other, one of the law then keeps its own."""
    until = state.told(kind, act.facts, effect.until, run.person)
    if until is not None:
        run.until = (*run.until, until)
        run.missing = "" if run.missing == effect.until else run.missing
    elif not run.until and run.clock.limit.nature is Nature.SET:
        run.missing = effect.until


def _measure(effect: Effect, run: Run, kind: ActKind, state: State, act: Act) -> None:
    """The length of the run, where a fact decides between alternatives."""
    for fact, lengths in effect.length.items():
        value = state.told(kind, act.facts, fact, run.person)
        if value is None and None not in lengths:
            run.missing = fact
        elif run.missing == fact:
            run.missing = ""
        run.alternative = lengths.get(value) or None


def _change(effect: Effect, run: Run, kind: ActKind, state: State, act: Act) -> None:
    told = act.facts.get(effect.since) if effect.since else None
    on = told or act.on
    match effect.verb:
        case Verb.MEET:
            run.met_on, run.because = on, kind.title
        case Verb.STOP:
            run.stopped_on, run.because = on, effect.reason
        case Verb.SUSPEND:
            run.pauses.append((on, None, effect.reason))
        case Verb.RESUME:
            lasting = [place for place, pause in enumerate(run.pauses) if pause[1] is None]
            if lasting:
                begun, _, reason = run.pauses[lasting[-1]]
                run.pauses[lasting[-1]] = (begun, max(on, begun), reason)
        case Verb.VARY:
            _measure(effect, run, kind, state, act)
            if effect.granted:
                run.granted = state.told(kind, act.facts, effect.granted, run.person)
        case Verb.MOVE:
            _set(effect, run, kind, state, act)
        case Verb.FIX:
            if run.start is None and (told or not effect.since):
                run.start, run.missing = on, ""
        case Verb.ASK:
            _note_lateness(effect, run, state, act)
            run.asked[effect.extension] = act.on
        case Verb.EXTEND:
            if effect.extension not in run.asked:
                _note_lateness(effect, run, state, act)
            granted = act.facts.get(effect.granted) if effect.granted else None
            if granted is not None:
                run.shorter[len(run.extensions)] = granted
            run.extensions.append((effect.extension, act.on))
            run.asked.pop(effect.extension, None)
        case Verb.DENY:
            run.asked.pop(effect.extension, None)


def _note_lateness(effect: Effect, run: Run, state: State, act: Act) -> None:
    says = late_or_early(effect, run, state, act)
    if says:
        state.notices.append(says)

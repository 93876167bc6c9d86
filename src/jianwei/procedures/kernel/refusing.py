"""Why an act is not admitted: the stage, the number of times, what must come first, the guards, an extension too late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from jianwei.kit import Cite
from jianwei.law import limits
from jianwei.law.dated import NotInForce
from jianwei.procedures.kernel.act import Act, ActKind, Facts, Hold, day_of
from jianwei.procedures.kernel.clock import Effect, Verb
from jianwei.procedures.kernel.persons import whose
from jianwei.procedures.kernel.procedure import COMMON, Procedure
from jianwei.procedures.kernel.reckoning import due_of, last_day
from jianwei.procedures.kernel.state import MATTER, Refusal, Run, State

_NOTHING: Facts = {}


def refusal(procedure: type[Procedure], kind: ActKind, state: State, act: Act) -> Refusal | None:
    """The first reason why ``act`` is not admitted after ``state``, or None."""
    stage = state.stage
    if kind.at:
        if stage not in kind.at:
            return Refusal(act, _wrong_stage(kind, stage))
    elif stage in procedure.ends and kind.key not in COMMON:
        return Refusal(act, f"事项已“{stage}”，不能再{kind.title}")
    if kind.opens:
        if stage:
            return Refusal(act, f"事项已开始，不能再次{kind.title}")
    elif not stage and kind.key not in COMMON:
        return Refusal(act, f"事项尚未受理，不能{kind.title}")
    if kind.at_most is not None and times(kind, state) >= kind.at_most:
        return Refusal(act, f"{kind.title}以{kind.at_most}次为限，已有{times(kind, state)}次", kind.at_most_cite)
    if kind.after and not any(state.counts.get(key) for key in kind.after):
        return Refusal(act, _not_before(procedure, kind))
    for guard in kind.guards:
        try:
            forbids = guard.forbids(state, act.facts, act.on)
        except NotInForce:  # the law of the day it asks for is not loaded: it cannot tell
            continue
        if forbids:
            field = ((guard.fact, guard.says),) if guard.fact in kind.asks else ()
            return Refusal(act, guard.says, guard.cite, fields=field)
    if kind.measures:
        forbidden = _extension_forbidden(kind, state, act) or _badly_set(kind, state, act)
        if forbidden:
            return Refusal(act, *forbidden)
    if kind.ordered:
        wrong = tuple(_disorder(kind, act.facts))
        if wrong:
            return Refusal(act, wrong[0][1], fields=wrong)
    return None


def closed_by(procedure: type[Procedure], kind: ActKind, state: State, on: dt.date) -> Refusal | None:
    """Why this kind of act could not be done on ``on``, before any of its facts are known; None if it could."""
    act = Act(kind.key, on, _NOTHING)
    guards = tuple(g for g in kind.guards if not g.of_facts or (g.fact and g.fact not in kind.asks))
    if len(guards) == len(kind.guards):
        return refusal(procedure, kind, state, act)
    bare = replace(kind, guards=guards)
    return refusal(procedure, bare, state, act)


def times(kind: ActKind, state: State) -> int:
    """How often the act was done, with those another office counted before."""
    return state.counts.get(kind.key, 0) + int(state.facts.get(kind.counted_with) or 0)


def holds(effect: Effect | Hold, kind: ActKind, state: State, facts: Facts, person: str) -> bool:
    """Whether the facts have, for that person, the values an effect presupposes."""
    for fact, wanted in effect.when.items():
        value = state.told(kind, facts, fact, person)
        if value not in wanted if isinstance(wanted, tuple) else value != wanted:
            return False
    return True


def late_or_early(effect: Effect, run: Run, state: State, act: Act) -> str:
    """What to say of an extension that was asked for later than the law wants, though before expiry."""
    variant = _variant(effect, run)
    if variant is None or variant.request_before is None:
        return ""
    due = last_day(run, state)
    if due is None:
        return ""
    last = limits.counting.before(due.on, variant.request_before, run.clock.limit.month_rule)
    if act.day <= last:
        return ""
    whose = f"（{run.person}）" if run.person else ""
    return (
        f"{run.clock.label}{whose}的延长应当在届满{variant.request_before}前（{last.isoformat()}以前）提出，"
        f"实际为{act.day.isoformat()}（{variant.request_cite or variant.cite}）"
    )


def _extension_forbidden(kind: ActKind, state: State, act: Act) -> tuple[str, Cite | None] | None:
    """Why the extensions of an act are not admitted: one must run, and each that runs must be open to extension."""
    idle = None
    running = 0
    for effect in kind.measures:
        if effect.verb is Verb.START:
            continue
        runs = state.running(effect.clock)
        for person in whose(effect.clock, False, state, act.facts):
            if not holds(effect, kind, state, act.facts, person):
                continue
            run = runs.get(person)
            if run is None or run.start is None:
                idle = idle or effect.clock
                continue
            running += 1
            forbidden = _run_not_extended(effect, run, state, act.day)
            if forbidden:
                return forbidden
    if idle and not running:
        return f"{idle.label}没有在计算，不能延长", None
    return None


def _run_not_extended(effect: Effect, run: Run, state: State, day: dt.date) -> tuple[str, Cite | None] | None:
    start, variant, due = run.start, _variant(effect, run), last_day(run, state)
    if effect.verb in (Verb.MOVE, Verb.VARY):
        over = due is not None and day > due.on
        return (f"{run.clock.label}已于{due.on.isoformat()}届满，届满后不得改定", None) if due and over else None
    if start is None or variant is None:
        return f"{start}时的法律没有这种延长", None
    granted = [key for key, _ in run.extensions]
    if effect.extension in granted and not variant.repeats:
        return f"{run.clock.label}已经因“{variant.when}”延长过", _cited(variant.cite)
    if variant.after and variant.after not in granted:
        earlier = run.clock.limit.edition(day_of(start)).extensions[variant.after]
        return f"须先有“{earlier.when}”的延长，才能再延长", _cited(variant.cite)
    if due is not None and day > due.on:
        return f"{run.clock.label}已于{due.on.isoformat()}届满，届满后不得延长", _cited(variant.cite)
    return None


def _badly_set(kind: ActKind, state: State, act: Act) -> tuple[str, Cite | None] | None:
    """A length or a last day that an authority set outside the bounds of the law, or before the act itself."""
    for effect in kind.measures:
        granted, until = (act.facts.get(name) if name else None for name in (effect.granted, effect.until))
        if granted is None and until is None:
            continue
        if until is not None and until < act.day:
            return f"{effect.clock.label}确定的{until.isoformat()}早于{kind.title}的{act.day.isoformat()}", None
        for run in _as_set(effect, kind, state, act, granted, until):
            try:
                due = due_of(replace(run, missing="") if run.missing else run, state)
            except limits.TooLong as wrong:
                return str(wrong), None
            if effect.verb is Verb.VARY and due is not None and due.on < act.day:
                return (
                    f"{effect.clock.label}改定后至{due.on.isoformat()}，早于{kind.title}的{act.day.isoformat()}",
                    None,
                )
    return None


def _as_set(
    effect: Effect, kind: ActKind, state: State, act: Act, granted: int | None, until: dt.date | None
) -> Iterator[Run]:
    """The runs as they would be with the length or the last day that is set."""
    if effect.verb is Verb.START:
        if holds(effect, kind, state, act.facts, MATTER):
            since = act.facts.get(effect.since) or act.on
            yield Run(effect.clock, MATTER, since, granted=granted, until=(until,) if until else ())
        return
    for person, run in state.running(effect.clock).items():
        if not holds(effect, kind, state, act.facts, person):
            continue
        if effect.verb is Verb.MOVE:
            yield replace(run, until=(*run.until, until) if until else run.until)
        elif effect.verb is Verb.VARY:
            yield replace(run, granted=granted)
        elif granted is not None:
            extended = [*run.extensions, (effect.extension, act.on)]
            yield replace(run, extensions=extended, shorter={**run.shorter, len(run.extensions): granted})


def _variant(effect: Effect, run: Run) -> limits.Variant | None:
    version = None if run.start is None else run.clock.limit.editions.version(day_of(run.start))
    return None if version is None else version.value.extensions.get(effect.extension)


def _cited(cite: str) -> Cite:
    law, _, article = cite.strip("《").partition("》")
    return Cite(law, article)


def _wrong_stage(kind: ActKind, stage: str) -> str:
    where = "、".join(f"“{at}”" for at in kind.at)
    return f"{kind.title}在{where}阶段进行，现处“{stage}”阶段" if stage else f"事项尚未受理，不能{kind.title}"


def _not_before(procedure: type[Procedure], kind: ActKind) -> str:
    titles = dict.fromkeys(procedure.acts[key].title for key in kind.after)
    return f"须先有{'或'.join(f'“{title}”' for title in titles)}，才能{kind.title}"


def _disorder(kind: ActKind, facts: Facts) -> Iterator[tuple[str, str]]:
    for earlier, later in kind.ordered:
        first, second = facts.get(earlier), facts.get(later)
        if not first or not second:
            continue
        moments = isinstance(first, dt.datetime) and isinstance(second, dt.datetime)
        if (first > second) if moments else (day_of(first) > day_of(second)):
            labels = [fact.label if (fact := kind.fact(name)) else name for name in (earlier, later)]
            yield later, f"{labels[1]}（{second}）早于{labels[0]}（{first}）"

"""The acts of a matter as they are in force: corrected or revoked, and in order of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from jianwei.procedures.kernel.act import Act
from jianwei.procedures.kernel.procedure import CORRECT, CORRECTION, REVOKE
from jianwei.procedures.kernel.state import Refusal, State

_CORRECTIONS = frozenset({CORRECT, REVOKE})


def in_force(acts: Sequence[Act], state: State | None = None) -> Iterable[Act]:
    """The acts as corrected, in order of their day and hour; of one day, without an hour, in the order recorded."""
    corrections = [act for act in acts if act.kind in _CORRECTIONS]
    standing = _corrected(list(acts), corrections, state) if corrections else acts
    return standing if _in_order(standing) else _ordered(standing)


def _corrected(acts: list[Act], corrections: list[Act], state: State | None) -> list[Act]:
    by_id = {act.id: act for act in acts if act.id and act.kind not in (CORRECT, REVOKE)}
    order = list(by_id)
    without_id = [act for act in acts if not act.id and act.kind not in (CORRECT, REVOKE)]
    for correction in corrections:
        target = str(correction.facts.get("act", ""))
        if target not in by_id:
            if state is not None:
                state.refused.append(Refusal(correction, f"没有编号为“{target}”的行为可以更正"))
            continue
        if correction.kind == REVOKE:
            del by_id[target]
            continue
        old = by_id[target]
        changed = {name: value for name, value in correction.facts.items() if name not in CORRECTION}
        by_id[target] = replace(old, on=correction.facts.get("on") or old.on, facts={**old.facts, **changed})
    return [by_id[name] for name in order if name in by_id] + without_id


def _in_order(acts: Sequence[Act]) -> bool:
    """Whether all are days, or all moments, none before the one it follows."""
    last: dt.date | None = None
    for act in acts:
        on = act.on
        if last is not None and (type(on) is not type(last) or on < last):
            return False
        last = on
    return True


def _ordered(acts: Sequence[Act]) -> list[Act]:
    """In order of time; an act of no hour stays behind what was recorded before it for that day."""
    reached: dict[dt.date, dt.datetime] = {}
    keyed: list[tuple[dt.datetime, int]] = []
    for place, act in enumerate(acts):
        day = act.day
        at = act.on if isinstance(act.on, dt.datetime) else reached.get(day, dt.datetime.combine(day, dt.time.min))
        reached[day] = max(at, reached.get(day, at))
        keyed.append((at, place))
    return [acts[place] for _, place in sorted(keyed)]

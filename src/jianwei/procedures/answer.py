"""A standing as data that a machine reads and as lines that a person reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from jianwei.procedures.kernel.act import ActKind
from jianwei.procedures.kernel.procedure import COMMON
from jianwei.procedures.kernel.reckoning import ClockStanding
from jianwei.procedures.kernel.standing import Standing
from jianwei.procedures.kernel.state import Refusal


def as_json(found: Standing, unreadable: Iterable[Refusal] = ()) -> dict[str, Any]:
    """The whole standing; days as ISO text."""
    return {
        "procedure": found.procedure.key,
        "title": found.procedure.title,
        "version": found.procedure.version,
        "as_of": found.as_of.isoformat(),
        "stage": found.stage,
        "closed": found.closed,
        "overheld": [
            {
                "title": one.title,
                "persons": list(one.persons),
                "due_on": one.due_on.isoformat(),
                "ended_on": one.ended_on.isoformat(),
                "days": one.days,
                "article": one.cite,
                "says": one.says,
            }
            for one in found.overheld
        ],
        "clocks": [clock_json(clock) for clock in found.clocks],
        "past_clocks": [clock_json(clock) for clock in found.past],
        "allowed": [_kind(kind) for kind in found.allowed],
        "forbidden": [
            {"act": kind.key, "title": kind.title, "reason": refused.says, "article": str(refused.cite or "")}
            for kind, refused in found.forbidden
        ],
        "missing": [{"fact": m.fact, "label": m.label, "why": m.why} for m in found.missing],
        "refused": [refusal_json(found, refused) for refused in (*unreadable, *found.refused)],
        "notices": list(found.notices),
    }


def clock_json(clock: ClockStanding) -> dict[str, Any]:
    """One clock with its last day, state, and reasoning as text and as steps."""
    due = clock.due
    return {
        "clock": clock.clock,
        "title": clock.title,
        "kind": clock.kind.name.lower(),
        "kind_title": clock.kind.value,
        "binds": clock.binds,
        "person": clock.person,
        "start": clock.start.isoformat() if clock.start else None,
        "due_on": due.on.isoformat() if due else None,
        "due_at": due.at.isoformat(timespec="minutes") if due and due.at else None,
        "other_due_on": due.other.on.isoformat() if due and due.other else None,
        "state": clock.state.name.lower(),
        "state_title": clock.state.value,
        "days_left": clock.days_left,
        "says": clock.says,
        "reasoning": due.reasoning if due else clock.says,
        "steps": [{"says": step.says, "on": step.on.isoformat()} for step in due.steps] if due else [],
        "notices": list(due.notices) if due else [],
        "firm": due.firm if due else False,
        "verified": clock.verified,
        "article": clock.cite,
        "missing": clock.missing or None,
    }


def refusal_json(found: Standing, refused: Refusal) -> dict[str, Any]:
    """An act that was not admitted, with the article and what is wrong field by field."""
    kind = found.procedure.acts.get(refused.act.kind)
    return {
        "act": refused.act.kind,
        "id": refused.act.id,
        "title": kind.title if kind else refused.act.kind,
        "on": refused.act.on.isoformat() if refused.act.on != dt.date.min else None,
        "reason": refused.says,
        "article": str(refused.cite or ""),
        "fields": dict(refused.fields),
    }


def _kind(kind: ActKind) -> dict[str, Any]:
    facts = [
        {
            "fact": fact.name,
            "label": fact.label,
            "kind": fact.kind.value,
            "required": fact.required,
            "choices": dict(fact.choices),
        }
        for fact in kind.facts
    ]
    return {"act": kind.key, "title": kind.title, "article": "、".join(map(str, kind.basis)), "facts": facts}


def lines(found: Standing, unreadable: Iterable[Refusal] = ()) -> Iterator[str]:
    """The standing in words."""
    yield f"{found.procedure.title}　截至{found.as_of.isoformat()}　阶段：{found.stage or '未受理'}"
    yield from (f"  ！{one.says}" for one in found.overheld)
    for clock in found.clocks:
        whose = f"（{clock.person}）" if clock.person else ""
        due = f"　{clock.due.on.isoformat()}" if clock.due else ""
        yield f"  [{clock.state.value}] {clock.kind.value}·{clock.title}{whose}{due}　{clock.says}"
        if clock.due:
            yield from (f"      {step.says}" for step in clock.due.steps)
            yield from (f"      ！{notice}" for notice in clock.due.notices)
    for label in dict.fromkeys(missing.label for missing in found.missing):
        yield f"  缺少：{label}　{'；'.join(missing.why for missing in found.missing if missing.label == label)}"
    for refused in (*unreadable, *found.refused):
        kind = found.procedure.acts.get(refused.act.kind)
        on = f"{refused.act.on.isoformat()} " if refused.act.on != dt.date.min else ""
        cite = f"　{refused.cite}" if refused.cite else ""
        yield f"  不予接受：{on}{kind.title if kind else refused.act.kind}　{refused.says}{cite}"
    yield from (f"  注意：{notice}" for notice in found.notices)
    yield "  现在可以：" + ("、".join(kind.title for kind in found.allowed if kind.key not in COMMON) or "无")
    for kind, refused in found.forbidden:
        if refused.cite:
            yield f"  依法不能：{kind.title}　{refused.says}　{refused.cite}"

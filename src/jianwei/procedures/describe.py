"""What a procedure declares, as data: for the command line, the handbook and the picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jianwei.procedures.kernel.act import ActKind, By
from jianwei.procedures.kernel.clock import Effect
from jianwei.procedures.kernel.procedure import COMMON, Procedure


def as_json(procedure: type[Procedure]) -> dict[str, Any]:
    """Stages, clocks and acts with their facts."""
    return {
        "key": procedure.key,
        "title": procedure.title,
        "line": procedure.line.value,
        "version": procedure.version,
        "case_type": procedure.case_type,
        "stages": list(procedure.stages),
        "ends": list(procedure.ends),
        "basis": [str(cite) for cite in procedure.basis],
        "unverified": procedure.unverified,
        "clocks": [
            {
                "clock": c.name,
                "title": c.label,
                "limit": c.limit_key,
                "kind": c.kind.value,
                "binds": c.limit.binds,
                "each": c.each,
            }
            for c in procedure.clocks.values()
        ],
        "acts": [_act(procedure, kind) for kind in procedure.acts.values() if kind.key not in COMMON],
    }


def targets(procedure: type[Procedure], kind: ActKind) -> tuple[str, ...]:
    """The stages an act may lead to."""
    if isinstance(kind.to, By):
        return tuple(dict.fromkeys(kind.to.stages.values()))
    return (kind.to,) if kind.to else ()


def edges(procedure: type[Procedure]) -> Iterator[tuple[str, str, ActKind]]:
    """The moves of a procedure: from stage, to stage, by which act. From "" is the beginning."""
    for kind in procedure.acts.values():
        if kind.key in COMMON:
            continue
        starts = ("",) if kind.opens else kind.at or tuple(s for s in procedure.stages if s not in procedure.ends)
        for to in targets(procedure, kind):
            yield from ((start, to, kind) for start in starts if start != to)


def _act(procedure: type[Procedure], kind: ActKind) -> dict[str, Any]:
    return {
        "act": kind.key,
        "title": kind.title,
        "also": list(kind.also),
        "opens": kind.opens,
        "at": list(kind.at),
        "to": list(targets(procedure, kind)),
        "by": list(kind.by),
        "basis": [str(cite) for cite in kind.basis],
        "at_most": kind.at_most,
        "documents": list(kind.documents),
        "facts": [
            {
                "fact": f.name,
                "label": f.label,
                "kind": f.kind.value,
                "required": f.required,
                "choices": dict(f.choices),
                "least": f.least,
                "hint": f.hint,
            }
            for f in kind.facts
        ],
        "clocks": [
            {"clock": effect.clock.name, "verb": effect.verb.value}
            for effect in kind.does
            if isinstance(effect, Effect)
        ],
    }


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The same in words."""
    yield f"{found['title']}（{found['key']}，{found['line']}）　阶段：{' → '.join(found['stages'])}"
    yield f"  依据：{'、'.join(found['basis'])}"
    if found["unverified"]:
        yield f"  ！{found['unverified']}"
    for clock in found["clocks"]:
        yield f"  期限 {clock['clock']}：{clock['title']}（{clock['kind']}，{clock['binds']}，{clock['limit'] or '由人确定，非法定期限'}）"
    for act in found["acts"]:
        where = "开始" if act["opens"] else "、".join(act["at"]) or "任何未结阶段"
        to = f" → {'/'.join(act['to'])}" if act["to"] else ""
        yield f"  行为 {act['act']}：{act['title']}（{where}{to}）　{'、'.join(act['basis'])}"
        for fact in act["facts"]:
            choices = (
                f"：{'、'.join(f'{key}={label}' for key, label in fact['choices'].items())}" if fact["choices"] else ""
            )
            yield f"      {fact['fact']}　{fact['label']}（{fact['kind']}{'' if fact['required'] else '，可不填'}）{choices}"
    yield from _written(found)


def _written(found: dict[str, Any]) -> Iterator[str]:
    """How a matter is written for ``jianwei due``, by the act that opens it."""
    opening = next(act for act in found["acts"] if act["opens"])
    asked = "".join(f", {fact['label']}: {_sample(fact)}" for fact in opening["facts"] if fact["required"])
    yield "  写成文件交 jianwei due 计算（行为、事项可以写代号或者名称）："
    yield f"      procedure: {found['title']}"
    yield "      acts:"
    yield f"        - {{act: {opening['title']}, on: 2026-01-15{asked}}}"


def _sample(fact: dict[str, Any]) -> str:
    if fact["choices"]:
        return str(next(iter(fact["choices"].values())))
    return {
        "是否": "是",
        "日期": "2026-01-10",
        "时间": "2026-01-10 09:30",
        "整数": str(max(1, fact["least"] or 0)),
        "金额": "10000",
        "人员": "张某",
        "多名人员": "张某、李某",
    }.get(fact["kind"], "……")

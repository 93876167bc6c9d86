"""What was typed into the form of an act, read into typed facts or refused field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jianwei.desk.clues.document import masked
from jianwei.desk.matters import casebook
from jianwei.desk.matters.casebook import CORRECT, CORRECTION, REVOKE
from jianwei.desk.matters.errors import Refused
from jianwei.desk.people.models import User
from jianwei.procedures import Act, ActKind, BadFact, FactKind, Procedure, read_facts
from jianwei.procedures.casefile import moment_or_day
from jianwei.procedures.kernel.fold import in_force


@dataclass(frozen=True)
class NewAct:
    """An act that is read but not yet admitted. ``target`` is the kind of the act that a correction corrects."""

    kind: ActKind
    on: dt.date
    facts: dict[str, Any]
    target: ActKind | None = None


def read(
    procedure: type[Procedure],
    kind: ActKind,
    typed: Mapping[str, Any],
    on: str,
    *,
    today: dt.date,
    acts: Sequence[Act] = (),
) -> NewAct:
    """The act with its day (or moment) and typed facts. Raises ``Refused`` with everything that is wrong, by field."""
    done_on, wrong = _done_on(on, today)
    if not wrong and (early := too_early(procedure, done_on, acts)):
        wrong = {"done_on": early}
    target = None
    if kind.key == CORRECT:
        old = next((act for act in acts if act.id == str(typed.get("act", ""))), None)
        target = casebook.kind_of(procedure, old.kind, old.version) if old else None
        facts, unread = _corrected(kind, target, old, typed)
    else:
        facts, unread = read_facts(kind, dict(typed))
    wrong |= dict(unread)
    wrong |= {
        f.name: f"{f.label}必填" for f in kind.facts if f.required and f.name not in facts and f.name not in wrong
    }
    if kind.key in (CORRECT, REVOKE) and "act" in facts and str(facts["act"]) not in {act.id for act in acts}:
        wrong["act"] = "没有这个编号的行为"
    if wrong:
        raise Refused("所填内容有缺漏或错误，见各栏说明。", fields=wrong)
    return NewAct(kind, done_on, facts, target)


def moment(on: str) -> dt.date:
    """A day or a moment that was read before."""
    return moment_or_day(on.strip())


def _done_on(on: str, today: dt.date) -> tuple[dt.date, dict[str, str]]:
    if not on.strip():
        return today, {"done_on": "日期必填"}
    try:
        done_on = moment_or_day(on.strip())
    except BadFact as bad:
        return today, {"done_on": bad.says}
    if day(done_on) > today:
        return done_on, {"done_on": f"{day(done_on).isoformat()}还没有到，只能录入已经做的行为"}
    return done_on, {}


def too_early(procedure: type[Procedure], on: dt.date, acts: Sequence[Act]) -> str:
    """Why nothing can be done on that day: the matter had not begun. "" where it had."""
    kinds = ((act, casebook.kind_of(procedure, act.kind, act.version)) for act in in_force(acts))
    opening, kind = next(((act, kind) for act, kind in kinds if kind and kind.opens), (None, None))
    if opening is None or kind is None or day(on) >= day(opening.on):
        return ""
    wrong = f"{day(on).isoformat()}早于{kind.title}之日{day(opening.on).isoformat()}"
    return f"{wrong}；{kind.title}的日期录错的，请先更正第 {opening.id} 号行为"


def _corrected(
    kind: ActKind, target: ActKind | None, old: Act | None, typed: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """The facts of a correction: its own, and those facts of the corrected act that were changed (emptied: None)."""
    own, wrong = read_facts(kind, {name: value for name, value in typed.items() if name in CORRECTION})
    if target is None or old is None:
        return own, wrong
    rest = {name: _unmasked(value, old.facts.get(name)) for name, value in typed.items() if name not in CORRECTION}
    new, unread = read_facts(target, rest)
    bad = {name for name, _ in unread}
    changed = {name: new.get(name) for name in rest if name not in bad and new.get(name) != old.facts.get(name)}
    empty = [f for f in target.facts if f.required and f.name in changed and changed[f.name] is None]
    wrong = (*wrong, *unread, *((f.name, f"{f.label}必填") for f in empty))
    if not wrong and not changed and own.get("on") in (None, day(old.on)):
        wrong = (("act", "没有改动任何内容"),)
    return own | changed, wrong


def _unmasked(value: Any, recorded: Any) -> Any:
    """What was typed; where it is what the form showed with its numbers masked, what was recorded."""
    return recorded if isinstance(recorded, str) and value == masked(recorded) else value


def handing(procedure: type[Procedure], person: User, today: dt.date, way: str, why: str, *, first: bool) -> NewAct:
    """The act that gives a matter to a person: 分派承办人 the first time, 变更承办人 (``way`` is its reason) after that."""
    kind = procedure.acts["allot" if first else "reassign"]
    typed = {"handler": person.name, "username": person.username}
    typed |= {"way": way, "why": why} if first else {"reason": way}
    return read(procedure, kind, typed, today.isoformat(), today=today)


def title(kind: ActKind, facts: Mapping[str, Any]) -> str:
    """A name for a matter from its opening act: ``张某等2人　盗窃``."""
    people = next(
        (facts[f.name] for f in kind.facts if f.kind in (FactKind.PERSON, FactKind.PEOPLE) and facts.get(f.name)), ()
    )
    names = people if isinstance(people, tuple) else (people,)
    about = next((str(facts[f.name]) for f in kind.facts if f.kind is FactKind.TEXT and facts.get(f.name)), "")
    whose = f"{names[0]}等{len(names)}人" if len(names) > 1 else "".join(names)
    return "　".join(dict.fromkeys(part for part in (whose, about) if part))


def day(on: dt.date) -> dt.date:
    return on.date() if isinstance(on, dt.datetime) else on

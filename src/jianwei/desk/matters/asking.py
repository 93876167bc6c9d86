"""The form of an act, generated from the facts it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from jianwei.law.limits import Unit
from jianwei.procedures import ActKind, BadFact, Fact, FactKind
from jianwei.procedures.kernel.clock import Effect

PREFIX = "f."
"""Names of the fields of facts begin so; the day of the act itself is ``done_on``."""
FEW = 4
"""So many choices are shown side by side; more become a list (chosen: what one glance takes in)."""


@dataclass(frozen=True)
class Field:
    """One field of a form. ``shape`` is one of text, long, radios, list, people; ``now`` offers today or the moment."""

    name: str
    label: str
    shape: str
    value: str = ""
    required: bool = False
    hint: str = ""
    error: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    now: str = ""
    numeric: bool = False
    known: bool = field(default=False)
    """The value came from the matter or its clue, not from the writer."""


def done_on(kind: ActKind, value: str, moment: dt.datetime, error: str = "") -> Field:
    """The day of the act; to the minute where it starts a limit in hours."""
    hours = in_hours(kind)
    return Field(
        name="done_on",
        label="时间" if hours else "日期",
        shape="text",
        value=value,
        required=True,
        hint="由此起算的期限按小时计算，须写明时分，如 2026-11-22 09:30"
        if hours
        else "这一行为作出的日期，不是录入的日期",
        error=error,
        now=f"{moment:%Y-%m-%d %H:%M}" if hours else f"{moment:%Y-%m-%d}",
    )


def in_hours(kind: ActKind) -> bool:
    """Whether a limit in hours starts with the act."""
    return any(
        version.value.period.unit is Unit.HOURS
        for effect in kind.does
        if isinstance(effect, Effect) and not effect.since
        for version in effect.clock.limit.editions.versions
    )


def fields(
    facts: Sequence[Fact],
    values: Mapping[str, Any],
    moment: dt.datetime,
    *,
    errors: Mapping[str, str] | None = None,
    people: Sequence[str] = (),
    known: frozenset[str] = frozenset(),
    prefix: str = PREFIX,
) -> list[Field]:
    """The fields of these facts. ``values`` are as typed or as known; ``people`` are names that may be meant."""
    wrong = errors or {}
    made = [
        _field(fact, values.get(fact.name), moment, wrong.get(fact.name, ""), tuple(people), fact.name in known)
        for fact in facts
    ]
    return [replace(one, name=prefix + one.name.removeprefix(PREFIX)) for one in made]


def _field(fact: Fact, value: Any, moment: dt.datetime, error: str, people: tuple[str, ...], known: bool) -> Field:
    made: dict[str, Any] = {"shape": "text", "value": text_of(fact, value)}
    hint = fact.hint
    match fact.kind:
        case FactKind.LONG_TEXT:
            made["shape"] = "long"
        case FactKind.YES_NO:
            made |= {
                "shape": "radios",
                "choices": (("是", "是"), ("否", "否"), *(() if fact.required else (("", "未说明"),))),
            }
        case FactKind.CHOICE:
            choices = tuple(fact.choices.items())
            few = len(choices) <= FEW
            made |= {
                "shape": "radios" if few else "list",
                "choices": (*choices, *(() if fact.required or not few else (("", "未说明"),))),
            }
        case FactKind.DAY:
            made["now"] = f"{moment:%Y-%m-%d}"
        case FactKind.MOMENT:
            made["now"] = f"{moment:%Y-%m-%d %H:%M}"
        case FactKind.NUMBER:
            made["numeric"] = True
        case FactKind.MONEY:
            made["numeric"] = True
            hint = "；".join(part for part in ("单位：元", hint) if part)
        case FactKind.PERSON:
            made["suggestions"] = people
        case FactKind.PEOPLE if people:
            named = tuple(name for name in _split(made["value"]) if name in people)
            rest = "、".join(name for name in _split(made["value"]) if name not in people)
            made |= {"shape": "people", "suggestions": people, "chosen": named, "value": rest}
        case FactKind.PEOPLE:
            made["shape"] = "long"
            hint = "；".join(part for part in ("多人用顿号分开", hint) if part)
    return Field(
        name=PREFIX + fact.name, label=fact.label, required=fact.required, hint=hint, error=error, known=known, **made
    )


def text_of(fact: Fact, value: Any) -> str:
    """A typed value as the form shows it; what was typed stays as it was typed."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (tuple, list)):
        return "、".join(map(str, value))
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(fact.store(value))


def known(kind: ActKind, stored: Mapping[str, Any]) -> dict[str, str]:
    """Facts as another act of this kind has them, as the form shows them; what cannot be read is left out."""
    found = {}
    for fact in kind.facts:
        try:
            if (value := fact.read(stored.get(fact.name))) is not None:
                found[fact.name] = text_of(fact, value)
        except BadFact:
            continue
    return found


def typed(posted: QueryDict, facts: Sequence[Fact], prefix: str = PREFIX) -> dict[str, str]:
    """What was typed for these facts; several entries for one fact (people ticked and written) are joined."""
    found = {}
    for fact in facts:
        entries = [entry.strip()[:4000] for entry in posted.getlist(prefix + fact.name)[:200]]
        kept = [entry for entry in entries if entry]
        found[fact.name] = "、".join(kept) if fact.kind is FactKind.PEOPLE else (kept[0] if kept else "")
    return found


def _split(text: str) -> list[str]:
    return [name.strip() for name in text.replace("，", "、").replace(",", "、").split("、") if name.strip()]

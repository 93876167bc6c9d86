"""A matter written as a file: the procedure and its acts with their facts, read leniently and refused field by field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from jianwei.procedures.casetext import BadCaseFile, documents
from jianwei.procedures.kernel.act import Act, ActKind, day_of
from jianwei.procedures.kernel.facts import BadFact, Fact, FactKind
from jianwei.procedures.kernel.procedure import COMMON, CORRECT, Procedure
from jianwei.procedures.kernel.standing import read_facts
from jianwei.procedures.kernel.state import Refusal
from jianwei.procedures.shelf import procedure

_ACT, _ON = ("act", "行为", "行为名称", "名称"), ("at", "时间", "on", "日期", "date")
_FACTS, _ID, _BY = ("facts", "事实"), ("id", "编号"), ("by", "办理人")
_LINE = re.compile(
    r"\s*(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s+\d{1,2}[:：]\d{2})?)\s*[，,：:]?\s*(\S.*)"
)


@dataclass(frozen=True)
class CaseFile:
    """A matter of a file: the acts that could be read, and those that could not with the reason field by field."""

    procedure: type[Procedure]
    acts: tuple[Act, ...]
    unreadable: tuple[Refusal, ...]
    as_of: dt.date | None
    notices: tuple[str, ...] = ()

    def left_out(self, as_of: dt.date) -> tuple[str, ...]:
        """What to say of the acts after that day, which are not yet done on it."""
        later = [f"{act.day}的“{self.procedure.acts[act.kind].title}”" for act in self.acts if act.day > day_of(as_of)]
        return (f"{'、'.join(later)}晚于截至日期{day_of(as_of)}，没有计入",) if later else ()


def load(path: Path) -> CaseFile:
    """The only matter of a YAML (or JSON) file. Raises ``BadCaseFile``; a wrong act spoils only itself."""
    return read(documents(path)[0], path.name)


def read(loaded: Any, name: str = "") -> CaseFile:
    """The matter in parsed data."""
    if not isinstance(loaded, Mapping):
        raise BadCaseFile(name, "应当写明 procedure（程序）和 acts（行为）")
    _, wanted = _first(loaded, ("procedure", "程序", "办案程序"))
    _, listed = _first(loaded, ("acts", "行为", "办案行为"))
    if not wanted:
        raise BadCaseFile(name, "没有写明 procedure（程序）")
    if not isinstance(listed or [], list):
        raise BadCaseFile(name, "acts（行为）应当是一个列表，每个行为以“- ”开头")
    found = procedure(str(wanted))
    acts: list[Act] = []
    unreadable: list[Refusal] = []
    notices: list[str] = []
    entries = [(place, _entry(found, raw)) for place, raw in enumerate(listed or [], 1)]
    kinds = {_id(entry, place): found.kind(_named(entry)) for place, entry in entries if entry is not None}
    for place, entry in entries:
        made, wrong = _act(found, entry, place, kinds)
        if wrong:
            unreadable.append(
                Refusal(
                    made,
                    "；".join(f"{_label(found.acts.get(made.kind), field)}：{says}" for field, says in wrong),
                    fields=tuple(wrong),
                )
            )
            continue
        if acts and made.day < acts[-1].day:
            title = found.acts[made.kind].title
            notices.append(f"第{place}个行为（{made.day}的“{title}”）的日期早于前一个（{acts[-1].day}），按日期排列")
        acts.append(made)
    _, as_of = _first(loaded, ("as_of", "截至", "截至日期"))
    return CaseFile(found, tuple(acts), tuple(unreadable), _as_of(as_of, name) if as_of else None, tuple(notices))


def _first(given: Mapping[Any, Any], names: tuple[str, ...]) -> tuple[str, Any]:
    """The first of the keys that is written, and its value."""
    return next(((name, given[name]) for name in names if given.get(name) is not None), ("", None))


def _as_of(raw: object, name: str) -> dt.date:
    try:
        return moment_or_day(raw)
    except BadFact as bad:
        raise BadCaseFile(name, str(bad)) from bad


def moment_or_day(raw: object) -> dt.date:
    """A moment where hours are written, else a day. Raises ``BadFact``."""
    fact = Fact("on", "日期", FactKind.DAY)
    if isinstance(raw, dt.date):
        return raw
    if ":" in str(raw) or "：" in str(raw):
        found: dt.date = Fact("on", "时间", FactKind.MOMENT).read(raw)
        return found
    day: dt.date = fact.read(raw)
    return day


def _named(entry: Mapping[Any, Any]) -> str:
    return str(_first(entry, _ACT)[1] or "").strip()


def _id(entry: Mapping[Any, Any], place: int) -> str:
    return str(_first(entry, _ID)[1] or place)


def _act(
    found: type[Procedure], entry: Mapping[Any, Any] | None, place: int, kinds: Mapping[str, ActKind | None]
) -> tuple[Act, list[tuple[str, str]]]:
    if entry is None:
        return Act(f"第{place}项", dt.date.min), [("act", f"第{place}项应当写明 act（行为）和 on（日期）")]
    named, name = _named(entry), _id(entry, place)
    _, raw_on = _first(entry, _ON)
    _, nested = _first(entry, _FACTS)
    _, by = _first(entry, _BY)
    kind = found.kind(named)
    wrong: list[tuple[str, str]] = []
    on = dt.date.min
    if raw_on is None or raw_on == "":
        wrong.append(("on", "没有写明日期"))
    else:
        try:
            on = moment_or_day(raw_on)
        except BadFact as bad:
            wrong.append(("on", bad.says))
    if kind is None:
        return Act(named, on, id=name), [*wrong, ("act", _unknown(found, named))]
    used = {_first(entry, names)[0] for names in (_ACT, _ON, _ID, _BY)} | {"version"}
    if isinstance(nested, Mapping):
        used.add(_first(entry, _FACTS)[0])
    else:
        nested = {}
    given = {str(k).strip(): v for k, v in {**{k: v for k, v in entry.items() if k not in used}, **nested}.items()}
    facts, unread = _facts(kind, given, kinds)
    return Act(kind.key, on, facts, id=name, by=str(by or "")), [*wrong, *unread]


def _label(kind: ActKind | None, field: str) -> str:
    """A field as a person calls it."""
    fact = kind.fact(field) if kind else None
    return fact.label if fact else {"act": "行为", "on": "日期"}.get(field, field)


def _facts(
    kind: ActKind, given: dict[str, Any], kinds: Mapping[str, ActKind | None]
) -> tuple[dict[str, Any], tuple[tuple[str, str], ...]]:
    """The facts of an act; of a correction its own, and those of the act it corrects read as that act asks for them."""
    if kind.key != CORRECT:
        return read_facts(kind, given)
    own = {name: value for name, value in given.items() if kind.fact(name) is not None}
    facts, wrong = read_facts(kind, own)
    rest = {name: value for name, value in given.items() if name not in own}
    target = kinds.get(str(facts.get("act", "")))
    if target is None:
        return {**rest, **facts}, wrong
    changed, unread = read_facts(target, rest)
    return {**changed, **facts}, (*wrong, *unread)


def _entry(found: type[Procedure], raw: Any) -> Mapping[Any, Any] | None:
    """An act as written: with its keys, as ``行为: {…}``, as ``行为: 日期``, or as one line ``日期 行为``."""
    if isinstance(raw, str):
        line = _LINE.fullmatch(raw)
        return {"on": line[1], "act": line[2].strip()} if line else None
    if not isinstance(raw, Mapping):
        return None
    if len(raw) == 1 and not _first(raw, _ACT)[0]:
        ((name, value),) = raw.items()
        if found.kind(str(name)) is not None:
            return {"act": name, **value} if isinstance(value, Mapping) else {"act": name, "on": value}
    return raw


def _unknown(found: type[Procedure], named: str) -> str:
    """What to say to an act the procedure does not know: the nearest ones, then all."""
    if not named:
        return "没有写明行为"
    own = [kind for key, kind in found.acts.items() if key not in COMMON]
    words = {word: kind.title for kind in own for word in (kind.title, *kind.also)}
    near = [word for word in words if named in word or word in named] or get_close_matches(named, words, 3, 0.5)
    guess = "”“".join(dict.fromkeys(words[word] for word in near[:3]))
    titles = "、".join(kind.title for kind in own)
    return f"“{found.title}”没有“{named}”这种行为{f'，是不是“{guess}”' if guess else ''}；有：{titles}"


def as_entries(found: type[Procedure], acts: tuple[Act, ...]) -> Iterator[dict[str, Any]]:
    """Acts as a file would write them; ``read`` gives them back."""
    for act in acts:
        kind = found.acts[act.kind]
        facts = {name: fact.store(value) for name, value in act.facts.items() if (fact := kind.fact(name))}
        yield {"act": act.kind, "on": act.on.isoformat(), "facts": facts} | ({"by": act.by} if act.by else {})

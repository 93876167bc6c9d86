"""A matter written as a file: the procedure and its acts with their facts, read leniently and refused field by field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from jianwei.errors import JianweiError
from jianwei.procedures.kernel.act import Act
from jianwei.procedures.kernel.facts import BadFact, Fact, FactKind
from jianwei.procedures.kernel.procedure import Procedure
from jianwei.procedures.kernel.standing import read_facts
from jianwei.procedures.kernel.state import Refusal
from jianwei.procedures.shelf import procedure

_RESERVED = {"act", "行为", "on", "日期", "at", "时间", "facts", "事实", "id", "编号", "by", "办理人", "version"}


class _Days(yaml.SafeLoader):
    """YAML that leaves dates as they were typed, so that a wrong one spoils only its own act, and ``on`` a word."""

    yaml_implicit_resolvers = {  # the parent declares it so
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


class BadCaseFile(JianweiError):
    """The file cannot be read as a matter."""

    def __init__(self, file: str, says: str) -> None:
        self.file, self.says = file, says
        super().__init__(f"{file}：{says}")


@dataclass(frozen=True)
class CaseFile:
    """A matter of a file: the acts that could be read, and those that could not with the reason field by field."""

    procedure: type[Procedure]
    acts: tuple[Act, ...]
    unreadable: tuple[Refusal, ...]
    as_of: dt.date | None


def load(path: Path) -> CaseFile:
    """The matter in a YAML (or JSON) file. Raises ``BadCaseFile``; a wrong act spoils only itself."""
    try:
        loaded = yaml.load(path.read_text("utf-8"), _Days)
    except OSError as error:
        raise BadCaseFile(path.name, f"打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise BadCaseFile(path.name, "不是UTF-8编码的文本") from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise BadCaseFile(
            path.name, f"第{mark.line + 1}行不合YAML格式" if mark else f"不合YAML格式：{error}"
        ) from error
    return read(loaded, path.name)


def read(loaded: Any, name: str = "") -> CaseFile:
    """The matter in parsed data."""
    if not isinstance(loaded, Mapping):
        raise BadCaseFile(name, "应当写明 procedure（程序）和 acts（行为）")
    wanted = loaded.get("procedure", loaded.get("程序"))
    listed = loaded.get("acts", loaded.get("行为", []))
    if not wanted:
        raise BadCaseFile(name, "没有写明 procedure（程序）")
    if not isinstance(listed, list):
        raise BadCaseFile(name, "acts（行为）应当是一个列表")
    found = procedure(str(wanted))
    acts: list[Act] = []
    unreadable: list[Refusal] = []
    for place, entry in enumerate(listed, 1):
        made, wrong = _act(found, entry, place)
        if wrong:
            unreadable.append(
                Refusal(made, "；".join(f"{field}：{says}" for field, says in wrong), fields=tuple(wrong))
            )
        else:
            acts.append(made)
    as_of = loaded.get("as_of", loaded.get("截至"))
    return CaseFile(found, tuple(acts), tuple(unreadable), _as_of(as_of, name) if as_of else None)


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


def _act(found: type[Procedure], entry: Any, place: int) -> tuple[Act, list[tuple[str, str]]]:
    if not isinstance(entry, Mapping):
        return Act(f"第{place}项", dt.date.min), [("act", f"第{place}项应当写明 act（行为）和 on（日期）")]
    named = str(entry.get("act", entry.get("行为", "")))
    kind = found.kind(named)
    wrong: list[tuple[str, str]] = []
    on = dt.date.min
    raw_on = next((entry[key] for key in ("at", "时间", "on", "日期") if entry.get(key)), None)
    if raw_on is None:
        wrong.append(("on", "没有写明日期"))
    else:
        try:
            on = moment_or_day(raw_on)
        except BadFact as bad:
            wrong.append(("on", bad.says))
    name = str(entry.get("id", entry.get("编号", place)))
    if kind is None:
        titles = "、".join(dict.fromkeys(k.title for k in found.acts.values()))
        return Act(named, on, id=name), [*wrong, ("act", f"“{found.title}”没有“{named}”这种行为；有：{titles}")]
    nested = entry.get("facts", entry.get("事实", {})) or {}
    raw = {str(k): v for k, v in {**{k: v for k, v in entry.items() if k not in _RESERVED}, **nested}.items()}
    facts, unread = read_facts(kind, raw)
    by = str(entry.get("by", entry.get("办理人", "")))
    return Act(kind.key, on, facts, id=name, by=by), [*wrong, *unread]


def as_entries(found: type[Procedure], acts: tuple[Act, ...]) -> Iterator[dict[str, Any]]:
    """Acts as a file would write them; ``read`` gives them back."""
    for act in acts:
        kind = found.acts[act.kind]
        facts = {name: fact.store(value) for name, value in act.facts.items() if (fact := kind.fact(name))}
        yield {"act": act.kind, "on": act.on.isoformat(), "facts": facts} | ({"by": act.by} if act.by else {})

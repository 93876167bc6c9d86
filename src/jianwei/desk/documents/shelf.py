"""The shelf of document kinds: ``kinds/<line>/<name>.yaml`` with the Word template ``<name>.docx`` beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jianwei.desk.documents.kind import Basis, Column, Field, FieldKind, Kind, Layout, Numbering, Reply
from jianwei.desk.errors import DeskError

HERE = Path(__file__).parent / "kinds"

GROUPS = ("审查逮捕", "公诉", "监督", "刑事执行", "未成年人", "民事行政", "公益诉讼", "控告申诉", "案件管理")
"""The groups of the shelf, in the order in which they are shown."""

ANY = "各类事项"
"""Belongs to matters of every procedure."""

APPROVERS = {"检察长": "部门负责人", "部门负责人": "部门负责人", "检察官": "", "书记员": ""}
"""Who signs, and who reviews before that where the kind itself says nothing (人民检察院刑事诉讼规则第六条第二款)."""


class BadKind(DeskError):
    """A declaration that does not say what it must."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"文书种类 {key} 的声明有误：{why}。")
        self.key, self.why = key, why


class UnknownKind(DeskError):
    def __init__(self, key: str) -> None:
        super().__init__(f"没有“{key}”这种文书。")
        self.key = key


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its key, such as ``criminal/indictment``, in the order of groups and titles."""
    shared: dict[str, Any] = _loaded(HERE / "fields.yaml")
    found = [_kind(path, shared) for path in sorted(HERE.glob("*/*.yaml"))]
    return {kind.key: kind for kind in sorted(found, key=lambda k: (GROUPS.index(k.group), k.drafting["order"], k.key))}


def kind(key: str) -> Kind:
    """The kind of that key. Raises ``UnknownKind``."""
    found = kinds().get(key)
    if found is None:
        raise UnknownKind(key)
    return found


def titled(title: str) -> tuple[Kind, ...]:
    """The kinds that acts call by this title: its own, or another it is known by, or one without what its bracket adds.

    Where none is on the shelf, the general form for titles that end so.
    """
    own = tuple(k for k in kinds().values() if title in (k.title, plain(k.title), *k.also))
    return own or _general(title)


def _general(title: str) -> tuple[Kind, ...]:
    """The general form with the longest ending of ``title``."""
    fitting = [(len(end), kind) for kind in kinds().values() for end in kind.endings if title.endswith(end)]
    return (max(fitting, key=lambda pair: pair[0])[1],) if fitting else ()


def plain(title: str) -> str:
    """A title without the bracket at its end that tells it from others: ``不起诉决定书（相对不起诉）`` → ``不起诉决定书``."""
    return re.sub(r"（[^）]*）$", "", title)


def of_procedure(procedure: str) -> tuple[Kind, ...]:
    """The kinds that belong to a procedure, named by its title; not those that belong to every one."""
    return tuple(k for k in kinds().values() if procedure in k.procedures)


def template(key: str) -> Path:
    """The Word template that comes with a kind."""
    return HERE / f"{key}.docx"


def _loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def _kind(path: Path, shared: Mapping[str, Any]) -> Kind:
    key = f"{path.parent.name}/{path.stem}"
    loaded = _loaded(path)
    try:
        return Kind(
            key=key,
            title=loaded["title"],
            group=GROUPS[GROUPS.index(loaded["group"])],
            layout=Layout(loaded["layout"]),
            numbering=Numbering(**loaded["number"]) if "number" in loaded else None,
            fields=tuple(_field(given, shared) for given in loaded["fields"]),
            basis=tuple(Basis(b["law"], b["article"], b.get("verified", True)) for b in loaded["basis"]),
            procedures=tuple(loaded["procedures"]),
            also=tuple(loaded.get("also", ())),
            endings=tuple(loaded.get("endings", ())),
            copies=loaded["copies"],
            signed_by=loaded["signed_by"],
            approved_by=loaded.get("approved_by", APPROVERS[loaded["signed_by"]]),
            served_on=loaded.get("served_on", ""),
            reply=Reply(**loaded["reply"]) if "reply" in loaded else None,
            note=loaded.get("note", ""),
            drafting={part: loaded.get(part, "") for part in ("body", "stub", "receipt")}
            | {"order": loaded.get("order", 99)},
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BadKind(key, str(error)) from error


def _field(given: str | Mapping[str, Any], shared: Mapping[str, Any]) -> Field:
    """``court`` takes the shared field, ``court?`` makes it optional, a mapping ``{name: {…}}`` changes or defines one."""
    own: Mapping[str, Any] = {}
    if isinstance(given, str):
        name, optional = given.removesuffix("?"), given.endswith("?")
        declared = shared[name]
    else:
        ((name, own),) = given.items()
        name, optional = name.removesuffix("?"), name.endswith("?")
        declared = {**shared.get(name, {}), **own}
    if isinstance(columns := declared.get("columns", ()), str):
        columns = shared["columns"][columns]
    return Field(
        name=name,
        label=declared["label"],
        kind=FieldKind(declared.get("kind", "text")),
        required=not optional,
        sources=_sources(declared.get("from", ())),
        options=tuple(declared.get("options", ())),
        columns=tuple(_column(c) for c in columns),
        hint=declared.get("hint", ""),
    )


def _sources(given: str | list[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _column(given: Mapping[str, Any]) -> Column:
    return Column(
        name=given["name"],
        label=given["label"],
        required=given.get("required", True),
        options=tuple(given.get("options", ())),
        kind=FieldKind(given.get("kind", "text")),
    )

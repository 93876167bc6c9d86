"""Acts that say, or by law imply, that they were recorded: read from ``expected.yaml``, held against what is in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils import timezone

from jianwei.desk.matters.queries import Casebook
from jianwei.desk.recordings.models import Recording
from jianwei.procedures.kernel.fold import in_force


@dataclass(frozen=True)
class Expected:
    """One kind of act. ``fact``: the one that says so, "" where the act alone does; ``wanted`` is its value, ``absent`` what holds without it."""

    procedure: str
    act: str
    fact: str
    wanted: Any
    absent: bool

    def says(self, facts: Mapping[str, Any]) -> bool:
        """Whether an act with these facts says that it was recorded."""
        if not self.fact:
            return True
        return facts[self.fact] == self.wanted if self.fact in facts else self.absent


@dataclass(frozen=True)
class Missing:
    """An act that says it was recorded, on a day of which the log has no recording of the matter."""

    act_id: str
    title: str
    on: dt.date


@cache
def expected() -> dict[tuple[str, str], Expected]:
    """By procedure and act."""
    loaded = yaml.safe_load((files("jianwei.desk.recordings") / "expected.yaml").read_text("utf-8"))["acts"]
    found = (
        Expected(one["procedure"], one["act"], one.get("fact", ""), one.get("is"), one.get("absent", False))
        for one in loaded
    )
    return {(one.procedure, one.act): one for one in found}


def asks(procedure: str, act: str) -> bool:
    """Whether the form of an act asks for a recording."""
    return (procedure, act) in expected()


def missing(book: Casebook, recordings: Iterable[Recording]) -> list[Missing]:
    """The acts in force that say they were recorded and of whose day there is no recording; one a day."""
    days = {_day(one) for one in recordings}
    found: dict[dt.date, Missing] = {}
    for one in _said(book):
        if one.on not in days and None not in days:
            found.setdefault(one.on, one)
    return list(found.values())


def _said(book: Casebook) -> Iterator[Missing]:
    for act in in_force(book.acts):
        one = expected().get((book.matter.procedure, act.kind))
        kind = book.procedure.acts.get(act.kind)
        if one and kind and one.says(act.facts):
            yield Missing(act.id, kind.title, act.day)


def _day(one: Recording) -> dt.date | None:
    """The day on which a recording began; None where nobody said, so that it may be of any."""
    at = one.material.collected_at
    return timezone.localtime(at).date() if at else None

"""Who may be drawn for a matter and who may not, each with the reasons. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Field:
    """What somebody takes; an empty part is no restriction."""

    line: str = ""
    procedure: str = ""
    about: str = ""

    def covers(self, case: Case) -> bool:
        return (
            self.line in ("", case.line)
            and self.procedure in ("", case.procedure)
            and (not self.about or self.about in case.about)
        )


@dataclass(frozen=True)
class Avoided:
    """Whom or which matter somebody must avoid, and in which words that is said."""

    name: str
    matter: bool
    says: str

    def touches(self, case: Case) -> bool:
        """Whether it stands in the way of a case: rather once too often than once too seldom."""
        if self.matter:
            return self.name == case.number
        return self.name in case.names or len(self.name) > 1 and self.name in case.about


@dataclass(frozen=True)
class Case:
    """A matter as the pool sees it. ``about`` is its title and what was told when it was opened."""

    number: str
    line: str
    procedure: str
    about: str
    names: frozenset[str] = frozenset()
    handler: str = ""


@dataclass(frozen=True)
class Candidate:
    """Somebody of the office. ``load`` is the number of own open matters, shown and never weighed."""

    username: str
    name: str
    role: str
    load: int = 0
    away: str = ""
    fields: tuple[Field, ...] = ()
    avoids: tuple[Avoided, ...] = ()

    def recused(self, case: Case) -> list[str]:
        return [avoided.says for avoided in self.avoids if avoided.touches(case)]

    def whys(self, case: Case) -> list[str]:
        """Why this person is not in the pool of a case; none where they are."""
        whys = ["现承办人"] if self.username == case.handler else []
        whys += [self.away] if self.away else []
        whys += self.recused(case)
        if self.fields and not any(one.covers(case) for one in self.fields):
            whys.append("不属于登记的专长")
        return whys


@dataclass(frozen=True)
class Pool:
    """Who may be drawn for one matter, in the order of log-in names, and who was left out."""

    inside: tuple[Candidate, ...] = ()
    outside: tuple[tuple[Candidate, tuple[str, ...]], ...] = field(default=())

    @property
    def names(self) -> list[str]:
        return [one.username for one in self.inside]

    def inside_record(self) -> list[dict[str, Any]]:
        """As a draw keeps it."""
        return [{"username": one.username, "name": one.name, "load": one.load} for one in self.inside]

    def outside_record(self) -> list[dict[str, Any]]:
        return [{"username": one.username, "name": one.name, "whys": list(whys)} for one, whys in self.outside]


def pool(candidates: Iterable[Candidate], case: Case) -> Pool:
    """The pool of a case."""
    ordered = sorted(candidates, key=lambda one: one.username)
    judged = [(one, tuple(one.whys(case))) for one in ordered]
    return Pool(tuple(one for one, whys in judged if not whys), tuple((one, whys) for one, whys in judged if whys))

"""A sign: one reason for which a clue exists, with its weight and the sentence that states it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from jianwei.records import Record


class Kind(Enum):
    """What a sign is worth. Form signs show how a case was run; substance signs show that something cannot be true."""

    FORM = "形式"
    SUBSTANCE = "实质"
    CONTEXT = "背景"


@dataclass(frozen=True)
class Sign:
    """One sign of a model.

    ``key`` names a nullable boolean column of what ``Model.find`` returns: true = seen, false = looked for and not
    seen, null = could not be evaluated. ``text`` is a Chinese sentence formatted with that row's columns, e.g.
    ``"{absent} 件缺席，占 {absent_share:.0%}"``. The evidence rows of the sign are in column ``<key>__rows``.
    ``weight`` is a score of the house (chosen, see the model's docstring) unless ``source`` cites one.

    ``needs`` lists tables without which the sign cannot be evaluated: where the lake has none of their rows the sign is
    unknown, whatever ``find`` computed. ``about`` names the columns of the evidence rows that the sign speaks of, so
    that the very words of a judgment can be marked.
    """

    key: str
    kind: Kind
    weight: int
    text: str
    source: str = ""
    needs: tuple[type[Record], ...] = ()
    about: tuple[str, ...] = ()

    @property
    def rows(self) -> str:
        return f"{self.key}__rows"

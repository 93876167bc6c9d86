"""What a rule is: one contradiction inside a card, or between the two exports, with the exceptions that the law makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from jianwei.cards.arrest import ArrestCard
from jianwei.cards.card import Card
from jianwei.cards.prosecution import ProsecutionCard
from jianwei.kit import Cite


class Group(Enum):
    TERM = "期限"
    LOGIC = "逻辑"
    MISSING = "漏填"
    UNIT = "单位"
    SOURCE = "来源"
    CHARGE = "罪名"


class Severity(Enum):
    """How sure the contradiction is once no exception holds."""

    HIGH = "严重"
    """The law or logic forbids it: one of the cells is wrong, or the handling was."""
    MIDDLE = "一般"
    """It hardly ever happens."""
    LOW = "提示"
    """It happens, but is worth a look before the figures are reported."""


@dataclass(frozen=True)
class Look:
    """What stands around a card. ``peers`` are the cards of the same case in the same export, itself among them;
    ``arrest`` and ``prosecution`` the same person's card in the other export, if there is one; ``same_person`` the cards of
    other cases in the same export that bear the same person's number.
    """

    as_of: dt.date
    peers: Sequence[Any]
    arrest: ArrestCard | None = None
    prosecution: ProsecutionCard | None = None
    same_person: Sequence[Any] = ()


Facts = Mapping[str, object]
"""Words for the sentence that are not cells, by name. ``cells``: names of columns that only this finding concerns."""

C = TypeVar("C", bound=Card)


@dataclass(frozen=True)
class Lawful:
    """A lawful exception. ``holds`` tells whether the cells show it: True excuses, False rules it out, None leaves it to
    a person, as does having no ``holds`` at all. ``reads`` are the columns it looks at beside those of the rule.
    """

    key: str
    name: str
    cite: Cite | str
    shows: str = "需人判断"
    reads: tuple[str, ...] = ()
    holds: Callable[[Any, Look], bool | None] | None = None


@dataclass(frozen=True)
class Rule(Generic[C]):
    """One rule. ``needs`` are columns without which it is not checked, ``helps`` such that sharpen it, ``other`` columns
    needed in the other export. ``peers``: it looks at the other cards of the case; ``once_a_case``: it is asked once for them
    all. ``says`` is the sentence: ``{column}`` is a cell of this card, ``{other.column}`` one of the
    other export, any other name a word of what ``find`` returns.
    """

    ref: str
    key: str
    title: str
    on: type[C]
    group: Group
    severity: Severity
    basis: tuple[Cite | str, ...]
    needs: tuple[str, ...]
    says: str
    find: Callable[[C, Look], Facts | None]
    helps: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    exceptions: tuple[Lawful, ...] = ()
    peers: bool = False
    once_a_case: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        """Every column of this card that the rule or an exception looks at."""
        more = (name for exception in self.exceptions for name in exception.reads)
        return tuple(dict.fromkeys((*self.needs, *self.helps, *(n for n in more if not n.startswith("other.")))))

    @property
    def reads_other(self) -> tuple[str, ...]:
        """The same of the other export."""
        more = (name for exception in self.exceptions for name in exception.reads)
        return tuple(dict.fromkeys((*self.other, *(n[6:] for n in more if n.startswith("other.")))))


def rule(
    ref: str,
    title: str,
    *,
    on: type[C],
    group: Group,
    severity: Severity,
    basis: Sequence[Cite | str],
    needs: Sequence[str],
    says: str,
    helps: Sequence[str] = (),
    other: Sequence[str] = (),
    limits: Sequence[str] = (),
    exceptions: Sequence[Lawful] = (),
    peers: bool = False,
    once_a_case: bool = False,
) -> Callable[[Callable[[C, Look], Facts | None]], Rule[C]]:
    """Declares the decorated function, ``find``, as a rule. It returns the words of the sentence, or None for no finding."""

    def declared(find: Callable[[C, Look], Facts | None]) -> Rule[C]:
        return Rule(
            ref=ref,
            key=find.__name__,
            title=title,
            on=on,
            group=group,
            severity=severity,
            basis=tuple(basis),
            needs=tuple(needs),
            says=says,
            find=find,
            helps=tuple(helps),
            other=tuple(other),
            limits=tuple(limits),
            exceptions=tuple(exceptions),
            peers=peers or once_a_case,
            once_a_case=once_a_case,
        )

    return declared

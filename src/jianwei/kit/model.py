"""What a supervision model is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from jianwei.kit.sign import Sign
from jianwei.kit.threshold import Threshold
from jianwei.kit.words import Line
from jianwei.records import Record


class Tables(Protocol):
    """What a model may read: the tables of a lake on some engine, as Ibis expressions."""

    def __getitem__(self, record: type[Record]) -> Any:
        """The table of ``record``: lake columns, identity keys (resolved across tables) and provenance."""

    def derived(self, name: str) -> Any:
        """A named derived table of ``lake/derived``."""

    def kept(self, expression: Any) -> Any:
        """The same rows, worked out once and kept: for an intermediate table that several parts of a model start from."""


@dataclass(frozen=True)
class Cite:
    """A place in the law: title, article, and the edition where numbers moved. ``verified`` false prints a notice."""

    law: str
    article: str
    edition: str = ""
    verified: bool = True

    def __str__(self) -> str:
        edition = f"（{self.edition}）" if self.edition else ""
        return f"《{self.law}》{edition}{self.article}" + ("" if self.verified else "（未核对原文）")


@dataclass(frozen=True)
class Absence:
    """A claim that something is not there, so the feed must be known to be complete.

    ``feed`` is the table searched, ``until_days`` how many days before ``as_of`` the feed may end at the latest.
    ``signs`` are the keys of the signs that rest on it; empty means the whole clue does.
    """

    feed: type[Record]
    says: str
    until_days: int = 31
    signs: tuple[str, ...] = ()


class Model:
    """One supervision model. One file holds one subclass; its data file holds worked cases.

    ``find`` returns one row a clue:

    - ``subject_key`` (stable identity: an identity key, a case number …), ``subject`` (Chinese, names the subject),
      ``period`` (a string; with the two it forms the clue's identity), ``region`` (six-digit code, may be null),
      ``rows`` (array of row ids: the evidence that every such clue has), and if two clues may have the same score
      ``strength`` (a number, greater first; default: the number of evidence rows);
    - for every sign a nullable boolean column of its key and, where it has evidence of its own, ``<key>__rows``;
    - any further column that the sentences of ``headline`` and the signs mention.

    A row is a clue when it is returned and ``fires`` holds: the score of the signs seen reaches ``least_score`` and,
    if ``needs_substance``, one of them is a substance sign.
    """

    ref: ClassVar[str]
    title: ClassVar[str]
    line: ClassVar[Line]
    version: ClassVar[str] = "1"
    basis: ClassVar[tuple[Cite, ...]]
    reads: ClassVar[tuple[type[Record], ...]]
    one_of: ClassVar[tuple[type[Record], ...]] = ()
    """Tables of which at least one must be there: the same fact may arrive by several roads."""
    helps: ClassVar[tuple[type[Record], ...]] = ()
    """Tables that sharpen the model; without them some signs are not evaluated, which the clue says."""
    uses: ClassVar[tuple[str, ...]] = ()
    """Derived tables."""
    absences: ClassVar[tuple[Absence, ...]] = ()
    asks: ClassVar[tuple[str, ...]]
    headline: ClassVar[str]
    signs: ClassVar[tuple[Sign, ...]]
    least_score: ClassVar[int] = 1
    needs_substance: ClassVar[bool] = False

    def find(self, lake: Tables, as_of: dt.date) -> Any:
        """The clues as one Ibis table expression. ``as_of`` is the day the run looks from."""
        raise NotImplementedError

    @classmethod
    def key(cls) -> str:
        """``civil.professional_lender``: the file's place on the shelf."""
        return cls.__module__.removeprefix("jianwei.models.")

    @classmethod
    def thresholds(cls) -> dict[str, Threshold]:
        return {name: value for name, value in vars(cls).items() if isinstance(value, Threshold)}

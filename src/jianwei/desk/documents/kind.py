"""What a kind of document is: its fields, number, legal basis, copies, and what follows when it is issued."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FieldKind(StrEnum):
    """How a field is typed in and kept. Kept values are plain JSON."""

    TEXT = "text"  # str
    PROSE = "prose"  # str, one paragraph a line
    LINES = "lines"  # list[str], one item a line
    DATE = "date"  # "2026-11-22"
    MONEY = "money"  # int, fen
    NUMBER = "number"  # int
    CHOICE = "choice"  # str, one of ``options``
    YES = "flag"  # bool
    ROWS = "rows"  # list[dict[str, str]], one dict a row, keys are ``columns``


class Layout(StrEnum):
    """The four makes of documents in the field's pattern books."""

    NARRATIVE = "叙述式"
    FILLED = "填充式"
    RECORD = "笔录"
    TABLE = "表格"


@dataclass(frozen=True)
class Column:
    name: str
    label: str
    required: bool = True
    options: tuple[str, ...] = ()
    kind: FieldKind = FieldKind.TEXT


@dataclass(frozen=True)
class Field:
    """One blank. ``sources`` are paths into the matter, the first that leads somewhere wins: ``parties.被告人``."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    sources: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Numbering:
    """The number: ``pattern`` with ``{short}`` (院简称), ``{year}`` and ``{n}``; one sequence for each ``series``."""

    series: str
    pattern: str
    verified: bool

    def text(self, short: str, year: int | str, n: int | str) -> str:
        return self.pattern.format(short=short, year=year, n=n)


@dataclass(frozen=True)
class Basis:
    """A legal basis. ``verified`` is false while the text was not re-read."""

    law: str
    article: str
    verified: bool

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}" + ("" if self.verified else "（未核对原文）")


@dataclass(frozen=True)
class Reply:
    """An answer that is owed, counted from service or from issue.

    ``limit`` is a key of ``law/limits``; ``days`` names a field with the number of days that the document itself sets,
    which goes before the limit when it is filled.
    """

    what: str
    limit: str = ""
    days: str = ""
    starts: str = "送达"


@dataclass(frozen=True)
class Kind:
    """One kind of document. ``copies`` maps each copy to where it goes; in a 填充式 document each is a page."""

    key: str
    title: str
    group: str
    layout: Layout
    numbering: Numbering | None
    fields: tuple[Field, ...]
    basis: tuple[Basis, ...]
    procedures: tuple[str, ...]
    """Titles of the procedures it belongs to; ``各类事项`` for every one. Which act it goes with is said by the act."""
    copies: dict[str, str]
    signed_by: str
    approved_by: str
    """Who reviews it before it is signed, never the person who drafted it; "" where the signer decides alone."""
    served_on: str = ""
    """Whom it is served on, with a receipt; "" when nobody."""
    reply: Reply | None = None
    also: tuple[str, ...] = ()
    """Other titles under which acts name it."""
    endings: tuple[str, ...] = ()
    """Of a general form: how the titles end that it serves where no kind of their own is on the shelf."""
    note: str = ""
    drafting: dict[str, Any] = field(default_factory=dict, repr=False)
    """What the template is built from: ``body``, and for 填充式 ``stub`` and ``receipt``."""

    @property
    def line(self) -> str:
        return self.key.split("/")[0]

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)

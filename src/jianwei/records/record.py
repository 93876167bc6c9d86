"""What a record is: a frozen dataclass that is, at the same time, a table of the lake.

A column names the Chinese (and older English) headers under which it arrives, so that an agency's table can be
recognised without being told what it is. Columns of type ``IdNo`` never reach a disc in the clear: the lake writes
``<name>_hash`` (keyed, for matching) and ``<name>_sealed`` (encrypted). An ``Identity`` says which columns together
name a person or an organisation; the lake writes its key beside them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, NewType

CaseNo = NewType("CaseNo", str)
"""案号, in canonical form: full-width round brackets, no spaces, ``（2024）浙0602民初1234号之一``."""

IdNo = NewType("IdNo", str)
"""公民身份号码 (18 characters) or 统一社会信用代码 (18 characters), upper case."""

CourtName = NewType("CourtName", str)
"""A court's name as the list of courts has it, so that the same court printed with and without its province is one."""

Fen = NewType("Fen", int)
"""Money in fen, 1/100 元."""

_HEADERS = "headers"


def col(*headers: str) -> Any:
    """A column that may be absent; ``headers`` are the names under which it arrives, best first."""
    return field(default=None, metadata={_HEADERS: headers})


def needed(*headers: str) -> Any:
    """A column without which a row says nothing; a row lacking it is reported and left out."""
    return field(metadata={_HEADERS: headers})


@dataclass(frozen=True)
class Identity:
    """Which columns of a record name one person or organisation.

    ``key`` is the column that the lake adds. Identity is the number, else name + birth + place, and for an
    organisation its full name; never a person's name alone.
    """

    key: str
    name: str
    idno: str | None = None
    born_on: str | None = None
    place: str | None = None


@dataclass(frozen=True)
class Column:
    """One column of a record: its Python type, whether it may be empty, and its headers."""

    name: str
    type: type
    required: bool
    headers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Record:
    """The base of every record. ``table`` is the table's name, ``titles`` its Chinese names, best first."""

    table: ClassVar[str]
    titles: ClassVar[tuple[str, ...]]
    identities: ClassVar[tuple[Identity, ...]] = ()
    observed: ClassVar[str | None] = None
    """The date column by which the coverage of this feed is judged."""
    unnamed: ClassVar[str | None] = None
    """What stands in the column ``name`` of a row that tells its person by number alone, where models print a name."""
    doubtful_above_fen: ClassVar[int] = 4_990_000_00
    """A single amount above this in a column of 万元 is probably 元 (499 万元: practice reported for case-card checks)."""


_COLUMNS: dict[type[Record], tuple[Column, ...]] = {}


def columns(record: type[Record]) -> tuple[Column, ...]:
    """The columns of ``record`` in order."""
    if record not in _COLUMNS:
        _COLUMNS[record] = _read_columns(record)
    return _COLUMNS[record]


def _read_columns(record: type[Record]) -> tuple[Column, ...]:
    hints = typing.get_type_hints(record)
    return tuple(
        Column(
            name=f.name,
            type=_plain(hints[f.name]),
            required=f.default is dataclasses.MISSING,
            headers=tuple(f.metadata.get(_HEADERS, ())),
        )
        for f in dataclasses.fields(record)
    )


def _plain(hint: Any) -> type:
    """``X | None`` → ``X``; ``tuple[str, ...]`` → ``tuple``; NewTypes stay themselves."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        (hint,) = (a for a in typing.get_args(hint) if a is not type(None))
    return typing.get_origin(hint) or hint  # type: ignore[no-any-return]


def lake_columns(record: type[Record]) -> Iterator[tuple[str, type]]:
    """The columns as the lake stores them: ids split into hash and sealed form, identity keys added."""
    for column in columns(record):
        if column.type is IdNo:
            yield f"{column.name}_hash", str
            yield f"{column.name}_sealed", bytes
        else:
            yield column.name, column.type
    for identity in record.identities:
        yield identity.key, str


PROVENANCE: tuple[tuple[str, type], ...] = (
    ("row_id", str),
    ("source", str),
    ("entry", str),
    ("row_no", int),
    ("document", str),
    ("spans", str),
    ("batch", str),
    ("digest", str),
)
"""Columns the lake adds to every row: a stable id; the source file and the entry inside it (a ZIP member, a sheet, a
line); the row number in a table (1-based, header counted) or, for a row read from a document, the document's id and a
JSON object ``{column: [start, end]}`` of spans in its text; the ingest batch; the SHA-256 of the source content."""

PLAIN_TYPES: dict[Any, type] = {CaseNo: str, IdNo: str, CourtName: str, Fen: int}
"""What a NewType is underneath."""

LAKE_TYPES = (str, int, float, bool, bytes, dt.date, dt.datetime, tuple)

"""A part: the documents and rows that one commit brings in. Parts are written by any process, committed by one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from jianwei.lake.builder import Builder
from jianwei.lake.engines.tables import ALIAS_SCHEMA, ALIAS_TABLE
from jianwei.lake.journal import sync_folder
from jianwei.lake.keys import Alias
from jianwei.lake.line import joined
from jianwei.lake.secret import Keys
from jianwei.records import Document, Record, columns, tables
from jianwei.sources import RawRow

AGAIN_TABLE = "_again"
AGAIN_SCHEMA = pa.schema(
    [
        ("document", pa.string()),
        ("source", pa.string()),
        ("entry", pa.string()),
        ("row_no", pa.int64()),
        ("digest", pa.string()),
    ]
)

Spans = Mapping[str, tuple[int, int]]
Reading = tuple[Mapping[str, Any], Iterable[tuple[Record, Spans]]]
"""What was read in a text: columns of its ``Document`` row, and its records, each with the spans of its columns."""
Reader = Callable[[str, str, Mapping[str, Any]], Reading]
"""(text, document id, metadata that came with it) → what it says. A module's function, so that workers can have it."""


def document_id(text: str) -> str:
    """The id of a document: by its text, so that the same text is the same document whichever file it came in."""
    return "d" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def row_id(row: RawRow) -> str:
    """The id of a row of a table: by the file's content, so that the same row keeps it."""
    return f"{row.record_type.table}:{_prefix(row.origin.digest, row.origin.entry)}-{row.origin.row}"


@lru_cache(maxsize=1024)
def _prefix(digest: str, entry: str) -> str:
    return hashlib.sha256(f"{digest}|{entry}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Text:
    """One document on its way in."""

    document_id: str
    text: str
    meta: Mapping[str, Any]
    source: str
    entry: str
    row_no: int | None
    digest: str
    line: RawRow | None = None
    """What the row of a table says beside the document that stood in it."""


@dataclass
class Part:
    """``rows`` are by table: values in the order of ``columns(record)``, and provenance without the batch."""

    name: str
    batch: str
    texts: list[Text] = field(default_factory=list)
    again: list[Text] = field(default_factory=list)
    """Documents that are in the lake already; only where else they were found is noted, their text is empty."""
    rows: dict[str, list[tuple[tuple[Any, ...], tuple[Any, ...]]]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.texts) + sum(len(rows) for rows in self.rows.values()) // 8


@dataclass
class Written:
    """Files (path inside the lake → rows), rows by table, and the texts whose reading failed, with the reason."""

    files: dict[str, int] = field(default_factory=dict)
    failed: list[tuple[Text, str]] = field(default_factory=list)


def write(part: Part, root: Path, keys: Keys, reader: Reader, *, durable: bool = True) -> Written:
    """Read the texts of ``part`` and lay everything on disc under ``root``; nothing counts until it is committed."""
    builders: dict[str, Builder] = {}
    written = Written()
    for text in part.texts:
        _read(text, part.batch, reader, builders, keys, written)
    for table, rows in part.rows.items():
        builder = builders.setdefault(table, Builder(tables()[table], keys))
        for values, (row_id, source, entry, row_no, digest) in rows:
            builder.add(values, (row_id, source, entry, row_no, None, None, part.batch, digest))
    aliases: set[Alias] = set()
    for table, builder in builders.items():
        store(builder.table(aliases), table, part.name, root, written, durable)
    if aliases:
        store(_arrow(sorted(aliases), ALIAS_SCHEMA), ALIAS_TABLE, part.name, root, written, durable)
    if part.again:
        found = [(t.document_id, t.source, t.entry, t.row_no, t.digest) for t in part.again]
        store(_arrow(found, AGAIN_SCHEMA), AGAIN_TABLE, part.name, root, written, durable)
    return written


def _arrow(rows: Sequence[tuple[Any, ...]], columns: pa.Schema) -> pa.Table:
    arrays = [pa.array(v, f.type) for v, f in zip(zip(*rows, strict=True), columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=columns)


def _read(text: Text, batch: str, reader: Reader, builders: dict[str, Builder], keys: Keys, written: Written) -> None:
    head: Mapping[str, Any] = {}
    found: list[tuple[Record, Spans]] = []
    try:
        head, records = reader(text.text, text.document_id, text.meta)
        found = list(records)
    except Exception as error:  # one strange document must not stop a million others
        written.failed.append((text, f"{type(error).__name__}: {error}"))
    if text.line:
        found, beside = joined(found, text.line.values)
        if beside:
            kind = text.line.record_type
            own = builders.get(kind.table) or builders.setdefault(kind.table, Builder(kind, keys))
            told = tuple(text.line.values.get(c.name) for c in columns(kind))
            own.add(told, (row_id(text.line), text.source, text.entry, text.row_no, None, None, batch, text.digest))
    short = text.document_id[1:17]
    counts: dict[str, int] = {}
    where = (text.source, text.entry, text.row_no, text.document_id)
    for record, spans in found:
        kind = type(record)
        n = counts[kind.table] = counts.get(kind.table, 0) + 1
        builder = builders.get(kind.table) or builders.setdefault(kind.table, Builder(kind, keys))
        builder.add(
            _getter(kind)(record),
            (f"{kind.table}:{short}-{n}", *where, orjson.dumps(spans).decode(), batch, text.digest),
        )
    document = builders.get("document") or builders.setdefault("document", Builder(Document, keys))
    values = {**head, "document_id": text.document_id, "text": text.text}
    document.add(
        tuple(values.get(c.name) for c in columns(Document)),
        (f"document:{short}-1", *where, None, batch, text.digest),
    )


_getters: dict[type[Record], Callable[[Record], tuple[Any, ...]]] = {}


def _getter(kind: type[Record]) -> Callable[[Record], tuple[Any, ...]]:
    if kind not in _getters:
        _getters[kind] = attrgetter(*(c.name for c in columns(kind)))
    return _getters[kind]


def store(table: pa.Table, name: str, part: str, root: Path, written: Written, durable: bool) -> None:
    """Lay ``table`` on disc as a file of table ``name`` and note it in ``written``."""
    path = root / "tables" / name / f"{part}.parquet"
    if not path.parent.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        if durable:
            sync_folder(path.parent.parent)
    # Small row groups for texts: a reader of one document need not unpack thousands.
    pq.write_table(table, path, compression="zstd", row_group_size=1024 if name == "document" else 1 << 17)
    if durable:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(path.parent)
    written.files[str(path.relative_to(root))] = table.num_rows

"""Taking a source's rows out again, because its file has changed."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jianwei.lake.engines.tables import ALIAS_TABLE
from jianwei.lake.journal import State
from jianwei.lake.part import AGAIN_TABLE, Written, store

_MOVED = ("source", "entry", "row_no", "digest")


def documents_of(root: Path, state: State, digest: str) -> set[str]:
    """The ids of the documents that came in with the source ``digest``."""
    found: set[str] = set()
    for name in state.files:
        if name.split("/")[1] == "document":
            held = pq.read_table(root / name, columns=["document_id", "digest"])
            found.update(held.filter(pc.equal(held["digest"], digest))["document_id"].to_pylist())
    return found


def without(root: Path, state: State, digest: str, part: str, *, durable: bool) -> dict[str, Any]:
    """The content of a commit that takes the rows of ``digest`` out: files to remove, and what of them stays.

    A document that also came in another file stays, and is that file's from now on, unless the new content (the held
    files) brings it again.
    """
    renewed = _documents(root, {name for files in state.held.values() for name in files})
    elsewhere = _elsewhere(root, state, digest, renewed)
    removed, written = [], Written()
    for place, name in enumerate(list(state.files)):
        table = name.split("/")[1]
        path = root / name
        if not pc.any(pc.equal(pq.read_table(path, columns=["digest"])["digest"], digest)).as_py():
            continue
        if table == ALIAS_TABLE and elsewhere:
            continue  # what the documents that stay tell of names and numbers stays true
        removed.append(name)
        rows = pq.read_table(path)
        gone = pc.equal(rows["digest"], digest)
        kept = [rows.filter(pc.invert(gone))]
        if elsewhere and table not in (ALIAS_TABLE, AGAIN_TABLE):
            kept.append(_moved(rows.filter(gone), elsewhere))
        left = pa.concat_tables(kept)
        if left.num_rows:
            store(left, table, f"{part}-{place:05d}", root, written, durable)
    return {"remove": removed, "add": written.files}


def _documents(root: Path, names: Set[str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        if name.split("/")[1] == "document":
            found.update(pq.read_table(root / name, columns=["document_id"])["document_id"].to_pylist())
    return found


def _elsewhere(root: Path, state: State, digest: str, renewed: Set[str]) -> dict[str, dict[str, Any]]:
    """For documents of ``digest`` that came again in another source: where."""
    found: dict[str, dict[str, Any]] = {}
    for name in sorted(state.files):
        if name.split("/")[1] == AGAIN_TABLE:
            for row in pq.read_table(root / name).to_pylist():
                if row["digest"] != digest and row["document"] not in renewed:
                    found.setdefault(row["document"], row)
    return found


def _moved(rows: pa.Table, elsewhere: dict[str, dict[str, Any]]) -> pa.Table:
    rows = rows.filter(pc.is_in(rows["document"], pa.array(list(elsewhere), pa.string())))
    for column in _MOVED:
        values = [elsewhere[d][column] for d in rows["document"].to_pylist()]
        at = rows.schema.get_field_index(column)
        rows = rows.set_column(at, rows.schema.field(at), pa.array(values, rows.schema.field(at).type))
    return rows

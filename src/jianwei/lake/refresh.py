"""Keeps derived tables in step with what was committed."""

from __future__ import annotations

import os
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from jianwei.lake.derived import derived
from jianwei.lake.engines import Source, connect


def stale(folder: Path, snapshot: str) -> list[str]:
    """The derived tables that do not belong to ``snapshot``, in the order in which they are built."""
    held = _held(folder)
    return [name for name, one in derived().items() if held.get(name) != _mark(snapshot, one.version)]


def refresh(source: Source, snapshot: str) -> None:
    """Build what is stale. A table counts once its mark is written, so a kill in between only repeats the work."""
    names = stale(source.derived, snapshot)
    if not names:
        return
    source.derived.mkdir(exist_ok=True)
    for firsts in (True, False):
        wanted = [n for n in names if derived()[n].first is firsts]
        if not wanted:
            continue
        # The second group sees the lake through the first, so it connects after those are written.
        with connect("duckdb", source) as tables:
            for name in wanted:
                _store(source.derived, name, derived()[name].build(tables))
                held = _held(source.derived) | {name: _mark(snapshot, derived()[name].version)}
                _replace(source.derived / "state.json", orjson.dumps(held))


def _mark(snapshot: str, version: str) -> str:
    return f"{snapshot}/{version}"


def _held(folder: Path) -> dict[str, str]:
    path = folder / "state.json"
    held: dict[str, str] = orjson.loads(path.read_bytes()) if path.exists() else {}
    return held


def _store(folder: Path, name: str, table: pa.Table) -> None:
    draft = folder / f"{name}.{os.getpid()}.tmp"
    pq.write_table(table, draft, compression="zstd")
    draft.replace(folder / f"{name}.parquet")


def _replace(path: Path, content: bytes) -> None:
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    draft.write_bytes(content)
    draft.replace(path)

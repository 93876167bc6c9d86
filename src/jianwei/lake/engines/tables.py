"""What both engines share: the view of the lake that models read.

A table is its Parquet files; sealed juvenile records are taken out, and every identity key is replaced by the entity
that the derived table ``identity`` links it to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa
import pyarrow.parquet as pq

from jianwei.errors import JianweiError
from jianwei.lake.derived import derived
from jianwei.lake.schema import schema
from jianwei.records import Record

if TYPE_CHECKING:
    import pandas as pd

ALIAS_TABLE = "_alias"
ALIAS_SCHEMA = pa.schema(
    [("alias", pa.string()), ("entity", pa.string()), ("rank", pa.int64()), ("digest", pa.string())]
)

_BY_DEFENDANT = frozenset({"crim_judg", "sentence_item", "custody_event"})
"""Tables where a sealed person's rows can be told from those of the others in the same judgment."""


class UnknownDerived(JianweiError):
    def __init__(self, name: str) -> None:
        super().__init__(f"没有名为“{name}”的派生表。")


@dataclass(frozen=True)
class Source:
    """Where the files are. ``files(table)`` lists a table's Parquet files, ``derived`` is the folder of derived ones."""

    files: Callable[[str], list[Path]]
    derived: Path
    scratch: Path
    sealed: bool = False
    """Whether sealed juvenile records are shown."""


@dataclass
class Tables:
    """The tables of a lake on one engine, as Ibis tables."""

    source: Source
    engine: ClassVar[str]
    _known: dict[str, Any] = field(default_factory=dict, init=False)

    def __getitem__(self, record: type[Record]) -> Any:
        """The table of ``record``; empty and typed where nothing of it came in."""
        return self._once(record.table, lambda: self._seen(record))

    def derived(self, name: str) -> Any:
        """The derived table ``name``."""
        if name not in derived():
            raise UnknownDerived(name)
        path = self.source.derived / f"{name}.parquet"
        files = [path] if path.exists() else []
        return self._once(f"derived_{name}", lambda: self._read(f"derived_{name}", files, derived()[name].schema))

    def raw(self, record: type[Record]) -> Any:
        """The table as it lies on disc: keys unresolved, sealed records included. For ``lake/derived`` only."""
        name = f"raw_{record.table}"
        return self._once(name, lambda: self._read(name, self.source.files(record.table), schema(record)))

    def aliases(self) -> Any:
        """Which keys by name were seen with which number. For ``lake/derived`` only."""
        return self._once(
            ALIAS_TABLE, lambda: self._read(ALIAS_TABLE, self.source.files(ALIAS_TABLE), ALIAS_SCHEMA).distinct()
        )

    def kept(self, expression: Any) -> Any:
        """The same rows, worked out now and kept until the tables are closed: for what a model reads several times."""
        raise NotImplementedError

    def execute(self, expression: Any) -> pd.DataFrame:
        """The rows of an expression."""
        raise NotImplementedError

    def to_pyarrow(self, expression: Any) -> pa.Table:
        """The rows of an expression as Arrow."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the engine."""

    def __enter__(self) -> Tables:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _read(self, name: str, files: list[Path], columns: pa.Schema) -> Any:
        """An Ibis table of exactly ``columns`` over ``files``."""
        raise NotImplementedError

    def _define(self, name: str, sql: str, columns: pa.Schema) -> Any:
        """A query of exactly ``columns`` as a named view of the engine, so that queries on it stay short."""
        raise NotImplementedError

    def _once(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self._known:
            self._known[name] = make()
        return self._known[name]

    def _seen(self, record: type[Record]) -> Any:
        raw = self.raw(record)
        sealed = not self.source.sealed and self._rows("sealed_record")
        linked = record.identities and self._rows("identity")
        if not sealed and not linked:
            return raw
        sql = self._resolved(
            record,
            raw.get_name(),
            self.derived("identity").get_name() if linked else None,
            self.derived("sealed_record").get_name() if sealed else None,
        )
        return self._define(record.table, sql, schema(record))

    def _resolved(self, record: type[Record], raw: str, identity: str | None, sealed: str | None) -> str:
        """The view that models see, written by hand: to compile it from Ibis takes longer than to run it."""
        keys = [i.key for i in record.identities] if identity else []
        q = self._quoted
        chosen = [
            f"coalesce(l{keys.index(name)}.entity, t.{q(name)}) AS {q(name)}" if name in keys else f"t.{q(name)}"
            for name in schema(record).names
        ]
        sql = f"SELECT {', '.join(chosen)} FROM {q(raw)} t"
        for n, key in enumerate(keys):
            sql += f" LEFT JOIN {q(identity or '')} l{n} ON t.{q(key)} = l{n}.{q('key')}"
        if sealed:
            same = ["court_no", "name"] if record.table in _BY_DEFENDANT else ["document"]
            tie = " AND ".join(f"s.{q(column)} = t.{q(column)}" for column in same)
            sql += f" WHERE NOT EXISTS (SELECT 1 FROM {q(sealed)} s WHERE {tie})"
        return sql

    def _quoted(self, name: str) -> str:
        """``name`` as an identifier of the engine's SQL."""
        raise NotImplementedError

    def _rows(self, name: str) -> int:
        path = self.source.derived / f"{name}.parquet"
        return pq.read_metadata(path).num_rows if path.exists() else 0

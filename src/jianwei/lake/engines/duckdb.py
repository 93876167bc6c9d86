"""The lake in this process, on DuckDB."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.operations as ops
import pandas as pd
import pyarrow as pa
from ibis.backends.sql.datatypes import DuckDBType

from jianwei.lake.engines.tables import Source, Tables
from jianwei.records import Record


class DuckTables(Tables):
    """``threads`` and ``memory_gb`` bound what DuckDB takes; None leaves it to DuckDB."""

    engine = "duckdb"

    def __init__(self, source: Source, *, threads: int | None = None, memory_gb: int | None = None) -> None:
        super().__init__(source)
        self.connection = ibis.duckdb.connect(temp_directory=str(source.scratch))
        self._numbers = itertools.count(1)
        self._set("preserve_insertion_order", "false")
        self._set("parquet_metadata_cache", "true")
        if threads:
            self._set("threads", str(threads))
        if memory_gb:
            self._set("memory_limit", f"'{memory_gb}GB'")

    def kept(self, expression: Any) -> Any:
        name = f"kept_{next(self._numbers)}"
        self.connection.con.execute(f"CREATE TEMP TABLE {name} AS {self.connection.compile(expression)}")
        return self._named(name, expression.schema())

    def execute(self, expression: Any) -> pd.DataFrame:
        rows: pd.DataFrame = self.connection.execute(expression)
        return rows

    def to_pyarrow(self, expression: Any) -> pa.Table:
        return self.connection.to_pyarrow(expression)

    def query(self, sql: str, values: Sequence[Any] = ()) -> pa.Table:
        """The rows of a query in DuckDB's own words. Where the answer is small, compiling Ibis is most of the time."""
        return self.connection.con.execute(sql, list(values)).to_arrow_table()

    def name(self, record: type[Record]) -> str:
        """The table of ``record`` as ``query`` spells it."""
        return self._quoted(self[record].get_name())

    def filled(self, records: Iterable[type[Record]]) -> frozenset[str]:
        """The tables, of these, that have any row."""
        return frozenset(r.table for r in records if self.query(f"SELECT 1 FROM {self.name(r)} LIMIT 1").num_rows)

    def whereabouts(self, records: Iterable[type[Record]], row_ids: Collection[str]) -> dict[str, list[str]]:
        """In which of the tables each of the rows lies, by table; rows that may not be shown included."""
        looks = [
            f"SELECT '{r.table}' AS place, row_id FROM {self._quoted(self.raw(r).get_name())}"
            f" WHERE row_id IN (SELECT unnest($1))"
            for r in records
        ]
        lying = self.query(" UNION ALL ".join(looks), [sorted(row_ids)]) if looks and row_ids else None
        found: dict[str, list[str]] = {}
        for row in lying.to_pylist() if lying is not None else ():
            found.setdefault(row["place"], []).append(row["row_id"])
        return found

    def rows(self, record: type[Record], row_ids: Collection[str]) -> list[dict[str, Any]]:
        """The rows of those ids that may be shown, in no order."""
        if not row_ids:
            return []
        sql = f"SELECT * FROM {self.name(record)} WHERE row_id IN (SELECT unnest($1))"
        rows: list[dict[str, Any]] = self.query(sql, [list(row_ids)]).to_pylist()
        return rows

    def close(self) -> None:
        self.connection.disconnect()

    def _set(self, name: str, value: str) -> None:
        self.connection.raw_sql(f"SET {name} = {value}")

    def _read(self, name: str, files: list[Path], columns: pa.Schema) -> Any:
        if not files:
            self.connection.con.register(name, columns.empty_table())
            return self._named(name, ibis.Schema.from_pyarrow(columns))
        paths = ", ".join("'" + str(f).replace("'", "''") + "'" for f in files)
        source = f"read_parquet([{paths}], union_by_name = true)"
        here = set(self.connection.con.sql(f"SELECT * FROM {source}").columns)
        # Files written before a column existed have it as null.
        wanted = ", ".join(
            self._quoted(n) if n in here else f"CAST(NULL AS {DuckDBType.to_string(t)}) AS {self._quoted(n)}"
            for n, t in ibis.Schema.from_pyarrow(columns).items()
        )
        return self._define(name, f"SELECT {wanted} FROM {source}", columns)

    def _define(self, name: str, sql: str, columns: pa.Schema) -> Any:
        self.connection.con.execute(f"CREATE OR REPLACE TEMP VIEW {self._quoted(name)} AS {sql}")
        return self._named(name, ibis.Schema.from_pyarrow(columns))

    def _quoted(self, name: str) -> str:
        return f'"{name}"'

    def _named(self, name: str, columns: ibis.Schema) -> Any:
        # As connection.table(name), without asking DuckDB for what is known.
        return ops.DatabaseTable(name=name, schema=columns, source=self.connection, namespace=ops.Namespace()).to_expr()

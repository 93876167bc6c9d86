"""The lake in this process, on DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from jianwei.lake.engines.tables import Source, Tables


class DuckTables(Tables):
    """``threads`` and ``memory_gb`` bound what DuckDB takes; None leaves it to DuckDB."""

    engine = "duckdb"

    def __init__(self, source: Source, *, threads: int | None = None, memory_gb: int | None = None) -> None:
        super().__init__(source)
        self.connection = ibis.duckdb.connect(temp_directory=str(source.scratch))
        self._set("preserve_insertion_order", "false")
        if threads:
            self._set("threads", str(threads))
        if memory_gb:
            self._set("memory_limit", f"'{memory_gb}GB'")

    def execute(self, expression: Any) -> pd.DataFrame:
        rows: pd.DataFrame = self.connection.execute(expression)
        return rows

    def to_pyarrow(self, expression: Any) -> pa.Table:
        return self.connection.to_pyarrow(expression)

    def close(self) -> None:
        self.connection.disconnect()

    def _set(self, name: str, value: str) -> None:
        self.connection.raw_sql(f"SET {name} = {value}")

    def _read(self, name: str, files: list[Path], columns: pa.Schema) -> Any:
        if not files:
            return self.connection.create_table(name, schema=ibis.Schema.from_pyarrow(columns), temp=True)
        table = self.connection.read_parquet([str(f) for f in files], table_name=name, union_by_name=True)
        here, wanted = table.schema(), ibis.Schema.from_pyarrow(columns)
        if tuple(here.items()) == tuple(wanted.items()):
            return table
        # Files written before a column existed.
        return table.mutate(
            **{column: ibis.null().cast(kind) for column, kind in wanted.items() if column not in here}
        ).select(*wanted)

    def _define(self, name: str, expression: Any) -> Any:
        return self.connection.create_view(name, expression, overwrite=True)

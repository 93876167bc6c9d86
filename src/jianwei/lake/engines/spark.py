"""The lake on a Spark cluster, or on this machine's cores when no master is named. Needs a Java runtime."""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pyarrow as pa

from jianwei.errors import JianweiError
from jianwei.lake.engines.tables import Source, Tables
from jianwei.records import tables

_numbers = itertools.count(1)

WORTH_COMPILING = 2_000_000_000
"""Bytes of Parquet from which on plans are compiled; chosen. Below, Spark's compiler is most of the time: three models over
3,000 judgments (4 MB) took 50 s with it and 32 s without on two cores."""


class NoSpark(JianweiError):
    def __init__(self, why: Exception) -> None:
        super().__init__(f"Spark 启动不了（需要 pyspark 和 Java 17 运行环境）：{why}")


class SparkTables(Tables):
    """All lakes of a process share one session; each has views of its own names.

    ``compiled`` makes Spark turn its plans into Java classes; None decides by the lake's size.
    """

    engine = "spark"

    def __init__(
        self,
        source: Source,
        *,
        master: str = "local[2]",
        partitions: int = 4,
        memory_gb: int = 2,
        compiled: bool | None = None,
    ) -> None:
        super().__init__(source)
        self.session = session(master, partitions=partitions, memory_gb=memory_gb, scratch=source.scratch)
        compiled = _size(source) > WORTH_COMPILING if compiled is None else compiled
        self.session.conf.set("spark.sql.codegen.wholeStage", str(compiled).lower())
        self.session.conf.set("spark.sql.codegen.factoryMode", "FALLBACK" if compiled else "NO_CODEGEN")
        self.connection = ibis.pyspark.connect(self.session)
        self._prefix = f"lake{next(_numbers)}"
        self._views: list[str] = []

    def kept(self, expression: Any) -> Any:
        """As rows on the executors' discs and in their memory: what is read from them has a short plan again."""
        frame = self.session.sql(self.connection.compile(expression)).localCheckpoint(eager=True)
        return self._view(f"kept_{len(self._views)}", frame)

    def execute(self, expression: Any) -> pd.DataFrame:
        rows: pd.DataFrame = self.connection.execute(expression)
        return rows

    def to_pyarrow(self, expression: Any) -> pa.Table:
        return self.connection.to_pyarrow(expression)

    def close(self) -> None:
        """Drop this lake's views; the session stays for the next."""
        for view in self._views:
            self.session.catalog.dropTempView(view)

    def _read(self, name: str, files: list[Path], columns: pa.Schema) -> Any:
        from pyspark.sql.pandas.types import from_arrow_schema

        kinds = from_arrow_schema(columns, prefer_timestamp_ntz=True)
        if files:
            frame = self.session.read.schema(kinds).parquet(*(str(f) for f in files))
        else:
            frame = self.session.createDataFrame([], kinds)
        return self._view(name, frame)

    def _define(self, name: str, sql: str, columns: pa.Schema) -> Any:
        return self._view(name, self.session.sql(sql))

    def _quoted(self, name: str) -> str:
        return f"`{name}`"

    def _view(self, name: str, frame: Any) -> Any:
        view = f"{self._prefix}_{name.strip('_')}"
        frame.createOrReplaceTempView(view)
        self._views.append(view)
        return self.connection.table(view)


def _size(source: Source) -> int:
    return sum(file.stat().st_size for table in tables() for file in source.files(table))


def session(master: str, *, partitions: int, memory_gb: int, scratch: Path) -> Any:
    """The process's Spark session, quiet and without its web page; started at the first call."""
    try:
        from pyspark.sql import SparkSession

        # Workers must run this interpreter, not whichever python comes first.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master(master).appName("jianwei")
        for key, value in {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": str(partitions),
            "spark.default.parallelism": str(partitions),
            "spark.driver.memory": f"{memory_gb}g",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.session.timeZone": "Asia/Shanghai",
            "spark.sql.execution.arrow.pyspark.enabled": "true",
            "spark.sql.warehouse.dir": str(scratch / "spark"),
            "spark.log.level": "ERROR",
        }.items():
            builder = builder.config(key, value)
        return builder.getOrCreate()
    except Exception as error:  # pyspark raises bare RuntimeError, JavaError or OSError when no JVM starts
        raise NoSpark(error) from error

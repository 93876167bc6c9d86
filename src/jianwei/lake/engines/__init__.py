"""The same lake on two engines. ``connect`` starts nothing but the engine asked for."""

from __future__ import annotations

from typing import Any, Literal

from jianwei.errors import JianweiError
from jianwei.lake.engines.tables import Source, Tables

Engine = Literal["duckdb", "spark"]

__all__ = ["Engine", "Source", "Tables", "UnknownEngine", "connect"]


class UnknownEngine(JianweiError):
    def __init__(self, engine: str) -> None:
        super().__init__(f"没有名为“{engine}”的计算引擎，可用的是 duckdb 和 spark。")


def connect(engine: str, source: Source, **options: Any) -> Tables:
    """The tables of ``source`` on ``engine``; ``options`` are the engine's own."""
    if engine == "duckdb":
        from jianwei.lake.engines.duckdb import DuckTables

        return DuckTables(source, **options)
    if engine == "spark":
        from jianwei.lake.engines.spark import SparkTables

        return SparkTables(source, **options)
    raise UnknownEngine(engine)

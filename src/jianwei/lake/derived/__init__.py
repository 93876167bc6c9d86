"""Tables made from tables: what one Ibis expression cannot say. One file each, found by scanning.

A file has ``NAME``, ``SCHEMA`` (Arrow) and ``build(tables) -> pyarrow.Table``, where ``tables`` is the lake on DuckDB;
``FIRST = True`` marks those that the ordinary view of the lake itself is made with, which see raw tables only
(``tables.raw``, ``tables.aliases``). ``VERSION`` (default "1") is raised when the same lake would give another table.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import pyarrow as pa


@dataclass(frozen=True)
class Derived:
    """One derived table."""

    name: str
    schema: pa.Schema
    version: str
    first: bool
    module: ModuleType

    def build(self, tables: Any) -> pa.Table:
        """The table, in the column order and types of ``schema``."""
        return self.module.build(tables).select(self.schema.names).cast(self.schema)


@cache
def derived() -> dict[str, Derived]:
    """Every derived table, those the lake's view needs first."""
    found = []
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        if hasattr(module, "NAME"):
            found.append(
                Derived(
                    module.NAME,
                    module.SCHEMA,
                    str(getattr(module, "VERSION", "1")),
                    bool(getattr(module, "FIRST", False)),
                    module,
                )
            )
    return {d.name: d for d in sorted(found, key=lambda d: (not d.first, d.name))}

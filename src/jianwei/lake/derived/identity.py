"""Which keys by name stand for which number.

A name with birth and county is linked to the one number in the lake that carries the same; where two numbers do, to
none. An organisation's name (former names too) is linked to its one code, registries before mentions.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

NAME = "identity"
VERSION = "2"
FIRST = True
SCHEMA = pa.schema([("key", pa.string()), ("entity", pa.string())])


def build(tables: Any) -> pa.Table:
    aliases = tables.aliases()
    # by brackets: Table.alias is a method
    best = aliases.group_by(best_of="alias").agg(best=aliases.rank.min())
    ranked = aliases.join(best, aliases["alias"] == best.best_of).filter(lambda t: t["rank"] == t.best)
    linked = (
        ranked.group_by(key="alias")
        .agg(entity=ranked.entity.min(), several=ranked.entity.nunique())
        .filter(lambda t: t.several == 1)
        .select("key", "entity")
        .order_by("key")
    )
    return tables.to_pyarrow(linked)

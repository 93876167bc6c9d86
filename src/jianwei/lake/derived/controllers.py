"""站在谁身后的是同一伙人：由控制关系连成的群，每个成员一行。

Connected components of ``control_edges``, without siblings (each has a household of his own). A component beyond
``LARGEST`` is taken apart again and joined by firm ties only (office, share, marriage), so that a shared door or a
family register never melts a town into one lender.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from jianwei.lake.derived.control_edges import ROLE, SHARE, SIBLING, SPOUSE

NAME = "controllers"
SCHEMA = pa.schema(
    [("member", pa.string()), ("group_id", pa.string()), ("size", pa.int64()), ("says", pa.list_(pa.string()))]
)

LARGEST = 30  # chosen: the largest ring of related lenders that was published had fewer than twenty names
_FIRM = frozenset({ROLE, SHARE, SPOUSE})

Edge = tuple[str, str, str, str]


def build(tables: Any) -> pa.Table:
    rows = tables.to_pyarrow(tables.derived("control_edges").select("a", "b", "kind", "says")).to_pylist()
    edges = sorted((r["a"], r["b"], r["kind"], r["says"]) for r in rows if r["kind"] != SIBLING)
    found: list[dict[str, Any]] = []
    for members in components(edges):
        ties = edges_among(edges, members) if len(members) > LARGEST else []
        parts = components(e for e in ties if e[2] in _FIRM) if ties else [members]
        found += [row for part in parts for row in _rows(part)]
    said = _said(edges, {row["member"]: row["group_id"] for row in found})
    for row in found:
        row["says"] = said.get(row["member"], [])
    return pa.Table.from_pylist(sorted(found, key=lambda r: str(r["member"])), schema=SCHEMA)


def components(edges: Iterable[Edge]) -> list[list[str]]:
    """The members of each connected component, sorted."""
    kept = list(edges)
    if not kept:
        return []
    keys = sorted({key for a, b, *_ in kept for key in (a, b)})
    at = {key: i for i, key in enumerate(keys)}
    left = np.array([at[e[0]] for e in kept])
    right = np.array([at[e[1]] for e in kept])
    graph = coo_matrix((np.ones(len(kept), dtype=np.int8), (left, right)), shape=(len(keys), len(keys)))
    _, labels = connected_components(graph, directed=False)
    groups: dict[int, list[str]] = defaultdict(list)
    for key, label in zip(keys, labels, strict=True):
        groups[int(label)].append(key)
    return [groups[label] for label in sorted(groups)]


def edges_among(edges: Iterable[Edge], members: Iterable[str]) -> list[Edge]:
    inside = set(members)
    return [e for e in edges if e[0] in inside and e[1] in inside]


def _rows(members: list[str]) -> list[dict[str, Any]]:
    """A group is named after its first member, so it keeps its name while that one stays."""
    return [{"member": m, "group_id": "群:" + members[0], "size": len(members)} for m in members]


def _said(edges: Iterable[Edge], group_of: dict[str, str]) -> dict[str, list[str]]:
    """Why each member is in its group, in words."""
    said: dict[str, list[str]] = defaultdict(list)
    for a, b, _, says in edges:
        if group_of.get(a) == group_of.get(b):
            said[a].append(says)
            said[b].append(says)
    return {key: sorted(set(words)) for key, words in said.items()}

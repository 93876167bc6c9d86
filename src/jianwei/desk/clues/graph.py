"""Who is tied to whom: cases, parties and agents of a clue as a graph, and the same as a table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from jianwei.desk.clues import evidence, source
from jianwei.records import CivilAgent, CivilParty, Record, tables

MOST_ROWS = 1500
AT_ONCE = 45
"""Nodes drawn before the reader asks for more (chosen: what stays legible in the space given)."""


@dataclass(frozen=True)
class Node:
    id: str
    label: str
    kind: str
    """案件, 当事人, 代理人 or 单位."""
    degree: int = 0
    shown: bool = True


@dataclass(frozen=True)
class Edge:
    one: str
    other: str
    label: str


@dataclass(frozen=True)
class Graph:
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "nodes": [
                {"id": n.id, "label": n.label, "kind": n.kind, "degree": n.degree, "shown": n.shown} for n in self.nodes
            ],
            "edges": [{"source": e.one, "target": e.other, "label": e.label} for e in self.edges],
        }

    def lines(self) -> list[tuple[str, str, str]]:
        """The ties as a table: who, as what, in what."""
        names = {node.id: node.label for node in self.nodes}
        return [(names[edge.one], edge.label, names[edge.other]) for edge in self.edges]


def build(content: dict[str, Any]) -> Graph:
    """The graph of a clue: from its evidence rows, and the parties and agents of the cases among them."""
    rows: dict[str, tuple[type[Record], dict[str, Any]]] = {}
    for head in evidence.heads(content):
        record = tables().get(head.table)
        if record is not None:
            rows |= {row["row_id"]: (record, row) for row in source.rows(head.table, list(head.row_ids[:MOST_ROWS]))}
    cases = sorted({str(row["case_no"]) for _, row in rows.values() if row.get("case_no")})
    for extra in (CivilParty, CivilAgent):
        rows |= {row["row_id"]: (extra, row) for row in source.of_cases(extra, cases, MOST_ROWS)}
    return _drawn(rows)


def _drawn(rows: dict[str, tuple[type[Record], dict[str, Any]]]) -> Graph:
    labels: dict[str, tuple[str, str]] = {}
    edges: dict[Edge, None] = {}
    for record, row in rows.values():
        ends = _people(record, row)
        case = row.get("case_no")
        if case:
            labels.setdefault(str(case), (str(case), "案件"))
            for key, name, kind, role in ends:
                labels.setdefault(key, (name, kind))
                edges[Edge(key, str(case), role)] = None
        elif len(ends) > 1:
            for key, name, kind, _ in ends:
                labels.setdefault(key, (name, kind))
            edges[Edge(ends[0][0], ends[1][0], evidence.title(record.table))] = None
    degree = Counter(end for edge in edges for end in (edge.one, edge.other))
    # The best connected come first; a case hides until one of its people is expanded when there are too many.
    order = sorted(labels, key=lambda n: (-degree[n], n))
    shown = set(order[:AT_ONCE])
    nodes = tuple(
        Node(n, labels[n][0], labels[n][1], degree[n], n in shown) for n in order if degree[n] or len(labels) == 1
    )
    return Graph(nodes, tuple(edges))


def _people(record: type[Record], row: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The persons and organisations that a row names: key, name, kind, role."""
    found = []
    for identity in record.identities:
        key, name = row.get(identity.key), row.get(identity.name)
        if key and name:
            kind = "代理人" if record is CivilAgent else "单位" if str(key).startswith("org:") else "当事人"
            role = row.get("role") or row.get("kind") if record in (CivilParty, CivilAgent) else None
            found.append((str(key), str(name), kind, str(role or evidence.column_title(record.table, identity.name))))
    return found

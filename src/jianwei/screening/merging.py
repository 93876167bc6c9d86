"""Clues of one underlying matter belong together.

Within a model, clues of the same subject whose evidence overlaps become one; it keeps its parts whole, so the merge can
be undone. Across models nothing is melted: clues that rest on the same case or the same row share a ``group``, and every
link says what ties them, so that a person can cut it.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jianwei.screening.clue import Clue, Evidence, Seen
from jianwei.screening.ranking import weighed


@dataclass(frozen=True, order=True)
class Link:
    """Why two clues were taken for one matter. ``kind``: 合并 (one clue) or 关联 (one group)."""

    kind: str
    clue: str
    other: str
    because: str

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)


class _Sets:
    """Union–find over clue ids; the smallest id names its set, so the order of joins does not matter."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def find(self, item: str) -> str:
        root = item
        while (up := self._up.get(root, root)) != root:
            root = up
        while (up := self._up.get(item, item)) != root:
            self._up[item] = root
            item = up
        return root

    def join(self, a: str, b: str) -> None:
        a, b = sorted((self.find(a), self.find(b)))
        self._up[b] = a


def merged(clues: Iterable[Clue]) -> tuple[Clue, ...]:
    """The clues of one model, those of the same subject with overlapping evidence made one."""
    by_subject: dict[str, list[Clue]] = defaultdict(list)
    for clue in clues:
        by_subject[clue.subject_key].append(clue)
    return tuple(one for same in by_subject.values() for one in _merge_subject(same))


def unmerged(clue: Clue) -> tuple[Clue, ...]:
    """The clues that ``clue`` was made of, exactly as they were."""
    return clue.parts or (clue,)


def _merge_subject(clues: list[Clue]) -> Iterator[Clue]:
    if len(clues) == 1:
        yield clues[0]
        return
    sets = _Sets()
    for _, sharing in _by_row(clues):
        for clue in sharing[1:]:
            sets.join(sharing[0].id, clue.id)
    together: dict[str, list[Clue]] = defaultdict(list)
    for clue in clues:
        together[sets.find(clue.id)].append(clue)
    for group in together.values():
        yield group[0] if len(group) == 1 else _one_of(sorted(group, key=lambda c: (c.period, c.id)))


def _one_of(parts: list[Clue]) -> Clue:
    """The earliest part lends the merged clue its identity, which therefore stays when later parts come."""
    first = parts[0]
    return weighed(
        dataclasses.replace(
            first,
            signs=tuple(_strongest([p.signs[i] for p in parts]) for i in range(len(first.signs))),
            evidence=tuple(sorted({e for p in parts for e in p.evidence}, key=_place)),
            strength=max(p.strength for p in parts),
            notes=_in_order(n for p in parts for n in p.notes),
            searched=_in_order(s for p in parts for s in p.searched),
            provisional=any(p.provisional for p in parts),
            cases=tuple(sorted({c for p in parts for c in p.cases})),
            parts=tuple(parts),
        )
    )


def _strongest(same: list[Seen]) -> Seen:
    """Seen in one part is seen; else not seen in one part is not seen; else unknown."""
    for state in (True, False):
        for sign in same:
            if sign.seen is state:
                return sign
    return same[0]


def _place(e: Evidence) -> tuple[str, str, str]:
    return e.table, e.row, e.column


def _in_order(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _by_row(clues: list[Clue]) -> Iterator[tuple[str, list[Clue]]]:
    shared: dict[str, list[Clue]] = defaultdict(list)
    for clue in clues:
        for row in clue.rows:
            shared[row].append(clue)
    return ((row, same) for row, same in sorted(shared.items()) if len(same) > 1)


def _by_case(clues: list[Clue]) -> Iterator[tuple[str, list[Clue]]]:
    shared: dict[str, list[Clue]] = defaultdict(list)
    for clue in clues:
        for case in clue.cases:
            shared[case].append(clue)
    return ((case, same) for case, same in sorted(shared.items()) if len(same) > 1)


def grouped(clues: tuple[Clue, ...], cut: Iterable[tuple[str, str]] = ()) -> tuple[tuple[Clue, ...], tuple[Link, ...]]:
    """All clues of a run with their ``group``, and the links that made the groups.

    A group bears the id of its smallest clue. ``cut`` are pairs of clue ids that a person has parted.
    """
    ordered = sorted(clues, key=lambda c: c.id)
    parted = {frozenset(pair) for pair in cut}
    links: dict[tuple[str, str], Link] = {}
    reasons = ((f"同一案件 {case}", same) for case, same in _by_case(ordered))
    rows = (("同一条数据", same) for _, same in _by_row(ordered))
    for because, same in (*reasons, *rows):
        for i, b in enumerate(same):
            # each clue is tied to the nearest earlier one from which nobody has parted it
            a = next((a for a in reversed(same[:i]) if frozenset((a.id, b.id)) not in parted), None)
            if a is not None and a.id != b.id:
                links.setdefault((a.id, b.id), Link("关联", a.id, b.id, because))
    sets = _Sets()
    for link in links.values():
        sets.join(link.clue, link.other)
    return tuple(dataclasses.replace(c, group=sets.find(c.id)) for c in clues), tuple(sorted(links.values()))


def joined(clues: Iterable[Clue]) -> Iterator[Link]:
    """The merges within models, as links."""
    for clue in clues:
        for part in clue.parts:
            if part.id != clue.id:
                yield Link("合并", clue.id, part.id, "同一对象且依据的数据重合")

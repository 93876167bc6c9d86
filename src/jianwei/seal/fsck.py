"""Examine a log: every byte of every file is computed again from the entries and compared.

The sequencer does the same to what it has just written, before it signs: a bit that flipped on the way is found while
it can still be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from jianwei.seal.checkpoint import opened
from jianwei.seal.disk import BESIDE, Disk
from jianwei.seal.errors import SealError
from jianwei.seal.leaf import LEAF_SIZE
from jianwei.seal.note import Verifier
from jianwei.seal.store import FileTooShort, Store, Tree, lengths
from jianwei.seal.suites import HASH_SIZE
from jianwei.seal.tiles import HEIGHT, WIDTH

_PIECE = WIDTH * WIDTH
"""Entries hashed at a time: 5 MB of them."""


@dataclass(frozen=True)
class Finding:
    file: str
    offset: int | None
    """The first byte that may be wrong, as near as can be told."""
    problem: str


def hashes_differ(store: Store, tree: Tree, begin: int, end: int) -> Iterator[Finding]:
    """Compare with their source the hashes that entries [begin, end) brought into the files of a tree."""
    for start in range(begin, end, _PIECE):
        stop = min(start + _PIECE, end)
        fresh = tree.suite.leaves(store.leaves(start, stop), LEAF_SIZE)
        yield from _compare(tree.level(0), start, fresh, store.hashes(tree, 0, start, stop))
    level, begin, end = 1, begin >> HEIGHT, end >> HEIGHT
    while end:
        for start in range(begin, end, WIDTH):
            stop = min(start + WIDTH, end)
            below = store.hashes(tree, level - 1, start * WIDTH, stop * WIDTH)
            fresh = tree.suite.parents(below, HEIGHT)
            yield from _compare(tree.level(level), start, fresh, store.hashes(tree, level, start, stop))
        level, begin, end = level + 1, begin >> HEIGHT, end >> HEIGHT


def _compare(file: str, first: int, computed: bytes, stored: bytes) -> Iterator[Finding]:
    if computed == stored:
        return
    for start in range(0, len(stored), HASH_SIZE):
        if computed[start : start + HASH_SIZE] != stored[start : start + HASH_SIZE]:
            yield Finding(file, first * HASH_SIZE + start, "与其下一层算出的哈希不一致")


Examined = tuple[Tree, str, Verifier]
"""A tree, the file of its checkpoint, and the key."""


def examine(disk: Disk, trees: Iterable[Examined], others: frozenset[str] = frozenset()) -> list[Finding]:
    """All that is wrong with a log at rest; ``others``: files not of the log that may lie beside."""
    trees = tuple(trees)
    return [*contents_differ(disk, trees), *lengths_differ(disk, trees, others)]


def contents_differ(disk: Disk, trees: Iterable[Examined]) -> list[Finding]:
    """What is wrong within what the checkpoints cover; true also while somebody writes."""
    store = Store(disk)
    findings: list[Finding] = []
    for tree, file, verifier in trees:
        try:
            checkpoint = opened(disk.read(file, 0, disk.size(file)), verifier)
            differing = list(hashes_differ(store, tree, 0, checkpoint.size))
            findings += differing
            if not differing and store.root(tree, checkpoint.size) != checkpoint.root:
                findings.append(Finding(file, None, "按文件算出的根与检查点不一致"))
        except FileTooShort as short:
            findings.append(Finding(short.name, None, str(short)))
        except SealError as problem:
            findings.append(Finding(file, None, str(problem)))
    return findings


def lengths_differ(disk: Disk, trees: Iterable[Examined], others: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """Files of a log at rest that are longer or shorter than its checkpoints say, or should not be there."""
    trees = tuple(trees)
    sizes: set[int] = set()
    for _, file, verifier in trees:
        with suppress(SealError):  # ``contents_differ`` tells
            sizes.add(opened(disk.read(file, 0, disk.size(file)), verifier).size)
    if len(sizes) > 1:
        yield Finding(trees[0][1], None, "两棵树的检查点条数不同")
    if sizes:
        known = {BESIDE, *(file for _, file, _ in trees), *others}
        yield from _misfits(disk, tuple(tree for tree, _, _ in trees), max(sizes), known)


def _misfits(disk: Disk, trees: tuple[Tree, ...], size: int, others: set[str]) -> Iterator[Finding]:
    expected = dict(lengths(trees, size))
    for name in sorted((disk.names() - others) | set(expected)):
        if disk.size(name) != expected.get(name, 0):
            yield Finding(name, None, "文件长度与检查点的条数不符" if name in expected else "日志中不应有的文件")

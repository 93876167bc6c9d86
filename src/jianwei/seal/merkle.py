"""The Merkle tree of RFC 6962: roots, and proofs made and checked. Checking follows RFC 9162 2.1.3.2 and 2.1.4.2.

A tree is read through ``Nodes``: the hash of the complete subtree of ``2**height`` leaves that is number ``index`` at
that height. Every other hash of a tree is made of such ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jianwei.seal.errors import SealError
from jianwei.seal.suites import HASH_SIZE, Suite

Nodes = Callable[[int, int], bytes]
"""(height, index) to the hash."""

SIZE_LIMIT = 1 << 63
"""Sizes are smaller: above this a proof is refused unread."""


class ProofInvalid(SealError):
    """A proof does not show what it is said to show."""


def root(suite: Suite, nodes: Nodes, size: int) -> bytes:
    """The root of the first ``size`` leaves."""
    return _range(suite, nodes, 0, size) if size else suite.digest(b"")


def _range(suite: Suite, nodes: Nodes, begin: int, end: int) -> bytes:
    """The hash of leaves [begin, end), where ``begin`` is a multiple of the power of two not below the length."""
    count = end - begin
    if count & (count - 1) == 0:
        height = count.bit_length() - 1
        return nodes(height, begin >> height)
    middle = begin + _left(count)
    return suite.node(_range(suite, nodes, begin, middle), _range(suite, nodes, middle, end))


def _left(count: int) -> int:
    """How many of ``count`` leaves are in the left subtree: the greatest power of two below it."""
    return 1 << (count - 1).bit_length() - 1


def inclusion_proof(suite: Suite, nodes: Nodes, index: int, size: int) -> list[bytes]:
    """The hashes that lead from leaf ``index`` to the root of ``size`` leaves, the leaf's sibling first."""
    if not 0 <= index < size < SIZE_LIMIT:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _left(end - begin)
        if index < middle:
            path.append(_range(suite, nodes, middle, end))
            end = middle
        else:
            path.append(_range(suite, nodes, begin, middle))
            begin = middle
    return path[::-1]


def consistency_proof(suite: Suite, nodes: Nodes, old: int, size: int) -> list[bytes]:
    """The hashes that show the tree of ``old`` leaves to be the beginning of the tree of ``size``."""
    if not 0 < old <= size < SIZE_LIMIT:
        raise ValueError(f"nothing to prove between {old} and {size}")
    path: list[bytes] = []
    begin, end = 0, size
    while end != old:
        middle = begin + _left(end - begin)
        if old <= middle:
            path.append(_range(suite, nodes, middle, end))
            end = middle
        else:
            path.append(_range(suite, nodes, begin, middle))
            begin = middle
    if begin:
        path.append(_range(suite, nodes, begin, end))
    return path[::-1]


def check_inclusion(suite: Suite, leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raise ``ProofInvalid`` unless the leaf is number ``index`` of the tree of ``size`` leaves with that root."""
    _check_hashes(leaf_hash, root, *proof)
    if not 0 <= index < size < SIZE_LIMIT:
        raise ProofInvalid(f"序号 {index} 不在 {size} 条记录的日志内。")
    here, last, computed = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            raise ProofInvalid("包含证明过长。")
        if here & 1 or here == last:
            computed = suite.node(sibling, computed)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            computed = suite.node(computed, sibling)
        here, last = here >> 1, last >> 1
    if last:
        raise ProofInvalid("包含证明过短。")
    if computed != root:
        raise ProofInvalid("按包含证明算出的根与检查点不一致，该记录不在日志内。")


def check_consistency(
    suite: Suite, old: int, size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Raise ``ProofInvalid`` unless the tree of ``old`` leaves is the beginning of the tree of ``size`` leaves.

    Everything begins with the empty tree, so that ``old`` of 0 shows nothing and is refused.
    """
    _check_hashes(old_root, new_root, *proof)
    if not 0 < old <= size < SIZE_LIMIT:
        raise ProofInvalid(f"不能证明 {old} 条与 {size} 条之间的一致性。")
    if old == size:
        if proof or old_root != new_root:
            raise ProofInvalid("条数相同而根不同，日志出现分叉。")
        return
    complete = old & (old - 1) == 0
    if not proof:
        raise ProofInvalid("一致性证明为空。")
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = old_root if complete else proof[0]
    for sibling in proof if complete else proof[1:]:
        if last == 0:
            raise ProofInvalid("一致性证明过长。")
        if here & 1 or here == last:
            before, after = suite.node(sibling, before), suite.node(sibling, after)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            after = suite.node(after, sibling)
        here, last = here >> 1, last >> 1
    if last:
        raise ProofInvalid("一致性证明过短。")
    if before != old_root or after != new_root:
        raise ProofInvalid("较早的检查点不是较新检查点的前段，日志被改动或者出现分叉。")


def _check_hashes(*hashes: bytes) -> None:
    if any(len(each) != HASH_SIZE for each in hashes):
        raise ProofInvalid("证明中有长度不是 32 字节的哈希。")

"""Small logs for the tests: entries that follow from their number, and two trees under two keys."""

from __future__ import annotations

from jianwei.seal.leaf import Kind, Leaf
from jianwei.seal.note import NoteSigner
from jianwei.seal.sequencer import SignedTree
from jianwei.seal.store import Tree
from jianwei.seal.suites import SHA256, SM3

ONE_TREE = [SignedTree(Tree(SHA256), NoteSigner("jcy.example/evlog/110105", b"L" * 32))]
TWO_TREES = [
    *ONE_TREE,
    SignedTree(Tree(SM3, "sm/"), NoteSigner("jcy.example/evlog/110105/sm", b"S" * 32), "checkpoint.sm"),
]


def leaf(index: int) -> Leaf:
    return Leaf(Kind.MATERIAL, SHA256.digest(b"%d" % index), SM3.digest(b"%d" % index))


def leaves(begin: int, end: int) -> list[Leaf]:
    return [leaf(index) for index in range(begin, end)]


def keys(trees: list[SignedTree]) -> list[tuple[Tree, str, object]]:
    return [(each.tree, each.file, each.signer.verifier) for each in trees]

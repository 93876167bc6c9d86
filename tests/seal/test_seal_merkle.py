"""The tree against published vectors, against a slow obvious reference, and against proofs with one bit changed."""

from __future__ import annotations

import base64
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published_vectors import ours

from jianwei.seal import merkle
from jianwei.seal.suites import SHA256, SM3, Suite

REFERENCE = ours("reference-tree.json")
PROOFS = ours("merkle-proofs.json")


@lru_cache(None)
def leaf_hash(suite: Suite, index: int) -> bytes:
    return suite.leaf(b"entry %d" % index)


@lru_cache(None)
def slow_root(suite: Suite, begin: int, end: int) -> bytes:
    """MTH of RFC 6962 2.1, word for word."""
    if begin == end:
        return suite.digest(b"")
    if end - begin == 1:
        return leaf_hash(suite, begin)
    k = 1
    while k * 2 < end - begin:
        k *= 2
    return suite.digest(b"\x01" + slow_root(suite, begin, begin + k) + slow_root(suite, begin + k, end))


def slow_path(suite: Suite, m: int, begin: int, end: int) -> list[bytes]:
    """PATH of RFC 6962 2.1.1."""
    if end - begin == 1:
        return []
    k = 1
    while k * 2 < end - begin:
        k *= 2
    if m < k:
        return [*slow_path(suite, m, begin, begin + k), slow_root(suite, begin + k, end)]
    return [*slow_path(suite, m - k, begin + k, end), slow_root(suite, begin, begin + k)]


def slow_subproof(suite: Suite, m: int, begin: int, end: int, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 6962 2.1.2."""
    if m == end - begin:
        return [] if whole else [slow_root(suite, begin, end)]
    k = 1
    while k * 2 < end - begin:
        k *= 2
    if m <= k:
        return [*slow_subproof(suite, m, begin, begin + k, whole), slow_root(suite, begin + k, end)]
    return [*slow_subproof(suite, m - k, begin + k, end, False), slow_root(suite, begin, begin + k)]


def nodes_of(suite: Suite) -> merkle.Nodes:
    return lambda height, index: slow_root(suite, index << height, (index + 1) << height)


def decoded(vector: dict, *names: str) -> list[bytes]:
    return [base64.b64decode(vector[name]) for name in names]


@pytest.mark.parametrize("vector", PROOFS["inclusion"], ids=lambda v: v["name"])
def test_inclusion_agrees_with_the_published_vector(vector: dict) -> None:
    leaf, root = decoded(vector, "leafHash", "root")
    proof = [base64.b64decode(each) for each in vector["proof"] or ()]
    arguments = (SHA256, leaf, vector["leafIdx"], vector["treeSize"], proof, root)
    if vector["wantErr"]:
        with pytest.raises(merkle.ProofInvalid):
            merkle.check_inclusion(*arguments)
    else:
        merkle.check_inclusion(*arguments)


# It has words of 12 bytes for roots; nothing that is not 32 bytes is taken here.
STRICTER = {"additional/sizes-are-equal-one-and-proof-is-empty"}


@pytest.mark.parametrize("vector", PROOFS["consistency"], ids=lambda v: v["name"])
def test_consistency_agrees_with_the_published_vector(vector: dict) -> None:
    old_root, new_root = decoded(vector, "root1", "root2")
    proof = [base64.b64decode(each) for each in vector["proof"] or ()]
    arguments = (SHA256, vector["size1"], vector["size2"], proof, old_root, new_root)
    if vector["wantErr"] or vector["name"] in STRICTER:
        with pytest.raises(merkle.ProofInvalid):
            merkle.check_consistency(*arguments)
    else:
        merkle.check_consistency(*arguments)


def test_reference_tree_of_certificate_transparency() -> None:
    hashes = [SHA256.leaf(bytes.fromhex(each)) for each in REFERENCE["leaf_inputs_hex"]]
    levels = [hashes]
    while len(levels[-1]) > 1:
        joined = SHA256.parents(b"".join(levels[-1]))
        levels.append([joined[start : start + 32] for start in range(0, len(joined), 32)])
    assert [[each.hex() for each in level] for level in levels] == REFERENCE["node_hashes_by_level_hex"]
    for size, root in enumerate(REFERENCE["roots_by_size_hex"]):
        assert merkle.root(SHA256, lambda height, index: levels[height][index], size).hex() == root


@pytest.mark.parametrize("suite", [SHA256, SM3], ids=lambda suite: suite.name)
def test_every_root_and_proof_up_to_300_agrees_with_the_slow_reference(suite: Suite) -> None:
    nodes = nodes_of(suite)
    for size in range(301):
        root = slow_root(suite, 0, size)
        assert merkle.root(suite, nodes, size) == root
        step = 1 if size <= 70 else 11
        for index in {*range(0, size, step), *([size - 1] if size else [])}:
            path = merkle.inclusion_proof(suite, nodes, index, size)
            assert path == slow_path(suite, index, 0, size)
            merkle.check_inclusion(suite, leaf_hash(suite, index), index, size, path, root)
            old = index + 1
            chain = merkle.consistency_proof(suite, nodes, old, size)
            assert chain == slow_subproof(suite, old, 0, size, True)
            merkle.check_consistency(suite, old, size, chain, slow_root(suite, 0, old), root)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_bit_of_an_inclusion_proof_matters(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    leaf, root = leaf_hash(SHA256, index), slow_root(SHA256, 0, size)
    path = merkle.inclusion_proof(SHA256, nodes_of(SHA256), index, size)
    whole = [leaf, *path, root]
    for bit in range(0, 256 * len(whole), data.draw(st.integers(1, 7))):
        changed = flipped(whole, bit)
        with pytest.raises(merkle.ProofInvalid):
            merkle.check_inclusion(SHA256, changed[0], index, size, changed[1:-1], changed[-1])
    other = data.draw(st.integers(0, 400).filter(lambda n: n != index))
    for wrong in (path[1:], path[:-1], [*path, root], [root, *path], path + path):
        if wrong != path:
            with pytest.raises(merkle.ProofInvalid):
                merkle.check_inclusion(SHA256, leaf, index, size, wrong, root)
    with pytest.raises(merkle.ProofInvalid):
        merkle.check_inclusion(SHA256, leaf, other, size, path, root)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_bit_of_a_consistency_proof_matters(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 300))
    old = data.draw(st.integers(1, size - 1))
    before, after = slow_root(SHA256, 0, old), slow_root(SHA256, 0, size)
    path = merkle.consistency_proof(SHA256, nodes_of(SHA256), old, size)
    whole = [before, *path, after]
    for bit in range(0, 256 * len(whole), data.draw(st.integers(1, 7))):
        changed = flipped(whole, bit)
        with pytest.raises(merkle.ProofInvalid):
            merkle.check_consistency(SHA256, old, size, changed[1:-1], changed[0], changed[-1])
    for wrong in (path[1:], path[:-1], [*path, after], [before, *path]):
        with pytest.raises(merkle.ProofInvalid):
            merkle.check_consistency(SHA256, old, size, wrong, before, after)


def flipped(hashes: list[bytes], bit: int) -> list[bytes]:
    place, within = divmod(bit, 256)
    changed = bytearray(hashes[place])
    changed[within // 8] ^= 1 << within % 8
    return [*hashes[:place], bytes(changed), *hashes[place + 1 :]]


def test_an_inner_node_is_no_leaf() -> None:
    """The bytes of two hashes, given as an entry, do not stand for the node above them."""
    pair = leaf_hash(SHA256, 0) + leaf_hash(SHA256, 1)
    with pytest.raises(merkle.ProofInvalid):
        merkle.check_inclusion(SHA256, SHA256.leaf(pair), 0, 1, [], slow_root(SHA256, 0, 2))


@pytest.mark.parametrize("size", [2**63, 2**63 + 1, 2**200])
def test_sizes_beyond_63_bits_are_refused(size: int) -> None:
    with pytest.raises(merkle.ProofInvalid):
        merkle.check_inclusion(SHA256, bytes(32), 0, size, [bytes(32)] * 63, bytes(32))
    with pytest.raises(merkle.ProofInvalid):
        merkle.check_consistency(SHA256, 1, size, [bytes(32)] * 63, bytes(32), bytes(32))

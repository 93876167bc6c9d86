"""Hash functions and signatures against published vectors."""

from __future__ import annotations

import json
import re

import pytest
from published_vectors import beside

from jianwei.seal import ed25519
from jianwei.seal.leaf import LEAF_SIZE, Kind, Leaf, LeafInvalid, commitment
from jianwei.seal.suites import SHA256, SM3


def accepted(key: str, signature: str, message: bytes) -> bool:
    try:
        return ed25519.PublicKey(bytes.fromhex(key)).accepts(bytes.fromhex(signature), message)
    except ed25519.KeyInvalid:
        return False


def test_sm3_of_the_standard() -> None:
    text = beside("pyca/sm3-oscca.txt").read_text()
    cases = re.findall(r"Len = (\d+)\nMsg = (\w+)\nMD = (\w+)", text)
    assert len(cases) >= 3
    for bits, message, digest in cases:
        assert SM3.digest(bytes.fromhex(message)[: int(bits) // 8]).hex() == digest


def test_ed25519_agrees_with_wycheproof() -> None:
    groups = json.loads(beside("wycheproof/testvectors_v1/ed25519_test.json").read_text())["testGroups"]
    cases = [(group["publicKey"]["pk"], case) for group in groups for case in group["tests"]]
    assert len(cases) == 151
    for key, case in cases:
        assert accepted(key, case["sig"], bytes.fromhex(case["msg"])) == (case["result"] == "valid"), case["tcId"]


def test_no_key_of_low_order_and_no_second_spelling_is_taken() -> None:
    cases = json.loads(beside("cctv/ed25519/ed25519vectors.json").read_text())
    assert len(cases) == 914
    bad = {"low_order_A", "non_canonical_A", "non_canonical_R", "low_order_residue"}
    for case in cases:
        good = not bad & set(case["flags"] or ())
        assert accepted(case["key"], case["sig"], case["msg"].encode()) == good, case["number"]


def test_a_key_is_32_bytes_of_a_point() -> None:
    for material in (b"", bytes(31), bytes(33), b"\x02" + bytes(31)):
        with pytest.raises(ed25519.KeyInvalid):
            ed25519.PublicKey(material)


def test_a_leaf_is_read_back_and_says_nothing_of_its_manifest() -> None:
    leaf = Leaf.of(Kind.TRANSFER, b"s" * 32, b'{"name":"\xe8\xaf\x81\xe6\x8d\xae"}')
    entry = leaf.encode()
    assert len(entry) == LEAF_SIZE and entry[:12] == b"EVL1\x02" + bytes(7)
    assert Leaf.decode(entry) == leaf
    assert leaf.sha256 == SHA256.digest(
        b"evlog/v1 commitment\n" + b"s" * 32 + SHA256.digest('{"name":"证据"}'.encode())
    )
    assert commitment(SM3, b"t" * 32, b"{}") != commitment(SM3, b"s" * 32, b"{}")


@pytest.mark.parametrize(
    "entry",
    [b"", bytes(76), b"EVL1\x00" + bytes(71), b"EVL1\x0a" + bytes(71), b"EVL1\x01" + bytes(6) + b"\x01" + bytes(64)],
)
def test_other_bytes_are_no_leaf(entry: bytes) -> None:
    with pytest.raises(LeafInvalid):
        Leaf.decode(entry)


def test_salt_and_manifest_have_their_sizes() -> None:
    for salt, manifest in ((bytes(31), b""), (bytes(32), bytes(64 * 1024 + 1))):
        with pytest.raises(LeafInvalid):
            commitment(SHA256, salt, manifest)

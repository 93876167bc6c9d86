"""Published vectors put to both verifiers, part by part."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import pytest
from both_verifiers import asked, node
from published_vectors import beside, ours

from jianwei.seal import merkle
from jianwei.seal import sm2 as own
from jianwei.seal import sm2_curve as curve
from jianwei.seal.suites import SHA256
from jianwei.seal.verifier import verify

SM2_N = verify.SM2.n


def ed25519(key: str, signature: str, message: bytes) -> bool:
    material, content = bytes.fromhex(key), bytes.fromhex(signature)
    answer = bool(verify.ed25519_key(material)) and verify.ed25519_accepts(material, content, message)
    assert asked("ed25519", key=material, signature=content, message=message) == answer
    return answer


def sm2(key: bytes, signature: bytes, message: bytes) -> bool:
    answer = verify.sm2_accepts(key, signature, message)
    assert asked("sm2", key=key, signature=signature, message=message) == answer
    return answer


def digest(name: str, content: bytes) -> bytes:
    answer = verify.digest(name, content)
    assert asked("digest", name=name, content=content) == answer.hex()
    return answer


def root(suite: str, leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """None where no root follows."""
    try:
        answer = verify.root_of(suite, leaf, index, size, path)
    except verify.Refused:
        answer = None
    told = asked("root", suite=suite, leaf=leaf, index=str(index), size=str(size), path=path)
    assert told == (answer and answer.hex())
    return answer


def test_hashes_agree_with_openssl_for_every_length_around_a_block() -> None:
    for name in ("sha256", "sm3", "sha384", "sha512"):
        for length in (*range(0, 260, 3), 55, 56, 63, 64, 111, 112, 127, 128, 1000):
            content = bytes(n * 7 & 255 for n in range(length))
            assert digest(name, content) == hashlib.new(name, content).digest()


def test_sm3_of_the_standard() -> None:
    for case in ours("sm3.json"):
        content, expected = bytes.fromhex(case["message"])[: case["bits"] // 8], case["digest"]
        slow = verify.Sm3()
        slow.update(content)
        assert digest("sm3", content).hex() == slow.digest().hex() == expected


def test_ed25519_of_wycheproof() -> None:
    cases = ours("ed25519-wycheproof.json")
    assert len(cases) == 151
    for case in cases:
        assert ed25519(case["key"], case["sig"], bytes.fromhex(case["msg"])) == case["valid"], case["id"]


def test_ed25519_at_its_edges() -> None:
    cases = json.loads(beside("cctv/ed25519/ed25519vectors.json").read_text())
    bad = {"low_order_A", "non_canonical_A", "non_canonical_R", "low_order_residue"}
    for case in cases:
        good = not bad & set(case["flags"] or ())
        assert ed25519(case["key"], case["sig"], case["msg"].encode()) == good, case["number"]


def test_ed25519_known_answers() -> None:
    for line in beside("pyca/ed25519-sign.input.first64").read_text().splitlines():
        _, key, message, signed = line.split(":")[:4]
        assert ed25519(key, signed[:128], bytes.fromhex(message))
        assert not ed25519(key, signed[:126] + f"{int(signed[126:128], 16) ^ 1:02x}", bytes.fromhex(message))


def test_sm2_takes_what_openssl_signs_and_nothing_out_of_bounds() -> None:
    signer = own.PrivateKey(b"\x00" + b"\x5a" * 31)
    for number in range(20):
        message = b"text %d" % number
        signed = signer.sign(message)
        assert sm2(signer.public, signed, message)
        assert not sm2(signer.public, signed, message + b".")
    r, s = signed[:32], signed[32:]
    minus_r = (SM2_N - int.from_bytes(r, "big")).to_bytes(32, "big")
    order = SM2_N.to_bytes(32, "big")
    for false in (
        bytes(64),
        r + bytes(32),
        bytes(32) + s,
        order + s,
        r + order,
        r + minus_r,
        s + r,
        signed + b"\0",
        signed[:-1],
        b"",
    ):
        assert not sm2(signer.public, false, message)
    x, y = signer.public[:32], signer.public[32:]
    beyond = (int.from_bytes(x, "big") + verify.SM2.p) % (1 << 256)
    for key in (y + x, x + bytes(32), bytes(64), signer.public[:-1], beyond.to_bytes(32, "big") + y):
        assert not sm2(key, signed, message)


def test_sm2_signatures_sound_and_deceptive() -> None:
    cases = ours("sm2-signatures.json")["cases"]
    assert len(cases) > 20
    for case in cases:
        key, signature, message = (bytes.fromhex(case[name]) for name in ("key", "signature", "message"))
        assert sm2(key, signature, message) == case["sound"], case["about"]


def test_sm2_under_another_identity_is_another_signature() -> None:
    secret, nonce, message = 0x5A5A, 0x123456789, b"text"
    key = curve.combined(secret, curve.G, 0, curve.G)
    point = curve.combined(nonce, curve.G, 0, curve.G)
    assert key and point
    for identity, good in ((b"1234567812345678", True), (b"ALICE123@YAHOO.COM", False), (b"", False)):
        numbers = b"".join(n.to_bytes(32, "big") for n in (curve.A, curve.B, *curve.G, *key))
        z = digest("sm3", (8 * len(identity)).to_bytes(2, "big") + identity + numbers)
        e = int.from_bytes(digest("sm3", z + message), "big")
        r = (e + point[0]) % curve.N
        s = pow(1 + secret, -1, curve.N) * (nonce - r * secret) % curve.N
        signed = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        material = key[0].to_bytes(32, "big") + key[1].to_bytes(32, "big")
        assert sm2(material, signed, message) == good == own.PublicKey(material).accepts(signed, message)


def _bytes(value: str | None) -> bytes:
    return base64.b64decode(value or "")


def test_published_inclusion_proofs() -> None:
    cases = ours("merkle-proofs.json")["inclusion"]
    assert len(cases) > 90
    for case in cases:
        leaf, expected = _bytes(case["leafHash"]), _bytes(case["root"])
        path = [_bytes(each) for each in case["proof"] or ()]
        if any(len(each) != 32 for each in (leaf, *path)):
            assert case["wantErr"]  # refused where a proof is read
            continue
        found = root("sha256", leaf, case["leafIdx"], case["treeSize"], path)
        assert (found == expected) == (not case["wantErr"]), case["name"]


def test_every_leaf_of_the_reference_tree() -> None:
    tree = ours("reference-tree.json")
    hashes = b"".join(digest("sha256", b"\0" + bytes.fromhex(each)) for each in tree["leaf_inputs_hex"])

    def node(height: int, place: int) -> bytes:
        return SHA256.parents(hashes[32 * (place << height) : 32 * ((place + 1) << height)], height)

    for size in range(1, len(hashes) // 32 + 1):
        for index in range(size):
            path = merkle.inclusion_proof(SHA256, node, index, size)
            found = root("sha256", hashes[32 * index : 32 * index + 32], index, size, path)
            assert found and found.hex() == _nth(tree["roots_by_size_hex"], size)


def _nth(roots: Any, size: int) -> str:
    return str(roots[str(size)] if isinstance(roots, dict) else roots[size])


def signed(content: bytes, vkey: str, *, witness: bool = False) -> tuple[int, bool] | None:
    """How many lines of the key there are and whether all are true; None when note or key cannot be read."""
    try:
        checkpoint, key = (
            verify.parse_checkpoint(content),
            verify.Key(vkey, "witness" if witness else "log"),
        )
    except verify.Refused:
        answer = None
    else:
        lines = key.signed(checkpoint)
        texts = [
            f"cosignature/v1\ntime {int.from_bytes(each[:8], 'big')}\n{checkpoint.text}" if witness else checkpoint.text
            for each in lines
        ]
        good = all(key.accepts(each[8:] if witness else each, text) for each, text in zip(lines, texts, strict=True))
        answer = len(lines), good
    told = asked("note", note=content, vkey=vkey, witness=witness)
    assert told == (answer and list(answer))
    return answer


def test_checkpoints_of_published_logs() -> None:
    folder = beside("transparency-dev-tessera/testdata/log")
    vkey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
    for size in range(1, 16):
        content = (folder / f"checkpoint.{size}").read_bytes()
        assert signed(content, vkey) == (1, True)
        assert signed(content.replace(b"\n%d\n" % size, b"\n%d\n" % (size + 1), 1), vkey) == (1, False)
        assert signed(content, vkey[:-1] + "y") is None


def test_the_checkpoint_of_the_go_module_mirror() -> None:
    script = beside("torchwood/cmd/litewitness/testdata/sumdb.txt").read_text()
    found = re.search(r"-key (sum\.\S+)", script)
    whole = re.search(r"go\.sum database tree\n.*?\n\n(?:— [^\n]*\n)+", script, re.DOTALL)
    assert found and whole and signed(whole[0].encode(), found[1]) == (1, True)


def test_keys_of_the_go_module_mirror() -> None:
    vectors = json.loads(beside("go-sumdb/note-vectors.json").read_text())
    note = b"origin\n0\n" + base64.b64encode(bytes(32)) + "\n\n— x AAAAAAAA\n".encode()
    assert [signed(note, vkey) is not None for vkey in vectors["vkeys"]] == [True, True, True, False]
    tree = vectors["tree_note"]
    whole = (tree["note"] + "\n" + vectors["sig_lines"][0] + "\n").encode()
    assert verify.parse_checkpoint(whole).size == tree["size"]
    assert signed(whole, vectors["vkeys"][0]) == (1, False)  # a true signature of another text


def test_published_cosignatures() -> None:
    folder = beside("sunlight/cmd/skylight/testdata/witness")
    origin = "000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706"
    for place, declared in ((folder, "witness.v0.json"), (folder / "mirror", "mirror.v0.json")):
        vkey = json.loads((place / declared).read_text())["verifier_keys"][0]
        content = (place / origin / "checkpoint").read_bytes()
        assert signed(content, vkey, witness=True) == (1, True)
        assert signed(content.replace(b"\n300\n", b"\n301\n"), vkey, witness=True) == (1, False)
        assert signed(content, vkey) is None


def token(content: bytes, certificate: bytes | None) -> dict[str, Any] | None:
    try:
        found = verify.parse_token(content)
        by = verify.check_token_signature(found, certificate) if certificate else None
    except verify.Refused:
        answer = None
    else:
        answer = {"at": found.at, "serial": found.serial, "imprint": found.imprint.hex(), "by": by}
    assert asked("token", token=content, certificate=certificate) == answer
    return answer


def test_published_timestamps() -> None:
    found = ours("timestamps.json")["test_tsa"]
    chain = [base64.b64decode(each) for each in found["chain"]]
    content = base64.b64decode(found["content"])
    for name in ("response", "injected-certs"):
        stamped = base64.b64decode(found["tokens"][name])
        told = token(stamped, None)
        assert told and told["at"] == 1728402032 and told["imprint"] == hashlib.sha512(content).hexdigest()
        taken = [token(stamped, certificate) is not None for certificate in chain]
        assert taken.count(True) == 1  # the signer's own, and no other of its chain, and none that was injected
        signer = chain[taken.index(True)]
        assert token(stamped[:-1] + bytes((stamped[-1] ^ 1,)), signer) is None


def test_keys_on_other_curves_are_said_to_be_beyond_the_program() -> None:
    found = ours("timestamps.json")["sigstage"]
    stamped, certificate = base64.b64decode(found["tokens"]["sha256"]), base64.b64decode(found["chain"][0])
    with pytest.raises(verify.Refused, match="密钥种类不能核验") as refused:
        verify.check_token_signature(verify.parse_token(stamped), certificate)
    assert node().ask("token", token=stamped, certificate=certificate) == {"refused": str(refused.value)}


def test_a_certificate_that_has_run_out_since_counts_for_its_own_time() -> None:
    found = ours("timestamps.json")["sigstore.mock"]
    stamped, (signer, issuer) = base64.b64decode(found["tokens"]["expired"]), map(base64.b64decode, found["chain"])
    told = token(stamped, signer)
    assert told and told["at"] == 1675209600 and told["by"] == hashlib.sha256(signer).hexdigest()
    assert token(stamped, issuer) is None


def test_rsa_keys_too_small_too_large_or_even_sign_nothing() -> None:
    hashed, oid = hashlib.sha256(b"").digest(), bytes.fromhex("608648016503040201")
    for n, e in (
        (3**1200, 3),
        (1 << 2048, 3),
        (2**2049 - 1, 1),
        (2**2049 - 1, 4),
        (2**2049 - 1, 1 << 65),
        (2**16385 - 1, 3),
    ):
        width = (n.bit_length() + 7) // 8
        assert not verify.rsa_accepts(n, e, bytes(width), oid, hashed)

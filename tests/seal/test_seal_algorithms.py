"""Notes and cosignatures by SM2 and by ML-DSA-44: the same rules, read from the kind of the key."""

from __future__ import annotations

import base64
import hashlib
import json

import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key
from published_vectors import beside

from jianwei.seal import ed25519, ml_dsa, note, policy, sm2
from jianwei.seal.checkpoint import Checkpoint, opened
from jianwei.seal.cosignature import WitnessSigner, witness_key
from jianwei.seal.note import NoteInvalid, NoteSigner
from jianwei.seal.suites import SHA256, SM3

ORIGIN = "jcy.example/evlog/110105/sm"
LOG = NoteSigner(ORIGIN, sm2.PrivateKey(b"L" * 32))
POLICE = WitnessSigner("ga.example/w1", sm2.PrivateKey(b"P" * 32))
COURT = WitnessSigner("fy.example/w1", sm2.PrivateKey(b"C" * 32))
LATTICE = WitnessSigner("fy.example/w1", ml_dsa.PrivateKey(b"C" * 32))

POLICY = f"""log {LOG.verifier.vkey}
witness police {POLICE.verifier.vkey}
witness court {COURT.verifier.vkey}
group outside all police court
quorum outside
"""

HEAD = Checkpoint(ORIGIN, 5, SM3.digest(b"root"))
AT = 1_790_000_000


def cosigned(*witnesses: WitnessSigner, at: int = AT) -> note.Note:
    whole = HEAD.signed(LOG)
    return whole.with_signature(*(each.cosign(whole.text, at) for each in witnesses))


def judged(whole: note.Note, rules: str = POLICY) -> policy.Seen:
    return policy.parse(rules.encode()).judge(note.parse(whole.encode()), SM3)


def test_an_sm2_key_signs_no_tree_of_sha256() -> None:
    with pytest.raises(NoteInvalid, match="不在信任的日志之内"):
        policy.parse(POLICY.encode()).judge(cosigned(POLICE, COURT), SHA256)


def test_a_checkpoint_signed_and_seen_by_sm2() -> None:
    assert judged(cosigned(POLICE, COURT)) == policy.Seen(HEAD, {"police": AT, "court": AT})
    with pytest.raises(policy.QuorumMissing):
        judged(cosigned(POLICE))
    assert opened(HEAD.signed(LOG).encode(), LOG.verifier) == HEAD


def test_the_kind_of_a_log_s_key_tells_the_hash_of_its_tree() -> None:
    assert note.log_key(LOG.verifier.vkey).suite is SM3
    assert note.log_key(NoteSigner(ORIGIN, b"L" * 32).verifier.vkey).suite is SHA256


def test_vkeys_and_lines_are_spelled_as_agreed() -> None:
    """Kind 0xff, then a name of our own and a zero byte, then x and y; the line of a witness has the time before."""
    for key, identifier in ((LOG, b"sm2-sm3\0"), (POLICE, b"sm2-sm3-cosignature/v1\0")):
        material = b"\xff" + identifier + key.verifier.key.material
        identity = hashlib.sha256(key.verifier.name.encode() + b"\n" + material).digest()[:4]
        assert key.verifier.vkey == f"{key.verifier.name}+{identity.hex()}+{base64.b64encode(material).decode()}"
    line = POLICE.cosign(HEAD.text(), AT)
    assert line.content[:8] == AT.to_bytes(8, "big") and len(line.content) == 8 + 64
    message = f"cosignature/v1\ntime {AT}\n{HEAD.text()}".encode()
    assert sm2.PublicKey(POLICE.verifier.key.material).accepts(line.content[8:], message)
    assert sm2.PublicKey(LOG.verifier.key.material).accepts(LOG.sign(HEAD.text()).content, HEAD.text().encode())


@pytest.mark.parametrize("signer", [POLICE, LATTICE], ids=["sm2", "ml-dsa-44"])
def test_a_cosignature_is_of_this_text_and_this_time(signer: WitnessSigner) -> None:
    line = signer.cosign(HEAD.text(), AT)
    accepts = signer.verifier.accepts
    assert accepts(HEAD.text(), line.content)
    later = Checkpoint(ORIGIN, 6, HEAD.root).text()
    elsewhere = Checkpoint(ORIGIN + "x", 5, HEAD.root).text()
    other = Checkpoint(ORIGIN, 5, SM3.digest(b"other")).text()
    assert not any(accepts(text, line.content) for text in (later, elsewhere, other, "no checkpoint\n"))
    moved = (AT + 1).to_bytes(8, "big") + line.content[8:]
    too_late = (1 << 63).to_bytes(8, "big") + line.content[8:]
    for content in (moved, too_late, line.content[:-1], line.content + b"\0", line.content[8:], b"", bytes(72)):
        assert not accepts(HEAD.text(), content)


def test_a_log_s_signature_is_no_witness_s_and_the_other_way_round() -> None:
    same = sm2.PrivateKey(b"S" * 32)
    log, witness = NoteSigner("one.example", same), WitnessSigner("one.example", same)
    assert log.verifier.key_id != witness.verifier.key_id
    with pytest.raises(NoteInvalid, match="种类不符"):
        note.log_key(witness.verifier.vkey)
    with pytest.raises(NoteInvalid, match="种类不符"):
        witness_key(log.verifier.vkey)
    text = HEAD.text()
    assert not witness.verifier.accepts(text, bytes(8) + log.sign(text).content)


def test_a_key_that_is_no_point_is_refused_by_the_policy() -> None:
    material = b"\xffsm2-sm3\0" + bytes(64)
    identity = hashlib.sha256(f"{ORIGIN}\n".encode() + material).hexdigest()[:8]
    with pytest.raises(policy.PolicyInvalid, match="曲线"):
        policy.parse(f"log {ORIGIN}+{identity}+{base64.b64encode(material).decode()}\nquorum none".encode())


def test_a_lattice_line_beside_the_others_is_ignored_or_counted_as_the_policy_says() -> None:
    whole = cosigned(POLICE, COURT, LATTICE)
    assert judged(whole).witnessed_at == {"police": AT, "court": AT}
    both = POLICY.replace("group", f"witness court-pq {LATTICE.verifier.vkey}\ngroup").replace(
        "police court\n", "police court court-pq\n"
    )
    assert judged(whole, both).witnessed_at["court-pq"] == AT
    with pytest.raises(policy.QuorumMissing):
        judged(cosigned(POLICE, COURT), both)
    spoiled = note.Signature(LATTICE.verifier.name, LATTICE.verifier.key_id, bytes(2428))
    with pytest.raises(NoteInvalid, match="fy.example"):
        judged(cosigned(POLICE, COURT).with_signature(spoiled), both)


def test_a_cosignature_without_a_time_does_not_count_as_seen() -> None:
    rules = f"log {LOG.verifier.vkey}\nwitness court {LATTICE.verifier.vkey}\nquorum court"
    with pytest.raises(policy.QuorumMissing):
        judged(cosigned(LATTICE, at=0), rules)


def test_the_message_of_ml_dsa_is_laid_out_byte_by_byte() -> None:
    name = b"fy.example/w1"
    assert LATTICE.verifier.message(HEAD.text(), 7) == (
        b"subtree/v1\n\0"
        + bytes((len(name),)) + name
        + bytes(7) + b"\x07"
        + bytes((len(ORIGIN),)) + ORIGIN.encode()
        + bytes(8)
        + bytes(7) + b"\x05"
        + HEAD.root
    )  # fmt: skip
    with pytest.raises(NoteInvalid, match="255"):
        WitnessSigner("n" * 256, ml_dsa.PrivateKey(b"C" * 32)).cosign(HEAD.text(), 7)


def test_a_lattice_key_signs_no_log() -> None:
    with pytest.raises(NoteInvalid, match="ml-dsa-44"):
        NoteSigner(ORIGIN, ml_dsa.PrivateKey(b"C" * 32))


def test_ml_dsa_agrees_with_wycheproof() -> None:
    groups = json.loads(beside("wycheproof/testvectors_v1/mldsa_44_verify_test.json").read_text())["testGroups"]
    cases = [(group["publicKey"], case) for group in groups for case in group["tests"] if not case.get("ctx")]
    assert len(cases) > 50
    for key, case in cases:
        assert accepted(key, case["sig"], bytes.fromhex(case["msg"])) == (case["result"] == "valid"), case["tcId"]


def accepted(key: str, signature: str, message: bytes) -> bool:
    try:
        return ml_dsa.PublicKey(bytes.fromhex(key)).accepts(bytes.fromhex(signature), message)
    except ml_dsa.KeyInvalid:
        return False


def test_an_ml_dsa_key_of_pyca() -> None:
    content = beside("pyca/mldsa44_priv.der").read_bytes()
    key = ml_dsa.PrivateKey.from_pkcs8(content)
    assert key.pkcs8() == content
    published = load_der_public_key(beside("pyca/mldsa44_pub.der").read_bytes())
    assert published.public_bytes_raw() == key.public
    published.verify(key.sign(b"text"), b"text")


@pytest.mark.parametrize("algorithm", [ed25519, ml_dsa], ids=["ed25519", "ml-dsa-44"])
def test_pkcs8_is_as_others_write_it(algorithm: type) -> None:
    key = algorithm.PrivateKey(b"K" * 32)
    assert load_der_private_key(key.pkcs8(), None).public_key().public_bytes_raw() == key.public
    assert algorithm.PrivateKey.from_pkcs8(key.pkcs8()).public == key.public
    for wrong in (b"", key.pkcs8()[:-1], key.pkcs8()[1:], key.pkcs8() + b"\0"):
        with pytest.raises(note.SealError):
            algorithm.PrivateKey.from_pkcs8(wrong)

"""Notes, checkpoints, cosignatures, policies and proofs: what is taken, and what is refused."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published_vectors import beside

from jianwei.seal import merkle, note, policy, proof
from jianwei.seal.checkpoint import Checkpoint, CheckpointInvalid, opened
from jianwei.seal.cosignature import WitnessKey, WitnessSigner
from jianwei.seal.errors import SealError
from jianwei.seal.note import NoteInvalid, NoteKey, NoteSigner
from jianwei.seal.suites import SHA256, SM3

LOG = NoteSigner("jcy.example/evlog/110105", b"L" * 32)
POLICE = WitnessSigner("ga.example/w1", b"P" * 32)
COURT = WitnessSigner("fy.example/w1", b"C" * 32)
UPPER = WitnessSigner("sjy.example/w1", b"U" * 32)

POLICY = f"""# the office's log, seen by both outside parties
log {LOG.verifier.vkey}
witness police {POLICE.verifier.vkey} https://ga.example/
witness court\t{COURT.verifier.vkey}
witness upper {UPPER.verifier.vkey}
group outside all police court
quorum outside
"""

LEAVES = [SHA256.leaf(b"%d" % index) for index in range(5)]


def nodes_of(hashes: bytes) -> merkle.Nodes:
    return lambda height, index: SHA256.parents(hashes[32 * (index << height) : 32 * ((index + 1) << height)], height)


node = nodes_of(b"".join(LEAVES))


def a_proof(*witnesses: WitnessSigner, origin: str = LOG.verifier.name, at: int = 1_790_000_000) -> bytes:
    checkpoint = Checkpoint(origin, 5, merkle.root(SHA256, node, 5)).signed(LOG)
    checkpoint = checkpoint.with_signature(*(each.cosign(checkpoint.text, at) for each in witnesses))
    return proof.LogProof(3, tuple(merkle.inclusion_proof(SHA256, node, 3, 5)), checkpoint).encode()


RIGHT = (POLICY.encode(), a_proof(), a_proof(POLICE, COURT), a_proof(POLICE).partition(b"\n\n")[2])


def judged(content: bytes, rules: str = POLICY) -> policy.Seen:
    return proof.check(proof.LogProof.parse(content), SHA256, LEAVES[3], policy.parse(rules.encode()))


def test_notes_of_the_go_module_mirror() -> None:
    vectors = json.loads(beside("go-sumdb/note-vectors.json").read_text())
    first, _, third, bad = vectors["vkeys"]
    keys = [NoteKey.from_vkey(first), NoteKey.from_vkey(third)]
    assert [key.vkey for key in keys] == [first, third]
    whole = note.parse((vectors["text"] + "\n" + "".join(line + "\n" for line in vectors["sig_lines"])).encode())
    assert [verifier.name for verifier, _ in note.check(whole, keys)] == [key.name for key in keys]
    for wrong in (bad, vectors["vkeys"][1]):
        with pytest.raises(NoteInvalid):
            NoteKey.from_vkey(wrong)
    tree = vectors["tree_note"]
    assert Checkpoint.parse(tree["note"]).text() == tree["note"]
    assert Checkpoint.parse(tree["note"]).size == tree["size"]


def test_a_checkpoint_of_the_go_module_mirror() -> None:
    script = beside("torchwood/cmd/litewitness/testdata/sumdb.txt").read_text()
    key = NoteKey.from_vkey(re.search(r"-key (sum\.\S+)", script)[1])
    whole = note.parse(re.search(r"go\.sum database tree\n.*?\n\n(?:— [^\n]*\n)+", script, re.DOTALL)[0].encode())
    assert note.check(whole, [key]) and Checkpoint.parse(whole.text).size == 35225469
    with pytest.raises(CheckpointInvalid, match="go.sum database tree"):
        opened(whole.encode(), key)


TESSERA = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"


@pytest.mark.parametrize("size", range(1, 16))
def test_entries_tiles_and_checkpoint_of_a_published_log(size: int) -> None:
    folder = beside("transparency-dev-tessera/testdata/log")
    bundle = (folder / f"tile/entries/000.p/{size}").read_bytes()
    entries = []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        entries.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    hashes = b"".join(SHA256.leaf(entry) for entry in entries)
    assert hashes == (folder / f"tile/0/000.p/{size}").read_bytes()
    checkpoint = opened((folder / f"checkpoint.{size}").read_bytes(), NoteKey.from_vkey(TESSERA))
    assert (checkpoint.size, checkpoint.root) == (size, merkle.root(SHA256, nodes_of(hashes), size))


def test_a_published_cosignature_and_the_tiles_under_it() -> None:
    folder = beside("sunlight/cmd/skylight/testdata/witness")
    origin = "000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706"
    for place, declared in ((folder, "witness.v0.json"), (folder / "mirror", "mirror.v0.json")):
        key = WitnessKey.from_vkey(json.loads((place / declared).read_text())["verifier_keys"][0])
        whole = note.parse((place / origin / "checkpoint").read_bytes())
        assert note.check(whole, [key])
        with pytest.raises(NoteInvalid):
            note.check(note.Note(whole.text.replace("300", "301"), whole.signatures), [key])
    tiles = folder / "mirror" / origin / "tile"
    full = (tiles / "0/000").read_bytes()
    assert SHA256.parents(full, 8) == (tiles / "1/000.p/1").read_bytes()
    hashes = full + (tiles / "0/001.p/44").read_bytes()
    assert merkle.root(SHA256, nodes_of(hashes), 300) == Checkpoint.parse(whole.text).root


def test_a_note_is_written_as_it_was_read() -> None:
    whole = Checkpoint(LOG.verifier.name, 0, bytes(32)).signed(LOG)
    assert note.parse(whole.encode()) == whole
    assert note.parse(whole.encode()).encode() == whole.encode()
    assert NoteKey.from_vkey(LOG.verifier.vkey).key_id == LOG.verifier.key_id


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw[:-1],
        lambda raw: raw + b"\n",
        lambda raw: raw.replace(b"\n0\n", b"\n00\n"),
        lambda raw: raw.replace(b"\n0\n", b"\n-0\n"),
        lambda raw: raw.replace(b"\n0\n", b"\n9223372036854775808\n"),
        lambda raw: raw.replace(b"\n0\n", "\n٠\n".encode()),
        lambda raw: raw.replace(b"\n0\n", b"\n0 \n"),
        lambda raw: raw.replace(b"=\n\n", b"=\nmore\n\n"),
        lambda raw: raw.replace(b"AA=\n", b"AB=\n"),
        lambda raw: raw.replace(b"AA=\n", b"AA\n"),
        lambda raw: raw.replace("— ".encode(), b"- "),
        lambda raw: raw.replace(b"\t", b"").replace(b"jcy", b"j\tcy"),
        lambda raw: raw.replace(b"jcy", b"\xff"),
        lambda raw: raw + raw.rpartition(b"\n\n")[2] * 64,
        lambda raw: b"",
        lambda raw: b"\n",
        lambda raw: b"x" * 200_000,
    ],
)
def test_any_other_spelling_of_a_checkpoint_is_refused(change) -> None:
    raw = Checkpoint(LOG.verifier.name, 0, bytes(32)).signed(LOG).encode()
    assert opened(raw, LOG.verifier).size == 0
    assert change(raw) != raw
    with pytest.raises(SealError):
        opened(change(raw), LOG.verifier)


READERS = (note.parse, policy.parse, proof.LogProof.parse)
PIECES = (
    b"\n", b"\n\n", "— ".encode(), b"\xe2\x80", b" ", b"+", b"=", b"/", b"\r", b"\0", b"\t", "\u2028".encode(), "０".encode(),
    b"\xed\xa0\x80", b"0", b"-1", b"18446744073709551616", b"index ", b"extra ", b"quorum none\n", b"group x any y\n", b"#: sizes 1..\n",
    b"AAAA", b"A" * 4000,
)  # fmt: skip


def taken(content: bytes) -> None:
    """Refused by name, or taken and written again byte for byte the same: never another exception."""
    for reader in READERS:
        try:
            read = reader(content)
        except SealError as problem:
            assert str(problem)
        else:
            assert isinstance(read, policy.Policy) or read.encode() == content


@settings(max_examples=1000, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(content: bytes) -> None:
    taken(content)


@settings(max_examples=2000, deadline=None)
@given(st.data())
def test_nothing_that_nearly_is_what_it_should_be_breaks_the_readers(data: st.DataObject) -> None:
    """One that is right, with a few pieces put in, taken out, repeated or moved."""
    content = data.draw(st.sampled_from(RIGHT))
    for _ in range(data.draw(st.integers(1, 4))):
        begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(content))] * 2)))
        end = min(end, begin + data.draw(st.integers(0, 40)))
        piece = data.draw(st.sampled_from((b"", content[begin:end], *PIECES)) | st.binary(min_size=1, max_size=3))
        at = data.draw(st.sampled_from((begin, end, 0, len(content))))
        content = content[:begin] + content[end:]
        content = content[: min(at, len(content))] + piece + content[min(at, len(content)) :]
    taken(content)


def test_a_proof_holds_when_police_and_court_have_signed() -> None:
    seen = judged(a_proof(POLICE, COURT, at=1_790_000_123))
    assert seen.checkpoint.size == 5
    assert seen.witnessed_at == {"police": 1_790_000_123, "court": 1_790_000_123}


@pytest.mark.parametrize("witnesses", [(), (POLICE,), (COURT,), (POLICE, POLICE), (POLICE, UPPER)])
def test_fewer_than_both_outside_parties_are_not_enough(witnesses: tuple[WitnessSigner, ...]) -> None:
    with pytest.raises(policy.QuorumMissing):
        judged(a_proof(*witnesses))


def test_a_key_for_trees_of_one_hash_signs_no_tree_of_another() -> None:
    """All is signed by whom it must be, and the way leads to the root: in SM3, under a key that is for SHA-256."""
    leaves = [SM3.leaf(b"%d" % index) for index in range(5)]

    def nodes(height: int, index: int) -> bytes:
        return SM3.parents(b"".join(leaves)[32 * (index << height) : 32 * ((index + 1) << height)], height)

    whole = Checkpoint(LOG.verifier.name, 5, merkle.root(SM3, nodes, 5)).signed(LOG)
    whole = whole.with_signature(*(each.cosign(whole.text, 1) for each in (POLICE, COURT)))
    made = proof.LogProof(3, tuple(merkle.inclusion_proof(SM3, nodes, 3, 5)), whole)
    merkle.check_inclusion(SM3, leaves[3], 3, 5, made.path, merkle.root(SM3, nodes, 5))
    rules = policy.parse(POLICY.encode())
    assert rules.judge(whole, SHA256)
    with pytest.raises(NoteInvalid, match="不在信任的日志之内"):
        proof.check(made, SM3, leaves[3], rules)


def test_every_bit_of_a_proof_matters() -> None:
    """Any flip is refused, or leaves everything that is proved as it was."""
    whole = a_proof(POLICE, COURT)
    right = judged(whole)
    rules = policy.parse(POLICY.encode())
    for bit in range(8 * len(whole)):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealError):
            proof.check(proof.LogProof.parse(bytes(changed)), SHA256, LEAVES[3], rules)
    assert right == judged(whole)


def test_an_unknown_signature_is_ignored_and_a_false_one_of_a_known_key_is_not() -> None:
    whole = proof.LogProof.parse(a_proof(POLICE, COURT))
    stranger = WitnessSigner("elsewhere.example", b"X" * 32).cosign(whole.checkpoint.text, 1)
    later = COURT.cosign(whole.checkpoint.text.replace("\n5\n", "\n6\n"), 1)
    for more, fine in ((stranger, True), (later, False)):
        changed = proof.LogProof(whole.index, whole.path, whole.checkpoint.with_signature(more)).encode()
        if fine:
            assert judged(changed)
        else:
            with pytest.raises(NoteInvalid, match="fy.example"):
                judged(changed)


def test_another_office_s_origin_under_the_same_key_is_refused() -> None:
    with pytest.raises(NoteInvalid, match="110106"):
        judged(a_proof(POLICE, COURT, origin="jcy.example/evlog/110106"))


def test_a_log_key_is_no_witness_and_a_witness_no_log() -> None:
    for rules in (
        POLICY.replace(POLICE.verifier.vkey, LOG.verifier.vkey),
        POLICY.replace(LOG.verifier.vkey, POLICE.verifier.vkey),
    ):
        with pytest.raises(policy.PolicyInvalid, match="种类不符"):
            policy.parse(rules.encode())


def test_a_proof_keeps_its_extra_and_its_place() -> None:
    whole = proof.LogProof.parse(a_proof(POLICE, COURT))
    more = proof.LogProof(whole.index, whole.path, whole.checkpoint, b"more")
    assert proof.LogProof.parse(more.encode()) == more
    moved = proof.LogProof(2, whole.path, whole.checkpoint)
    with pytest.raises(merkle.ProofInvalid):
        judged(moved.encode())


@pytest.mark.parametrize(
    ("rules", "witnesses"),
    [
        ("quorum none", ()),
        ("quorum court", (COURT,)),
        ("group g any police court upper\nquorum g", (UPPER,)),
        ("group g 2 police court upper\nquorum g", (UPPER, COURT)),
        ("group o any police court\ngroup a all o upper\nquorum a", (UPPER, COURT)),
    ],
)
def test_a_quorum_is_reached_by_these_and_by_none_fewer(rules: str, witnesses: tuple[WitnessSigner, ...]) -> None:
    whole = POLICY.partition("group")[0] + rules
    assert judged(a_proof(*witnesses), whole)
    for left_out in witnesses:
        with pytest.raises(policy.QuorumMissing):
            judged(a_proof(*(each for each in witnesses if each is not left_out)), whole)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", "没有 quorum"),
        ("quorum nobody", "此前未定义"),
        ("quorum none\nquorum none", "只能有一行"),
        ("group g 3 police court\nquorum g", "应在 1 与 2 之间"),
        ("group g 0 police court\nquorum g", "应在 1 与 2 之间"),
        ("group g all\nquorum none", "应为 group"),
        ("group g all police police\nquorum g", "已是一个组的成员"),
        ("group g all none\nquorum g", "此前未定义"),
        ("group police all court\nquorum none", "已被使用"),
        ("group a any police\ngroup b any police\nquorum b", "已是一个组的成员"),
        (f"witness twice {POLICE.verifier.vkey}\nquorum none", "重复"),
        (f"log {LOG.verifier.vkey}\nquorum none", "重复"),
        (f"witness itself {WitnessSigner('w.example', b'L' * 32).verifier.vkey}\nquorum none", "重复"),
        ("Quorum none", "不认识"),
        ("quorum none\r", "控制字符"),
        ("#: sizes 0..5\nquorum none", "sizes 之后应为"),
        ("quorum none\n#: sizes 0..5", "末尾的 sizes"),
        ("#: sizes 6..5\nquorum none", "应为 #: sizes"),
        ("#: sizes 5\nquorum none", "应为 #: sizes"),
        ("#: sizes 0..05\nquorum none", "数字格式"),
        ("#: size 0..5\nquorum none", "应为 #: sizes"),
        ("#:sizes 0..5\nquorum none", "不认识"),
    ],
)
def test_a_policy_that_is_not_clear_is_refused(line: str, problem: str) -> None:
    with pytest.raises(policy.PolicyInvalid, match=problem):
        policy.parse((POLICY.partition("group")[0] + line).encode())

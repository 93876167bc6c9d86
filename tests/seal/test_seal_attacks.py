"""Attacks on a bundle, each told by the step that stops it. Both verifiers are asked every time."""

from __future__ import annotations

import base64
import io
import json
import struct
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from both_verifiers import failed, judged, node, office, sound, stranger

from jianwei.seal import merkle, note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.leaf import Kind, Leaf
from jianwei.seal.proof import LogProof
from jianwei.seal.suites import SHA256, SM3
from jianwei.seal.verifier.differential.opinions import of_python
from jianwei.seal.verifier.differential.subjects import (
    NOW,
    ORDER,
    QUORUMS,
    SEEN_AT,
    STAMPED_AT,
    VALID,
    Case,
    Subject,
    encoded,
)
from jianwei.seal.verifier.differential.tokens import certificate, p256_authority
from jianwei.seal.verifier.verify import report

MAIN = "proof.tlog-proof"


def plain() -> Subject:
    """A bundle with an original, one suite, two collectors; police, court and upper have seen it, police and court must."""
    first = sound()[4]
    return Subject({name: first.members[name] for name in ("original", "manifest.json", "salt", MAIN)}, first.policy)


def shown() -> LogProof:
    return LogProof.parse(plain().members[MAIN])


def with_checkpoint(whole: note.Note) -> Case:
    return plain().case({MAIN: replace(shown(), checkpoint=whole).encode()})


def test_the_bundle_attacked_is_sound() -> None:
    assert judged(plain().case())["ok"]


# ---- 1-4: original, manifest, salt ----------------------------------------------------------------------------------


def test_1_a_byte_of_the_original() -> None:
    original = plain().members["original"]
    for at in (0, len(original) // 2, len(original) - 1):
        changed = original[:at] + bytes((original[at] ^ 1,)) + original[at + 1 :]
        assert failed(plain().case({"original": changed})) == "original"
    assert failed(plain().case({"original": original[:-1]})) == "original"
    assert failed(plain().case({"original": None})) == "original"
    assert failed(sound()[3].case({"original": b"added"})) == "original"


def test_2_a_field_of_the_manifest() -> None:
    told = plain().members["manifest.json"]
    assert "讯问".encode() in told
    assert failed(plain().case({"manifest.json": told.replace("讯问".encode(), "询问".encode())})) == "inclusion"


def test_3_original_and_manifest_together() -> None:
    original, told = b"another", json.loads(plain().members["manifest.json"])
    told |= {"size": 7, "sha256": SHA256.digest(original).hex(), "sm3": SM3.digest(original).hex()}
    assert failed(plain().case({"original": original, "manifest.json": encoded(told)})) == "inclusion"


def test_4_another_salt_and_another_s_place() -> None:
    assert failed(plain().case({"salt": bytes(32)})) == "inclusion"
    assert failed(plain().case({"salt": bytes(31)})) == "sizes"
    assert failed(plain().case({"salt": sound()[1].members["salt"], MAIN: sound()[1].members[MAIN]})) == "inclusion"


# ---- 5-6: the way to the root ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda told: replace(told, index=told.index + 1),
        lambda told: replace(told, index=1 << 40),
        lambda told: replace(told, index=(1 << 63) - 1),
        lambda told: replace(told, path=told.path[:-1]),
        lambda told: replace(told, path=told.path[1:]),
        lambda told: replace(told, path=(*told.path, bytes(32))),
        lambda told: replace(told, path=(bytes(32),) * 63),
        lambda told: replace(told, path=(bytes(32),) * 64),
        lambda told: replace(told, path=(*told.path[:-1], told.path[-1][:31])),
        lambda told: replace(told, path=(*told.path[:-1], told.path[-1] + b"\0")),
        lambda told: replace(told, path=()),
    ],
)
def test_5_a_wrong_place_or_way(change: Callable[[LogProof], LogProof]) -> None:
    assert failed(plain().case({MAIN: change(shown()).encode()})) == "inclusion"


def test_6_an_inner_node_is_no_leaf() -> None:
    """Two records' hashes in place of one record: without the first byte that tells them apart the root would be right."""
    leaves = office().leaves[:4]
    hashes = [SHA256.leaf(leaf) for leaf in leaves]
    upper = [SHA256.node(hashes[0], hashes[1]), SHA256.node(hashes[2], hashes[3])]
    for leaf_hash in (upper[0], SHA256.leaf(hashes[0] + hashes[1])):
        with pytest.raises(merkle.ProofInvalid):
            merkle.check_inclusion(SHA256, leaf_hash, 0, 4, [upper[1]], SHA256.node(*upper))
    side = office().side
    times = dict.fromkeys(side.witnesses, SEEN_AT)
    whole = side.cosigned(Checkpoint(side.origin, 2, SHA256.node(*upper)).signed(side.log), times)
    inner = LogProof(0, (upper[1],), whole)
    assert failed(plain().case({MAIN: inner.encode()})) == "inclusion"


# ---- 7-10: who signed -----------------------------------------------------------------------------------------------


def signatures() -> dict[str, note.Signature]:
    return {each.name.partition(".")[0]: each for each in shown().checkpoint.signatures}


@pytest.mark.parametrize(
    ("names", "step"),
    [
        ((), "quorum"),
        (("police",), "quorum"),
        (("court",), "quorum"),
        (("police", "police"), "quorum"),
        (("police", "upper"), "quorum"),
        (("police", "court"), "done"),
    ],
)
def test_7_too_few_witnesses_or_one_of_them_twice(names: tuple[str, ...], step: str) -> None:
    bare = replace(shown().checkpoint, signatures=shown().checkpoint.signatures[:1])
    verdict = judged(with_checkpoint(bare.with_signature(*(signatures()[name] for name in names))))
    assert verdict["step"] == step


def test_7_a_witness_nobody_named_counts_for_nothing() -> None:
    bare = replace(shown().checkpoint, signatures=shown().checkpoint.signatures[:1])
    liars = [WitnessSigner(f"{name}.example/w1", stranger().side.keys[name]) for name in ("police", "court")]
    whole = bare.with_signature(*(each.cosign(bare.text, SEEN_AT) for each in liars))
    assert failed(with_checkpoint(whole)) == "quorum"


def test_8_a_cosignature_of_another_checkpoint_or_another_time() -> None:
    other = {
        each.name.partition(".")[0]: each for each in LogProof.parse(sound()[1].members[MAIN]).checkpoint.signatures
    }
    court, police = signatures()["court"], signatures()["police"]
    rest = [each for each in shown().checkpoint.signatures if each != court]
    earlier = (SEEN_AT - 86_400).to_bytes(8, "big") + court.content[8:]
    for false in (
        other["court"],
        replace(court, content=earlier),
        replace(court, content=police.content),
        replace(court, content=b"x"),
    ):
        assert failed(with_checkpoint(note.Note(shown().checkpoint.text, (*rest, false)))) == "signatures"
    # a true one beside a false one does not save it
    assert failed(with_checkpoint(shown().checkpoint.with_signature(other["court"]))) == "signatures"


def test_8_a_time_that_has_not_come() -> None:
    side = office().side
    for at, step in ((NOW + 600, "done"), (NOW + 601, "times"), (1 << 62, "times")):
        bare = replace(shown().checkpoint, signatures=shown().checkpoint.signatures[:1])
        whole = bare.with_signature(*(side.witnesses[name].cosign(bare.text, at) for name in ("police", "court")))
        assert judged(with_checkpoint(whole))["step"] == step


def test_9_another_key_under_the_log_s_name() -> None:
    told = Checkpoint.parse(shown().checkpoint.text)
    false = told.signed(note.NoteSigner(told.origin, stranger().side.keys["log"]))
    rest = shown().checkpoint.signatures[1:]
    assert failed(with_checkpoint(note.Note(false.text, (*false.signatures, *rest)))) == "log-signature"
    assert failed(with_checkpoint(note.Note(false.text, rest))) == "log-signature"
    true = shown().checkpoint.signatures[0]
    forged = replace(true, content=false.signatures[0].content)
    assert failed(with_checkpoint(note.Note(false.text, (true, forged, *rest)))) == "log-signature"


def test_9_a_log_s_key_is_no_witness_and_a_witness_s_no_log() -> None:
    side = office().side
    police, log = side.witnesses["police"].verifier.vkey, side.log.verifier.vkey
    for rules in (
        plain().policy.replace(police.encode(), log.encode()),
        plain().policy.replace(log.encode(), police.encode()),
    ):
        assert failed(replace(plain().case(), policy=rules)) == "policy"


def test_10_another_office_s_origin_under_the_same_key() -> None:
    side = office().side
    told = replace(Checkpoint.parse(shown().checkpoint.text), origin="jcy.example/evlog/110106")
    whole = side.cosigned(told.signed(side.log), dict.fromkeys(side.witnesses, SEEN_AT))
    assert failed(with_checkpoint(whole)) == "origin"
    renamed = told.signed(note.NoteSigner(told.origin, side.keys["log"]))
    assert failed(with_checkpoint(renamed)) == "origin"


def test_10_a_tree_of_one_suite_signed_by_the_key_of_the_other() -> None:
    """Whoever holds the SM2 key of the log could not put it to the tree of SHA-256, even under a policy that names it so."""
    side, sm = office().side, office().side_sm
    told = Checkpoint.parse(shown().checkpoint.text)
    signer = note.NoteSigner(told.origin, sm.keys["log"])
    whole = side.cosigned(told.signed(signer), dict.fromkeys(side.witnesses, SEEN_AT))
    rules = plain().policy.replace(side.log.verifier.vkey.encode(), signer.verifier.vkey.encode())
    case = replace(with_checkpoint(whole), policy=rules)
    node().send_cases([case])
    assert node().fetch(1) == [{"answer": of_python(case)}] and of_python(case)["step"] == "origin"


# ---- 11: grammar ----------------------------------------------------------------------------------------------------


def size_line(raw: bytes) -> bytes:
    return b"\n%d\n" % Checkpoint.parse(LogProof.parse(raw).checkpoint.text).size


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\n\n", b"\n\n\xef\xbb\xbf", 1),
        lambda raw: raw[:-1],
        lambda raw: raw + b"\n",
        lambda raw: raw.replace(b"index ", b"index 0"),
        lambda raw: raw.replace(b"index ", b"index +"),
        lambda raw: raw.replace(b"index ", b"index  "),
        lambda raw: raw.replace(b"index ", b"Index "),
        lambda raw: raw.replace(b"index ", b"extra AAA\nindex "),
        lambda raw: raw.replace(b"index ", b"extra AB==\nindex "),
        lambda raw: raw.replace(b"proof@v1", b"proof@v2"),
        lambda raw: raw.replace(size_line(raw), size_line(raw)[:-1] + b" \n"),
        lambda raw: raw.replace(size_line(raw), b"\n0" + size_line(raw)[1:]),
        lambda raw: raw.replace(size_line(raw), b"\n9223372036854775808\n"),
        lambda raw: raw.replace(size_line(raw), b"\n18446744073709551616\n"),
        lambda raw: raw.replace(size_line(raw), "\n٠\n".encode()),
        lambda raw: raw.replace(size_line(raw), size_line(raw) + b"extension\n"),
        lambda raw: raw.replace("— ".encode(), b"- "),
        lambda raw: raw.replace("— ".encode(), "—\xa0".encode()),
        lambda raw: raw.replace("— ".encode(), "— \u3000".encode()),
        lambda raw: raw.replace(b"example/", b"example\t/"),
        lambda raw: raw.replace(b"example/", b"\xff\xfe/"),
        lambda raw: raw.replace(b"example/", b"\xed\xa0\x80/"),
        lambda raw: raw + b"\n".join(raw.splitlines()[-1:] * 64) + b"\n",
        lambda raw: raw + "— x.example AAAA\n".encode(),
        lambda raw: b"",
        lambda raw: b"\n\n",
        lambda raw: raw.replace(b"\n\n", b"\n", 1),
    ],
)
def test_11_any_other_spelling_of_a_proof(change: Callable[[bytes], bytes]) -> None:
    raw = plain().members[MAIN]
    assert change(raw) != raw
    assert failed(plain().case({MAIN: change(raw)})) in ("inclusion", "origin")


def test_11_stray_bits_of_base64() -> None:
    raw = plain().members[MAIN]
    for line in raw.split(b"\n")[2:4]:
        assert len(base64.b64decode(line)) == 32 and line.endswith(b"=")
        for other in (
            line[:-1],
            line + b"=",
            line[:-2] + bytes((line[-2] + 1,)) + b"=",
            line[:9] + b" " + line[9:],
            line.replace(b"=", b"-"),
        ):
            assert failed(plain().case({MAIN: raw.replace(line, other)})) == "inclusion"


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw[:-1],
        lambda raw: raw.replace(b'"v": 1', b'"v": 1.0'),
        lambda raw: raw.replace(b'"v": 1', b'"v": 1e0'),
        lambda raw: raw.replace(b'"v": 1', b'"v":1'),
        lambda raw: raw.replace(b'"v": 1', b'"v": 1,\n  "v": 1'),
        lambda raw: raw.replace(b'"v": 1', b'"v": true'),
        lambda raw: raw.replace(b'"v": 1', b'"v": 2'),
        lambda raw: raw.replace(b'"v": 1', b'"v": NaN'),
        lambda raw: raw.replace("王".encode(), b"\\u738b"),
        lambda raw: raw.replace("王".encode(), b"\\ud83d"),
        lambda raw: raw.replace("王".encode(), "\u202e".encode()),
        lambda raw: raw.replace("王".encode(), b"\xed\xa0\xbd"),
        lambda raw: raw.replace(b'"kind": 1', b'"kind": 10'),
        lambda raw: raw.replace(b'"kind": 1', b'"kind": "1"'),
        lambda raw: raw.replace(b'"id": "0', b'"id": "8'),
        lambda raw: raw.replace(b'"size": ', b'"size": -'),
        lambda raw: b"[" * 60_000,
        lambda raw: b"null\n",
        lambda raw: b"",
    ],
)
def test_11_any_other_spelling_of_a_manifest(change: Callable[[bytes], bytes]) -> None:
    """Were it in the log a thousand times: what readers may understand differently is not read."""
    raw = plain().members["manifest.json"]
    assert change(raw) != raw
    assert failed(plain().case({"manifest.json": change(raw)})) == "manifest"


def test_11_groups_within_groups_without_end() -> None:
    rules = plain().policy.partition(b"group")[0] + b"group g0 any court\n"
    for count, step in ((99, "done"), (100, "policy"), (3000, "policy")):
        nested = b"".join(b"group g%d all g%d\n" % (number, number - 1) for number in range(1, count + 1))
        case = replace(plain().case(), policy=rules + nested + b"quorum g%d\n" % count)
        node().send_cases([case])
        assert node().fetch(1) == [{"answer": of_python(case)}] and of_python(case)["step"] == step


# ---- 12: the container ----------------------------------------------------------------------------------------------


def zipped(method: int = zipfile.ZIP_STORED, **names: str) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as container:
        warnings.simplefilter("ignore")
        for name, content in plain().members.items():
            container.writestr(names.get(name.partition(".")[0], name), content)
    return out.getvalue()


def test_12_another_form_of_zip() -> None:
    whole = plain().case().bundle
    directory = whole.index(b"PK\x01\x02")
    symlink = bytearray(whole)
    symlink[directory + 38 : directory + 42] = struct.pack("<I", 0o120777 << 16)
    cases = {
        "deflated": zipped(zipfile.ZIP_DEFLATED),
        "another maker": zipped(),
        "out of the folder": zipped(salt="../salt"),
        "a folder": zipped(salt="salt/"),
        "a name twice": zipped(manifest="salt"),
        "an unknown name": zipped(salt="pepper"),
        "a comment": whole[:-2] + b"\x01\x00x",
        "bytes before": b"MZ" + whole,
        "bytes after": whole + b"\0",
        "a symbolic link": bytes(symlink),
        "cut": whole[:-1],
        "nothing": b"",
        "only an end": b"PK\x05\x06" + bytes(18),
        "an end within the end": whole + b"PK\x05\x06" + bytes(18),
    }
    for name, content in cases.items():
        assert failed(plain().of(content)) in ("zip", "sizes"), name


def test_12_many_members_and_members_out_of_order() -> None:
    members = list(plain().members.items())
    assert failed(plain().contained([*members, *((f"m{number}", b"") for number in range(20))])) == "zip"
    assert failed(plain().contained(members[::-1])) == "zip"
    assert failed(plain().contained([*members, members[-1]])) == "zip"
    count = plain().case().bundle[:-22] + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 65535, 65535, 0, 0, 0)
    assert failed(plain().of(count)) == "zip"


def test_12_members_that_overlap_and_numbers_of_eight_bytes_that_lie() -> None:
    whole = plain().case().bundle
    first = whole.index(b"PK\x01\x02")
    second = whole.index(b"PK\x01\x02", first + 4)
    for at, value in (
        (second + 42, 0),
        (second + 42, 1),
        (first + 24, 0xFFFFFFFF),
        (first + 20, 0xFFFFFFFF),
        (first + 24, 1),
        (first + 24, 1 << 31),
    ):
        lying = bytearray(whole)
        lying[at : at + 4] = struct.pack("<I", value)
        assert failed(plain().of(bytes(lying))) == "zip"
    end = whole[-22:]
    start = struct.unpack("<I", end[16:20])[0]
    body = whole[:-22]
    for said in (start, 0, 1 << 63):
        record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 4, 4, len(body) - start, said)
        locator = struct.pack("<IIQI", 0x07064B50, 0, len(body), 1)
        assert failed(plain().of(body + record + locator + end[:16] + b"\xff" * 4 + end[20:])) == "zip"


def test_12_members_larger_than_they_may_be() -> None:
    for name in ORDER[1:]:
        size = 1 << 18 if name.startswith("proof") else 1 << 17
        assert failed(sound()[0].case({name: bytes(size)})) == "sizes"
    for name in ("manifest.json", "salt", MAIN):
        assert failed(plain().case({name: None})) == "sizes"


# ---- 13-14: signatures that some libraries take: see also the published vectors ---------------------------------------


def test_13_a_key_of_low_order_makes_no_policy() -> None:
    side = office().side
    police = side.witnesses["police"].verifier
    for material in (
        b"\x01" + bytes(31),
        bytes(32),
        b"\xec" + b"\xff" * 30 + b"\x7f",
        b"\xee" + b"\xff" * 31,
        b"\x02" + bytes(31),
    ):
        raw = b"\x04" + material
        vkey = f"{police.name}+{note.key_id(police.name, 4, material).hex()}+{base64.b64encode(raw).decode()}"
        assert (
            failed(replace(plain().case(), policy=plain().policy.replace(police.vkey.encode(), vkey.encode())))
            == "policy"
        )


def test_13_s_beyond_the_order() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    court = signatures()["court"]
    rest = [each for each in shown().checkpoint.signatures if each != court]
    s = int.from_bytes(court.content[40:], "little") + order
    larger = replace(court, content=court.content[:40] + s.to_bytes(32, "little"))
    assert failed(with_checkpoint(note.Note(shown().checkpoint.text, (*rest, larger)))) == "signatures"


def test_14_sm2_signatures_out_of_bounds_fail_the_second_suite() -> None:
    subject = sound()[0]
    name, order = "proof-sm.tlog-proof", 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
    told = LogProof.parse(subject.members[name])
    log, *rest = told.checkpoint.signatures
    r, s = log.content[:32], log.content[32:]
    whole = int.from_bytes(s, "big")
    for content in (
        bytes(32) + s,
        r + bytes(32),
        r + (order - int.from_bytes(r, "big")).to_bytes(32, "big"),
        order.to_bytes(32, "big") + s,
        r + order.to_bytes(32, "big"),
        r + s + b"\0",
        b"\x30\x44" + r + s,
        r + ((whole + order) % (1 << 256)).to_bytes(32, "big"),
    ):
        false = replace(told.checkpoint, signatures=(replace(log, content=content), *rest))
        case = subject.case({name: replace(told, checkpoint=false).encode()})
        verdict = judged(case)
        assert verdict["step"] == "sm" and "国密证明：日志的签名无效" in verdict["message"]


# ---- 22, 25: what is claimed, and what the bundle itself brings -------------------------------------------------------


def test_22_a_claimed_time_is_shown_apart_from_the_proven_one() -> None:
    told = json.loads(plain().members["manifest.json"])
    told["collected"]["at"] = "1999-01-01T00:00:00+08:00"
    leaf = Leaf.of(Kind.MATERIAL, plain().members["salt"], encoded(told)).encode()
    side = office().side
    proof = side.proof([*office().leaves, leaf], len(office().leaves), dict.fromkeys(side.witnesses, SEEN_AT))
    verdict = judged(plain().case({"manifest.json": encoded(told), MAIN: proof.encode()}))
    assert verdict["ok"] and verdict["facts"]["log"]["quorum_at"] == SEEN_AT
    text = report("x.evb", verdict)
    assert "1999-01-01T00:00:00+08:00（自述，未经证明）" in text and "至迟在 2026-09-21" in text


def test_25_the_policy_in_the_bundle_is_not_asked() -> None:
    mine = stranger().side.policy("quorum none\n")
    expected = judged(plain().case())
    for content in (mine, b"", b"\xff", plain().policy):
        assert judged(plain().case({"policy.txt": content})) == expected
    foreign = stranger().side
    whole = foreign.proof(office().leaves, 4, dict.fromkeys(foreign.witnesses, SEEN_AT))
    assert failed(plain().case({"policy.txt": foreign.policy(QUORUMS[0]), MAIN: whole.encode()})) == "origin"


# ---- 28: timestamps -------------------------------------------------------------------------------------------------


def stamped(at: int = STAMPED_AT, over: bytes = b"", number: int = 0, given: int | None = 0) -> Case:
    """With a token of authority ``number`` while the verifier was given the certificate of ``given``."""
    token = office().authorities[number].token(over or shown().checkpoint.encode(), at)
    case = plain().case({"checkpoint.tsr": token})
    return case if given is None else replace(case, tsa_cert=office().authorities[given].certificate)


@pytest.mark.parametrize("number", range(3))
def test_28_a_token_holds_for_its_checkpoint_and_no_other(number: int) -> None:
    assert judged(stamped(number=number, given=number))["facts"]["token"]["at"] == STAMPED_AT
    other = LogProof.parse(sound()[1].members[MAIN]).checkpoint.encode()
    for given in (number, None):
        assert failed(stamped(over=other, number=number, given=given)) == "token"
        assert failed(stamped(over=shown().checkpoint.text.encode(), number=number, given=given)) == "token"


def test_28_a_token_of_another_authority() -> None:
    for number in range(3):
        for given in range(3):
            assert judged(stamped(number=number, given=given))["ok"] == (number == given)
    token = stranger().authorities[1].token(shown().checkpoint.encode(), STAMPED_AT)
    case = replace(plain().case({"checkpoint.tsr": token}), tsa_cert=office().authorities[1].certificate)
    assert failed(case) == "token"


def test_28_a_time_outside_the_certificate_or_not_yet_come() -> None:
    for at, step in (
        (VALID[0], "done"),
        (VALID[0] - 1, "token"),
        (NOW + 600, "done"),
        (NOW + 601, "token"),
        (VALID[1] + 1, "token"),
    ):
        assert judged(stamped(at=at))["step"] == step


def test_28_a_certificate_for_something_else() -> None:
    authority = p256_authority(VALID)
    public = authority.certificate[authority.certificate.index(bytes.fromhex("3059301306072a8648ce3d0201")) :][:91]
    case = plain().case({"checkpoint.tsr": authority.token(shown().checkpoint.encode(), STAMPED_AT)})
    assert judged(replace(case, tsa_cert=certificate(public, VALID)))["ok"]
    server = bytes.fromhex("0603551d25040c300a06082b06010505070301")
    both = bytes.fromhex("0603551d250416301406082b0601050507030106082b06010505070308")
    for extension in (server, both, bytes.fromhex("0603551d0f0403020780")):
        assert failed(replace(case, tsa_cert=certificate(public, VALID, extension))) == "token"


def test_28_a_token_that_is_older_than_the_witnesses_is_told() -> None:
    verdict = judged(stamped(at=SEEN_AT - 1000))
    assert "时间戳的时间早于见证时间 5 分钟以上。" in verdict["warnings"]

"""Attacks of a reader of specifications: what one parser takes and another does not. Both verifiers are asked every time."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from both_verifiers import failed, judged, node, office, sound, stranger
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from jianwei.seal import note
from jianwei.seal.leaf import Kind, Leaf
from jianwei.seal.proof import LogProof
from jianwei.seal.verifier import verify
from jianwei.seal.verifier.differential.mutations.given import vkey
from jianwei.seal.verifier.differential.opinions import of_python
from jianwei.seal.verifier.differential.subjects import NOW, SEEN_AT, STAMPED_AT, VALID, Case, Subject, encoded
from jianwei.seal.verifier.differential.tokens import SHA256, certificate, der, integer, p256_authority

MAIN = "proof.tlog-proof"
Change = Callable[[bytes], bytes]


def plain() -> Subject:
    first = sound()[4]
    return Subject({name: first.members[name] for name in ("original", "manifest.json", "salt", MAIN)}, first.policy)


def logged(told: bytes, kind: int = 1) -> Case:
    """A bundle of these bytes of a manifest, which truly are in the log: only their form can be refused."""
    leaf, side = Leaf.of(Kind(kind), plain().members["salt"], told).encode(), office().side
    shown = side.proof([*office().leaves, leaf], len(office().leaves), dict.fromkeys(side.witnesses, SEEN_AT))
    return plain().case({"manifest.json": told, MAIN: shown.encode()})


# ---- JSON -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"v": 1', '"v": -0'),
        ('"v": 1', '"v": 1e999'),
        ('"v": 1', '"v": Infinity'),
        ('"v": 1', '"v": 0x1'),
        ('"v": 1', '"v": １'),
        ('"v": 1', '"v": "1"'),
        ('"v": 1', '"v": [1]'),
        ('"v": 1', '"v": 1, "\\u0076": 2'),
        ('"by": [', '"by": [], "by": ['),
        ('"size"', '"\\u0073ize"'),
        ('"size"', '"ѕize"'),
        ('"size"', '"size\\u0000"'),
        ('"size"', '"Size"'),
        ("王", "\\udc00\\ud800"),
        ("王", "\\u202e"),
        ("王", "\u2066"),
        ("王", "\x7f"),
        ("王", "\t"),
        ('"王', "'王"),
        ("王", '王", // "'),
        ("{\n", "\ufeff{\n"),
        ("{\n", "{\u2028\n"),
        ("{\n", "{\n\n"),
        ('"v": 1,', '"v": 1,,'),
        ("\n}\n", ",\n}\n"),
        ("\n}\n", "\n}\n{}\n"),
        ("\n}\n", "\n}"),
        ("\n}\n", "\n}\n\n"),
        ("\n}\n", "\n}\0\n"),
        ('"id": "0', '"id": "０'),
        ('"sha256": "', '"sha256": "0x'),
    ],
)
def test_other_json(old: str, new: str) -> None:
    told = plain().members["manifest.json"].decode()
    assert old in told
    assert failed(logged(told.replace(old, new, 1).encode())) == "manifest"


@pytest.mark.parametrize(
    "told",
    [
        {"v": True},
        {"kind": True},
        {"size": True},
        {"size": None},
        {"size": "0"},
        {"size": -1},
        {"size": 1 << 53},
        {"sha256": "A" * 64},
        {"sm3": "٠" * 64},
        {"sm3": ["0" * 64]},
        {"id": ["01J00000000000000000000000"]},
        {"id": "01J00000000000000000000000\n"},
        {"collected": []},
        {"collected": {"by": "王某李某"}},
        {"note": 0.5},
        {"0": "before all others in some readers"},
        {"": 1},
        {"note": "\ud800"},
    ],
)
def test_json_in_the_one_form_that_says_something_odd(told: dict[str, Any]) -> None:
    whole = json.dumps(json.loads(plain().members["manifest.json"]) | told, ensure_ascii=False, indent=2) + "\n"
    assert failed(logged(whole.encode("utf-8", "surrogatepass"))) == "manifest"


@pytest.mark.parametrize(
    "told",
    [
        {"note": '\u2028\u2029\ufeff\u200b😀\\"/'},
        {"note": "e\u0301"},
        {"__proto__": {"kind": 2}, "constructor": {"by": []}, "toString": 1},
        {"note": "<img src=x onerror=alert(1)></script>"},
        {"note": "长" * 15_000},
        {"note": -((1 << 53) - 1)},
    ],
)
def test_what_all_readers_understand_alike_is_taken(told: dict[str, Any]) -> None:
    verdict = judged(logged(encoded(json.loads(plain().members["manifest.json"]) | told)))
    assert verdict["ok"] and {key: verdict["facts"]["manifest"][key] for key in told} == told


@pytest.mark.parametrize("odd", ["\n", "\n\n结论：", "\x9b2J", "\x85", "\u2028", "\u200f", "\u200b", "\ufeff", "\t"])
def test_no_line_of_the_report_is_written_by_the_bundle(odd: str) -> None:
    """Signs that a terminal obeys, or that begin a line, in the name, the claimed time, and the file's own name."""
    told = json.loads(plain().members["manifest.json"])
    usual = verify.report("x.evb", judged(logged(encoded(told))))
    told |= {"name": told["name"] + odd, "collected": {**told["collected"], "at": odd}}
    verdict = judged(logged(encoded(told)))
    text = verify.report(f"x{odd}.evb", verdict)
    assert verdict["ok"] and len(text.splitlines()) == len(usual.splitlines())
    assert all(sign.isprintable() or sign == "\n" for sign in text)


def test_a_name_that_only_looks_the_same_is_another() -> None:
    whole = encoded(json.loads(plain().members["manifest.json"]) | {"note": "\u00e9"})
    case = logged(whole)
    assert judged(case)["ok"]
    members = plain().members | {"manifest.json": whole.replace("\u00e9".encode(), "e\u0301".encode())}
    shown = logged(whole).bundle
    proof = shown[shown.index(b"c2sp.org/tlog-proof@v1") : shown.index(b"PK\x01\x02")]
    assert failed(Subject(members | {MAIN: proof}, plain().policy).case()) == "inclusion"


@pytest.mark.parametrize("told", [b'"' + b'\\"' * 32_000, b"[a" * 30_000, b'{"a":' * 13_000, b'["' * 30_000])
def test_a_manifest_without_end_is_refused(told: bytes) -> None:
    assert failed(plain().case({"manifest.json": told})) == "manifest"


def test_a_text_without_end_is_looked_for_once() -> None:
    """From each of its quotation marks it took 17 seconds."""
    assert len(verify.TEXT.findall(b'"' + b'\\"' * 32_000)) == 1


# ---- numbers, base64, lines -----------------------------------------------------------------------------------------


def checkpoint_lines(change: Callable[[list[str]], None]) -> Change:
    def changed(raw: bytes) -> bytes:
        lines = raw.decode().split("\n")
        start = lines.index("") + 1
        inner = lines[start:]
        change(inner)
        return "\n".join([*lines[:start], *inner]).encode()

    return changed


def line(place: int, change: Callable[[str], str]) -> Change:
    def edit(lines: list[str]) -> None:
        lines[place] = change(lines[place])

    return checkpoint_lines(edit)


@pytest.mark.parametrize(
    "size",
    ["-1", "+21", "２１", "2１", "21.0", "2_1", "0x15", "21\t", "\x0b21", "1e1", "", "21\u200b", "9" * 19, "9" * 5000],
)
def test_a_size_of_the_log_in_other_words(size: str) -> None:
    assert failed(plain().case({MAIN: line(1, lambda _: size)(plain().members[MAIN])})) == "inclusion"


@pytest.mark.parametrize("place", ["-0", "+4", "４", "04", "4 ", "4,", "0x4", "", "4\r", str(1 << 63), str(1 << 64)])
def test_a_place_in_the_log_in_other_words(place: str) -> None:
    raw = plain().members[MAIN].replace(b"\nindex 4\n", f"\nindex {place}\n".encode())
    assert raw != plain().members[MAIN]
    assert failed(plain().case({MAIN: raw})) == "inclusion"


@pytest.mark.parametrize(
    ("change", "step"),
    [
        (line(0, lambda text: text + " "), "origin"),
        (line(0, lambda text: text.replace("e", "е")), "origin"),
        (line(0, lambda text: text + "\x7f"), "origin"),
        (line(0, lambda text: text + "\u2028"), "origin"),
        (line(0, lambda text: text + "\x85"), "origin"),
        (line(0, lambda _: ""), "inclusion"),
        (line(0, lambda text: text + "\r"), "inclusion"),
        (line(0, lambda text: text + "\n\n— x AAAAAAAA"), "inclusion"),
        (line(2, lambda text: text + " "), "inclusion"),
        (line(2, lambda text: text.rstrip("=")), "inclusion"),
        (line(2, lambda text: text + "===="), "inclusion"),
        (line(2, lambda text: text.replace("=", "\u200b=")), "inclusion"),
        (line(3, lambda text: text + "\n"), "inclusion"),
        (line(4, lambda text: text + " "), "inclusion"),
        (line(4, lambda text: text.replace(" ", "  ", 1)), "inclusion"),
        (line(4, lambda text: text.replace("— ", "– ")), "inclusion"),
        (line(4, lambda text: text.replace("— ", "—\u2009")), "inclusion"),
        (line(4, lambda text: text[:-1]), "inclusion"),
        (line(4, lambda text: text + "\u2029"), "inclusion"),
        (line(4, lambda text: text.split(" ")[0] + " " + text.split(" ")[1]), "inclusion"),
        (line(4, lambda text: " ".join([*text.split(" ")[:2], "AAAAAA=="])), "inclusion"),
        (line(4, lambda text: text.rpartition(" ")[0] + "+x " + text.rpartition(" ")[2]), "inclusion"),
    ],
)
def test_lines_that_only_look_the_same(change: Change, step: str) -> None:
    raw = plain().members[MAIN]
    assert change(raw) != raw
    assert failed(plain().case({MAIN: change(raw)})) == step


@pytest.mark.parametrize("place", range(4))
def test_stray_bits_of_a_signature_s_base64(place: int) -> None:
    told = LogProof.parse(plain().members[MAIN]).checkpoint.signatures[place]
    raw, right = plain().members[MAIN], base64.b64encode(told.key_id + told.content).decode()
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    body = right.rstrip("=")
    others = [body, right.replace("+", "-").replace("/", "_") + "-", right[:8] + "\t" + right[8:], right + "A"]
    if right.endswith("="):
        others.append(body[:-1] + digits[digits.index(body[-1]) + 1] + right[len(body) :])
    for other in others:
        assert failed(plain().case({MAIN: raw.replace(right.encode(), other.encode())})) == "inclusion"


# ---- signatures -----------------------------------------------------------------------------------------------------


def cosigned(at: int, text: str | None = None, said: int | None = None) -> note.Signature:
    """By the court, of any time and any words, whatever its own program would say to it."""
    court, checkpoint = office().side.witnesses["court"], LogProof.parse(plain().members[MAIN]).checkpoint
    words = f"cosignature/v1\ntime {at}\n{checkpoint.text}" if text is None else text
    key = office().side.keys["court"]
    assert isinstance(key, bytes)
    signature = Ed25519PrivateKey.from_private_bytes(key).sign(words.encode())
    told = next(each for each in checkpoint.signatures if each.name == court.verifier.name)
    return replace(told, content=(at if said is None else said).to_bytes(8, "big") + signature)


def seen_by_the_court(signature: note.Signature) -> Case:
    shown = LogProof.parse(plain().members[MAIN])
    rest = tuple(each for each in shown.checkpoint.signatures if each.name != signature.name)
    whole = replace(shown.checkpoint, signatures=(*rest, signature))
    return plain().case({MAIN: replace(shown, checkpoint=whole).encode()})


def test_a_signature_made_by_hand_is_a_signature() -> None:
    assert judged(seen_by_the_court(cosigned(SEEN_AT)))["ok"]


@pytest.mark.parametrize("at", [1 << 63, (1 << 64) - 1])
def test_a_time_of_a_witness_beyond_all_numbers(at: int) -> None:
    assert failed(seen_by_the_court(cosigned(at))) == "signatures"


def test_a_time_of_nought_is_no_time() -> None:
    assert failed(seen_by_the_court(cosigned(0))) == "quorum"


def test_a_witness_s_signature_of_other_words() -> None:
    text = LogProof.parse(plain().members[MAIN]).checkpoint.text
    for words in (
        text,
        f"cosignature/v1\ntime {SEEN_AT} \n{text}",
        f"cosignature/v1\ntime 0{SEEN_AT}\n{text}",
        f"cosignature/v2\ntime {SEEN_AT}\n{text}",
        f"cosignature/v1\r\ntime {SEEN_AT}\r\n{text}",
        f"cosignature/v1\ntime {SEEN_AT}\n{text.rstrip()}",
    ):
        assert failed(seen_by_the_court(cosigned(SEEN_AT, words))) == "signatures"
    assert failed(seen_by_the_court(cosigned(SEEN_AT, said=SEEN_AT - 1))) == "signatures"


# ---- the policy -----------------------------------------------------------------------------------------------------


def under(rules: str) -> Case:
    """Under a policy that ends in these lines instead of its own."""
    return replace(plain().case(), policy=plain().policy.partition(b"group")[0] + rules.encode())


def key(name: str = "court") -> str:
    return str(office().side.witnesses[name].verifier.vkey)


@pytest.mark.parametrize(
    "rules",
    [
        *(f"group g {count} police court\nquorum g\n" for count in ("0", "00", "-1", "3", "01", "+1", "1.0", "２", "ALL", "", "9999999")),
        "group g 1 g\nquorum g\n",
        "group g 1 h\ngroup h 1 g\nquorum g\n",
        "group g any police police\nquorum g\n",
        "group g any police court\ngroup h all g court\nquorum h\n",
        "group g any nobody\nquorum g\n",
        "group g any none\nquorum g\n",
        "group none any court\nquorum none\n",
        "group court any police\nquorum court\n",
        "group g all\nquorum g\n",
        "quorum court\nquorum court\n",
        "quorum none\nquorum court\n",
        "quorum court police\n",
        "quorum Court\n",
        "quorum cоurt\n",
        "quorum\n",
        "",
        "Quorum court\n",
        "quorum\u00a0court\n",
        "\ufeffquorum court\n",
        "quorum court\r\n",
        "quorum court\0\n",
        "quorum court # a word\n",
        "include other.txt\nquorum court\n",
        "#: size 0..5\nquorum court\n",
        "#: sizes 0..\nquorum court\n",
        "quorum court\n#: sizes 0..\n",
        *(f"#: sizes {sizes}\nwitness x {{x}}\nquorum court\n" for sizes in ("9..1", "00..5", "０..", "-1..", "1.5", "..9223372036854775808")),
        "witness none {x}\nquorum court\n",
        "witness court {x}\nquorum court\n",
        "witness twin {court}\nquorum twin\n",
        "witness twin {renamed}\nquorum twin\n",
        "witness x {x} http://a b\nquorum x\n",
        "witness low {low}\nquorum low\n",
        "witness short {short}\nquorum short\n",
        "witness empty {empty}\nquorum empty\n",
        "witness x {log}\nquorum x\n",
        "log {x}\nquorum court\n",
        "witness x {itself}\nquorum x\n",
    ],
)  # fmt: skip
def test_a_policy_that_may_be_read_in_two_ways_is_not_read(rules: str) -> None:
    x = str(stranger().side.witnesses["upper"].verifier.vkey)
    material = base64.b64decode(key().rpartition("+")[2] + "==", validate=False)
    keys = {
        "x": x,
        "court": key(),
        "renamed": vkey("elsewhere.example/w1", material),
        "low": vkey("low.example", b"\x04\x01" + bytes(31)),
        "short": vkey("short.example", b"\x04" + bytes(31)),
        "empty": vkey("empty.example", b""),
        "log": str(stranger().side.log.verifier.vkey),
        "itself": vkey("elsewhere.example/w1", b"\x04" + base64.b64decode(str(office().side.log.verifier.vkey).split("+", 2)[2])[1:]),
    }
    for name, value in keys.items():
        rules = rules.replace(f"{{{name}}}", value)
    assert failed(under(rules)) == "policy"


def test_a_key_whose_id_name_or_base64_is_another() -> None:
    name, key_id, content = key().split("+", 2)
    for other in (
        f"{name}+{'0' * 8}+{content}",
        f"{name}+{key_id.upper()}+{content}" if key_id.upper() != key_id else f"{name}+{key_id}0+{content}",
        f"{name} +{key_id}+{content}",
        f"{name}.+{key_id}+{content}",
        f"+{key_id}+{content}",
        f"{name}+{key_id}+{content}=",
        f"{name}+{key_id}+{content.rstrip('=')}" if content.endswith("=") else f"{name}+{key_id}+{content}\u200b",
        f"{name}+{key_id}",
        f"{name}\u3000+{key_id}+{content}",
    ):
        rules = plain().policy.replace(key().encode(), other.encode())
        assert failed(replace(plain().case(), policy=rules)) == "policy"


def test_lines_of_a_policy_may_have_tabs_comments_and_room() -> None:
    assert judged(under("# note\n\n \t#quorum none\nquorum\t court \t\n"))["ok"]
    assert judged(under("#" + "长" * 9000 + "\nquorum court"))["ok"]
    large = under("#" + "长" * 30_000 + "\nquorum court")
    node().send_cases([large])  # the log's own modules set no bound
    assert node().fetch(1) == [{"answer": of_python(large)}] and of_python(large)["step"] == "policy"


# ---- the container --------------------------------------------------------------------------------------------------


def patched(where: str, offset: int, form: str, value: int) -> bytes:
    """The container with one number changed: in the header of its second member, in that one's entry, or at the end."""
    whole = bytearray(plain().case().bundle)
    sign = {"local": b"PK\x03\x04", "entry": b"PK\x01\x02"}.get(where)
    place = offset + (whole.index(sign, whole.index(sign) + 1) if sign else len(whole) - 22)
    whole[place : place + struct.calcsize(form)] = struct.pack(form, value)
    return bytes(whole)


@pytest.mark.parametrize(
    ("what", "content"),
    [
        ("encrypted, in the header", ("local", 6, "<H", 0x0801)),
        ("encrypted, in the entry", ("entry", 8, "<H", 0x0801)),
        ("sizes after the content", ("local", 6, "<H", 0x0808)),
        ("a name of no encoding", ("entry", 8, "<H", 0)),
        ("deflated", ("local", 8, "<H", 8)),
        ("a date", ("entry", 14, "<H", 0x5A21)),
        ("a folder", ("entry", 38, "<I", 0o040755 << 16 | 0x10)),
        ("a symbolic link", ("entry", 38, "<I", 0o120777 << 16)),
        ("another system", ("entry", 4, "<H", 0x0B2D)),
        ("a newer version", ("local", 4, "<H", 63)),
        ("another disc", ("entry", 34, "<H", 1)),
        ("a comment of a member", ("entry", 32, "<H", 1)),
        ("text", ("entry", 36, "<H", 1)),
        ("another size in the header", ("local", 22, "<I", 1)),
        ("a size larger than all", ("local", 22, "<I", 0xFFFFFFFE)),
        ("another packed size", ("local", 18, "<I", 1)),
        ("another CRC in the header", ("local", 14, "<I", 1)),
        ("an extra field", ("local", 28, "<H", 4)),
        ("another disc at the end", ("end", 4, "<H", 1)),
        ("fewer members than there are", ("end", 8, "<H", 3)),
        ("more members than there are", ("end", 10, "<H", 5)),
        ("a longer directory", ("end", 12, "<I", 4096)),
        ("a directory elsewhere", ("end", 16, "<I", 0)),
        ("a directory beyond", ("end", 16, "<I", 0xFFFFFFFF)),
        ("a comment", ("end", 20, "<H", 1)),
    ],
)
def test_other_zips(what: str, content: tuple[str, int, str, int]) -> None:
    changed = patched(*content)
    assert changed != plain().case().bundle
    assert failed(plain().of(changed)) == "zip", what


def test_bytes_between_members_and_sizes_of_eight_bytes_without_need() -> None:
    whole = plain().case().bundle
    second, first = whole.index(b"PK\x03\x04", 4), whole.index(b"PK\x01\x02")
    assert failed(plain().of(whole[:second] + b"\0" + whole[second:])) == "zip"
    assert failed(plain().of(whole[:first] + b"\0" + whole[first:])) == "zip"
    name, size = b"original", len(plain().members["original"])
    for large in (size, (1 << 53) + 1, (1 << 63) + size, (1 << 64) - 1):
        header = struct.pack("<IHHHHHIIIHH", 0x04034B50, 45, 0x0800, 0, 0, 0x21, 0, 0xFFFFFFFF, 0xFFFFFFFF, 8, 20)
        header += name + struct.pack("<HHQQ", 1, 16, large, large)
        assert failed(plain().of(header + whole[30 + len(name) :])) == "zip"


def test_a_crc_that_is_wrong_in_both_places_changes_nothing_that_is_proved() -> None:
    """Other programs will say that the member is damaged; what it is, is decided by its hashes alone."""
    original = plain().members["original"]
    right = struct.pack("<I", zlib.crc32(original))
    whole = plain().case().bundle
    assert whole.count(right) == 2
    assert judged(plain().of(whole.replace(right, b"\0\0\0\0"))) == judged(plain().case())


def test_an_original_that_is_itself_a_bundle_is_an_original() -> None:
    inner = plain().case().bundle
    told = json.loads(plain().members["manifest.json"])
    told |= {
        "size": len(inner),
        "sha256": hashlib.sha256(inner).hexdigest(),
        "sm3": hashlib.new("sm3", inner).hexdigest(),
    }
    leaf, side = Leaf.of(Kind(1), plain().members["salt"], encoded(told)).encode(), office().side
    shown = side.proof([*office().leaves, leaf], len(office().leaves), dict.fromkeys(side.witnesses, SEEN_AT))
    assert judged(plain().case({"original": inner, "manifest.json": encoded(told), MAIN: shown.encode()}))["ok"]


# ---- timestamps -----------------------------------------------------------------------------------------------------

AUTHORITY = p256_authority(VALID)
PUBLIC = AUTHORITY.certificate[AUTHORITY.certificate.index(bytes.fromhex("3059301306072a8648ce3d0201")) :][:91]
PURPOSE = bytes.fromhex("0603551d250101ff040c300a06082b06010505070308")


def stamped(token: bytes | None = None, given: bytes | None = None) -> Case:
    over = LogProof.parse(plain().members[MAIN]).checkpoint.encode()
    case = plain().case({"checkpoint.tsr": AUTHORITY.token(over, STAMPED_AT) if token is None else token})
    return replace(case, tsa_cert=AUTHORITY.certificate if given is None else given)


def told_at(moment: bytes, tag: int = 0x18, imprint: bytes | None = None, serial: bytes = integer(7)) -> Case:
    """A token whose authority writes its own words, and signs them."""
    over = LogProof.parse(plain().members[MAIN]).checkpoint.encode()
    imprint = imprint or der(0x30, der(0x30, SHA256, b"\x05\x00"), der(4, hashlib.sha256(over).digest()))
    info = der(0x30, integer(1), bytes.fromhex("06042a030405"), imprint, serial, der(tag, moment))
    attributes = der(
        0x30, bytes.fromhex("06092a864886f70d010903"), der(0x31, bytes.fromhex("060b2a864886f70d0109100104"))
    )
    attributes += der(0x30, bytes.fromhex("06092a864886f70d010904"), der(0x31, der(4, hashlib.sha256(info).digest())))
    signature = der(4, AUTHORITY.sign(der(0x31, attributes)))
    algorithm = der(0x30, SHA256)
    signer = der(0x30, integer(1), der(0x30), algorithm, der(0xA0, attributes), algorithm, signature)
    inner = der(0x30, bytes.fromhex("060b2a864886f70d0109100104"), der(0xA0, der(4, info)))
    signed = der(0x30, integer(3), der(0x31, algorithm), inner, der(0x31, signer))
    whole = der(0x30, bytes.fromhex("06092a864886f70d010702"), der(0xA0, signed))
    return stamped(der(0x30, der(0x30, integer(0)), whole))


@pytest.mark.parametrize(
    ("moment", "at"),
    [
        (b"20260921142000Z", 1790000400),
        (b"20260921142000.5Z", 1790000400),
        (b"20260921142000.123456789Z", 1790000400),
        (b"20260921142060Z", None),
        (b"20260921142000.Z", None),
        (b"20260921142000,5Z", None),
        (b"20260921142000z", None),
        (b"20260921142000", None),
        (b"20260921142000+0000", None),
        (b"20260921142000-0000", None),
        (b"202609211420Z", None),
        (b"20260921T142000Z", None),
        (b"20260931142000Z", None),
        (b"20261321142000Z", None),
        (b"20260021142000Z", None),
        (b"20260921240000Z", None),
        (b"20270229000000Z", None),
        (b"00000101000000Z", None),
        (b"19691231235959Z", None),
        (b"99991231235959Z", None),
        (" ０260921142000Z".encode(), None),
        (b"20260921142000Z\0", None),
        (b" 20260921142000Z", None),
        (b"+0260921142000Z", None),
        (b"", None),
    ],
)
def test_how_an_authority_may_write_a_time(moment: bytes, at: int | None) -> None:
    verdict = judged(told_at(moment))
    assert verdict["step"] == ("token" if at is None else "done")
    assert at is None or verdict["facts"]["token"]["at"] == at


def test_a_time_of_another_tag_a_hash_that_is_weak_or_short_and_odd_numbers() -> None:
    over = LogProof.parse(plain().members[MAIN]).checkpoint.encode()
    right, good = hashlib.sha256(over).digest(), b"20260921142000Z"
    assert failed(told_at(b"260921142000Z", 0x17)) == "token"
    for oid, value in (
        ("06052b0e03021a", hashlib.sha1(over).digest()),
        ("06082a864886f70d0205", hashlib.md5(over).digest()),
        ("0609608648016503040201", right[:20]),
        ("0609608648016503040201", right + b"\0"),
        ("0609608648016503040201", b""),
        ("0609608648016503040203", right),
        ("0600", right),
    ):
        assert failed(told_at(good, imprint=der(0x30, der(0x30, bytes.fromhex(oid)), der(4, value)))) == "token"
    for serial in (b"\x02\x00", b"\x01\x01\xff", der(0x30)):
        assert failed(told_at(good, serial=serial)) == "token"
    assert judged(told_at(good, serial=b"\x02\x01\xff"))["facts"]["token"]["serial"] == "ff"


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token + b"\0",
        lambda token: b"\x30\x80" + token[4:] + b"\0\0",
        lambda token: b"\x30\x83\0" + token[2:],
        lambda token: b"\x30\x84\xff\xff\xff\xff" + token[4:],
        lambda token: b"\x30\x88" + bytes(7) + token[3:],
        lambda token: b"\x70" + token[1:],
        lambda token: b"\x1f\x30" + token[1:],
        lambda token: b"\x3f\x10" + token[1:],
        lambda token: b"\x30\xff",
        lambda token: b"\x30\x82",
        lambda token: b"\x30",
        lambda token: b"",
        lambda token: token.replace(b"\x02\x01\x00", b"\x02\x01\x02", 1),
        lambda token: token.replace(b"\x02\x01\x00", b"\x02\x01\xff", 1),
        lambda token: token.replace(b"\x02\x01\x00", b"\x0a\x01\x00", 1),
        lambda token: b"-----BEGIN PKCS7-----\n" + base64.encodebytes(token) + b"-----END PKCS7-----\n",
    ],
)
def test_other_der(change: Change) -> None:
    token = AUTHORITY.token(LogProof.parse(plain().members[MAIN]).checkpoint.encode(), STAMPED_AT)
    assert failed(stamped(change(token))) == "token"


def cert(*, subject: bytes = der(0x30), public: bytes = PUBLIC, extensions: tuple[bytes, ...] = (PURPOSE,), valid: bytes = b"", version: bytes = der(0xA0, integer(2))) -> bytes:  # fmt: skip
    valid = valid or der(0x30, der(0x17, b"260101000000Z"), der(0x17, b"270101000000Z"))
    fields = (version, integer(1), der(0x30, SHA256), subject, valid, subject, public)
    body = der(0x30, *fields, der(0xA3, der(0x30, *(der(0x30, each) for each in extensions))))
    return der(0x30, body, der(0x30, SHA256), der(3, b"\0"))


def pem(content: bytes, end: bytes = b"\n") -> bytes:
    return (
        b"-----BEGIN CERTIFICATE-----"
        + end
        + base64.encodebytes(content).replace(b"\n", end)
        + b"-----END CERTIFICATE-----"
        + end
    )


@pytest.mark.parametrize(
    ("given", "step"),
    [
        (cert(), "done"),
        (cert(subject=der(0x30, der(0x31, der(0x30, bytes.fromhex("0603550403"), der(0x1E, "时间戳".encode("utf-16-be")))))), "done"),
        (cert(valid=der(0x30, der(0x18, b"20260101000000Z"), der(0x18, b"99991231235959Z"))), "done"),
        (pem(cert()), "done"),
        (pem(cert(), b"\r\n"), "done"),
        (b"Subject: x\n" + pem(cert()) + pem(b"other"), "done"),
        (pem(b"other") + pem(cert()), "token"),
        (pem(cert()).replace(b"CERTIFICATE", b"X509 CRL"), "token"),
        (pem(cert()).replace(b"-----END", b"=-----END"), "token"),
        (cert() + b"\0", "token"),
        (cert()[:-1], "token"),
        (b"", "token"),
        (cert(extensions=()), "token"),
        (cert(extensions=(PURPOSE, PURPOSE)), "token"),
        (cert(extensions=(PURPOSE.replace(b"\x01\x01\xff", b""),)), "token"),
        (cert(extensions=(PURPOSE.replace(b"\xff", b"\x00"),)), "token"),
        (cert(extensions=(PURPOSE.replace(b"\xff", b"\x01"),)), "token"),
        (cert(extensions=(PURPOSE[:-1] + b"\x03",)), "token"),
        (cert(extensions=(PURPOSE[:5] + b"\x01\x01\xff" + der(4, der(0x30, bytes.fromhex("0604551d2500"))),)), "token"),
        (cert(version=b""), "token"),
        (cert(valid=der(0x30, der(0x17, b"260101000000Z"), der(0x17, b"260601000000Z"))), "token"),
        (cert(valid=der(0x30, der(0x17, b"260101000000+0000"), der(0x17, b"270101000000Z"))), "token"),
        (cert(valid=der(0x30, der(0x17, b"2601010000Z"), der(0x17, b"270101000000Z"))), "token"),
        (cert(valid=der(0x30, der(0x17, b"500101000000Z"), der(0x17, b"490101000000Z"))), "token"),
        (cert(valid=der(0x30, der(0x17, b"270101000000Z"), der(0x17, b"260101000000Z"))), "token"),
        (cert(public=PUBLIC.replace(b"\x03\x42\x00\x04", b"\x03\x42\x00\x02")), "token"),
        (cert(public=PUBLIC.replace(b"\x03\x42\x00\x04", b"\x03\x42\x01\x04")), "token"),
        (cert(public=PUBLIC[:-1] + bytes((PUBLIC[-1] ^ 1,))), "token"),
        (cert(public=PUBLIC.replace(bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a811ccf5501822d"))), "token"),
        (certificate(PUBLIC, (STAMPED_AT, STAMPED_AT)), "done"),
    ],
)  # fmt: skip
def test_certificates(given: bytes, step: str) -> None:
    assert judged(stamped(given=given))["step"] == step


def test_whatever_is_asked_for_is_asked_of_the_empty_file_too() -> None:
    assert failed(replace(plain().case(), policy_sm=b"")) == "policy"
    assert failed(replace(plain().case(), tsa_cert=b"")) == "token"
    assert failed(replace(plain().case(), policy=b"")) == "policy"


def test_the_clock_of_whoever_asks() -> None:
    for now, step in ((NOW, "done"), (0, "times"), (-(1 << 40), "times"), ((1 << 52), "done")):
        assert judged(replace(plain().case(), now=now))["step"] == step

#!/usr/bin/env python3
"""存证包（.evb）独立核验程序。

    python verify.py 材料.evb --policy 信任策略.txt [--policy-sm 国密策略.txt] [--tsa-cert 时间戳证书.pem] [--json]

只用 Python 3.8 以上的标准库，不联网。退出码：0 核验通过，1 核验不通过，2 参数、文件或者策略有误，没有核验。

核验什么，依次为：
  1. 信任策略写得明白：认哪些日志的签名，须有哪些见证方的签名。策略从存证包以外取得，并与印发的指纹核对；包内的不作数。
  2. 存证包只有一种写法：无论用什么程序打开，看到的都是同样的成员。
  3. 原件的大小、SHA-256、SM3 与材料说明所记一致。
  4. 由盐值与材料说明算出日志的一条记录；从该记录循包含证明算出的根，与检查点所记的根一致。
  5. 检查点有策略所列日志的签名，有策略要求的见证方签名；各方写明的时间不晚于现在。
  6. 时间戳（包内有，并且给出了签名证书）：为这个检查点签发，由该证书签名。
  7. 国密证明（给出了国密策略）：在 SM3 的树上，按 SM2 的签名，重做第 4、5 项。
由此可知：至迟在见证方达到策略要求的时刻，这些字节已在该日志之内，此后未被改动。要造假，须日志与策略要求的见证方一同签名。
给出国密策略、时间戳证书，就是要求核验：包内没有的，不通过。没有证明的事项，列在 NOT_PROVED。

How to read it: from the top. ``prove`` is the whole argument; the functions it calls follow in their order, then the formats,
then the arithmetic, last what people are shown. The first step that does not hold is named, any trouble in a step is its
failure, and nothing is stated as a fact unless every step has held.
Formats: c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy, tlog-proof; RFC 6962, 8032, 3161; GB/T 32905, 32918.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import time
from calendar import timegm
from pathlib import Path
from typing import Any, BinaryIO, Callable, Dict, NamedTuple, Optional, Tuple

STEPS = {
    "policy": "信任策略可读",
    "zip": "存证包的结构",
    "sizes": "成员齐全，大小合规",
    "manifest": "材料说明合规",
    "original": "原件与材料说明的哈希一致",
    "commitment": "由盐值与材料说明算出日志记录",
    "inclusion": "该记录在日志之内",
    "origin": "日志在信任策略之内",
    "log-signature": "日志的签名有效",
    "signatures": "见证方的签名有效",
    "quorum": "见证方达到策略要求",
    "times": "见证时间合理",
    "token": "时间戳与检查点相符",
    "sm": "国密证明",
}
NOT_PROVED = (
    "材料在存证之前是否真实、完整，来源是否合法；",
    "材料说明中的人员、时间、地点、方式是否属实（只证明当时就是这样记载的）；",
    "办案单位是否把应当存证的材料全部存证；",
    "日志自己的时钟；见证方与时间戳机构的时钟是否准确，由其各自负责；",
    "包内的 说明.txt、policy.txt、anchor.json：不在核验之内，以公告、手册为准。",
)
KINDS = ("固证", "移送", "接收回执", "更正", "删除凭证", "密钥变更", "审计日志根", "验真", "交换包")
AHEAD = 600  # seconds by which a signer's clock may be ahead of ours

Facts = Dict[str, Any]
Step = Callable[[str], None]
Progress = Callable[[int, int], None]


class Refused(Exception):
    """A step does not hold, for the reason given."""


def need(holds: Any, otherwise: str) -> None:
    if not holds:
        raise Refused(otherwise)


# ==== the argument ===================================================================================================


def verify(
    file: BinaryIO,
    policy: bytes,
    policy_sm: bytes | None = None,
    tsa_cert: bytes | None = None,
    *,
    now: int,
    progress: Progress = lambda done, total: None,
) -> Facts:
    """``{"ok", "step", "message", "facts", "warnings"}``. ``now``: seconds since 1970. Never raises for what it reads."""
    steps: list[str] = []
    try:
        facts, warnings = prove(file, policy, policy_sm, tsa_cert, now, progress, steps.append)
    except Exception as problem:
        message = str(problem) if isinstance(problem, Refused) else "格式有误，无法读取。"
        message = ("国密证明：" if steps[-1] == "sm" else "") + message
        return {"ok": False, "step": steps[-1], "message": message, "facts": {}, "warnings": []}
    return {"ok": True, "step": "done", "message": "核验通过。", "facts": facts, "warnings": warnings}


def prove(
    file: BinaryIO,
    policy: bytes,
    policy_sm: bytes | None,
    tsa_cert: bytes | None,
    now: int,
    progress: Progress,
    step: Step,
) -> tuple[Facts, list[str]]:
    """The facts that follow, and what is to be said beside them. ``step`` is told each step as it begins."""
    step("policy")
    trusted = Policy(policy)
    trusted_sm = Policy(policy_sm) if policy_sm is not None else None

    step("zip")
    members = open_zip(file)

    step("sizes")
    need({"manifest.json", "salt", "proof.tlog-proof"} <= set(members), "存证包缺少材料说明、盐值或者证明。")
    fits = all(size <= NAMES[name] for name, (_, size) in members.items()) and members["salt"][1] == 32
    need(fits, "存证包的成员大小不合规。")
    held = {name: read(file, *place) for name, place in members.items() if name != "original"}

    step("manifest")
    manifest = parse_manifest(held["manifest.json"])

    step("original")
    need(("original" in members) == ("size" in manifest), "材料说明与包内有无原件不符。")
    if "original" in members:
        check_original(file, *members["original"], manifest, progress)

    step("commitment")  # it tells nothing of the manifest to those who have not got the salt
    purpose = b"evlog/v1 commitment\n" + held["salt"]
    commitments = [digest(suite, purpose + digest(suite, held["manifest.json"])) for suite in ("sha256", "sm3")]
    leaf = b"EVL1" + bytes([manifest["kind"]]) + bytes(7) + b"".join(commitments)

    step("inclusion")
    proof = parse_proof(held["proof.tlog-proof"])
    log = judge("sha256", leaf, proof, trusted, now, step)

    step("token")
    token = None
    need("checkpoint.tsr" in held or tsa_cert is None, "给出了时间戳证书，包内没有时间戳。")
    if "checkpoint.tsr" in held:
        token = judge_token(held["checkpoint.tsr"], proof.note, tsa_cert, now)

    step("sm")
    log_sm = None
    if trusted_sm:
        need("proof-sm.tlog-proof" in held, "给出了国密策略，包内没有国密证明。")
        proof_sm = parse_proof(held["proof-sm.tlog-proof"])
        need(proof_sm.place == proof.place, "序号与主证明不同。")
        log_sm = judge("sm3", leaf, proof_sm, trusted_sm, now, lambda name: None)
        need(log_sm["origin"] == log["origin"] + "/sm", "与主证明不是同一日志。")

    facts = {
        "kind": KINDS[manifest["kind"] - 1],
        "manifest": manifest,
        "manifest_sha256": hashlib.sha256(held["manifest.json"]).hexdigest(),
        "original": {key: manifest[key] for key in ("size", "sha256", "sm3")} if "size" in manifest else None,
        "log": log,
        "token": token,
        "sm": log_sm,
    }
    return facts, remarks(facts, held)


def remarks(facts: Facts, held: dict[str, bytes]) -> list[str]:
    """What whoever relies on the facts must know besides."""
    manifest, log, token, sm = (facts[key] for key in ("manifest", "log", "token", "sm"))
    times = [witness["at"] for witness in log["witnesses"]] or [0]
    alone = manifest["kind"] == 1 and len(manifest.get("collected", {}).get("by", [])) < 2
    unstamped = "时间戳签名未验证，其时间不作为已证明的时间；请给出时间戳的签名证书，或者用 openssl ts -verify 核验。"
    cases = (
        (alone, "采集人不足二人。"),
        (log["quorum_at"] is None, "所用策略不要求见证，时间没有得到证明。"),
        (max(times) - min(times) > 300, "见证方之间的时间相差超过 5 分钟。"),
        ("checkpoint.tsr" in held and not token, unstamped),
        (token and token["at"] < max(times) - 300, "时间戳的时间早于见证时间 5 分钟以上。"),
        ("proof-sm.tlog-proof" in held and not sm, "包内有国密证明，未给出国密策略，没有核验。"),
        (sm and sm["quorum_at"] is None, "所用国密策略不要求见证，国密证明没有证明时间。"),
        ("anchor.json" in held, "包内有链上锚定的记载，本程序不联网，没有核验。"),
    )
    return [remark for applies, remark in cases if applies]


def check_original(file: BinaryIO, start: int, size: int, manifest: Facts, progress: Progress) -> None:
    need(size == manifest["size"], "原件的大小与材料说明不一致。")
    sha256, sm3, done = hasher("sha256"), hasher("sm3"), 0
    while done < size:
        chunk = read(file, start + done, min(1 << 20, size - done))
        need(chunk, "原件不完整。")
        sha256.update(chunk)
        sm3.update(chunk)
        done += len(chunk)
        progress(done, size)
    same = (sha256.digest().hex(), sm3.digest().hex()) == (manifest["sha256"], manifest["sm3"])
    need(same, "原件与材料说明的哈希不一致，原件已被改动。")


def judge(suite: str, leaf: bytes, proof: Proof, policy: Policy, now: int, step: Step) -> Facts:
    """The steps from inclusion to times, for the tree of one suite: what it proves, and when by whom."""
    step("inclusion")
    checkpoint = parse_checkpoint(proof.note)
    leaf_hash = digest(suite, b"\x00" + leaf)
    root = root_of(suite, leaf_hash, proof.place, checkpoint.size, proof.path)
    need(root == checkpoint.root, "按包含证明算出的根与检查点不一致，该材料及其说明不在日志之内。")

    step("origin")
    signed_by = {"sha256": "ed25519", "sm3": "sm2"}[suite]
    logs = [key for key in policy.logs if (key.name, key.algorithm) == (checkpoint.origin, signed_by)]
    need(logs, "检查点所属的日志不在信任策略之内。")

    step("log-signature")
    signatures = [(key, content) for key in logs for content in key.signed(checkpoint)]
    need(signatures, "检查点没有日志的签名。")
    need(all(key.accepts(content, checkpoint.text) for key, content in signatures), "日志的签名无效。")

    step("signatures")
    times: dict[str, int] = {}
    for name, key in policy.witnesses.items():
        for content in key.signed(checkpoint):
            at = int.from_bytes(content[:8], "big")
            message = f"cosignature/v1\ntime {at}\n{checkpoint.text}"
            need(at < 1 << 63 and key.accepts(content[8:], message), f"见证方“{name}”的签名无效。")
            if at:  # 0 says nothing of a time
                times[name] = min(at, times.get(name, at))

    step("quorum")
    quorum_at = policy.reached_at(policy.quorum, times)
    unknown = any(key.algorithm is None for key in policy.witnesses.values())
    besides = "策略中有本程序不能核验的公钥。" if unknown else ""
    need(policy.quorum == "none" or quorum_at is not None, "见证方的签名未达到信任策略的要求。" + besides)

    step("times")
    need(all(at <= now + AHEAD for at in times.values()), "见证时间晚于核验时刻。")
    return {
        "origin": checkpoint.origin,
        "index": proof.place,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "leaf_hash": leaf_hash.hex(),
        "witnesses": [{"name": name, "key": policy.witnesses[name].name, "at": at} for name, at in times.items()],
        "quorum": policy.quorum,
        "quorum_at": quorum_at,
        "policy": policy.fingerprint,
    }


def root_of(suite: str, leaf_hash: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that the path leads to. A tree is two trees, the left one as large a power of two as may be (RFC 6962 2.1)."""
    need(index < size, "序号不在日志之内。")
    if size == 1:
        need(not path, "包含证明过长。")
        return leaf_hash
    need(path, "包含证明过短。")
    *below, sibling = path
    left = 1 << (size - 1).bit_length() - 1
    if index < left:
        return digest(suite, b"\x01" + root_of(suite, leaf_hash, index, left, below) + sibling)
    return digest(suite, b"\x01" + sibling + root_of(suite, leaf_hash, index - left, size - left, below))


def judge_token(content: bytes, note: bytes, certificate: bytes | None, now: int) -> Facts | None:
    """Without a certificate its time is no fact."""
    token = parse_token(content)
    need(token.imprint == digest(token.imprint_of, note), "时间戳不是为包内的检查点签发的。")
    if certificate is None:
        return None
    signed_by = check_token_signature(token, certificate)
    need(token.at <= now + AHEAD, "时间戳的时间晚于核验时刻。")
    return {"at": token.at, "serial": token.serial, "certificate": signed_by}


# ==== the container: a ZIP in one form only ==========================================================================

NAMES = {
    "original": 1 << 62,
    "manifest.json": 64 * 1024,
    "salt": 32,
    "proof.tlog-proof": 128 * 1024,
    "proof-sm.tlog-proof": 128 * 1024,
    "checkpoint.tsr": 64 * 1024,
    "anchor.json": 64 * 1024,
    "policy.txt": 64 * 1024,
    "说明.txt": 64 * 1024,
}
"""The members in their order, each with the most bytes it may have."""
FULL = 0xFFFFFFFF  # a number of four bytes that says: see the one of eight bytes


def read(file: BinaryIO, start: int, size: int) -> bytes:
    file.seek(start)
    return file.read(size)


def open_zip(file: BinaryIO) -> dict[str, tuple[int, int]]:
    """Where each member's content is: (offset, size). Of a member only its CRC and size are taken from the file; every byte
    that is not content is built from them and compared, so that no two readers can see different members."""
    total, members, directory, offset = file.seek(0, 2), {}, b"", 0
    need(read(file, 0, 4) == b"PK\x03\x04", "不是存证包。")
    for name in NAMES:
        raw, found = name.encode(), read(file, offset, 80).ljust(80, b"\0")
        crc, size = struct.unpack("<I4xI", found[14:26])
        if size == FULL:
            (size,) = struct.unpack_from("<Q", found, 30 + len(raw) + 4)
        header, entry = zip_headers(raw, crc, size, offset)
        if found.startswith(header):
            members[name] = offset + len(header), size
            directory, offset = directory + entry, offset + len(header) + size
            need(offset < total, "存证包不完整。")
    end = directory + zip_end(len(members), len(directory), offset)
    need(read(file, offset, len(end) + 1) == end, "存证包的结构不符合规定的唯一形式。")
    return members


def zip_headers(name: bytes, crc: int, size: int, offset: int) -> tuple[bytes, bytes]:
    """Of one member: the header before its content, and its entry in the directory at the end."""
    sizes, offsets = [size, size] * (size >= FULL), [offset] * (offset >= FULL)

    def shape(*large: int) -> tuple[bytes, bytes]:
        extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) if large else b""
        small = (0x0800, 0, 0, 0x0021, crc, min(size, FULL), min(size, FULL), len(name), len(extra))
        return struct.pack("<HHHHHIIIHH", 45 if large else 20, *small), name + extra

    (head, tail), (entry, entry_tail) = shape(*sizes), shape(*sizes, *offsets)
    place = struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, min(offset, FULL))
    return b"PK\x03\x04" + head + tail, b"PK\x01\x02\x2d\x03" + entry + place + entry_tail


def zip_end(count: int, length: int, offset: int) -> bytes:
    """What follows a directory of ``count`` entries, ``length`` bytes long, at ``offset``."""
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, length, min(offset, FULL), 0)
    if offset < FULL:
        return end
    record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, length, offset)
    return record + struct.pack("<IIQI", 0x07064B50, 0, offset + length, 1) + end


# ==== the manifest: JSON in one form only ============================================================================

TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)  # as far as it goes, when it has no end
# Control signs, those that turn the direction of writing, halves of signs: a name must be what it looks like.
NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def parse_manifest(content: bytes) -> Facts:
    """The manifest, when its bytes are the one form of what they say."""
    try:
        manifest: Any = json.loads(content.decode()) if shallow(content) else None
    except ValueError:
        manifest = None
    need(isinstance(manifest, dict) and plain(manifest), "材料说明的写法不规范。")
    again = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    need(again.encode() == content, "材料说明的写法不规范。")
    collected, stated = manifest.get("collected", {}), [key for key in ("size", "sha256", "sm3") if key in manifest]
    need(whole(manifest.get("v")) and manifest["v"] == 1, "材料说明的版本不是本程序所能核验的。")
    need(whole(manifest.get("kind")) and 1 <= manifest["kind"] <= len(KINDS), "材料说明的记录种类有误。")
    need(matches("[0-7][0-9A-HJKMNP-TV-Z]{25}", manifest.get("id")), "材料说明的编号有误。")
    need(isinstance(collected, dict) and isinstance(collected.get("by", []), list), "材料说明的采集记录有误。")
    need(len(stated) in (0, 3), "材料说明的文件大小与哈希不齐全。")
    need(not stated or whole(manifest["size"]), "材料说明的文件大小有误。")
    need(all(matches("[0-9a-f]{64}", manifest[each]) for each in stated[1:]), "材料说明的哈希有误。")
    return dict(manifest)


def shallow(content: bytes) -> bool:
    """Whether brackets outside of texts lie no deeper than any manifest has them: a reader of JSON may die of it."""
    rest = TEXT.sub(b"", content)
    for _ in range(8):
        rest = re.sub(rb"[\[{][^][{}]*[]}]", b"", rest)
    return not re.search(rb"[][{}]", rest)


def plain(value: Any) -> bool:
    """Only what every reader of JSON understands alike: no fractions, no large numbers, no odd keys."""
    if isinstance(value, dict):
        return all(plain(key) and key[:1] not in "0123456789" and plain(each) for key, each in value.items())
    if isinstance(value, list):
        return all(plain(each) for each in value)
    if isinstance(value, str):
        return not NOT_IN_TEXT.search(value)
    return isinstance(value, int) and abs(value) < 1 << 53


def whole(value: Any) -> bool:
    return type(value) is int and value >= 0


def matches(pattern: str, value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


# ==== proofs, checkpoints and their signatures =======================================================================

# What Python calls white space, written out so that every reader means the same; and the plus sign.
NOT_IN_NAMES = re.compile("[\x00-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000+]")


def unbase64(text: str) -> bytes:
    """Standard base64 in its one form."""
    try:
        content = base64.b64decode(text, validate=True)
    except ValueError:
        raise Refused("base64 编码有误。") from None
    need(base64.b64encode(content).decode() == text, "base64 编码有误。")
    return content


def number(text: str) -> int:
    need(re.fullmatch("0|[1-9][0-9]{0,18}", text) and int(text) < 1 << 63, "数字格式有误或者过大。")
    return int(text)


def utf8(content: bytes, otherwise: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Refused(otherwise) from None


class Proof(NamedTuple):
    place: int
    path: list[bytes]
    note: bytes


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    text: str
    signatures: list[tuple[str, bytes, bytes]]
    """Of each the name, the key's id, and the content."""


def parse_proof(content: bytes) -> Proof:
    head, gap, note = content.partition(b"\n\n")
    lines = head.decode("latin-1").split("\n")
    need(gap and head.isascii() and lines.pop(0) == "c2sp.org/tlog-proof@v1", "不是存证证明文件。")
    if lines and lines[0].startswith("extra "):
        unbase64(lines.pop(0)[6:])
    need(lines and lines[0].startswith("index "), "存证证明缺少序号。")
    place, path = number(lines[0][6:]), [unbase64(line) for line in lines[1:]]
    need(len(path) <= 63 and all(len(each) == 32 for each in path), "存证证明的哈希过多，或者长度不是 32 字节。")
    return Proof(place, path, note)


def parse_checkpoint(note: bytes) -> Checkpoint:
    need(len(note) <= 100 * 1024, "检查点过大。")
    content = utf8(note, "检查点不是 UTF-8 文本。")
    need(not re.search("[\x00-\x09\x0b-\x1f]", content), "检查点含有控制字符。")
    text, gap, tail = content.rpartition("\n\n")
    need(gap and text and tail.endswith("\n"), "检查点没有签名，或者末尾不完整。")
    lines, signatures = tail[:-1].split("\n"), []
    need(len(lines) <= 64, "检查点的签名过多。")
    for line in lines:
        name, gap, encoded = line[2:].partition(" ")
        need(line[:2] == "— " and gap and name and not NOT_IN_NAMES.search(name), "签名行格式有误。")
        signature = unbase64(encoded)
        need(len(signature) >= 5, "签名行格式有误。")
        signatures.append((name, signature[:4], signature[4:]))
    head = text.split("\n")
    need(len(head) == 3 and head[0], "检查点应当恰有三行。")
    root = unbase64(head[2])
    need(len(root) == 32, "检查点的根不是 32 字节。")
    return Checkpoint(head[0], number(head[1]), root, text + "\n", signatures)


# ==== the policy: whom one trusts ====================================================================================


class Key:
    """A public key ``name+id+base64(kind, material)``. Kinds this program does not know can be named, and never sign."""

    KINDS = {
        b"\x01": ("log", "ed25519"),
        b"\x04": ("witness", "ed25519"),
        b"\xffsm2-sm3\x00": ("log", "sm2"),
        b"\xffsm2-sm3-cosignature/v1\x00": ("witness", "sm2"),
    }

    def __init__(self, vkey: str, role: str, sizes: tuple[int, int] = (0, 1 << 63)) -> None:
        """``sizes``: the first and the last size of the checkpoints it counts for."""
        parts = vkey.split("+", 2)
        need(len(parts) == 3 and parts[0] and not NOT_IN_NAMES.search(parts[0]), "公钥应为“名称+编号+内容”")
        self.name, content, self.sizes = parts[0], unbase64(parts[2]), sizes
        self.key_id = hashlib.sha256(self.name.encode() + b"\n" + content).digest()[:4]
        need(self.key_id.hex() == parts[1], "公钥的编号与内容不符")
        kind = next((kind for kind in self.KINDS if content.startswith(kind)), b"")
        unknown: tuple[str, str | None] = (role, None)
        role_of_kind, self.algorithm = self.KINDS.get(kind, unknown)
        need(content and role_of_kind == role, "公钥的种类不符")
        self.material = content[len(kind) :]
        sound = {"ed25519": ed25519_key, "sm2": SM2.point, None: len}[self.algorithm]
        need(sound(self.material), "公钥不合规")

    def signed(self, checkpoint: Checkpoint) -> list[bytes]:
        """Its signatures on the checkpoint, not yet checked; none for checkpoints it does not count for."""
        counts = self.algorithm and self.sizes[0] <= checkpoint.size <= self.sizes[1]
        own = [content for name, key_id, content in checkpoint.signatures if (name, key_id) == (self.name, self.key_id)]
        return own if counts else []

    def accepts(self, signature: bytes, message: str) -> bool:
        accepts = {"ed25519": ed25519_accepts, "sm2": sm2_accepts}[self.algorithm or ""]
        return accepts(self.material, signature, message.encode())


class Policy:
    """c2sp.org/tlog-policy. A line ``#: sizes 0..4096`` says for which checkpoints the key in the next line counts."""

    LINES = {
        "log": (1, 2, "log 公钥 [网址]"),
        "witness": (2, 3, "witness 名称 公钥 [网址]"),
        "group": (3, 1 << 16, "group 名称 all|any|数量 成员…"),
        "quorum": (1, 1, "quorum 名称"),
        "#:": (2, 2, "#: sizes 起始..截止"),
    }
    """By the first word: how many may follow it, and the form as people are told it."""

    def __init__(self, content: bytes) -> None:
        need(len(content) <= 64 * 1024, "信任策略过大。")
        need(not re.search(b"[\x00-\x08\x0b-\x1f\x7f]", content), "信任策略含有控制字符。")
        self.fingerprint = hashlib.sha256(content).hexdigest()
        self.logs: list[Key] = []
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum = ""
        self._sizes: tuple[int, int] | None = None
        for place, line in enumerate(utf8(content, "信任策略不是 UTF-8 文本。").split("\n"), 1):
            words = [word for word in re.split("[ \t]", line) if word]
            if not words or (words[0].startswith("#") and not words[0].startswith("#:")):
                continue
            try:
                self._read(words[0], words[1:])
            except Refused as problem:
                raise Refused(f"信任策略第 {place} 行：{str(problem).rstrip('。')}。") from None
        need(self.quorum, "信任策略没有 quorum 行。")
        need(self._sizes is None, "信任策略末尾的 sizes 行没有所属的公钥。")

    def reached_at(self, name: str, times: dict[str, int]) -> int | None:
        """When ``name`` was satisfied: of a group, when enough of its members were. None: not at all."""
        if name not in self.groups:
            return times.get(name)
        threshold, members = self.groups[name]
        reached = sorted(at for at in (self.reached_at(each, times) for each in members) if at is not None)
        return reached[threshold - 1] if len(reached) >= threshold else None

    def _read(self, word: str, words: list[str]) -> None:
        least, most, form = self.LINES.get(word, (0, -1, "log、witness、group 或者 quorum 行"))
        need(least <= len(words) <= most, f"应为 {form}")
        need(self._sizes is None or word in ("log", "witness"), "sizes 之后应为 log 或者 witness 行")
        if word in ("witness", "group"):
            need(not self._defined(words[0]), "名称已被使用")
        if word == "log":
            self.logs.append(self._key(words[0], "log"))
        elif word == "witness":
            self.witnesses[words[0]] = self._key(words[1], "witness")
        elif word == "group":
            self.groups[words[0]] = self._group(words[1], words[2:])
        elif word == "quorum":
            need(not self.quorum, "quorum 应当恰有一行")
            need(self._defined(words[0]), "名称此前未定义")
            self.quorum = words[0]
        else:
            first, dots, last = words[1].partition("..")
            self._sizes = number(first or "0"), number(last) if last else 1 << 63
            need(words[0] == "sizes" and dots and self._sizes[0] <= self._sizes[1], f"应为 {form}")

    def _defined(self, name: str) -> bool:
        return name == "none" or name in self.witnesses or name in self.groups

    def _key(self, vkey: str, role: str) -> Key:
        """One key, one role: a log that witnesses itself would be no witness."""
        key, self._sizes = Key(vkey, role, self._sizes or (0, 1 << 63)), None
        need(all(each.material != key.material for each in (*self.logs, *self.witnesses.values())), "公钥重复")
        return key

    def _group(self, rule: str, members: list[str]) -> tuple[int, list[str]]:
        taken = members + [member for _, others in self.groups.values() for member in others]
        need(len(self.groups) < 100, "组过多")
        need(all(member != "none" and self._defined(member) for member in members), "成员此前未定义")
        need(len(set(taken)) == len(taken), "成员已属于一个组")
        rule = {"all": str(len(members)), "any": "1"}.get(rule, rule)
        need(re.fullmatch("[1-9][0-9]{0,5}", rule) and int(rule) <= len(members), "组的数量超出成员数")
        return int(rule), members


# ==== the timestamp (RFC 3161): strict DER, one signer, its certificate given from outside ===========================

HASHES = {
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
    bytes.fromhex("2a811ccf55018311"): "sm3",
}
SIGNED_DATA, TST_INFO = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d0109100104")
CONTENT_TYPE, MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010903"), bytes.fromhex("2a864886f70d010904")
RSA, EC = bytes.fromhex("2a864886f70d010101"), bytes.fromhex("2a8648ce3d0201")
ON_P256, ON_SM2 = bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a811ccf5501822d")
EXTENDED_USE, ONLY_TIMESTAMPS = bytes.fromhex("0603551d25"), bytes.fromhex("0101ff040c300a06082b06010505070308")
INTEGER, BITS, OCTETS, OID, SEQUENCE, SET, UTC, GENERALIZED, ANY = 2, 3, 4, 6, 0x30, 0x31, 0x17, 0x18, 0
BAD_TOKEN, BAD_SIGNATURE = "时间戳格式有误。", "时间戳的签名无效。"


class Der(NamedTuple):
    tag: int
    content: bytes
    whole: bytes


def parts(content: bytes, *tags: int, more: bool = False) -> list[Der]:
    """The elements that ``content`` is made of, each a byte of tag, the length in its shortest form, and that many bytes.
    They must have these tags; there may be others after them only if there may be ``more``."""
    found = []
    while content:
        need(len(content) >= 2 and content[0] & 0x1F != 0x1F, BAD_TOKEN)
        length, start = content[1], 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(content[2:start], "big")
            need(3 <= start <= 5 and len(content) >= start and content[2] and length >= 0x80, BAD_TOKEN)
        need(len(content) >= start + length, BAD_TOKEN)
        found.append(Der(content[0], content[start : start + length], content[: start + length]))
        content = content[start + length :]
    need(len(found) == len(tags) or (more and len(found) > len(tags)), BAD_TOKEN)
    need(all(tag in (ANY, each.tag) for tag, each in zip(tags, found)), BAD_TOKEN)
    return found


def sequence(content: bytes, *tags: int, more: bool = False) -> list[Der]:
    """The parts of the one SEQUENCE that ``content`` is."""
    return parts(parts(content, SEQUENCE)[0].content, *tags, more=more)


def positive(element: Der) -> int:
    first, second = element.content[:1], element.content[1:2]
    need(element.tag == INTEGER and b"" < first < b"\x80", BAD_TOKEN)
    need(first > b"\x00" or not second or second >= b"\x80", BAD_TOKEN)
    return int.from_bytes(element.content, "big")


def moment(element: Der) -> int:
    """GeneralizedTime, or UTCTime as certificates have it (RFC 5280 4.1.2.5), in whole seconds since 1970."""
    text = element.content.decode("latin-1")
    if element.tag == UTC:
        text = ("19" if text[:2] >= "50" else "20") + text
    need(element.tag in (UTC, GENERALIZED) and re.fullmatch(r"[0-9]{14}(\.[0-9]{1,9})?Z", text), BAD_TOKEN)
    fields = int(text[:4]), *(int(text[at : at + 2]) for at in range(4, 14, 2))
    need(fields[0] >= 1970 and 1 <= fields[1] <= 12, BAD_TOKEN)
    seconds = timegm(fields)
    need(time.gmtime(seconds)[:6] == fields, BAD_TOKEN)
    return seconds


class Token(NamedTuple):
    at: int
    serial: str
    imprint_of: str
    imprint: bytes
    info: bytes
    signers: list[Der]


def parse_token(content: bytes) -> Token:
    """TimeStampResp -> ContentInfo -> SignedData -> TSTInfo."""
    status, *signed = sequence(content, SEQUENCE, more=True)
    granted = positive(parts(status.content, INTEGER, more=True)[0]) <= 1
    need(granted and len(signed) == 1, "时间戳机构没有签发时间戳。")
    kind, wrapped = parts(signed[0].content, OID, 0xA0)
    fields = sequence(wrapped.content, INTEGER, SET, SEQUENCE, more=True)
    need(kind.content == SIGNED_DATA and len(fields) <= 6 and fields[-1].tag == SET, BAD_TOKEN)
    signers = parts(fields[-1].content, more=True)
    kind, wrapped = parts(fields[2].content, OID, 0xA0)
    need(kind.content == TST_INFO, BAD_TOKEN)
    info = parts(wrapped.content, OCTETS)[0].content
    version, _, imprint, serial, at = sequence(info, INTEGER, OID, SEQUENCE, INTEGER, GENERALIZED, more=True)[:5]
    need(positive(version) == 1 and serial.content, BAD_TOKEN)
    algorithm, value = parts(imprint.content, SEQUENCE, OCTETS)
    name = HASHES.get(parts(algorithm.content, OID, more=True)[0].content)
    need(name, "时间戳所用的哈希算法不能核验。")
    return Token(moment(at), serial.content.hex(), str(name), value.content, info, signers)


def check_token_signature(token: Token, certificate: bytes) -> str:
    """The certificate's SHA-256, when it is one for timestamps, was valid then, and its key signed the token."""
    pem = re.search(b"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/= \t\r\n]+)-----END CERTIFICATE-----", certificate)
    certificate = unbase64(re.sub("[ \t\r\n]", "", pem[1].decode())) if pem else certificate
    key = certified_key(certificate, token.at)
    need(len(token.signers) == 1 and token.signers[0].tag == SEQUENCE, "时间戳的签名者应当恰有一个。")
    signer = parts(token.signers[0].content, INTEGER, ANY, SEQUENCE, 0xA0, SEQUENCE, OCTETS, more=True)
    hash_oid = parts(signer[2].content, OID, more=True)[0].content
    need(hash_oid in HASHES, "时间戳的签名算法不能核验。")
    attributes = [parts(each.content, OID, SET) for each in parts(signer[3].content, more=True)]
    values = {name.content: value.content for name, value in attributes}
    need(len(values) == len(attributes), BAD_TOKEN)
    content_type = parts(values.get(CONTENT_TYPE, b""), OID)[0].content
    message_digest = parts(values.get(MESSAGE_DIGEST, b""), OCTETS)[0].content
    need((content_type, message_digest) == (TST_INFO, digest(HASHES[hash_oid], token.info)), BAD_SIGNATURE)
    message = b"\x31" + signer[3].whole[1:]
    need(key_accepts(key, hash_oid, message, signer[5].content), BAD_SIGNATURE)
    return hashlib.sha256(certificate).hexdigest()


def certified_key(certificate: bytes, at: int) -> Der:
    """The public key of a certificate that is for timestamps and nothing else (RFC 3161 2.3) and was valid at ``at``."""
    body = sequence(certificate, SEQUENCE, more=True)[0]
    fields = parts(body.content, 0xA0, INTEGER, *[SEQUENCE] * 5, more=True)
    begin, end = parts(fields[4].content, ANY, ANY)
    need(moment(begin) <= at <= moment(end), "时间戳的时间不在证书的有效期之内。")
    lists = [sequence(field.content, more=True) for field in fields[7:] if field.tag == 0xA3]
    purposes = [each.content for extensions in lists for each in extensions if each.content.startswith(EXTENDED_USE)]
    need(purposes == [EXTENDED_USE + ONLY_TIMESTAMPS], "所给证书不是专用于时间戳的证书。")
    return fields[6]


def key_accepts(key: Der, hash_oid: bytes, message: bytes, signature: bytes) -> bool:
    """``key``: a SubjectPublicKeyInfo, of RSA, of ECDSA on P-256, or of SM2, which goes with SM3."""
    algorithm, bits = parts(key.content, SEQUENCE, BITS)
    kind = [each.content for each in parts(algorithm.content, OID, more=True)]
    hashed, material = digest(HASHES[hash_oid], message), bits.content[1:]
    need(bits.content[:1] == b"\x00", BAD_TOKEN)
    if kind[0] == RSA:
        n, e = sequence(material, INTEGER, INTEGER)
        return rsa_accepts(positive(n), positive(e), signature, hash_oid, hashed)
    need(kind in ([EC, ON_P256], [EC, ON_SM2]) and material[:1] == b"\x04", "时间戳证书的密钥种类不能核验。")
    r, s = (positive(each) for each in sequence(signature, INTEGER, INTEGER))
    if kind[1] == ON_P256:
        return ecdsa_accepts(material[1:], r, s, hashed)
    return HASHES[hash_oid] == "sm3" and sm2_holds(material[1:], r, s, message)


# ==== hashes =========================================================================================================


def digest(name: str, content: bytes) -> bytes:
    state = hasher(name)
    state.update(content)
    return bytes(state.digest())


def hasher(name: str) -> Any:
    try:
        return hashlib.new(name)
    except ValueError:
        need(name == "sm3", "本机没有所需的哈希算法。")
        return Sm3()


class Sm3:
    """GB/T 32905, for a Python whose OpenSSL lacks it. Slow."""

    def __init__(self) -> None:
        start = bytes.fromhex("7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e")
        self.state, self.rest, self.length = struct.unpack(">8I", start), b"", 0

    def update(self, content: bytes) -> None:
        self.length += len(content)
        content = self.rest + content
        for start in range(0, len(content) - 63, 64):
            self._compress(list(struct.unpack(">16I", content[start : start + 64])))
        self.rest = content[len(content) & ~63 :]

    def digest(self) -> bytes:
        bits = struct.pack(">Q", 8 * self.length)
        self.update(b"\x80" + bytes((55 - self.length) % 64) + bits)
        return struct.pack(">8I", *self.state)

    def _compress(self, w: list[int]) -> None:
        def turn(x: int, n: int) -> int:
            return (x << n % 32 | x >> 32 - n % 32) & 0xFFFFFFFF

        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
            w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = self.state
        for j in range(64):
            early = j < 16
            s1 = turn(turn(a, 12) + e + turn(0x79CC4519 if early else 0x7A879D8A, j) & 0xFFFFFFFF, 7)
            s2 = s1 ^ turn(a, 12)
            t1 = ((a ^ b ^ c if early else a & b | a & c | b & c) + d + s2 + (w[j] ^ w[j + 4])) & 0xFFFFFFFF
            t2 = ((e ^ f ^ g if early else e & f | ~e & g) + h + s1 + w[j]) & 0xFFFFFFFF
            a, b, c, d, e, f, g, h = t1, a, turn(b, 9), c, t2 ^ turn(t2, 9) ^ turn(t2, 17), e, turn(f, 19), g
        self.state = tuple(x ^ y for x, y in zip(self.state, (a, b, c, d, e, f, g, h)))


# ==== signatures: Ed25519 (RFC 8032), SM2 (GB/T 32918.2), for timestamps ECDSA and RSA ===============================

Point = Optional[Tuple[int, int]]


def combine(add: Callable[[Any, Any], Any], zero: Any, u: int, p: Any, v: int, q: Any) -> Any:
    """u·P + v·Q, whatever the curve."""
    total, picks = zero, (zero, p, q, add(p, q))
    for bit in reversed(range(max(u.bit_length(), v.bit_length()))):
        total = add(add(total, total), picks[(u >> bit & 1) + 2 * (v >> bit & 1)])
    return total


P25519 = 2**255 - 19
L25519 = 2**252 + 27742317777372353535851937790883648493
D25519 = -121665 * pow(121666, -1, P25519) % P25519


def edwards_add(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    """RFC 8032 5.1: on -x² + y² = 1 + d·x²·y², without exceptions. One inversion serves both quotients."""
    (x1, y1), (x2, y2) = a, b
    k = D25519 * (x1 * x2 % P25519) * (y1 * y2 % P25519) % P25519
    inverse = pow(1 - k * k, -1, P25519)
    return (x1 * y2 + y1 * x2) * (1 - k) * inverse % P25519, (y1 * y2 + x1 * x2) * (1 + k) * inverse % P25519


def edwards_point(encoded: bytes) -> Point:
    """RFC 8032 5.1.3: the point, or None for anything but the one encoding of a point."""
    sign, y = divmod(int.from_bytes(encoded, "little"), 1 << 255)
    square = (y * y - 1) * pow(D25519 * y * y + 1, -1, P25519) % P25519
    x = pow(square, (P25519 + 3) // 8, P25519)
    if (x * x - square) % P25519:
        x = x * pow(2, (P25519 - 1) // 4, P25519) % P25519
    if y >= P25519 or (x * x - square) % P25519 or (x == 0 and sign):
        return None
    return (x if x & 1 == sign else P25519 - x), y


def ed25519_key(material: bytes) -> bool:
    """The canonical encoding of a point that is not of low order."""
    point = edwards_point(material) if len(material) == 32 else None
    for _ in range(3):
        point = point and edwards_add(point, point)
    return point is not None and point[0] != 0


def ed25519_accepts(material: bytes, signature: bytes, message: bytes) -> bool:
    """S < L, and R byte for byte the encoding of S·B - h·A. ``material`` is a sound key."""
    a, s = edwards_point(material), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or s >= L25519:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + material + message).digest(), "little") % L25519
    base, minus_a = edwards_point(b"\x58" + b"\x66" * 31), (P25519 - a[0], a[1])
    x, y = combine(edwards_add, (0, 1), s, base, h, minus_a)
    return bool((y | (x & 1) << 255).to_bytes(32, "little") == signature[:32])


class Curve(NamedTuple):
    """y² = x³ - 3x + b modulo p, both of 256 bits; (x, y) has the prime order n."""

    p: int
    b: int
    n: int
    x: int
    y: int

    def add(self, a: Point, b: Point) -> Point:
        if a is None or b is None:
            return a or b
        (x1, y1), (x2, y2) = a, b
        if x1 == x2 and (y1 + y2) % self.p == 0:
            return None
        slope = (3 * x1 * x1 - 3) * pow(2 * y1, -1, self.p) if a == b else (y2 - y1) * pow(x2 - x1, -1, self.p)
        x3 = (slope * slope - x1 - x2) % self.p
        return x3, (slope * (x1 - x3) - y1) % self.p

    def point(self, material: bytes) -> Point:
        """x‖y as a point, or None when it is not on the curve."""
        x, y = int.from_bytes(material[:32], "big"), int.from_bytes(material[32:], "big")
        on = len(material) == 64 and max(x, y) < self.p and (y * y - x**3 + 3 * x - self.b) % self.p == 0
        return (x, y) if on else None

    def combined_x(self, u: int, v: int, point: Point) -> int | None:
        """The x of u·G + v·P, or None for the point at infinity."""
        end = combine(self.add, None, u, (self.x, self.y), v, point)
        return None if end is None else int(end[0])


SM2 = Curve(
    0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF,
    0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93,
    0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123,
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
P256 = Curve(
    0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF,
    0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
    0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)


def sm2_accepts(material: bytes, signature: bytes, message: bytes) -> bool:
    """The signature is r‖s."""
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    return len(signature) == 64 and sm2_holds(material, r, s, message)


def sm2_holds(material: bytes, r: int, s: int, message: bytes) -> bool:
    """GB/T 32918.2 7.1 under the identity 1234567812345678."""
    point, t = SM2.point(material), (r + s) % SM2.n
    if point is None or not (0 < r < SM2.n and 0 < s < SM2.n and t):
        return False
    domain = b"".join(each.to_bytes(32, "big") for each in (SM2.p - 3, SM2.b, SM2.x, SM2.y))
    z = digest("sm3", b"\x00\x80" + b"1234567812345678" + domain + material)
    e, x = int.from_bytes(digest("sm3", z + message), "big"), SM2.combined_x(s, t, point)
    return x is not None and (e + x) % SM2.n == r


def ecdsa_accepts(material: bytes, r: int, s: int, hashed: bytes) -> bool:
    """FIPS 186-5 6.4.2 on P-256."""
    point, e = P256.point(material), int.from_bytes(hashed[:32], "big")
    if point is None or not (0 < r < P256.n and 0 < s < P256.n):
        return False
    w = pow(s, -1, P256.n)
    x = P256.combined_x(e * w % P256.n, r * w % P256.n, point)
    return x is not None and x % P256.n == r


def rsa_accepts(n: int, e: int, signature: bytes, hash_oid: bytes, hashed: bytes) -> bool:
    """RSASSA-PKCS1-v1_5 (RFC 8017 8.2.2): the whole block is built and compared, nothing in it is parsed."""
    width, s = (n.bit_length() + 7) // 8, int.from_bytes(signature, "big")
    sound = 2048 <= n.bit_length() <= 16384 and n & 1 and 3 <= e < 1 << 64 and e & 1
    if not sound or len(signature) != width or s >= n:
        return False
    algorithm = b"\x06" + bytes([len(hash_oid)]) + hash_oid + b"\x05\x00"
    info = b"\x30" + bytes([len(algorithm)]) + algorithm + b"\x04" + bytes([len(hashed)]) + hashed
    tail = b"\x00\x30" + bytes([len(info)]) + info
    return pow(s, e, n).to_bytes(width, "big") == b"\x00\x01" + b"\xff" * (width - 2 - len(tail)) + tail


# ==== what people read ===============================================================================================


def report(name: str, verdict: Facts) -> str:
    ok, facts, reached = verdict["ok"], verdict["facts"], True
    lines = [f"存证包核验：{shown(name)}", ""]
    for step, title in STEPS.items():
        if step == verdict["step"]:
            lines.append(f"  ✗ {verdict['message']}")
            reached = False
        elif ok and step in ("token", "sm") and not facts[step]:
            lines.append(f"  — {title}：没有，或者没有核验")
        else:
            lines.append(f"  {'✓' if reached else '—'} {title}")
    lines += ["", f"结论：{'核验通过。' if ok else '核验不通过。任何内容都没有得到证明。'}", ""]
    lines += [*proved(facts), ""] if ok else []
    lines += ["提示", *(f"  · {each}" for each in verdict["warnings"]), ""] if verdict["warnings"] else []
    return "\n".join(lines)


def proved(facts: Facts) -> list[str]:
    manifest, original, log, token, sm = (facts[key] for key in ("manifest", "original", "log", "token", "sm"))
    lines = [
        "一、证明了什么",
        f"  {facts['kind']}  {shown(manifest.get('name', '（没有文件）'))}  编号 {manifest['id']}",
    ]
    if original:
        lines += [f"  {original['size']} 字节", f"  SHA-256 {original['sha256']}", f"  SM3     {original['sm3']}"]
    lines += [f"  存于日志 {log['origin']} 第 {log['index']} 号（当时共 {log['size']} 条）"]
    if log["quorum_at"] is not None:
        lines += [f"  至迟在 {beijing(log['quorum_at'])}，上述材料及其说明已在该日志之内，此后未被改动。"]
    lines += ["", "二、由谁证明"]
    for tree, title in ((log, ""), (sm, "国密 ")):
        for witness in tree["witnesses"] if tree else ():
            lines += [f"  {title}{witness['name']}（{witness['key']}）于 {beijing(witness['at'])} 见证"]
    if token:
        lines += [f"  时间戳机构于 {beijing(token['at'])} 签发时间戳（证书 SHA-256 {token['certificate']}）"]
    lines += ["  所用信任策略的指纹（请与印发的指纹核对，不一致的，以上结论不可采信）："]
    lines += [f"    {title}{fingerprint(tree['policy'])}" for tree, title in ((log, ""), (sm, "国密 ")) if tree]
    claimed = shown(manifest.get("collected", {}).get("at", "没有记载"))
    lines += ["", "三、没有证明什么", f"  · 采集记录自称的时间：{claimed}（自述，未经证明）；"]
    return lines + [f"  · {each}" for each in NOT_PROVED]


def shown(value: Any) -> str:
    """What somebody wrote, in one line, as a terminal shows it and does not obey it."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def beijing(at: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at + 8 * 3600)) + "（北京时间）"


def fingerprint(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def show(done: int, total: int) -> None:
    if done == total or done % (64 << 20) == 0:
        line_end = "\n" if done == total else ""
        print(f"\r计算原件的哈希 {100 * done // total}%", end=line_end, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="存证包独立核验程序")
    parser.add_argument("bundle", type=Path, help="存证包（.evb）")
    parser.add_argument("--policy", type=Path, required=True, help="信任策略，须从存证包以外取得")
    parser.add_argument("--policy-sm", type=Path, help="国密信任策略；给出即要求有国密证明")
    parser.add_argument("--tsa-cert", type=Path, help="时间戳机构的签名证书（PEM 或者 DER）；给出即要求有时间戳")
    parser.add_argument("--now", type=int, default=int(time.time()), help="核验时刻，1970 年以来的秒数；缺省为现在")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args()
    try:
        given = [path and path.read_bytes() for path in (args.policy, args.policy_sm, args.tsa_cert)]
        with args.bundle.open("rb") as file:
            progress = show if sys.stderr.isatty() else lambda done, total: None
            verdict = verify(file, *given, now=args.now, progress=progress)
    except OSError as problem:
        print(f"文件无法读取：{problem}", file=sys.stderr)
        return 2
    text = json.dumps(verdict, ensure_ascii=False, indent=2) if args.json else report(args.bundle.name, verdict)
    if sys.stdout.isatty():
        print(text)
    else:  # a file gets UTF-8, whatever the machine's own encoding
        sys.stdout.buffer.write(text.encode() + b"\n")
    return 0 if verdict["ok"] else 2 if verdict["step"] == "policy" else 1


if __name__ == "__main__":
    sys.exit(main())

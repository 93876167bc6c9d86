#!/usr/bin/env python3
"""存证包（.evb）独立核验程序。

    python verify.py 材料.evb --policy 信任策略.txt [--policy-sm 国密策略.txt] [--tsa-cert 时间戳证书.pem] [--json]

只用 Python 3.8 以上的标准库，不联网，不信任包内自带的策略。信任策略须从存证包以外取得，并与印发的指纹核对。
退出码：0 核验通过，1 核验不通过，2 参数或者文件有误，没有核验。

How to read it: begin with ``_verify``, the whole procedure, one step after another, and ``judge``, the part of it that
both suites share; everything above are the tools they use, by the standard each one names. The first step that fails is
named, whatever goes wrong in a step fails it, and nothing is stated as a fact unless every step has passed. Nothing is
taken from the bundle that is not checked: not the policy in it, nor any time that nobody outside has signed.
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
from typing import Any, BinaryIO, Callable, NamedTuple, Optional, Tuple

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
KINDS = ("固证", "移送", "接收回执", "更正", "删除凭证", "密钥变更", "审计日志根", "验真", "交换包")


class Refused(Exception):
    """A step fails, for the reason given."""


def need(holds: Any, otherwise: str) -> None:
    if not holds:
        raise Refused(otherwise)


# ---- hashes ---------------------------------------------------------------------------------------------------------


class Sm3:
    """GB/T 32905, for a Python whose OpenSSL lacks it. Slow."""

    def __init__(self) -> None:
        self.state = struct.unpack(
            ">8I", bytes.fromhex("7380166f4914b2b9172442d7da8a0600a96f30bc163138aae38dee4db0fb0e4e")
        )
        self.rest, self.length = b"", 0

    def update(self, content: bytes) -> None:
        self.length += len(content)
        content = self.rest + content
        whole = len(content) & ~63
        for start in range(0, whole, 64):
            self.state = self._block(struct.unpack(">16I", content[start : start + 64]))
        self.rest = content[whole:]

    def digest(self) -> bytes:
        bits = 8 * self.length
        self.update(b"\x80" + bytes((55 - self.length) % 64) + struct.pack(">Q", bits))
        return struct.pack(">8I", *self.state)

    def _block(self, words: tuple[int, ...]) -> tuple[int, ...]:
        def turn(x: int, n: int) -> int:
            return (x << n % 32 | x >> 32 - n % 32) & 0xFFFFFFFF

        w = list(words)
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
        return tuple(x ^ y for x, y in zip(self.state, (a, b, c, d, e, f, g, h)))


def hasher(name: str) -> Any:
    try:
        return hashlib.new(name)
    except ValueError:
        need(name == "sm3", "本机没有所需的哈希算法。")
        return Sm3()


def digest(name: str, content: bytes) -> bytes:
    state = hasher(name)
    state.update(content)
    return bytes(state.digest())


# ---- signatures: Ed25519 (RFC 8032), SM2 (GB/T 32918.2), for timestamps ECDSA and RSA -------------------------------

Point = Optional[Tuple[int, int]]
Extended = Tuple[int, int, int, int]


def combine(add: Callable[[Any, Any], Any], zero: Any, u: int, p: Any, v: int, q: Any) -> Any:
    """u·P + v·Q."""
    total, both = zero, add(p, q)
    for bit in reversed(range(max(u.bit_length(), v.bit_length()))):
        total = add(total, total)
        pick = u >> bit & 1, v >> bit & 1
        if pick != (0, 0):
            total = add(total, {(1, 0): p, (0, 1): q, (1, 1): both}[pick])
    return total


P25519 = 2**255 - 19
L25519 = 2**252 + 27742317777372353535851937790883648493
D25519 = -121665 * pow(121666, -1, P25519) % P25519


def edwards_add(a: Extended, b: Extended) -> Extended:
    """RFC 8032 5.1.4. A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x·y = T/Z."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    i, j = (y1 - x1) * (y2 - x2) % P25519, (y1 + x1) * (y2 + x2) % P25519
    k, m = 2 * t1 * t2 * D25519 % P25519, 2 * z1 * z2 % P25519
    e, f, g, h = j - i, m - k, m + k, j + i
    return e * f % P25519, g * h % P25519, f * g % P25519, e * h % P25519


def edwards_point(encoded: bytes) -> Extended | None:
    """RFC 8032 5.1.3: the point, or None for anything but the one encoding of a point."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P25519:
        return None
    square = (y * y - 1) * pow(D25519 * y * y + 1, -1, P25519) % P25519
    x = pow(square, (P25519 + 3) // 8, P25519)
    if (x * x - square) % P25519:
        x = x * pow(2, (P25519 - 1) // 4, P25519) % P25519
    if (x * x - square) % P25519 or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P25519 - x
    return x, y, 1, x * y % P25519


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
    base, minus_a = edwards_point(b"\x58" + b"\x66" * 31), (P25519 - a[0], a[1], 1, P25519 - a[3])
    x, y, z, _ = combine(edwards_add, (0, 1, 1, 0), s, base, h, minus_a)
    x, y = x * pow(z, -1, P25519) % P25519, y * pow(z, -1, P25519) % P25519
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

    def combine_x(self, u: int, v: int, point: Point) -> int | None:
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
    """GB/T 32918.2 7.1 under the identity 1234567812345678; the signature is r‖s."""
    point, r, s = SM2.point(material), int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    t = (r + s) % SM2.n
    if len(signature) != 64 or point is None or not (0 < r < SM2.n and 0 < s < SM2.n and t):
        return False
    domain = b"".join(each.to_bytes(32, "big") for each in (SM2.p - 3, SM2.b, SM2.x, SM2.y))
    z = digest("sm3", b"\x00\x80" + b"1234567812345678" + domain + material)
    e, x = int.from_bytes(digest("sm3", z + message), "big"), SM2.combine_x(s, t, point)
    return x is not None and (e + x) % SM2.n == r


def ecdsa_accepts(material: bytes, r: int, s: int, hashed: bytes) -> bool:
    """FIPS 186-5 6.4.2 on P-256."""
    point, e = P256.point(material), int.from_bytes(hashed[:32], "big")
    if point is None or not (0 < r < P256.n and 0 < s < P256.n):
        return False
    w = pow(s, -1, P256.n)
    x = P256.combine_x(e * w % P256.n, r * w % P256.n, point)
    return x is not None and x % P256.n == r


def rsa_accepts(n: int, e: int, signature: bytes, hash_oid: bytes, hashed: bytes) -> bool:
    """RSASSA-PKCS1-v1_5 (RFC 8017 8.2.2): the whole block is built and compared, nothing in it is parsed."""
    width, s = (n.bit_length() + 7) // 8, int.from_bytes(signature, "big")
    sound = 2048 <= n.bit_length() <= 16384 and n & 1 and 3 <= e < 1 << 64 and e & 1
    if not sound or len(signature) != width or s >= n:
        return False
    algorithm = b"\x06" + bytes([len(hash_oid)]) + hash_oid + b"\x05\x00"
    tail = b"\x30" + bytes([len(algorithm)]) + algorithm + b"\x04" + bytes([len(hashed)]) + hashed
    tail = b"\x00\x30" + bytes([len(tail)]) + tail
    return pow(s, e, n).to_bytes(width, "big") == b"\x00\x01" + b"\xff" * (width - 2 - len(tail)) + tail


# ---- signed notes, checkpoints, proofs ------------------------------------------------------------------------------

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


class Signature(NamedTuple):
    name: str
    key_id: bytes
    content: bytes


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes
    text: str
    signatures: list[Signature]


def parse_checkpoint(note: bytes) -> Checkpoint:
    need(len(note) <= 100 * 1024, "检查点过大。")
    whole = utf8(note, "检查点不是 UTF-8 文本。")
    need(not re.search("[\x00-\x09\x0b-\x1f]", whole), "检查点含有控制字符。")
    text, gap, tail = whole.rpartition("\n\n")
    need(gap and text and tail.endswith("\n"), "检查点没有签名，或者末尾不完整。")
    lines = tail[:-1].split("\n")
    need(len(lines) <= 64, "检查点的签名过多。")
    signatures = []
    for line in lines:
        name, gap, encoded = line[2:].partition(" ")
        need(line[:2] == "— " and gap and name and not NOT_IN_NAMES.search(name), "签名行格式有误。")
        content = unbase64(encoded)
        need(len(content) >= 5, "签名行格式有误。")
        signatures.append(Signature(name, content[:4], content[4:]))
    head = text.split("\n")
    need(len(head) == 3 and head[0], "检查点应当恰有三行。")
    root = unbase64(head[2])
    need(len(root) == 32, "检查点的根不是 32 字节。")
    return Checkpoint(head[0], number(head[1]), root, text + "\n", signatures)


class Proof(NamedTuple):
    place: int
    path: list[bytes]
    note: bytes


def parse_proof(content: bytes) -> Proof:
    head, gap, note = content.partition(b"\n\n")
    lines = head.decode("latin-1").split("\n")
    need(gap and head.isascii() and lines.pop(0) == "c2sp.org/tlog-proof@v1", "不是存证证明文件。")
    if lines and lines[0].startswith("extra "):
        unbase64(lines.pop(0)[6:])
    need(lines and lines[0].startswith("index "), "存证证明缺少序号。")
    index, path = number(lines[0][6:]), [unbase64(line) for line in lines[1:]]
    need(len(path) <= 63 and all(len(each) == 32 for each in path), "存证证明的哈希过多，或者长度不是 32 字节。")
    return Proof(index, path, note)


def root_of(suite: str, leaf_hash: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that the path leads to (RFC 9162 2.1.3.2)."""
    need(0 <= index < size < 1 << 63, "序号不在日志之内。")
    here, last, computed = index, size - 1, leaf_hash
    for sibling in path:
        need(last, "包含证明过长。")
        if here & 1 or here == last:
            computed = digest(suite, b"\x01" + sibling + computed)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            computed = digest(suite, b"\x01" + computed + sibling)
        here, last = here >> 1, last >> 1
    need(not last, "包含证明过短。")
    return computed


# ---- the policy: whom one trusts ------------------------------------------------------------------------------------


class Key:
    """A public key ``name+id+base64(kind, material)``. Kinds this program does not know can be named, and never sign."""

    LOG = {b"\x01": "ed25519", b"\xffsm2-sm3\x00": "sm2"}
    WITNESS = {b"\x04": "ed25519", b"\xffsm2-sm3-cosignature/v1\x00": "sm2"}

    def __init__(self, vkey: str, kinds: dict[bytes, str], sizes: tuple[int, int] = (0, 1 << 63)) -> None:
        """``sizes``: the first and the last size of the checkpoints it counts for."""
        parts = vkey.split("+", 2)
        need(len(parts) == 3 and parts[0] and not NOT_IN_NAMES.search(parts[0]), "公钥应为“名称+编号+内容”")
        self.name, content = parts[0], unbase64(parts[2])
        self.key_id = hashlib.sha256(self.name.encode() + b"\n" + content).digest()[:4]
        need(self.key_id.hex() == parts[1], "公钥的编号与内容不符")
        others = self.WITNESS if kinds is self.LOG else self.LOG
        need(content and not any(content.startswith(kind) for kind in others), "公钥的种类不符")
        kind = next((kind for kind in kinds if content.startswith(kind)), content)
        self.algorithm, self.material = kinds.get(kind), content[len(kind) :] or content
        sound = {"ed25519": ed25519_key, "sm2": SM2.point, None: len}[self.algorithm]
        need(sound(self.material), "公钥不合规")
        self.first, self.last = sizes

    def signed(self, checkpoint: Checkpoint) -> list[bytes]:
        """Its signatures on the checkpoint, not yet checked; none for checkpoints it does not count for."""
        counts = self.algorithm and self.first <= checkpoint.size <= self.last
        own = [each.content for each in checkpoint.signatures if (each.name, each.key_id) == (self.name, self.key_id)]
        return own if counts else []

    def accepts(self, signature: bytes, message: str) -> bool:
        accepts = {"ed25519": ed25519_accepts, "sm2": sm2_accepts}[self.algorithm or ""]
        return accepts(self.material, signature, message.encode())


class Policy:
    """c2sp.org/tlog-policy. A line ``#: sizes 0..4096`` says for which checkpoints the key in the next line counts."""

    def __init__(self, content: bytes) -> None:
        need(len(content) <= 64 * 1024, "信任策略过大。")
        need(not re.search(b"[\x00-\x08\x0b-\x1f\x7f]", content), "信任策略含有控制字符。")
        text = utf8(content, "信任策略不是 UTF-8 文本。")
        self.logs: list[Key] = []
        self.witnesses: dict[str, Key] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum: str | None = None
        self._sizes: tuple[int, int] | None = None
        for place, line in enumerate(text.split("\n"), 1):
            words = [word for word in re.split("[ \t]", line) if word]
            if not words or (words[0].startswith("#") and not words[0].startswith("#:")):
                continue
            try:
                self._read(words[0], words[1:])
            except Refused as problem:
                raise Refused(f"信任策略第 {place} 行：{str(problem).rstrip('。')}。") from None
        need(self.quorum is not None, "信任策略没有 quorum 行。")
        need(self._sizes is None, "信任策略末尾的 sizes 行没有所属的公钥。")
        self.fingerprint = hashlib.sha256(content).hexdigest()

    def _read(self, word: str, words: list[str]) -> None:
        need(self._sizes is None or word in ("log", "witness"), "sizes 之后应为 log 或者 witness 行")
        if word == "log":
            need(len(words) in (1, 2), "应为 log 公钥 [网址]")
            self.logs.append(self._key(words[0], Key.LOG, self.logs))
        elif word == "witness":
            need(len(words) in (2, 3), "应为 witness 名称 公钥 [网址]")
            need(self._free(words[0]), "名称已被使用")
            self.witnesses[words[0]] = self._key(words[1], Key.WITNESS, list(self.witnesses.values()))
        elif word == "group":
            need(len(words) >= 3, "应为 group 名称 all|any|数量 成员…")
            need(len(self.groups) < 100, "组过多")
            name, rule, *members = words
            need(self._free(name), "名称已被使用")
            taken = {member for _, others in self.groups.values() for member in others}
            need(not any(member == "none" or self._free(member) for member in members), "成员此前未定义")
            need(not taken & set(members) and len(set(members)) == len(members), "成员已属于一个组")
            rule = {"all": str(len(members)), "any": "1"}.get(rule, rule)
            need(re.fullmatch("[1-9][0-9]{0,5}", rule) and int(rule) <= len(members), "组的数量超出成员数")
            self.groups[name] = int(rule), members
        elif word == "#:":
            need(len(words) == 2 and words[0] == "sizes" and ".." in words[1], "应为 #: sizes 起始..截止")
            first, _, last = words[1].partition("..")
            self._sizes = number(first or "0"), number(last) if last else 1 << 63
            need(self._sizes[0] <= self._sizes[1], "应为 #: sizes 起始..截止")
        else:
            need(word == "quorum", "不认识的词")
            need(len(words) == 1 and self.quorum is None, "quorum 应当恰有一行，指明一个名称")
            need(words[0] == "none" or not self._free(words[0]), "名称此前未定义")
            self.quorum = words[0]

    def _free(self, name: str) -> bool:
        return name != "none" and name not in self.witnesses and name not in self.groups

    def _key(self, vkey: str, kinds: dict[bytes, str], known: list[Key]) -> Key:
        key, self._sizes = Key(vkey, kinds, self._sizes or (0, 1 << 63)), None
        need(all(each.material != key.material for each in known), "公钥重复")
        return key

    def reached_at(self, name: str, times: dict[str, int]) -> int | None:
        """When ``name`` was satisfied: of a group, when enough of its members were. None: not at all."""
        if name in self.groups:
            threshold, members = self.groups[name]
            reached = sorted(at for at in (self.reached_at(member, times) for member in members) if at is not None)
            return reached[threshold - 1] if len(reached) >= threshold else None
        return times.get(name)


SIGNED_BY = {"sha256": "ed25519", "sm3": "sm2"}


def judge(
    suite: str, leaf: bytes, proof: Proof, policy: Policy, now: int, step: Callable[[str], None]
) -> dict[str, Any]:
    """The steps from inclusion to times, for one tree: what it proves, and when by whom."""
    step("inclusion")
    checkpoint = parse_checkpoint(proof.note)
    leaf_hash = digest(suite, b"\x00" + leaf)
    root = root_of(suite, leaf_hash, proof.place, checkpoint.size, proof.path)
    need(root == checkpoint.root, "按包含证明算出的根与检查点不一致，该材料及其说明不在日志之内。")
    step("origin")
    logs = [key for key in policy.logs if (key.name, key.algorithm) == (checkpoint.origin, SIGNED_BY[suite])]
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
    quorum = policy.quorum or ""
    quorum_at = policy.reached_at(quorum, times)
    unknown = any(key.algorithm is None for key in policy.witnesses.values())
    besides = "策略中有本程序不能核验的公钥。" if unknown else ""
    need(quorum == "none" or quorum_at is not None, "见证方的签名未达到信任策略的要求。" + besides)
    step("times")
    need(all(at <= now + 600 for at in times.values()), "见证时间晚于核验时刻。")
    return {
        "origin": checkpoint.origin,
        "index": proof.place,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "leaf_hash": leaf_hash.hex(),
        "witnesses": [{"name": name, "key": policy.witnesses[name].name, "at": at} for name, at in times.items()],
        "quorum": quorum,
        "quorum_at": quorum_at,
        "policy": policy.fingerprint,
    }


# ---- the container: a ZIP in one form only --------------------------------------------------------------------------

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
FULL = 0xFFFFFFFF


class Member(NamedTuple):
    name: str
    crc: int
    size: int


def zip_headers(members: list[Member]) -> tuple[list[tuple[int, bytes]], bytes]:
    """Every byte of a bundle that is not content: each member's header and where it stands, and the directory."""
    local, directory, offset = [], b"", 0
    for name, crc, size in members:
        raw, large, far = name.encode(), size >= FULL, offset >= FULL
        shape = struct.pack("<HHHHIII", 0x0800, 0, 0, 0x0021, crc, min(size, FULL), min(size, FULL))
        sizes = struct.pack("<QQ", size, size) * large
        extra = struct.pack("<HH", 1, 16) + sizes if large else b""
        header = struct.pack("<IH", 0x04034B50, 45 if large else 20) + shape + struct.pack("<HH", len(raw), len(extra))
        local.append((offset, header + raw + extra))
        sizes += struct.pack("<Q", offset) * far
        extra = struct.pack("<HH", 1, len(sizes)) + sizes if sizes else b""
        directory += struct.pack("<IHH", 0x02014B50, 0x032D, 45 if sizes else 20) + shape
        directory += (
            struct.pack("<HHHHHII", len(raw), len(extra), 0, 0, 0, 0o100644 << 16, min(offset, FULL)) + raw + extra
        )
        offset += len(local[-1][1]) + size
    count, length, end = len(members), len(directory), b""
    if offset >= FULL:
        end += struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, length, offset)
        end += struct.pack("<IIQI", 0x07064B50, 0, offset + length, 1)
    end += struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, length, min(offset, FULL), 0)
    return local, directory + end


def open_zip(file: BinaryIO) -> dict[str, tuple[int, int]]:
    """Where each member's content is: (offset, size). Names and sizes are read from the directory, everything else is
    built again from them and compared, so that no two readers can see different members."""

    def read(at: int, length: int) -> bytes:
        need(at >= 0, "不是存证包，或者文件不完整。")
        file.seek(at)
        return file.read(length)

    total = file.seek(0, 2)
    end = read(total - 22, 22)
    need(end[:4] == b"PK\x05\x06", "不是存证包，或者文件不完整。")
    count, length, start = struct.unpack("<HII", end[10:20])
    if start == FULL:
        record = read(total - 98, 56)
        start = struct.unpack("<Q", record[48:])[0]
    need(count <= 16 and length <= 4096 and start < total, "存证包的目录有误。")
    directory, members, at = read(start, length), [], 0
    for _ in range(count):
        need(len(directory) >= at + 46, "存证包的目录有误。")
        crc, size, name, extra = struct.unpack("<I4xIHH", directory[at + 16 : at + 32])
        raw, rest = directory[at + 46 : at + 46 + name], directory[at + 46 + name : at + 46 + name + extra]
        if size == FULL:
            need(len(rest) >= 12, "存证包的目录有误。")
            size = struct.unpack("<Q", rest[4:12])[0]
        members.append(Member(utf8(raw, "存证包的成员名称有误。"), crc, size))
        at += 46 + name + extra
    order = list(NAMES)
    places = [order.index(each.name) if each.name in NAMES else -1 for each in members]
    need(-1 not in places and places == sorted(set(places)), "存证包的成员名称、次序有误或者重复。")
    need(sum(each.size for each in members) < total, "存证包的结构不符合规定的唯一形式。")
    local, tail = zip_headers(members)
    found = all(read(offset, len(header)) == header for offset, header in local)
    need(
        found and read(start, len(tail) + 1) == tail and start + len(tail) == total,
        "存证包的结构不符合规定的唯一形式。",
    )
    return {each.name: (offset + len(header), each.size) for each, (offset, header) in zip(members, local)}


# ---- the manifest ---------------------------------------------------------------------------------------------------


# Control signs, and those that turn the direction of writing: a name must be what it looks like.
NOT_IN_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def plain(value: Any, depth: int = 8) -> bool:
    """Only what every reader of JSON understands alike: no fractions, no large numbers, no odd keys, little depth."""
    if isinstance(value, dict):
        return depth > 0 and all(
            plain(k) and k[:1] not in "0123456789" and plain(v, depth - 1) for k, v in value.items()
        )
    if isinstance(value, list):
        return depth > 0 and all(plain(each, depth - 1) for each in value)
    if isinstance(value, str):
        return not NOT_IN_TEXT.search(value)
    return isinstance(value, int) and abs(value) < 1 << 53


def nested(content: bytes, most: int = 8) -> bool:
    """Whether brackets outside of texts lie deeper than any manifest has them: a reader of JSON may die of it."""
    depth = 0
    for bracket in re.findall(rb"[][{}]", re.sub(rb'"(?:[^"\\]|\\.)*"', b"", content, flags=re.DOTALL)):
        depth += 1 if bracket in b"[{" else -1
        if depth > most:
            return True
    return False


def parse_manifest(content: bytes) -> dict[str, Any]:
    """The manifest, when its bytes are the one form of what they say."""
    need(not nested(content), "材料说明的写法不规范。")
    try:
        manifest = json.loads(content.decode())
        again = (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
    except (ValueError, RecursionError):
        manifest, again = None, b""
    need(isinstance(manifest, dict) and plain(manifest) and again == content, "材料说明的写法不规范。")
    collected, stated = manifest.get("collected", {}), [key in manifest for key in ("size", "sha256", "sm3")]
    need(whole(manifest.get("v")) and manifest["v"] == 1, "材料说明的版本不是本程序所能核验的。")
    need(whole(manifest.get("kind")) and 1 <= manifest["kind"] <= len(KINDS), "材料说明的记录种类有误。")
    need(matches("[0-7][0-9A-HJKMNP-TV-Z]{25}", manifest.get("id")), "材料说明的编号有误。")
    need(isinstance(collected, dict) and isinstance(collected.get("by", []), list), "材料说明的采集记录有误。")
    need(all(stated) or not any(stated), "材料说明的文件大小与哈希不齐全。")
    need(not any(stated) or whole(manifest["size"]), "材料说明的文件大小有误。")
    need(
        not any(stated) or all(matches("[0-9a-f]{64}", manifest[each]) for each in ("sha256", "sm3")),
        "材料说明的哈希有误。",
    )
    return dict(manifest)


def whole(value: Any) -> bool:
    return type(value) is int and value >= 0


def matches(pattern: str, value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


# ---- the timestamp (RFC 3161): strict DER, one signer, its certificate given from outside ----------------------------

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
TIMESTAMPING = bytes.fromhex("2b06010505070308")  # what a certificate must be for
BAD_TOKEN = "时间戳格式有误。"


class Der(NamedTuple):
    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> list[Der]:
        need(self.tag & 0x20, BAD_TOKEN)
        found, rest = [], self.content
        while rest:
            found.append(read_der(rest))
            rest = rest[len(found[-1].whole) :]
        return found


def read_der(content: bytes) -> Der:
    """The element at the beginning: one byte of tag, the length in its shortest form."""
    need(len(content) >= 2 and content[0] & 0x1F != 0x1F, BAD_TOKEN)
    length, head = content[1], 2
    if length & 0x80:
        head += length & 0x7F
        need(3 <= head <= 5 and len(content) >= head, BAD_TOKEN)
        length = int.from_bytes(content[2:head], "big")
        need(length >= 0x80 and content[2], BAD_TOKEN)
    need(len(content) >= head + length, BAD_TOKEN)
    return Der(content[0], content[head : head + length], content[: head + length])


def take(element: Der, *tags: int) -> list[Der]:
    """The first parts of a constructed element, which must have these tags (0: any); the others after them."""
    parts = element.parts()
    need(len(parts) >= len(tags) and all(tag in (0, part.tag) for tag, part in zip(tags, parts)), BAD_TOKEN)
    return parts


def only(content: bytes, tag: int) -> Der:
    element = read_der(content)
    need(element.tag == tag and element.whole == content, BAD_TOKEN)
    return element


def positive(element: Der) -> int:
    need(element.tag == 2 and element.content and element.content[0] < 0x80, BAD_TOKEN)
    need(len(element.content) == 1 or element.content[0] or element.content[1] & 0x80, BAD_TOKEN)
    return int.from_bytes(element.content, "big")


def moment(element: Der) -> int:
    """GeneralizedTime, or UTCTime as certificates have it (RFC 5280 4.1.2.5), in whole seconds since 1970."""
    text = element.content.decode("latin-1")
    if element.tag == 0x17:
        text = ("19" if text[:2] >= "50" else "20") + text
    need(element.tag in (0x17, 0x18) and re.fullmatch(r"[0-9]{14}(\.[0-9]{1,9})?Z", text), BAD_TOKEN)
    fields = tuple(int(text[a:b]) for a, b in ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14)))
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
    response = take(only(content, 0x30), 0x30, 0x30)
    need(len(response) == 2 and positive(take(response[0], 2)[0]) <= 1, "时间戳机构没有签发时间戳。")
    info = take(response[1], 6, 0xA0)
    signed = take(only(info[1].content, 0x30), 2, 0x31, 0x30)
    inner = take(signed[2], 6, 0xA0)
    need((info[0].content, inner[0].content) == (SIGNED_DATA, TST_INFO) and len(info) == len(inner) == 2, BAD_TOKEN)
    tst_info = only(inner[1].content, 4).content
    fields = take(only(tst_info, 0x30), 2, 6, 0x30, 2, 0x18)
    need(positive(fields[0]) == 1 and fields[3].content, BAD_TOKEN)
    imprint = take(fields[2], 0x30, 4)
    algorithm = HASHES.get(take(imprint[0], 6)[0].content)
    need(algorithm and len(imprint) == 2, "时间戳所用的哈希算法不能核验。")
    need(len(signed) <= 6 and signed[-1].tag == 0x31, BAD_TOKEN)
    at, serial = moment(fields[4]), fields[3].content.hex()
    return Token(at, serial, str(algorithm), imprint[1].content, tst_info, signed[-1].parts())


def check_token_signature(token: Token, certificate: bytes) -> str:
    """The certificate's SHA-256, when it is one for timestamps, was valid then, and its key signed the token."""
    pem = re.search(b"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/= \t\r\n]+)-----END CERTIFICATE-----", certificate)
    certificate = unbase64(re.sub("[ \t\r\n]", "", pem.group(1).decode())) if pem else certificate
    body = take(take(only(certificate, 0x30), 0x30)[0], 0xA0, 2, 0x30, 0x30, 0x30, 0x30, 0x30)
    valid = take(body[4], 0, 0)
    need(moment(valid[0]) <= token.at <= moment(valid[1]), "时间戳的时间不在证书的有效期之内。")
    extensions = [part for wrapped in body[7:] if wrapped.tag == 0xA3 for part in only(wrapped.content, 0x30).parts()]
    purposes = [take(each, 6)[-1].content for each in extensions if take(each, 6)[0].content == bytes.fromhex("551d25")]
    for_time = [use.content for each in purposes for use in only(each, 0x30).parts()] == [TIMESTAMPING]
    need(for_time, "所给证书不是专用于时间戳的证书。")
    need(len(token.signers) == 1, "时间戳的签名者不止一个。")
    signer = take(token.signers[0], 2, 0, 0x30, 0xA0, 0x30, 4)
    attributes = [take(each, 6, 0x31) for each in signer[3].parts()]
    values = {each[0].content: take(each[1], 0) for each in attributes}
    hash_oid = take(signer[2], 6)[0].content
    hash_name = HASHES.get(hash_oid)
    need(hash_name and len(values) == len(attributes), "时间戳的签名算法不能核验。")
    type_of, digest_of = values.get(CONTENT_TYPE, []), values.get(MESSAGE_DIGEST, [])
    need([(each.tag, each.content) for each in type_of] == [(6, TST_INFO)], "时间戳的签名无效。")
    need(
        [(each.tag, each.content) for each in digest_of] == [(4, digest(str(hash_name), token.info))],
        "时间戳的签名无效。",
    )
    message, signature = b"\x31" + signer[3].whole[1:], signer[5].content
    need(key_accepts(body[6], hash_oid, message, signature), "时间戳的签名无效。")
    return hashlib.sha256(certificate).hexdigest()


def key_accepts(spki: Der, hash_oid: bytes, message: bytes, signature: bytes) -> bool:
    algorithm, bits = take(spki, 0x30, 3)[:2]
    kind, hashed = take(algorithm, 6), digest(HASHES[hash_oid], message)
    need(bits.content[:1] == b"\x00", BAD_TOKEN)
    if kind[0].content == RSA:
        n, e = take(only(bits.content[1:], 0x30), 2, 2)[:2]
        return rsa_accepts(positive(n), positive(e), signature, hash_oid, hashed)
    curves = {(EC, ON_P256): P256, (EC, ON_SM2): SM2}
    curve = curves.get((kind[0].content, kind[-1].content))
    need(curve and bits.content[1:2] == b"\x04", "时间戳证书的密钥种类不能核验。")
    pair = [positive(each) for each in take(only(signature, 0x30), 2, 2)]
    if len(pair) != 2 or max(pair) >> 256:
        return False
    if curve is P256:
        return ecdsa_accepts(bits.content[2:], pair[0], pair[1], hashed)
    raw = b"".join(each.to_bytes(32, "big") for each in pair)
    return HASHES[hash_oid] == "sm3" and sm2_accepts(bits.content[2:], raw, message)


# ---- the procedure --------------------------------------------------------------------------------------------------


def verify(
    file: BinaryIO,
    policy: bytes,
    policy_sm: bytes | None = None,
    tsa_cert: bytes | None = None,
    *,
    now: int,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """``{"ok", "step", "message", "facts", "warnings"}``. ``now``: seconds since 1970. Never raises for what it reads."""
    at_step = ["policy"]
    try:
        facts, warnings = _verify(file, policy, policy_sm, tsa_cert, now, progress, at_step.append)
    except Exception as problem:
        step, message = at_step[-1], str(problem) if isinstance(problem, Refused) else "格式有误，无法读取。"
        message = ("国密证明：" if step == "sm" else "") + message
        return {"ok": False, "step": step, "message": message, "facts": {}, "warnings": []}
    return {"ok": True, "step": "done", "message": "核验通过。", "facts": facts, "warnings": warnings}


def _verify(
    file: BinaryIO,
    policy: bytes,
    policy_sm: bytes | None,
    tsa_cert: bytes | None,
    now: int,
    progress: Callable[[int, int], None],
    step: Callable[[str], None],
) -> tuple[dict[str, Any], list[str]]:
    warnings: list[str] = []
    trusted, trusted_sm = Policy(policy), Policy(policy_sm) if policy_sm is not None else None

    step("zip")
    members = open_zip(file)

    step("sizes")
    need(
        all(name in members for name in ("manifest.json", "salt", "proof.tlog-proof")),
        "存证包缺少材料说明、盐值或者证明。",
    )
    need(
        all(size <= NAMES[name] for name, (_, size) in members.items()) and members["salt"][1] == 32,
        "存证包的成员大小不合规。",
    )

    def member(name: str) -> bytes:
        file.seek(members[name][0])
        return file.read(members[name][1])

    step("manifest")
    raw = member("manifest.json")
    manifest = parse_manifest(raw)
    if manifest["kind"] == 1 and len(manifest.get("collected", {}).get("by", [])) < 2:
        warnings.append("采集人不足二人。")

    step("original")
    need(("original" in members) == ("size" in manifest), "材料说明与包内有无原件不符。")
    if "original" in members:
        start, size = members["original"]
        need(size == manifest["size"], "原件的大小与材料说明不一致。")
        sha256, sm3, done = hashlib.sha256(), hasher("sm3"), 0
        file.seek(start)
        while done < size:
            chunk = file.read(min(1 << 20, size - done))
            need(chunk, "原件不完整。")
            sha256.update(chunk)
            sm3.update(chunk)
            done += len(chunk)
            progress(done, size)
        same = (sha256.hexdigest(), sm3.digest().hex()) == (manifest["sha256"], manifest["sm3"])
        need(same, "原件与材料说明的哈希不一致，原件已被改动。")

    step("commitment")
    purpose = b"evlog/v1 commitment\n" + member("salt")
    commitments = b"".join(digest(suite, purpose + digest(suite, raw)) for suite in ("sha256", "sm3"))
    leaf = b"EVL1" + bytes([manifest["kind"]]) + bytes(7) + commitments

    step("inclusion")
    proof = parse_proof(member("proof.tlog-proof"))
    log = judge("sha256", leaf, proof, trusted, now, step)
    if log["quorum_at"] is None:
        warnings.append("所用策略不要求见证，时间没有得到证明。")
    times = [witness["at"] for witness in log["witnesses"]]
    if times and max(times) - min(times) > 300:
        warnings.append("见证方之间的时间相差超过 5 分钟。")

    step("token")
    token_facts = None
    if "checkpoint.tsr" in members:
        token = parse_token(member("checkpoint.tsr"))
        need(token.imprint == digest(token.imprint_of, proof.note), "时间戳不是为包内的检查点签发的。")
        if tsa_cert is None:
            warnings.append(
                "时间戳签名未验证，其时间不作为已证明的时间；请给出时间戳机构的签名证书，或者用 openssl ts -verify 核验。"
            )
        else:
            certificate = check_token_signature(token, tsa_cert)
            need(token.at <= now + 600, "时间戳的时间晚于核验时刻。")
            token_facts = {"at": token.at, "serial": token.serial, "certificate": certificate}
            if times and token.at < max(times) - 300:
                warnings.append("时间戳的时间早于见证时间 5 分钟以上。")

    step("sm")
    log_sm = None
    if "proof-sm.tlog-proof" in members and trusted_sm:
        proof_sm = parse_proof(member("proof-sm.tlog-proof"))
        need(proof_sm.place == proof.place, "序号与主证明不同。")
        log_sm = judge("sm3", leaf, proof_sm, trusted_sm, now, lambda _: None)
    elif "proof-sm.tlog-proof" in members:
        warnings.append("包内有国密证明，未给出国密策略，没有核验。")
    elif trusted_sm:
        warnings.append("给出了国密策略，包内没有国密证明。")
    if "anchor.json" in members:
        warnings.append("包内有链上锚定的记载，本程序不联网，没有核验。")
    original = {key: manifest[key] for key in ("size", "sha256", "sm3")} if "original" in members else None
    facts = {
        "kind": KINDS[manifest["kind"] - 1],
        "manifest": manifest,
        "manifest_sha256": hashlib.sha256(raw).hexdigest(),
        "original": original,
        "log": log,
        "token": token_facts,
        "sm": log_sm,
    }
    return facts, warnings


# ---- what people read -----------------------------------------------------------------------------------------------


def beijing(at: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at + 8 * 3600)) + "（北京时间）"


def fingerprint(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def report(name: str, verdict: dict[str, Any]) -> str:
    lines, passed = [f"存证包核验：{name}", ""], True
    for step, title in STEPS.items():
        if step == verdict["step"]:
            lines.append(f"  ✗ {verdict['message']}")
            passed = False
        elif verdict["ok"] and step in ("token", "sm") and not verdict["facts"][step]:
            lines.append(f"  — {title}：没有，或者没有核验")
        else:
            lines.append(f"  {'✓' if passed else '—'} {title}")
    lines += ["", f"结论：{'核验通过。' if verdict['ok'] else '核验不通过。任何内容都没有得到证明。'}", ""]
    if verdict["ok"]:
        lines += stated(verdict["facts"])
    if verdict["warnings"]:
        lines += ["提示", *(f"  · {each}" for each in verdict["warnings"]), ""]
    return "\n".join(lines)


def stated(facts: dict[str, Any]) -> list[str]:
    manifest, log, token, sm = (facts[key] for key in ("manifest", "log", "token", "sm"))
    collected = manifest.get("collected", {})
    lines = ["一、材料", f"  {facts['kind']}  {manifest.get('name', '（没有文件）')}  编号 {manifest['id']}"]
    if facts["original"]:
        original = facts["original"]
        lines += [f"  {original['size']} 字节", f"  SHA-256 {original['sha256']}", f"  SM3     {original['sm3']}"]
    lines += [f"  存于日志 {log['origin']} 第 {log['index']} 号（当时共 {log['size']} 条）", "", "二、时间，由谁证明"]
    for tree, title in ((log, ""), (sm, "国密 ")):
        for witness in tree["witnesses"] if tree else ():
            lines.append(f"  {title}{witness['name']}（{witness['key']}）于 {beijing(witness['at'])} 见证")
    if token:
        lines.append(f"  时间戳机构于 {beijing(token['at'])} 签发时间戳（证书 SHA-256 {token['certificate']}）")
    if log["quorum_at"] is not None:
        lines.append(f"  由此证明：至迟在 {beijing(log['quorum_at'])}，上述材料及其说明已在日志之内，此后未被改动。")
    lines += [
        f"  采集记录自称的时间：{collected.get('at', '没有记载')}（自述，未经证明）",
        "",
        "三、没有证明的事项",
        "  · 材料在存证之前是否真实、完整，来源是否合法；",
        "  · 材料说明中的人员、时间、地点、方式是否属实（只证明当时就是这样记载的）；",
        "  · 办案单位是否把应当存证的材料全部存证；",
        "  · 日志自己的时钟；见证方与时间戳机构的时钟是否准确，由其各自负责；",
        "  · 包内的 说明.txt、policy.txt、anchor.json：不在核验之内，以公告、手册为准。",
        "",
        "四、《人民法院在线诉讼规则》第十六条至第十九条核验表",
        f"  第十六条（存证后未经篡改）  技术核验一致；见证方：{'、'.join(each['name'] for each in log['witnesses']) or '无'}",
        "  第十七条（平台资质、利害关系、系统与过程的标准）  本程序不能核验，由法庭审查；见证方的独立性见上",
        f"  第十八条（存证之前的真实性）  采集人 {'、'.join(map(str, collected.get('by', []))) or '没有记载'}；"
        f"地点 {collected.get('place', '没有记载')}；方式 {collected.get('method', '没有记载')}；"
        f"持有人 {collected.get('holder', '没有记载')}；见证人 {collected.get('witness_person', '没有记载')}",
        "  第十九条（专家意见、鉴定）  任何人可用本程序或者自行编写的程序重做以上各步",
        "  （各条只列要旨，未核对原文。）",
        "",
        "五、信任策略的指纹（请与印发的指纹核对）",
        f"  {fingerprint(log['policy'])}",
        *([f"  国密：{fingerprint(sm['policy'])}"] if sm else []),
        "",
    ]
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description="存证包独立核验程序")
    parser.add_argument("bundle", type=Path, help="存证包（.evb）")
    parser.add_argument("--policy", type=Path, required=True, help="信任策略，须从存证包以外取得")
    parser.add_argument("--policy-sm", type=Path, help="国密信任策略")
    parser.add_argument("--tsa-cert", type=Path, help="时间戳机构的证书（PEM 或者 DER）")
    parser.add_argument("--now", type=int, default=int(time.time()), help="核验时刻，1970 年以来的秒数；缺省为现在")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    args = parser.parse_args()
    try:
        given = [path and path.read_bytes() for path in (args.policy, args.policy_sm, args.tsa_cert)]
        with args.bundle.open("rb") as file:
            verdict = verify(
                file, *given, now=args.now, progress=show if sys.stderr.isatty() else lambda done, total: None
            )
    except OSError as problem:
        print(f"文件无法读取：{problem}", file=sys.stderr)
        return 2
    text = json.dumps(verdict, ensure_ascii=False, indent=2) if args.json else report(args.bundle.name, verdict)
    if sys.stdout.isatty():
        print(text)
    else:  # a file gets UTF-8, whatever the machine's own encoding
        sys.stdout.buffer.write(text.encode() + b"\n")
    return 0 if verdict["ok"] else 2 if verdict["step"] == "policy" else 1


def show(done: int, total: int) -> None:
    if done == total or done % (64 << 20) == 0:
        print(
            f"\r计算原件的哈希 {100 * done // total}%", end="\n" if done == total else "", file=sys.stderr, flush=True
        )


if __name__ == "__main__":
    sys.exit(main())

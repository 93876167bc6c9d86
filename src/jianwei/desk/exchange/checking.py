"""A package that came is judged: in one order, each fault with its code and the item it is in.

Whose signature counts is decided here, not by the package: the policy is that of the named log as this installation keeps it
or as the register of outside organs has it. The stand-alone verifier judges every bundle.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from jianwei.desk.evidence.judging import judged
from jianwei.desk.evidence.trust import Trust
from jianwei.desk.exchange import codes, container
from jianwei.desk.exchange.codes import Finding, found
from jianwei.desk.exchange.container import Broken, Held
from jianwei.desk.exchange.manifest import MOST_BYTES, NAME, RECORD, Invalid, Item, Manifest, Organ
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.errors import SealError
from jianwei.seal.leaf import Kind, Leaf
from jianwei.seal.proof import LogProof
from jianwei.seal.suites import SHA256
from jianwei.seal.vault.hashing import Digests, TwoHashes
from jianwei.seal.verifier import verify

MOST_RECORD = MOST_BYTES + (1 << 20)
AHEAD = dt.timedelta(minutes=10)
"""By how much clocks may differ (chosen: that of the verifier, which allows as much between a witness and itself)."""
_NOT_SIGNED_OUTSIDE = "quorum"

Believed = Callable[[str, str], Trust | None]
"""The trust in the log of that origin, if it is the log of the organ of that code."""


@dataclass(frozen=True)
class Proof:
    """Where the sender's log has the record of the package."""

    origin: str
    index: int
    leaf: str
    """Its hash in the SHA-256 tree, hex."""
    proven_at: int | None
    """When outside parties had signed, in seconds since 1970."""
    policy: str
    """Fingerprint of the policy that was used."""


@dataclass(frozen=True)
class Judged:
    """``proof`` and ``manifest`` are there once the sender is proved; without them nothing of a package is believed."""

    findings: tuple[Finding, ...]
    manifest: Manifest | None = None
    sha256: str = ""
    proof: Proof | None = None
    members: dict[str, Held] = field(default_factory=dict)

    @property
    def bars(self) -> bool:
        return any(one.bars for one in self.findings)


def origin_of(file: BinaryIO, believed: Believed, now: dt.datetime) -> Judged:
    """Whether it is a package, and whose: the structure, the list, and the record in the sender's log."""
    try:
        members = container.members(file)
        if list(members)[:2] != [NAME, RECORD]:
            raise Broken("包内没有清单，或者没有包的存证记录。")
        content = container.small(file, members[NAME], MOST_BYTES)
        record = container.window(file, members[RECORD])
        container.small(file, members[RECORD], MOST_RECORD)
    except Broken as problem:
        return Judged((found(codes.STRUCTURE, str(problem)),))
    try:
        manifest = Manifest.parse(content)
    except Invalid as problem:
        return Judged((found(codes.LIST, str(problem)),))
    sha256 = hashlib.sha256(content).hexdigest()
    trust = believed(str(manifest.sender.origin), manifest.sender.code)
    if trust is None:
        says = f"本院没有“{manifest.sender.name}”（{manifest.sender.code}，日志 {manifest.sender.origin}）的信任策略。请向该单位取得并核对指纹后，由安全管理员登记。"
        return Judged((found(codes.UNTRUSTED, says),))
    verdict = judged(record, trust, now)
    unwitnessed = verdict["step"] == _NOT_SIGNED_OUTSIDE
    if not verdict["ok"] and not unwitnessed:
        return Judged((found(codes.UNPROVED, f"包的存证记录：{verdict['message']}"),))
    said = record_of(record)
    stated = {"kind": int(Kind.EXCHANGE), "id": manifest.id, "sha256": sha256, "size": len(content)}
    if any(said.get(key) != value for key, value in stated.items()):
        return Judged((found(codes.UNPROVED, "包的存证记录不是这份清单的。"),))
    place = placed(record)
    if place.origin != manifest.sender.origin:
        return Judged((found(codes.UNPROVED, f"包的存证记录在另一个日志（{place.origin}）里。"),))
    log = verdict["facts"].get("log") or {}
    proof = Proof(place.origin, place.index, place.leaf, log.get("quorum_at"), trust.fingerprint)
    notes = (found(codes.UNWITNESSED, "只有移送单位自己的签名，何时制作没有得到外部证明。"),) if unwitnessed else ()
    return Judged(notes, manifest, sha256, proof, members)


def contents(file: BinaryIO, one: Judged, believed: Believed, now: dt.datetime) -> tuple[Finding, ...]:
    """Everything found in a package whose sender is proved: its time, its items one by one."""
    if one.manifest is None or one.proof is None:
        return one.findings
    return (*one.findings, *_clock(one.manifest, one.proof, now), *_items(file, one, believed, now))


def addressed(manifest: Manifest, office: str) -> tuple[Finding, ...]:
    """Nothing, where the package is for the office of that code."""
    to = manifest.recipient
    return (found(codes.NOT_OURS, f"清单写明的接收单位是{to.name}（{to.code}）。"),) if to.code != office else ()


def _clock(manifest: Manifest, proof: Proof, now: dt.datetime) -> Iterator[Finding]:
    made_at = f"{manifest.made_at:%Y-%m-%d %H:%M:%S}"
    if manifest.made_at > now + AHEAD:
        yield found(codes.CLOCK, f"清单的制作时间 {made_at} 晚于现在。请核对双方的时钟。")
    if proof.proven_at is not None and manifest.made_at.timestamp() > proof.proven_at + AHEAD.total_seconds():
        yield found(codes.CLOCK, f"清单的制作时间 {made_at} 晚于外部见证方签名的时间：发送方的时钟有误。")


def _items(file: BinaryIO, one: Judged, believed: Believed, now: dt.datetime) -> Iterator[Finding]:
    assert one.manifest
    names, listed = list(one.members)[2:], [item.path for item in one.manifest.items]
    there, wanted = set(names), set(listed)
    yield from (found(codes.MEMBERS, "清单上有，包里没有。", path) for path in listed if path not in there)
    yield from (found(codes.MEMBERS, "包里有，清单上没有。", name[:200]) for name in names if name not in wanted)
    if there == wanted and names != listed:
        yield found(codes.MEMBERS, "包内的次序与清单不同。")
    for item in one.manifest.items:
        if item.path in there:
            yield from _item(file, item, one.members[item.path], one.manifest.sender, believed, now)


def _item(
    file: BinaryIO, item: Item, held: Held, sender: Organ, believed: Believed, now: dt.datetime
) -> Iterator[Finding]:
    try:
        digests = _digests(file, held)
    except Broken as problem:
        yield found(codes.ALTERED, str(problem), item.path)
        return
    if item.sort != "evidence":
        if digests != Digests(item.size, item.sha256, item.sm3):
            yield found(codes.ALTERED, f"“{item.title}”的大小或者摘要与清单不一致。", item.path)
        return
    bundle = container.window(file, held)
    origin = _origin(bundle)  # an office that began a new log keeps proving what lies in the older one
    verdict = judged(bundle, believed(origin, sender.code), now)
    if not verdict["ok"] and verdict["step"] != _NOT_SIGNED_OUTSIDE:
        yield found(codes.EVIDENCE, f"“{item.title}”：{verdict['message']}", item.path)
        return
    said = record_of(bundle)
    stated = {"id": item.evidence, "size": item.size, "sha256": item.sha256, "sm3": item.sm3}
    if any(said.get(key) != value for key, value in stated.items()):
        yield found(codes.EVIDENCE, f"“{item.title}”的存证包不是清单所列的那一份。", item.path)
    elif not verdict["ok"]:
        yield found(codes.UNWITNESSED, f"“{item.title}”只有移送单位自己的签名。", item.path)


def _origin(bundle: BinaryIO) -> str:
    """The log that a bundle names; "" where it names none, which no organ has."""
    try:
        return Checkpoint.parse(LogProof.parse(member(bundle, "proof.tlog-proof")).checkpoint.text).origin
    except (verify.Refused, SealError, KeyError, ValueError):
        return ""


def _digests(file: BinaryIO, held: Held) -> Digests:
    with TwoHashes() as hashes:
        for piece in container.pieces(file, held):
            hashes.update(piece)
        return hashes.finish()


@dataclass(frozen=True)
class Place:
    origin: str
    index: int
    leaf: str


def record_of(bundle: BinaryIO) -> dict[str, Any]:
    """The record in a bundle that the verifier has read to its signatures."""
    found: dict[str, Any] = json.loads(member(bundle, "manifest.json"))
    return found


def placed(bundle: BinaryIO) -> Place:
    """Which log has the record of such a bundle, where, and the hash of its leaf."""
    proof, raw = LogProof.parse(member(bundle, "proof.tlog-proof")), member(bundle, "manifest.json")
    leaf = Leaf.of(Kind(json.loads(raw)["kind"]), member(bundle, "salt"), raw)
    return Place(Checkpoint.parse(proof.checkpoint.text).origin, proof.index, SHA256.leaf(leaf.encode()).hex())


def member(bundle: BinaryIO, name: str) -> bytes:
    """A small member of a bundle."""
    offset, size = verify.open_zip(bundle)[name]
    bundle.seek(offset)
    return bundle.read(size)

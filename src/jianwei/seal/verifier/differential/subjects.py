"""Sound bundles to begin with: an office, its witnesses, a small log in two suites, and what it says of its records."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from jianwei.seal import bundle, merkle, sm2
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.leaf import Leaf
from jianwei.seal.note import Note, NoteSigner, PrivateKey
from jianwei.seal.proof import LogProof
from jianwei.seal.suites import SHA256, SM3, Suite
from jianwei.seal.verifier.differential import tokens

NOW = 1_790_003_600
SEEN_AT = 1_790_000_000
STAMPED_AT = SEEN_AT + 120
VALID = (SEEN_AT - 86_400, NOW + 86_400)
WITNESSES = ("police", "court", "upper")
QUORUMS = (
    "group outside all police court\nquorum outside\n",
    "group any2 2 police court upper\nquorum any2\n",
    "quorum court\n",
    "group either any police court\ngroup both all either upper\nquorum both\n",
)


@dataclass(frozen=True)
class Case:
    """A bundle, and what a verifier is given with it from outside."""

    bundle: bytes
    policy: bytes
    policy_sm: bytes | None = None
    tsa_cert: bytes | None = None
    now: int = NOW


@dataclass(frozen=True)
class Subject:
    """The members of a sound bundle by their names in their order, and what goes with it."""

    members: dict[str, bytes]
    policy: bytes
    policy_sm: bytes | None = None
    tsa_cert: bytes | None = None

    def case(self, changed: dict[str, bytes | None] | None = None) -> Case:
        """With these members changed, added, or (None) left out, in a container that is as it must be."""
        members = self.members | (changed or {})
        order = [*ORDER, *(name for name in members if name not in ORDER)]
        return self.contained((name, content) for name in order if (content := members.get(name)) is not None)

    def contained(self, members: Iterable[tuple[str, bytes]]) -> Case:
        out = io.BytesIO()
        bundle.pack(out, [(name, len(content), (content,)) for name, content in members])
        return self.of(out.getvalue())

    def of(self, content: bytes) -> Case:
        return Case(content, self.policy, self.policy_sm, self.tsa_cert)


ORDER = (
    "original",
    "manifest.json",
    "salt",
    "proof.tlog-proof",
    "proof-sm.tlog-proof",
    "checkpoint.tsr",
    "anchor.json",
    "policy.txt",
    "说明.txt",
)


class Side:
    """One suite of an office: its log's key, its witnesses' keys, and how they sign."""

    def __init__(self, suite: Suite, origin: str, salt: bytes) -> None:
        self.suite = suite
        self.origin = origin

        def key(name: str) -> bytes | PrivateKey:
            seed = hashlib.sha256(salt + name.encode()).digest()
            return seed if suite is SHA256 else sm2.PrivateKey(b"\x00" + seed[1:])

        self.keys = {name: key(name) for name in ("log", *WITNESSES)}
        self.log = NoteSigner(origin, self.keys["log"])
        self.witnesses = {name: WitnessSigner(f"{name}.example/w1", self.keys[name]) for name in WITNESSES}

    def policy(self, quorum: str) -> bytes:
        lines = [f"# 信任策略\nlog {self.log.verifier.vkey}\n"]
        lines += [f"witness {name} {signer.verifier.vkey}\n" for name, signer in self.witnesses.items()]
        return "".join([*lines, quorum]).encode()

    def proof(self, leaves: list[bytes], index: int, times: dict[str, int]) -> LogProof:
        """Of entry ``index``, under a checkpoint that these witnesses saw at these times."""
        hashes = b"".join(self.suite.leaf(leaf) for leaf in leaves)

        def node(height: int, place: int) -> bytes:
            return self.suite.parents(hashes[32 * (place << height) : 32 * ((place + 1) << height)], height)

        size = len(leaves)
        note = Checkpoint(self.origin, size, merkle.root(self.suite, node, size)).signed(self.log)
        return LogProof(index, tuple(merkle.inclusion_proof(self.suite, node, index, size)), self.cosigned(note, times))

    def cosigned(self, note: Note, times: dict[str, int]) -> Note:
        return note.with_signature(*(self.witnesses[name].cosign(note.text, at) for name, at in times.items()))


@dataclass(frozen=True)
class Office:
    """What the subjects are made of: also what an attacker may have got hold of."""

    side: Side
    side_sm: Side
    authorities: list[tokens.Authority]
    leaves: list[bytes]

    @classmethod
    def founded(cls, name: str = "110105") -> Office:
        origin, salt = f"jcy.example/evlog/{name}", name.encode()
        secret = b"\x00" + hashlib.sha256(salt).digest()[1:]
        return cls(
            Side(SHA256, origin, salt),
            Side(SM3, origin + "/sm", salt + b"sm"),
            [tokens.rsa_authority(VALID), tokens.p256_authority(VALID), tokens.sm2_authority(VALID, secret)],
            [],
        )

    def add(self, content: dict[str, Any], salt: bytes) -> int:
        """Fix a record; its index."""
        self.leaves.append(Leaf.of(content["kind"], salt, encoded(content)).encode())
        return len(self.leaves) - 1


def encoded(content: object) -> bytes:
    """The one form of a manifest."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def manifest(number: int, original: bytes | None, kind: int) -> dict[str, Any]:
    identifier = f"01J{number:023d}"
    told: dict[str, Any] = {
        "v": 1,
        "kind": kind,
        "id": identifier,
        "office": "110105",
        "case_ref": f"甲检〔2026〕{number}号",
    }
    if original is not None:
        told |= {
            "name": f"讯问录像{number}.mp4",
            "media_type": "video/mp4",
            "category": "视听资料",
            "size": len(original),
        }
        told |= {"sha256": SHA256.digest(original).hex(), "sm3": SM3.digest(original).hex()}
    told["collected"] = {
        "at": "2026-03-01T09:30:00+08:00",
        "place": "甲市看守所",
        "by": ["王某", "李某"][: 1 + number % 3],
    }
    return told


def subjects(office: Office) -> list[Subject]:
    """Eight records of one log, each with a bundle of another make."""
    contents = []
    for number in range(8):
        original = bytes(range(256)) * number if number % 4 != 3 else None
        told, salt = manifest(number, original, 1 if original is not None else 2), SHA256.digest(b"salt%d" % number)
        contents.append((office.add(told, salt), original, encoded(told), salt))
    for filler in range(13):
        office.add(manifest(100 + filler, None, 3), SHA256.digest(b"filler%d" % filler))
    return [_subject(office, number, *content) for number, content in enumerate(contents)]


def _subject(office: Office, number: int, index: int, original: bytes | None, told: bytes, salt: bytes) -> Subject:
    quorum = QUORUMS[number % len(QUORUMS)]
    times = {name: SEEN_AT + 10 * number + 7 * place for place, name in enumerate(WITNESSES)}
    leaves = office.leaves[: max(index + 1, len(office.leaves) - number)]
    proof = office.side.proof(leaves, index, times)
    members = {"original": original} if original is not None else {}
    members |= {"manifest.json": told, "salt": salt, "proof.tlog-proof": proof.encode()}
    authority = office.authorities[number % 3]
    if number % 2 == 0:
        members["proof-sm.tlog-proof"] = office.side_sm.proof(leaves, index, times).encode()
    if number != 7:
        members["checkpoint.tsr"] = authority.token(proof.checkpoint.encode(), STAMPED_AT, serial=number)
    if number % 3 == 0:
        members |= {"anchor.json": b"{}\n", "policy.txt": office.side.policy(quorum)}
    members["说明.txt"] = bundle.LEAFLET.encode()
    return Subject(
        members,
        office.side.policy(quorum),
        office.side_sm.policy(quorum) if "proof-sm.tlog-proof" in members and number % 4 != 2 else None,
        authority.certificate if "checkpoint.tsr" in members and number % 5 != 4 else None,
    )

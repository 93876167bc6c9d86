"""Three opinions of a case: verify.py, verify.html under node, and the modules of the log itself."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jianwei.seal import policy, proof
from jianwei.seal.errors import SealError
from jianwei.seal.leaf import Kind, Leaf
from jianwei.seal.suites import SHA256, SM3, Suite
from jianwei.seal.verifier import verify
from jianwei.seal.verifier.differential.subjects import Case

Verdict = dict[str, Any]

_HERE = Path(__file__).parent
_BEFORE_THE_LOG = {"zip", "sizes", "manifest", "original"}
"""Steps that the log's own modules have nothing to say to."""


class NodeMissing(SealError):
    def __init__(self) -> None:
        super().__init__("没有 node 命令，不能运行网页版的核验程序。")


def of_python(case: Case) -> Verdict:
    return verify.verify(io.BytesIO(case.bundle), case.policy, case.policy_sm, case.tsa_cert, now=case.now)


def remember_signatures() -> None:
    """Checking a signature again costs nothing: the same few are asked for in nearly every mutation."""
    for name in ("ed25519_key", "ed25519_accepts", "sm2_holds", "ecdsa_accepts"):
        answer = getattr(verify, name)
        if not hasattr(answer, "cache_info"):
            setattr(verify, name, cache(answer))


class Node:
    """The script of verify.html in a process of its own. Questions may be sent before answers are fetched."""

    def __init__(self) -> None:
        node = shutil.which("node")
        if node is None:
            raise NodeMissing
        command = [node, str(_HERE / "node.js"), str(_HERE.parent / "verify.html")]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Node:
        return self

    def __exit__(self, *problem: object) -> None:
        self._process.communicate()

    def send(self, questions: Iterable[dict[str, Any]]) -> None:
        assert self._process.stdin
        lines = [json.dumps({name: _plain(value) for name, value in each.items()}) + "\n" for each in questions]
        self._process.stdin.write("".join(lines).encode())
        self._process.stdin.flush()

    def fetch(self, count: int) -> list[dict[str, Any]]:
        """``{"answer": …}`` or ``{"refused": sentence}``, in the order of the questions."""
        assert self._process.stdout
        return [json.loads(self._process.stdout.readline()) for _ in range(count)]

    def ask(self, question: str, **given: Any) -> dict[str, Any]:
        self.send([{"ask": question, **given}])
        return self.fetch(1)[0]

    def send_cases(self, cases: Sequence[Case]) -> None:
        self.send({"ask": "verify", **vars(case)} for case in cases)


def _plain(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True)
class Own:
    """What the log's own modules say. ``None``: they were not asked that far."""

    readable: bool
    """The policies."""
    holds: bool | None

    def agrees(self, verdict: Verdict) -> bool:
        if not self.readable or verdict["step"] == "policy":
            return not self.readable and verdict["step"] == "policy"
        if self.holds is None or verdict["step"] == "token":
            return True
        return self.holds == bool(verdict["ok"])


def of_the_log(case: Case, verdict: Verdict) -> Own:
    """``verdict``: of another, which says whether there is a container and a manifest to speak of."""
    readable = _read(case.policy) is not None and (case.policy_sm is None or _read(case.policy_sm) is not None)
    if not readable or verdict["step"] in _BEFORE_THE_LOG | {"policy"}:
        return Own(readable, None)
    with zipfile.ZipFile(io.BytesIO(case.bundle)) as container:
        members = {each.filename: _stored(case.bundle, each) for each in container.infolist()}
    return Own(True, _holds(case, members))


def _stored(content: bytes, member: zipfile.ZipInfo) -> bytes:
    """As it lies there, whatever its CRC: what a bundle says rests on other hashes."""
    name, extra = struct.unpack("<HH", content[member.header_offset + 26 : member.header_offset + 30])
    start = member.header_offset + 30 + name + extra
    return content[start : start + member.file_size]


@cache
def _read(content: bytes) -> policy.Policy | None:
    try:
        content.decode()  # other bytes are opaque to the log; a policy for people is text
        return policy.parse(content)
    except (SealError, UnicodeDecodeError):
        return None


def _holds(case: Case, members: dict[str, bytes]) -> bool:
    told = members["manifest.json"]
    sides: list[tuple[Suite, bytes, policy.Policy | None]] = [(SHA256, members["proof.tlog-proof"], _read(case.policy))]
    if case.policy_sm is not None:  # given, it asks for a proof
        if "proof-sm.tlog-proof" not in members:
            return False
        sides.append((SM3, members["proof-sm.tlog-proof"], _read(case.policy_sm)))
    places, origins = set(), []
    try:
        leaf = Leaf.of(Kind(json.loads(told)["kind"]), members["salt"], told).encode()
        for suite, content, rules in sides:
            assert rules
            shown = proof.LogProof.parse(content)
            seen = proof.check(shown, suite, suite.leaf(leaf), rules)
            places.add(shown.index)
            origins.append(shown.checkpoint.text.partition("\n")[0])
            if any(at > case.now + 600 for at in seen.witnessed_at.values()):
                return False
    except SealError:
        return False
    return len(places) == 1 and origins[1:] in ([], [origins[0] + "/sm"])


def imprint(case: Case) -> str:
    """A name for a case that is kept."""
    return hashlib.sha256(repr(case).encode()).hexdigest()[:16]

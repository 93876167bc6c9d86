"""What a witness answers (c2sp.org/tlog-witness): the whole of its duty is in ``Witness.add_checkpoint``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from jianwei.seal import merkle, note
from jianwei.seal.errors import SealError
from jianwei.seal.merkle import ProofInvalid
from jianwei.seal.suites import Suite
from jianwei.seal.witness.logs import KnownLog
from jianwei.seal.witness.memory import Head, Memory, Refused
from jianwei.seal.witness.submission import Submission

TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"
CLOCK_TOLERANCE_SECONDS = 600
"""Chosen: as far as a clock that is set right may step back; the verifier grants as much."""


class Cosigner(Protocol):
    @property
    def verifier(self) -> note.Verifier: ...
    def cosign(self, text: str, at: int) -> note.Signature: ...


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    told: str
    """One sentence on what happened, for whoever watches the witness."""
    content_type: str = TEXT


@dataclass(frozen=True)
class Witness:
    memory: Memory
    logs: Mapping[str, KnownLog]
    """By their origin."""
    signers: Mapping[str, Sequence[Cosigner]]
    """By the name of the log's hash function; all of them sign."""

    def add_checkpoint(self, body: bytes, now: int) -> Answer:
        """Sign the checkpoint in ``body`` if its log has only grown; ``now`` is the witness's clock, in seconds."""
        try:
            asked = Submission.parse(body)
        except note.NoteInvalid as problem:
            return _refusal(403, "请求", problem)  # a signature that cannot be read is one that does not verify
        except SealError as problem:
            return _refusal(400, "请求", problem)
        checkpoint = asked.checkpoint
        log = self.logs.get(checkpoint.origin)
        if log is None:
            return _refusal(404, checkpoint.origin, "不在本见证方的日志名单内")
        try:
            note.check(asked.note, log.keys)
        except note.NoteInvalid as problem:
            return _refusal(403, log.origin, problem)
        if asked.old > checkpoint.size:
            return _refusal(400, log.origin, "原条数大于检查点的条数")
        head = self.memory.head(log.origin)
        if head and head.size == checkpoint.size and head.root != checkpoint.root:
            self._keep(asked, head, now)
        if asked.old != (head.size if head else 0):
            return _conflict(log.origin, head)
        try:
            _check_growth(log.suite, asked, head)
        except ProofInvalid as problem:
            if head and asked.old:
                self._keep(asked, head, now)
            return _refusal(422, log.origin, problem)
        if head and head.at > now + CLOCK_TOLERANCE_SECONDS:
            return _refusal(
                503, log.origin, "见证方时钟早于上一次见证的时间，须先校准；此前时钟超前的，校准后运行 --accept-clock"
            )
        return self._sign(log, asked, head, max(now, head.at) if head else now)

    def checkpoint(self, origin_hash: str) -> Answer:
        """The newest checkpoint signed of the log whose origin has this SHA-256, in lower-case hex."""
        for origin in self.logs:
            if hashlib.sha256(origin.encode()).hexdigest() == origin_hash and (head := self.memory.head(origin)):
                return Answer(200, head.note, f"{origin}：出示第 {head.size} 条的检查点")
        return _refusal(404, origin_hash[:8], "没有见证过这一日志")

    def _sign(self, log: KnownLog, asked: Submission, head: Head | None, at: int) -> Answer:
        lines = [signer.cosign(asked.note.text, at) for signer in self.signers[log.suite.name]]
        known = {(key.name, key.key_id) for key in log.keys}
        of_log = tuple(line for line in asked.note.signatures if (line.name, line.key_id) in known)
        kept = note.Note(asked.note.text, (*of_log, *lines)).encode()
        checkpoint = asked.checkpoint
        if not self.memory.advance(log.origin, head, Head(checkpoint.size, checkpoint.root, kept, at)):
            return _conflict(log.origin, self.memory.head(log.origin))
        told = f"{log.origin}：由 {asked.old} 条到 {checkpoint.size} 条，已见证"
        return Answer(200, "".join(line.line() for line in lines).encode(), told)

    def _keep(self, asked: Submission, head: Head, now: int) -> None:
        checkpoint = asked.checkpoint
        refused = Refused(checkpoint.origin, asked.note.encode(), head.note, now)
        self.memory.keep(refused, checkpoint.size, checkpoint.root, limited=checkpoint.size != head.size)


def _check_growth(suite: Suite, asked: Submission, head: Head | None) -> None:
    checkpoint = asked.checkpoint
    if checkpoint.size == 0 and checkpoint.root != suite.digest(b""):
        raise ProofInvalid("空日志的根有误。")
    if head is None or head.size == 0:
        if asked.proof:
            raise ProofInvalid("自空日志起不须一致性证明。")
        return
    merkle.check_consistency(suite, head.size, checkpoint.size, asked.proof, head.root, checkpoint.root)


def _conflict(origin: str, head: Head | None) -> Answer:
    size = head.size if head else 0
    return Answer(409, f"{size}\n".encode(), f"{origin}：上次见证到 {size} 条，与请求的起点不符", SIZE)


def _refusal(status: int, about: str, problem: object) -> Answer:
    sentence = f"{about}：{str(problem).rstrip('。')}"
    return Answer(status, f"{sentence}\n".encode(), f"{sentence}，拒绝见证（{status}）")

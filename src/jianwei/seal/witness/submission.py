"""What is sent to a witness (c2sp.org/tlog-witness, add-checkpoint): the size it saw last, a proof from there, a checkpoint."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Self

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint, decode_number
from jianwei.seal.errors import SealError
from jianwei.seal.suites import HASH_SIZE

LIMIT = 100 * 1024
"""Bytes of a request, and of an answer. Chosen: a policy's signatures in two algorithms fit well."""
_PROOF_LIMIT = 63
_OLD = "old "


class SubmissionInvalid(SealError):
    """Bytes that are no request to a witness."""


@dataclass(frozen=True)
class Submission:
    old: int
    """The size the witness is thought to have signed last; 0 when none."""
    proof: tuple[bytes, ...]
    note: note.Note
    """The checkpoint as the log signed it."""

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint.parse(self.note.text)

    def encode(self) -> bytes:
        lines = [f"{_OLD}{self.old}", *(base64.b64encode(each).decode() for each in self.proof)]
        return ("\n".join(lines) + "\n\n").encode() + self.note.encode()

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read a request. Raise ``NoteInvalid`` when only what is signed is ill-formed, else another ``SealError``."""
        if len(body) > LIMIT:
            raise SubmissionInvalid("见证请求过大。")
        head, gap, signed = body.partition(b"\n\n")
        try:
            first, *proof = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise SubmissionInvalid("见证请求含有非法字符。") from None
        if not gap or not first.startswith(_OLD):
            raise SubmissionInvalid("不是见证请求。")
        if len(proof) > _PROOF_LIMIT:
            raise SubmissionInvalid("一致性证明过长。")
        old, hashes = decode_number(first.removeprefix(_OLD)), tuple(_decode_hash(line) for line in proof)
        asked = cls(old, hashes, note.parse(signed))
        Checkpoint.parse(asked.note.text)
        return asked


def _decode_hash(line: str) -> bytes:
    try:
        content = note.decode_base64(line)
    except note.NoteInvalid as problem:
        raise SubmissionInvalid(f"一致性证明：{problem}") from None
    if len(content) != HASH_SIZE:
        raise SubmissionInvalid("一致性证明中有长度不是 32 字节的哈希。")
    return content

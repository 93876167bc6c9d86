"""Proofs on paper (c2sp.org/tlog-proof): an entry's place, the way to the root, and the checkpoint, in one text file."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Self

from jianwei.seal import merkle, note
from jianwei.seal.checkpoint import decode_number
from jianwei.seal.errors import SealError
from jianwei.seal.policy import Policy, Seen
from jianwei.seal.suites import HASH_SIZE, Suite

_HEADER = "c2sp.org/tlog-proof@v1"
_HASH_LIMIT = 63


class ProofUnreadable(SealError):
    """A file that is no proof."""


@dataclass(frozen=True)
class LogProof:
    index: int
    path: tuple[bytes, ...]
    checkpoint: note.Note
    extra: bytes | None = None
    """Of the application's; nothing vouches for it."""

    def encode(self) -> bytes:
        lines = [_HEADER]
        if self.extra is not None:
            lines.append(f"extra {base64.b64encode(self.extra).decode()}")
        lines.append(f"index {self.index}")
        lines += [base64.b64encode(each).decode() for each in self.path]
        return ("\n".join(lines) + "\n\n").encode() + self.checkpoint.encode()

    @classmethod
    def parse(cls, content: bytes) -> Self:
        head, gap, checkpoint = content.partition(b"\n\n")
        try:
            lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            lines = []
        if not gap or lines[:1] != [_HEADER]:
            raise ProofUnreadable("不是存证证明文件。")
        lines = lines[1:]
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = note.decode_base64(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise ProofUnreadable("存证证明缺少序号。")
        index = decode_number(lines.pop(0).removeprefix("index "))
        if len(lines) > _HASH_LIMIT:
            raise ProofUnreadable("存证证明过长。")
        path = tuple(note.decode_base64(line) for line in lines)
        if any(len(each) != HASH_SIZE for each in path):
            raise ProofUnreadable("存证证明中有长度不是 32 字节的哈希。")
        return cls(index, path, note.parse(checkpoint), extra)


def check(proof: LogProof, suite: Suite, leaf_hash: bytes, policy: Policy) -> Seen:
    """Under ``policy`` the leaf is in the log at the proof's index; who saw it and when. Raise ``SealError`` if not.

    ``suite``: of the tree, by which the log's own key must be one for such trees too.
    """
    seen = policy.judge(proof.checkpoint, suite)
    checkpoint = seen.checkpoint
    merkle.check_inclusion(suite, leaf_hash, proof.index, checkpoint.size, proof.path, checkpoint.root)
    return seen

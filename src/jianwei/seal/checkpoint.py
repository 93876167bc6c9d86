"""Checkpoints (c2sp.org/tlog-checkpoint): whose log, how many entries, and the root over them.

Lines after the third, which the format allows, are refused: nobody can check what they say.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Self

from jianwei.seal import note
from jianwei.seal.errors import SealError
from jianwei.seal.merkle import SIZE_LIMIT
from jianwei.seal.suites import HASH_SIZE

_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


class CheckpointInvalid(SealError):
    """A text that is no checkpoint, or not the one of this log."""


def decode_number(text: str) -> int:
    """A decimal number below 2**63 without leading zeros."""
    if not _NUMBER.fullmatch(text) or int(text) >= SIZE_LIMIT:
        raise CheckpointInvalid("数字格式有误或者过大。")
    return int(text)


@dataclass(frozen=True)
class Checkpoint:
    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        lines = text.split("\n")
        if len(lines) != 4 or lines[3] or not lines[0]:
            raise CheckpointInvalid("检查点应当恰有三行。")
        root = note.decode_base64(lines[2])
        if len(root) != HASH_SIZE:
            raise CheckpointInvalid("检查点的根不是 32 字节。")
        return cls(lines[0], decode_number(lines[1]), root)

    def signed(self, *signers: note.Signer) -> note.Note:
        return note.signed(self.text(), signers)


def opened(content: bytes, *verifiers: note.Verifier) -> Checkpoint:
    """The checkpoint of the log one of whose keys signed it: none signed falsely and its origin is the keys' name."""
    whole = note.parse(content)
    signed = note.check(whole, verifiers)
    checkpoint = Checkpoint.parse(whole.text)
    for verifier, _ in signed:
        if checkpoint.origin != verifier.name:
            raise CheckpointInvalid(f"检查点属于“{checkpoint.origin}”，不是签名的日志“{verifier.name}”。")
    return checkpoint

"""What is kept of one anchoring (``anchor.json`` in a bundle): where on which chain a head of a log was written."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Self

from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.errors import SealError

SIZE_LIMIT = 4096
_HASH = re.compile(r"0x[0-9a-f]{64}")
_FIELDS = {"v": int, "chain_id": int, "contract": str, "transaction": str, "block": int, "at": int, "size": int}


class AnchorInvalid(SealError):
    """What does not show that a head was written into the chain."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"锚定不成立：{problem}。")


def origin_hash(origin: str) -> bytes:
    """The name of a log on a chain: SHA-256 of its origin line."""
    return hashlib.sha256(origin.encode()).digest()


@dataclass(frozen=True)
class Anchor:
    """Only a pointer: what it says counts once ``Chain.check`` has read the chain."""

    chain_id: int
    contract: str
    """Its address, with the checksum of EIP-55."""
    transaction: str
    """Its hash, ``0x`` and 64 digits."""
    block: int
    at: int
    """The block's time, in seconds since 1970."""
    size: int
    """Of the head that was written."""

    def encode(self) -> bytes:
        return json.dumps({"v": 1, **asdict(self)}).encode()

    @classmethod
    def parse(cls, content: bytes) -> Self:
        try:
            raw = json.loads(content) if len(content) <= SIZE_LIMIT else None
        except ValueError:
            raw = None
        if not isinstance(raw, dict) or {key: type(each) for key, each in raw.items()} != _FIELDS:
            raise AnchorInvalid("锚定记录无法读取")
        if raw.pop("v") != 1 or not _HASH.fullmatch(raw["transaction"]):
            raise AnchorInvalid("锚定记录的版本或者交易编号有误")
        return cls(**raw)


@dataclass(frozen=True)
class Head:
    """What the contract holds for a log, or an event says: the greatest size and its root."""

    size: int
    root: bytes

    def of(self, checkpoint: Checkpoint) -> bool:
        return (self.size, self.root) == (checkpoint.size, checkpoint.root)

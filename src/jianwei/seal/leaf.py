"""One entry of the log: 76 bytes that say nothing to whoever lacks the salt.

``"EVL1"``, the kind, seven zero bytes, a commitment by SHA-256 and one by SM3. The length never changes: entry ``i``
lies at byte ``76 * i`` and no parser is needed. Neither time nor name is in it, so entries cannot be put together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from jianwei.seal.errors import SealError
from jianwei.seal.suites import HASH_SIZE, SHA256, SM3, Suite

LEAF_SIZE = 76
SALT_SIZE = 32
MANIFEST_LIMIT = 64 * 1024

_MAGIC = b"EVL1"
_ZEROS = bytes(7)
_PURPOSE = b"evlog/v1 commitment\n"


class LeafInvalid(SealError):
    """These bytes are no entry of the log."""


class Kind(IntEnum):
    """What an entry fixes."""

    MATERIAL = 1
    TRANSFER = 2
    RECEIPT = 3
    CORRECTION = 4
    DELETION = 5
    KEY_EVENT = 6
    AUDIT_ROOT = 7
    VERIFICATION = 8
    EXCHANGE = 9

    @property
    def title(self) -> str:
        return _TITLES[self]


_TITLES = {
    Kind.MATERIAL: "固证",
    Kind.TRANSFER: "移送",
    Kind.RECEIPT: "接收回执",
    Kind.CORRECTION: "更正",
    Kind.DELETION: "删除凭证",
    Kind.KEY_EVENT: "密钥变更",
    Kind.AUDIT_ROOT: "审计日志根",
    Kind.VERIFICATION: "验真",
    Kind.EXCHANGE: "交换包",
}


def commitment(suite: Suite, salt: bytes, manifest: bytes) -> bytes:
    """What binds to ``manifest`` (its bytes as stored) and, without the 32 bytes of ``salt``, tells nothing of it."""
    if len(salt) != SALT_SIZE:
        raise LeafInvalid("盐值必须为 32 字节。")
    if len(manifest) > MANIFEST_LIMIT:
        raise LeafInvalid("材料说明超过 64 KiB。")
    return suite.digest(_PURPOSE + salt + suite.digest(manifest))


@dataclass(frozen=True)
class Leaf:
    kind: Kind
    sha256: bytes
    sm3: bytes

    @classmethod
    def of(cls, kind: Kind, salt: bytes, manifest: bytes) -> Leaf:
        return cls(kind, commitment(SHA256, salt, manifest), commitment(SM3, salt, manifest))

    @classmethod
    def decode(cls, entry: bytes) -> Leaf:
        if len(entry) != LEAF_SIZE or entry[:4] != _MAGIC or entry[5:12] != _ZEROS:
            raise LeafInvalid("不是存证日志的记录。")
        if entry[4] not in Kind._value2member_map_:
            raise LeafInvalid(f"未知的存证记录种类 {entry[4]}。")
        return cls(Kind(entry[4]), entry[12:44], entry[44:])

    def encode(self) -> bytes:
        if len(self.sha256) != HASH_SIZE or len(self.sm3) != HASH_SIZE:
            raise LeafInvalid("承诺值必须为 32 字节。")
        return b"".join((_MAGIC, bytes((self.kind,)), _ZEROS, self.sha256, self.sm3))

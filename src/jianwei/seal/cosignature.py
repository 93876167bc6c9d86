"""Cosignatures (c2sp.org/tlog-cosignature): a witness says when it saw a checkpoint as the newest one.

By Ed25519 (kind 0x04); by SM2 over the same lines, under a name of our own; by ML-DSA-44 (kind 0x06), which signs a
structure instead of lines.
"""

from __future__ import annotations

from typing import ClassVar

from jianwei.seal import ed25519, ml_dsa, note, sm2
from jianwei.seal.checkpoint import Checkpoint, CheckpointInvalid
from jianwei.seal.note import NamedKey, NoteInvalid, Signature

TIME_LIMIT = 1 << 63
_TIME_SIZE = 8


class WitnessKey(NamedKey):
    KIND = 0x04
    ALGORITHM: ClassVar[type[note.PublicKey]] = ed25519.PublicKey

    def message(self, text: str, at: int) -> bytes:
        """What is signed for a checkpoint's text at a time."""
        return f"cosignature/v1\ntime {at}\n{text}".encode()

    def accepts(self, text: str, signature: bytes) -> bool:
        at = cosigned_at(signature)
        try:
            return at < TIME_LIMIT and self.key.accepts(signature[_TIME_SIZE:], self.message(text, at))
        except (CheckpointInvalid, NoteInvalid):
            return False


class Sm2WitnessKey(WitnessKey):
    KIND = 0xFF
    IDENTIFIER = b"sm2-sm3-cosignature/v1\0"
    ALGORITHM = sm2.PublicKey


class MlDsaWitnessKey(WitnessKey):
    KIND = 0x06
    ALGORITHM = ml_dsa.PublicKey

    def message(self, text: str, at: int) -> bytes:
        """The ``cosigned_message`` of a tree that begins at entry 0."""
        checkpoint = Checkpoint.parse(text)
        numbers = bytes(8) + checkpoint.size.to_bytes(8, "big")
        named = _counted(self.name) + at.to_bytes(8, "big") + _counted(checkpoint.origin)
        return b"subtree/v1\n\0" + named + numbers + checkpoint.root


def _counted(name: str) -> bytes:
    content = name.encode()
    if not 1 <= len(content) <= 255:
        raise NoteInvalid("名称超过 255 字节，不能用 ML-DSA-44 见证。")
    return bytes((len(content),)) + content


_BY_ALGORITHM: dict[str, type[WitnessKey]] = {
    "ed25519": WitnessKey,
    "sm2": Sm2WitnessKey,
    "ml-dsa-44": MlDsaWitnessKey,
}


def witness_key(vkey: str) -> WitnessKey:
    """The key of a witness, of whichever algorithm."""
    return note.read_vkey(vkey, _BY_ALGORITHM.values())


def cosigned_at(signature: bytes) -> int:
    """The time in a cosignature, in seconds since 1970. Worth something only once the cosignature is checked.

    0, which only ML-DSA allows, says nothing of a time.
    """
    return int.from_bytes(signature[:_TIME_SIZE], "big")


class WitnessSigner:
    def __init__(self, name: str, key: bytes | note.PrivateKey) -> None:
        """``key``: whatever signs; bytes are the seed of an Ed25519 key."""
        self._key: note.PrivateKey = ed25519.PrivateKey(key) if isinstance(key, bytes) else key
        self.verifier = _BY_ALGORITHM[self._key.algorithm](name, self._key.public)

    def cosign(self, text: str, at: int) -> Signature:
        """``at``: seconds since 1970, as the witness's own clock has it."""
        if not 0 <= at < TIME_LIMIT:
            raise NoteInvalid("见证时间超出范围。")
        content = at.to_bytes(_TIME_SIZE, "big") + self._key.sign(self.verifier.message(text, at))
        return Signature(self.verifier.name, self.verifier.key_id, content)

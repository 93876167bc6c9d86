"""Cosignatures (c2sp.org/tlog-cosignature, kind 0x04): a witness says when it saw a checkpoint as the newest one."""

from __future__ import annotations

from jianwei.seal import ed25519
from jianwei.seal.note import NamedKey, NoteInvalid, Signature

TIME_LIMIT = 1 << 63
_TIME_SIZE = 8


def _message(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


class WitnessKey(NamedKey):
    KIND = 0x04

    def accepts(self, text: str, signature: bytes) -> bool:
        if len(signature) != _TIME_SIZE + ed25519.SIGNATURE_SIZE:
            return False
        at = cosigned_at(signature)
        return at < TIME_LIMIT and self.key.accepts(signature[_TIME_SIZE:], _message(text, at))


def cosigned_at(signature: bytes) -> int:
    """The time in a cosignature, in seconds since 1970. Worth something only once the cosignature is checked."""
    return int.from_bytes(signature[:_TIME_SIZE], "big")


class WitnessSigner:
    def __init__(self, name: str, seed: bytes) -> None:
        self._key = ed25519.PrivateKey(seed)
        self.verifier = WitnessKey(name, self._key.public)

    def cosign(self, text: str, at: int) -> Signature:
        """``at``: seconds since 1970, as the witness's own clock has it."""
        if not 0 <= at < TIME_LIMIT:
            raise NoteInvalid("见证时间超出范围。")
        content = at.to_bytes(_TIME_SIZE, "big") + self._key.sign(_message(text, at))
        return Signature(self.verifier.name, self.verifier.key_id, content)

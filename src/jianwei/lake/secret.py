"""The lake's secret and what is derived from it: a keyed hash for matching, a seal for keeping.

Both are deterministic (HMAC-SHA-256, AES-SIV): the same number gives the same bytes, so re-reading a source writes the
same file, and no source of chance is needed. What equality reveals, the hash beside it reveals anyway.
"""

from __future__ import annotations

import hmac
import os
import secrets
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from jianwei.errors import JianweiError

_HASH_HEX = 32


class SealBroken(JianweiError):
    """A sealed number does not open under this lake's secret."""

    def __init__(self) -> None:
        super().__init__("证件号码无法解密：密钥文件与数据湖不配套，或数据已被改动。")


class Keys:
    """What a secret opens. Pickles as its secret only, so that worker processes can have it."""

    def __init__(self, secret: bytes) -> None:
        self.secret = secret
        self._hashes: dict[str, str] = {}
        self._seals: dict[str, bytes] = {}

    def __reduce__(self) -> tuple[type[Keys], tuple[bytes]]:
        return Keys, (self.secret,)

    @cached_property
    def _match(self) -> bytes:
        return _derived(self.secret, b"jianwei lake: match", 32)

    @cached_property
    def _siv(self) -> AESSIV:
        return AESSIV(_derived(self.secret, b"jianwei lake: seal", 64))

    def hash(self, text: str) -> str:
        """32 hex digits that stand for ``text`` in this lake only."""
        found = self._hashes.get(text)
        if found is None:
            if len(self._hashes) > 200_000:
                self._hashes.clear()
            found = hmac.digest(self._match, text.encode(), "sha256").hex()[:_HASH_HEX]
            self._hashes[text] = found
        return found

    def seal(self, text: str) -> bytes:
        """``text`` encrypted."""
        found = self._seals.get(text)
        if found is None:
            if len(self._seals) > 200_000:
                self._seals.clear()
            found = self._seals[text] = self._siv.encrypt(text.encode(), None)
        return found

    def unseal(self, sealed: bytes) -> str:
        """The text that ``seal`` encrypted; raises ``SealBroken``."""
        try:
            return self._siv.decrypt(sealed, None).decode()
        except InvalidTag as error:
            raise SealBroken from error


def keep(path: Path, secret: bytes | None = None) -> bytes:
    """The secret in the file ``path``; made there (mode 0600) when absent: ``secret``, or 32 fresh random bytes."""
    if path.exists():
        return path.read_bytes()
    secret = secret or secrets.token_bytes(32)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(secret)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    return secret


def _derived(secret: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=purpose).derive(secret)

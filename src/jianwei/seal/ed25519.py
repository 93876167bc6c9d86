"""Ed25519 as RFC 8032 has it, for keys that are points of full worth.

OpenSSL takes signatures under keys of low order and keys not written in their one form; under such a key one signature
fits many texts. They are refused here once, when the key is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from jianwei.seal.errors import SealError

KEY_SIZE = 32
SIGNATURE_SIZE = 64

_PKCS8_HEAD = bytes.fromhex("302e020100300506032b657004220420")
_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_SQRT_M1 = pow(2, (_P - 1) // 4, _P)


class KeyInvalid(SealError):
    """A key that must not be used."""


class PublicKey:
    def __init__(self, material: bytes) -> None:
        """Raise ``KeyInvalid`` for anything but the canonical encoding of a point that is not of low order."""
        if len(material) != KEY_SIZE or not _of_full_worth(material):
            raise KeyInvalid("Ed25519 公钥不合规（长度、编码或者阶不符）。")
        self.material = material
        self._key = Ed25519PublicKey.from_public_bytes(material)

    def accepts(self, signature: bytes, message: bytes) -> bool:
        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class PrivateKey:
    algorithm: Final = "ed25519"

    def __init__(self, seed: bytes) -> None:
        """``seed``: the 32 bytes of RFC 8032 5.1.5."""
        if len(seed) != KEY_SIZE:
            raise KeyInvalid("Ed25519 私钥必须为 32 字节。")
        self._seed = seed
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @classmethod
    def generate(cls, entropy: Callable[[int], bytes]) -> Self:
        """``entropy(n)``: n unpredictable bytes."""
        return cls(entropy(KEY_SIZE))

    @classmethod
    def from_pkcs8(cls, content: bytes) -> Self:
        if not content.startswith(_PKCS8_HEAD):
            raise KeyInvalid("Ed25519 私钥的编码不规范。")
        return cls(content.removeprefix(_PKCS8_HEAD))

    def pkcs8(self) -> bytes:
        """The key as every tool reads it (RFC 8410): DER of one fixed form."""
        return _PKCS8_HEAD + self._seed

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


def _of_full_worth(material: bytes) -> bool:
    y = int.from_bytes(material, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    x = _x_of(y) if y < _P else None
    if x is None or (x == 0 and sign):
        return False
    for _ in range(3):  # 8 times a point of low order is the neutral point (0, 1)
        x, y = _doubled(x, y)
    return x != 0


def _x_of(y: int) -> int | None:
    """RFC 8032 5.1.3: a square root of (y² - 1) / (d y² + 1), or None when there is none."""
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if x * x % _P != square:
        x = x * _SQRT_M1 % _P
    return x if x * x % _P == square else None


def _doubled(x: int, y: int) -> tuple[int, int]:
    product = _D * x * x * y * y
    return 2 * x * y * pow(1 + product, -1, _P) % _P, (y * y + x * x) * pow(1 - product, -1, _P) % _P

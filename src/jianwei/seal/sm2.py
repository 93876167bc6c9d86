"""SM2 signatures with SM3 (GB/T 32918.2), under the identity 1234567812345678 that GM/T 0009 gives who names none.

A signature is judged here by the standard's own bounds before any library sees it, and by plain arithmetic where there
is no library. Only signing needs one: ``sm2_signing``.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Final, Self

from jianwei.seal import sm2_curve as curve
from jianwei.seal import sm2_signing as signing
from jianwei.seal.errors import SealError
from jianwei.seal.suites import SM3

IDENTITY = b"1234567812345678"
KEY_SIZE = 64
"""Bytes of a public key: x and y, each of 32."""
SECRET_SIZE = 32
SIGNATURE_SIZE = 64
"""Bytes of a signature: r and s, each of 32, big-endian."""

_PKCS8_HEAD = bytes.fromhex("308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420")
_PKCS8_POINT = bytes.fromhex("a14403420004")


class KeyInvalid(SealError):
    """A key that must not be used."""


class SignerMissing(SealError):
    """Nothing on this machine can sign by SM2."""

    def __init__(self) -> None:
        super().__init__("本机不能作 SM2 签名：请安装 tongsuopy，或者安装支持 SM2 的 openssl 命令。")


class PublicKey:
    def __init__(self, material: bytes) -> None:
        """``material``: x and y. Raise ``KeyInvalid`` unless they are the one form of a point of the curve."""
        point = int.from_bytes(material[:32], "big"), int.from_bytes(material[32:], "big")
        if len(material) != KEY_SIZE or not curve.holds(point):
            raise KeyInvalid("SM2 公钥不合规（长度不符，或者不是曲线上的点）。")
        self.material = material
        self.point = point

    def accepts(self, signature: bytes, message: bytes) -> bool:
        if not well_formed(signature):
            return False
        if signing.tongsuo():
            return signing.accepted_by_tongsuo(self.material, signature, message)
        return accepted_by_arithmetic(self, signature, message)


class PrivateKey:
    """A secret number kept in memory."""

    algorithm: Final = "sm2"

    def __init__(self, secret: bytes) -> None:
        """``secret``: 32 bytes, a number from 1 to n - 2 (GB/T 32918.1, 6.1)."""
        if len(secret) != SECRET_SIZE or not _in_range(secret):
            raise KeyInvalid("SM2 私钥不合规（须为 32 字节，且在 1 与 n-2 之间）。")
        self.secret = secret
        number = int.from_bytes(secret, "big")
        self._in_library = signing.derived(number) if signing.tongsuo() else None
        self.public = self._public(number)

    @classmethod
    def generate(cls, entropy: Callable[[int], bytes]) -> Self:
        """``entropy(n)``: n unpredictable bytes. A number out of range is drawn again."""
        while not _in_range(secret := entropy(SECRET_SIZE)):
            continue
        return cls(secret)

    @classmethod
    def from_pkcs8(cls, content: bytes) -> Self:
        key = cls(content[len(_PKCS8_HEAD) :][:SECRET_SIZE])
        if content != key.pkcs8():
            raise KeyInvalid("SM2 私钥的编码不规范，或者所附公钥与私钥不符。")
        return key

    def pkcs8(self) -> bytes:
        """The key as every tool reads it (RFC 5958 and 5915): DER of one fixed form."""
        return _PKCS8_HEAD + self.secret + _PKCS8_POINT + self.public

    def sign(self, message: bytes) -> bytes:
        if self._in_library:
            return signing.sign_by_tongsuo(self._in_library, message)
        if shutil.which("openssl"):
            return signing.sign_by_openssl(self.pkcs8(), IDENTITY, message)
        raise SignerMissing

    def _public(self, number: int) -> bytes:
        if self._in_library:
            numbers = self._in_library.public_key().public_numbers()
            x, y = numbers.x, numbers.y
        else:
            x, y = curve.combined(number, curve.G, 0, curve.G) or (0, 0)
        return _octets(x) + _octets(y)


def well_formed(signature: bytes) -> bool:
    """The bounds of GB/T 32918.2 7.1 a, b and e: r and s from 1 to n - 1, and r + s not 0 modulo n."""
    r, s = _halves(signature)
    return len(signature) == SIGNATURE_SIZE and 1 <= r < curve.N and 1 <= s < curve.N and (r + s) % curve.N != 0


def accepted_by_arithmetic(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """GB/T 32918.2 7.1 with integers alone, for a signature that is ``well_formed``. Some 6 ms."""
    r, s = _halves(signature)
    point = curve.combined(s, curve.G, (r + s) % curve.N, key.point)
    return point is not None and (digest(key.point, message) + point[0]) % curve.N == r


def digest(point: curve.Point, message: bytes) -> int:
    """e = SM3(Z | M), where Z binds the identity, the curve and the public key (GB/T 32918.2 5.5)."""
    numbers = (curve.A, curve.B, *curve.G, *point)
    z = SM3.digest((8 * len(IDENTITY)).to_bytes(2, "big") + IDENTITY + b"".join(map(_octets, numbers)))
    return int.from_bytes(SM3.digest(z + message), "big")


def _in_range(secret: bytes) -> bool:
    return 1 <= int.from_bytes(secret, "big") <= curve.N - 2


def _halves(signature: bytes) -> tuple[int, int]:
    return int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")


def _octets(number: int) -> bytes:
    return number.to_bytes(32, "big")

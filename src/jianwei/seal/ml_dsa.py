"""ML-DSA-44 (FIPS 204): signatures that hold against quantum computers, as an extra line of a witness.

Evidence is kept for decades. 2,420 bytes a signature. Older versions of ``cryptography`` do not have it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from jianwei.seal.errors import SealError

KEY_SIZE = 1312
SEED_SIZE = 32
SIGNATURE_SIZE = 2420

_PKCS8_HEAD = bytes.fromhex("3034020100300b060960864801650304031104228020")
"""RFC 9881: the private key as its seed alone."""


class KeyInvalid(SealError):
    """A key that must not be used."""


class AlgorithmMissing(SealError):
    def __init__(self) -> None:
        super().__init__("本机的 cryptography 不支持 ML-DSA-44，须升级后再用这把密钥。")


class PublicKey:
    def __init__(self, material: bytes) -> None:
        if len(material) != KEY_SIZE:
            raise KeyInvalid("ML-DSA-44 公钥必须为 1312 字节。")
        self.material = material

    def accepts(self, signature: bytes, message: bytes) -> bool:
        """Under the empty context, as c2sp.org/tlog-cosignature has it."""
        try:
            _library().MLDSA44PublicKey.from_public_bytes(self.material).verify(signature, message)
        except InvalidSignature:
            return False
        return True


class PrivateKey:
    algorithm: Final = "ml-dsa-44"

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_SIZE:
            raise KeyInvalid("ML-DSA-44 私钥的种子必须为 32 字节。")
        self._seed = seed
        try:
            self._key = _library().MLDSA44PrivateKey.from_seed_bytes(seed)
        except UnsupportedAlgorithm:
            raise AlgorithmMissing from None
        self.public: bytes = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls, entropy: Callable[[int], bytes]) -> Self:
        return cls(entropy(SEED_SIZE))

    @classmethod
    def from_pkcs8(cls, content: bytes) -> Self:
        if not content.startswith(_PKCS8_HEAD):
            raise KeyInvalid("ML-DSA-44 私钥应以种子形式编码。")
        return cls(content.removeprefix(_PKCS8_HEAD))

    def pkcs8(self) -> bytes:
        return _PKCS8_HEAD + self._seed

    def sign(self, message: bytes) -> bytes:
        signature: bytes = self._key.sign(message)
        return signature


def _library() -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric import mldsa
    except ImportError:
        raise AlgorithmMissing from None
    return mldsa

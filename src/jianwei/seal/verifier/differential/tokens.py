"""Timestamps (RFC 3161) and certificates for them, just good enough to be checked: RSA, P-256 and SM2."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from jianwei.seal import sm2

SHA256 = bytes.fromhex("0609608648016503040201")
SM3 = bytes.fromhex("06082a811ccf55018311")

_EC_KEY = bytes.fromhex("06072a8648ce3d0201")
_SM2_CURVE = bytes.fromhex("06082a811ccf5501822d")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_TST_INFO = bytes.fromhex("060b2a864886f70d0109100104")
_CONTENT_TYPE = bytes.fromhex("06092a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
_PURPOSE = bytes.fromhex("0603551d25") + b"\x01\x01\xff" + bytes.fromhex("040c300a06082b06010505070308")
_POLICY = bytes.fromhex("06042a030405")


def der(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    length = len(content)
    if length < 128:
        return bytes((tag, length)) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content


def integer(number: int) -> bytes:
    return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


@dataclass(frozen=True)
class Authority:
    """Who stamps: its certificate in DER, and how it signs."""

    certificate: bytes
    hash_oid: bytes
    sign: Callable[[bytes], bytes]

    def digest(self, content: bytes) -> bytes:
        return hashlib.new("sha256" if self.hash_oid == SHA256 else "sm3", content).digest()

    def token(self, stamped: bytes, at: int, serial: int = 7) -> bytes:
        """The answer of an authority that saw ``stamped`` at ``at``, seconds since 1970."""
        imprint = der(0x30, der(0x30, SHA256, b"\x05\x00"), der(4, hashlib.sha256(stamped).digest()))
        info = der(0x30, integer(1), _POLICY, imprint, integer(serial), _moment(at))
        attributes = der(0x30, _CONTENT_TYPE, der(0x31, _TST_INFO)) + der(
            0x30, _MESSAGE_DIGEST, der(0x31, der(4, self.digest(info)))
        )
        algorithm = der(0x30, self.hash_oid, b"\x05\x00")
        signer = der(
            0x30,
            integer(1),
            der(0x30, der(0x30), integer(1)),
            algorithm,
            der(0xA0, attributes),
            der(0x30, self.hash_oid),
            der(4, self.sign(der(0x31, attributes))),
        )
        inner = der(0x30, _TST_INFO, der(0xA0, der(4, info)))
        signed = der(0x30, integer(3), der(0x31, algorithm), inner, der(0xA0, self.certificate), der(0x31, signer))
        return der(0x30, der(0x30, integer(0)), der(0x30, _SIGNED_DATA, der(0xA0, signed)))


def rsa_authority(valid: tuple[int, int]) -> Authority:
    key = rsa.generate_private_key(65537, 2048)
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Authority(
        certificate(public, valid), SHA256, lambda content: key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    )


def p256_authority(valid: tuple[int, int]) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Authority(certificate(public, valid), SHA256, lambda content: key.sign(content, ec.ECDSA(hashes.SHA256())))


def sm2_authority(valid: tuple[int, int], secret: bytes) -> Authority:
    key = sm2.PrivateKey(secret)

    def sign(content: bytes) -> bytes:
        signature = key.sign(content)
        return der(0x30, *(integer(int.from_bytes(half, "big")) for half in (signature[:32], signature[32:])))

    public = der(0x30, der(0x30, _EC_KEY, _SM2_CURVE), der(3, b"\x00\x04" + key.public))
    return Authority(certificate(public, valid), SM3, sign)


def certificate(public: bytes, valid: tuple[int, int], extension: bytes = _PURPOSE) -> bytes:
    """For ``public`` (SubjectPublicKeyInfo). Nobody signed it: a certificate given from outside needs no other's word."""
    body = der(
        0x30,
        der(0xA0, integer(2)),
        integer(1),
        der(0x30, SHA256),
        der(0x30),
        der(0x30, *(_moment(at) for at in valid)),
        der(0x30),
        public,
        der(0xA3, der(0x30, der(0x30, extension))),
    )
    return der(0x30, body, der(0x30, SHA256), der(3, b"\x00"))


def _moment(at: int) -> bytes:
    return der(0x18, time.strftime("%Y%m%d%H%M%SZ", time.gmtime(at)).encode())

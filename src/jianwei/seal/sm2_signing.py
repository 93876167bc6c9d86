"""What signs by SM2 on this machine: ``tongsuopy`` (2,000 a second and more), else the command ``openssl`` (some 100).

Both draw the nonce from OpenSSL's own generator. PyPI's ``gmssl`` draws it from a generator that can be predicted, which
gives the secret away after one signature; it is not used.
"""

from __future__ import annotations

import os
import subprocess
from typing import Any

from jianwei.seal.errors import SealError


def tongsuo() -> Any:
    """The module of ``tongsuopy`` for keys of curves, or None where it is not installed."""
    try:
        from tongsuopy.crypto.asymciphers import ec  # type: ignore[import-untyped]
    except ImportError:
        return None
    return ec


def _with_sm3() -> Any:
    from tongsuopy.crypto.asymciphers import ec
    from tongsuopy.crypto.hashes import SM3  # type: ignore[import-untyped]

    return ec.ECDSA(SM3())  # its name for whatever a curve signs by; over this curve it is SM2


def derived(secret: int) -> Any:
    """The library's private key."""
    library = tongsuo()
    return library.derive_private_key(secret, library.SM2())


def sign_by_tongsuo(key: Any, message: bytes) -> bytes:
    """``key``: as ``derived``. 64 bytes."""
    return from_der(key.sign(message, _with_sm3()))


def accepted_by_tongsuo(public: bytes, signature: bytes, message: bytes) -> bool:
    """For a key on the curve and a signature within its bounds, 64 bytes each."""
    from tongsuopy.crypto.exceptions import InternalError, InvalidSignature  # type: ignore[import-untyped]

    library = tongsuo()
    try:
        point = library.EllipticCurvePublicKey.from_encoded_point(library.SM2(), b"\x04" + public)
        point.verify(to_der(signature), message, _with_sm3())
    except (InvalidSignature, InternalError):
        return False
    return True


def sign_by_openssl(pkcs8: bytes, identity: bytes, message: bytes) -> bytes:
    """64 bytes. The key goes through a pipe: it is never in a file nor in the list of processes."""
    reading, writing = os.pipe()
    try:
        os.write(writing, pkcs8)  # far less than a pipe holds
        os.close(writing)
        command = ["openssl", "pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-keyform", "DER"]
        command += ["-inkey", f"/dev/fd/{reading}", "-pkeyopt", f"distid:{identity.decode()}"]
        finished = subprocess.run(command, input=message, capture_output=True, pass_fds=(reading,), check=False)
    finally:
        os.close(reading)
    if finished.returncode:
        raise SealError(f"openssl 未能作 SM2 签名：{finished.stderr.decode(errors='replace').strip()[:200]}")
    return from_der(finished.stdout)


def to_der(signature: bytes) -> bytes:
    """SEQUENCE of two INTEGER, as libraries and X.509 have it."""
    body = b""
    for half in (signature[:32], signature[32:]):
        number = int.from_bytes(half, "big")
        content = number.to_bytes(number.bit_length() // 8 + 1, "big")
        body += bytes((0x02, len(content))) + content
    return bytes((0x30, len(body))) + body


def from_der(content: bytes) -> bytes:
    """The 64 bytes of a DER signature. Anything but the one DER form of two numbers of 32 bytes is refused."""
    try:
        first = content[4 : 4 + content[3]]
        second = content[6 + len(first) :]
        signature = b"".join(int.from_bytes(each, "big").to_bytes(32, "big") for each in (first, second))
    except (IndexError, OverflowError):
        signature = b""
    if not signature or to_der(signature) != content:
        raise SealError("SM2 签名的 DER 编码不规范。")
    return signature

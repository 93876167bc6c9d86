"""What a timestamp proves: that a published head was there at a time, on the word of an authority one trusts.

RFC 3161 by ``rfc3161-client``: RSA and ECDSA. Authorities that sign by SM2 (GM/T 0033) it cannot read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from cryptography import x509

from jianwei.seal.errors import SealError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

TOKEN_LIMIT = 64 * 1024
AHEAD_SECONDS = 600
"""Chosen: as for cosignatures, a time that lies further ahead than this was not taken from a clock."""

_SHA256 = "2.16.840.1.101.3.4.2.1"


class StampInvalid(SealError):
    """A token that proves no time for this head."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"时间戳不能证明时间：{problem}。")


class StampingMissing(SealError):
    def __init__(self) -> None:
        super().__init__("未安装 rfc3161-client，不能核验时间戳。")


@dataclass(frozen=True)
class Stamp:
    """What a sound token says."""

    at: int
    """Seconds since 1970."""
    authority: str
    """Who signed, as its certificate names it (RFC 4514)."""
    serial: int


class Authority:
    """Whom one trusts for time: roots, and, if one knows it, the very certificate that signs."""

    def __init__(self, roots: Sequence[x509.Certificate], signer: x509.Certificate | None = None) -> None:
        self._roots = tuple(roots)
        self._signer = signer

    @classmethod
    def from_pem(cls, roots: bytes, signer: bytes | None = None) -> Self:
        """``roots``: one or more certificates; ``signer``: one, when no other may sign."""
        try:
            known = x509.load_pem_x509_certificates(roots)
            return cls(known, x509.load_pem_x509_certificate(signer) if signer else None)
        except ValueError:
            raise StampInvalid("所配置的根证书或者签名证书无法读取") from None

    def check(self, token: bytes, published: bytes, *, nonce: int | None = None, now: int | None = None) -> Stamp:
        """What ``token`` proves of ``published``, the bytes of a signed note.

        ``nonce``: the one asked with; ``now``: seconds since 1970, for a token that was just given or is looked at.
        Raise ``StampInvalid`` for any other head, a false or unfit signature, a certificate that is not the root's
        or was not valid at the token's own time, or more than one that could be the signer's.
        """
        response = decoded(token)
        with _reading():
            info = response.tst_info
            if info.message_imprint.hash_algorithm.dotted_string != _SHA256:
                raise StampInvalid("所盖的不是 SHA-256 摘要")
            if info.message_imprint.message != hashlib.sha256(published).digest():
                raise StampInvalid("所盖的是另一个检查点")
            if nonce is not None and info.nonce != nonce:
                raise StampInvalid("不是对本次请求的答复（随机数不符）")
            at = int(info.gen_time.timestamp())
        signer = self.signer(response)
        if now is not None and at > now + AHEAD_SECONDS:
            raise StampInvalid("所载时间晚于当前时间")
        return Stamp(at, signer.subject.rfc4514_string(), info.serial_number)

    def signer(self, response: TimeStampResponse) -> x509.Certificate:
        """Who signed: the certificate that the signature names, which leads to a root and is for timestamps.

        Anybody can add certificates to a token. If two of them answer to the name in it, it proves nothing.
        """
        from rfc3161_client import VerificationError, VerifierBuilder

        verifier = VerifierBuilder(roots=list(self._roots), tsa_certificate=self._signer).build()
        with _reading():
            (said,) = response.signed_data.signer_infos
            given = {x509.load_der_x509_certificate(each) for each in response.signed_data.certificates}
            known = given | ({self._signer} if self._signer else set())
            named = [each for each in known if (each.issuer, each.serial_number) == (said.issuer, said.serial_number)]
            if len(named) != 1:
                raise StampInvalid("找不到唯一的签名证书")
            try:
                verifier.verify(response, response.tst_info.message_imprint.message)
            except VerificationError as problem:
                reasons = "签名不符，或者签名证书不是所信任的机构签发、签发时不在有效期内、不得用于时间戳"
                raise StampInvalid(reasons) from problem
        return named[0]


def decoded(token: bytes) -> TimeStampResponse:
    """The structure of an answer that grants a token with one signature; nothing in it is checked yet."""
    try:
        from rfc3161_client import decode_timestamp_response
    except ImportError:
        raise StampingMissing from None
    if len(token) > TOKEN_LIMIT:
        raise StampInvalid("文件过大")
    with _reading():
        response = decode_timestamp_response(token)
        if response.status != 0:
            raise StampInvalid(f"时间戳机构未予签发（{'；'.join(response.status_string) or response.status}）")
        if len(response.signed_data.signer_infos) != 1:
            raise StampInvalid("应当恰有一个签名")
    return response


@contextmanager
def _reading() -> Iterator[None]:
    """Bytes of a stranger, read piece by piece by libraries that raise whatever they like."""
    try:
        yield
    except SealError:
        raise
    except Exception as problem:
        raise StampInvalid("无法读取") from problem

"""Asking a time-stamping authority about a published head, and taking its answer only if it proves something."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException

from jianwei.seal.errors import SealError
from jianwei.seal.stamping.checking import TOKEN_LIMIT, Authority, Stamp

NONCE_SIZE = 16
TIMEOUT_SECONDS = 10

Send = Callable[[bytes], bytes]
"""Brings a request to an authority and returns its answer. Raise ``AuthorityUnreachable`` when there is none."""


class AuthorityUnreachable(SealError):
    """No answer; the next head may get one."""


@dataclass(frozen=True)
class Token:
    content: bytes
    """The answer as it came, to be kept and given on (``checkpoint.tsr``)."""
    stamp: Stamp


def ask(send: Send, published: bytes, authority: Authority, *, entropy: Callable[[int], bytes], now: int) -> Token:
    """A checked token over ``published``. ``entropy(n)``: n unpredictable bytes; ``now``: seconds since 1970."""
    nonce = int.from_bytes(entropy(NONCE_SIZE), "big")
    answer = send(request(published, nonce))
    return Token(answer, authority.check(answer, published, nonce=nonce, now=now))


def request(published: bytes, nonce: int) -> bytes:
    """A ``TimeStampReq`` in DER: version 1, the SHA-256 of the head, the nonce, and the wish for the certificate."""
    algorithm = _der(0x30, bytes.fromhex("0609608648016503040201") + b"\x05\x00")
    imprint = _der(0x30, algorithm + _der(0x04, hashlib.sha256(published).digest()))
    number = _der(0x02, nonce.to_bytes(nonce.bit_length() // 8 + 1, "big"))
    return _der(0x30, b"\x02\x01\x01" + imprint + number + b"\x01\x01\xff")


def _der(tag: int, content: bytes) -> bytes:
    return bytes((tag, len(content))) + content  # shorter than 128 bytes, all of them


def by_http(url: str) -> Send:
    """As RFC 3161 3.4 has it. No proxy and no environment; at most 64 KiB and 10 seconds of silence."""
    if not url.startswith(("http://", "https://")):
        raise AuthorityUnreachable(f"时间戳机构的地址“{url}”应以 http:// 或者 https:// 开头。")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def send(content: bytes) -> bytes:
        heading = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        try:
            with opener.open(urllib.request.Request(url, content, heading), timeout=TIMEOUT_SECONDS) as answer:
                token: bytes = answer.read(TOKEN_LIMIT + 1)
                return token
        except (OSError, HTTPException, ValueError) as problem:
            raise AuthorityUnreachable(f"时间戳机构 {url} 没有答复：{problem}") from None

    return send

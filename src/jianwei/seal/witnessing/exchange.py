"""One request to a witness over HTTP, within a number of bytes and of seconds whatever the other side does."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from jianwei.seal.errors import SealError
from jianwei.seal.witness.submission import LIMIT


class NoAnswer(SealError):
    """The other side is not there, is too slow, or says too much."""


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes


def exchange(method: str, url: str, body: bytes | None = None, *, seconds: float, limit: int = LIMIT) -> Reply:
    """Raise ``NoAnswer`` after ``seconds`` in all, or for an answer of more than ``limit`` bytes. Follows nothing."""
    parts = urlsplit(url)
    kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}.get(parts.scheme)
    if kind is None or not parts.hostname:
        raise NoAnswer(f"网址“{url}”有误。")
    connection = kind(parts.hostname, parts.port, timeout=seconds)
    try:
        connection.connect()
        # A byte every second never times out by itself: at the end of the time the connection is cut.
        cut = threading.Timer(seconds, _shut, (connection.sock,))
        cut.daemon = True
        cut.start()
        try:
            connection.request(method, parts.path or "/", body)
            answer = connection.getresponse()
            content = answer.read(limit + 1)
        finally:
            cut.cancel()
    except (OSError, http.client.HTTPException) as problem:
        raise NoAnswer(f"未答复：{problem or type(problem).__name__}。") from None
    finally:
        connection.close()
    if len(content) > limit:
        raise NoAnswer(f"答复超过 {limit // 1024} KiB。")
    if answer.length:
        raise NoAnswer("答复不完整。")
    return Reply(answer.status, content)


def _shut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)

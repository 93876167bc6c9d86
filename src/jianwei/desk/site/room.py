"""A request whose body has no room on the disk, or does not say how long it is, is refused before a byte of it is read."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

RESERVE = 256 << 20
"""Left free for what must go on being written: the database, the evidence log."""
SAYS = "服务器磁盘空间不足，暂不能接收文件。请联系系统管理员清理或扩容后重试。"
NO_LENGTH = "请用 Content-Length 说明内容有多长；不接收长度未知的内容。"


def kept(application: Application, folder: Path) -> Application:
    """``application``, behind a look at the room in ``folder``, where large bodies are put down while they come."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _endless(scope):
            await _refuse(send, 411, NO_LENGTH)
        elif scope["type"] == "http" and not fits(_length(scope), folder):
            await _refuse(send, 507, SAYS)
        else:
            await application(scope, receive, send)

    return answered


async def _refuse(send: Send, status: int, says: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": says.encode()})


def fits(length: int, folder: Path) -> bool:
    return not length or shutil.disk_usage(folder).free >= length + RESERVE


def _endless(scope: Scope) -> bool:
    return any(name == b"transfer-encoding" for name, _ in scope["headers"])


def _length(scope: Scope) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() and len(said) < 20 else 0

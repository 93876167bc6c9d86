"""A request whose body has no room on the disk is refused before a byte of it is read."""

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


def kept(application: Application, folder: Path) -> Application:
    """``application``, behind a look at the room in ``folder``, where large bodies are put down while they come."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or fits(_length(scope), folder):
            await application(scope, receive, send)
            return
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 507, "headers": headers})
        await send({"type": "http.response.body", "body": SAYS.encode()})

    return answered


def fits(length: int, folder: Path) -> bool:
    return not length or shutil.disk_usage(folder).free >= length + RESERVE


def _length(scope: Scope) -> int:
    said = dict(scope["headers"]).get(b"content-length", b"0")
    return int(said) if said.isdigit() and len(said) < 20 else 0

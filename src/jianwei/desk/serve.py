"""Serve the desk on this machine."""

from __future__ import annotations

import socket
import warnings
from contextlib import ExitStack
from pathlib import Path

from jianwei.desk import worker
from jianwei.desk.boot import boot
from jianwei.desk.errors import DeskError
from jianwei.desk.site import assets
from jianwei.seal import beside


class CannotListen(DeskError):
    """Another program holds the port, or this machine has no such address."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"不能在 {host}:{port} 打开工作台（{reason}）；可用 --port 换一个端口")


def check(host: str, port: int) -> None:
    """Say what would stop serving before anything long is done. Raises ``AssetsMissing`` and ``CannotListen``."""
    if not assets.placed():
        raise assets.AssetsMissing(assets.VENDOR)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotListen(host, port, error.strerror or str(error)) from error


def run(home: Path, host: str = "127.0.0.1", port: int = 8000, *, alone: bool = False) -> None:
    """Serve ``home`` until interrupted, a worker and the evidence logs beside it unless ``alone``.

    ``jianwei.desk.setup.prepare`` must have run, then ``check``.
    """
    boot(home)
    import uvicorn

    from jianwei.desk.site.asgi import application

    # WhiteNoise answers files with a plain iterator; Django says so once for every file it serves under ASGI.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume")
    with ExitStack() as others:
        if not alone:
            others.enter_context(beside.running(home))
            others.enter_context(worker.beside(home))
        uvicorn.run(application, host=host, port=port, log_level="warning", access_log=False, server_header=False)

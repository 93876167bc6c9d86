"""What a log shows outside, over HTTP: its tiles to whoever reads them, and the intake to devices."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from jianwei.seal import intake
from jianwei.seal.devices import Devices
from jianwei.seal.errors import SealError
from jianwei.seal.intake import Intake
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.mirror import Mirror

MIRROR = "/tlog/"
_START_SECONDS = 10


class CannotListen(SealError):
    def __init__(self, listen: str, problem: str) -> None:
        super().__init__(f"不能在 {listen} 提供存证接口：{problem}。请修改 log.json 的 listen。")


@contextmanager
def serving(folder: LogFolder, devices: Intake) -> Iterator[None]:
    """Answer at the address of log.json for as long as the block lasts; nowhere where it names none."""
    listen = folder.settings.listen
    if listen is None:
        yield
        return
    host, _, port = listen.rpartition(":")
    if not host or not port.isdecimal():
        raise CannotListen(listen, "应写作“地址:端口”")
    try:
        import uvicorn
    except ImportError:
        raise CannotListen(listen, "没有安装 uvicorn") from None
    answering = Frontage(folder, devices)
    server = uvicorn.Server(
        uvicorn.Config(answering, host=host, port=int(port), log_level="error", access_log=False, server_header=False)
    )
    thread = threading.Thread(target=_run, args=(server,), name="frontage", daemon=True)
    thread.start()
    try:
        _wait(server, thread, listen)
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=_START_SECONDS)


class Frontage:
    """ASGI."""

    def __init__(self, folder: LogFolder, devices: Intake) -> None:
        self._mirror = Mirror(lambda: {folder.settings.office: folder.path})
        self._intake = intake.Application(devices, Devices(folder.path))

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        if scope["type"] == "http" and scope["path"].startswith(MIRROR):
            await self._mirror({**scope, "path": scope["path"].removeprefix(MIRROR)}, receive, send)
        else:
            await self._intake(scope, receive, send)


def _run(server: Any) -> None:
    try:
        server.run()
    except SystemExit:  # uvicorn's way of saying that the port is taken; ``_wait`` tells it
        return


def _wait(server: Any, thread: threading.Thread, listen: str) -> None:
    pause = threading.Event()
    for _ in range(int(_START_SECONDS / 0.02)):
        if server.started:
            return
        if not thread.is_alive():
            break
        pause.wait(0.02)
    raise CannotListen(listen, "端口已被占用，或者没有这个地址")

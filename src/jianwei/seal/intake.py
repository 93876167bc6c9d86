"""Records that come by the thousand, from recorders and other systems: one commit for all that wait.

``POST /entries`` with the bytes of a manifest. The file itself stays where it is; its hashes were computed there. The
answer comes when the entry is in a durable checkpoint: ``{"id", "index"}``. Each device has a token, and may speak only of
what it collected itself.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import queue
import threading
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from jianwei.seal.errors import SealError
from jianwei.seal.leaf import MANIFEST_LIMIT, Kind
from jianwei.seal.log_folder import write
from jianwei.seal.vault.fields import ManifestInvalid
from jianwei.seal.vault.keeping import Entry, Vault
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.ulid import Entropy

MOST = 1024
"""Records of one transaction."""
FILE = "devices.txt"
_QUEUE_LIMIT = 20_000


class IntakeFull(SealError):
    """More wait than can be taken; the sender tries again."""

    status = 503

    def __init__(self) -> None:
        super().__init__("等待写入的存证记录过多，请稍后重试。")


class IntakeClosed(SealError):
    status = 503

    def __init__(self) -> None:
        super().__init__("存证服务已停止写入。")


class IntakeHeld(SealError):
    """The log must not grow yet. The sender keeps its record: a vault that may be an old copy is no place for the only one."""

    status = 503


class Intake:
    """Between the threads that receive and the one that writes the log: that one calls ``take``, drains, ``answer``."""

    def __init__(self, vault: Vault, entropy: Entropy) -> None:
        self.wake = threading.Event()
        """Set when something came: the writer need not wait out its time."""
        self._vault = vault
        self._entropy = entropy
        self._come: queue.SimpleQueue[tuple[Manifest, Future[Entry]]] = queue.SimpleQueue()
        self._taken: list[tuple[Entry, Future[Entry]]] = []
        self._closed = False
        self._closing = threading.Lock()
        self._held: str | None = None

    def hold(self, why: str | None) -> None:
        """Take nothing, for this reason; None to take again."""
        self._held = why

    def submit(self, manifest: Manifest) -> Future[Entry]:
        """The entry, once it is in the log. Raise ``IntakeFull``, ``IntakeHeld`` or ``IntakeClosed``."""
        if self._held:
            raise IntakeHeld(self._held)
        if self._come.qsize() >= _QUEUE_LIMIT:
            raise IntakeFull
        answer: Future[Entry] = Future()
        answer.set_running_or_notify_cancel()
        with self._closing:
            if self._closed:
                raise IntakeClosed
            self._come.put((manifest, answer))
        self.wake.set()
        return answer

    def take(self, now: int) -> None:
        """Put what came into the vault."""
        self.wake.clear()
        come: list[tuple[Manifest, Future[Entry]]] = []
        while len(come) < MOST and not self._come.empty():
            come.append(self._come.get())
        if not come:
            return
        if not self._come.empty():
            self.wake.set()
        try:
            entries = self._vault.take_many([manifest for manifest, _ in come], now=now, entropy=self._entropy)
        except BaseException as problem:
            for _, answer in come:
                answer.set_exception(problem)
            if isinstance(problem, SealError):  # no room, or not one's turn: nothing was kept, the log goes on
                return
            raise
        for entry, (_, answer) in zip(entries, come, strict=True):
            if isinstance(entry, Entry):
                self._taken.append((entry, answer))
            else:
                answer.set_exception(entry)

    def answer(self) -> None:
        """Tell those whose entries the log has taken."""
        if not self._taken:
            return
        told, self._taken = self._taken, []
        sequence = [entry.seq for entry, _ in told]
        indices = self._vault.indices(min(sequence), max(sequence))
        for entry, answer in told:
            answer.set_result(replace(entry, index=indices[entry.seq]))

    def close(self) -> None:
        """Nothing more is taken; who waits is told so."""
        with self._closing:
            self._closed = True
        waiting = [answer for _, answer in self._taken]
        while not self._come.empty():
            waiting.append(self._come.get()[1])
        for answer in waiting:
            answer.set_exception(IntakeClosed())


def enrol(folder: Path, name: str, token: str) -> None:
    """Let a device speak; only the hash of its token is kept. Again with another token replaces it."""
    _write(folder, [*_others(folder, name), f"{name} {hashlib.sha256(token.encode()).hexdigest()}"])


def strike(folder: Path, name: str) -> None:
    """A device's token counts no more."""
    _write(folder, _others(folder, name))


def _others(folder: Path, name: str) -> list[str]:
    return [line for line in _lines(folder) if line.rpartition(" ")[0] != name]


def _write(folder: Path, lines: list[str]) -> None:
    path = folder / FILE
    write(path, "".join(f"{line}\n" for line in lines).encode())
    path.chmod(0o600)


def devices(folder: Path) -> Mapping[str, str]:
    """By the hash of its token, the name of each device."""
    return {digest: name for name, _, digest in (line.rpartition(" ") for line in _lines(folder))}


def _lines(folder: Path) -> list[str]:
    path = folder / FILE
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


class Application:
    """ASGI: the one address of the intake."""

    def __init__(self, intake: Intake, known: Callable[[], Mapping[str, str]]) -> None:
        self._intake = intake
        self._known = known

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        if scope["type"] != "http":
            return
        status, answer = await self._answer(scope, receive)
        body = json.dumps(answer, ensure_ascii=False).encode()
        headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[MutableMapping[str, Any]]]
    ) -> tuple[int, dict[str, object]]:
        body = await _body(receive)
        if scope["path"] != "/entries":
            return 404, {"error": "没有这一地址。"}
        if scope["method"] != "POST":
            return 405, {"error": "只接受 POST。"}
        device = self._device(scope)
        if device is None:
            return 401, {"error": "没有设备令牌，或者令牌不对。"}
        if body is None:
            return 413, {"error": "材料说明超过 64 KiB。"}
        try:
            entry = await asyncio.wrap_future(self._intake.submit(_of_device(Manifest.parse(body), device)))
        except SealError as problem:
            return getattr(problem, "status", 422), {"error": str(problem)}
        except OSError as problem:
            return 507, {"error": f"存证服务不能写入：{problem}"}
        return 200, {"id": entry.id, "index": entry.index}

    def _device(self, scope: MutableMapping[str, Any]) -> str | None:
        given = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
        kind, _, token = given.partition(b" ")
        digest = hashlib.sha256(token).hexdigest()
        matching = (name for known, name in self._known().items() if hmac.compare_digest(known, digest))
        return next(matching, None) if kind.lower() == b"bearer" else None


def _of_device(manifest: Manifest, device: str) -> Manifest:
    if manifest.kind is not Kind.MATERIAL:
        raise ManifestInvalid("kind", "须为固证")
    if manifest.collected is None or manifest.collected.device != device:
        raise ManifestInvalid("collected.device", f"须为本设备“{device}”")
    if manifest.held != device:
        raise ManifestInvalid("held", f"须为本设备“{device}”：文件留在设备上")
    return manifest


async def _body(receive: Callable[[], Awaitable[MutableMapping[str, Any]]]) -> bytes | None:
    """All of it; None when it is too long."""
    parts, size = [], 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MANIFEST_LIMIT:
            return None
        if not message.get("more_body"):
            return b"".join(parts)

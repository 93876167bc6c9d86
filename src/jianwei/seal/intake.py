"""Records that come by the thousand, from recorders and other systems: one commit for all that wait.

``POST /entries`` with the bytes of a manifest. The file itself stays where it is; its hashes were computed there. The
answer comes when the entry is in a durable checkpoint: ``{"id", "index"}``. Each device has a token, and may speak only of
what it collected itself.

Many at once, as ``application/x-ndjson``: each manifest in a line of its own, without line breaks and indentation. As many
lines come back in the same order, each with what became of that one: ``{"id", "index"}`` or ``{"status", "error"}``.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import queue
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any, TypeGuard

from jianwei.seal.errors import SealError
from jianwei.seal.leaf import MANIFEST_LIMIT, Kind
from jianwei.seal.vault.fields import ManifestInvalid
from jianwei.seal.vault.keeping import Entry, Vault
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.ulid import Entropy

MOST = 1024
"""Records of one transaction, and of one request."""
MANY_LIMIT = 4 << 20
"""Bytes of a request of many lines; chosen: four times what as many records of a recorder have."""
_QUEUE_LIMIT = 20_000
"""Records."""

_ONE, _MANY = b"application/json; charset=utf-8", b"application/x-ndjson"

Answer = Entry | SealError


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


@dataclass
class _Request:
    """What one sender asked at once, and the answers to it, in the same order."""

    manifests: Sequence[Manifest]
    future: Future[list[Answer]] = field(default_factory=Future)
    answers: list[Answer] = field(default_factory=list)


class Intake:
    """Between the threads that receive and the one that writes the log: that one calls ``take``, drains, ``answer``."""

    def __init__(self, vault: Vault, entropy: Entropy) -> None:
        self.wake = threading.Event()
        """Set when something came: the writer need not wait out its time."""
        self._vault = vault
        self._entropy = entropy
        self._come: queue.SimpleQueue[_Request] = queue.SimpleQueue()
        self._waiting = 0
        self._taken: list[_Request] = []
        self._closed = False
        self._lock = threading.Lock()
        self._held: str | None = None

    def hold(self, why: str | None) -> None:
        """Take nothing, for this reason; None to take again."""
        self._held = why

    def submit(self, manifests: Sequence[Manifest]) -> Future[list[Answer]]:
        """For each the entry, once all of them are in the log, or why it was refused alone.

        Raise ``IntakeFull``, ``IntakeHeld`` or ``IntakeClosed``; nothing is kept then.
        """
        if self._held:
            raise IntakeHeld(self._held)
        request = _Request(manifests)
        request.future.set_running_or_notify_cancel()
        with self._lock:
            if self._waiting + len(manifests) > _QUEUE_LIMIT:
                raise IntakeFull
            if self._closed:
                raise IntakeClosed
            self._waiting += len(manifests)
            self._come.put(request)
        self.wake.set()
        return request.future

    def take(self, now: int) -> None:
        """Put what came into the vault."""
        self.wake.clear()
        come, count = list[_Request](), 0
        while count < MOST and not self._come.empty():
            come.append(self._come.get())
            count += len(come[-1].manifests)
        if not come:
            return
        if not self._come.empty():
            self.wake.set()
        with self._lock:
            self._waiting -= count
        manifests = [manifest for request in come for manifest in request.manifests]
        try:
            answers = iter(self._vault.take_many(manifests, now=now, entropy=self._entropy))
        except BaseException as problem:
            for request in come:
                request.future.set_exception(problem)
            if isinstance(problem, SealError):  # no room, or not one's turn: nothing was kept, the log goes on
                return
            raise
        for request in come:
            request.answers = [next(answers) for _ in request.manifests]
        self._taken += come

    def answer(self) -> None:
        """Tell those whose entries the log has taken."""
        if not self._taken:
            return
        told, self._taken = self._taken, []
        fresh = [each.seq for request in told for each in request.answers if _unplaced(each)]
        indices = self._vault.indices(min(fresh), max(fresh)) if fresh else {}
        for request in told:
            request.future.set_result(
                [replace(each, index=indices[each.seq]) if _unplaced(each) else each for each in request.answers]
            )

    def close(self) -> None:
        """Nothing more is taken; who waits is told so."""
        with self._lock:
            self._closed = True
        waiting = self._taken
        while not self._come.empty():
            waiting.append(self._come.get())
        for request in waiting:
            request.future.set_exception(IntakeClosed())


def _unplaced(answer: Answer) -> TypeGuard[Entry]:
    """Whether it had no index when it was taken; one sent again may be years old."""
    return isinstance(answer, Entry) and answer.index is None


class Application:
    """ASGI: the one address of the intake."""

    def __init__(self, intake: Intake, known: Callable[[], Mapping[str, str]]) -> None:
        """``known``: by the hash of its token, the name of each device."""
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
        try:
            status, answers, kind = await self._answer(scope, receive)
        except SealError as problem:
            status, answers, kind = getattr(problem, "status", 422), [_refused(problem)], _ONE
        except OSError as problem:
            status, answers, kind = 507, [{"error": f"存证服务不能写入：{problem}"}], _ONE
        body = "\n".join(json.dumps(each, ensure_ascii=False) for each in answers).encode()
        headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(
        self, scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[MutableMapping[str, Any]]]
    ) -> tuple[int, list[dict[str, object]], bytes]:
        if scope["path"] != "/entries":
            return 404, [{"error": "没有这一地址。"}], _ONE
        if scope["method"] != "POST":
            return 405, [{"error": "只接受 POST。"}], _ONE
        device = self._device(scope)
        if device is None:
            return 401, [{"error": "没有设备令牌，或者令牌不对。"}], _ONE
        many = _header(scope, b"content-type").partition(b";")[0].strip().lower() == _MANY
        body = await _body(receive, MANY_LIMIT if many else MANIFEST_LIMIT)
        if body is None:
            return 413, [{"error": f"{'请求超过 4 MiB' if many else '材料说明超过 64 KiB'}。"}], _ONE
        if many:
            return await self._many(body.split(b"\n"), device)
        (answer,) = await asyncio.wrap_future(self._intake.submit([_of_device(Manifest.parse(body), device)]))
        if isinstance(answer, SealError):
            raise answer
        return 200, [_told(answer)], _ONE

    async def _many(self, lines: Sequence[bytes], device: str) -> tuple[int, list[dict[str, object]], bytes]:
        """Whoever cannot be read is refused alone."""
        lines = lines[:-1] if not lines[-1] else lines
        if len(lines) > MOST:
            return 413, [{"error": f"一次最多 {MOST} 条。"}], _ONE
        read = [_read(line, device) for line in lines]
        answers = await asyncio.wrap_future(self._intake.submit([each for each in read if isinstance(each, Manifest)]))
        left = iter(answers)
        every = (next(left) if isinstance(each, Manifest) else each for each in read)
        return 200, [_told(each) for each in every], _MANY

    def _device(self, scope: MutableMapping[str, Any]) -> str | None:
        kind, _, token = _header(scope, b"authorization").partition(b" ")
        digest = hashlib.sha256(token).hexdigest()
        matching = (name for known, name in self._known().items() if hmac.compare_digest(known, digest))
        return next(matching, None) if kind.lower() == b"bearer" else None


def _header(scope: MutableMapping[str, Any], name: bytes) -> bytes:
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    return next((value for each, value in headers if each == name), b"")


def _read(line: bytes, device: str) -> Manifest | SealError:
    try:
        return _of_device(Manifest.parse_line(line), device)
    except SealError as problem:
        return problem


def _told(answer: Answer) -> dict[str, object]:
    if isinstance(answer, SealError):
        return {"status": getattr(answer, "status", 422), **_refused(answer)}
    return {"id": answer.id, "index": answer.index}


def _refused(problem: SealError) -> dict[str, object]:
    return {"error": str(problem)}


def _of_device(manifest: Manifest, device: str) -> Manifest:
    if manifest.kind is not Kind.MATERIAL:
        raise ManifestInvalid("kind", "须为固证")
    if manifest.collected is None or manifest.collected.device != device:
        raise ManifestInvalid("collected.device", f"须为本设备“{device}”")
    if manifest.held != device:
        raise ManifestInvalid("held", f"须为本设备“{device}”：文件留在设备上")
    return manifest


async def _body(receive: Callable[[], Awaitable[MutableMapping[str, Any]]], limit: int) -> bytes | None:
    """All of it; None when it is too long."""
    parts, size = [], 0
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            return None
        if not message.get("more_body"):
            return b"".join(parts)

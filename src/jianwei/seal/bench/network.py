"""Records of devices over HTTP: the service in one process, who asks in this one."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jianwei.seal import intake
from jianwei.seal.bench.files import NOW, create, manifest
from jianwei.seal.bench.log import Limits
from jianwei.seal.bench.measuring import Say, at, line
from jianwei.seal.evidence_log import Entry, EvidenceLog
from jianwei.seal.service import Service
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import Collected

DEVICE, TOKEN = "recorder", "bench"
SECONDS = 10.0
CONNECTIONS = (1, 64, 256)
_HASHES = {"size": 7, "sha256": "ab" * 32, "sm3": "cd" * 32}


def report(say: Say, place: Path, best: Limits) -> None:
    for connections in CONNECTIONS:
        with _service(place / f"http{connections}") as port:
            count, times = _asked(port, connections)
        with EvidenceLog.open(place / f"http{connections}") as log:
            held = sum(entry.index is not None for entry in _all(log))
        assert held >= count, f"{count} acknowledged, {held} held"
        line(
            say,
            f"HTTP，{connections} 个连接，答复时已在持久的检查点内",
            count / SECONDS,
            "条/秒",
            best.syncs,
            "每秒 fsync",
        )
        say(f"HTTP，{connections} 个连接　中位 {at(times, 0.5):.1f} 毫秒，99% {at(times, 0.99):.1f} 毫秒")


def _all(log: EvidenceLog) -> Iterator[Entry]:
    after = 0
    while page := log.entries(after=after, limit=5000):
        yield from page
        after = page[-1].seq


def _serve(folder: Path) -> None:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    Service(folder, clock=lambda: int(time.time()), entropy=os.urandom, tell=lambda _: None, stop=stop).run()


@contextmanager
def _service(folder: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    create(folder, listen=f"127.0.0.1:{port}").close()
    intake.enrol(folder, DEVICE, TOKEN)
    served = multiprocessing.get_context("spawn").Process(target=_serve, args=(folder,))
    served.start()
    try:
        for _ in range(1000):
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            time.sleep(0.02)
        yield port
    finally:
        served.terminate()
        served.join()


def _asked(port: int, connections: int) -> tuple[int, list[float]]:
    """Answers within ``SECONDS`` and how long each took."""
    return asyncio.run(_ask_all(port, connections))


async def _ask_all(port: int, connections: int) -> tuple[int, list[float]]:
    until = time.perf_counter() + SECONDS
    times = await asyncio.gather(*(_ask(port, number, until) for number in range(connections)))
    every = [each for one in times for each in one]
    return len(every), every


async def _ask(port: int, number: int, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    one = manifest(number, held=DEVICE, collected=Collected(place="现场", device=DEVICE), **_HASHES)
    before, after = one.encode().split(one.id.encode())
    head = f"POST /entries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: "
    length = len(before) + len(after) + len(one.id)
    times: list[float] = []
    while (begin := time.perf_counter()) < until:
        body = before + ulid.new(NOW, os.urandom).encode() + after
        writer.write(f"{head}{length}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"}")
        assert b" 200 " in answer, answer
        times.append(time.perf_counter() - begin)
    writer.close()
    return times

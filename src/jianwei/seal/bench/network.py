"""Records of devices over HTTP: the service in one process, who asks in this one."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jianwei.seal import devices
from jianwei.seal.bench.files import NOW, create, manifest
from jianwei.seal.bench.log import Limits
from jianwei.seal.bench.measuring import Say, at, line
from jianwei.seal.evidence_log import Entry, EvidenceLog
from jianwei.seal.service import Service
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import Collected

DEVICE, TOKEN = "recorder", "bench"
SECONDS = 10.0
CONNECTIONS = ((1, 1), (64, 1), (256, 1), (1, 100), (8, 256))
"""How many connections, and records in each request."""
_HASHES = {"size": 7, "sha256": "ab" * 32, "sm3": "cd" * 32}


def report(say: Say, place: Path, best: Limits) -> None:
    for connections, records in CONNECTIONS:
        folder = place / f"http{connections}x{records}"
        with _service(folder) as port:
            count, times = _asked(port, connections, records)
        with EvidenceLog.open(folder) as log:
            held = sum(entry.index is not None for entry in _all(log))
        assert held >= count, f"{count} acknowledged, {held} held"
        each = f"每次 {records} 条，" if records > 1 else ""
        what = f"HTTP，{connections} 个连接，{each}答复时已在持久的检查点内"
        line(say, what, count / SECONDS, "条/秒", best.syncs, "每秒 fsync")
        say(f"HTTP，{connections} 个连接，{each}中位 {at(times, 0.5):.1f} 毫秒，99% {at(times, 0.99):.1f} 毫秒")


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
    devices.enrol(folder, DEVICE, TOKEN)
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


def _asked(port: int, connections: int, records: int) -> tuple[int, list[float]]:
    """Records answered within ``SECONDS`` and how long each request took."""
    return asyncio.run(_ask_all(port, connections, records))


async def _ask_all(port: int, connections: int, records: int) -> tuple[int, list[float]]:
    until = time.perf_counter() + SECONDS
    asking = (
        _ask(port, number, until) if records == 1 else _ask_many(port, records, until) for number in range(connections)
    )
    every = [each for one in await asyncio.gather(*asking) for each in one]
    return len(every) * records, every


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


async def _ask_many(port: int, records: int, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    one = manifest(0, held=DEVICE, collected=Collected(place="现场", device=DEVICE), **_HASHES)
    told = json.dumps(json.loads(one.encode()), ensure_ascii=False).encode() + b"\n"
    before, after = told.split(one.id.encode())
    head = (
        f"POST /entries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Type: application/x-ndjson\r\n"
    )
    times: list[float] = []
    while (begin := time.perf_counter()) < until:
        body = b"".join(before + ulid.new(NOW, os.urandom).encode() + after for _ in range(records))
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", answer)
        assert b" 200 " in answer and length, answer
        lines = (await reader.readexactly(int(length[1]))).splitlines()
        assert len(lines) == records and all(b'"index"' in each for each in lines), lines[:3]
        times.append(time.perf_counter() - begin)
    writer.close()
    return times

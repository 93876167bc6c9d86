"""A witness on the network: what it answers, and what it does not put up with."""

from __future__ import annotations

import hashlib
import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from a_witness import NOW, POLICE, GrowingLog, witness
from logs import ONE_TREE

from jianwei.seal import note
from jianwei.seal.witness import serving
from jianwei.seal.witness.serving import WitnessServer
from jianwei.seal.witness.submission import LIMIT

LOG = ONE_TREE[0].signer.verifier


class Served:
    def __init__(self, folder: Path) -> None:
        self.told: list[str] = []
        self.witness = witness(folder)
        self.server = WitnessServer(("127.0.0.1", 0), self.witness, lambda: NOW, self.told.append)
        self.port = self.server.server_address[1]
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def asks(self, method: str, path: str, body: bytes | None = None) -> tuple[int, str, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body)
        answer = connection.getresponse()
        found = answer.status, answer.headers["Content-Type"], answer.read()
        connection.close()
        return found

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.witness.memory.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    served.close()


@pytest.fixture(scope="module")
def log() -> GrowingLog:
    log = GrowingLog()
    for size in range(5, 14):
        log.grow(size)
    return log


def test_a_checkpoint_is_signed_and_shown_over_http(served: Served, log: GrowingLog) -> None:
    path = f"/{hashlib.sha256(LOG.name.encode()).hexdigest()}/checkpoint"
    assert served.asks("GET", path)[0] == 404
    status, content_type, lines = served.asks("POST", "/add-checkpoint", log.asks(0, 5).encode())
    assert (status, content_type) == (200, "text/plain; charset=utf-8")
    whole = note.parse(log.notes[5][0].encode() + lines)
    assert len(note.check(whole, (LOG, POLICE.verifier))) == 2
    assert served.asks("POST", "/add-checkpoint", log.asks(0, 9).encode()) == (409, "text/x.tlog.size", b"5\n")
    assert served.asks("GET", path) == (200, "text/plain; charset=utf-8", whole.encode())
    assert served.told[1:] == [
        f"{LOG.name}：由 0 条到 5 条，已见证",
        f"{LOG.name}：上次见证到 5 条，与请求的起点不符",
        f"{LOG.name}：出示第 5 条的检查点",
    ]


def test_one_connection_serves_many_requests(served: Served, log: GrowingLog) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    for old, size in ((0, 5), (5, 6), (6, 7)):
        connection.request("POST", "/add-checkpoint", log.asks(old, size).encode())
        answer = connection.getresponse()
        assert answer.status == 200 and answer.read()
    connection.close()


def test_of_eight_at_once_over_http_one_is_signed(served: Served, log: GrowingLog) -> None:
    assert served.asks("POST", "/add-checkpoint", log.asks(0, 5).encode())[0] == 200
    bodies = [log.asks(5, size).encode() for size in range(6, 14)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda body: served.asks("POST", "/add-checkpoint", body)[0], bodies))
    assert sorted(answers) == [200] + [409] * 7


def test_other_addresses_and_methods_are_not_there(served: Served) -> None:
    for method, path in (("POST", "/"), ("GET", "/"), ("GET", "/add-checkpoint"), ("POST", "/add-checkpoint?x"),
                         ("GET", "/../witness.db"), ("GET", "//checkpoint")):  # fmt: skip
        assert served.asks(method, path, b"")[0] == 404
    assert served.asks("PUT", "/add-checkpoint", b"")[0] == 501


def raw(served: Served, sent: bytes, seconds: float = 5) -> bytes:
    """All that comes back until the witness closes."""
    with socket.create_connection(("127.0.0.1", served.port), seconds) as line:
        line.sendall(sent)
        parts = []
        while part := line.recv(65536):
            parts.append(part)
        return b"".join(parts)


def test_a_body_too_long_or_of_unknown_length_is_not_read(served: Served) -> None:
    for header, status in (
        (f"Content-Length: {LIMIT + 1}", b"413"),
        ("Content-Length: 99999999999999999999", b"411"),
        ("Content-Length: -1", b"411"),
        ("Transfer-Encoding: chunked", b"411"),
    ):
        answer = raw(served, f"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\n{header}\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 " + status) and b"Connection: close" in answer


def test_silence_and_trickling_bytes_are_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patience = serving.SECONDS
    monkeypatch.setattr(serving, "SECONDS", 0.2)
    monkeypatch.setattr(serving._Handler, "timeout", 0.2)
    served = Served(tmp_path)
    began = time.monotonic()
    assert raw(served, b"POST /add-checkpoint HTTP/1.1\r\n") == b""
    assert time.monotonic() - began < patience
    with socket.create_connection(("127.0.0.1", served.port), 5) as line:
        began, cut = time.monotonic(), False
        while not cut and time.monotonic() - began < 2 * patience:
            try:
                line.sendall(b"P")
                line.settimeout(0.05)
                cut = line.recv(1) == b""
            except TimeoutError:
                continue
            except OSError:
                cut = True
        assert cut and time.monotonic() - began < patience
    served.close()


def answers(served: Served, log: GrowingLog) -> bool:
    try:
        return served.asks("POST", "/add-checkpoint", log.asks(0, 5).encode())[0] == 200
    except (OSError, http.client.HTTPException):  # those who hung up are not noticed at once
        return False


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < until:
        time.sleep(0.05)
    return held


def test_too_many_connections_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: GrowingLog) -> None:
    monkeypatch.setattr(serving, "CONNECTIONS", 3)
    served = Served(tmp_path)
    lines = [socket.create_connection(("127.0.0.1", served.port), 5) for _ in range(3)]
    assert raw(served, b"") == b""
    assert threading.active_count() < 20
    for line in lines:
        line.close()
    assert within(20, lambda: answers(served, log))
    served.close()

"""A witness: a checkpoint judged, kept safely and signed, in this process and in one of its own over HTTP."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from jianwei.seal import merkle
from jianwei.seal.bench.log import Limits
from jianwei.seal.bench.measuring import Say, line, seconds
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Folder
from jianwei.seal.leaf import Kind, Leaf
from jianwei.seal.note import NoteSigner
from jianwei.seal.sm2 import PrivateKey
from jianwei.seal.store import Store, Tree
from jianwei.seal.suites import SHA256, SM3, Suite
from jianwei.seal.witness import folder
from jianwei.seal.witness.submission import Submission

ROUNDS = 1000
_ALGORITHMS = ((SHA256, "ed25519", bytes(range(32))), (SM3, "sm2", PrivateKey(b"S" * 32)))


def report(say: Say, place: Path, best: Limits) -> None:
    for suite, algorithm, key in _ALGORITHMS:
        signer = NoteSigner("bench.example/log", key)
        requests = _requests(place / f"witnessed-{suite.name}", suite, signer)
        judged, served = (place / f"{how}-{suite.name}" for how in ("judged", "served"))
        for each in (judged, served):
            folder.create(each, "bench.example/w", [signer.verifier.vkey], lambda count: b"w" * count, [algorithm])
        for what, rate in (
            ("见证，进程内", _judged(judged, requests)),
            ("见证，HTTP 往返，一个连接", _asked(served, requests)),
        ):
            line(say, f"{what}（{suite.name}/{algorithm}）", rate, "次/秒", best.syncs, "每秒 fsync")


def _requests(place: Path, suite: Suite, signer: NoteSigner) -> list[bytes]:
    """Of a log that grows by one entry each time."""
    disk, tree = Folder(place), Tree(suite)
    store = Store(disk)
    found = []
    for size in range(1, ROUNDS + 1):
        store.append((tree,), size - 1, Leaf(Kind.MATERIAL, size.to_bytes(32, "big"), bytes(32)).encode())
        proof = merkle.consistency_proof(suite, store.nodes(tree), size - 1, size) if size > 1 else []
        checkpoint = Checkpoint(signer.verifier.name, size, store.root(tree, size)).signed(signer)
        found.append(Submission(size - 1, tuple(proof), checkpoint).encode())
    disk.close()
    return found


def _judged(place: Path, requests: Sequence[bytes]) -> float:
    witness = folder.open_witness(place)
    taken = seconds(lambda: [witness.add_checkpoint(each, 1) for each in requests])
    witness.memory.close()
    return len(requests) / taken


def _asked(place: Path, requests: Sequence[bytes]) -> float:
    with _served(place) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

        def ask() -> None:
            for body in requests:
                connection.request("POST", "/add-checkpoint", body)
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, answer.status

        taken = seconds(ask)
        connection.close()
    return len(requests) / taken


@contextmanager
def _served(place: Path) -> Iterator[int]:
    told = place / "told"
    with told.open("w") as output:
        command = [sys.executable, "-m", "jianwei.seal.witness", str(place), "--port", "0"]
        process = subprocess.Popen(command, stdout=output)
    try:
        while not (port := re.search(r":(\d+)，", told.read_text())):
            assert process.poll() is None, "the witness did not start"
            time.sleep(0.02)
        yield int(port[1])
    finally:
        process.terminate()
        process.wait(10)

"""How fast a witness is, beside what the disk could do at best: ``python -m jianwei.seal.witness.bench [ROUNDS]``.

The witness is a process of its own; log and disk are this machine's. Each round is one entry, one checkpoint, one answer.
"""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from jianwei.seal import merkle
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Folder
from jianwei.seal.leaf import LEAF_SIZE, Kind, Leaf
from jianwei.seal.note import NoteSigner
from jianwei.seal.sm2 import PrivateKey
from jianwei.seal.store import Store, Tree
from jianwei.seal.suites import SHA256, SM3, Suite
from jianwei.seal.witness import folder
from jianwei.seal.witness.submission import Submission

_NAMES = {"sha256": "Ed25519", "sm3": "SM2"}


def _requests(place: Path, suite: Suite, signer: NoteSigner, rounds: int) -> list[bytes]:
    disk = Folder(place)
    store, tree = Store(disk), Tree(suite)
    found = []
    for size in range(1, rounds + 1):
        store.append((tree,), size - 1, Leaf(Kind.MATERIAL, size.to_bytes(32, "big"), bytes(32)).encode())
        proof = merkle.consistency_proof(suite, store.nodes(tree), size - 1, size) if size > 1 else []
        checkpoint = Checkpoint(signer.verifier.name, size, store.root(tree, size)).signed(signer)
        found.append(Submission(size - 1, tuple(proof), checkpoint).encode())
    disk.close()
    return found


def _rate(what: str, count: int, work: Callable[[], object]) -> None:
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    print(f"{what:<52}{count / seconds:>10,.0f} /s{seconds / count * 1000:>10,.2f} ms")


def _syncs(disk: Folder, rounds: int) -> None:
    for count in range(rounds):
        disk.write("sync", count * LEAF_SIZE, bytes(LEAF_SIZE))
        disk.sync("sync")


def _create(place: Path, vkey: str, algorithm: str) -> None:
    folder.create(place, "bench.example/w", [vkey], lambda count: b"w" * count, [algorithm])


def _judged(place: Path, requests: list[bytes], what: str) -> None:
    witness = folder.open_witness(place)
    _rate(what, len(requests), lambda: [witness.add_checkpoint(each, 1) for each in requests])
    witness.memory.close()


def _served(place: Path, requests: list[bytes], what: str) -> None:
    command = [sys.executable, "-m", "jianwei.seal.witness", str(place), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    port = re.search(r":(\d+)，", process.stdout.readline())
    assert port
    told = subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
    connection = http.client.HTTPConnection("127.0.0.1", int(port[1]), timeout=30)

    def ask() -> None:
        for body in requests:
            connection.request("POST", "/add-checkpoint", body)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"answered {answer.status}")

    try:
        _rate(what, len(requests), ask)
    finally:
        connection.close()
        process.terminate()
        process.wait(10)
        told.wait(10)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory(dir=".") as place:
        root = Path(place)
        disk = Folder(root / "sync")
        _rate("fdatasync of 76 bytes appended", rounds, lambda: _syncs(disk, rounds))
        disk.close()
        for suite, algorithm, key in ((SHA256, "ed25519", bytes(range(32))), (SM3, "sm2", PrivateKey(b"S" * 32))):
            signer = NoteSigner("bench.example/log", key)
            requests = _requests(root / f"log-{suite.name}", suite, signer, rounds)
            title = f"{suite.name}/{_NAMES[suite.name]}"
            for which in ("judged", "served"):
                _create(root / f"{which}-{suite.name}", signer.verifier.vkey, algorithm)
            _judged(root / f"judged-{suite.name}", requests, f"{title}: judged and kept, in process")
            _served(root / f"served-{suite.name}", requests, f"{title}: round trip over HTTP, one client")


if __name__ == "__main__":
    main()

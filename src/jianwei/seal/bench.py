"""How fast the log is, beside what the machine could do at best: ``python -m jianwei.seal.bench [ENTRIES]``.

Everything is measured in one run, in a folder beside the working directory, so that the figures belong together.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from jianwei.seal import merkle
from jianwei.seal.checkpoint import opened
from jianwei.seal.disk import Folder
from jianwei.seal.fsck import examine
from jianwei.seal.leaf import LEAF_SIZE, Kind, Leaf
from jianwei.seal.note import NoteSigner
from jianwei.seal.sequencer import Sequencer, SignedTree
from jianwei.seal.store import Store, Tree
from jianwei.seal.suites import SHA256, SM3, Suite

_BATCHES = (1, 256, 16_384)
_SYNCS = 200


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _leaves(count: int) -> list[Leaf]:
    return [Leaf(Kind.MATERIAL, index.to_bytes(32, "big"), bytes(32)) for index in range(count)]


def _print(what: str, figure: float, unit: str) -> None:
    print(f"{what:<46}{figure:>14,.2f} {unit}" if figure < 100 else f"{what:<46}{figure:>14,.0f} {unit}")


def _syncs(folder: Folder) -> None:
    for count in range(_SYNCS):
        folder.write("sync", count * LEAF_SIZE, bytes(LEAF_SIZE))
        folder.sync("sync")


def _tree(suite: Suite, place: Path, entries: int) -> None:
    hashes = entries * 2
    raw = _seconds(lambda: suite.parents(bytes(64 * hashes)))
    _print(f"{suite.name}: nodes hashed, one thread", hashes / raw, "/s")
    trees = [SignedTree(Tree(suite), NoteSigner("bench.example/log", bytes(32)))]
    folder = Folder(place / suite.name)
    log = Sequencer.create(folder, trees)
    for batch in _BATCHES:
        leaves = _leaves(batch)
        rounds = max(1, min(entries // batch, 300))
        times = sorted(_seconds(lambda each=leaves: log.append(each)) for _ in range(rounds))  # type: ignore[misc]
        _print(f"{suite.name}: durable entries, {batch} a commit", batch * rounds / sum(times), "/s")
        _print(f"{suite.name}: a commit of {batch}, p50", times[rounds // 2] * 1000, "ms")
    store, size = Store(folder), log.size
    nodes = store.nodes(trees[0].tree)
    head = opened(log.checkpoints[0], trees[0].signer.verifier)
    places = range(0, size, max(1, size // 200))
    paths = [merkle.inclusion_proof(suite, nodes, index, size) for index in places]
    making = _seconds(lambda: [merkle.inclusion_proof(suite, nodes, index, size) for index in places])
    hashed = [suite.leaf(store.leaves(index, index + 1)) for index in places]

    def check() -> None:
        for leaf, index, path in zip(hashed, places, paths, strict=True):
            merkle.check_inclusion(suite, leaf, index, size, path, head.root)

    checking = _seconds(check)
    _print(f"{suite.name}: inclusion proof made, of {size:,}", making / len(places) * 1000, "ms")
    _print(f"{suite.name}: inclusion proof checked", checking / len(places) * 1000, "ms")
    _print(f"{suite.name}: reopened", _seconds(lambda: Sequencer(folder, trees)) * 1000, "ms")
    whole = [(each.tree, each.file, each.signer.verifier) for each in trees]
    _print(f"{suite.name}: examined", size / _seconds(lambda: examine(folder, whole)), "entries/s")
    folder.close()


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    with tempfile.TemporaryDirectory(dir=".") as place:
        folder = Folder(Path(place) / "sync")
        _print("fdatasync of 76 bytes appended", _SYNCS / _seconds(lambda: _syncs(folder)), "/s")
        folder.close()
        for suite in (SHA256, SM3):
            _tree(suite, Path(place), entries)


if __name__ == "__main__":
    main()

"""A log in memory, a witness in a folder, and what the one asks of the other."""

from __future__ import annotations

from pathlib import Path

from logs import ONE_TREE, TWO_TREES, leaves
from losing_power import MemoryDisk

from jianwei.seal import merkle, note
from jianwei.seal.cosignature import WitnessSigner
from jianwei.seal.sequencer import Sequencer, SignedTree
from jianwei.seal.store import Store
from jianwei.seal.witness.judging import Witness
from jianwei.seal.witness.logs import KnownLog
from jianwei.seal.witness.memory import Memory
from jianwei.seal.witness.submission import Submission

NOW = 1_790_000_000
POLICE = WitnessSigner("ga.example/w1", b"P" * 32)
COURT = WitnessSigner("fy.example/w1", b"C" * 32)
UPPER = WitnessSigner("sjy.example/w1", b"U" * 32)


def witness(folder: Path, signer: WitnessSigner = POLICE, trees: list[SignedTree] = ONE_TREE) -> Witness:
    logs = {
        each.signer.verifier.name: KnownLog(each.signer.verifier.name, each.tree.suite, (each.signer.verifier,))
        for each in trees
    }
    return Witness(Memory(folder / "witness.db"), logs, {"sha256": (signer,), "sm3": (signer,)})


class GrowingLog:
    """A log that remembers the checkpoint of every size it stopped at. ``seed`` tells one history from another."""

    def __init__(self, seed: int = 0, trees: list[SignedTree] = TWO_TREES) -> None:
        self.trees, self.seed, self.disk = trees, seed, MemoryDisk()
        self.sequencer = Sequencer.create(self.disk, trees)
        self.notes: dict[int, list[note.Note]] = {}
        self._remember()

    def grow(self, size: int, shared: int = 0) -> None:
        """Up to ``size`` entries; those from ``shared`` on are this history's own."""
        begin = self.sequencer.size
        common = leaves(begin, max(begin, min(shared, size)))
        own = leaves(max(begin, shared) + 1_000_000 * self.seed, size + 1_000_000 * self.seed)
        self.sequencer.append([*common, *own])
        self._remember()

    def _remember(self) -> None:
        self.notes[self.sequencer.size] = [note.parse(each) for each in self.sequencer.checkpoints]

    def asks(self, old: int, size: int, position: int = 0) -> Submission:
        """A correct request."""
        tree = self.trees[position].tree
        proof: list[bytes] = []
        if old:
            proof = merkle.consistency_proof(tree.suite, Store(self.disk).nodes(tree), old, size)
        return Submission(old, tuple(proof), self.notes[size][position])

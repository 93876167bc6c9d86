"""Whoever holds the lock puts waiting records into the log. Killed at any moment, it goes on without gap or repetition.

A record waits in secrets.db until its index is marked there. A process killed between the log's commit and that mark
leaves leaves without a mark: the next writer finds whose they are by their commitments before it appends anything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from jianwei.seal.disk import Folder
from jianwei.seal.errors import SealError
from jianwei.seal.leaf import LEAF_SIZE, Kind, Leaf
from jianwei.seal.sequencer import Sequencer, SignedTree
from jianwei.seal.store import Store
from jianwei.seal.vault.keeping import Vault
from jianwei.seal.vault.rows import VaultBusy

MOST = 1024
"""Entries of one commit."""


class LogBehind(SealError):
    """The vault knows of leaves that the log does not have: an old copy of the log was put back."""

    def __init__(self, size: int, known: int) -> None:
        self.size, self.known = size, known
        super().__init__(
            f"存证日志只有 {size} 条，而保密库已记到第 {known} 条：日志可能是旧备份。已拒绝写入，须先恢复完整的日志文件。"
        )


class VaultBehind(SealError):
    """The log has leaves that the vault does not know: an old copy of the vault was put back."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(
            f"存证日志第 {index} 条在保密库中没有对应记录：保密库可能是旧备份。已拒绝写入，须先恢复保密库。"
        )


class Writer:
    """Use as a context. Not for several threads at once."""

    def __init__(self, folder: Path, vault: Vault, trees: Sequence[SignedTree], now: int) -> None:
        """``now``: when leaves that a killed writer left without a mark are taken to have been fixed."""
        self._disk = Folder(folder)
        self._vault = vault
        self._trees = tuple(trees)
        self._opened_at = now

    def __enter__(self) -> Self:
        """Raise ``LogBusy``, ``LogMissing``, ``LogBroken``, ``LogBehind`` or ``VaultBehind``."""
        try:
            self._disk.lock()
            self._sequencer = Sequencer(self._disk, self._trees)
            self._recover()
        except BaseException:
            self._disk.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self._disk.close()

    @property
    def size(self) -> int:
        return self._sequencer.size

    @property
    def checkpoints(self) -> list[bytes]:
        return self._sequencer.checkpoints

    def drain(self, now: int) -> int:
        """Put what waits into the log, in order of arrival; how many. Any error stops this writer for good."""
        drained = 0
        while waiting := self._waiting():
            leaves = [Leaf(Kind(row["kind"]), row["commitment256"], row["commitment3"]) for row in waiting]
            places = self._sequencer.append(leaves)
            self._mark([(index, now, row["seq"]) for index, row in zip(places, waiting, strict=True)])
            drained += len(waiting)
        return drained

    def _waiting(self) -> list[sqlite3.Row]:
        query = "SELECT seq, kind, commitment256, commitment3 FROM entry WHERE idx IS NULL ORDER BY seq LIMIT ?"
        return self._vault.rows.reading().execute(query, (MOST,)).fetchall()

    def _mark(self, marks: list[tuple[int, int, int]]) -> None:
        """However long it takes: the leaves are in the log already."""
        while True:
            try:
                with self._vault.rows.writing() as db:
                    db.executemany("UPDATE entry SET idx = ?, fixed_at = ? WHERE seq = ?", marks)
                return
            except VaultBusy:
                continue

    def _recover(self) -> None:
        db = self._vault.rows.reading()
        known = db.execute("SELECT coalesce(max(idx) + 1, 0) FROM entry").fetchone()[0]
        if known > self.size:
            raise LogBehind(self.size, known)
        for begin in range(known, self.size, MOST):
            end = min(begin + MOST, self.size)
            entries = Store(self._disk).leaves(begin, end)
            decoded = (Leaf.decode(entries[start : start + LEAF_SIZE]) for start in range(0, len(entries), LEAF_SIZE))
            self._mark(
                [(index, self._opened_at, self._owner(db, index, leaf)) for index, leaf in enumerate(decoded, begin)]
            )

    def _owner(self, db: sqlite3.Connection, index: int, leaf: Leaf) -> int:
        query = "SELECT seq FROM entry WHERE commitment256 = ? AND commitment3 = ? AND kind = ? AND idx IS NULL"
        row = db.execute(query, (leaf.sha256, leaf.sm3, leaf.kind)).fetchone()
        if row is None:
            raise VaultBehind(index)
        return int(row["seq"])

"""The one writer of a log. What it has acknowledged is in a signed checkpoint that is safe on the disk.

Order of a commit: entries and hashes written; each file synced; everything just written read back and computed again;
the old checkpoint seen to be still the one this writer knows; the new one signed, written beside, synced, renamed, the
names synced. Only then is the commit told. After any error nothing more is written: an fsync that failed is never
tried again, and reopening cuts every file to the last safe checkpoint.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from jianwei.seal.checkpoint import Checkpoint, opened
from jianwei.seal.disk import Disk, put
from jianwei.seal.errors import SealError
from jianwei.seal.fsck import hashes_differ
from jianwei.seal.leaf import LEAF_SIZE, Leaf
from jianwei.seal.note import Signer
from jianwei.seal.store import Store, Tree, lengths, names


class LogMissing(SealError):
    def __init__(self) -> None:
        super().__init__("此处没有存证日志，须先新建。")


class LogExists(SealError):
    def __init__(self) -> None:
        super().__init__("此处已有存证日志，不能新建。")


class LogBroken(SealError):
    """The files and the signed checkpoint contradict each other. Nothing is changed; ``fsck`` tells where."""


class LogStopped(SealError):
    """The writer met an error and does not go on."""

    def __init__(self, reason: object) -> None:
        super().__init__(f"存证日志已停止写入，须查明原因后重新打开：{reason}")


@dataclass(frozen=True)
class SignedTree:
    """A tree, who signs it, and the file of its newest checkpoint. The signer's name is the log's origin."""

    tree: Tree
    signer: Signer
    file: str = "checkpoint"
    also: tuple[Signer, ...] = ()
    """While a key is changed: who signs beside, under the same name. A head that one of them signed is the log's."""

    @property
    def signers(self) -> tuple[Signer, ...]:
        return self.signer, *self.also


@dataclass
class _Head:
    checkpoint: Checkpoint
    content: bytes


class Sequencer:
    """Opened on a disk that this process alone writes to (``Folder.lock``). Not for several threads at once."""

    def __init__(self, disk: Disk, trees: Sequence[SignedTree]) -> None:
        """Open a log, cutting off what no safe checkpoint covers. Raise ``LogMissing`` or ``LogBroken``."""
        self._store = Store(disk)
        self._disk = disk
        self._trees = tuple(trees)
        self._plain = tuple(each.tree for each in trees)
        self._stopped: BaseException | None = None
        self._named: set[str] = set()
        disk.sync_names()  # a rename that survived a killed process must survive a power cut, too, before it is told
        self._heads = [self._read_head(each) for each in self._trees]
        self.size = max(head.checkpoint.size for head in self._heads)
        self._recover()

    @classmethod
    def create(cls, disk: Disk, trees: Sequence[SignedTree]) -> Self:
        """Begin a log by signing that it is empty. A creation that was interrupted may be repeated."""
        missing = [each for each in trees if not disk.size(each.file)]
        if not missing or any(disk.size(name) for name in names(tuple(each.tree for each in trees))):
            raise LogExists
        for each in missing:
            empty = Checkpoint(each.signer.verifier.name, 0, each.tree.suite.digest(b""))
            put(disk, each.file, empty.signed(*each.signers).encode())
        return cls(disk, trees)

    @property
    def checkpoints(self) -> list[bytes]:
        """The newest safe checkpoint of each tree, as signed."""
        return [head.content for head in self._heads]

    def append(self, leaves: Iterable[Leaf]) -> range:
        """Commit entries together; their indices. When this returns they are safe. Any error stops the writer."""
        entries = b"".join(leaf.encode() for leaf in leaves)
        begin, end = self.size, self.size + len(entries) // LEAF_SIZE
        if self._stopped:
            raise LogStopped(self._stopped)
        if begin == end:
            return range(begin, end)
        try:
            self._commit(entries, end)
        except BaseException as problem:
            self._stopped = problem
            raise
        return range(begin, end)

    def _commit(self, entries: bytes, end: int) -> None:
        begin = self.size
        self._check_alone()
        written = self._store.append(self._plain, begin, entries)
        for name in written:
            self._disk.sync(name)
        if not self._named.issuperset(written):
            self._disk.sync_names()  # a file that is new must have its name before a checkpoint rests on it
            self._named.update(written)
        if self._store.leaves(begin, end) != entries:
            raise LogBroken("写入的存证记录读回后不一致。")
        self._advance(end)

    def _advance(self, size: int) -> None:
        """Sign every tree at ``size``, after all that each has got since its last checkpoint was computed again."""
        for each, head in zip(self._trees, self._heads, strict=True):
            if finding := next(hashes_differ(self._store, each.tree, head.checkpoint.size, size), None):
                raise LogBroken(f"写入的文件 {finding.file} 读回后不一致。")
        roots = [self._store.root(tree, size) for tree in self._plain]
        self._check_alone()
        for position, (each, root) in enumerate(zip(self._trees, roots, strict=True)):
            checkpoint = Checkpoint(each.signer.verifier.name, size, root)
            content = checkpoint.signed(*each.signers).encode()
            put(self._disk, each.file, content)
            self._heads[position] = _Head(checkpoint, content)
        self.size = size

    def _check_alone(self) -> None:
        """Compare and swap: what is on the disk must still be what this writer signed or found."""
        for each, head in zip(self._trees, self._heads, strict=True):
            if self._disk.read(each.file, 0, self._disk.size(each.file)) != head.content:
                raise LogBroken("检查点已被其他进程改写，日志可能出现两个写入者。")

    def _read_head(self, each: SignedTree) -> _Head:
        content = self._disk.read(each.file, 0, self._disk.size(each.file))
        if not content:
            raise LogMissing
        return _Head(opened(content, *(signer.verifier for signer in each.signers)), content)

    def _recover(self) -> None:
        """A commit cut short between two trees is finished: its entries were safe before the first tree was signed."""
        due = dict(lengths(self._plain, self.size))
        for name, length in due.items():
            if self._disk.size(name) < length:
                raise LogBroken(f"文件 {name} 短于检查点的条数，须从备份修复。")
        for each, head in zip(self._trees, self._heads, strict=True):
            if self._store.root(each.tree, head.checkpoint.size) != head.checkpoint.root:
                raise LogBroken(f"按文件算出的根与 {each.file} 不一致，须先检查。")
        for name in names(self._plain):
            if self._disk.size(name) > due.get(name, 0):
                self._disk.cut(name, due.get(name, 0))
        if any(head.checkpoint.size != self.size for head in self._heads):
            self._advance(self.size)

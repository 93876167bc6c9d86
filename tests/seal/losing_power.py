"""A disk in memory that can lose power at any moment, and every state it may then legally be in.

What was written and not synced may be there, be missing, or be there in some pieces and not in others (smaller pieces than
any disk's: more states, all of them worse); a length may have grown without its content (zeros). A name that was made or moved and not synced may be so or not.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

PIECE = 16


@dataclass
class File:
    seen: bytearray = field(default_factory=bytearray)
    """What readers see."""
    safe: bytes = b""
    """What certainly outlives the power."""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Since the last sync: (offset, content) written, or (length, None) cut."""

    def apply(self, content: bytearray, offset: int, written: bytes | None) -> None:
        if written is None:
            content[offset:] = bytes(max(0, offset - len(content)))
        else:
            content.extend(bytes(max(0, offset - len(content))))
            content[offset : offset + len(written)] = written

    def after_loss(self, chance: random.Random) -> bytes:
        content = bytearray(self.safe)
        for offset, written in self.pending:
            fate = chance.random()
            if fate < 0.3:
                continue
            if written is None or fate < 0.6:
                self.apply(content, offset, written)
                continue
            content.extend(bytes(max(0, offset + len(written) - len(content))))
            for start in range(0, len(written), PIECE):
                if chance.random() < 0.5:
                    self.apply(content, offset + start, written[start : start + PIECE])
        return bytes(content)


class MemoryDisk:
    """``jianwei.seal.disk.Disk``. ``moments`` counts what was done to it; ``on_moment`` is called before each."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self._seen = {name: File(bytearray(content), content) for name, content in (files or {}).items()}
        self._safe = dict(self._seen)
        self._renamed: list[tuple[str | None, str, File]] = []
        self.on_moment = lambda: None

    def size(self, name: str) -> int:
        return len(self._seen[name].seen) if name in self._seen else 0

    def read(self, name: str, offset: int, length: int) -> bytes:
        return bytes(self._seen[name].seen[offset : offset + length]) if name in self._seen else b""

    def write(self, name: str, offset: int, content: bytes) -> None:
        self._change(name, offset, content)

    def cut(self, name: str, size: int) -> None:
        self._change(name, size, None)

    def _change(self, name: str, offset: int, content: bytes | None) -> None:
        self.on_moment()
        if name not in self._seen:
            self._seen[name] = File()
            self._renamed.append((None, name, self._seen[name]))
        file = self._seen[name]
        file.apply(file.seen, offset, content)
        file.pending.append((offset, content))

    def sync(self, name: str) -> None:
        self.on_moment()
        file = self._seen[name]
        file.safe, file.pending = bytes(file.seen), []

    def replace(self, name: str, target: str) -> None:
        self.on_moment()
        file = self._seen[target] = self._seen.pop(name)
        self._renamed.append((name, target, file))

    def sync_names(self) -> None:
        self.on_moment()
        self._safe, self._renamed = dict(self._seen), []

    def names(self) -> set[str]:
        return set(self._seen)

    def after_loss(self, chance: random.Random) -> dict[str, bytes]:
        """One of the states the disk may be in if the power goes now."""
        names = dict(self._safe)
        for source, target, file in self._renamed:
            if chance.random() < 0.5:
                names[target] = file
                if source and names.get(source) is file:
                    del names[source]
        return {name: file.after_loss(chance) for name, file in names.items()}


class NeverSyncs(MemoryDisk):
    """The control that must fail: a writer that forgets fsync."""

    def sync(self, name: str) -> None:
        self.on_moment()


class SyncsDataLast(MemoryDisk):
    """The control that must fail: the checkpoint is made safe before the entries."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        super().__init__(files)
        self._waiting: list[str] = []

    def sync(self, name: str) -> None:
        if name.startswith("checkpoint"):
            super().sync(name)
        else:
            self.on_moment()
            self._waiting.append(name)

    def sync_names(self) -> None:
        super().sync_names()
        for name in self._waiting:
            super().sync(name)
        self._waiting = []

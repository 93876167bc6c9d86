"""A copy of an office's log, taken while its service writes, from which it can be put back whole.

``log/`` and ``originals/`` are shared by all runs and only grow; ``states/<time>-<entries>/`` holds what goes with so many
entries, and exists by a rename, so that a run that was cut short leaves the state before it, and goes on when repeated.

The order of copying is that each part may know less than the one copied after it, never more: first what others signed
(a publication must be a beginning of the log copied next), then the log, then the vault, which has a record for every
entry copied. Records whose entries came after are made to wait again in the copy: put back, they find their entries by
their commitments, or are written anew. Last the originals that this copy of the vault names.

One state is kept. An older one could still open what was erased since.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.copying import CopiedTree, catch_up, from_folder
from jianwei.seal.disk import Folder
from jianwei.seal.errors import SealError
from jianwei.seal.fsck import contents_differ
from jianwei.seal.leaf import Leaf
from jianwei.seal.log_folder import TREES, LogFolder, write
from jianwei.seal.returned import note_backup
from jianwei.seal.store import Store
from jianwei.seal.vault import room
from jianwei.seal.vault.originals import Originals, OriginalUnreadable
from jianwei.seal.witnessing import trees
from jianwei.seal.witnessing.cosigs import FILE
from jianwei.seal.witnessing.restoring import copied

_STATES, _DRAFT, _STATE = "states", ".draft", "state.json"
_SETTINGS = ("log.json", "policy.txt", "policy-sm.txt", "devices.txt", "closed")
_TRIES = 20


class BackupFailed(SealError):
    """It was not finished; the state before it stands."""


@dataclass(frozen=True)
class State:
    """What one backup holds."""

    origin: str
    folder: str
    """The name of the log's folder: the office's code, or that and the number of a log that follows another."""
    size: int
    """Entries of the log."""
    records: int
    """Of the vault; some may wait for the log."""
    at: int
    """When it was begun, in seconds since 1970."""
    keys: bool
    """Whether the log's secret keys are in it."""

    @classmethod
    def read(cls, folder: Path) -> Self:
        try:
            return cls(**json.loads((folder / _STATE).read_bytes()))
        except (OSError, ValueError, TypeError):
            raise BackupFailed(f"{folder} 不是完整的备份。") from None


def newest(backup: Path) -> Path | None:
    """The folder of its state, if it has a whole one."""
    whole = [path for path in (backup / _STATES).glob("[0-9]*-[0-9]*") if (path / _STATE).exists()]
    return max(whole, key=lambda path: [int(number) for number in path.name.split("-")], default=None)


def take(folder: LogFolder, backup: Path, now: int, *, with_keys: bool = False) -> State:
    """Bring the backup up to what the log's folder is now, checked. Raise ``BackupFailed``, ``NotTheSameLog``, ``LogBusy``."""
    backup.mkdir(parents=True, exist_ok=True, mode=0o700)
    disk = Folder(backup / "log")
    try:
        disk.lock()
        _not_ahead(folder, disk)
        with room.refusing():
            for _ in range(_TRIES):
                if state := _Run(folder, backup, disk, now, with_keys).state():
                    note_backup(folder.path, backup, state.at)
                    return state
    finally:
        disk.close()
    raise BackupFailed("备份期间不断有记录被依法删除，没有得到前后一致的备份，请稍后重试。")


class _Run:
    def __init__(self, folder: LogFolder, backup: Path, disk: Folder, now: int, with_keys: bool) -> None:
        self._folder, self._backup, self._disk = folder, backup, disk
        self._now, self._with_keys = now, with_keys
        self._draft = backup / _STATES / _DRAFT
        self._originals = Originals(backup / "originals", folder.settings.reserve_bytes)

    def state(self) -> State | None:
        """None when a record was erased meanwhile, so that the parts do not fit; what was copied helps the next try."""
        _destroy(self._draft)
        self._draft.mkdir(parents=True, mode=0o700)
        self._files()
        size = self._log()
        with self._vault(size) as vault:
            if vault is None or not self._copy_originals(vault):
                return None
            state = self._told(vault, size)
            kept = {row["address"] for row in vault.execute("SELECT address FROM original")}
        write(self._draft / _STATE, json.dumps(asdict(state), ensure_ascii=False).encode())
        sync_all(self._draft)
        done = self._draft.with_name(f"{self._now}-{size}")
        _destroy(done)
        self._draft.rename(done)
        _sync(done.parent)
        for older in done.parent.iterdir():
            if older != done:
                _destroy(older)
        for address in set(self._originals.addresses()) - kept:
            self._originals.remove(address)
        return state

    def _files(self) -> None:
        for name in _SETTINGS:
            if (self._folder.path / name).exists():
                shutil.copy2(self._folder.path / name, self._draft / name)
        for certificate in self._folder.path.glob("*.pem"):
            shutil.copy2(certificate, self._draft / certificate.name)
        if self._with_keys:
            shutil.copytree(self._folder.path / "keys", self._draft / "keys")
        if (self._folder.path / FILE).exists():
            _copy_database(self._folder.path / FILE, self._draft / FILE)

    def _log(self) -> int:
        """The entries of the copy. A pair of checkpoints that was read while the second was still to come is read again."""
        asking = trees.trees(self._folder)
        shown = [copied(self._folder, suite, asking) for suite in self._folder.suites]
        for _ in range(_TRIES):
            catch_up(self._disk, shown, from_folder(self._folder.path))
            heads = {each.checkpoint: self._disk.read(each.checkpoint, 0, note.NOTE_LIMIT) for each in shown}
            sizes = {Checkpoint.parse(note.parse(content).text).size for content in heads.values()}
            if len(sizes) == 1:
                break
        else:
            raise BackupFailed("日志写入过于频繁，没有得到前后一致的备份，请稍后重试。")
        self._check(shown)
        for name, content in heads.items():
            (self._draft / name).write_bytes(content)
        return sizes.pop()

    def _check(self, shown: list[CopiedTree]) -> None:
        examined = [(TREES[s], self._folder.checkpoint(s), self._folder.verifier(s)) for s in self._folder.suites]
        if found := contents_differ(self._disk, examined):
            raise BackupFailed(f"备份中的日志已损坏（{found[0].file}：{found[0].problem}），请另换目录重新备份。")

    @contextmanager
    def _vault(self, size: int) -> Iterator[sqlite3.Connection | None]:
        path = self._draft / "secrets.db"
        _copy_database(self._folder.path / "secrets.db", path)
        with closing(sqlite3.connect(path, isolation_level=None)) as vault:
            vault.row_factory = sqlite3.Row
            vault.execute("PRAGMA secure_delete = ON")
            try:
                vault.execute("UPDATE entry SET idx = NULL, fixed_at = NULL WHERE idx >= ?", (size,))
            except sqlite3.IntegrityError:  # one of them is erased already
                yield None
                return
            if not self._knows_all(vault, size):
                raise BackupFailed("保密库缺少日志中某些记录的内容，备份没有完成；请先运行 jianwei seal fsck 查明。")
            yield vault

    def _knows_all(self, vault: sqlite3.Connection, size: int) -> bool:
        """Whether each of the entries has its record; those of the last moment may not be marked yet."""
        marked, next_index = vault.execute("SELECT count(idx), coalesce(max(idx) + 1, 0) FROM entry").fetchone()
        entries = (Leaf.decode(Store(self._disk).leaves(index, index + 1)) for index in range(next_index, size))
        query = "SELECT 1 FROM entry WHERE commitment256 = ? AND idx IS NULL"
        return marked == next_index and all(vault.execute(query, (each.sha256,)).fetchone() for each in entries)

    def _copy_originals(self, vault: sqlite3.Connection) -> bool:
        """Whether all that the copy of the vault names are there. Each that is copied is read and found authentic."""
        source = Originals(self._folder.path / "originals", 0)
        for row in vault.execute("SELECT address, data_key FROM original"):
            there, here = self._originals.path(row["address"]), source.path(row["address"])
            try:
                if not _same(here, there):
                    _copy_file(here, there, self._originals.folder / "drafts" / row["address"])
                    for _ in self._originals.read(row["address"], row["data_key"]):
                        pass
            except FileNotFoundError:
                return False
            except OriginalUnreadable as problem:
                there.unlink(missing_ok=True)
                if not here.exists():
                    return False
                raise BackupFailed(
                    f"一件原件不能读取，备份没有完成；请先运行 jianwei seal fsck 查明：{problem}"
                ) from None
        return True

    def _told(self, vault: sqlite3.Connection, size: int) -> State:
        records = vault.execute("SELECT count(*) FROM entry").fetchone()[0]
        settings = self._folder.settings
        return State(settings.origin, self._folder.path.name, size, records, self._now, self._with_keys)


def _not_ahead(folder: LogFolder, disk: Folder) -> None:
    name = folder.checkpoint(folder.suites[0])
    kept, ours = disk.read(name, 0, note.NOTE_LIMIT), (folder.log / name).read_bytes()
    sizes = [Checkpoint.parse(note.parse(content).text).size if content else 0 for content in (kept, ours)]
    if sizes[0] > sizes[1]:
        raise BackupFailed(
            f"备份已有 {sizes[0]} 条，本机日志只有 {sizes[1]} 条：本机日志可能是旧的一份，备份没有改动。"
        )


def _copy_database(source: Path, target: Path) -> None:
    """As it is at one moment, without what its pages once held; whoever writes goes on."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source, isolation_level=None, timeout=30)) as database:
        database.execute("VACUUM INTO ?", (str(target),))


def _same(here: Path, there: Path) -> bool:
    """An original is written once; the same content that came back after its deletion has another key, and another time."""
    if not there.exists():
        return False
    ours, theirs = here.stat(), there.stat()
    return (ours.st_size, ours.st_mtime_ns) == (theirs.st_size, theirs.st_mtime_ns)


def _copy_file(here: Path, there: Path, draft: Path) -> None:
    shutil.copy2(here, draft)
    _sync(draft)
    there.parent.mkdir(exist_ok=True)
    draft.replace(there)
    _sync(there.parent)


def _destroy(folder: Path) -> None:
    """Overwrite a state's files before they are removed: they open what may since have been erased."""
    if not folder.exists():
        return
    (folder / _STATE).unlink(missing_ok=True)
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                os.fsync(file.fileno())
    shutil.rmtree(folder)


def sync_all(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

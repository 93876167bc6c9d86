"""From a backup to an office's log again, where there is none: all of it, checked, or nothing.

It is as old as the backup. What came after is lost here until a mirror or another copy fills it up, and only witnesses know
how much that is: until they have answered the log does not grow.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from jianwei.seal import backup as taking
from jianwei.seal.backup import BackupFailed, State
from jianwei.seal.disk import Folder
from jianwei.seal.fsck import examine
from jianwei.seal.log_folder import TREES, LogFolder
from jianwei.seal.store import lengths
from jianwei.seal.witnessing.forks import Forked
from jianwei.seal.witnessing.publishing import Publisher
from jianwei.seal.witnessing.rounds import SECONDS, Witnessing


@dataclass(frozen=True)
class Behind:
    """What witnesses say of a log that was put back."""

    confirmed: bool
    """Enough of them vouch that nothing is missing."""
    missing: range
    """Entries that some witness has seen and this log does not have."""
    by: tuple[str, ...]
    """Who has seen them."""
    silent: tuple[str, ...]
    other: str | None = None
    """What a witness has that contradicts the log, rather than continues it."""


def put_back(backup: Path, folder: Path, keys: Path | None = None) -> State:
    """Lay the log's folder out where there is none. ``keys``: of the log, where the backup has none.

    Raise ``BackupFailed``; nothing is there then.
    """
    source = taking.newest(backup)
    if source is None:
        raise BackupFailed(f"{backup} 中没有完整的备份。")
    state = State.read(source)
    if folder.exists():
        raise BackupFailed(f"{folder} 已存在，不覆盖；请先移走。")
    if keys is None and not state.keys:
        raise BackupFailed("备份不含密钥，请用 --keys 指明另行保管的密钥目录。")
    draft = folder.with_name(f".{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        shutil.copytree(source, draft, ignore=shutil.ignore_patterns("state.json"))
        if keys:
            shutil.copytree(keys, draft / "keys", dirs_exist_ok=True)
        _lay_originals(backup / "originals", draft)
        _lay_log(backup, draft, state)
        _check(draft, state)
        Publisher(LogFolder(draft)).close()  # shows anew what was published last
        taking.sync_all(draft)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return state


def _lay_originals(source: Path, draft: Path) -> None:
    """Those that this state's vault names; others came with a later run."""
    with closing(sqlite3.connect(draft / "secrets.db")) as vault:
        for (address,) in vault.execute("SELECT address FROM original"):
            target = draft / "originals" / address[:2] / address[2:]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / address[:2] / address[2:], target)


def _lay_log(backup: Path, draft: Path, state: State) -> None:
    """As many entries as the state has; the copy may have got further in a run that was cut short."""
    (draft / "keys").chmod(0o700)
    office, source, target = LogFolder(draft), Folder(backup / "log"), Folder(draft / "log")
    for name, length in lengths(tuple(TREES[suite] for suite in office.suites), state.size):
        for start in range(0, length, 1 << 24):
            target.write(name, start, source.read(name, start, min(1 << 24, length - start)))
        if length:
            target.sync(name)
    for suite in office.suites:
        (draft / office.checkpoint(suite)).rename(draft / "log" / office.checkpoint(suite))
    target.sync_names()
    target.close()
    source.close()


def _check(draft: Path, state: State) -> None:
    office = LogFolder(draft)
    if office.settings.origin != state.origin:
        raise BackupFailed("备份的说明与其中的 log.json 不是同一个日志。")
    examined = [(TREES[suite], office.checkpoint(suite), office.verifier(suite)) for suite in office.suites]
    if found := examine(Folder(office.log), examined):
        raise BackupFailed(f"备份中的日志已损坏（{found[0].file}：{found[0].problem}），或者密钥不是这个日志的。")


def behind(folder: Path, now: int, seconds: float = SECONDS) -> Behind:
    """Ask the witnesses how far this log is behind."""
    witnessing = Witnessing(folder, seconds)
    try:
        silent = witnessing.startup_check(now)
        names = tuple(dict.fromkeys(name for _, name in silent))
        return Behind(witnessing.asks and witnessing.confirmed, range(0), (), names)
    except Forked as found:
        other = next((str(each) for each in found.forks if not each.ahead), None)
        ahead = [each for each in found.forks if each.ahead]
        last = max((each.theirs.size for each in ahead), default=0)
        missing = range(ahead[0].ours.size, last) if ahead else range(0)
        return Behind(False, missing, tuple(dict.fromkeys(each.witness for each in ahead)), (), other)
    finally:
        witnessing.close()

"""What was lawfully erased and is, or may come, back out of a backup that is older than the order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from jianwei.seal.disk import Folder
from jianwei.seal.leaf import LEAF_SIZE, Kind, Leaf
from jianwei.seal.log_folder import LogFolder, write
from jianwei.seal.store import LEAVES, Store
from jianwei.seal.vault.erasing import LAST_ERASED
from jianwei.seal.vault.keeping import Vault

_TAKEN = "backups.json"


def note_backup(folder: Path, backup: Path, at: int) -> None:
    """Remember where a backup was taken to, and when it was begun."""
    write(folder / _TAKEN, json.dumps({**_taken(folder), str(backup.absolute()): at}, ensure_ascii=False).encode())


def _taken(folder: Path) -> dict[str, int]:
    try:
        return {str(place): int(at) for place, at in json.loads((folder / _TAKEN).read_bytes()).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def warnings(folder: LogFolder, vault: Vault) -> Iterator[str]:
    """What somebody must see to."""
    erased_at = int(vault.rows.setting(LAST_ERASED) or 0)
    for place, at in _taken(folder.path).items():
        if at <= erased_at:
            yield f"备份 {place} 作于最近一次依法删除之前，其中已删除的记录仍可读出：请重新备份，旧的一份随即销毁。"
    if found := unknown_deletions(folder, vault):
        which = "、".join(map(str, found[:10])) + ("等" if len(found) > 10 else "")
        yield (
            f"日志第 {which} 条（共 {len(found)} 条）是删除凭证，本机保密库是更早的备份：它们所删除的记录在本机又可读出，"
            "须依原删除决定重新删除（jianwei seal erase），此前不得使用恢复的材料。"
        )


def unknown_deletions(folder: LogFolder, vault: Vault) -> list[int]:
    """Indices of certificates of deletion that the log has and the vault does not know."""
    disk, db = Folder(folder.log), vault.rows.reading()
    known = db.execute("SELECT coalesce(max(idx) + 1, 0) FROM entry").fetchone()[0]
    found = []
    for index in range(known, disk.size(LEAVES) // LEAF_SIZE):
        leaf = Leaf.decode(Store(disk).leaves(index, index + 1))
        known_by = "SELECT 1 FROM entry WHERE commitment256 = ?"
        if leaf.kind is Kind.DELETION and db.execute(known_by, (leaf.sha256,)).fetchone() is None:
            found.append(index)
    return found

"""How a log stands: whether it runs, who has signed what, how long the oldest entry waits for its witnesses."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jianwei.seal import note, returned
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.log_folder import TREES, LogFolder, write
from jianwei.seal.proving import Proofs
from jianwei.seal.succession import CLOSED, closed
from jianwei.seal.time_proofs import TimeProof
from jianwei.seal.vault.keeping import Vault
from jianwei.seal.vault.manifest import CHINA
from jianwei.seal.witnessing import trees
from jianwei.seal.witnessing.cosigs import DATING, Publication, Trouble

SILENT_SECONDS = 30
"""A service says every few seconds that it is there; after this long it is not."""
ALARM_SECONDS = 24 * 3600
"""How long an entry may wait for its witnesses before it is an alarm."""

_FILE = "service.json"
_ALIVE = ("running", "awaiting", "unconfirmed")


@dataclass(frozen=True)
class Service:
    """What the sealing service last said of itself."""

    state: str
    """``running``, ``stopped`` (on purpose), ``failed``, ``forked``; ``absent`` when it says nothing any more.

    ``awaiting``: it writes nothing until witnesses answer; ``unconfirmed``: a person let it write before they did.
    """
    at: int
    """Since when."""
    message: str


@dataclass(frozen=True)
class WitnessStanding:
    tree: str
    name: str
    url: str | None
    """None for one that signs by disc."""
    size: int
    """Of the checkpoint it signed last; 0 for none."""
    at: int | None
    trouble: str | None
    trouble_since: int | None


@dataclass(frozen=True)
class Status:
    origin: str
    office: str
    sizes: Mapping[str, int]
    """Entries by tree."""
    waiting: int
    """Records that the log has not taken yet."""
    published: Mapping[str, Publication | None]
    """The newest with the quorum, by tree."""
    unwitnessed: int
    """Entries that none of the main tree's publications covers."""
    oldest_unwitnessed_seconds: int | None
    witnesses: tuple[WitnessStanding, ...]
    token: TimeProof | None
    anchor: TimeProof | None
    service: Service
    unproved: tuple[str, ...]
    """What makes new proofs weaker than they were meant to be."""
    dating: tuple[Trouble, ...]
    """What ails timestamps and anchors."""
    returned: tuple[str, ...]
    """What was erased and is, or may come, back out of a backup."""

    @property
    def alarms(self) -> list[str]:
        """What somebody must see to; of a log that has ended only what may come back of it."""
        if self.service.state == "closed":
            return [*self.returned]
        found = [*self.unproved, *self.returned, *(each.sentence for each in self.dating)]
        if self.service.state in ("failed", "forked"):
            found.append(self.service.message)
        elif self.service.state in ("awaiting", "unconfirmed"):
            since = dt.datetime.fromtimestamp(self.service.at, CHINA)
            found.append(f"{self.service.message}（自 {since:%Y年%m月%d日 %H:%M} 起）")
        elif self.service.state != "running":
            found.append("存证服务没有运行，新的记录不会写入日志。")
        if (self.oldest_unwitnessed_seconds or 0) >= ALARM_SECONDS:
            hours = (self.oldest_unwitnessed_seconds or 0) // 3600
            found.append(f"有 {self.unwitnessed} 条记录未获足够见证，最早的已等待 {hours} 小时。")
        return found


def status(folder: LogFolder, vault: Vault, proofs: Proofs, now: int) -> Status:
    sizes = {suite: _size(folder, suite) for suite in folder.suites}
    published = {suite: proofs.cosigs.newest(suite) for suite in folder.suites}
    main = folder.suites[0]
    newest = published[main]
    covered = newest.size if newest else 0
    db = vault.rows.reading()
    waiting = db.execute("SELECT count(*) FROM entry WHERE idx IS NULL").fetchone()[0]
    oldest = db.execute("SELECT fixed_at FROM entry WHERE idx >= ? ORDER BY idx LIMIT 1", (covered,)).fetchone()
    return Status(
        folder.settings.origin,
        folder.settings.office,
        sizes,
        waiting,
        published,
        max(0, sizes[main] - covered),
        max(0, now - oldest["fixed_at"]) if oldest and oldest["fixed_at"] else None,
        tuple(_witnesses(folder, proofs)),
        proofs.times.last_token(),
        proofs.times.last_anchor(),
        service(folder.path, now),
        tuple(_unproved(folder)),
        tuple(each for each in proofs.cosigs.troubles() if each.tree == DATING),
        tuple(returned.warnings(folder, vault)),
    )


def _unproved(folder: LogFolder) -> Iterator[str]:
    asking = {each.suite: each.policy for each in trees.trees(folder)}
    for suite in TREES:
        name = folder.policy(suite).name
        if suite not in folder.suites:
            if (folder.log / folder.checkpoint(suite)).exists():
                yield f"log.json 的 suites 中没有 {suite}，而日志有这棵树：新的记录不再写入。"
        elif suite not in asking:
            yield f"没有信任策略 {name}：{suite} 树无人见证，取不出经见证的存证包。"
        elif asking[suite].quorum == "none":
            yield f"信任策略 {name} 不要求外部见证，存入的时间得不到证明。"


def _size(folder: LogFolder, suite: str) -> int:
    return Checkpoint.parse(note.parse((folder.log / folder.checkpoint(suite)).read_bytes()).text).size


def _witnesses(folder: LogFolder, proofs: Proofs) -> list[WitnessStanding]:
    troubles = {(each.tree, each.witness): each for each in proofs.cosigs.troubles()}
    found = []
    for tree in trees.trees(folder):
        last = proofs.cosigs.last_of(tree.suite)
        for name in tree.policy.witnesses:
            signed, trouble = last.get(name), troubles.get((tree.suite, name))
            found.append(
                WitnessStanding(
                    tree.suite,
                    name,
                    folder.settings.witness_urls.get(name),
                    signed.size if signed else 0,
                    signed.at if signed else None,
                    trouble.sentence if trouble else None,
                    trouble.since if trouble else None,
                )
            )
    return found


def say(folder: Path, state: str, message: str, now: int) -> None:
    """The service, of itself."""
    content = json.dumps({"state": state, "at": now, "message": message}, ensure_ascii=False)
    write(folder / _FILE, content.encode())


def stay(folder: Path, now: int) -> None:
    """Still here."""
    os.utime(folder / _FILE, (now, now))


def service(folder: Path, now: int) -> Service:
    path = folder / _FILE
    if closed(folder):
        return Service("closed", int((folder / CLOSED).stat().st_mtime), "日志已经终止，由后续日志接续。")
    try:
        said = json.loads(path.read_bytes())
        found = Service(str(said["state"]), int(said["at"]), str(said["message"]))
        seen_at = int(path.stat().st_mtime)
    except (OSError, ValueError, KeyError, TypeError):
        return Service("absent", 0, "")
    if found.state in _ALIVE and now - seen_at > SILENT_SECONDS:
        return Service("absent", seen_at, "存证服务已无声息，可能被强行终止。")
    return found

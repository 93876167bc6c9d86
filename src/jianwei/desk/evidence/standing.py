"""How the log of an office stands, in words: sizes, witnesses, the oldest that waits, tokens, alarms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jianwei.desk.evidence import inspecting, ledger, trust, watching
from jianwei.desk.evidence.models import Inspection
from jianwei.desk.evidence.trust import Trust
from jianwei.desk.people.models import Office
from jianwei.seal import closing, demo, note, succession
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import Status
from jianwei.seal.log_folder import LogFolder

_SERVICE = {
    "running": "正常运行", "awaiting": "等待见证方答复后写入", "unconfirmed": "运行中，未经见证方确认",
    "stopped": "已停止", "failed": "因错误停止写入", "forked": "发现分叉，停止写入", "absent": "没有运行",
    "closed": "已终止",
}  # fmt: skip
_TREES = {"sha256": "SHA-256 / Ed25519", "sm3": "SM3 / SM2（国密）"}


@dataclass(frozen=True)
class Witness:
    tree: str
    name: str
    address: str
    size: int
    behind: int
    at: dt.datetime | None
    trouble: str


@dataclass(frozen=True)
class Ended:
    """A log that was closed: it proves what it proved, and takes nothing more."""

    nth: int
    """Which of the office's logs, from 1."""
    origin: str
    follows: str
    """The name of the log that follows."""
    at: dt.datetime
    reason: str
    entries: int
    size: int
    """As far as witnesses are known to have signed."""
    trust: Trust | None


@dataclass(frozen=True)
class Standing:
    status: Status
    service: str
    stopped: bool
    trees: list[tuple[str, int, int, dt.datetime | None]]
    """Name, entries, entries in the newest publication, when that was."""
    witnesses: list[Witness]
    oldest: str
    token_at: dt.datetime | None
    token_by: str
    anchor_at: dt.datetime | None
    stamps: bool
    anchors: bool
    warning: str
    """That it is a demonstration, if it is."""
    inspected: Inspection | None
    """When everything was last computed again, and what was found."""
    ended: list[Ended]
    """The logs before this one, the newest first."""


def of(office: Office, at: dt.datetime) -> Standing:
    """Raise ``DeskError`` where the office has no log or it cannot be read."""
    with ledger.opened(office) as log:
        found, settings = log.status(ledger.seconds(at)), log.folder.settings
    return Standing(
        found, _SERVICE.get(found.service.state, found.service.state), found.service.state != "running",
        [_tree(name, entries, found) for name, entries in found.sizes.items()],
        [
            Witness(_TREES.get(x.tree, x.tree), x.name, x.url or "用光盘交换", x.size, max(0, found.sizes.get(x.tree, 0) - x.size), _moment(x.at), x.trouble or "")
            for x in found.witnesses
        ],
        _long(found.oldest_unwitnessed_seconds), _moment(found.token.at if found.token else None), watching.called(found.token.by) if found.token else "",
        _moment(found.anchor.at if found.anchor else None), bool(settings.stamp), bool(settings.anchor),
        demo.WARNING if office.code in demo.offices(ledger.folder(office).parents[1]) else "", inspecting.newest(office),
        list(reversed([_ended(nth, place) for nth, place in enumerate(ledger.folders(office)[:-1], 1)])),
    )  # fmt: skip


def _ended(nth: int, place: Path) -> Ended:
    """Also of one whose records or statement cannot be read any more."""
    try:
        said = closing.statements(place)["sha256"]
        reason, size, follows = said.reason, said.last.size, said.new.name
    except (SealError, OSError, ValueError, KeyError):
        reason, size, follows = "终止声明不能读取", 0, ""
    closed_at = dt.datetime.fromtimestamp((place / succession.CLOSED).stat().st_mtime, dt.UTC)
    folder = LogFolder(place)
    return Ended(nth, folder.settings.origin, follows, closed_at, reason, _entries(folder), size, trust.of(place))


def _entries(folder: LogFolder) -> int:
    try:
        raw = (folder.log / folder.checkpoint(folder.suites[0])).read_bytes()
        return Checkpoint.parse(note.parse(raw).text).size
    except (SealError, OSError):
        return 0


def with_logs(offices: Iterable[Office]) -> list[Office]:
    """Those of these offices that have a log."""
    return [office for office in offices if ledger.has_log(office)]


def _tree(name: str, entries: int, found: Status) -> tuple[str, int, int, dt.datetime | None]:
    newest = found.published.get(name)
    return (
        _TREES.get(name, name),
        entries,
        newest.size if newest else 0,
        _moment(newest.published_at if newest else None),
    )


def _moment(seconds: int | None) -> dt.datetime | None:
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds is not None else None


def _long(seconds: int | None) -> str:
    if seconds is None:
        return ""
    if seconds < 120:
        return f"{seconds} 秒"
    return f"{seconds // 60} 分" if seconds < 7200 else f"{seconds // 3600} 小时"


def signer(place: Path, believed: Trust, at: dt.datetime) -> bytes | None:
    """The certificate, PEM, that the newest token of a log was signed with: what an outsider gives his verifier."""
    with ledger.at(place) as log:
        token = log.status(ledger.seconds(at)).token
    return believed.signer_of(token.content) if token else None

"""The end of a log whose entries are lost for good, and the log that follows it.

The old log can take no entry more: it would contradict what witnesses signed. So a statement says which checkpoint was
the last one witnessed, and both logs sign it, the old key and the new; it is the first entry of the log that follows,
and lies in the folder of the old. What was proved of the old log up to there stays proved.
"""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Folder
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import LogFolder, write
from jianwei.seal.succession import CLOSED, successor_of
from jianwei.seal.vault import ulid
from jianwei.seal.vault.keeping import Entry
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.ulid import Entropy
from jianwei.seal.witnessing.cosigs import FILE, Cosigs

_HEADER = "jianwei/log-closed/v1"
_EVENT = "log-closed"


class ClosingInvalid(SealError):
    """A note that is no statement of a log's end, or is not signed by both logs."""


@dataclass(frozen=True)
class Closing:
    """One tree of a log has ended."""

    last: Checkpoint
    """The last one that is known to have been witnessed."""
    old: note.NoteKey
    new: note.NoteKey
    """Its name is the origin of what follows."""
    reason: str

    def text(self) -> str:
        _check_reason(self.reason)
        root = base64.b64encode(self.last.root).decode()
        return f"{_HEADER}\nold {self.old.vkey}\nsize {self.last.size}\nroot {root}\nnew {self.new.vkey}\nreason {self.reason}\n"


def read(content: bytes) -> Closing:
    """A statement that both keys signed. Whether they are the logs' own is for the policies to say."""
    whole = note.parse(content)
    lines = [line.partition(" ") for line in whole.text.split("\n")]
    if [word for word, _, _ in lines] != [_HEADER, "old", "size", "root", "new", "reason", ""]:
        raise ClosingInvalid("不是日志终止声明。")
    old, size, root, new, reason = (rest for _, _, rest in lines[1:6])
    key = note.log_key(old)
    closing = Closing(Checkpoint.parse(f"{key.name}\n{size}\n{root}\n"), key, note.log_key(new), reason)
    signed = {verifier.key_id for verifier, _ in note.check(whole, (closing.old, closing.new))}
    if closing.text() != whole.text or len(signed) != 2:
        raise ClosingInvalid("日志终止声明的写法不规范，或者缺少新旧两个日志的签名。")
    return closing


def statements(folder: Path) -> dict[str, Closing]:
    """What the folder of a closed log says of its end, by suite; empty for one that is open."""
    file = folder / CLOSED
    parts = re.split(f"(?m)^(?={_HEADER}$)", file.read_text("utf-8")) if file.exists() else []
    found = [read(part.encode()) for part in parts if part]
    return {each.old.suite.name: each for each in found}


def succeed(old: Path, new: Path, reason: str, now: int, entropy: Entropy) -> Entry:
    """Close the log in ``old`` and begin in ``new`` the one that follows; its first entry, which waits for the writer.

    The old log is closed by the last step, when all others are safe; repeating this after an interruption goes on where
    it was. The witnesses are as yet strangers to the new log: they must be given its keys, and it a policy.
    Raise ``LogBusy`` while a service still writes the old log.
    """
    _check_reason(reason)
    office = LogFolder(old)
    disk = Folder(office.log)
    try:
        disk.lock()
        last = _last_witnessed(office)
        settings = replace(office.settings, origin=successor_of(office.settings.origin))
        with EvidenceLog.open(new) if LogFolder.exists(new) else EvidenceLog.create(new, settings, entropy) as log:
            if log.folder.settings.origin != settings.origin:
                raise ClosingInvalid(f"{new} 已有另一个日志“{log.folder.settings.origin}”。")
            _bring_files(office, log.folder)
            first = next(iter(log.entries(limit=1)), None) or _begun(log, office, last, reason, now, entropy)
            event = first.manifest.event if first.manifest else None
            if not event or event.get("what") != _EVENT:
                raise ClosingInvalid(f"{new} 的日志已有别的记录，不能用作后续日志。")
            write(old / CLOSED, "".join(event[suite] for suite in office.suites if suite in event).encode())
            return first
    finally:
        disk.close()


def _bring_files(old: LogFolder, new: LogFolder) -> None:
    """What the settings name beside them: certificates of a time authority, the key of an account on a chain."""
    said = {**(old.settings.stamp or {}), **(old.settings.anchor or {})}
    for name in (said.get("roots"), said.get("signer"), said.get("key")):
        if isinstance(name, str) and (old.path / name).is_file() and not (new.path / name).exists():
            (new.path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(old.path / name, new.path / name)


def _begun(
    log: EvidenceLog, old: LogFolder, last: Mapping[str, Checkpoint], reason: str, now: int, entropy: Entropy
) -> Entry:
    signed = _statements(old, log.folder, last, reason)
    event = {"what": _EVENT, **{suite: each.decode() for suite, each in signed.items()}}
    manifest = Manifest(Kind.KEY_EVENT, ulid.new(now, entropy), log.folder.settings.office, event=event, note=reason)
    return log.put(Kind.KEY_EVENT, manifest, now=now, entropy=entropy)


def _check_reason(reason: str) -> None:
    if not reason.strip() or any(sign < " " for sign in reason):
        raise ClosingInvalid("终止日志须写明事由，且只写一行。")


def _statements(old: LogFolder, new: LogFolder, last: Mapping[str, Checkpoint], reason: str) -> dict[str, bytes]:
    """By tree, signed by the keys of both."""
    signers = {tree.tree.suite.name: [tree.signer] for tree in old.signed_trees()}
    for tree in new.signed_trees():
        signers[tree.tree.suite.name].append(tree.signer)
    return {
        suite: note.signed(
            Closing(head, old.verifier(suite), new.verifier(suite), reason).text(), signers[suite]
        ).encode()
        for suite, head in last.items()
    }


def _last_witnessed(office: LogFolder) -> dict[str, Checkpoint]:
    """By tree the largest that a witness showed, signed or that was published; raise when there is none at all."""
    cosigs, found = Cosigs(office.path / FILE), {}
    for suite in office.suites:
        shown = [Checkpoint.parse(note.parse(raw).text) for _, raw in cosigs.seen(suite)]
        heads = [(head.size, head.root) for head in shown]
        heads += [(each.size, each.root) for each in cosigs.last_of(suite).values()]
        if published := cosigs.newest(suite):
            heads.append((published.size, published.root))
        if heads:
            found[suite] = Checkpoint(office.origin(suite), *max(heads))
    cosigs.close()
    if not found:
        raise ClosingInvalid("该日志从未经过见证，不需要终止声明。")
    return found

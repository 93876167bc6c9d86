"""Giving an office's log another key without a gap: ``begin``, tell the witnesses, ``finish``.

Begun, the new key lies beside the old one and the policy knows both; the writer, once started anew, signs with both.
Then every witness and every holder of a policy adds the new public key. Finished, the old key is put aside and counts
up to the size it had then. Each step is an entry of the log; either may be repeated after an interruption.
"""

from __future__ import annotations

from collections.abc import Sequence

from jianwei.seal import keys, note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Folder
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import Entry, EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import LogFolder, write
from jianwei.seal.rotation import Change, Retirement, log_lines, read, sign
from jianwei.seal.vault import ulid
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.ulid import Entropy

_WORDS = {Change: "key-change", Retirement: "key-retirement"}
_PAGE = 500


class NotYetChangeable(SealError):
    """A step that comes too early."""


def begin(log: EvidenceLog, suite: str, reason: str, *, now: int, entropy: Entropy) -> Entry:
    """Announce a new key for the tree of a suite, drawing it unless it lies there already (one in a device does)."""
    folder = log.folder
    old = keys.read(folder.key(suite))
    coming = folder.coming_key(suite)
    if not coming.exists():
        keys.create(coming, old.name, old.private.algorithm, entropy)
    new = keys.read(coming)
    change = Change(old.log_signer().verifier, new.log_signer().verifier, _head(folder, suite)[1].size, reason)
    return _recorded(log, suite, change, [old.log_signer(), new.log_signer()], now, entropy)


def finish(log: EvidenceLog, suite: str, reason: str, *, now: int, entropy: Entropy) -> Entry:
    """Let the new key stand alone. Raise ``NotYetChangeable`` unless both have signed the newest checkpoint."""
    folder = log.folder
    coming = folder.coming_key(suite)
    if not coming.exists():
        raise NotYetChangeable("没有正在更换的密钥，须先开始更换。")
    old, new = keys.read(folder.key(suite)).log_signer(), keys.read(coming).log_signer()
    whole, head = _head(folder, suite)
    if len(note.check(whole, (old.verifier, new.verifier))) != 2:
        raise NotYetChangeable("最新检查点还不是新旧两把密钥同时签名，须重新启动存证服务并等待一次写入。")
    retirement = Retirement(old.verifier, new.verifier, head.size, reason)
    entry = _recorded(log, suite, retirement, [new], now, entropy)
    keys.succeed(folder.key(suite), coming)
    return entry


def statements(log: EvidenceLog, suite: str) -> list[tuple[Entry, Change | Retirement]]:
    """What the log itself says about its keys, in order."""
    found = []
    after = 0
    while page := log.entries(after=after, limit=_PAGE, kinds=(Kind.KEY_EVENT,)):
        after = page[-1].seq
        for entry in page:
            event = entry.manifest.event if entry.manifest else {}
            if event.get("what") in _WORDS.values() and suite in event:
                found.append((entry, read(event[suite].encode())))
    return found


def _recorded(
    log: EvidenceLog,
    suite: str,
    statement: Change | Retirement,
    signers: Sequence[note.Signer],
    now: int,
    entropy: Entropy,
) -> Entry:
    """Put the statement into the log and what follows from it into the policy; what was said before stands."""
    said = statements(log, suite)
    about = (type(statement), statement.old.vkey, statement.new.vkey)
    entry = next((each for each, old in said if (type(old), old.old.vkey, old.new.vkey) == about), None)
    if entry is None:
        event = {"what": _WORDS[type(statement)], suite: sign(statement, signers).encode().decode()}
        office = log.folder.settings.office
        manifest = Manifest(Kind.KEY_EVENT, ulid.new(now, entropy), office, event=event, note=statement.reason)
        entry = log.put(Kind.KEY_EVENT, manifest, now=now, entropy=entropy)
    history = [each for _, each in statements(log, suite)]
    policy = log.folder.policy(suite)
    if policy.exists():
        lines = log_lines(history[0].old, history)
        write(policy, _with_log(policy.read_text(), log.folder.origin(suite), lines).encode())
    return entry


def _with_log(policy: str, origin: str, lines: str) -> str:
    """A policy whose lines for one log are these."""
    kept: list[str] = []
    for line in policy.splitlines(keepends=True):
        if line.split()[:1] == ["log"] and line.split()[1].startswith(f"{origin}+"):
            if kept and kept[-1].startswith("#:"):
                kept.pop()
        else:
            kept.append(line)
    return lines + "".join(kept)


def _head(folder: LogFolder, suite: str) -> tuple[note.Note, Checkpoint]:
    disk = Folder(folder.log)
    name = folder.checkpoint(suite)
    whole = note.parse(disk.read(name, 0, disk.size(name)))
    return whole, Checkpoint.parse(whole.text)

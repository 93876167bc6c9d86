"""Everything there is of a log, examined: the log itself, each leaf against its record, each original against its hashes.

What is changed is named: the file, or the record by its id. Nothing is repaired.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jianwei.seal import checking_signatures, checking_times, keys
from jianwei.seal.checking_signatures import told_policies
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Folder, LogBusy
from jianwei.seal.errors import SealError
from jianwei.seal.fsck import Finding, contents_differ, lengths_differ
from jianwei.seal.leaf import LEAF_SIZE, Kind, Leaf
from jianwei.seal.log_folder import TREES, LogFolder
from jianwei.seal.note import parse
from jianwei.seal.store import LEAVES
from jianwei.seal.vault.hashing import Digests, TwoHashes
from jianwei.seal.vault.keeping import Vault
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.originals import OriginalUnreadable, address
from jianwei.seal.witnessing.cosigs import FILE

Advance = Callable[[int, int | None], None]
"""Records and originals done, and of how many."""

_PAGE = 1024


@dataclass(frozen=True)
class RecordFinding(Finding):
    """Something wrong with one record."""

    entry: str | None = None
    """Its id."""
    index: int | None = None


def check(folder: LogFolder, vault: Vault, advance: Advance = lambda done, total: None) -> Iterator[Finding]:
    """All that is wrong. May run beside a writer; then only what a checkpoint already covers is looked at."""
    yield from _log(folder)
    for examined in (checking_signatures.findings(folder, vault), checking_times.findings(folder)):
        try:
            yield from examined
        except Exception as problem:
            yield Finding(FILE, None, f"不能读取：{problem}")
    try:
        yield from _rules(folder, vault)
        yield from _Records(folder, vault, advance).findings()
    except Exception as problem:  # whatever a damaged file makes of a library
        yield Finding("secrets.db", None, f"不能读取：{problem}")


def _log(folder: LogFolder) -> list[Finding]:
    """The long part does not hold up a writer; for the lengths nobody may write, and that takes a moment."""
    disk = Folder(folder.log)
    try:
        examined = [(TREES[suite], folder.checkpoint(suite), folder.verifier(suite)) for suite in folder.suites]
        findings = contents_differ(disk, examined)
        disk.lock()
        return [*findings, *lengths_differ(disk, examined)]
    except LogBusy:
        return findings
    except keys.KeyFileInvalid as problem:
        return [Finding(f"keys/{problem.path.name}", None, str(problem))]
    finally:
        disk.close()


def _rules(folder: LogFolder, vault: Vault) -> Iterator[Finding]:
    """Whom a policy asks must be what the log was told last; keys of the log itself have their own statements."""
    for suite, told in dict(told_policies(vault)).items():
        path = folder.policy(suite)
        if not path.exists() or _asked(path.read_text("utf-8")) != _asked(told):
            yield Finding(path.name, None, "见证方或者最低要求与日志中最近一次登记的不一致")
    for suite in TREES:
        if suite not in folder.suites and (folder.log / folder.checkpoint(suite)).exists():
            yield Finding("log.json", None, f"日志有 {suite} 树，设置中没有：新的记录不再写入那棵树")


def _asked(policy: str) -> list[list[str]]:
    lines = (line.split() for line in policy.splitlines())
    return [words for words in lines if words and words[0] in ("witness", "group", "quorum")]


class _Records:
    def __init__(self, folder: LogFolder, vault: Vault, advance: Advance) -> None:
        self._folder = folder
        self._vault = vault
        self._db = vault.rows.reading()
        self._advance = advance
        self._done = 0
        counts = "SELECT (SELECT count(*) FROM entry) + (SELECT count(*) FROM original)"
        self._total = self._db.execute(counts).fetchone()[0]

    def findings(self) -> Iterator[Finding]:
        for (answer,) in self._db.execute("PRAGMA integrity_check"):
            if answer != "ok":
                yield Finding("secrets.db", None, f"数据库结构损坏：{answer}")
        yield from self._in_the_log()
        yield from self._waiting()
        yield from self._originals()

    def _in_the_log(self) -> Iterator[Finding]:
        disk = Folder(self._folder.log)
        note = parse(disk.read("checkpoint", 0, disk.size("checkpoint")))
        size = Checkpoint.parse(note.text).size
        expected = 0
        while page := self._page("idx >= ? ORDER BY idx", expected):
            first, last = page[0]["idx"], page[-1]["idx"]
            if first > expected:
                yield from self._missing(disk, expected, min(first, size))
            entries = disk.read(LEAVES, first * LEAF_SIZE, (last + 1 - first) * LEAF_SIZE)
            expected = first
            for row in page:
                if row["idx"] > expected:
                    yield from self._missing(disk, expected, row["idx"])
                start = (row["idx"] - first) * LEAF_SIZE
                yield from self._told(row, self._problems(row, entries[start : start + LEAF_SIZE]))
                expected = row["idx"] + 1
        if expected < size:
            yield from self._missing(disk, expected, size)

    def _page(self, condition: str, *values: object) -> list[sqlite3.Row]:
        page = self._db.execute(f"SELECT * FROM entry WHERE {condition} LIMIT {_PAGE}", values).fetchall()
        self._step(len(page))
        return page

    def _step(self, count: int) -> None:
        self._done += count
        self._advance(self._done, self._total)

    def _missing(self, disk: Folder, begin: int, end: int) -> Iterator[Finding]:
        """Leaves [begin, end) have no record marked as theirs. A writer is about to mark those whose record waits."""
        first = None
        for index in range(begin, end + 1):
            if index < end and not self._waits(disk, index):
                first = index if first is None else first
            elif first is not None:
                which = f"第 {first} 条" if index - first == 1 else f"第 {first} 至 {index - 1} 条"
                yield RecordFinding("secrets.db", None, f"日志{which}在保密库中没有记录", index=first)
                first = None

    def _waits(self, disk: Folder, index: int) -> bool:
        leaf = disk.read(LEAVES, index * LEAF_SIZE, LEAF_SIZE)
        query = "SELECT 1 FROM entry WHERE commitment256 = ? AND coalesce(idx, ?) = ?"
        return self._db.execute(query, (leaf[12:44], index, index)).fetchone() is not None

    @staticmethod
    def _told(row: sqlite3.Row, problems: Iterator[str]) -> Iterator[Finding]:
        where = "未写入日志的记录" if row["idx"] is None else f"日志第 {row['idx']} 条"
        try:
            found = list(problems)
        except (SealError, ValueError, TypeError) as problem:
            found = [f"不能读取：{problem}"]
        for each in found:
            yield RecordFinding("secrets.db", None, f"{where}（{row['id']}）：{each}", row["id"], row["idx"])

    def _problems(self, row: sqlite3.Row, entry: bytes) -> Iterator[str]:
        said = Leaf(Kind(row["kind"]), row["commitment256"], row["commitment3"])
        if len(entry) < LEAF_SIZE:
            yield "保密库标为已写入，而日志没有这一条"
        elif entry != said.encode():
            yield "与日志中的记录不一致"
        if row["salt"] is None:
            query = "SELECT 1 FROM mention JOIN entry USING (seq) WHERE mention.idx = ? AND kind = ?"
            if not self._db.execute(query, (row["idx"], Kind.DELETION)).fetchone():
                yield "内容已删除，而没有删除凭证"
            return
        yield from self._content(row, said)

    def _content(self, row: sqlite3.Row, said: Leaf) -> Iterator[str]:
        if Leaf.of(said.kind, row["salt"], row["manifest"]) != said:
            yield "材料说明或者盐值被改动，与承诺不符"
            return
        manifest = Manifest.parse(row["manifest"])
        if (manifest.id, manifest.kind, manifest.case_ref) != (row["id"], said.kind, row["case_ref"]):
            yield "编号、种类或者案件与材料说明不一致"
        secret = self._vault.rows.setting("address_secret") or b""
        kept = manifest.sha256 if manifest.held is None else None
        if row["address"] != (address(secret, kept) if kept else None):
            yield "原件的存放位置与材料说明不一致"
        if row["sameness"] != (self._vault.sameness(manifest) if row["address"] else None):
            yield "辨认重复的标记与材料说明不一致"
        mentions = self._db.execute("SELECT idx FROM mention WHERE seq = ? ORDER BY idx", (row["seq"],))
        if [each["idx"] for each in mentions] != sorted({each.index for each in manifest.prev if each.origin is None}):
            yield "所提及的记录与材料说明不一致"

    def _waiting(self) -> Iterator[Finding]:
        seq = 0
        while page := self._page("idx IS NULL AND seq > ? ORDER BY seq", seq):
            for row in page:
                said = Leaf(Kind(row["kind"]), row["commitment256"], row["commitment3"])
                yield from self._told(row, self._content(row, said))
            seq = page[-1]["seq"]

    def _originals(self) -> Iterator[Finding]:
        for row in self._db.execute("SELECT * FROM original").fetchall():
            yield from self._original(row)
            self._step(1)
        for stray in self._strays():
            yield Finding(f"originals/{stray[:2]}/{stray[2:]}", None, "不属于任何记录的文件")

    def _strays(self) -> list[str]:
        """Looked for while nobody keeps a file: one that is being kept has its name before its row."""
        with self._vault.rows.writing() as db:
            known = {row["address"] for row in db.execute("SELECT address FROM original")}
            return [each for each in self._vault.originals.addresses() if each not in known]

    def _original(self, original: sqlite3.Row) -> Iterator[Finding]:
        place = original["address"]
        file = f"originals/{place[:2]}/{place[2:]}"
        holders = self._db.execute("SELECT id, idx, manifest FROM entry WHERE address = ?", (place,)).fetchall()
        if not holders:
            yield Finding(file, None, "不属于任何记录的文件")
        try:
            found = self._hashed(place, original["data_key"])
        except OriginalUnreadable as problem:
            for row in holders:
                yield RecordFinding(file, None, f"记录 {row['id']} 的原件：{problem}", row["id"], row["idx"])
            return
        if original["size"] != found.size:
            yield Finding(file, None, "大小与保密库所记不一致")
        for row in holders:
            manifest = Manifest.parse(row["manifest"])
            if found != Digests(manifest.size or 0, manifest.sha256 or "", manifest.sm3 or ""):
                yield RecordFinding(file, None, f"记录 {row['id']} 的原件与材料说明的哈希不一致", row["id"], row["idx"])

    def _hashed(self, place: str, key: bytes) -> Digests:
        with TwoHashes() as hashes:
            for piece in self._vault.originals.read(place, key):
                hashes.update(piece)
            return hashes.finish()

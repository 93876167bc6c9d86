"""The vault of one log: takes records in, safe before it says so, and gives them back."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from jianwei.seal.errors import SealError
from jianwei.seal.leaf import SALT_SIZE, Kind, Leaf
from jianwei.seal.vault.fields import ManifestInvalid
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.vault.originals import Draft, Originals, Stream, address
from jianwei.seal.vault.rows import Rows, VaultUnreadable
from jianwei.seal.vault.ulid import Entropy

_ADDRESS_SECRET = "address_secret"


class UnknownEntry(SealError):
    def __init__(self, identifier: object) -> None:
        super().__init__(f"没有编号为“{identifier}”的存证记录。")


class EntryConflict(SealError):
    """The same id for another content: one of the two requests is mistaken."""

    status = 409

    def __init__(self, identifier: str) -> None:
        super().__init__(f"编号 {identifier} 已用于内容不同的存证记录，未作任何改动。")


class OriginalDiffers(SealError):
    """The file is not the one that the manifest describes."""

    def __init__(self, what: str) -> None:
        super().__init__(f"收到的文件与材料说明中的{what}不一致，传输可能有误，未保存。")


class Erased(SealError):
    def __init__(self, identifier: str) -> None:
        super().__init__(f"存证记录 {identifier} 已依法删除，内容、盐值和密钥均已销毁。")


@dataclass(frozen=True)
class Entry:
    """A record as the vault has it. Times in seconds since 1970, as this machine had them: they prove nothing."""

    seq: int
    """In the order of arrival."""
    id: str
    kind: Kind
    manifest: Manifest | None
    """None once erased."""
    index: int | None
    """Its place in the log, once it is there."""
    put_at: int
    fixed_at: int | None
    erased_at: int | None
    has_original: bool


@dataclass(frozen=True)
class Secrets:
    """What opens the commitment of one entry."""

    salt: bytes
    manifest: bytes


class Vault:
    def __init__(self, folder: Path, reserve: int) -> None:
        """``folder``: of the log; ``reserve``: bytes of the disk that originals must leave free."""
        self.rows = Rows(folder / "secrets.db")
        self.originals = Originals(folder / "originals", reserve)

    @classmethod
    def create(cls, folder: Path, reserve: int, entropy: Entropy) -> Vault:
        folder.mkdir(parents=True, exist_ok=True)
        Rows.create(folder / "secrets.db").close()
        vault = cls(folder, reserve)
        with vault.rows.writing() as db:
            db.execute("INSERT OR IGNORE INTO setting VALUES (?, ?)", (_ADDRESS_SECRET, entropy(32)))
        return vault

    def take(self, manifest: Manifest, original: BinaryIO | None, *, now: int, entropy: Entropy) -> tuple[Entry, bool]:
        """Keep a record; whether it is a new one. It is safe when this returns, and waits for the log.

        The same id again, or the same file under the same record of collection, is the record there is.
        Raise ``EntryConflict``, ``OriginalDiffers``, ``ManifestInvalid`` or ``NoRoom``; nothing is kept then.
        """
        draft = self.originals.draft(original, entropy) if original else None
        try:
            if draft:
                manifest = _described(manifest, draft)
            return self._take(manifest, draft, now, entropy)
        finally:
            if draft:
                draft.discard()

    def _take(self, manifest: Manifest, draft: Draft | None, now: int, entropy: Entropy) -> tuple[Entry, bool]:
        with self.rows.writing() as db:
            if known := self._known(db, manifest, draft):
                return known, False
            self.insert(db, manifest, draft, now=now, entropy=entropy)
        return self.entry(manifest.id), True

    def take_many(self, manifests: Sequence[Manifest], *, now: int, entropy: Entropy) -> list[Entry | SealError]:
        """Keep records without files, all in one transaction; for each the entry, or why it was refused alone."""
        answers: list[Entry | SealError] = []
        with self.rows.writing() as db:
            for manifest in manifests:
                try:
                    if (entry := self._known(db, manifest, None)) is None:
                        seq = self.insert(db, manifest, None, now=now, entropy=entropy)
                        entry = Entry(seq, manifest.id, manifest.kind, manifest, None, now, None, None, False)
                    answers.append(entry)
                except SealError as problem:
                    answers.append(problem)
        return answers

    def indices(self, first: int, last: int) -> dict[int, int | None]:
        """By their ``seq``, where the entries from ``first`` to ``last`` are in the log."""
        query = "SELECT seq, idx FROM entry WHERE seq BETWEEN ? AND ?"
        return {row["seq"]: row["idx"] for row in self.rows.reading().execute(query, (first, last))}

    def insert(
        self, db: sqlite3.Connection, manifest: Manifest, draft: Draft | None, *, now: int, entropy: Entropy
    ) -> int:
        """Within a transaction of the caller's; the ``seq`` of the new entry."""
        if manifest.sha256 is not None and (draft is None) != (manifest.held is not None):
            raise ManifestInvalid("held", "与是否交来文件不符")
        content, salt = manifest.encode(), entropy(SALT_SIZE)
        leaf = Leaf.of(manifest.kind, salt, content)
        sameness = self.sameness(manifest) if draft else None
        kept_at = self._keep(db, draft) if draft else None
        secret = (manifest.id, manifest.kind, salt, content, sameness, manifest.case_ref, kept_at)
        seq = db.execute(
            "INSERT INTO entry (id, kind, salt, manifest, sameness, case_ref, address, commitment256, commitment3, put_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*secret, leaf.sha256, leaf.sm3, now),
        ).lastrowid
        for index in {each.index for each in manifest.prev if each.origin is None}:
            db.execute("INSERT INTO mention VALUES (?, ?)", (seq, index))
        return int(seq or 0)

    def _known(self, db: sqlite3.Connection, manifest: Manifest, draft: Draft | None) -> Entry | None:
        row = db.execute("SELECT * FROM entry WHERE id = ?", (manifest.id,)).fetchone()
        if row and row["manifest"] != manifest.encode():
            raise EntryConflict(manifest.id)
        if not row and draft:
            row = db.execute("SELECT * FROM entry WHERE sameness = ?", (self.sameness(manifest),)).fetchone()
        return _entry(row) if row else None

    def sameness(self, manifest: Manifest) -> bytes:
        """Equal for records that differ in nothing but their id."""
        bare = replace(manifest, id="0" * 26).encode()
        return hmac.new(self._secret(), bare, hashlib.sha256).digest()

    def _secret(self) -> bytes:
        secret = self.rows.setting(_ADDRESS_SECRET)
        if secret is None:
            raise VaultUnreadable(f"保密库 {self.rows.path} 不完整，须从备份恢复。")
        return secret

    def _keep(self, db: sqlite3.Connection, draft: Draft) -> str:
        """Within the transaction, so that of many alike one is kept. A crash leaves at most a file nobody can read."""
        place = address(self._secret(), draft.digests.sha256)
        if not db.execute("SELECT 1 FROM original WHERE address = ?", (place,)).fetchone():
            self.originals.keep(draft, place)
            db.execute("INSERT INTO original VALUES (?, ?, ?)", (place, draft.key, draft.digests.size))
        return place

    def entry(self, identifier: str) -> Entry:
        return _entry(self._row(identifier))

    def at(self, index: int) -> Entry:
        row = self.rows.reading().execute("SELECT * FROM entry WHERE idx = ?", (index,)).fetchone()
        if row is None:
            raise UnknownEntry(index)
        return _entry(row)

    def entries(
        self,
        *,
        after: int = 0,
        before: int | None = None,
        limit: int = 100,
        kinds: Collection[Kind] = (),
        case_ref: str | None = None,
        about: int | None = None,
        newest_first: bool = False,
    ) -> list[Entry]:
        """Those with ``after < seq < before``, of these kinds, of this case, that mention the leaf ``about``."""
        where, values = ["seq > ?"], list[object]((after,))
        asked: list[tuple[str, list[object]]] = [
            ("seq < ?", [before] if before is not None else []),
            (f"kind IN ({', '.join('?' * len(kinds))})", list(kinds)),
            ("case_ref = ?", [case_ref] if case_ref is not None else []),
            ("seq IN (SELECT seq FROM mention WHERE idx = ?)", [about] if about is not None else []),
        ]
        for condition, given in asked:
            if given:
                where.append(condition)
                values += given
        order = "DESC" if newest_first else "ASC"
        query = f"SELECT * FROM entry WHERE {' AND '.join(where)} ORDER BY seq {order} LIMIT ?"
        return [_entry(row) for row in self.rows.reading().execute(query, (*values, limit))]

    def _row(self, identifier: str) -> sqlite3.Row:
        row = self.rows.reading().execute("SELECT * FROM entry WHERE id = ?", (identifier,)).fetchone()
        if row is None:
            raise UnknownEntry(identifier)
        return row  # type: ignore[no-any-return]

    def secrets(self, identifier: str) -> Secrets:
        row = self._row(identifier)
        if row["erased_at"] is not None:
            raise Erased(identifier)
        return Secrets(row["salt"], row["manifest"])

    def original(self, identifier: str, begin: int = 0) -> BinaryIO | None:
        """The file, to be read once from byte ``begin`` on; None for a record without one."""
        row = self._row(identifier)
        if row["erased_at"] is not None:
            raise Erased(identifier)
        if row["address"] is None:
            return None
        key = self.rows.reading().execute("SELECT data_key FROM original WHERE address = ?", (row["address"],))
        return BufferedReader(Stream(self.originals.read(row["address"], key.fetchone()["data_key"], begin)))

    def close(self) -> None:
        self.rows.close()


def _described(manifest: Manifest, draft: Draft) -> Manifest:
    """With the size and the hashes of the file; those it has already must be the same."""
    found = draft.digests
    for title, said, seen in (
        ("大小", manifest.size, found.size),
        (" SHA-256 ", manifest.sha256, found.sha256),
        (" SM3 ", manifest.sm3, found.sm3),
    ):
        if said is not None and said != seen:
            raise OriginalDiffers(title)
    return replace(manifest, size=found.size, sha256=found.sha256, sm3=found.sm3)


def _entry(row: sqlite3.Row) -> Entry:
    manifest = None if row["manifest"] is None else Manifest.parse(row["manifest"])
    times = row["put_at"], row["fixed_at"], row["erased_at"]
    return Entry(row["seq"], row["id"], Kind(row["kind"]), manifest, row["idx"], *times, row["address"] is not None)

"""cosigs.db: what witnesses signed, and every checkpoint that had the policy's quorum. A tree is named by its suite."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jianwei.seal.safe_file import SafeFile

FILE = "cosigs.db"
DATING = "dating"
"""Stands in place of a tree for what ails timestamps and anchors."""

_TABLES = """
CREATE TABLE IF NOT EXISTS asked (
    tree TEXT NOT NULL, size INTEGER NOT NULL, note BLOB NOT NULL, PRIMARY KEY (tree, size)
) STRICT;
CREATE TABLE IF NOT EXISTS cosignature (
    tree TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, witness TEXT NOT NULL, line TEXT NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (tree, size, witness)
) STRICT;
CREATE INDEX IF NOT EXISTS cosignature_last ON cosignature (tree, witness, size);
CREATE TABLE IF NOT EXISTS publication (
    tree TEXT NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, published_at INTEGER NOT NULL,
    PRIMARY KEY (tree, size)
) STRICT;
CREATE TABLE IF NOT EXISTS request (
    tree TEXT NOT NULL, witness TEXT NOT NULL, size INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (tree, witness, size)
) STRICT;
CREATE TABLE IF NOT EXISTS trouble (
    tree TEXT NOT NULL, witness TEXT NOT NULL, sentence TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (tree, witness)
) STRICT;
CREATE TABLE IF NOT EXISTS seen (
    tree TEXT NOT NULL, witness TEXT NOT NULL, note BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (tree, note)
) STRICT;
"""


@dataclass(frozen=True)
class Cosignature:
    size: int
    root: bytes
    witness: str
    """By the policy's name for it."""
    line: str
    """As in a note, with its newline."""
    at: int
    """What the witness says, in seconds since 1970."""


@dataclass(frozen=True)
class Publication:
    size: int
    root: bytes
    note: bytes
    published_at: int


@dataclass(frozen=True)
class Trouble:
    tree: str
    witness: str
    sentence: str
    since: int


class Cosigs(SafeFile):
    """Threads may share it, processes too. Every write is safe when it returns."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _TABLES)

    def keep_asked(self, tree: str, size: int, note: bytes) -> bytes:
        """The checkpoint of this size that witnesses are asked to sign: the one kept first stays."""
        self._write("INSERT OR IGNORE INTO asked VALUES (?, ?, ?)", tree, size, note)
        return self._rows("SELECT note FROM asked WHERE tree = ? AND size = ?", tree, size)[0][0]  # type: ignore[no-any-return]

    def asked(self, tree: str, above: int) -> list[tuple[int, bytes]]:
        """Checkpoints that somebody was asked to sign and that are larger, the largest first."""
        return self._rows("SELECT size, note FROM asked WHERE tree = ? AND size > ? ORDER BY size DESC", tree, above)

    def keep(self, tree: str, fresh: Cosignature) -> None:
        """The first one a witness gave for a size stays: it proves the earliest time."""
        row = (tree, fresh.size, fresh.root, fresh.witness, fresh.line, fresh.at)
        self._write("INSERT OR IGNORE INTO cosignature VALUES (?, ?, ?, ?, ?, ?)", *row)

    def cosignatures(self, tree: str, size: int) -> dict[str, Cosignature]:
        """By witness."""
        query = "SELECT size, root, witness, line, at FROM cosignature WHERE tree = ? AND size = ?"
        return {row[2]: Cosignature(*row) for row in self._rows(query, tree, size)}

    def signed_after(self, tree: str, size: int, witness: str, limit: int) -> list[Cosignature]:
        """Every one, in the order of sizes and witnesses, from there on."""
        query = (
            "SELECT size, root, witness, line, at FROM cosignature WHERE tree = ? AND (size, witness) > (?, ?)"
            " ORDER BY size, witness LIMIT ?"
        )
        return [Cosignature(*row) for row in self._rows(query, tree, size, witness, limit)]

    def trees(self) -> set[str]:
        """Whose signatures and publications are here."""
        return {row[0] for row in self._rows("SELECT tree FROM cosignature UNION SELECT tree FROM publication")}

    def damage(self) -> list[str]:
        """What is wrong with the file itself."""
        return [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]

    def last_of(self, tree: str) -> dict[str, Cosignature]:
        """What each witness signed last."""
        last: dict[str, Cosignature] = {}
        following = "SELECT witness FROM cosignature WHERE tree = ? AND witness > ? ORDER BY witness LIMIT 1"
        newest = "SELECT size, root, witness, line, at FROM cosignature WHERE tree = ? AND witness = ? ORDER BY size DESC LIMIT 1"
        witness = ""  # from one to the next by the index: a table of years is not read through every second
        while found := self._rows(following, tree, witness):
            witness = found[0][0]
            last[witness] = Cosignature(*self._rows(newest, tree, witness)[0])
        return last

    def publish(self, tree: str, fresh: Publication) -> None:
        """Keep a publication for ever, and forget smaller checkpoints that were asked for, but for those on discs."""
        row = (tree, fresh.size, fresh.root, fresh.note, fresh.published_at)
        self._write("INSERT OR IGNORE INTO publication VALUES (?, ?, ?, ?, ?)", *row)
        outstanding = "(SELECT size FROM request WHERE tree = asked.tree)"
        self._write(f"DELETE FROM asked WHERE tree = ? AND size < ? AND size NOT IN {outstanding}", tree, fresh.size)

    def newest(self, tree: str) -> Publication | None:
        query = "SELECT size, root, note, published_at FROM publication WHERE tree = ? ORDER BY size DESC LIMIT 1"
        return next((Publication(*row) for row in self._rows(query, tree)), None)

    def earliest_covering(self, tree: str, index: int) -> Publication | None:
        """The first published checkpoint that has the entry at ``index``."""
        query = (
            "SELECT size, root, note, published_at FROM publication WHERE tree = ? AND size > ? ORDER BY size LIMIT 1"
        )
        return next((Publication(*row) for row in self._rows(query, tree, index)), None)

    def keep_request(self, tree: str, witness: str, size: int, at: int) -> None:
        self._write("INSERT OR IGNORE INTO request VALUES (?, ?, ?, ?)", tree, witness, size, at)

    def requests(self, tree: str) -> list[tuple[str, int]]:
        """Whom a disc was written for and of which size, the newest first."""
        return self._rows("SELECT witness, size FROM request WHERE tree = ? ORDER BY size DESC", tree)

    def answered(self, tree: str, witness: str, size: int) -> None:
        """A disc came back."""
        self._write("DELETE FROM request WHERE tree = ? AND witness = ? AND size = ?", tree, witness, size)

    def by_line(self, tree: str, line: str) -> Cosignature | None:
        query = "SELECT size, root, witness, line, at FROM cosignature WHERE tree = ? AND line = ?"
        return next((Cosignature(*row) for row in self._rows(query, tree, line)), None)

    def trouble(self, tree: str, witness: str, sentence: str | None, at: int) -> None:
        """What is wrong with a witness, or None for nothing. Since when is that of its first being so."""
        now = {(each.tree, each.witness): each.sentence for each in self.troubles()}.get((tree, witness))
        if sentence is None and now is not None:
            self._write("DELETE FROM trouble WHERE tree = ? AND witness = ?", tree, witness)
        elif sentence is not None and sentence != now:
            update = " ON CONFLICT DO UPDATE SET sentence = excluded.sentence"
            self._write("INSERT INTO trouble VALUES (?, ?, ?, ?)" + update, tree, witness, sentence, at)

    def troubles(self) -> list[Trouble]:
        return [Trouble(*row) for row in self._rows("SELECT * FROM trouble ORDER BY since, tree, witness")]

    def keep_seen(self, tree: str, witness: str, note: bytes, at: int) -> None:
        """A checkpoint of ours that this log does not lead to."""
        self._write("INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)", tree, witness, note, at)

    def seen(self, tree: str) -> list[tuple[str, bytes]]:
        return self._rows("SELECT witness, note FROM seen WHERE tree = ? ORDER BY at", tree)

    def _write(self, command: str, *values: object) -> None:
        with self._lock:
            self._file.execute(command, values)

    def _rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._file.execute(query, values).fetchall()

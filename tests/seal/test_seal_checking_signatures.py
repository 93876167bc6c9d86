"""Whatever is changed of what witnesses signed and what was published is found."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from small_offices import NOW, chance, drain, material, put
from small_offices import found as founded

from jianwei.seal import keys
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.safe_file import FileDamaged
from jianwei.seal.trust import Party, appoint
from jianwei.seal.witness.folder import create
from jianwei.seal.witnessing.cosigs import FILE
from jianwei.seal.witnessing.publishing import Publisher

NAMES = ("police", "court", "upper")
ALGORITHMS = {"sha256": "ed25519", "sm3": "sm2"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two publications of either tree, signed by three."""
    place = tmp_path_factory.mktemp("signed")
    with founded(place / "log") as log:
        vkeys = [log.folder.verifier(suite).vkey for suite in log.folder.suites]
        parties = [
            Party(name, tuple(create(place / name, f"{name}.example/w", vkeys, chance(nth), list(ALGORITHMS.values()))))
            for nth, name in enumerate(NAMES, 1)
        ]
        appoint(log, parties, ["police", "court"], now=NOW, entropy=chance(9))
        for number in range(2):
            put(log, material(number))
            drain(log)
            signed(log, place, NOW + number)
        assert list(log.check()) == []
    return place / "log"


def signed(log: EvidenceLog, place: Path, at: int) -> None:
    with closing(Publisher(log.folder)) as publisher:
        for tree in publisher.trees:
            whole, head = publisher.offer(tree, at)
            for nth, name in enumerate(NAMES):
                signer = keys.read(place / name / "keys" / f"witness.{ALGORITHMS[tree.suite]}").witness_signer()
                publisher.keep(tree, name, whole, signer.cosign(whole.text, at + nth))
            assert publisher.publish(tree, head.size, at)


@pytest.fixture
def log(office: Path) -> Iterator[EvidenceLog]:
    """As it was again after each test."""
    content = (office / FILE).read_bytes()
    with EvidenceLog.open(office) as opened:
        yield opened
    for beside in (f"{FILE}-wal", f"{FILE}-shm"):
        (office / beside).unlink(missing_ok=True)
    (office / FILE).write_bytes(content)


def change(log: EvidenceLog, command: str, *values: object) -> None:
    with closing(sqlite3.connect(log.folder.path / FILE)) as db:
        assert db.execute(command, values).rowcount
        db.commit()


def findings(log: EvidenceLog) -> list[str]:
    return [f"{each.file} {each.problem}" for each in log.check()]


OF_POLICE = "WHERE witness = 'police' AND tree = ? AND size = 3"


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("所记时间与签名不一致", f"UPDATE cosignature SET at = at + 1 {OF_POLICE}"),
        ("所签的根与日志不一致", f"UPDATE cosignature SET root = zeroblob(32) {OF_POLICE}"),
        ("不是登记过的信任策略里这个见证方的公钥", f"UPDATE cosignature SET witness = 'polite' {OF_POLICE}"),
        ("不是登记过的信任策略里这个见证方的公钥", f"UPDATE cosignature SET line = replace(line, 'police', 'polite') {OF_POLICE}"),
        ("格式有误", f"UPDATE cosignature SET line = 'x' || line {OF_POLICE}"),
        ("有一行签名与所存的见证签名不一致", f"DELETE FROM cosignature {OF_POLICE}"),
        ("所记条数或者根与其内容不一致", "UPDATE publication SET root = zeroblob(32) WHERE tree = ? AND size = 3"),
        ("所记条数或者根与其内容不一致", "UPDATE publication SET size = 2 WHERE tree = ? AND size = 3"),
        ("控制字符", "UPDATE publication SET note = CAST(x'00' || note AS BLOB) WHERE tree = ? AND size = 3"),
        ("不属于任何一棵树", "UPDATE publication SET tree = 'sm4' WHERE tree = ? AND size = 3"),
        ("不属于任何一棵树", f"UPDATE cosignature SET tree = 'sm4' {OF_POLICE}"),
        ("与最新一次发布不一致", "DELETE FROM publication WHERE tree = ? AND size = 4"),
    ],
)  # fmt: skip
def test_a_changed_row_is_found(log: EvidenceLog, said: str, command: str, tree: str) -> None:
    change(log, command, tree)
    assert any(said in each for each in findings(log)), findings(log)


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
@pytest.mark.parametrize("which", range(-40, -2, 5))
def test_a_signature_of_which_one_sign_was_changed_is_found(log: EvidenceLog, which: int, tree: str) -> None:
    row = f"SELECT line FROM cosignature {OF_POLICE}"
    with closing(sqlite3.connect(log.folder.path / FILE)) as db:
        (line,) = db.execute(row, (tree,)).fetchone()
    other = "B" if line[which] == "A" else "A"
    changed = line[:which] + other + line[which + 1 :]
    change(log, f"UPDATE cosignature SET line = ? {OF_POLICE}", changed, tree)
    assert len(findings(log)) == 2  # the line itself, and the publication that has the true one


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
@pytest.mark.parametrize("name", ["police", "court", "upper", "jcy"])
def test_a_changed_line_of_a_publication_is_found(log: EvidenceLog, name: str, tree: str) -> None:
    note = publication(log, tree)
    start = note.index(f"— {name}".encode())
    end = note.index(b"\n", start)
    for place in (start + 4, end - 20):  # in the name, in the signature
        sign = b"A" if note[place : place + 1] != b"A" else b"B"
        rewrite(log, tree, note[:place] + sign + note[place + 1 :])
        assert findings(log), place
    rewrite(log, tree, note[:start] + note[end + 1 :])
    quorum = name != "upper"  # whose signature is asked for by no policy
    assert bool(findings(log)) is quorum
    rewrite(log, tree, note + "— someone AAAAAAAA\n".encode())
    assert any("不一致" in each for each in findings(log))


def test_a_publication_that_is_being_shown_is_not_wrong(log: EvidenceLog, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = log.folder.path / "published"
    newest = shown.read_bytes()
    shown.write_bytes(b"the one before")
    monkeypatch.setattr(time, "sleep", lambda seconds: shown.write_bytes(newest))
    try:
        assert findings(log) == []
    finally:
        shown.write_bytes(newest)


def publication(log: EvidenceLog, tree: str) -> bytes:
    with closing(sqlite3.connect(log.folder.path / FILE)) as db:
        (note,) = db.execute("SELECT note FROM publication WHERE tree = ? AND size = 3", (tree,)).fetchone()
    return bytes(note)


def rewrite(log: EvidenceLog, tree: str, note: bytes) -> None:
    change(log, "UPDATE publication SET note = ? WHERE tree = ? AND size = 3", note, tree)


def test_a_witness_that_was_replaced_by_a_told_policy_is_known_still(
    log: EvidenceLog, office: Path, tmp_path: Path
) -> None:
    vkeys = [log.folder.verifier(suite).vkey for suite in log.folder.suites]
    other = create(tmp_path / "other", "other.example/w", vkeys, chance(77), ["ed25519", "sm2"])
    kept = {path: path.read_bytes() for path in (*office.glob("policy*"), office / "log.json")}
    appoint(log, [Party("other", tuple(other))], ["other"], now=NOW, entropy=chance(78))
    try:
        assert findings(log) == []
    finally:
        for path, content in kept.items():
            path.write_bytes(content)
        with log.vault.rows.writing() as db:
            db.execute("DELETE FROM entry WHERE idx IS NULL")


def contents(path: Path) -> list[tuple[object, ...]]:
    """All that is proof in it; when something was published here proves nothing."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT tree, size, root, witness, line, at FROM cosignature ORDER BY 1, 2, 4").fetchall()
        return rows + db.execute("SELECT tree, size, root, note FROM publication ORDER BY 1, 2").fetchall()


def test_no_flipped_byte_changes_a_proof_unseen(log: EvidenceLog) -> None:
    path = log.folder.path / FILE
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    log.close()
    before, whole = contents(path), path.read_bytes()
    chances = random.Random(3)
    used = [place for place, byte in enumerate(whole) if byte]
    seen = 0
    for place in sorted(chances.sample(used, 150)):
        changed = bytearray(whole)
        changed[place] ^= 1 << chances.randrange(8)
        path.write_bytes(changed)
        try:
            with EvidenceLog(log.folder) as opened:
                found = bool(list(opened.check()))
        except FileDamaged:
            found = True
        seen += found
        if not found:
            assert contents(path) == before, place
        for beside in (f"{FILE}-wal", f"{FILE}-shm"):
            (log.folder.path / beside).unlink(missing_ok=True)
    path.write_bytes(whole)
    assert seen > 50

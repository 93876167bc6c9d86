"""Whatever is changed in the folder of a log is found, and the record is named."""

from __future__ import annotations

import io
import random
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from small_offices import NOW, chance, drain, filled, material, put
from small_offices import found as founded

from jianwei.seal.evidence_log import EvidenceLog, RecordFinding
from jianwei.seal.leaf import LEAF_SIZE, Kind, Leaf, commitment
from jianwei.seal.suites import SHA256, SM3
from jianwei.seal.vault.hashing import PIECE

MATERIALS = 3


@pytest.fixture
def log(tmp_path: Path) -> EvidenceLog:
    """A small log with a correction and a deletion, everything in it."""
    made = filled(tmp_path / "log", MATERIALS)
    first, second, *_ = made.entries()
    made.correct(first.id, material(10), io.BytesIO(b"c"), now=NOW, entropy=chance(10))
    made.erase(second.id, order_no="1", reason="封存", by=("甲",), now=NOW, entropy=chance(11))
    drain(made)
    assert not list(made.check())
    return made


def contents(log: EvidenceLog) -> list[tuple[object, ...]]:
    """All that secrets.db says, but for the times, which prove nothing."""
    columns = (
        "seq, id, kind, salt, manifest, sameness, case_ref, address, commitment256, commitment3, idx, erased_at IS NULL"
    )
    with sqlite3.connect(log.vault.rows.path) as db:
        rows = [tuple(row) for row in db.execute(f"SELECT {columns} FROM entry ORDER BY seq")]
        for table in ("original", "setting", "mention"):
            rows += [tuple(row) for row in db.execute(f"SELECT * FROM {table}")]
    return rows


def flipped(path: Path, place: int, mask: int) -> Callable[[], None]:
    """Flip and return what puts it back."""
    content = path.read_bytes()
    changed = bytearray(content)
    changed[place] ^= mask
    path.write_bytes(changed)

    def back() -> None:
        path.write_bytes(content)

    return back


def test_every_flipped_byte_of_the_log_and_of_the_originals_is_found(log: EvidenceLog) -> None:
    folder = log.folder.path
    files = [path for name in ("log", "originals") for path in (folder / name).rglob("*") if path.is_file()]
    chances, flips, missed = random.Random(1), 0, []
    for path in files:
        for place in range(path.stat().st_size):
            back = flipped(path, place, 1 << chances.randrange(8))
            flips += 1
            if not list(log.check()):
                missed.append((path.name, place))
            back()
    print(f"{flips} flips, {len(missed)} missed")
    assert flips > 1000
    assert missed == []


def test_no_flipped_byte_of_the_vault_changes_a_record_unseen(log: EvidenceLog) -> None:
    """Bytes that no table uses may differ and mean nothing; whatever is read otherwise must be found."""
    log.close()
    before = contents(log)
    path = log.folder.path / "secrets.db"
    chances = random.Random(2)
    places = sorted(chances.sample(range(path.stat().st_size), 600))
    seen = 0
    for place in places:
        back = flipped(path, place, 1 << chances.randrange(8))
        with EvidenceLog(log.folder) as opened:
            found = list(opened.check())
        if found:
            seen += 1
        else:
            assert contents(log) == before, place
        back()
        for beside in ("secrets.db-wal", "secrets.db-shm"):
            (log.folder.path / beside).unlink(missing_ok=True)
    print(f"{len(places)} flips, {seen} found, {len(places) - seen} without meaning")
    assert seen > 30


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "UPDATE entry SET manifest = CAST(replace(CAST(manifest AS TEXT), '讯问', '询问') AS BLOB) WHERE idx = 2",
            "与承诺不符",
        ),
        ("UPDATE entry SET salt = zeroblob(32) WHERE idx = 2", "与承诺不符"),
        ("UPDATE entry SET kind = 9 WHERE idx = 2", "与日志中的记录不一致"),
        ("UPDATE entry SET case_ref = '另案' WHERE idx = 2", "与材料说明不一致"),
        ("UPDATE entry SET address = (SELECT address FROM entry WHERE idx = 0) WHERE idx = 2", "存放位置"),
        (
            "UPDATE original SET data_key = zeroblob(32) WHERE address = (SELECT address FROM entry WHERE idx = 2)",
            "不能解密",
        ),
    ],
)
def test_a_changed_record_is_named(log: EvidenceLog, change: str, said: str) -> None:
    identifier = log.vault.at(2).id
    with log.vault.rows.writing() as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(change)
    named = [each for each in log.check() if isinstance(each, RecordFinding)]
    assert any(said in each.problem and each.entry == identifier and each.index == 2 for each in named)


def test_a_record_whose_commitment_was_changed_with_it_differs_from_its_leaf(log: EvidenceLog) -> None:
    """Attack 4 inside the office: the whole row is made anew, and is consistent in itself."""
    secret = log.vault.secrets(log.vault.at(2).id)
    manifest = secret.manifest.replace("扣押".encode(), "调取".encode())
    leaf = Leaf.of(Kind.MATERIAL, secret.salt, manifest)
    with log.vault.rows.writing() as db:
        row = (manifest, leaf.sha256, leaf.sm3)
        db.execute("UPDATE entry SET manifest = ?, commitment256 = ?, commitment3 = ? WHERE idx = 2", row)
    assert any("与日志中的记录不一致" in each.problem for each in log.check())


def test_rows_that_are_gone_are_missed(log: EvidenceLog) -> None:
    with log.vault.rows.writing() as db:
        db.execute("DELETE FROM mention")
        db.execute("DELETE FROM entry WHERE idx IN (0, 2, 3)")
    problems = [each.problem for each in log.check()]
    assert "日志第 0 条在保密库中没有记录" in problems
    assert "日志第 2 至 3 条在保密库中没有记录" in problems
    assert any("没有删除凭证" in each for each in problems)


def test_an_original_that_is_gone_and_one_too_many_are_found(log: EvidenceLog) -> None:
    entry = log.vault.at(2)
    addresses = list(log.vault.originals.addresses())
    place = log.vault.rows.reading().execute("SELECT address FROM entry WHERE idx = 2").fetchone()[0]
    log.vault.originals.path(place).rename(log.vault.originals.path(addresses[0][:2] + "0" * 62))
    findings = list(log.check())
    assert any(isinstance(each, RecordFinding) and each.entry == entry.id for each in findings)
    assert any("不属于任何记录" in each.problem for each in findings)


def test_a_key_that_was_changed_is_found(log: EvidenceLog) -> None:
    log.folder.key("sha256").write_text("no key")
    assert any("keys/log.ed25519" in each.file for each in log.check())


def test_a_log_that_grows_meanwhile_is_not_called_wrong(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 50)
    stop = threading.Event()
    grown = []

    def grow() -> None:
        own = EvidenceLog(log.folder)
        with own.writer(NOW) as writer:
            started.set()
            number = 1000
            while not stop.is_set():
                put(own, material(number))
                number += 1
                grown.append(writer.drain(NOW))
        own.close()

    started = threading.Event()
    thread = threading.Thread(target=grow)
    thread.start()
    started.wait()
    findings = [each for _ in range(5) for each in log.check()]
    stop.set()
    thread.join()
    assert findings == []
    assert sum(grown)


def test_a_million_guesses_of_numbers_match_no_leaf(tmp_path: Path) -> None:
    """Attack 23: whoever has every leaf and lists the citizens' numbers, but has no salt."""
    log = founded(tmp_path / "log")
    number = "110105199003070009"
    for place in range(3):
        put(log, material(place, note=number if place == 1 else None))
    drain(log)
    entries = (log.folder.log / "leaves").read_bytes()
    leaves = [Leaf.decode(entries[start : start + LEAF_SIZE]) for start in range(0, len(entries), LEAF_SIZE)]
    targets = {each.sha256 for each in leaves} | {each.sm3 for each in leaves}
    secret = log.vault.secrets(log.vault.at(1).id)
    assert number.encode() in secret.manifest
    assert commitment(SHA256, secret.salt, secret.manifest) in targets  # with the salt the right one is found
    head, tail = secret.manifest.split(number.encode())
    start = SHA256.digest  # the manifest's own hash, then what it would be with a salt one might try
    tried = 0
    for guess in range(1_000_000):
        manifest = b"%s%018d%s" % (head, 110105199003000000 + guess, tail) if guess % 2 else b"%018d" % guess
        assert start(manifest) not in targets
        tried += 1
    empty = bytes(32)
    for guess in range(20_000):
        manifest = b"%s%018d%s" % (head, 110105199003060000 + guess, tail)
        assert commitment(SHA256, empty, manifest) not in targets
        assert commitment(SM3, empty, manifest) not in targets
    assert tried == 1_000_000


def test_large_originals_are_checked_to_their_last_frame(tmp_path: Path) -> None:
    log = founded(tmp_path / "log")
    entry = put(log, material(), bytes(3 * PIECE + 5))
    drain(log)
    [address] = log.vault.originals.addresses()
    path = log.vault.originals.path(address)
    for place in (5, PIECE + 100, 2 * PIECE + 100, path.stat().st_size - 1):
        back = flipped(path, place, 1)
        assert [each.entry for each in log.check() if isinstance(each, RecordFinding)] == [entry.id]
        back()
    assert not list(log.check())


def test_an_original_exchanged_by_someone_who_has_its_key_is_found(log: EvidenceLog) -> None:
    """Attack 1 from within: another content, rightly encrypted, in the old one's place."""
    row = log.vault.rows.reading().execute(
        "SELECT * FROM original WHERE address = (SELECT address FROM entry WHERE idx = 2)"
    )
    original = row.fetchone()
    keys = iter([original["data_key"], bytes(16)])
    draft = log.vault.originals.draft(io.BytesIO(bytes(original["size"])), lambda count: next(keys))
    log.vault.originals.keep(draft, original["address"])
    [finding] = log.check()
    assert isinstance(finding, RecordFinding)
    assert (finding.index, "哈希不一致" in finding.problem) == (2, True)

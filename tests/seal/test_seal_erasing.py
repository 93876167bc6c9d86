"""After a lawful deletion nothing shows what was there, and everything else is proved as before."""

from __future__ import annotations

import hashlib
import io
import shutil
from pathlib import Path

import pytest
from small_offices import NOW, chance, drain, filled, found, material, put

from jianwei.seal import merkle
from jianwei.seal.checkpoint import opened
from jianwei.seal.disk import Folder
from jianwei.seal.evidence_log import EvidenceLog, NotFixed
from jianwei.seal.leaf import Kind, Leaf
from jianwei.seal.log_folder import TREES
from jianwei.seal.store import Store
from jianwei.seal.vault import erasing
from jianwei.seal.vault.erasing import Erasure, NotErasable
from jianwei.seal.vault.hashing import PIECE
from jianwei.seal.vault.keeping import Erased, Vault
from jianwei.seal.vault.originals import Originals, OriginalUnreadable

NAME = "未成年人犯罪记录封存材料"


def erase(log: EvidenceLog, identifier: str) -> Erasure:
    order = {"order_no": "京朝检封〔2026〕1号", "reason": "犯罪记录封存", "by": ("甲某", "乙某")}
    return log.erase(identifier, **order, now=NOW, entropy=chance(int.from_bytes(identifier.encode())))  # type: ignore[arg-type]


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_no_byte_of_what_was_deleted_is_left_in_any_file(tmp_path: Path) -> None:
    """With many neighbours, so that pages of the database split and merge around it."""
    log = found(tmp_path / "log")
    secrets = []
    for number in range(60):
        kept = put(log, material(number, name=f"{NAME}{number}.pdf", note="说明" * (1 + number * 37 % 400)))
        secrets.append((kept.id, log.vault.secrets(kept.id)))
    drain(log)
    keys = {row["address"]: row["data_key"] for row in log.vault.rows.reading().execute("SELECT * FROM original")}
    places = {row["id"]: row["address"] for row in log.vault.rows.reading().execute("SELECT id, address FROM entry")}
    gone = [secrets[number] for number in (0, 7, 8, 31, 59)]
    before = bytes_of(tmp_path)
    assert all(each.salt in before and keys[places[identifier]] in before for identifier, each in gone)
    for identifier, _ in gone:
        assert erase(log, identifier).scrubbed
    after = bytes_of(tmp_path)
    for identifier, each in gone:
        number = next(place for place, (known, _) in enumerate(secrets) if known == identifier)
        assert each.salt not in after
        assert keys[places[identifier]] not in after
        assert f"{NAME}{number}.pdf".encode() not in after
        assert not log.vault.originals.path(places[identifier]).exists()
    assert all(each.salt in after for each in dict(secrets).values() if each not in dict(gone).values())
    drain(log)
    assert not list(log.check())


def test_the_neighbours_are_proved_as_before_and_the_deletion_is_in_the_log(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 5)
    entries = log.entries()
    named = log.reference(entries[2].id, "删除")
    done = erase(log, entries[2].id)
    drain(log)
    store = Store(Folder(log.folder.log))
    for suite, tree in TREES.items():
        head = opened((log.folder.log / log.folder.checkpoint(suite)).read_bytes(), log.folder.verifier(suite))
        assert head.size == 6
        for entry in (entries[0], entries[1], entries[3], entries[4], log.entry(done.record.id)):
            secret = log.vault.secrets(entry.id)
            leaf = tree.suite.leaf(Leaf.of(entry.kind, secret.salt, secret.manifest).encode())
            index = entry.index if entry.index is not None else 5
            path = merkle.inclusion_proof(tree.suite, store.nodes(tree), index, head.size)
            merkle.check_inclusion(tree.suite, leaf, index, head.size, path, head.root)
    assert done.record.kind is Kind.DELETION
    assert done.record.manifest
    assert done.record.manifest.prev == (named,)
    assert done.record.manifest.doc_no == "京朝检封〔2026〕1号"
    assert not list(log.check())


def test_what_was_deleted_is_given_to_nobody(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 2)
    entry = log.entries()[0]
    erase(log, entry.id)
    left = log.entry(entry.id)
    assert (left.manifest, left.has_original, left.erased_at) == (None, False, NOW)
    assert log.entries(case_ref="京朝检刑诉受〔2026〕1号") == [log.entries()[1]]
    for ask in (log.vault.secrets, log.original, lambda one: erase(log, one)):
        with pytest.raises(Erased):
            ask(entry.id)


def test_after_deletion_no_known_content_fits_the_leaf(tmp_path: Path) -> None:
    """Whoever has the file, knows every word of its manifest and may read the log cannot tell that it was there."""
    log = filled(tmp_path / "log", 1)
    entry = log.entries()[0]
    manifest = log.vault.secrets(entry.id).manifest
    erase(log, entry.id)
    drain(log)
    leaf = Leaf.decode((log.folder.log / "leaves").read_bytes()[:76])
    rows = bytes_of(tmp_path)
    for start in range(len(rows) - 31):  # whatever is left might be a salt
        salt = rows[start : start + 32]
        inner = hashlib.sha256(b"evlog/v1 commitment\n" + salt + hashlib.sha256(manifest).digest()).digest()
        assert inner != leaf.sha256


def test_a_restored_backup_of_originals_cannot_be_read(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    content = b"sealed record " * 1000
    entry = put(log, material(1), content)
    drain(log)
    shutil.copytree(tmp_path / "log/originals", tmp_path / "backup")
    erase(log, entry.id)
    shutil.copytree(tmp_path / "backup", tmp_path / "log/originals", dirs_exist_ok=True)
    rest = bytes_of(tmp_path)
    [place] = log.vault.originals.addresses()
    assert b"sealed record" not in rest
    others = [row["data_key"] for row in log.vault.rows.reading().execute("SELECT data_key FROM original")]
    for key in [*others, bytes(32)]:
        with pytest.raises(OriginalUnreadable):
            b"".join(Originals(tmp_path / "log/originals", 0).read(place, key))


def test_a_file_that_another_record_rightly_holds_stays_for_that_record(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    content = bytes(PIECE)
    one, other = put(log, material(1), content), put(log, material(2, case_ref="另案"), content)
    drain(log)
    assert erase(log, one.id).same_file == (other.id,)
    stream = log.original(other.id)
    assert stream is not None
    assert stream.read() == content
    assert not list(log.check())


def test_who_orders_a_deletion_is_told_who_speaks_of_the_record(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 2)
    one = log.entries()[0]
    correction = log.correct(one.id, material(3), io.BytesIO(b"c"), now=NOW, entropy=chance(4))
    drain(log)
    assert erase(log, one.id).mentioned_by == (correction.id,)


def test_certificates_of_deletion_are_not_deleted_and_what_waits_cannot_be(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 1)
    waiting = put(log, material(2))
    with pytest.raises(NotFixed):
        erase(log, waiting.id)
    done = erase(log, log.entries()[0].id)
    drain(log)
    with pytest.raises(NotErasable):
        erase(log, done.record.id)


def test_a_deletion_cut_short_is_finished_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = filled(tmp_path / "log", 3)
    entry = log.entries()[1]
    salt = log.vault.secrets(entry.id).salt
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(erasing, "scrub_if_due", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        erase(log, entry.id)
    assert log.entry(entry.id).erased_at == NOW
    assert salt in bytes_of(tmp_path)
    assert erasing.scrub_if_due(log.vault, NOW)
    assert salt not in bytes_of(tmp_path)
    drain(log)
    assert not list(log.check())


def test_a_large_vault_holds_up_nobody_and_is_rewritten_when_it_is_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasing, "LARGE_BYTES", 0)
    log = filled(tmp_path / "log", 40)
    first, second = log.entries()[7], log.entries()[20]
    salts = [log.vault.secrets(each.id).salt for each in (first, second)]
    commands = list[str]()
    log.vault.rows.reading().set_trace_callback(commands.append)
    assert not erase(log, first.id).scrubbed
    assert "VACUUM" not in commands and salts[0] not in bytes_of(tmp_path), "what was there is overwritten at once"
    assert not erasing.scrub_if_due(log.vault, NOW + erasing.QUIET_SECONDS - 1)
    put(log, material(50))
    assert not erase(log, second.id).scrubbed
    assert erasing.scrub_if_due(log.vault, NOW + erasing.QUIET_SECONDS)
    assert commands.count("VACUUM") == 1, "one rewriting for all that was erased"
    assert not any(salt in bytes_of(tmp_path) for salt in salts)
    drain(log)
    assert not list(log.check())


def test_a_vault_that_is_never_quiet_is_rewritten_after_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "LARGE_BYTES", 0)
    monkeypatch.setattr(erasing, "QUIET_SECONDS", 1 << 40)
    log = filled(tmp_path / "log", 3)
    assert not erase(log, log.entries()[1].id).scrubbed
    assert not erasing.scrub_if_due(log.vault, NOW + erasing.LONGEST_SECONDS - 1)
    assert erasing.scrub_if_due(log.vault, NOW + erasing.LONGEST_SECONDS)


def test_a_file_once_rewritten_is_not_rewritten_again_for_a_reader_s_sake(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 3)
    commands = list[str]()
    log.vault.rows.reading().set_trace_callback(commands.append)
    log.vault.rows.reading().execute("PRAGMA busy_timeout = 50")
    reader = log.vault.rows._connect()
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM entry").fetchone()
    assert not erase(log, log.entries()[1].id).scrubbed
    for _ in range(3):
        assert not erasing.scrub_if_due(log.vault, NOW)
    assert commands.count("VACUUM") == 1
    other = erase(log, log.entries()[2].id)
    assert not other.scrubbed and commands.count("VACUUM") == 2
    reader.execute("COMMIT")
    reader.close()
    assert erasing.scrub_if_due(log.vault, NOW) and commands.count("VACUUM") == 2


def test_what_is_erased_while_the_file_is_rewritten_stays_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = filled(tmp_path / "log", 3)

    def meanwhile(vault: Vault, now: int) -> None:
        with vault.rows.writing() as db:
            erasing._mark_due(db, now)

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "sweep", meanwhile)
        assert not erase(log, log.entries()[1].id).scrubbed
    assert erasing.scrub_if_due(log.vault, NOW)


def test_while_another_reads_an_older_state_the_deletion_is_due_still(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 3)
    reader = log.vault.rows._connect()
    reader.execute("PRAGMA busy_timeout = 0")
    log.vault.rows.reading().execute("PRAGMA busy_timeout = 50")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM entry").fetchone()
    assert not erase(log, log.entries()[1].id).scrubbed
    assert not erasing.scrub_if_due(log.vault, NOW)
    reader.execute("COMMIT")
    assert erasing.scrub_if_due(log.vault, NOW)
    reader.close()

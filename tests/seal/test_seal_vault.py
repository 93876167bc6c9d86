"""What the vault takes in is safe, once, and given back whole."""

from __future__ import annotations

import io
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from small_offices import NOW, chance, drain, filled, found, material, put

from jianwei.seal.evidence_log import EvidenceLog, NotFixed
from jianwei.seal.leaf import Kind
from jianwei.seal.sequencer import LogExists, LogMissing
from jianwei.seal.vault import room
from jianwei.seal.vault.hashing import PIECE, digests
from jianwei.seal.vault.keeping import EntryConflict, OriginalDiffers, UnknownEntry
from jianwei.seal.vault.originals import OriginalUnreadable
from jianwei.seal.vault.room import NoRoom
from jianwei.seal.vault.rows import VaultUnreadable

SIZES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_came(tmp_path: Path, size: int) -> None:
    log, content = found(tmp_path / "log"), chance(size)(size)
    entry = put(log, material(), content)
    stream = log.original(entry.id)
    assert stream is not None
    assert stream.read() == content
    assert entry.manifest
    assert (entry.manifest.size, entry.manifest.sha256) == (size, digests(io.BytesIO(content)).sha256)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_is_read_from_anywhere(tmp_path: Path, size: int) -> None:
    log, content = found(tmp_path / "log"), chance(size)(size)
    entry = put(log, material(), content)
    for begin in {0, 1, size // 2, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, size - 1, size}:
        stream = log.original(entry.id, max(0, begin))
        assert stream is not None
        assert stream.read() == content[max(0, begin) :], begin


def test_both_hashes_are_those_of_the_standards() -> None:
    """GB/T 32905 appendix A.1, FIPS 180-4."""
    found = digests(io.BytesIO(b"abc"))
    assert found.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert found.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_stream_that_gives_little_at_a_time_is_hashed_whole() -> None:
    class Slow(io.RawIOBase):
        left = PIECE + 5

        def read(self, size: int = -1) -> bytes:
            given = min(self.left, size, 4099)
            self.left -= given
            return b"x" * given

    assert digests(Slow()) == digests(io.BytesIO(b"x" * (PIECE + 5)))  # type: ignore[arg-type]


def test_nothing_on_the_disk_tells_what_is_kept(tmp_path: Path) -> None:
    log, content = found(tmp_path / "log"), b"a sentence of the interrogation" * 99
    put(log, material(), content)
    drain(log)
    log.close()
    sha256 = digests(io.BytesIO(content)).sha256
    for path in files(tmp_path):
        assert content[:31] not in path.read_bytes()
        assert sha256[2:] not in str(path)


def test_the_same_request_twice_is_one_record(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    assert put(log, material(1), b"a") == put(log, material(1), b"a", seed=8)
    assert drain(log) == 1


def test_one_id_with_another_content_is_a_conflict(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    entry = put(log, material(1), b"a")
    for other, content in ((material(1), b"b"), (material(1, note="另一说明"), b"a")):
        with pytest.raises(EntryConflict):
            put(log, other, content)
    assert log.entries() == [entry]
    assert len(files(tmp_path / "log/originals")) == 1


def test_the_same_file_with_the_same_collection_is_the_record_there_is(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    first = put(log, material(1, name="a.pdf"), b"a")
    assert put(log, material(2, name="a.pdf"), b"a") == first
    other = put(log, material(3, name="a.pdf", case_ref="另案"), b"a")
    assert other.id != first.id
    assert len(files(tmp_path / "log/originals")) == 1
    assert drain(log) == 2


def test_fifty_uploads_of_one_file_at_once_are_one_object_and_one_leaf(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    content, ready = chance(5)(2 * PIECE), threading.Barrier(10)

    def upload(number: int) -> str:
        if number < 10:
            ready.wait()
        return put(log, material(number % 2, name="a.pdf"), content, seed=number).id

    with ThreadPoolExecutor(10) as pool:
        ids = set(pool.map(upload, range(50)))
    assert len(ids) == 1
    assert len(files(tmp_path / "log/originals")) == 1
    assert drain(log) == 1
    assert not list(log.check())


@pytest.mark.parametrize(
    ("said", "titled"), [({"size": 2}, "大小"), ({"sha256": "0" * 64}, "SHA-256"), ({"sm3": "0" * 64}, "SM3")]
)
def test_a_file_that_is_not_the_one_described_is_refused(tmp_path: Path, said: dict[str, object], titled: str) -> None:
    log = found(tmp_path / "log")
    with pytest.raises(OriginalDiffers, match=titled):
        put(log, material(1, **said), b"a")
    assert log.entries() == []
    assert files(tmp_path / "log/originals") == []


def test_records_are_found_by_case_kind_and_what_they_speak_of(tmp_path: Path) -> None:
    log = filled(tmp_path / "log", 3)
    other = put(log, material(4, case_ref="另案"))
    first = log.entries(limit=1)[0]
    correction = log.correct(first.id, material(5), io.BytesIO(b"e"), now=NOW, entropy=chance(9))
    assert [each.id for each in log.entries(case_ref="另案")] == [other.id]
    assert [each.id for each in log.entries(kinds=[Kind.CORRECTION])] == [correction.id]
    assert [each.id for each in log.entries(about=0)] == [correction.id]
    assert [each.seq for each in log.entries(newest_first=True, limit=2)] == [5, 4]
    assert [each.seq for each in log.entries(after=2, before=4)] == [3]
    with pytest.raises(UnknownEntry):
        log.entry("01HF7YAT007SW7BYXPE44VSN4F")


def test_an_upload_meets_a_full_disk_cleanly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = found(tmp_path / "log")
    room_left = iter([10 * PIECE, PIECE // 2])
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: type("Usage", (), {"free": next(room_left)}))
    with pytest.raises(NoRoom) as refused:
        put(log, material(1), bytes(2 * PIECE))
    assert refused.value.status == 507
    assert files(tmp_path / "log/originals") == []
    monkeypatch.undo()
    put(log, material(1), bytes(2 * PIECE))


def test_below_the_reserve_files_are_refused_and_records_go_on(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    log.close()
    poor = EvidenceLog(log.folder)
    poor.vault.originals._reserve = 1 << 60
    with pytest.raises(NoRoom):
        put(poor, material(1), b"a")
    put(poor, replace(material(2), kind=Kind.VERIFICATION, name=None))
    assert drain(poor) == 1


@pytest.mark.parametrize("place", [0, 3, 4, 100, PIECE + 4 + 16, -1])
def test_an_original_with_a_flipped_byte_is_not_given_out(tmp_path: Path, place: int) -> None:
    log = found(tmp_path / "log")
    entry = put(log, material(), bytes(PIECE + 50))
    [path] = files(tmp_path / "log/originals")
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    stream = log.original(entry.id)
    assert stream is not None
    with pytest.raises(OriginalUnreadable):
        stream.read()


@pytest.mark.parametrize("cut", [1, 50 + 16, 50 + 16 + 1, PIECE])
def test_an_original_that_was_cut_off_is_not_given_out(tmp_path: Path, cut: int) -> None:
    log = found(tmp_path / "log")
    entry = put(log, material(), bytes(PIECE + 50))
    [path] = files(tmp_path / "log/originals")
    path.write_bytes(path.read_bytes()[:-cut])
    stream = log.original(entry.id)
    assert stream is not None
    with pytest.raises(OriginalUnreadable):
        stream.read()


def test_a_log_is_begun_once_and_not_opened_before(tmp_path: Path) -> None:
    with pytest.raises(LogMissing):
        EvidenceLog.open(tmp_path / "log")
    found(tmp_path / "log").close()
    with pytest.raises(LogExists):
        found(tmp_path / "log")
    (tmp_path / "log/secrets.db").unlink()
    with pytest.raises(VaultUnreadable):
        EvidenceLog.open(tmp_path / "log").entries()


def test_a_record_without_a_place_in_the_log_cannot_be_named_yet(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    entry = put(log, material())
    with pytest.raises(NotFixed):
        log.reference(entry.id, "更正")
    with pytest.raises(NotFixed):
        log.wait_fixed(entry.id, 0)
    drain(log)
    assert log.wait_fixed(entry.id, 0).index == 0


def test_the_vault_syncs_every_commit_and_overwrites_what_is_deleted(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    connection = log.vault.rows.reading()
    answers = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "secure_delete")}
    assert answers == {"synchronous": 2, "secure_delete": 1}
    assert sqlite3.connect(tmp_path / "log/secrets.db").execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert {oct(path.stat().st_mode & 0o77) for path in files(tmp_path / "log/keys")} == {"0o0"}
    assert (tmp_path / "log/secrets.db").stat().st_mode & 0o77 == 0


def test_a_vault_that_lost_its_secret_takes_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    log = found(tmp_path / "log")
    with sqlite3.connect(tmp_path / "log/secrets.db") as vault:
        vault.execute("DELETE FROM setting WHERE name = 'address_secret'")
    with pytest.raises(VaultUnreadable, match="须从备份恢复"):
        put(log, material(), b"content")
    assert log.entries() == [] and not files(tmp_path / "log/originals")

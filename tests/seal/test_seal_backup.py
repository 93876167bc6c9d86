"""A backup is taken while the log grows, killed, taken again, and put back where everything else is gone."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from a_witness import NOW
from an_office import NAMES, entropy
from small_offices import material
from test_seal_awaiting import SECONDS, Town, until

from jianwei.seal import backup as taking
from jianwei.seal.backup import BackupFailed, State, newest, take
from jianwei.seal.copying import from_folder
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.putting_back import behind, put_back
from jianwei.seal.service import FAILED, FORKED, STOPPED
from jianwei.seal.witnessing.forks import Forked
from jianwei.seal.witnessing.restoring import restore
from jianwei.seal.witnessing.rounds import Witnessing
from jianwei.seal.writer import VaultBehind


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    town = Town(tmp_path)
    yield town
    town.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "backup"


def drained(folder: Path) -> int:
    with EvidenceLog.open(folder) as log, log.writer(NOW) as writer:
        return writer.drain(NOW)


def backed_up(town: Town, place: Path, at: int = NOW) -> State:
    return take(LogFolder(town.path), place, at, with_keys=True)


def sound(folder: Path) -> dict[str, int | None]:
    """By id the index of every record of a log in which nothing is wrong, not even an original."""
    with EvidenceLog.open(folder) as log:
        assert not list(log.check())
        return {each.id: each.index for each in log.entries(limit=1 << 30)}


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_what_is_put_back_is_the_log_and_goes_on_when_witnesses_confirm_it(town: Town, place: Path) -> None:
    ids = [town.put() for _ in range(5)]
    town.witnessed()
    waiting = town.put()
    state = backed_up(town, place)
    assert (state.size, state.records, state.keys) == (5, 6, True)
    before = sound(town.path)
    shutil.rmtree(town.path)
    put_back(place, town.path)
    assert sound(town.path) == before == {**{each: index for index, each in enumerate(ids)}, waiting: None}
    assert behind(town.path, NOW, SECONDS).confirmed
    town.witnessed()
    assert town.index(waiting) == 5


def test_a_backup_is_taken_while_records_come_in(town: Town, place: Path) -> None:
    running = town.start()
    until(lambda: running.state == "running")
    stop, put = threading.Event(), list[str]()

    def putting() -> None:
        while not stop.is_set():
            put.append(town.put())

    thread = threading.Thread(target=putting)
    thread.start()
    try:
        for number in range(6):
            until(lambda: len(put) > 5 * number)  # noqa: B023
            acknowledged = list(put)
            state = backed_up(town, place, NOW + number)
            target = town.place / f"back{number}"
            put_back(place, target)
            found = sound(target)
            assert set(acknowledged) <= set(found), "whatever was told to be safe before it began"
            assert drained(target) == state.records - state.size, "entries not yet marked are known again"
            assert sorted(sound(target).values()) == list(range(state.records))  # type: ignore[type-var]
    finally:
        stop.set()
        thread.join()
    assert running.end() == STOPPED
    assert len(list((place / "states").iterdir())) == 1


def test_an_empty_log_is_backed_up_as_one(town: Town, place: Path) -> None:
    waiting = town.put()
    assert (backed_up(town, place).size, backed_up(town, place, NOW + 1).size) == (0, 0)
    put_back(place, town.place / "back")
    assert sound(town.place / "back") == {waiting: None}
    assert drained(town.place / "back") == 1


def test_a_run_that_was_cut_short_leaves_the_state_before_it(
    town: Town, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.put()
    drained(town.path)
    backed_up(town, place)
    first = sound(town.path)
    town.put()
    drained(town.path)
    for step in ("_log", "_vault", "_copy_originals", "_told"):
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(taking._Run, step, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            backed_up(town, place, NOW + 1)
        target = town.place / step
        put_back(place, target)
        assert sound(target) == first
    backed_up(town, place, NOW + 2)
    put_back(place, town.place / "whole")
    assert sound(town.place / "whole") == sound(town.path) != first


def test_killed_at_any_moment_there_is_a_backup_to_put_back(town: Town, place: Path) -> None:
    for _ in range(30):
        town.put()
    drained(town.path)
    backed_up(town, place, 1)
    chance = random.Random(7)
    code = (
        "import sys, time; from pathlib import Path; from jianwei.seal.backup import take;"
        "from jianwei.seal.log_folder import LogFolder; print(flush=True)\n"
        "for at in range(2, 10**6): take(LogFolder(Path(sys.argv[1])), Path(sys.argv[2]), at, with_keys=True)"
    )
    for kill in range(5):
        town.put()
        drained(town.path)
        process = subprocess.Popen([sys.executable, "-c", code, town.path, place], stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.2))
        process.kill()
        process.wait()
        process.stdout.close()
        put_back(place, town.place / f"killed{kill}")
        assert len(sound(town.place / f"killed{kill}")) >= 30
    backed_up(town, place, 10**6)
    put_back(place, town.place / "last")
    assert sound(town.place / "last") == sound(town.path)


def test_records_that_came_between_the_log_s_copy_and_the_vault_s_find_their_entries_again(
    town: Town, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.put()
    drained(town.path)
    real = taking._Run._vault

    def late(run: taking._Run, size: int) -> object:
        if town.size() == 1:
            for _ in range(3):
                town.put()
            drained(town.path)
        return real(run, size)

    monkeypatch.setattr(taking._Run, "_vault", late)
    state = backed_up(town, place)
    assert (state.size, state.records) == (1, 4)
    target = town.place / "back"
    put_back(place, target)
    assert sorted(index is None for index in sound(target).values()) == [False, True, True, True]
    assert restore(target, from_folder(town.path), NOW, SECONDS) == range(1, 4)
    assert drained(target) == 0
    assert sound(target) == sound(town.path)


def test_how_far_it_is_behind_is_said_by_witnesses_and_what_is_lost_is_named(town: Town, place: Path) -> None:
    for _ in range(2):
        town.put()
    town.witnessed()
    backed_up(town, place)
    erased = town.put()
    for _ in range(3):
        town.put()
    town.witnessed()
    order = {"order_no": "京朝检封〔2026〕1号", "reason": "犯罪记录封存", "by": ("甲某",)}
    with EvidenceLog.open(town.path) as log:
        log.erase(erased, **order, now=NOW, entropy=entropy)  # type: ignore[arg-type]
    town.witnessed()
    mirror = town.place / "mirror"
    shutil.copytree(town.path, mirror)
    shutil.rmtree(town.path)
    put_back(place, town.path)
    told = behind(town.path, NOW, SECONDS)
    assert (told.missing, set(told.by), told.confirmed, told.other) == (range(2, 7), set(NAMES), False, None)
    running = town.start()
    until(lambda: not running.thread.is_alive())
    assert running.code == FORKED
    assert restore(town.path, from_folder(mirror), NOW, SECONDS) == range(2, 7)
    with EvidenceLog.open(town.path) as log:
        alarms = log.status(NOW).alarms
        assert any("第 6 条（共 1 条）是删除凭证" in each for each in alarms), alarms
        with pytest.raises(VaultBehind):
            log.writer(NOW).__enter__()
    after = town.start()
    until(lambda: not after.thread.is_alive())
    assert after.code == FAILED and "保密库" in after.told[-1]


def test_witnesses_that_are_silent_leave_it_open(town: Town, place: Path) -> None:
    town.put()
    town.witnessed()
    backed_up(town, place)
    shutil.rmtree(town.path)
    town.silence(*NAMES)
    put_back(place, town.path)
    told = behind(town.path, NOW, SECONDS)
    assert not told.confirmed and not told.missing and set(told.silent) == set(NAMES)


def test_what_was_erased_is_in_no_backup_once_it_is_taken_again(town: Town, place: Path) -> None:
    ids = [town.put() for _ in range(4)]
    drained(town.path)
    backed_up(town, place)
    with EvidenceLog.open(town.path) as log:
        salt = log.vault.secrets(ids[1]).salt
        [key] = log.vault.rows.reading().execute(
            "SELECT data_key FROM original JOIN entry USING (address) WHERE id = ?", (ids[1],)
        )
        assert salt in bytes_of(place) and key[0] in bytes_of(place)
        assert not log.status(NOW).returned
        order = {"order_no": "京朝检封〔2026〕1号", "reason": "犯罪记录封存", "by": ("甲某",)}
        log.erase(ids[1], **order, now=NOW + 5, entropy=entropy)  # type: ignore[arg-type]
        [warning] = log.status(NOW).returned
        assert str(place) in warning and "重新备份" in warning
        backed_up(town, place, NOW + 9)
        assert not log.status(NOW).returned
    assert salt not in bytes_of(place) and key[0] not in bytes_of(place)
    assert len(list((place / "originals").glob("??/*"))) == 3
    put_back(place, town.place / "back")
    assert sound(town.place / "back") == sound(town.path)


def test_a_record_erased_while_the_backup_runs_is_erased_in_it(
    town: Town, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [town.put() for _ in range(3)]
    drained(town.path)
    real, tries = taking._Run._copy_originals, list[int]()
    order = {"order_no": "京朝检封〔2026〕1号", "reason": "犯罪记录封存", "by": ("甲某",)}

    def late(run: taking._Run, vault: object) -> bool:
        tries.append(1)
        if len(tries) == 1:
            with EvidenceLog.open(town.path) as log:
                log.erase(ids[0], **order, now=NOW, entropy=entropy)  # type: ignore[arg-type]
        return real(run, vault)  # type: ignore[arg-type]

    monkeypatch.setattr(taking._Run, "_copy_originals", late)
    backed_up(town, place)
    assert len(tries) == 2
    put_back(place, town.place / "back")
    with EvidenceLog.open(town.place / "back") as log:
        assert log.entry(ids[0]).erased_at == NOW and not list(log.check())


def test_the_same_file_that_comes_back_after_its_deletion_is_copied_anew(town: Town, place: Path) -> None:
    """It lies at the same place under another key."""
    order = {"order_no": "京朝检封〔2026〕1号", "reason": "犯罪记录封存", "by": ("甲某",)}
    with EvidenceLog.open(town.path) as log:
        for number in range(2):
            said = material(number, note=str(number))
            entry = log.put(Kind.MATERIAL, said, io.BytesIO(b"same"), now=NOW, entropy=entropy)
            drained(town.path)
            backed_up(town, place, NOW + number)
            if not number:
                log.erase(entry.id, **order, now=NOW, entropy=entropy)  # type: ignore[arg-type]
    put_back(place, town.place / "back")
    assert sound(town.place / "back") == sound(town.path)


def test_an_old_log_does_not_overwrite_a_newer_backup(town: Town, place: Path) -> None:
    town.put()
    drained(town.path)
    shutil.copytree(town.path, town.place / "old")
    town.put()
    drained(town.path)
    backed_up(town, place)
    before = bytes_of(place)
    with pytest.raises(BackupFailed, match="可能是旧的一份"):
        take(LogFolder(town.place / "old"), place, NOW + 1)
    assert bytes_of(place) == before


def test_keys_are_in_it_only_when_asked_for(town: Town, place: Path) -> None:
    town.put()
    drained(town.path)
    secret = (town.path / "keys/log.ed25519").read_bytes()
    take(LogFolder(town.path), place, NOW)
    assert secret not in bytes_of(place)
    with pytest.raises(BackupFailed, match="--keys"):
        put_back(place, town.place / "back")
    assert not (town.place / "back").exists()
    put_back(place, town.place / "back", town.path / "keys")
    assert sound(town.place / "back") == sound(town.path)
    backed_up(town, place, NOW + 1)
    for path in (place / "states").rglob("*"):
        if path.name in ("secrets.db", "log.ed25519", "log.sm2"):
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_damaged_backup_is_not_put_back(town: Town, place: Path) -> None:
    for _ in range(3):
        town.put()
    drained(town.path)
    backed_up(town, place)
    for name in ("log/leaves", "log/0", "log/sm/0"):
        path = place / name
        whole = path.read_bytes()
        path.write_bytes(whole[:40] + bytes((whole[40] ^ 1,)) + whole[41:])
        with pytest.raises(BackupFailed, match="已损坏"):
            put_back(place, town.place / "back")
        path.write_bytes(whole)
    assert not [path for path in town.place.iterdir() if "back." in path.name or path.name == "back"]
    state = newest(place)
    assert state
    (state / "state.json").unlink()
    with pytest.raises(BackupFailed, match="没有完整的备份"):
        put_back(place, town.place / "back")


def test_a_fork_found_in_a_backup_is_said_to_be_one(town: Town, place: Path) -> None:
    town.put()
    town.witnessed()
    shutil.copytree(town.path, town.place / "twin")
    town.put()
    town.witnessed()
    true = town.path.rename(town.place / "true")
    (town.place / "twin").rename(town.path)
    with EvidenceLog.open(town.path) as log:
        other = material(77)
        log.put(Kind.MATERIAL, other, io.BytesIO(b"x"), now=NOW, entropy=entropy)
    drained(town.path)
    backed_up(town, place)
    shutil.rmtree(town.path)
    put_back(place, town.path)
    told = behind(town.path, NOW, SECONDS)
    assert told.other and "内容与之不同" in told.other and not told.missing
    with pytest.raises(Forked):
        log_of = Witnessing(town.path, SECONDS)
        try:
            log_of.startup_check(NOW)
        finally:
            log_of.close()
    assert true.exists()

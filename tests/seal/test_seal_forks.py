"""A log that was put back, cut or copied is found out by those who signed what it was."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from a_witness import NOW
from an_office import NAMES, ORIGIN, Neighbour, Office, grow

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Folder
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.note import NoteSigner
from jianwei.seal.store import Store
from jianwei.seal.succession import successor_of
from jianwei.seal.witness.folder import open_witness
from jianwei.seal.witnessing.asking import submission
from jianwei.seal.witnessing.exchange import exchange
from jianwei.seal.witnessing.forks import Forked, fork
from jianwei.seal.witnessing.publishing import Publisher
from jianwei.seal.witnessing.rounds import Witnessing


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[tuple[Office, dict[str, str]]]:
    """An office whose three witnesses are processes of their own."""
    office = Office(tmp_path)
    running, urls = [], {}
    for name in NAMES:
        command = [sys.executable, "-m", "jianwei.seal.witness", str(tmp_path / name), "--port", "0"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout
        found = re.search(r"http://\S+?:\d+", process.stdout.readline())
        assert found
        urls[name] = found[0]
        running.append(process)
    office.joined(urls)
    yield office, urls
    for process in running:
        process.terminate()
        assert process.wait(10) == 0
        assert process.stdout
        process.stdout.close()


def rounds(path: Path, now: int = NOW) -> Witnessing:
    """A start of the service: checked before anything is written."""
    log = Witnessing(path, 3)
    try:
        log.startup_check(now)
    except BaseException:
        log.close()
        raise
    return log


def test_a_restored_backup_is_refused_and_its_fork_is_signed_by_nobody(
    processes: tuple[Office, dict[str, str]], tmp_path: Path
) -> None:
    """Attack 15: two copies of a folder, three witness processes."""
    office, urls = processes
    now = int(time.time())  # the witnesses have clocks of their own
    grow(office.path, 5)
    log = rounds(office.path, now)
    log.step(now)
    backup = tmp_path / "backup"
    shutil.copytree(office.path, backup)
    grow(office.path, 9)
    assert [each.size for _, each in log.step(now + 1).published] == [9, 9]
    log.close()

    with pytest.raises(Forked) as stopped:
        rounds(backup, now)
    assert {each.witness for each in stopped.value.forks} == set(NAMES) and all(
        each.ahead for each in stopped.value.forks
    )
    for said in ("分叉", "本机日志只有 5 条", "只读", "镜像", f"{ORIGIN}-2"):
        assert said in str(stopped.value)

    # Whoever goes on all the same is met with 409, and where the witness stands cannot be reached: 422.
    (backup / "cosigs.db").unlink()
    grow(backup, 12, history=1)
    publisher = Publisher(LogFolder(backup))
    for each in publisher.trees:
        whole, _ = each.newest(publisher.store.disk)
        for old, status, body in ((5, 409, b"9\n"), (9, 422, b"")):
            reply = exchange(
                "POST",
                urls["police"] + "/add-checkpoint",
                submission(publisher.store, each, whole, old).encode(),
                seconds=3,
            )
            assert reply.status == status and reply.body.startswith(body)
    publisher.close()
    forked = Witnessing(backup, 3)
    with pytest.raises(Forked, match="本机日志在该处的内容与之不同"):
        forked.step(now + 2)
    forked.close()
    assert not Store(Folder(backup)).disk.size("published") or b"\n12\n" not in (backup / "published").read_bytes()

    kept = open_witness(tmp_path / "police").memory.refused()
    assert [Checkpoint.parse(note.parse(each.note).text).size for each in kept[:1]] == [12]
    log = rounds(office.path, now)  # the true copy goes on
    grow(office.path, 15)
    assert [each.size for _, each in log.step(now + 3).published] == [15, 15]
    log.close()


def test_an_operator_who_deletes_the_last_entries_and_signs_again_is_found(tmp_path: Path) -> None:
    """Attack 21."""
    office = Office(tmp_path)
    neighbours = {name: Neighbour(tmp_path / name) for name in NAMES}
    office.joined({name: each.url for name, each in neighbours.items()})
    office.grow(5)
    shutil.copytree(office.path / "log", tmp_path / "cut")
    office.grow(9)
    log = rounds(office.path)
    log.step(NOW)
    log.close()
    shutil.rmtree(office.path / "log")
    shutil.copytree(tmp_path / "cut", office.path / "log")
    grow(office.path, 9, history=2)  # as many as there were, all signed by the true key
    for lost in ((), ("cosigs.db", "cosigs.db-wal", "cosigs.db-shm")):
        for name in lost:
            (office.path / name).unlink(missing_ok=True)
        with pytest.raises(Forked):
            rounds(office.path)
    (office.path / "cosigs.db").unlink()
    log = Witnessing(office.path, 3)
    with pytest.raises(Forked):
        log.step(NOW)
    log.close()
    for each in neighbours.values():
        assert any("409" in told or "不符" in told for told in each.told)
        found = each.witness.memory.refused()
        assert {Checkpoint.parse(note.parse(one.note).text).size for one in found} == {9}
        each.stop()


def test_the_log_s_own_records_tell_of_a_restored_log_when_no_witness_answers(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    neighbours = {name: Neighbour(tmp_path / name) for name in NAMES}
    office.joined({name: each.url for name, each in neighbours.items()})
    office.grow(5)
    shutil.copytree(office.path / "log", tmp_path / "old")
    office.grow(9)
    log = rounds(office.path)
    log.step(NOW)
    log.close()
    for each in neighbours.values():
        each.stop()
    shutil.rmtree(office.path / "log")
    shutil.copytree(tmp_path / "old", office.path / "log")
    with pytest.raises(Forked, match="本院见证记录"):
        rounds(office.path)


def test_the_last_cosignature_that_came_by_disc_tells_of_a_restored_log(tmp_path: Path) -> None:
    """No checkpoint was asked for at that size, none published; only the witness's line is there."""
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    shutil.copytree(office.path / "log", tmp_path / "old")
    office.grow(9)
    publisher = Publisher(office.folder)
    (tree,) = publisher.trees
    whole, _ = tree.newest(publisher.store.disk)
    (signer,) = open_witness(tmp_path / "police").signers["sha256"]
    publisher.keep(tree, "police", whole, signer.cosign(whole.text, NOW))
    publisher.check_own(NOW)
    shutil.rmtree(office.path / "log")
    shutil.copytree(tmp_path / "old", office.path / "log")
    with pytest.raises(Forked, match="“police”存有 .* 第 9 条"):
        publisher.check_own(NOW)
    publisher.close()


def test_a_fork_once_seen_is_not_forgotten_when_the_witness_is_gone(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    police = Neighbour(tmp_path / "police")
    office.joined({"police": police.url})
    office.grow(5)
    shutil.copytree(office.path, tmp_path / "twin")
    office.grow(9)
    log = Witnessing(office.path, 2)
    log.step(NOW)
    log.close()
    with pytest.raises(Forked, match="police"):
        rounds(tmp_path / "twin")
    police.stop()
    with pytest.raises(Forked, match="police"):
        rounds(tmp_path / "twin")


def test_a_witness_cannot_stop_a_log_with_what_the_log_did_not_sign(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    police = Neighbour(tmp_path / "police")
    office.joined({"police": police.url})
    office.grow(5)
    log = Witnessing(office.path, 2)
    log.step(NOW)
    name = office.folder.verifier("sha256").name
    head = police.witness.memory.head(name)
    assert head
    text = Checkpoint(name, 900, b"f" * 32).text()
    forged = note.Note(
        text, (note.parse(head.note).signatures[0], police.witness.signers["sha256"][0].cosign(text, NOW))
    )
    police.witness.memory._file.execute("UPDATE head SET size = 900, root = ?, note = ?", (b"f" * 32, forged.encode()))
    again = Witnessing(office.path, 2)
    assert "签名验证不通过" in again.startup_check(NOW)["sha256", "police"] and not again.confirmed
    again.close()
    office.grow(9)
    assert "签名验证不通过" in log.step(NOW).troubles["sha256", "police"]
    log.close()
    police.stop()


def test_another_log_s_checkpoint_under_the_same_key_proves_nothing(tmp_path: Path) -> None:
    """Attack 10."""
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    publisher = Publisher(office.folder)
    (tree,) = publisher.trees
    (signed,) = office.folder.signed_trees()
    other = Checkpoint("jcy.example/evlog/110106", 900, b"o" * 32).signed(signed.signer)
    with pytest.raises(note.NoteInvalid, match="110106"):
        fork(publisher.store, tree, other.encode(), "police")
    own = Checkpoint(ORIGIN, 900, b"o" * 32).signed(signed.signer)
    assert fork(publisher.store, tree, own.encode(), "police")
    publisher.close()


def test_a_key_put_out_of_use_stops_no_log(tmp_path: Path) -> None:
    """Whoever stole it may sign checkpoints of any size: they count up to the last one it was used for."""
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    thief = NoteSigner(ORIGIN, b"T" * 32)
    path = office.folder.policy("sha256")
    path.write_text(f"#: sizes 0..5\nlog {thief.verifier.vkey}\n{path.read_text()}")
    publisher = Publisher(office.folder)
    (tree,) = publisher.trees
    for size in (6, 900):
        with pytest.raises(note.NoteInvalid):
            fork(publisher.store, tree, Checkpoint(ORIGIN, size, b"o" * 32).signed(thief).encode(), "police")
    assert fork(publisher.store, tree, Checkpoint(ORIGIN, 5, b"o" * 32).signed(thief).encode(), "police")
    publisher.close()


def test_a_log_exchanged_while_the_service_runs_is_noticed_without_any_witness(tmp_path: Path) -> None:
    office = Office(tmp_path, ("sha256",))
    office.grow(5)
    shutil.copytree(office.path / "log", tmp_path / "old")
    office.grow(9)
    log = Witnessing(office.path, 1)
    log.step(NOW)
    shutil.rmtree(office.path / "log")
    shutil.copytree(tmp_path / "old", office.path / "log")
    office.grow(9, history=1)
    with pytest.raises(Forked, match="本院见证记录"):
        log.step(NOW + 1)
    log.close()


def test_what_was_never_witnessed_may_be_lost_without_a_fork(tmp_path: Path) -> None:
    """Entries that were fixed and not seen by anybody are gone with the disk; nothing contradicts the log that remains."""
    office = Office(tmp_path, ("sha256",))
    police = Neighbour(tmp_path / "police")
    office.joined({"police": police.url})
    office.grow(5)
    log = Witnessing(office.path, 2)
    log.step(NOW)
    log.close()
    backup = tmp_path / "backup"
    shutil.copytree(office.path, backup)
    office.grow(9)
    log = rounds(backup)
    grow(backup, 7, history=1)
    assert ("sha256", "police", 7) in log.step(NOW).signed
    log.close()
    police.stop()


def test_the_successor_s_origin() -> None:
    assert successor_of(ORIGIN) == f"{ORIGIN}-2"
    assert successor_of(f"{ORIGIN}-2") == f"{ORIGIN}-3"
    assert successor_of("a-b.example/evlog/1") == "a-b.example/evlog/1-2"

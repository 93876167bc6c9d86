"""A log that cannot be made whole again ends in good order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from a_witness import NOW
from an_office import NAMES, ORIGIN, Neighbour, Office, entropy, grow

from jianwei.seal import closing, note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.closing import ClosingInvalid, succeed
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import LogFolder
from jianwei.seal.succession import LogClosed
from jianwei.seal.vault.keeping import Vault
from jianwei.seal.witnessing.forks import Forked
from jianwei.seal.witnessing.rounds import Witnessing

REASON = "存储设备损坏，第5条以后的记录无法找回"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A log witnessed to 9 entries, of which 5 are left."""
    office = Office(tmp_path)
    Vault.create(office.path, 0, entropy).close()
    neighbours = [Neighbour(tmp_path / name) for name in NAMES]
    office.joined({name: each.url for name, each in zip(NAMES, neighbours, strict=True)})
    grow(office.path, 5)
    shutil.copytree(office.path, tmp_path / "left")
    grow(office.path, 9)
    log = Witnessing(office.path, 3)
    log.step(NOW)
    log.close()
    log = Witnessing(tmp_path / "left", 3)
    with pytest.raises(Forked, match=f"{ORIGIN}-2"):
        log.startup_check(NOW)
    log.close()
    for each in neighbours:
        each.stop()
    return tmp_path / "left"


def test_the_log_that_follows_begins_with_the_last_witnessed_head_of_the_old(broken: Path, tmp_path: Path) -> None:
    entry = succeed(broken, tmp_path / "new", REASON, NOW, entropy)
    assert succeed(broken, tmp_path / "new", REASON, NOW + 9, entropy) == entry
    with EvidenceLog.open(tmp_path / "new") as log:
        assert log.folder.settings.origin == f"{ORIGIN}-2"
        with log.writer(NOW) as writer:
            assert writer.drain(NOW) == 1
        first = log.entry(entry.id)
        assert (first.index, first.kind) == (0, Kind.KEY_EVENT)
        event = first.manifest.event
    for suite, size in (("sha256", 9), ("sm3", 9)):
        said = closing.read(event[suite].encode())
        assert (said.last.size, said.reason) == (size, REASON)
        assert said.last.origin == said.old.name == LogFolder(broken).origin(suite)
        assert said.new.vkey == LogFolder(tmp_path / "new").verifier(suite).vkey
        true = Checkpoint.parse(
            note.parse((tmp_path / "office" / ("published" + (".sm" if suite == "sm3" else ""))).read_bytes()).text
        )
        assert said.last == true


def test_the_closed_log_takes_nothing_more(broken: Path, tmp_path: Path) -> None:
    succeed(broken, tmp_path / "new", REASON, NOW, entropy)
    log = Witnessing(broken, 3)
    with pytest.raises(LogClosed, match=f"{ORIGIN}-2"):
        log.startup_check(NOW)
    log.close()


def test_a_statement_needs_both_keys_and_one_form(broken: Path, tmp_path: Path) -> None:
    entry = succeed(broken, tmp_path / "new", REASON, NOW, entropy)
    with EvidenceLog.open(tmp_path / "new") as log:
        whole = note.parse(log.entry(entry.id).manifest.event["sha256"].encode())
    for line in whole.signatures:
        with pytest.raises(ClosingInvalid):
            closing.read(note.Note(whole.text, (line,)).encode())
    for old, new in (("size 9", "size 8"), ("reason ", "Reason "), ("size 9", "size 09")):
        with pytest.raises(Exception, match="。"):
            closing.read(whole.encode().replace(old.encode(), new.encode()))


def test_a_log_is_closed_into_an_empty_folder_and_for_a_reason(broken: Path, tmp_path: Path) -> None:
    Office(tmp_path / "elsewhere")
    Vault.create(tmp_path / "elsewhere/office", 0, entropy).close()
    with pytest.raises(ClosingInvalid, match="已有另一个日志"):
        succeed(broken, tmp_path / "elsewhere/office", REASON, NOW, entropy)
    with pytest.raises(ClosingInvalid, match="事由"):
        succeed(broken, tmp_path / "new", " ", NOW, entropy)
    assert not (tmp_path / "new").exists()
    never = Office(tmp_path / "never")
    with pytest.raises(ClosingInvalid, match="从未经过见证"):
        succeed(never.path, tmp_path / "other", REASON, NOW, entropy)

"""An office changes its log's keys while it runs: nothing that was proved is lost, and the old key is worth nothing after."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_offices import NOW, chance, drain, filled, material, put

from jianwei.seal import keys, note, policy
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import TREES, LogFolder
from jianwei.seal.rotating import NotYetChangeable, begin, finish, statements
from jianwei.seal.rotation import Change, Retirement
from jianwei.seal.suites import SHA256, SM3

SUITES = ("sha256", "sm3")


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EvidenceLog]:
    with filled(tmp_path / "office", 3) as log:
        for suite in SUITES:
            log.folder.policy(suite).write_text(f"# 说明\nlog {log.folder.verifier(suite).vkey}\nquorum none\n")
        yield log


def heads(log: EvidenceLog, suite: str) -> note.Note:
    return note.parse((log.folder.log / log.folder.checkpoint(suite)).read_bytes())


def rules(log: EvidenceLog, suite: str) -> policy.Policy:
    return policy.parse(log.folder.policy(suite).read_bytes())


def changed(log: EvidenceLog, suite: str, seed: int) -> None:
    begin(log, suite, "按年度更换", now=NOW, entropy=chance(seed))
    drain(log)
    finish(log, suite, "更换完毕", now=NOW, entropy=chance(seed + 1))
    drain(log)


@pytest.mark.parametrize("suite", SUITES)
def test_a_key_is_changed_step_by_step(log: EvidenceLog, suite: str) -> None:
    before, old = heads(log, suite), log.folder.verifier(suite)
    begin(log, suite, "按年度更换", now=NOW, entropy=chance(50))
    drain(log)
    both = heads(log, suite)
    assert [len(each.signatures) for each in (before, both)] == [1, 2]
    finish(log, suite, "更换完毕", now=NOW, entropy=chance(51))
    drain(log)
    after, new = heads(log, suite), log.folder.verifier(suite)
    assert note.check(after, [new]) and len(after.signatures) == 1 and new.vkey != old.vkey
    for each in (before, both, after):
        assert rules(log, suite).judge(each, TREES[suite].suite)
    assert [type(said) for _, said in statements(log, suite)] == [Change, Retirement]
    assert {entry.kind for entry, _ in statements(log, suite)} == {Kind.KEY_EVENT}
    assert list(log.check()) == []
    assert log.folder.policy(suite).read_text().endswith("# 说明\nquorum none\n")


def test_the_old_key_signs_nothing_more_that_counts(log: EvidenceLog) -> None:
    thief = keys.read(log.folder.key("sha256")).log_signer()
    changed(log, "sha256", 50)
    size = Checkpoint.parse(heads(log, "sha256").text).size
    forged = Checkpoint(log.folder.origin("sha256"), size + 1, bytes(32)).signed(thief)
    with pytest.raises(note.NoteInvalid):
        rules(log, "sha256").judge(forged, SHA256)


def test_a_proof_given_out_before_holds_after(log: EvidenceLog) -> None:
    put(log, material(90))
    entry = log.entries(limit=1)[0]
    before = log.proof(entry.id, allow_fixed=True)
    changed(log, "sha256", 50)
    assert rules(log, "sha256").judge(before.checkpoint, SHA256).checkpoint.size == 3
    assert log.bundle(entry.id, io.BytesIO(), allow_fixed=True)


def test_keys_are_changed_again_and_of_one_tree_alone(log: EvidenceLog) -> None:
    untouched = log.folder.verifier("sm3").vkey
    first = log.folder.verifier("sha256").vkey
    for seed in (50, 60, 70):
        changed(log, "sha256", seed)
    listed = [key.vkey for key in rules(log, "sha256").logs]
    assert len(set(listed)) == 4 and listed[0] == first and listed[-1] == log.folder.verifier("sha256").vkey
    assert log.folder.verifier("sm3").vkey == untouched and "#:" not in log.folder.policy("sm3").read_text()
    assert len(list((log.folder.path / "keys").glob("log.ed25519.*"))) == 3


def test_a_step_taken_twice_is_one_step(log: EvidenceLog) -> None:
    entry = begin(log, "sm3", "按年度更换", now=NOW, entropy=chance(50))
    written = log.folder.policy("sm3").read_text()
    assert begin(log, "sm3", "按年度更换", now=NOW + 9, entropy=chance(51)) == entry
    assert log.folder.policy("sm3").read_text() == written


def test_an_interruption_is_made_good(log: EvidenceLog, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(log, "sm3", "按年度更换", now=NOW, entropy=chance(50))
    drain(log)

    def cut(*paths: Path) -> Path:
        raise OSError

    monkeypatch.setattr(keys, "succeed", cut)
    with pytest.raises(OSError):
        finish(log, "sm3", "更换完毕", now=NOW, entropy=chance(51))
    monkeypatch.undo()
    drain(log)
    finish(log, "sm3", "更换完毕", now=NOW, entropy=chance(52))
    drain(log)
    assert [type(said) for _, said in statements(log, "sm3")] == [Change, Retirement]
    assert rules(log, "sm3").judge(heads(log, "sm3"), SM3) and list(log.check()) == []


def test_nothing_is_finished_before_both_keys_have_signed(log: EvidenceLog) -> None:
    with pytest.raises(NotYetChangeable, match="须先开始"):
        finish(log, "sha256", "更换完毕", now=NOW, entropy=chance(50))
    begin(log, "sha256", "按年度更换", now=NOW, entropy=chance(51))
    with pytest.raises(NotYetChangeable, match="重新启动"):
        finish(log, "sha256", "更换完毕", now=NOW, entropy=chance(52))
    assert LogFolder(log.folder.path).coming_key("sha256").exists()

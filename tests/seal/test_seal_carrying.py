"""What a closed log cannot prove goes into the log that follows, once, and nothing of it stays behind."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import pytest
from small_offices import NOW, ORIGIN, chance, drain, filled, material, put

from jianwei.seal import note, succession
from jianwei.seal.carrying import carry, carry_on
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.closing import ClosingInvalid, statements, succeed
from jianwei.seal.disk import LogBusy
from jianwei.seal.evidence_log import EvidenceLog, UnknownEntry
from jianwei.seal.leaf import Kind
from jianwei.seal.succession import LogClosed
from jianwei.seal.witnessing.cosigs import FILE, Cosigs, Publication


def published(log: EvidenceLog) -> None:
    """As if the witnesses had signed what is there now."""
    cosigs = Cosigs(log.folder.path / FILE)
    for suite in log.folder.suites:
        raw = (log.folder.log / log.folder.checkpoint(suite)).read_bytes()
        head = Checkpoint.parse(note.parse(raw).text)
        cosigs.publish(suite, Publication(head.size, head.root, raw, NOW))
    cosigs.close()


@pytest.fixture
def old(tmp_path: Path) -> EvidenceLog:
    """Two materials published, one only fixed, one waiting."""
    log = filled(tmp_path / "110105", 2)
    published(log)
    put(log, material(2))
    drain(log)
    put(log, material(3))
    return log


def closed(old: EvidenceLog, reason: str = "更换服务器") -> EvidenceLog:
    new = succession.following(old.folder.path)
    succeed(old.folder.path, new, reason, NOW, os.urandom)
    return EvidenceLog.open(new)


def test_what_was_not_proved_goes_over_with_its_file_and_what_waited_is_gone_here(old: EvidenceLog) -> None:
    new = closed(old)
    assert carry(old, new, now=NOW, entropy=os.urandom) == 2
    assert carry(old, new, now=NOW, entropy=os.urandom) == 0
    drain(new)
    for number in (2, 3):
        one = new.entry(material(number).id)
        assert one.index is not None and one.manifest
        assert (one.manifest.name, one.manifest.collected) == (material(number).name, material(number).collected)
        original = new.original(one.id)
        assert original and original.read() == f"正文 {one.id}".encode()
    assert old.entry(material(2).id).index == 2  # its leaf is in the old log, so its record stays
    with pytest.raises(UnknownEntry):
        old.entry(material(3).id)
    left = b"".join(file.read_bytes() for file in old.folder.path.rglob("*") if file.is_file())
    assert material(3).id.encode() not in left
    assert [list(log.check()) for log in (old, new)] == [[], []]
    with pytest.raises(UnknownEntry):
        new.entry(material(0).id)  # what is proved stays where it is proved


def test_a_record_whose_neighbours_hold_the_same_file_leaves_it_to_them(old: EvidenceLog) -> None:
    twin = replace(material(9), case_ref="另案")
    put(old, twin, f"正文 {material(0).id}".encode())
    carry(old, closed(old), now=NOW, entropy=os.urandom)
    original = old.original(material(0).id)
    assert original and original.read() == f"正文 {material(0).id}".encode()
    assert list(old.check()) == []


def test_what_a_carried_record_names_is_named_as_of_the_log_it_lies_in(old: EvidenceLog) -> None:
    better = old.correct(material(0).id, material(5), io.BytesIO(b"c"), now=NOW, entropy=chance(10))
    new = closed(old)
    carry(old, new, now=NOW, entropy=os.urandom)
    (named,) = new.entry(better.id).manifest.prev  # type: ignore[union-attr]
    assert (named.origin, named.index) == (ORIGIN, 0)
    assert new.entries(about=0) == []


def test_a_certificate_of_deletion_written_after_the_end_goes_over_too(old: EvidenceLog) -> None:
    new = closed(old)
    carry_on(new.folder.path, now=NOW, entropy=os.urandom)
    done = old.erase(material(0).id, order_no="1", reason="封存", by=("甲",), now=NOW, entropy=os.urandom)
    assert carry_on(new.folder.path, now=NOW, entropy=os.urandom) == 1
    drain(new)
    certificate = new.entry(done.record.id)
    assert certificate.kind is Kind.DELETION and certificate.index is not None and certificate.manifest
    assert certificate.manifest.prev[0].origin == ORIGIN
    assert [list(log.check()) for log in (old, new)] == [[], []]


def test_a_file_that_cannot_be_read_keeps_no_other_back(old: EvidenceLog) -> None:
    place = old.vault.rows.reading().execute("SELECT address FROM entry WHERE idx = 2").fetchone()[0]
    old.vault.originals.path(place).write_bytes(b"")
    assert carry(old, closed(old), now=NOW, entropy=os.urandom) == 1


def test_a_closed_log_takes_nothing_and_says_what_follows(old: EvidenceLog) -> None:
    first = old.folder.path
    assert succession.line(first) == [first] and statements(first) == {}
    new = closed(old, "jianwei/log-closed/v1 更换")
    with pytest.raises(LogClosed, match=f"{ORIGIN}-2"):
        put(old, material(7))
    said = statements(first)
    assert {suite: each.last.size for suite, each in said.items()} == {"sha256": 2, "sm3": 2}
    assert said["sha256"].new.name == f"{ORIGIN}-2" and said["sha256"].reason == "jianwei/log-closed/v1 更换"
    assert succession.line(first) == [first, new.folder.path]
    assert succession.open_logs(first.parent) == [new.folder.path]
    assert succession.preceding(new.folder.path) == first and succession.preceding(first) is None
    assert old.status(NOW).service.state == "closed" and old.status(NOW).alarms == []


def test_a_successor_of_the_successor(old: EvidenceLog) -> None:
    new = closed(old)
    drain(new)
    published(new)
    newest = closed(new)
    assert newest.folder.settings.origin == f"{ORIGIN}-3"
    assert [each.name for each in succession.line(old.folder.path)] == ["110105", "110105-2", "110105-3"]


def test_what_an_administrator_decided_holds_for_the_successor(old: EvidenceLog) -> None:
    stamp, anchor = (
        {"url": "http://tsa.example", "roots": "tsa.pem"},
        {"url": "http://chain.example", "key": "keys/chain"},
    )
    for name in ("tsa.pem", "keys/chain"):
        (old.folder.path / name).write_text(name)
    (old.folder.path / "keys/chain").chmod(0o600)
    urls = {"法院": "http://10.0.0.2:1"}
    said = replace(old.folder.settings, listen="127.0.0.1:7390", witness_urls=urls, stamp=stamp, anchor=anchor)
    old.folder.change(said)
    follows = closed(old).folder
    assert follows.settings == replace(said, origin=f"{ORIGIN}-2")
    assert [(follows.path / name).read_text() for name in ("tsa.pem", "keys/chain")] == ["tsa.pem", "keys/chain"]
    assert (follows.path / "keys/chain").stat().st_mode & 0o777 == 0o600


def test_a_log_that_somebody_writes_is_not_closed(old: EvidenceLog) -> None:
    with old.writer(NOW), pytest.raises(LogBusy):
        closed(old)
    assert not succession.closed(old.folder.path)
    assert succession.line(old.folder.path) == [old.folder.path]


def test_until_the_successor_has_begun_the_old_log_is_open(old: EvidenceLog, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for what in ("jianwei.seal.closing._begun", "jianwei.seal.closing.write"):
        with monkeypatch.context() as patched:
            patched.setattr(what, killed)
            with pytest.raises(KeyboardInterrupt):
                closed(old)
        assert not succession.closed(old.folder.path)
    put(old, material(8))
    new = closed(old)
    assert len(new.entries()) == 1 and statements(old.folder.path)
    assert carry(old, new, now=NOW, entropy=os.urandom) == 3


def test_a_log_with_records_of_its_own_follows_no_other(old: EvidenceLog) -> None:
    new = succession.following(old.folder.path)
    settings = replace(old.folder.settings, origin=f"{ORIGIN}-2")
    with EvidenceLog.create(new, settings, os.urandom) as other:
        put(other, material(0))
    with pytest.raises(ClosingInvalid, match="已有别的记录"):
        succeed(old.folder.path, new, "更换", NOW, os.urandom)
    assert not succession.closed(old.folder.path)

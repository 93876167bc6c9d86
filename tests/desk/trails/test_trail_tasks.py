"""The roots go into the real log, and the log tells when somebody who owns every file changed them."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from jianwei.desk.people.models import Office
from jianwei.desk.trails import tasks
from jianwei.desk.trails.models import Check, Finding, Segment
from jianwei.seal import note, succession
from jianwei.seal.carrying import carry
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.closing import succeed
from jianwei.seal.evidence_log import EvidenceLog, Settings
from jianwei.seal.leaf import LEAF_SIZE, Kind
from jianwei.seal.vault.manifest import Manifest
from jianwei.seal.witnessing.cosigs import FILE, Cosigs, Publication


@pytest.fixture
def office_log(tmp_path: Path, settings: Any, made_offices: dict[str, Office]) -> Iterator[EvidenceLog]:
    settings.JIANWEI_HOME = tmp_path
    office = made_offices["city"]
    made = EvidenceLog.create(
        tmp_path / "seal" / office.code, Settings("jcy.test/evlog/330600", office.code), os.urandom
    )
    with made as log:
        yield log


def _written(log: EvidenceLog) -> None:
    with log.writer(1) as writer:
        writer.drain(1)


def _check() -> int:
    Check.objects.create(asked_at=timezone.now())
    return tasks.check(timezone.localdate(), timezone.now())


def test_without_a_log_nothing_is_done(trail: Callable[..., list[int]], tmp_path: Path, settings: Any) -> None:
    settings.JIANWEI_HOME = tmp_path
    trail(3)
    assert tasks.seal(timezone.localdate(), timezone.now()) == 0
    assert tasks.check(timezone.localdate(), timezone.now()) == 0
    assert not Segment.objects.exists()


def test_roots_are_in_the_log(office_log: EvidenceLog, trail: Callable[..., list[int]]) -> None:
    trail(3)
    assert tasks.seal(timezone.localdate(), timezone.now()) == 1
    _written(office_log)
    (entry,) = office_log.entries(kinds=(Kind.AUDIT_ROOT,))
    segment = Segment.objects.get()
    assert entry.index == 0
    assert entry.manifest and entry.manifest.root
    assert (entry.manifest.root.audit_root, entry.manifest.root.of) == (segment.root, "audit#1")
    assert _check() == 0


def test_a_check_a_day_or_when_asked(office_log: EvidenceLog, trail: Callable[..., list[int]]) -> None:
    trail(3)
    now = timezone.now()
    tasks.seal(timezone.localdate(), now)
    for later, checks in ((0, 1), (23, 1), (25, 2)):
        tasks.check(timezone.localdate(), now + dt.timedelta(hours=later))
        assert Check.objects.count() == checks
    Check.objects.create(asked_at=now)
    tasks.check(timezone.localdate(), now)
    assert not Check.objects.filter(ended_at__isnull=True)


def test_changing_row_seal_and_vault_together_does_not_help(
    office_log: EvidenceLog, trail: Callable[..., list[int]], force: Callable[..., None], tmp_path: Path
) -> None:
    from jianwei.desk.trails import sealing
    from jianwei.desk.trails.trail import TRAILS

    keys = trail(3)
    tasks.seal(timezone.localdate(), timezone.now())
    _written(office_log)
    force("people_auditentry", f"UPDATE people_auditentry SET username = '另' WHERE id = {keys[0]}")
    hashes = b"".join(each for _, each in TRAILS["audit"].hashed(keys[0], keys[-1]))
    root, before = sealing.root(hashes).hex(), Segment.objects.get().root
    Segment.objects.update(hashes=hashes, root=root)
    with sqlite3.connect(tmp_path / "seal/330600/secrets.db") as vault:
        (manifest,) = vault.execute("SELECT manifest FROM entry").fetchone()
        vault.execute("UPDATE entry SET manifest = ?", (bytes(manifest).replace(before.encode(), root.encode()),))
    assert _check() == 1
    assert [one.what for one in Finding.objects.all()] == ["log"]


def test_taking_all_segments_away_does_not_stop_the_check(
    office_log: EvidenceLog, trail: Callable[..., list[int]]
) -> None:
    trail(3)
    tasks.seal(timezone.localdate(), timezone.now())
    _written(office_log)
    Segment.objects.all().delete()
    assert _check() == 1
    assert [one.what for one in Finding.objects.all()] == ["lost"]


def test_a_log_begun_later_for_an_office_above_makes_no_earlier_seal_false(
    office_log: EvidenceLog, trail: Callable[..., list[int]], tmp_path: Path, made_offices: dict[str, Office]
) -> None:
    trail(3)
    tasks.seal(timezone.localdate(), timezone.now())
    _written(office_log)
    above = made_offices["supreme"].code
    EvidenceLog.create(tmp_path / "seal" / above, Settings(f"jcy.test/evlog/{above}", above), os.urandom).close()
    assert tasks.own_office() == made_offices["supreme"]
    assert _check() == 0


def _closed(log: EvidenceLog) -> EvidenceLog:
    """The log that follows; what is there now was witnessed, but for the policy."""
    raw = (log.folder.log / "checkpoint").read_bytes()
    head = Checkpoint.parse(note.parse(raw).text)
    with closing(Cosigs(log.folder.path / FILE)) as cosigs:
        cosigs.publish("sha256", Publication(head.size, head.root, raw, 1))
    new = succession.following(log.folder.path)
    succeed(log.folder.path, new, "更换服务器", 1, os.urandom)
    return EvidenceLog.open(new)


def test_the_roots_go_on_in_the_log_that_follows_a_closed_one(
    office_log: EvidenceLog, trail: Callable[..., list[int]], tmp_path: Path
) -> None:
    trail(3, 300)
    long_ago, now = timezone.now() - dt.timedelta(hours=2), timezone.now()
    assert tasks.seal(timezone.localdate(), long_ago) == 1
    _written(office_log)
    with _closed(office_log) as follows:
        trail(4)
        assert tasks.seal(timezone.localdate(), now) == 1
        _written(follows)
        told = [each.entries(kinds=(Kind.AUDIT_ROOT,)) for each in (office_log, follows)]
        assert [[entry.manifest.root.of for entry in each if entry.manifest.root] for each in told] == [
            ["audit#1"],
            ["audit#2"],
        ]
        assert _check() == 0
    with sqlite3.connect(tmp_path / "seal/330600/secrets.db") as vault:
        vault.execute("UPDATE entry SET salt = zeroblob(32)")
    assert _check() == 1
    assert [(one.what, one.n) for one in Finding.objects.all()] == [("log", 1)]


def test_a_root_that_a_closed_log_lost_counts_where_it_went(
    office_log: EvidenceLog, trail: Callable[..., list[int]]
) -> None:
    office_log.put(Kind.EXCHANGE, Manifest(Kind.EXCHANGE, "0" * 26, "330600"), now=1, entropy=os.urandom)
    _written(office_log)
    with _closed(office_log) as follows:
        pass
    (office_log.folder.path / "closed").rename(office_log.folder.path / "aside")
    trail(3)
    tasks.seal(timezone.localdate(), timezone.now())
    _written(office_log)
    (office_log.folder.path / "aside").rename(office_log.folder.path / "closed")
    with (office_log.folder.log / "leaves").open("r+b") as leaves:
        leaves.truncate(LEAF_SIZE)
    assert _check() == 1  # the vault knows it, the log has it no more
    carry(office_log, follows, now=1, entropy=os.urandom)
    _written(follows)
    assert _check() == 0

"""Issued documents go into the log by themselves: each once, the bytes as issued, whatever is interrupted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from jianwei.desk.documents.models import Document, Version
from jianwei.desk.evidence import fixing, sweeping
from jianwei.desk.evidence.models import Custody, Material
from jianwei.desk.people.models import Office
from jianwei.seal.evidence_log import EvidenceLog, Settings


@pytest.fixture
def county_log(tmp_path: Path, settings: Any, made_offices: dict[str, Office]) -> Iterator[EvidenceLog]:
    settings.JIANWEI_HOME = tmp_path
    code = made_offices["county"].code
    with EvidenceLog.create(tmp_path / "seal" / code, Settings(f"jcy.test/evlog/{code}", code), os.urandom) as log:
        yield log


def _sweep() -> int:
    return sweeping.documents(timezone.localdate(), timezone.now())


def test_a_document_is_fixed_as_it_was_issued_and_once(
    county_log: EvidenceLog, issued: Callable[..., Document]
) -> None:
    document = issued()
    assert (_sweep(), _sweep()) == (1, 0)
    one = Material.objects.get()
    version = Version.objects.get(document=document, origin=Version.Origin.ISSUED)
    assert one.sha256 == hashlib.sha256(bytes(version.docx)).hexdigest()
    assert (one.doc_no, one.office, one.matter) == (document.number, document.office, document.matter)
    assert b"".join(county_log.original(one.pk)) == bytes(version.docx)
    assert [line.verb for line in Custody.objects.all()] == ["fixed"]


def test_a_draft_stays_out(county_log: EvidenceLog, draft: Callable[..., Document]) -> None:
    draft()
    assert _sweep() == 0


def test_an_office_without_a_log_waits_until_it_has_one(
    tmp_path: Path, settings: Any, issued: Callable[..., Document]
) -> None:
    settings.JIANWEI_HOME = tmp_path
    document = issued()
    assert _sweep() == 0
    code = document.office.code
    EvidenceLog.create(tmp_path / "seal" / code, Settings(f"jcy.test/evlog/{code}", code), os.urandom).close()
    assert _sweep() == 1


def test_a_crash_between_the_log_and_the_desk_leaves_one_entry(
    county_log: EvidenceLog, issued: Callable[..., Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    issued()

    def crash(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(fixing.custody, "recorded_by_itself", crash)
        with pytest.raises(RuntimeError):
            _sweep()
    assert not Material.objects.exists()
    assert _sweep() == 1
    (entry,) = county_log.entries()
    assert Material.objects.get().pk == entry.id

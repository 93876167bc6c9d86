"""This room's one door to the evidence logs: each office has its own under ``<home>/seal/<office code>``."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone

from jianwei.desk.evidence.errors import Conflict, DiskFull, NoLog, Refused
from jianwei.desk.evidence.models import Material
from jianwei.desk.people.models import Office
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.vault import ulid
from jianwei.seal.vault.fields import ManifestInvalid
from jianwei.seal.vault.manifest import Collected, Manifest, Reference

Entropy = Callable[[int], bytes]

entropy: Entropy = os.urandom
_FIELDS = {
    "name": "name", "case_ref": "case_ref", "doc_no": "doc_no", "category": "category", "note": "note", "collected.place": "place",
    "collected.method": "method", "collected.by": "collectors", "collected.holder": "holder", "collected.at": "collected_at",
    "collected.witness_person": "witness_person", "collected.device": "device", "collected.device_sig": "device_sig",
}  # fmt: skip


def folder(office: Office) -> Path:
    return Path(settings.JIANWEI_HOME) / "seal" / office.code


def has_log(office: Office) -> bool:
    return (folder(office) / "log.json").is_file()


def needed(office: Office) -> None:
    """Say early that an office has no log: before somebody uploads for an hour. Raise ``NoLog``."""
    if not has_log(office):
        raise NoLog(office.name, office.code)


@contextmanager
def opened(office: Office) -> Iterator[EvidenceLog]:
    """The log of an office for as long as the block lasts, its refusals in this room's words. Raise ``NoLog``."""
    needed(office)
    with _in_our_words(), EvidenceLog.open(folder(office)) as log:
        yield log


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except ManifestInvalid as problem:
        field = _FIELDS.get(problem.field or "", "")
        raise Refused(str(problem), {field: problem.problem} if field else {}) from problem
    except SealError as problem:
        match getattr(problem, "status", 422):
            case 507:
                raise DiskFull from problem
            case 409:
                raise Conflict(str(problem)) from problem
        raise Refused(str(problem)) from problem


def new_id(at: dt.datetime) -> str:
    return ulid.new(seconds(at), entropy)


def seconds(at: dt.datetime) -> int:
    return int(at.timestamp())


def put(one: Material, original: BinaryIO | None, chance: Entropy = entropy, prev: tuple[Reference, ...] = ()) -> str:
    """Fix a material under its id; safe when this returns. Returns the entry's id: another where the very same was there."""
    return put_manifest(one.office, manifest(one, prev), original, one.at, chance)


def put_manifest(
    office: Office, said: Manifest, original: BinaryIO | None, at: dt.datetime, chance: Entropy = entropy
) -> str:
    with opened(office) as log:
        return log.put(said.kind, said, original, now=seconds(at), entropy=chance).id


def manifest(one: Material, prev: tuple[Reference, ...] = ()) -> Manifest:
    """What the log is told of a material."""
    collected = Collected(
        at=one.collected_at, place=one.place or None, method=one.method or None, by=tuple(one.collectors), holder=one.holder or None,
        witness_person=one.witness_person or None, device=one.device or None, device_sig=one.device_sig or None,
    )  # fmt: skip
    note = "\n".join([*([one.note] if one.note else []), *one.warnings])
    return Manifest(
        kind=Kind(one.kind), id=one.pk, office=one.office.name, case_ref=one.case_ref or None, doc_no=one.doc_no or None,
        name=one.name if one.sha256 else None, media_type=(one.media_type or None) if one.sha256 else None, category=one.category or None,
        size=one.size, sha256=one.sha256 or None, sm3=one.sm3 or None, collected=collected if collected != Collected() else None,
        prev=prev, note=note or None,
    )  # fmt: skip


def says(one: Material, told: Mapping[str, object]) -> bool:
    """Whether a row of the desk says what the log was told of it; an office may have got another name since."""
    try:
        row = json.loads(manifest(one).encode())
    except ManifestInvalid:
        return False
    beside = {"office", "prev", "seal"}
    return {key: value for key, value in row.items() if key not in beside} == {
        key: value for key, value in told.items() if key not in beside
    }


def origin(office: Office) -> str:
    """The name of an office's log; "" while it has none."""
    if not has_log(office):
        return ""
    with opened(office) as log:
        return log.folder.settings.origin


def local(at: dt.datetime) -> str:
    """As it is typed: ``2026-11-22 09:30``."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"

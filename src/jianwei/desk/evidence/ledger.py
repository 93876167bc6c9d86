"""This room's one door to the evidence logs: each office has its own under ``<home>/seal/<office code>``.

Where one was closed, the one that follows it lies beside. The newest takes records; each keeps proving its own.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils import timezone

from jianwei.desk.evidence.errors import Conflict, DiskFull, NoLog, Refused
from jianwei.desk.evidence.models import Material
from jianwei.desk.people.models import Office
from jianwei.seal import succession
from jianwei.seal.carrying import carry_on
from jianwei.seal.errors import SealError
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.log_folder import LogFolder
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


def folders(office: Office) -> list[Path]:
    """Of an office's logs, the oldest first."""
    return succession.line(Path(settings.JIANWEI_HOME) / "seal" / office.code)


def folder(office: Office) -> Path:
    """Of the log that takes records."""
    return folders(office)[-1]


def has_log(office: Office) -> bool:
    return (folder(office) / "log.json").is_file()


def needed(office: Office) -> None:
    """Say early that an office has no log: before somebody uploads for an hour. Raise ``NoLog``."""
    if not has_log(office):
        raise NoLog(office.name, office.code)


@contextmanager
def opened(office: Office) -> Iterator[EvidenceLog]:
    """The log that takes an office's records, for as long as the block lasts. Raise ``NoLog``."""
    needed(office)
    with at(folder(office)) as log:
        yield log


@contextmanager
def at(place: Path) -> Iterator[EvidenceLog]:
    """The log in a folder, its refusals in this room's words."""
    with _in_our_words(), EvidenceLog.open(place) as log:
        yield log


@contextmanager
def holding(office: Office, identifier: str) -> Iterator[EvidenceLog]:
    """The log of an office that holds a record; the one that takes records, where none does. Raise ``NoLog``."""
    with at(place(office, identifier)) as log:
        yield log


def place(office: Office, identifier: str) -> Path:
    """The folder of the newest log that holds a record: what an older one could not prove went into it."""
    needed(office)
    newest, *older = reversed(folders(office))
    return next((each for each in (newest, *older) if older and _holds(each, identifier)), newest)


def _holds(place: Path, identifier: str) -> bool:
    """A closed log that cannot be read any more holds up nobody; its inspection names it."""
    try:
        with EvidenceLog.open(place) as log:
            return bool(log.entry(identifier))
    except SealError:
        return False


def carry_over(office: Office, moment: dt.datetime) -> None:
    """Take what a closed log cannot prove into the one that follows; its service does the same every minute."""
    with _in_our_words():
        for each in folders(office)[1:]:
            carry_on(each, now=seconds(moment), entropy=entropy)


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
    office: Office, said: Manifest, original: BinaryIO | None, moment: dt.datetime, chance: Entropy = entropy
) -> str:
    """A record that a closed log has taken already is that one."""
    needed(office)
    *older, newest = folders(office)
    if any(_holds(each, said.id) for each in older):
        return said.id
    with at(newest) as log:
        return log.put(said.kind, said, original, now=seconds(moment), entropy=chance).id


def reference(one: Material, relation: str, into: Office) -> Reference:
    """How a record in an office's log names a material. Raise ``Conflict`` while that has no place in a log."""
    with holding(one.office, one.pk) as log:
        named = log.reference(one.pk, relation)
        return named if log.folder.path == folder(into) else replace(named, origin=log.folder.settings.origin)


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
    """The name of the log that takes an office's records; "" while it has none."""
    return next(reversed(origins(office)), "")


def origins(office: Office) -> list[str]:
    """The names of all its logs, the oldest first."""
    with _in_our_words():
        return [LogFolder(each).settings.origin for each in folders(office) if LogFolder.exists(each)]


def origin_of(one: Material) -> tuple[str, bool]:
    """The name of the log that holds a material, and whether that was closed; "" while its office has none."""
    if not has_log(one.office):
        return "", False
    with holding(one.office, one.pk) as log:
        return log.folder.settings.origin, succession.closed(log.folder.path)


def local(at: dt.datetime) -> str:
    """As it is typed: ``2026-11-22 09:30``."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"

"""固证: what was typed and the file that came with it go into the log; then the desk keeps its row."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction

from jianwei.desk.evidence import custody, ledger, queries
from jianwei.desk.evidence.errors import Conflict, NotFound, Refused, TooLarge
from jianwei.desk.evidence.forms import FixForm, problems, typed
from jianwei.desk.evidence.models import Custody, Material, RequestKey, Source, Upload
from jianwei.desk.evidence.receiving import Receiving
from jianwei.desk.matters.models import Matter
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.people.roles import label
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.hashing import digests
from jianwei.seal.vault.manifest import Reference

ABANDONED = dt.timedelta(days=14)
"""Chosen: a fortnight's absence, after which somebody begins anew anyway."""


@dataclass(frozen=True)
class Fixed:
    """``new`` is false where the very same material was there already; ``same`` are others of the same content."""

    material: Material
    new: bool
    same: tuple[Material, ...] = ()


def receiving(upload: Upload) -> Receiving:
    return Receiving(Path(settings.JIANWEI_HOME) / "uploads", upload.pk, upload.size)


@transaction.atomic
def begin(who: Acting, form: FixForm, *, name: str, size: int, media_type: str = "") -> Upload:
    """Open an upload for what the form says. The form must have been found valid."""
    office, matter = _place(who, form)
    _allowed(name, size)
    ledger.needed(office)
    upload = Upload.objects.create(
        id=ledger.new_id(who.at), office=office, matter=matter, by_id=who.user.pk, at=who.at, name=_file_name(name), size=size,
        media_type=media_type[:100], typed=typed(form),
    )  # fmt: skip
    receiving(upload).begin()
    audit.record(
        who, "开始上传", kind="存证材料", object_id=upload.pk, size=size, matter=matter.number if matter else ""
    )
    return upload


@transaction.atomic
def abandon(who: Acting, upload_id: str) -> None:
    """Give an upload up; what came of it is removed."""
    upload = queries.upload(who, upload_id)
    if upload is None:
        raise NotFound
    receiving(upload).discard()
    upload.delete()
    audit.record(who, "放弃上传", kind="存证材料", object_id=upload_id)


def forget_abandoned(day: dt.date, at: dt.datetime) -> int:
    """For the background worker: remove uploads that nobody went on with. Returns how many."""
    old = list(Upload.objects.filter(at__lt=at - ABANDONED))
    for upload in old:
        receiving(upload).discard()
        upload.delete()
    return len(old)


def finish(who: Acting, upload_id: str) -> Fixed:
    """Put a whole upload into the log. Asked again, it gives the same answer."""
    upload = queries.upload(who, upload_id)
    if upload is None:
        if done := queries.material(who, upload_id):
            return Fixed(done, new=True)
        raise NotFound
    file = receiving(upload)
    if not file.complete:
        raise Conflict(f"文件还没有传完：共 {upload.size} 字节，已收到 {file.received()} 字节。")
    form = FixForm(who, upload.typed)
    if not form.is_valid():
        raise Refused("填写的内容现在不能接受，请重新填写。", problems(form))
    found = file.digests()
    material = _material(who, form, upload.pk, upload.name, upload.media_type)
    material.size, material.sha256, material.sm3 = found.size, found.sha256, found.sm3
    with file.open() as original:
        fixed = _fix(who, material, original, RequestKey())
    Upload.objects.filter(pk=upload.pk).delete()
    file.discard()
    return fixed


def fix(
    who: Acting, form: FixForm, original: BinaryIO, *, name: str, size: int, media_type: str = "", key: str = ""
) -> Fixed:
    """Put a file that is here already into the log. ``key`` makes a repeated request one act: other content is a ``Conflict``."""
    office, _ = _place(who, form)
    _allowed(name, size)
    ledger.needed(office)
    found = digests(original)
    original.seek(0)
    asked = RequestKey(user=who.user, key=key[:80], digest=_digest(form, found.sha256), at=who.at)
    if key and (before := RequestKey.objects.filter(user=who.user.pk, key=asked.key).first()):
        return _again(who, before, asked)
    material = _material(who, form, ledger.new_id(who.at), _file_name(name), media_type[:100])
    material.size, material.sha256, material.sm3 = found.size, found.sha256, found.sm3
    return _fix(who, material, original, asked)


def keep(
    material: Material,
    original: BinaryIO | bytes | None,
    entropy: ledger.Entropy = ledger.entropy,
    *,
    prev: tuple[Reference, ...] = (),
    result: str = "自动存证",
) -> Material:
    """Put what no person uploaded into the log: an issued document, a root. Its ``id`` decides what is the same.

    The caller fills ``material`` with office, kind, source, name, digests (of the file, if there is one) and moments;
    ``prev`` are the leaves that the record speaks of, ``result`` what the first line of custody says.
    """
    stream = io.BytesIO(original) if isinstance(original, bytes) else original
    entry = ledger.put(material, stream, entropy, prev)
    found = Material.objects.filter(pk=entry).first()
    if found is None:
        material.id = entry  # another than ours where the log took it and a crash kept the desk from writing it down
        with transaction.atomic():
            material.save(force_insert=True)
            custody.recorded_by_itself(material, result)
        found = material
    return found


def _fix(who: Acting, material: Material, original: BinaryIO, asked: RequestKey) -> Fixed:
    same = tuple(queries.same_file(who, material.sha256, material.sm3)[:20])
    twin = next((one for one in same if _said_the_same(one, material)), None)
    if twin:
        return Fixed(twin, new=False, same=same)
    entry = ledger.put(material, original)
    if entry != material.pk:
        if found := queries.material(who, entry):
            return Fixed(found, new=False, same=same)
        if queries.is_kept(entry):
            raise Conflict("同一份材料已由他人存入日志，您看不到那一份。请联系部门负责人。")
        material.id = entry  # the log took it, and a crash kept the desk from writing it down
    try:
        with transaction.atomic():
            material.save(force_insert=True)
            if asked.key:
                asked.material_id = material.pk
                asked.save(force_insert=True)
            custody.record(who, material, Custody.Verb.FIXED, after=material.sha256)
    except IntegrityError:  # the same request at the same moment: the other one was first
        if done := queries.material(who, material.pk):
            return Fixed(done, new=True, same=same)
        return _again(who, RequestKey.objects.get(user=who.user.pk, key=asked.key), asked)
    return Fixed(material, new=True, same=same)


def _again(who: Acting, before: RequestKey, asked: RequestKey) -> Fixed:
    if before.digest != asked.digest:
        raise Conflict("这个 Idempotency-Key 已用于另一份内容。请换一个键。")
    found = queries.material(who, before.material_id)
    if found is None:
        raise NotFound
    return Fixed(found, new=False)


def _digest(form: FixForm, sha256: str) -> str:
    whole = json.dumps([typed(form), sha256], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


_SAID = (
    "matter_id", "case_ref", "category", "doc_no", "collected_at", "place", "method", "collectors", "holder", "witness_person",
    "device", "device_sig",
)  # fmt: skip


def _said_the_same(one: Material, other: Material) -> bool:
    return one.office_id == other.office_id and all(getattr(one, name) == getattr(other, name) for name in _SAID)


def _place(who: Acting, form: FixForm) -> tuple[Office, Matter | None]:
    """Whose log it goes into: that of the matter's office, else one's own."""
    if not queries.may_fix(who):
        raise Refused(f"您的职责（{label(who.role)}）不能固证。")
    matter: Matter | None = form.cleaned_data["matter"]
    return (matter.office if matter else who.user.office), matter


def _allowed(name: str, size: int) -> None:
    if not _file_name(name):
        raise Refused("请选择文件。", {"file": "请选择文件"})
    if size <= 0:
        raise Refused("文件是空的，没有内容可以固证。", {"file": "文件是空的"})
    if size > settings.JIANWEI_LARGEST_EVIDENCE:
        raise TooLarge(settings.JIANWEI_LARGEST_EVIDENCE)


def _file_name(name: str) -> str:
    """The last part of a path, without signs that hide what it is."""
    plain = "".join(sign for sign in name.replace("\\", "/").rsplit("/", 1)[-1] if sign.isprintable())
    stem, dot, ending = plain.rpartition(".")
    return plain if len(plain) <= 200 else f"{stem[: 199 - len(ending)]}{dot}{ending}"[:200]


def _material(who: Acting, form: FixForm, id: str, file_name: str, media_type: str) -> Material:
    said: dict[str, Any] = {
        name: form.cleaned_data[name] for name in form.fields if name not in ("name", "alone_why", "matter")
    }
    office, matter = _place(who, form)
    if matter:
        said["case_ref"] = f"{matter.number} {matter.title}"[:200]
    said["note"] = said["note"].replace("\r\n", "\n").replace("\r", "\n")
    said["device_sig"] = said["device_sig"].replace("\r", "")
    return Material(
        id=id, office=office, matter=matter, kind=Kind.MATERIAL, source=Source.UPLOAD, name=form.cleaned_data["name"] or file_name,
        media_type=media_type, warnings=form.warnings, by_id=who.user.pk, at=who.at, updated_at=who.at, **said,
    )  # fmt: skip

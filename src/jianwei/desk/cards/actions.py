"""The only way to write checks of case cards: one verb, one transaction, one audit entry."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jianwei.desk.cards import checking, queries
from jianwei.desk.cards.models import Acceptance, Check, Finding
from jianwei.desk.errors import DeskError
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting

KIND = "案卡核查"
LEAST_REASON = 4


class NotFound(DeskError):
    """Not there, or not in scope: the two look the same."""

    def __init__(self) -> None:
        super().__init__("没有这次核查，或不在您的管辖范围内。")


class Refused(DeskError):
    """The verb is not open to this person or with these facts."""


def upload(who: Acting, files: Sequence[UploadedFile[Any]], as_of: dt.date) -> Check:
    """Check uploaded exports for the own office. Raises ``checking.BadUpload``."""
    if not who.sees_cases:
        raise Refused("管理员职责不接触案件数据。")
    place, names, report = checking.checked(files, as_of)
    try:
        with transaction.atomic():
            check = Check.objects.create(office_id=who.user.office_id, by_id=who.user.pk, at=who.at, as_of=as_of)
            checking.store(check, names, report)
            audit.record(
                who, "核查案卡", kind=KIND, object_id=str(check.pk), files=names, rows=check.rows, found=check.found
            )
            place.rename(checking.folder(check.pk))
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return check


@transaction.atomic
def accept(who: Acting, number: int, places: Iterable[int], reason: str) -> int:
    """Accept findings of one check as lawful. The same finding in other checks of the office is accepted with it.
    Returns how many were newly accepted.
    """
    reason = reason.strip()
    if len(reason) < LEAST_REASON:
        raise Refused(f"请写明接受的理由（至少 {LEAST_REASON} 个字）。")
    check = _seen(who, number)
    found = Finding.objects.select_for_update().filter(
        check_run=check, number__in=list(places), acceptance__isnull=True
    )
    done = []
    for finding in found.defer("content"):
        key = {"case_no": finding.case_no, "person": finding.person, "rule": finding.rule, "digest": finding.digest}
        facts = {"reason": reason[:500], "by_id": who.user.pk, "at": who.at}
        acceptance, _ = Acceptance.objects.get_or_create(
            office_id=check.office_id, revoked_at=None, **key, defaults=facts
        )
        Finding.objects.filter(check_run__office=check.office_id, **key).update(acceptance=acceptance, lapsed=False)
        done.append(finding.number)
    if done:
        audit.record(who, "接受案卡例外", kind=KIND, object_id=str(number), purpose=reason[:200], findings=done)
    return len(done)


@transaction.atomic
def reopen(who: Acting, number: int, place: int) -> None:
    """Revoke an acceptance; its findings are open again."""
    _seen(who, number)
    finding = queries.finding(who, number, place)
    if finding is None:
        raise NotFound
    acceptance = finding.acceptance
    if acceptance is None:
        raise Refused("这一项没有被接受过。")
    acceptance.revoked_at, acceptance.revoked_by_id = who.at, who.user.pk
    acceptance.save(update_fields=["revoked_at", "revoked_by"])
    Finding.objects.filter(acceptance=acceptance).update(acceptance=None)
    audit.record(who, "撤销案卡例外", kind=KIND, object_id=str(number), findings=[place])


@transaction.atomic
def delete(who: Acting, number: int) -> None:
    """Remove a check with its files and findings; what was accepted stays."""
    check = _seen(who, number)
    audit.record(who, "删除案卡核查", kind=KIND, object_id=str(number), files=[file["name"] for file in check.files])
    check.delete()
    transaction.on_commit(lambda: shutil.rmtree(checking.folder(number), ignore_errors=True))


def looked(who: Acting, action: str, number: int | None = None, **detail: Any) -> None:
    """Record that personal data were shown."""
    audit.record(who, action, kind=KIND, object_id=str(number or ""), purpose="案卡核查", **detail)


def _seen(who: Acting, number: int) -> Check:
    check = queries.check(who, number)
    if check is None:
        raise NotFound
    return check

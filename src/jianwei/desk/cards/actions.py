"""The only way to write checks of case cards: one verb, one transaction, one audit entry."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from jianwei.cards.accepted import TooShort, reason_of
from jianwei.desk.cards import checking, queries
from jianwei.desk.cards.models import Acceptance, Check, Finding
from jianwei.desk.errors import DeskError
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting

KIND = "案卡核查"


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
def accept(who: Acting, number: int, place: int, reason: str, *, listed: bool) -> None:
    """Take one finding off the list: with ``listed`` for an exception that its rule names, otherwise for a reason that no
    rule lists. The same finding in other checks of the office goes with it.
    """
    check, finding = _seen(who, number), queries.finding(who, number, place)
    if finding is None:
        raise NotFound
    if finding.acceptance:
        raise Refused("这一项已经接受过。")
    if listed and not finding.excusable:
        raise Refused("这一项没有待判断的依法例外，不能作为依法例外接受。")
    _accept(who, check, [finding], _reason(reason, listed=listed), listed=listed)


@transaction.atomic
def accept_many(who: Acting, number: int, places: Iterable[int], reason: str) -> tuple[int, int]:
    """Accept findings of one check as lawful exceptions. Those whose rule leaves none open are left as they are.
    Returns how many were newly accepted and how many were left.
    """
    check, reason = _seen(who, number), _reason(reason, listed=True)
    chosen = Finding.objects.select_for_update().filter(
        check_run=check, number__in=list(places), acceptance__isnull=True
    )
    found = list(chosen.defer("content"))
    excusable = [finding for finding in found if finding.excusable]
    _accept(who, check, excusable, reason, listed=True)
    return len(excusable), len(found) - len(excusable)


def _reason(words: str, *, listed: bool) -> str:
    try:
        return reason_of(words, listed=listed)[:500]
    except TooShort as error:
        raise Refused(str(error)) from error


def _accept(who: Acting, check: Check, found: Sequence[Finding], reason: str, *, listed: bool) -> None:
    for finding in found:
        key = {"case_no": finding.case_no, "person": finding.person, "rule": finding.rule, "digest": finding.digest}
        facts = {"reason": reason, "listed": listed, "by_id": who.user.pk, "at": who.at}
        acceptance, _ = Acceptance.objects.get_or_create(
            office_id=check.office_id, revoked_at=None, **key, defaults=facts
        )
        Finding.objects.filter(check_run__office=check.office_id, **key).update(acceptance=acceptance, lapsed=False)
    if found:
        action = "接受案卡例外" if listed else "接受案卡冲突（不属所列例外）"
        numbers = [finding.number for finding in found]
        audit.record(who, action, kind=KIND, object_id=str(check.pk), purpose=reason[:200], findings=numbers)


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

"""The only way to write warnings from the desk: taking note of them."""

from __future__ import annotations

from django.db import transaction

from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.workbench.models import Notice


@transaction.atomic
def read(who: Acting, notice_ids: list[int] | None = None) -> int:
    """Take note of one's own warnings: those named, or all. Returns how many were new."""
    found = Notice.objects.filter(user=who.user.pk, read_at__isnull=True)
    if notice_ids is not None:
        found = found.filter(pk__in=notice_ids)
    number = found.update(read_at=who.at)
    if number:
        audit.record(who, "阅知到期提醒", kind="到期提醒", number=number)
    return number

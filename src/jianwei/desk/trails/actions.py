"""Ask for a check; the background worker makes it."""

from __future__ import annotations

from django.db import transaction

from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.trails import queries
from jianwei.desk.trails.models import Check


@transaction.atomic
def ask(who: Acting) -> Check | None:
    """Ask for a check now. One that was asked for and not made yet serves everybody. None where it is not theirs to ask."""
    if not queries.watches(who):
        return None
    waiting = queries.asked_check()
    if waiting is None:
        waiting = Check.objects.create(asked_at=who.at, by_id=who.user.pk)
    audit.record(who, "安排留痕检查", kind="留痕", object_id=str(waiting.pk), purpose="审计")
    return waiting

"""Write to the audit trail. Called inside the transaction of the act it records: no entry, no act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry


def record(
    who: Acting,
    action: str,
    *,
    kind: str = "",
    object_id: str = "",
    result: str = "成功",
    purpose: str = "",
    **detail: Any,
) -> None:
    AuditEntry.objects.create(
        at=who.at,
        user_id=who.user.pk,
        username=who.user.username,
        office_id=who.user.office_id,
        role=who.role,
        ip=who.ip,
        action=action,
        object_kind=kind,
        object_id=object_id[:80],
        result=result,
        purpose=purpose[:200],
        detail=detail,
    )


def record_unknown(username: str, ip: str, at: dt.datetime, action: str, result: str) -> None:
    """An entry for somebody who is not logged in."""
    AuditEntry.objects.create(at=at, username=username[:40], ip=ip, action=action, result=result)

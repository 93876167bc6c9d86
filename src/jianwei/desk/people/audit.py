"""Write to the audit trail. Called inside the transaction of the act it records: no entry, no act."""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry

REVEALED, NO_PURPOSE = "查看证件号码", "请写明查看理由（至少 4 个字）。"
_SHORTEST = 4
"""Characters of a reason for looking at personal numbers (chosen: the shortest words that say something)."""


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


def record_reveal(who: Acting, purpose: str, *, kind: str, object_id: str, what: str) -> bool:
    """Record why personal numbers of an object are looked at; False, and nothing recorded, without a reason."""
    if len(purpose.strip()) < _SHORTEST:
        return False
    record(who, REVEALED, kind=kind, object_id=object_id, purpose=purpose.strip(), what=what)
    return True


def record_unknown(username: str, ip: str, at: dt.datetime, action: str, result: str) -> None:
    """An entry for somebody who is not logged in."""
    AuditEntry.objects.create(at=at, username=username[:40], ip=ip, action=action, result=result)

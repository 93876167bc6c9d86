"""By when an answer to a document is owed: from the law's limit, or from the days that the document itself sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jianwei.desk.documents.kind import Reply
from jianwei.law import limits
from jianwei.law.dated import NotInForce
from jianwei.law.limits import Due, MonthRule, Period, Unit, counting


@dataclass(frozen=True)
class Owed:
    """The last day, why, and what should be known about it. ``on`` is None when nothing says how long."""

    on: dt.date | None
    reasoning: str
    notices: tuple[str, ...] = ()


def owed(reply: Reply, values: Mapping[str, Any], start: dt.date) -> Owed:
    """The last day for ``reply`` counted from ``start``; ``values`` are those of the document."""
    days = values.get(reply.days) if reply.days else None
    set_by_document = Period(int(days), Unit.DAYS) if days else None
    if not reply.limit:
        if set_by_document is None:
            return Owed(None, "文书没有写明回复期限，也没有法定期限。")
        return _told(counting.due(start, set_by_document, MonthRule.SAME_DAY), "依文书所定期限")
    limit = limits.limit(reply.limit)
    try:
        if set_by_document is None:
            return _told(limit.due(start), limit.title)
        return _told(limit.due(start, granted=set_by_document), f"{limit.title}，依文书所定期限")
    except limits.TooLong:
        found = _told(limit.due(start), limit.title)
        return Owed(
            found.on, found.reasoning, (*found.notices, f"文书所定{set_by_document}长于法定期限，按法定期限计算")
        )
    except NotInForce as error:
        return Owed(None, str(error))


def _told(due: Due, title: str) -> Owed:
    return Owed(due.on, f"{title}：{due.reasoning}", due.notices)

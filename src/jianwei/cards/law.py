"""The law that rules on cards cite, and the last day of a limit in the reading most lenient to the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.kit import Cite
from jianwei.law.dated import NotInForce
from jianwei.law.limits import UNVERIFIED, limit

XS = "中华人民共和国刑事诉讼法"
GZ = "人民检察院刑事诉讼规则"
XF = "中华人民共和国刑法"
XJ = "最高人民法院关于适用《中华人民共和国刑事诉讼法》的解释"

RECORDING = Cite("全国检察业务应用系统案卡填录要求", "相应案卡项", verified=False)
"""That a field must be filled and agree with another is a rule of the system, whose text is not public."""

SEPARATE = Cite("关于规范刑事案件“另案处理”适用的指导意见", "第二条", verified=False)


@dataclass(frozen=True)
class LastDay:
    """The last day of a limit; as text with the notices that it must bear."""

    on: dt.date
    notices: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.on.isoformat() + (f"（{'；'.join(self.notices)}）" if self.notices else "")


def last_day(
    key: str,
    start: dt.date,
    *,
    alternative: str | None = None,
    extended: tuple[str, ...] = (),
    custody: bool | None = None,
) -> LastDay | None:
    """The last day of a limit; where it is argued whether a holiday moves it, the later one. None before the law."""
    try:
        due = limit(key).due(start, alternative=alternative, extended=extended, custody=custody)
    except NotInForce:
        return None
    latest = due.other if due.other and due.other.on > due.on else due
    notices = ("未核对原文",) if UNVERIFIED in due.notices else ()
    return LastDay(latest.on, notices if latest.firm else (*notices, "该年节假日安排尚未公布"))

"""A last day that an authority set for one matter (督办、评查的完成期限): it is named, not counted, and never rolls over."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from jianwei.law.dated import Dated, Version
from jianwei.law.limits.counting import Due, MonthRule, Period, Step, Unit
from jianwei.law.limits.limit import Custody, Edition, Limit, Nature, TooLong

NOT_STATUTORY = "确定的期限，不是法定期限"


def set_limit(title: str, binds: str) -> Limit:
    """The limit of a clock for which no law gives a length; ``binds`` is who must keep it."""
    edition = Edition(Period(0, Unit.DAYS), NOT_STATUTORY, True, {}, {}, (), ())
    return Limit(
        key="",
        title=title,
        row=0,
        also_rows=(),
        binds=binds,
        nature=Nature.SET,
        starts="",
        month_rule=MonthRule.SAME_DAY,
        custody=Custody.ROLLS,
        confidence="H",
        at_most=None,
        at_most_cite="",
        counts_start=False,
        next_full_hour=False,
        rolls=False,
        note="",
        editions=Dated(title, [Version(dt.date.min, edition, None)]),
        worked=(),
    )


def set_due(days: tuple[dt.date, ...]) -> Due:
    """The last of the ``days`` that were set one after another."""
    first, *later = days
    steps = [Step(f"确定的最后一日为{first.isoformat()}，不是法定期限，不因节假日顺延", first)]
    steps += [Step(f"改定为{day.isoformat()}", day) for day in later]
    return Due(days[-1], tuple(steps))


def within(lawful: Due, days: tuple[dt.date, ...], title: str) -> Due:
    """The last of the ``days`` an authority set within the law's own last day. Raises ``TooLong``."""
    last = days[-1]
    if last > lawful.on:
        raise TooLong(
            f"{title}依法至迟为{lawful.on.isoformat()}，不得确定为{last.isoformat()}（{lawful.steps[-1].says}）"
        )
    says = f"在法定期限内确定为{last.isoformat()}，不因节假日顺延"
    return replace(lawful, on=last, steps=(*lawful.steps, Step(says, last)), at=None, other=None)

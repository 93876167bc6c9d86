"""Criminal records of juveniles that the law keeps sealed (刑事诉讼法第二百八十六条): under 18 at the crime and five years or
less, or marked as sealed by the office. An unknown penalty counts as sealed; a mark 否 does not lift the seal.
"""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from jianwei.records import CriminalJudgment

NAME = "sealed_record"
FIRST = True
SCHEMA = pa.schema([("court_no", pa.string()), ("name", pa.string()), ("document", pa.string())])

_FIVE_YEARS_MONTHS = 60
_ADULT_AT_YEARS = 18


def build(tables: Any) -> pa.Table:
    t = tables.raw(CriminalJudgment)
    # 周岁 is reached on the day after the birthday, so a crime on the 18th birthday is still a juvenile's.
    adult_from = t.born_on + ibis.interval(years=_ADULT_AT_YEARS)
    juvenile = t.minor_at_crime.fill_null(False) | (ibis.coalesce(t.crime_on, t.decided_on) <= adult_from).fill_null(
        False
    )
    heavy = (t.months > _FIVE_YEARS_MONTHS) | ((t.months == _FIVE_YEARS_MONTHS) & (t.extra_days > 0))
    grave = heavy.fill_null(False) | (t.life_or_death.length() > 0).fill_null(False)
    sealed = t.filter(t.sealed.fill_null(False) | (juvenile & ~grave))
    return tables.to_pyarrow(sealed.select("court_no", "name", "document").distinct().order_by("court_no", "name"))

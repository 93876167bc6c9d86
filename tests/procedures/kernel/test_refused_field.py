"""A refusal that rests on one fact of the act says so at that fact."""

from __future__ import annotations

import datetime as dt

from jianwei.procedures import Act, check
from jianwei.procedures.shelf import procedure

MARCH = dt.date(2026, 3, 2)
QUALITY = procedure("management/case_quality")


def drawn(**changed: object) -> Act:
    facts = {
        "case": "甲检刑诉〔2026〕1号",
        "way": "routine",
        "scale": "four_2026",
        "cross": False,
        "pool_size": 10,
        "handlers": ("赵某",),
        "evaluators": ("孙某",),
        "review_by_on": dt.date(2026, 3, 31),
    }
    return Act("draw", MARCH, facts | changed)


def test_the_fact_a_guard_looks_at_bears_the_reason() -> None:
    refused = check(QUALITY, [], drawn(evaluators=("孙某", "赵某")))
    assert refused is not None
    assert dict(refused.fields) == {"evaluators": "评查员不得评查本人承办、审核的案件"}


def test_nothing_is_said_where_all_is_well() -> None:
    assert check(QUALITY, [], drawn()) is None

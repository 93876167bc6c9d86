"""Institutions that are the same in every shard: banks, small-loan companies, debt managers."""

from __future__ import annotations

import datetime as dt
import random
from functools import cache

from jianwei.sandbox import names, people
from jianwei.sandbox.companies import Company, uscc
from jianwei.sandbox.courts import Court, basic


def _made(seed: int, name: str, court: Court, post: str, title: str, industry: str, year: int) -> Company:
    rng = random.Random(f"{seed}:{name}")
    return Company(
        name,
        uscc(rng, court.region),
        court,
        f"{rng.choice(names.ROADS)}{rng.randint(1, 300)}号",
        dt.date(year, rng.randint(1, 12), rng.randint(1, 28)),
        industry,
        people.full_name(rng, True),
        post=post,
        title=title,
    )


@cache
def bank(seed: int, court: Court) -> Company:
    """The branch that sues in ``court``."""
    head = names.BANKS[int(court.region[2:4]) % len(names.BANKS)]
    place = court.county.rstrip("区县市") if len(court.county) > 2 else court.county
    return _made(seed, f"{head}股份有限公司{place}支行", court, "负责人", "行长", "货币金融服务", 2002)


@cache
def small_loan(seed: int, city: str) -> Company:
    court = next(c for c in basic() if c.city == city)
    return _made(
        seed, f"{city.removesuffix('市')}民信小额贷款股份有限公司", court, "法定代表人", "董事长", "小额贷款", 2010
    )


@cache
def debt_manager(seed: int) -> Company:
    return _made(seed, "浙江越川资产管理股份有限公司", basic()[0], "法定代表人", "董事长", "资产管理", 2013)


def licensed(seed: int) -> list[tuple[Company, str]]:
    """Every licensed lender with its kind."""
    cities = dict.fromkeys(c.city for c in basic())
    return (
        [(bank(seed, c), "商业银行") for c in basic()]
        + [(small_loan(seed, city), "小额贷款公司") for city in cities]
        + [(debt_manager(seed), "地方资产管理公司")]
    )

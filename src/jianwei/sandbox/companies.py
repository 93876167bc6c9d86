"""Synthetic companies with a 统一社会信用代码 whose check character is right (GB 32100-2015)."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field

from jianwei.sandbox import names
from jianwei.sandbox.courts import Court
from jianwei.sandbox.people import Person

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def uscc_check(body: str) -> str:
    total = sum(_ALPHABET.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[(31 - total % 31) % 31]


@dataclass(slots=True)
class Company:
    """A company that was never founded."""

    name: str
    uscc: str
    court: Court
    street: str
    founded_on: dt.date
    industry: str
    representative: str
    head: Person | None = None
    short: str = ""
    post: str = "法定代表人"
    title: str = "执行董事兼总经理"
    phone: str = ""
    roles: list[tuple[str, Person, float | None]] = field(default_factory=list)

    @property
    def addr(self) -> str:
        return self.court.place + self.street

    @property
    def org(self) -> bool:
        return True

    @property
    def idno(self) -> str:
        return self.uscc


def uscc(rng: random.Random, region: str) -> str:
    """91 + region + nine characters of the organisation + check."""
    r = rng.random
    body = f"91{region}" + "".join([_ALPHABET[int(r() * 31)] for _ in range(9)])
    return body + uscc_check(body)


def trade_name(rng: random.Random) -> tuple[str, str, str]:
    """(short name, trade, industry)."""
    r = rng.random
    short = names.FIRM_HEADS[int(r() * len(names.FIRM_HEADS))] + names.FIRM_TAILS[int(r() * len(names.FIRM_TAILS))]
    if r() < 0.55:
        short += names.FIRM_TAILS[int(r() * len(names.FIRM_TAILS))]
    trade, industry = names.TRADES[int(r() * len(names.TRADES))]
    return short, trade, industry


def company(rng: random.Random, court: Court, head: Person, founded_on: dt.date, trade: str | None = None) -> Company:
    short, drawn, industry = trade_name(rng)
    trade = trade or drawn
    place = court.county if not court.county.endswith("区") else court.city
    return Company(
        name=f"{place.removesuffix('市') if place.endswith('市') else place}{short}{trade}有限公司",
        uscc=uscc(rng, court.region),
        court=court,
        street=f"{names.ROADS[int(rng.random() * len(names.ROADS))]}{int(rng.random() * 900) + 1}号",
        founded_on=founded_on,
        industry=industry,
        representative=head.name,
        head=head,
        short=short,
    )


def law_firm(rng: random.Random) -> str:
    words = names.LAW_FIRM_WORDS
    return f"浙江{words[int(rng.random() * len(words))]}律师事务所"

"""Synthetic people: a name, a birthday, a home, and a number that its check digit confirms."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from jianwei.sandbox import names
from jianwei.sandbox.courts import Court

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"


def id_check(body: str) -> str:
    """The 18th character of a 公民身份号码 (GB 11643-1999)."""
    return _CHECK[sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11]


@dataclass(slots=True)
class Person:
    """A person who never lived."""

    name: str
    male: bool
    born_on: dt.date
    region: str
    place: str
    street: str
    serial: int
    phone: str = ""

    @property
    def idno(self) -> str:
        body = f"{self.region}{self.born_on:%Y%m%d}{self.serial:03d}"
        return body + id_check(body)

    @property
    def sex(self) -> str:
        return "男" if self.male else "女"

    @property
    def addr(self) -> str:
        return self.place + self.street

    @property
    def org(self) -> bool:
        return False


def given_name(rng: random.Random, male: bool) -> str:
    random_ = rng.random
    pool = names.MALE if male else names.FEMALE
    n = len(pool)
    first = pool[int(random_() * n)]
    return first if random_() < 0.22 else first + pool[int(random_() * n)]


def full_name(rng: random.Random, male: bool) -> str:
    r = rng.random()
    if r < 0.003:
        surname = names.DOUBLE_SURNAMES[int(rng.random() * len(names.DOUBLE_SURNAMES))]
    else:
        surname = names.SURNAMES[int(rng.random() * len(names.SURNAMES))]
    return surname + given_name(rng, male)


def street(rng: random.Random) -> str:
    r = rng.random
    if r() < 0.5:
        return f"{names.TOWNS[int(r() * len(names.TOWNS))]}镇{names.TOWNS[int(r() * len(names.TOWNS))]}村{int(r() * 300) + 1}号"
    return f"{names.ROADS[int(r() * len(names.ROADS))]}{int(r() * 400) + 1}号{names.ESTATES[int(r() * len(names.ESTATES))]}{int(r() * 30) + 1}幢{int(r() * 18) + 1}0{int(r() * 4) + 1}室"


def person(rng: random.Random, court: Court, born: tuple[int, int], male: bool | None = None) -> Person:
    """Somebody at home in the court's county, born in the years ``born`` (first, last)."""
    r = rng.random
    sex = (r() < 0.6) if male is None else male
    first = dt.date(born[0], 1, 1).toordinal()
    span = dt.date(born[1], 12, 31).toordinal() - first
    serial = int(r() * 499) * 2 + (1 if sex else 0)
    return Person(
        full_name(rng, sex),
        sex,
        dt.date.fromordinal(first + int(r() * span)),
        court.region,
        court.place,
        street(rng),
        serial,
    )


def mobile(rng: random.Random) -> str:
    """A number of the test range 190 0000 …: no real subscriber's."""
    return f"1900000{int(rng.random() * 10000):04d}"

"""养老金发放 and 死亡人员: twelve months of pensions, ended in the month of death or the next."""

from __future__ import annotations

import datetime as dt

from jianwei.records import Death, PensionPayment
from jianwei.sandbox import sheet
from jianwei.sandbox.chinese import add_months
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import World

KINDS = ("企业职工基本养老金", "城乡居民基本养老金", "城乡居民基本养老金")
MONTHS = 12


def months(w: World) -> list[dt.date]:
    """The months that the feed covers, first days."""
    last = w.until.replace(day=1)
    return [add_months(last, i - MONTHS + 1) for i in range(MONTHS)]


def pay(
    w: World,
    person: Person,
    kind: str,
    amount: int,
    since: dt.date | None = None,
    until: dt.date | None = None,
    returned: tuple[dt.date, dt.date] | None = None,
    name: str | None = None,
) -> int:
    """Monthly rows up to the month of ``until``; payments after ``returned[0]`` were paid back on ``returned[1]``. Amount in yuan."""
    agency = person.place.removeprefix("浙江省") + "社会保险中心"
    before, region, idno = name or person.name, person.region, person.idno
    rows = w.rows.setdefault(PensionPayment, [])
    written = 0
    text = str(amount)
    for month in months(w):
        if (since and month < since.replace(day=1)) or (until and month > until):
            continue
        back, back_on = "", ""
        if returned and month > returned[0]:
            back, back_on = text, returned[1].strftime("%Y%m")
            back_on = returned[1].strftime("%Y%m%d")
        rows.append([before, idno, f"{month.year}{month.month:02d}", text, kind, region, agency, back, back_on])
        written += 1
    return written


def death(w: World, person: Person, on: dt.date, name: str | None = None, idno: str | None = None) -> None:
    w.rows.setdefault(Death, []).append(
        sheet.cells(
            Death,
            {
                "name": name or person.name,
                "idno": idno or person.idno,
                "died_on": on,
                "source_kind": w.pick(("户籍", "火化", "户籍", "医院")),
            },
        )
    )


def pensioner(w: World) -> Person:
    return w.person(None, (w.until.year - 92, w.until.year - 61))


def background(w: World, pensioners: int, deaths: int) -> None:
    """``deaths`` of the pensioners died, half of them within the covered months; others who died drew nothing."""
    first, last = months(w)[0], w.until
    for i in range(pensioners):
        person = pensioner(w)
        kind = w.pick(KINDS)
        amount = w.among(1800, 5200) if kind.startswith("企业") else w.among(220, 640)
        if i < deaths * 3 // 5:
            died = w.day(first, last)
            death(w, person, died)
            pay(w, person, kind, amount, until=add_months(died.replace(day=1), 1 if w.chance(0.3) else 0))
        else:
            pay(w, person, kind, amount)
    for _ in range(deaths - deaths * 3 // 5):
        death(w, w.person(None, (1930, 1995)), w.day(dt.date(2019, 1, 1), last))

"""The ordinary business of a province: which documents, in what shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import bank, crime_ordinary, enforcement, everyday, loan, orders, traffic
from jianwei.sandbox.institutions import bank as bank_of
from jianwei.sandbox.tables import office_cases, pensions, work
from jianwei.sandbox.world import FIRST_YEAR, Agent, World

Write = Callable[[World], str]

SHARES: tuple[tuple[int, Write], ...] = (
    (20, loan.ordinary),
    (10, everyday.sale),
    (5, everyday.wages),
    (6, everyday.divorce),
    (7, traffic.ordinary),
    (3, orders.ordinary_order),
    (12, enforcement.ordinary),
    (3, orders.administrative_review),
    (1, orders.administrative_suit),
    (20, crime_ordinary.ordinary),
)
_DRAW: tuple[Write, ...] = tuple(write for share, write in SHARES for _ in range(share))
_BULK = 0.13
"""The share of documents that bulk plaintiffs file: banks and property managers."""


def _card_work(w: World, court: Court, count: int) -> None:
    lender, agent = bank_of(w.seed, court), w.lawyer(court)
    start = w.day(dt.date(FIRST_YEAR, 1, 2), w.past(18))
    for _ in range(count):
        filed = w.day(start, dt.date.fromordinal(start.toordinal() + 300))
        if w.chance(0.7):
            bank.credit_card(w, lender, court, agent, filed)
        else:
            bank.bank_loan(w, lender, court, agent, filed)


def _manager_work(w: World, court: Court, count: int) -> None:
    manager: Company = w.company(court, trade="物业服务", listed=True)
    agent = w.lawyer(court) if w.chance(0.5) else Agent(w.bench(court).assessors[1], "员工")
    start = w.day(dt.date(FIRST_YEAR, 1, 2), w.past(18))
    for _ in range(count):
        everyday.property_fee(w, manager, court, agent, w.day(start, dt.date.fromordinal(start.toordinal() + 240)))


def documents(w: World, count: int) -> None:
    """Writes ``count`` ordinary documents."""
    last = w.documents + count
    bulk = w.documents + int(count * _BULK)
    while w.documents < bulk:
        size = min(w.among(8, 26), bulk - w.documents)
        (_card_work if w.chance(0.62) else _manager_work)(w, w.court(), size)
    draw = _DRAW
    while w.documents < last:
        w.pick(draw)(w)


def tables(w: World, scale: float) -> None:
    """The tables beside, for a shard of ``scale`` times the usual size."""
    pensions.background(w, round(1000 * scale), round(240 * scale))
    office_cases.background(w, round(400 * scale))
    work.background(w, scale)

"""M02 职业放贷人: the counts of 浙江 (浙高法〔2018〕192号), met or just missed."""

from __future__ import annotations

import datetime as dt

from jianwei.sandbox.chinese import add_months, days
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import enforcement
from jianwei.sandbox.documents.appeal import loan_appeal
from jianwei.sandbox.documents.bank import bank_loan
from jianwei.sandbox.documents.loan import Loan, write_loan
from jianwei.sandbox.documents.suit import Side
from jianwei.sandbox.institutions import small_loan
from jianwei.sandbox.people import Person
from jianwei.sandbox.tables.work import marriage
from jianwei.sandbox.world import World

MODEL = "civil.professional_lender"


def plant(w: World, scale: float) -> None:
    kinds = (_ten_in_a_year, _twenty_in_three_years, _with_spouse, _a_million_in_a_year)
    decoys = ((_nine_small_ones, _namesakes, _one_dispute_thrice), (_over_five_years, _between_companies, _licensed))
    for i in range(max(1, round(2 * scale))):
        kinds[(2 * w.shard + i) % 4](w)
        for decoy in decoys[(w.shard + i) % 2]:
            decoy(w)


def _year(w: World, span: int = 1) -> int:
    """A calendar year that, with the next ``span − 1``, lies wholly before the last half-year."""
    return w.among(2019, w.until.year - span - 1)


def suit(w: World, court: Court, lender: Person, filed: dt.date, principal: int, came: bool = True) -> str:
    """An unremarkable loan suit: transfer, its own note, agents now and then, the debtor mostly there."""
    absent = w.chance(0.25)
    return write_loan(w, Loan(
        lender=Side(lender, [w.lawyer(court)] if w.chance(0.4) else [], False, came), borrowers=[Side(w.person(court), [], absent, True, "借款属实，请求减免利息。")], court=court, filed_on=filed, principal=principal,
        loaned_on=add_months(filed, -w.among(5, 30)), rate=w.pick(("月利率1.5%", "月利率2%", "月利率1%")), end=w.pick(("判决", "判决", "调解")), took_days=w.among(25, 80), rich=True,
    ))


def spread(w: World, court: Court, lender: Person, first: dt.date, last: dt.date, count: int, sum_of: tuple[int, int]) -> list[str]:
    step = (last - first).days / count
    return [suit(w, court, lender, days(first, int(n * step) + w.among(0, max(0, int(step) - 1))), w.among(*sum_of) * 1000) for n in range(count)]


def _found(w: World, variant: str, subject: str, keys: list[str], why: str, court: Court) -> None:
    w.truth(MODEL, "anomaly", variant, subject, keys, f"{court.name}：{why}")


def _decoy(w: World, variant: str, subject: str, keys: list[str], why: str) -> None:
    w.truth(MODEL, "decoy", variant, subject, keys, why)


def _ten_in_a_year(w: World) -> None:
    court, year = w.court(), _year(w)
    lender, count = w.person(court, (1960, 1988)), w.among(11, 14)
    keys = spread(w, court, lender, dt.date(year, 1, 8), dt.date(year, 12, 15), count, (20, 90))
    _found(w, "同一年度十件以上", lender.name, keys, f"{year}年{count}件", court)


def _twenty_in_three_years(w: World) -> None:
    court, year, keys = w.court(), _year(w, 3), []
    lender = w.person(court, (1960, 1988))
    for y in range(3):
        keys += spread(w, court, lender, dt.date(year + y, 1, 8), dt.date(year + y, 12, 15), 8, (10, 16))
    _found(w, "连续三年二十件以上", lender.name, keys, f"{year}至{year + 2}年共{len(keys)}件，每年均不足十件", court)


def _with_spouse(w: World) -> None:
    court, year = w.court(), _year(w)
    man, woman = w.person(court, (1965, 1985), True), w.person(court, (1965, 1985), False)
    marriage(w, man, woman, dt.date(2008, 5, 6))
    first, last = dt.date(year, 1, 8), dt.date(year, 12, 15)
    keys = spread(w, court, man, first, last, 7, (8, 13)) + spread(w, court, woman, first, last, 7, (8, 13))
    _found(w, "夫妻分别起诉", f"{man.name}、{woman.name}", keys, f"{year}年夫妻各7件，合计14件", court)


def _a_million_in_a_year(w: World) -> None:
    court, year = w.court(), _year(w)
    lender = w.person(court, (1960, 1985))
    keys = spread(w, court, lender, dt.date(year, 1, 8), dt.date(year, 12, 15), 6, (250, 480))
    _found(w, "同一年度五件以上且百万元以上", lender.name, keys, f"{year}年6件，合计超过一百万元", court)


def _nine_small_ones(w: World) -> None:
    court, year = w.court(), _year(w)
    lender = w.person(court, (1958, 1980))
    keys = spread(w, court, lender, dt.date(year, 1, 8), dt.date(year, 12, 15), 9, (5, 10))
    _decoy(w, "差一件且金额小", lender.name, keys, f"{year}年九件，合计不足一百万元")


def _namesakes(w: World) -> None:
    court, year, keys = w.court(), _year(w), []
    one, other = w.person(court, (1958, 1968)), w.person(court, (1980, 1990))
    other.name = one.name
    for lender in (one, other):
        keys += spread(w, court, lender, dt.date(year, 1, 8), dt.date(year, 12, 15), 6, (5, 15))
    _decoy(w, "同名异人", one.name, keys, "同一法院两名同名原告各六件，出生日期不同")


def _over_five_years(w: World) -> None:
    court, year, keys = w.court(), w.among(2019, w.until.year - 6), []
    lender = w.person(court, (1958, 1980))
    for y in range(5):
        keys += spread(w, court, lender, dt.date(year + y, 1, 8), dt.date(year + y, 12, 15), 4, (5, 20))
    _decoy(w, "五年间零星起诉", lender.name, keys, "每年四件，任意三年不足二十件")


def _one_dispute_thrice(w: World) -> None:
    court, year, keys = w.court(), _year(w), []
    lender = w.person(court, (1958, 1980))
    for n in range(4):
        filed = dt.date(year, 1 + n, 9)
        borrower, principal = w.person(court), w.among(5, 15) * 1000
        first = write_loan(w, Loan(Side(lender), [Side(borrower, [], False, True, "借款已部分归还。")], court, filed, principal, add_months(filed, -14), rich=True, took_days=40))
        keys.append(first)
        keys.append(loan_appeal(w, court, lender, borrower, principal, first, dt.date(year, 5 + n, 3)))
        case = enforcement.Enforcement(court, lender, borrower, principal, dt.date(year, 9 + n // 2, 6), first, closed_on=dt.date(year, 12, 20), close_mode="终结本次执行程序")
        keys.append(enforcement.record(w, case))
        enforcement.ruling(w, case, rich=True)
    _decoy(w, "一件纠纷的一审二审执行", lender.name, keys, "四件纠纷，各有一审、二审、执行案号")


def _between_companies(w: World) -> None:
    court, year, keys = w.court(), _year(w), []
    lender = w.company(court, listed=True)
    for n in range(5):
        filed = days(dt.date(year, 1, 12), n * 60)
        keys.append(write_loan(w, Loan(Side(lender, [w.lawyer(court)]), [Side(w.company(court), [], False, True, "系企业间临时拆借，正在筹款。")], court, filed, w.among(40, 90) * 10000, add_months(filed, -9), rich=True, rate="年利率6%", took_days=60)))
    _decoy(w, "企业间临时拆借", lender.name, keys, "企业之间为生产经营临时拆借资金（民间借贷规定第十条有效）")


def _licensed(w: World) -> None:
    court, year = w.court(), _year(w)
    lender, agent = small_loan(w.seed, court.city), w.lawyer(court)
    keys = [bank_loan(w, lender, court, agent, days(dt.date(year, 1, 8), n * 25), principal=w.among(5, 30) * 10000, rich=True, cause="民间借贷纠纷" if n % 3 == 0 else "借款合同纠纷") for n in range(13)]
    _decoy(w, "持牌小额贷款公司", lender.name, keys, "在持牌放贷机构名单内")

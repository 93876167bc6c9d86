"""M07 公证债权文书: one creditor with many deeds, or one debtor with many deeds shortly before a distribution."""

from __future__ import annotations

import datetime as dt

from jianwei.sandbox.chinese import add_months, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import enforcement
from jianwei.sandbox.institutions import bank, small_loan
from jianwei.sandbox.people import Person
from jianwei.sandbox.plants.m04_sham_wage_claims import seized_and_sold
from jianwei.sandbox.tables.work import notary_row
from jianwei.sandbox.world import World

MODEL = "civil.notarised_debts"
Party = Person | Company


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(scale))):
        (_many_creditors, _one_creditor)[(w.shard + i) % 2](w)
        for decoy in (_bank, _fresh_loans, _long_ago, _small_loan):
            decoy(w)


def enforce(
    w: World, court: Court, creditor: Party, debtor: Party, yuan: int, filed: dt.date, deed: str, rich: bool = False
) -> None:
    case = enforcement.Enforcement(court, creditor, debtor, yuan, filed, deed, "公证", "公证债权文书")
    enforcement.record(w, case)
    if rich:
        enforcement.ruling(w, case, freeze=True, rich=True)


def _many_creditors(w: World) -> None:
    court = w.court()
    owner = w.company(court, listed=True)
    announced = w.day(dt.date(2019, 9, 1), w.past(14))
    distributed = add_months(announced, 7)
    seized_and_sold(w, court, owner, announced, w.among(500, 1500) * 10000, distributed)
    clerk, keys = w.pick(w.bench(court).clerks) if w.chance(0.5) else None, []
    first = days(distributed, -w.among(40, 70))
    count = w.among(4, 6)
    for n in range(count):
        creditor = w.person(court, (1960, 1985))
        deed = days(first, n * 2)
        yuan = w.among(20, 90) * 50000
        loaned = add_months(deed, -12 * w.among(3, 6) - n)
        certified = days(deed, w.among(2, 9))
        no = notary_row(w, court, creditor, owner, yuan, loaned, deed, certified, clerk)
        enforce(w, court, creditor, owner, yuan, days(certified, w.among(1, 6)), no, rich=n == 0)
        keys.append(no)
    w.truth(
        MODEL,
        "anomaly",
        "一债务人多份公证赶在分配前",
        owner.name,
        [owner.name, *keys],
        f"财产拍卖后、分配前，{count}名债权人就多年前的借款集中公证、即时取得执行证书",
    )


def _one_creditor(w: World) -> None:
    court = w.court()
    creditor, clerk = w.person(court, (1960, 1985)), w.pick(w.bench(court).clerks)
    first = w.day(dt.date(2019, 9, 1), w.past(14))
    count, keys = w.among(5, 8), []
    for n in range(count):
        debtor = w.company(court, listed=True) if n % 2 else w.person(court)
        if n < 3:  # already being enforced against when the deed is made
            other = enforcement.Enforcement(
                court,
                w.person(court),
                debtor,
                w.among(30, 200) * 10000,
                add_months(first, -5),
                f"（{first.year}）{court.code}民初{w.among(1, 9000)}号",
            )
            enforcement.record(w, other)
        deed = days(first, n * 8)
        yuan = w.among(10, 60) * 50000
        certified = days(deed, w.among(3, 15))
        no = notary_row(w, court, creditor, debtor, yuan, add_months(deed, -w.among(40, 90)), deed, certified, clerk)
        enforce(w, court, creditor, debtor, yuan, days(certified, 4), no)
        keys.append(no)
    w.truth(
        MODEL,
        "anomaly",
        "一债权人短期多份旧债公证",
        creditor.name,
        [creditor.name, *keys],
        f"两月内{count}份，公证的是三年以上旧债，债务人多已被执行，数日内取得执行证书",
    )


def _decoy(w: World, variant: str, subject: str, keys: list[str], why: str) -> None:
    w.truth(MODEL, "decoy", variant, subject, [subject, *keys], why)


def _licensed_deeds(w: World, creditor: Company, court: Court, count: int) -> list[str]:
    first, keys = w.day(dt.date(2019, 9, 1), w.past(14)), []
    for n in range(count):
        debtor = w.person(court)
        deed = days(first, n * 9)
        certified = days(deed, w.among(10, 28))
        no = notary_row(
            w, court, creditor, debtor, w.among(10, 200) * 10000, days(deed, -w.among(0, 5)), deed, certified
        )
        enforce(w, court, creditor, debtor, w.among(10, 200) * 10000, days(certified, 20), no)
        keys.append(no)
    return keys


def _bank(w: World) -> None:
    court = w.court()
    lender = bank(w.seed, court)
    _decoy(w, "银行赋强公证", lender.name, _licensed_deeds(w, lender, court, 8), "持牌银行的赋强公证业务，天然批量")


def _small_loan(w: World) -> None:
    court = w.court()
    lender = small_loan(w.seed, court.city)
    _decoy(w, "小额贷款公司赋强公证", lender.name, _licensed_deeds(w, lender, court, 5), "在持牌放贷机构名单内")


def _fresh_loans(w: World) -> None:
    """A private lender whose loans are notarised when they are made and certified long after they fell due."""
    court, keys = w.court(), []
    creditor = w.person(court, (1958, 1980))
    first = w.day(dt.date(2019, 9, 1), w.past(20))
    for n in range(4):
        debtor, deed = w.person(court), days(first, n * 20)
        certified = add_months(deed, w.among(12, 14)) if n < 2 else None
        yuan = w.among(10, 50) * 10000
        no = notary_row(w, court, creditor, debtor, yuan, deed, deed, certified)
        if certified:
            enforce(w, court, creditor, debtor, yuan, days(certified, 10), no)
        keys.append(no)
    _decoy(
        w,
        "放款当时即公证的真实借款",
        creditor.name,
        keys,
        "公证与放款同日，一年后到期未还才申请执行证书，债务人并无他案",
    )


def _long_ago(w: World) -> None:
    """A debtor with several deeds, all years before anybody enforced anything."""
    court, keys = w.court(), []
    owner = w.company(court, listed=True)
    announced = w.day(dt.date(2022, 9, 1), w.past(14))
    seized_and_sold(w, court, owner, announced, w.among(500, 1500) * 10000)
    for n in range(4):
        deed = add_months(announced, -50 - 5 * n)
        keys.append(notary_row(w, court, w.person(court), owner, w.among(20, 90) * 10000, days(deed, -2), deed, None))
    _decoy(w, "多年前正常融资时的公证", owner.name, keys, "四份公证均在执行开始三年以前，与放款同时，未申请执行证书")

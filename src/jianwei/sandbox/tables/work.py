"""劳动仲裁, 参保, 用电, 从业人员, 证照, 公证, 婚姻, 亲属: the background of what agencies know of work and family."""

from __future__ import annotations

import datetime as dt

from jianwei.records import (
    ArbitrationCase,
    Kinship,
    Licence,
    LicensedLender,
    Marriage,
    NotarisedDebt,
    OperatingMonth,
    SocialInsurance,
    Staff,
)
from jianwei.sandbox.chinese import add_months, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.institutions import bank, licensed
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import Agent, World


def arbitration_no(w: World, court: Court, on: dt.date, run: int = 1) -> list[str]:
    first = w._next(court, on.year, "仲", run)
    place = (court.county or court.city).rstrip("区县市")
    return [f"{place}劳人仲案〔{on.year}〕{(n // 64 * w.shards + w.shard) * 64 + n % 64}号" for n in range(first, first + run)]


def arbitration(w: World, court: Court, worker: Person, employer: Company, filed: dt.date, closed: dt.date, no: str, **values: object) -> None:
    w.row(ArbitrationCase, **({
        "arb_no": no, "org": f"{court.county or court.city}劳动人事争议仲裁委员会", "arbitrator": w.pick(w.bench(court).assessors), "filed_on": filed, "closed_on": closed, "worker": worker.name,
        "worker_idno": worker.idno, "worker_addr": worker.addr, "employer": employer.name, "employer_code": employer.uscc, "claim_type": "劳动报酬",
    } | values))


def insured(w: World, person: Person, company: Company, since: dt.date, until: dt.date | None = None) -> None:
    w.row(SocialInsurance, person_name=person.name, person_idno=person.idno, company_name=company.name, uscc=company.uscc, from_on=since, to_on=until, base_fen=w.among(40, 90) * 10000, insure_type="企业职工养老保险")


def power(w: World, company: Company, first: dt.date, last: dt.date, stopped: dt.date | None = None) -> None:
    """Monthly electricity in kWh; nought since ``stopped``."""
    month, usual = first.replace(day=1), w.among(30, 400) * 100
    while month <= last:
        w.row(OperatingMonth, uscc=company.uscc, name=company.name, month=month, kind="用电量", quantity=0.0 if stopped and month >= stopped else float(usual + w.among(-900, 900)))
        month = add_months(month, 1)


def lawful_arbitration(w: World) -> None:
    """One to three workers against an employer that runs, with sums as they come."""
    court = w.court()
    employer = w.company(court, listed=True)
    filed = w.day(dt.date(w.until.year - 3, 1, 4), w.past(4))
    count = w.among(1, 3)
    for no in arbitration_no(w, court, filed, count):
        worker = w.person(court)
        months, wage = w.among(1, 9), w.among(3800, 9600)
        claim = months * wage + w.among(1, 999)
        mediated = w.chance(0.45)
        closed = w.after(filed, 12, 44)
        insured(w, worker, employer, add_months(filed, -w.among(12, 40)), filed)
        to = add_months(filed, -1).replace(day=1)
        lawyer = w.lawyer(court) if w.chance(0.3) else None
        arbitration(w, court, worker, employer, filed, closed, no, mode="调解" if mediated else "裁决", claim_fen=claim * 100, amount_fen=(claim if w.chance(0.4) else claim * w.among(60, 95) // 100) * 100,
                    wage_fen=wage * 100, claim_from=add_months(to, -months), claim_to=days(to, -1), admitted=w.chance(0.3), agent=lawyer.name if lawyer else None, agent_kind="律师" if lawyer else None,
                    agent_firm=lawyer.firm if lawyer else None)
    if w.chance(0.5):
        power(w, employer, add_months(filed, -12), filed)


def notary_row(w: World, court: Court, creditor: Person | Company, debtor: Person | Company, yuan: int, loaned: dt.date, deed: dt.date, certified: dt.date | None, notary: str | None = None) -> str:
    number = w._next(court, deed.year, "证", 1)
    no = f"（{deed.year}）浙{court.old}证民字第{(number // 64 * w.shards + w.shard) * 64 + number % 64 + 1}号"
    w.row(NotarisedDebt, deed_no=no, org=f"浙江省{court.county or court.city}公证处", notary=notary or w.pick(w.bench(court).clerks), deed_on=deed, debtor=debtor.name, debtor_idno=debtor.idno,
          creditor=creditor.name, creditor_idno=creditor.idno, amount_fen=yuan * 100, loaned_on=loaned, certified_on=certified)
    return no


def notarised_loan(w: World) -> None:
    """A fresh loan notarised when it is made; seldom certified, and then long after."""
    court = w.court()
    deed = w.day(dt.date(w.until.year - 6, 1, 5), w.past(3))
    creditor: Person | Company = bank(w.seed, court) if w.chance(0.7) else w.person(court)
    certified = add_months(deed, w.among(7, 24)) if w.chance(0.2) else None
    notary_row(w, court, creditor, w.person(court), w.among(10, 200) * 10000, days(deed, w.among(0, 4)), deed, certified if certified and certified <= w.until else None)


POSTS = (("小学", "教师"), ("中学", "教师"), ("幼儿园", "保育员"), ("小学", "保安"), ("培训学校", "教练"), ("中学", "宿管"))
LICENCES = (("网络预约出租汽车驾驶员证", "营运"), ("出租汽车驾驶员证", "营运"), ("教师资格证", "教师"), ("律师执业证", "律师"), ("医师执业证", "医师"), ("导游证", "导游"), ("保安员证", "保安"), ("食品从业人员健康证明", "食品"), ("会计专业技术资格证", "会计"))


def staff(w: World, person: Person, court: Court, hired: dt.date, left: dt.date | None = None, post: tuple[str, str] | None = None, contact: bool = True) -> str:
    school, job = post or w.pick(POSTS)
    employer = f"{(court.county or court.city)}{w.pick(('实验', '城东', '城西', '明德', '育才', '新城', '江滨'))}{school}"
    w.row(Staff, name=person.name, idno=person.idno, born_on=person.born_on, employer=employer, post=job, hired_on=hired, left_on=left, minors_contact=contact, region=court.region, as_of_on=w.until)
    return employer


def licence(w: World, person: Person, kind: str, issued: dt.date, status: str = "有效", revoked: dt.date | None = None, idno: str | None = None) -> str:
    no = f"{person.region}{issued.year}{w.among(100000, 999999)}"
    w.row(Licence, name=person.name, idno=idno or person.idno, kind=kind, no=no, issued_on=issued, expires_on=dt.date(w.until.year + 3, issued.month, min(issued.day, 28)), status=status, revoked_on=revoked, region=person.region, as_of_on=w.until)
    return no


def marriage(w: World, one: Person, other: Person, on: dt.date, status: str = "已登记") -> None:
    man, woman = (one, other) if one.male else (other, one)
    w.row(Marriage, reg_no=f"J{one.region}-{on.year}-{w.among(1, 999999):06d}", a_name=man.name, a_idno=man.idno, b_name=woman.name, b_idno=woman.idno, registered_on=on, status=status)


def kin(w: World, one: Person, other: Person, relation: str) -> None:
    w.row(Kinship, a_name=one.name, a_idno=one.idno, b_name=other.name, b_idno=other.idno, relation=relation)


def background(w: World, scale: float) -> None:
    """``scale`` is 1 for a full shard."""
    for _ in range(round(60 * scale)):
        lawful_arbitration(w)
    for _ in range(round(80 * scale)):
        notarised_loan(w)
    for _ in range(round(250 * scale)):
        court = w.court()
        person = w.person(court, (1964, 2001))
        hired = dt.date(max(person.born_on.year + 22, 1992 + w.among(0, 28)), 9, 1)
        staff(w, person, court, hired, dt.date(min(hired.year + w.among(1, 9), w.until.year), 6, 30) if w.chance(0.1) else None)
    for _ in range(round(250 * scale)):
        person = w.person(None, (1964, 2000))
        # now and then the clerk mistypes the check digit, which the platform is to report
        wrong = person.idno[:17] + str((int(person.idno[16]) + 3) % 10) if w.chance(0.006) else None
        licence(w, person, w.pick(LICENCES)[0], w.day(dt.date(2012, 1, 1), w.past(2)), idno=wrong if wrong and wrong != person.idno else None)
    for _ in range(round(80 * scale)):
        court = w.court()
        man, woman = w.person(court, (1960, 1996), True), w.person(court, (1960, 1996), False)
        marriage(w, man, woman, w.day(dt.date(2000, 1, 1), w.past(12)))
        kin(w, man, w.person(court, (1960, 1996)), w.pick(("兄弟", "姐弟", "父子")))
    for _ in range(round(60 * scale)):
        w.company(listed=True)
    if w.shard == 0:
        for lender, kind in licensed(w.seed):
            w.row(LicensedLender, uscc=lender.uscc, name=lender.name, kind=kind, from_on=lender.founded_on, to_on=None)
            w.register(lender)


__all__ = ["Agent", "background"]

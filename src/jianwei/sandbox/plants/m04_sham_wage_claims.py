"""M04 劳动仲裁虚假工资: a debtor's plant is sold, and workers nobody insured ask for wages of months when nothing ran."""

from __future__ import annotations

import datetime as dt

from jianwei.records import Auction, Seizure
from jianwei.sandbox.chinese import add_months, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import enforcement
from jianwei.sandbox.institutions import bank
from jianwei.sandbox.people import Person
from jianwei.sandbox.tables.work import arbitration, arbitration_no, insured, kin, power
from jianwei.sandbox.world import Agent, World

MODEL = "civil.sham_wage_claims"


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(scale))):
        _sham(w, i)
        for decoy in (_real_arrears, _seasonal, _building_site):
            decoy(w)


def seized_and_sold(w: World, court: Court, owner: Company, announced: dt.date, yuan: int, distributed: dt.date | None = None) -> str:
    """The owner is a debtor whose plant was seized and is auctioned; returns the enforcement number."""
    filed = add_months(announced, -7)
    case = enforcement.Enforcement(court, bank(w.seed, court), owner, yuan, filed, f"（{filed.year}）{court.code}民初{w.among(1, 9000)}号", cause="金融借款合同纠纷")
    no = enforcement.record(w, case)
    enforcement.ruling(w, case, freeze=True, rich=True)
    asset = f"{court.region}-{filed.year}-{w.among(1000, 9999)}"
    worth = yuan * w.among(60, 90) // 100
    appraised = days(announced, -w.among(12, 24))
    w.row(Seizure, enf_no=no, asset_id=asset, asset_type="不动产", appraised_fen=worth * 100, seized_on=days(filed, 20), expires_on=add_months(filed, 36), appraised_on=appraised, rank="首封", mortgage_fen=yuan * 60)
    started = days(announced, 31)
    w.row(Auction, asset_id=asset, enf_no=no, owner=owner.name, owner_idno=owner.uscc, asset=f"{owner.name}名下厂房及土地使用权", round="一拍", start_fen=worth * 75, appraised_fen=worth * 100, deposit_fen=worth * 8,
          announced_on=announced, started_on=started, deal_fen=worth * 82, dealt_on=days(started, 1), distributed_on=distributed or add_months(announced, 5), lease_claim=False, tax_bearer="各自承担")
    return no


def _sham(w: World, i: int) -> None:
    court = w.court()
    employer = w.company(court, trade="针织", listed=True)
    announced = w.day(dt.date(2019, 8, 1), w.past(12))
    stopped = add_months(announced, -w.among(20, 30)).replace(day=1)
    enf_no = seized_and_sold(w, court, employer, announced, w.among(400, 1500) * 10000)
    power(w, employer, add_months(stopped, -12), announced, stopped)
    clerk: Person = w.person(court, (1970, 1988))
    agent = Agent(clerk.name, "公民代理" if i % 2 else "员工", person=clerk)
    filed = days(announced, w.among(20, 75))
    closed = days(filed, w.among(1, 5))
    count = w.among(9, 16)
    claim_from, claim_to = add_months(stopped, w.among(2, 5)), add_months(announced, -1).replace(day=1)
    months = (claim_to.year - claim_from.year) * 12 + claim_to.month - claim_from.month
    numbers = arbitration_no(w, court, filed, count)
    wage = w.pick((4000, 5000, 6000))
    # no sham shows every sign: kinship, other insurance, even sums and a shared address each come and go
    related, elsewhere, even, shared = w.chance(0.4), w.chance(0.5), w.chance(0.6), w.chance(0.5)
    for n, no in enumerate(numbers):
        worker = w.person(court, (1958, 1992))
        claim = (wage * months if n % 3 else (wage + 1000) * months) if even else w.among(38, 64) * 100 * months + w.among(1, 900)
        if related and n < 2 and employer.head is not None:
            kin(w, employer.head, worker, w.pick(("兄弟姐妹", "父子", "表亲")))
        if elsewhere and n % 4 == 3:  # insured elsewhere in the very months claimed
            insured(w, worker, w.company(court), add_months(claim_from, -12), add_months(claim_to, 6))
        arbitration(w, court, worker, employer, filed, closed, no, mode="调解", claim_fen=claim * 100, amount_fen=claim * 100, wage_fen=(claim // months) * 100, claim_from=claim_from, claim_to=days(claim_to, -1),
                    admitted=True, agent=agent.name, agent_kind=agent.kind, agent_addr=employer.addr if shared else clerk.addr)
        case = enforcement.Enforcement(court, worker, employer, claim, days(closed, w.among(5, 12)), no, "仲裁", "劳动争议")
        enforcement.record(w, case)
    w.truth(MODEL, "anomaly", "拍卖前后集中虚假讨薪", employer.name, [employer.name, *numbers], f"厂房拍卖（{enf_no}）公告后{count}人同日申请、数日内全部调解，主张停产期间工资，同一代理人")


def _workers(w: World, court: Court, employer: Company, filed: dt.date, count: int, insure: bool, agent: Agent | None, took: tuple[int, int], share_mediated: float, admitted: float, to: dt.date) -> list[str]:
    numbers = arbitration_no(w, court, filed, count)
    for no in numbers:
        worker = w.person(court, (1960, 2000))
        months, wage = w.among(2, 5), w.among(3600, 8900)
        claim = months * wage + w.among(1, 989)
        if insure:
            insured(w, worker, employer, add_months(filed, -w.among(14, 60)), filed)
        closed = w.after(filed, *took)
        arbitration(w, court, worker, employer, filed, closed, no, mode="调解" if w.chance(share_mediated) else "裁决", claim_fen=claim * 100, amount_fen=(claim if w.chance(0.4) else claim * w.among(70, 96) // 100) * 100, wage_fen=wage * 100,
                    claim_from=add_months(to, -months), claim_to=days(to, -1), admitted=w.chance(admitted), agent=agent.name if agent else None, agent_kind=agent.kind if agent else None, agent_firm=agent.firm if agent else None)
    return numbers


def _decoy(w: World, variant: str, employer: Company, numbers: list[str], why: str) -> None:
    w.truth(MODEL, "decoy", variant, employer.name, [employer.name, *numbers], why)


def _real_arrears(w: World) -> None:
    """The plant really ran until it was seized; forty people really are owed, and one legal-aid lawyer helps them."""
    court = w.court()
    employer = w.company(court, trade="服饰", listed=True)
    announced = w.day(dt.date(2019, 8, 1), w.past(12))
    seized_and_sold(w, court, employer, announced, w.among(400, 1500) * 10000)
    filed = days(announced, w.among(10, 60))
    to = add_months(announced, -1).replace(day=1)
    power(w, employer, add_months(announced, -24), announced, to)
    aid = Agent(w.lawyer(court).name, "律师", f"{court.county}法律援助中心")
    numbers = _workers(w, court, employer, filed, w.among(12, 20), True, aid, (3, 7), 0.9, 0.8, to)
    _decoy(w, "法律援助律师代理的真实集体欠薪", employer, numbers, "主张期间正常用电、均有参保，金额各异，由法律援助律师代理后快速调解")


def _seasonal(w: World) -> None:
    """Seasonal workers whom nobody insured, at a works that ran all through."""
    court = w.court()
    employer = w.company(court, trade="食品", listed=True)
    announced = w.day(dt.date(2019, 8, 1), w.past(12))
    seized_and_sold(w, court, employer, announced, w.among(300, 900) * 10000)
    filed = days(announced, w.among(5, 40))
    power(w, employer, add_months(announced, -24), filed)
    numbers = _workers(w, court, employer, filed, w.among(8, 12), False, None, (9, 30), 0.5, 0.4, add_months(announced, -1).replace(day=1))
    _decoy(w, "未参保的季节工", employer, numbers, "季节性用工未参保，但主张期间一直生产，金额各异，部分裁决")


def _building_site(w: World) -> None:
    """A crew that settles quickly with a contractor who owes nobody else."""
    court = w.court()
    employer = w.company(court, trade="建筑工程", listed=True)
    filed = w.day(dt.date(2019, 8, 1), w.past(8))
    power(w, employer, add_months(filed, -14), filed)
    numbers = _workers(w, court, employer, filed, w.among(9, 15), True, Agent(w.lawyer(court).name, "律师", f"{court.county}法律援助中心"), (2, 6), 1.0, 1.0, add_months(filed, -1).replace(day=1))
    _decoy(w, "无执行、无拍卖的集体调解", employer, numbers, "施工班组集体讨薪快速调解，单位并非被执行人")

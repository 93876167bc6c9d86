"""检例第55号: thirteen people ask 41.47万元 of wages for months in which the plant stood still, two months after it was auctioned."""

from __future__ import annotations

import datetime as dt

from jianwei.records import Auction, Seizure
from jianwei.sandbox import courts
from jianwei.sandbox.chinese import days
from jianwei.sandbox.documents import enforcement
from jianwei.sandbox.institutions import bank
from jianwei.sandbox.tables.work import arbitration, arbitration_no, insured, kin, power
from jianwei.sandbox.world import Agent, World

WAGES = (31_500,) * 12 + (36_700,)
"""Yuan; together 414,700."""


def write(w: World) -> None:
    court = courts.by_region()["331125"]
    employer = w.company(court, (2005, 2008))
    employer.name = "云和县岭峰工贸有限公司"
    w.register(employer, industry="木材加工业")
    no = "（2016）浙1125执682号"
    case = enforcement.Enforcement(court, bank(w.seed, court), employer, 5_200_000, dt.date(2016, 8, 15), "（2015）丽云商初字第266号", cause="金融借款合同纠纷", enf_no=no)
    enforcement.record(w, case)
    enforcement.ruling(w, case, freeze=True, rich=True)
    w.row(Seizure, enf_no=no, asset_id="3311252016-0031", asset_type="不动产", appraised_fen=450_000_000, seized_on=dt.date(2016, 9, 1), expires_on=dt.date(2019, 8, 31), appraised_on=dt.date(2017, 3, 20), rank="首封", mortgage_fen=300_000_000)
    w.row(Auction, asset_id="3311252016-0031", enf_no=no, owner=employer.name, owner_idno=employer.uscc, asset="厂房及土地使用权", round="一拍", start_fen=315_000_000, appraised_fen=450_000_000, deposit_fen=40_000_000,
          announced_on=dt.date(2017, 4, 7), started_on=dt.date(2017, 5, 8), deal_fen=340_000_000, dealt_on=dt.date(2017, 5, 9), distributed_on=dt.date(2017, 8, 25), lease_claim=False, tax_bearer="各自承担")
    power(w, employer, dt.date(2013, 1, 1), dt.date(2017, 5, 1), stopped=dt.date(2014, 7, 1))
    agent_person = w.person(court, (1968, 1978), True)
    agent = Agent(agent_person.name, "公民代理", person=agent_person)
    filed, closed = dt.date(2017, 7, 10), dt.date(2017, 7, 14)
    numbers = arbitration_no(w, court, filed, len(WAGES))
    for n, (arb_no, yuan) in enumerate(zip(numbers, WAGES, strict=True)):
        worker = w.person(court, (1960, 1985))
        if n < 5:  # they live with the agent
            worker.street = agent_person.street
        if n in (1, 5, 6, 9) and employer.head is not None:
            kin(w, employer.head, worker, "兄弟姐妹")
        if n in (3, 8, 11):
            insured(w, worker, w.company(court), dt.date(2014, 9, 1), dt.date(2017, 6, 30))
        arbitration(w, court, worker, employer, filed, closed, arb_no, mode="调解", claim_fen=yuan * 100, amount_fen=yuan * 100, wage_fen=yuan * 100 // 14, claim_from=dt.date(2015, 11, 1), claim_to=dt.date(2016, 12, 31),
                    admitted=True, agent=agent.name, agent_kind=agent.kind, agent_addr=agent_person.addr)
        follow = enforcement.Enforcement(court, worker, employer, yuan, days(closed, 7), arb_no, "仲裁", "劳动争议", enf_no=f"（2017）浙1125执{901 + n}号")
        enforcement.record(w, follow)
    w.truth("civil.sham_wage_claims", "guiding", "劳动仲裁调解优先受偿", employer.name, [employer.name, *numbers], "2014年已停产，13人却主张2015年11月至2016年12月工资41.47万元；厂房2017年5月拍卖得款340万元，两月后集中仲裁调解；代理人与多名申请人同址", "检例第55号")

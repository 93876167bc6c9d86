"""M01 民间借贷批量原告."""

from __future__ import annotations

import datetime as dt

from jianwei.sandbox.chinese import add_months, days
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents.bank import bank_loan, credit_card
from jianwei.sandbox.documents.loan import Loan, write_loan
from jianwei.sandbox.documents.suit import Side
from jianwei.sandbox.institutions import bank, debt_manager, small_loan
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import FIRST_YEAR, Agent, World

MODEL = "civil.bulk_lending"
M02 = "civil.professional_lender"


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(2 * scale))):
        sham_series(w, i)
        for decoy in ((_bank, _real_merchant, _namesakes), (_small_loan, _debt_manager, _one_group_loan))[(w.shard + i) % 2]:
            decoy(w)


def opening(w: World, months: int) -> dt.date:
    """A first day that leaves ``months`` before the end."""
    return w.day(dt.date(FIRST_YEAR, 1, 5), w.past(months + 6))


def sham_series(w: World, i: int) -> None:
    """One lender, one agent, one printed note, cash, young and absent debtors, withdrawals as soon as something is paid."""
    court = w.court()
    lender, friend = w.person(court, (1970, 1990), True), w.person(court, (1965, 1992))
    agent = Agent(friend.name, "公民代理", post="系原告朋友", person=friend) if (w.shard + i) % 2 else w.lawyer(court)
    first, keys = opening(w, 13), []
    count = w.among(18, 26)
    tenfold = (w.shard + i) % 3 == 0
    for n in range(count):
        filed = days(first, n * 330 // count + w.among(0, 5))
        borrower = w.person(court, (filed.year - 25, filed.year - 19))
        absent = w.chance(0.72)
        principal = w.pick((10000, 15000, 20000, 30000, 30000, 40000, 50000))
        end = "撤诉" if n % 5 in (1, 3) and w.chance(0.9) else "调解" if w.chance(0.08) else "判决"
        cash = principal - principal // 10 if tenfold else principal if w.chance(0.7) else principal // 2
        keys.append(write_loan(w, Loan(
            lender=Side(lender, [agent], False, came_in_person=False), borrowers=[Side(borrower, [], absent, True, "实际没有拿到这么多钱，已还过几次。")], court=court, filed_on=filed, principal=principal,
            loaned_on=add_months(filed, -w.among(3, 9)), delivered=principal - cash, cash=cash, rate="月利率2%", form_note=True, noticed=absent and w.chance(0.3), end=end, took_days=w.among(20, 60), rich=True,
        )))
    w.truth(MODEL, "anomaly", "系列诉讼", lender.name, keys, f"一年内{count}件，同一代理人，格式借条，{'实际交付仅为借条一成' if tenfold else '现金交付为主'}，撤诉比例高，原告从不到庭")
    w.truth(M02, "anomaly", "批量诉讼同时达到职业放贷人数量标准", lender.name, keys, f"一年内在{court.name}起诉{count}件民间借贷")


def _bank(w: World) -> None:
    court = w.court()
    lender, agent, first = bank(w.seed, court), w.lawyer(court), opening(w, 13)
    keys = [(credit_card if n % 2 else bank_loan)(w, lender, court, agent, days(first, n * 14), rich=True) for n in range(18)]
    _decoy(w, "银行批量原告", lender.name, keys, "持牌银行，同一律师，多数被告缺席：依法开展的金融业务")


def _small_loan(w: World) -> None:
    court = w.court()
    lender, agent, first = small_loan(w.seed, court.city), w.lawyer(court), opening(w, 13)
    keys = [bank_loan(w, lender, court, agent, days(first, n * 20), principal=w.among(3, 30) * 10000, rich=True, cause="借款合同纠纷" if n % 2 else "小额借款合同纠纷") for n in range(14)]
    _decoy(w, "持牌小额贷款公司", lender.name, keys, "在持牌放贷机构名单内")


def _debt_manager(w: World) -> None:
    court = w.court()
    lender, agent, first = debt_manager(w.seed), w.lawyer(court), opening(w, 13)
    keys = [bank_loan(w, lender, court, agent, days(first, n * 18), rich=True, cause="借款合同纠纷") for n in range(12)]
    _decoy(w, "不良债权受让人", lender.name, keys, "资产管理公司受让不良债权包后批量起诉")


def _true_loan(w: World, court: Court, lender: Person, filed: dt.date, principal: int, agent: Agent | None = None, absent: bool = False, loaned: dt.date | None = None, rate: str = "", end: str = "判决") -> str:
    said = w.pick(("借款属实，因生意亏损暂时无力归还。", "对借款本金没有异议，请求分期归还。", "已归还部分利息，本金属实。"))
    return write_loan(w, Loan(
        lender=Side(lender, [agent] if agent else [], False, came_in_person=True), borrowers=[Side(w.person(court), [], absent, True, said)], court=court, filed_on=filed, principal=principal,
        loaned_on=loaned or add_months(filed, -w.among(8, 40)), rate=rate, end=end, took_days=w.among(30, 80), rich=True,
    ))


def _real_merchant(w: World) -> None:
    court = w.court()
    lender, first = w.person(court, (1960, 1980)), opening(w, 13)
    keys = [_true_loan(w, court, lender, days(first, n * 55 + w.among(0, 20)), w.among(2, 9) * 10000 + w.among(1, 9) * 700, absent=n == 2) for n in range(6)]
    _decoy(w, "真实出借的商人", lender.name, keys, "六件均银行转账、本人到庭、被告应诉")


def _one_group_loan(w: World) -> None:
    court = w.court()
    lender, agent, filed = w.person(court, (1958, 1975)), w.lawyer(court), opening(w, 13)
    loaned = add_months(filed, -26)
    keys = [_true_loan(w, court, lender, days(filed, n % 3), w.pick((30000, 50000, 60000)), agent, loaned=loaned, rate="年利率6%") for n in range(8)]
    _decoy(w, "一次真实集体借款的追收", lender.name, keys, "同日向同村八户转账出借，到期一并起诉，被告均到庭认可")


def _namesakes(w: World) -> None:
    court, first, keys = w.court(), opening(w, 13), []
    name = w.person(court).name
    for k in range(4):
        lender = w.person(court, (1955 + 8 * k, 1961 + 8 * k))
        lender.name = name
        keys += [_true_loan(w, court, lender, days(first, k * 70 + n * 30), w.among(1, 8) * 10000, w.lawyer(court), absent=True) for n in range(2)]
    _decoy(w, "同名异人", name, keys, "同一法院四名同名原告各两件，出生日期不同")


def _decoy(w: World, variant: str, subject: str, keys: list[str], why: str) -> None:
    w.truth(MODEL, "decoy", variant, subject, keys, why)

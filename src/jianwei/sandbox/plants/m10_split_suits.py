"""M10 拆案规避级别管辖: one contract cut into suits that each stay under the cap of the basic court."""

from __future__ import annotations

import datetime as dt

from jianwei.law import jurisdiction
from jianwei.sandbox.chinese import add_months, date, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.suit import Side, Suit, fee, write
from jianwei.sandbox.world import Agent, World

MODEL = "civil.split_suits"


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(scale))):
        _split(w, i)
        for decoy in (_instalments, _below_the_cap, _separate_contracts, _other_debtors):
            decoy(w)


def part(w: World, court: Court, seller: Company, buyer: Company, no: str, filed: dt.date, decided: dt.date, yuan: int, contract: str, contract_on: dt.date, judge: str, what: str, mediated: bool, agent: Agent | None = None) -> str:
    """One suit about a part of a contract's price."""
    story = f"{date(contract_on)}，原、被告签订编号为{contract}的《{what}合同》，原告依约履行后，被告尚欠部分款项{yuan}元未付。"
    return write(w, Suit(
        court=court, cause="买卖合同纠纷", plaintiffs=[Side(seller, [agent] if agent else [])], defendants=[Side(buyer, [w.lawyer(court)], said="对欠款事实没有异议。")], filed_on=filed, heard_on=decided, decided_on=decided,
        track="简易程序", end="调解" if mediated else "判决", claims=[f"判令被告{buyer.name}支付《{what}合同》（编号{contract}）项下款项{yuan}元", "诉讼费由被告承担"], story=story,
        facts=[f"经审理查明：{story}", "上述事实，有合同、付款凭证、对账函等证据予以证实。"], reasons="双方签订的合同合法有效，被告应按约付款。", laws=statutes.sale(decided),
        ruling=[f"一、被告{buyer.name}于{date(days(decided, 10))}前支付原告{seller.name}{yuan}元。"] if mediated else [f"被告{buyer.name}于本判决生效之日起十日内支付原告{seller.name}{yuan}元。"], fee=fee(yuan), judge=judge, case_no=no, rich=True,
    ))


def _cap(court: Court, filed: dt.date, both: bool) -> int:
    """The cap in yuan."""
    fen = jurisdiction.cap("基层", court.region, filed, both)
    assert fen is not None
    return fen // 100


def _parties(w: World, court: Court) -> tuple[Company, Company]:
    return w.company(court, trade="建材", listed=True), w.company(court, trade="建筑工程", listed=True)


def _split(w: World, i: int) -> None:
    court = w.court()
    filed = w.day(dt.date(2019, 6, 1), dt.date(2021, 8, 1)) if (w.shard + i) % 2 else w.day(dt.date(2022, 1, 10), w.past(8))
    cap = _cap(court, filed, True)
    seller, buyer = _parties(w, court)
    count = w.among(3, 4)
    contract_on = add_months(filed, -w.among(10, 20))
    contract = f"{contract_on:%Y%m}-{w.among(10, 99)}"
    judge = w.pick(w.bench(court).judges) if w.chance(0.6) else ""
    numbers = w.case_nos(court, filed.year, "民初", count)
    pace = w.pick(((3, 5), (6, 12), (10, 25)))
    keys = []
    for n, no in enumerate(numbers):
        yuan = int(cap * (0.62 + 0.33 * w.rng.random())) // 10000 * 10000
        # the wide form: filed over weeks, not on one day
        on = days(filed, n * 9 if (w.shard + i) % 3 == 0 else 0)
        keys.append(part(w, court, seller, buyer, no, on, w.after(on, *pace), yuan, contract, contract_on, judge, "钢材购销", True))
    w.truth(MODEL, "anomaly", "同一合同拆成数案", f"{seller.name}诉{buyer.name}", keys, f"{contract}号合同拆成{count}件，每件低于上限{cap // 10000}万元而合计超过，案号相连")


def _decoy(w: World, variant: str, subject: str, keys: list[str], why: str) -> None:
    w.truth(MODEL, "decoy", variant, subject, keys, why)


def _filed(w: World) -> dt.date:
    return w.day(dt.date(2022, 1, 10), w.past(26))


def _instalments(w: World) -> None:
    """Instalments of one contract that fell due months apart, each sued for when it was due."""
    court, filed, keys = w.court(), _filed(w), []
    cap = _cap(court, filed, True)
    seller, buyer = _parties(w, court)
    contract_on = add_months(filed, -8)
    contract = f"{contract_on:%Y}-分期-{w.among(100, 999)}"
    for n in range(3):
        on = add_months(filed, 6 * n)
        keys.append(part(w, court, seller, buyer, w.case_no(court, on.year, "民初"), on, w.after(on, 40, 80), int(cap * 0.5), contract, contract_on, "", "设备分期买卖", False))
    _decoy(w, "分期到期分别起诉", f"{seller.name}诉{buyer.name}", keys, "三期货款先后到期，相隔半年分别起诉")


def _below_the_cap(w: World) -> None:
    court, filed = w.court(), _filed(w)
    seller, buyer = _parties(w, court)
    contract_on = add_months(filed, -12)
    numbers = w.case_nos(court, filed.year, "民初", 3)
    keys = [part(w, court, seller, buyer, no, filed, w.after(filed, 4, 9), w.among(30, 300) * 10000, f"{contract_on:%Y}购{w.among(10, 99)}", contract_on, "", "建材购销", True) for no in numbers]
    _decoy(w, "合计仍低于上限", f"{seller.name}诉{buyer.name}", keys, "三件合计远低于基层法院上限，依送货批次分案")


def _separate_contracts(w: World) -> None:
    court, filed, keys = w.court(), _filed(w), []
    cap = _cap(court, filed, True)
    agent = w.lawyer(court)
    buyer = w.company(court, listed=True)
    seller = w.company(court, trade="机械", listed=True)
    for n, no in enumerate(w.case_nos(court, filed.year, "民初", 3)):
        contract_on = add_months(filed, -10 - 5 * n)
        keys.append(part(w, court, seller, buyer, no, filed, w.after(filed, 60, 100), int(cap * 0.45), f"{contract_on:%Y%m%d}-{n}", contract_on, "", f"{('数控机床', '注塑机', '起重设备')[n]}买卖", False, agent))
    _decoy(w, "各自独立的合同", f"{seller.name}诉{buyer.name}", keys, "三份不同日期、不同标的的合同")


def _other_debtors(w: World) -> None:
    court, filed = w.court(), _filed(w)
    cap = _cap(court, filed, True)
    seller = w.company(court, trade="建材", listed=True)
    contract_on, keys = add_months(filed, -9), []
    for no in w.case_nos(court, filed.year, "民初", 3):
        keys.append(part(w, court, seller, w.company(court, listed=True), no, filed, w.after(filed, 4, 6), int(cap * 0.5), f"{contract_on:%Y}经销{w.among(100, 999)}", contract_on, "", "经销", True))
    _decoy(w, "不同债务人", seller.name, keys, "同日起诉三家不同经销商，合同各别")


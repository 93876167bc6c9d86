"""执行案件: the ledger's row, and for many the ruling that ends the run or freezes an account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from jianwei.records import EnforcementCase
from jianwei.sandbox.chinese import date, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.document import Doc
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.suit import Side, party_lines
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import World

Party = Person | Company


@dataclass(slots=True)
class Enforcement:
    """One enforcement case. ``claim`` in yuan. ``dates`` are further columns of the ledger."""

    court: Court
    creditor: Party
    debtor: Party
    claim: int
    filed_on: dt.date
    base_case_no: str = ""
    base_type: str = "判决"
    cause: str = "民间借贷纠纷"
    enf_no: str = ""
    closed_on: dt.date | None = None
    close_mode: str | None = None
    paid: int = 0
    dates: dict[str, Any] = field(default_factory=dict)
    idle: bool = False
    """Leaves out the measures an ordinary case shows."""


def record(w: World, case: Enforcement) -> str:
    """Writes the ledger's row; returns the enforcement number."""
    no = case.enf_no or w.case_no(case.court, case.filed_on.year, "执")
    case.enf_no = no
    values: dict[str, Any] = {}
    if not case.idle:
        inquired = days(case.filed_on, w.among(1, 8))
        values = {"inquired_on": inquired, "measured_on": w.after(inquired, 3, 60)}
        if case.close_mode == "终结本次执行程序" or w.chance(0.3):
            values["limited_on"] = w.after(inquired, 5, 70)
    w.row(EnforcementCase, **({
        "enf_no": no, "court": case.court.name, "region": case.court.region, "base_case_no": case.base_case_no or None, "base_type": case.base_type, "filed_on": case.filed_on,
        "closed_on": case.closed_on, "close_mode": case.close_mode, "claim_fen": case.claim * 100, "paid_fen": case.paid * 100, "debtor": case.debtor.name,
        "debtor_idno": case.debtor.idno or None, "creditor": case.creditor.name, "creditor_idno": case.creditor.idno or None, "officer": w.pick(w.bench(case.court).enforcers),
    } | values | case.dates))
    return no


def ruling(w: World, case: Enforcement, freeze: bool = False, rich: bool = False) -> str:
    """The ruling 终结本次执行程序, or one that freezes and transfers deposits (numbered …号之一)."""
    style = w.style(rich)
    on = case.closed_on or w.after(case.filed_on, 20, 100)
    creditor, debtor = case.creditor.name, case.debtor.name
    base = case.base_case_no
    kind = {"判决": "民事判决书", "调解": "民事调解书", "仲裁": "仲裁裁决书", "公证": "公证债权文书", "支付令": "支付令"}[case.base_type]
    opening = f"申请执行人{creditor}与被执行人{debtor}{case.cause}一案，" + (f"{base}{kind}已经发生法律效力。" if base else f"据以执行的{kind}已经发生法律效力。")
    body = [f"{opening}因被执行人未履行生效法律文书确定的义务，申请执行人于{date(days(case.filed_on, -w.among(0, 6)))}向本院申请强制执行，本院于{date(case.filed_on)}立案执行，申请执行标的为{case.claim}元。"]
    if freeze:
        laws = statutes.seizure(on)
        reasons = f"本院认为，被执行人{debtor}未按执行通知履行义务，应依法采取执行措施。依照{statutes.cite(laws)}规定，裁定如下："
        lines = [f"冻结、扣划被执行人{debtor}在银行的存款{case.claim}元或查封、扣押其相应价值的财产。", "本裁定立即执行。"]
        no = case.enf_no + "之一"
    else:
        laws = statutes.termination_of_this_run(on)
        body.append(f"在执行过程中，本院向被执行人发出执行通知书、报告财产令，通过网络执行查控系统对被执行人名下的存款、车辆、不动产、证券等进行了查询，{w.pick(('未发现可供执行的财产', '仅发现少量存款并已扣划', '除已轮候查封的财产外未发现其他可供执行的财产'))}。本院已对被执行人采取限制消费措施，申请执行人亦未能提供其他财产线索。截至目前，执行到位{case.paid}元。")
        reasons = f"本院认为，被执行人{debtor}暂无财产可供执行，可以终结本次执行程序。依照{statutes.cite(laws)}规定，裁定如下："
        lines = [f"终结{case.enf_no}案件的本次执行程序。", "申请执行人发现被执行人有可供执行财产的，可以再次申请执行，再次申请不受申请执行时效期间的限制。", "本裁定送达后立即生效。"]
        no = case.enf_no
    doc = Doc(
        case_no=no, court=case.court, kind="执行裁定书", case_type="执行", procedure="执行实施", cause=case.cause, title=f"{creditor}、{debtor}{case.cause}执行实施类执行裁定书",
        names=[creditor, debtor], parties=party_lines(style, "申请执行人", Side(case.creditor)) + party_lines(style, "被执行人", Side(case.debtor)), record=[], body=body, reasons=reasons,
        ruling=lines, signers=[("审判长", w.pick(w.bench(case.court).enforcers)), *(("审判员", n) for n in w.rng.sample(w.bench(case.court).judges, 2))], clerk=w.pick(w.bench(case.court).clerks),
        decided_on=on, statutes=laws, style=style, rich=rich,
    )
    return w.emit(doc)


def ordinary(w: World, creditor: Party | None = None, debtor: Party | None = None, base: str = "") -> str:
    """An everyday enforcement that is kept moving: inquiry within days, measures within weeks, money paid out in time."""
    court = w.court()
    filed_on = w.filing_day()
    if filed_on.year < 2016:
        filed_on = w.day(dt.date(2019, 1, 2), w.past(6))
    case = Enforcement(court, creditor or w.person(court), debtor or (w.person(court) if w.chance(0.75) else w.company(court)), w.among(20, 4000) * 100, filed_on)
    case.base_case_no = base or f"（{filed_on.year}）{court.code}民初{w.among(1, 9000)}号"
    case.cause = w.pick(("民间借贷纠纷", "民间借贷纠纷", "买卖合同纠纷", "金融借款合同纠纷", "机动车交通事故责任纠纷", "劳务合同纠纷"))
    r = w.rng.random()
    if r < 0.5:
        case.closed_on, case.close_mode = w.after(filed_on, 75, 170), "终结本次执行程序"
        case.paid = case.claim // w.among(5, 40) if w.chance(0.3) else 0
    elif r < 0.8:
        case.closed_on, case.close_mode = w.after(filed_on, 25, 170), "执行完毕"
        case.paid = case.claim
    elif r < 0.92:
        case.closed_on, case.close_mode = w.after(filed_on, 20, 160), w.pick(("终结执行", "和解长期履行"))
    if case.paid and case.closed_on:
        got = w.day(days(filed_on, 12), max(days(case.closed_on, -4), days(filed_on, 13)))
        case.dates = {"received_on": got, "paid_out_on": min(days(got, w.among(2, 24)), max(case.closed_on, days(got, 2)))}
    record(w, case)
    freeze = case.close_mode != "终结本次执行程序"
    return ruling(w, case, freeze=freeze)

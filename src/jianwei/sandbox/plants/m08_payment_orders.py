"""M08 支付令: common control, idle money, a round trip of days, then a settlement in assets below their value."""

from __future__ import annotations

import datetime as dt

from jianwei.records import BankTransaction, DebtForAsset
from jianwei.sandbox.chinese import add_months, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import enforcement
from jianwei.sandbox.documents.orders import payment_order
from jianwei.sandbox.institutions import bank
from jianwei.sandbox.world import World

MODEL = "civil.payment_orders"


def plant(w: World, scale: float) -> None:
    for _ in range(max(1, round(scale))):
        _sham(w)
        for decoy in (_group_treasury, _bank, _same_building, _objected):
            decoy(w)


def transfer(w: World, payer: Company, payee: Company, on: dt.date, yuan: int, memo: str, left: int) -> None:
    """One transfer, as the payer's and as the payee's account show it; ``left`` is what stays with the payer, in yuan."""
    at = dt.datetime.combine(on, dt.time(w.among(9, 16), w.among(0, 59), w.among(0, 59)))
    accounts = [f"6217{c.uscc[-12:]}" for c in (payer, payee)]
    accounts = ["".join(ch if ch.isdigit() else str(ord(ch) % 10) for ch in a) for a in accounts]
    w.row(BankTransaction, account=accounts[0], owner=payer.name, owner_idno=payer.uscc, counterparty_account=accounts[1], counterparty=payee.name, counterparty_idno=payee.uscc, at=at, amount_fen=yuan * 100, direction="付", memo=memo, balance_fen=left * 100)
    w.row(BankTransaction, account=accounts[1], owner=payee.name, owner_idno=payee.uscc, counterparty_account=accounts[0], counterparty=payer.name, counterparty_idno=payer.uscc, at=at, amount_fen=yuan * 100, direction="收", memo=memo, balance_fen=(yuan + 30000) * 100)


def balance(w: World, owner: Company, on: dt.date, yuan: int) -> None:
    """A small movement that shows what stood on the account that day."""
    account = "".join(ch if ch.isdigit() else str(ord(ch) % 10) for ch in f"6217{owner.uscc[-12:]}")
    w.row(BankTransaction, account=account, owner=owner.name, owner_idno=owner.uscc, at=dt.datetime.combine(on, dt.time(10, 15)), amount_fen=120000, direction="收", memo="结息", balance_fen=yuan * 100)


def settle(w: World, court: Court, creditor: Company, debtor: Company, yuan: int, on: dt.date, order: str, value: int, asset: str) -> str:
    """Enforcement of the order, settled by handing over an asset."""
    filed = days(on, -w.among(12, 25))
    case = enforcement.Enforcement(court, creditor, debtor, yuan, filed, order, "支付令", "申请支付令", closed_on=days(on, 5), close_mode="和解", paid=0)
    no = enforcement.record(w, case)
    enforcement.ruling(w, case, freeze=True, rich=True)
    w.row(DebtForAsset, case_no=no, asset=asset, owner=debtor.name, owner_idno=debtor.uscc, taker=creditor.name, taker_idno=creditor.uscc, debt_fen=yuan * 100, value_fen=value * 100, agreed_on=on, purchase_limit=False)
    return no


def _sham(w: World) -> None:
    court = w.court()
    debtor = w.company(court, (1996, 2006), listed=True)
    manager = w.person(court, (1960, 1978))
    w.role(debtor, manager, "总经理")
    issued = w.day(dt.date(2019, 9, 1), w.past(10))
    founded = add_months(issued, -w.among(9, 30))
    creditor = w.company(court, (founded.year, founded.year))
    creditor.founded_on = founded
    creditor.head, creditor.representative = manager, manager.name
    w.register(creditor)
    yuan = w.among(500, 1800) * 10000
    lent = add_months(issued, -w.among(4, 8))
    if w.chance(0.6):
        balance(w, debtor, days(lent, -6), yuan * 9 // 10)
    transfer(w, creditor, debtor, lent, yuan, "借款", 12000)
    transfer(w, debtor, creditor, days(lent, w.among(1, 4)), yuan, "往来款", yuan * 9 // 10)
    order = payment_order(w, court, creditor, debtor, yuan, days(issued, -6), "被申请人因经营需要向申请人借款，到期未还，", rich=True, issued_on=issued)
    no = settle(w, court, creditor, debtor, yuan, days(issued, w.among(30, 55)), order, yuan * w.among(25, 40) // 10, "厂房及配套用房若干")
    w.truth(MODEL, "anomaly", "关联公司骗取支付令", f"{creditor.name}、{debtor.name}", [order, no], f"{manager.name}同时控制申请人与被申请人；资金三四日内转出又转回；被申请人无异议；和解以低于价值抵债")


def _decoy(w: World, variant: str, one: Company, other: Company, keys: list[str], why: str) -> None:
    w.truth(MODEL, "decoy", variant, f"{one.name}、{other.name}", keys, why)


def _group_treasury(w: World) -> None:
    """A group's treasury lends to a subsidiary; the money stays, is used, and is paid back in money."""
    court = w.court()
    parent = w.company(court, (1998, 2004), listed=True)
    child = w.company(court, (2005, 2012))
    w.register(child, owner=parent)
    if parent.head is not None:
        w.role(child, parent.head, "董事")
    issued = w.day(dt.date(2019, 9, 1), w.past(10))
    lent, yuan = add_months(issued, -14), w.among(500, 1500) * 10000
    transfer(w, parent, child, lent, yuan, "集团内部借款", yuan * 3)
    supplier = w.company(court)
    transfer(w, child, supplier, days(lent, 20), yuan * 9 // 10, "设备采购款", yuan // 10)
    order = payment_order(w, court, parent, child, yuan, days(issued, -7), "被申请人系集团成员企业，向申请人借用集团统筹资金，到期未还，", rich=True, issued_on=issued)
    transfer(w, child, parent, add_months(issued, 2), yuan, "归还借款", 200000)
    _decoy(w, "集团内部统筹资金", parent, child, [order], "全资母公司向子公司的真实借款，资金用于采购，半年后以现金归还，无以物抵债")


def _bank(w: World) -> None:
    court = w.court()
    lender, debtor = bank(w.seed, court), w.company(court, listed=True)
    filed = w.day(dt.date(2019, 9, 1), w.past(10))
    order = payment_order(w, court, lender, debtor, w.among(300, 900) * 10000, filed, "被申请人借款逾期未还，有借款合同及放款凭证为证，", rich=True)
    _decoy(w, "银行申请支付令", lender, debtor, [order], "持牌银行对企业借款人，无关联关系")


def _same_building(w: World) -> None:
    """Two unrelated firms registered at one business-park address."""
    court = w.court()
    one, other = w.company(court), w.company(court)
    one.street = other.street = f"工业路{w.among(1, 300)}号创业园"
    w.register(one)
    w.register(other)
    filed = w.day(dt.date(2019, 9, 1), w.past(10))
    order = payment_order(w, court, one, other, w.among(20, 200) * 10000, filed, "被申请人拖欠货款，双方对账确认，", rich=True)
    _decoy(w, "园区集群注册同址", one, other, [order], "仅注册地址同在创业园，人员、资金均无关联")


def _objected(w: World) -> None:
    court = w.court()
    one, other = w.company(court, listed=True), w.company(court)
    w.register(other)
    if one.head is not None:
        w.role(other, one.head, "监事")
    filed = w.day(dt.date(2019, 9, 1), w.past(10))
    order = payment_order(w, court, one, other, w.among(300, 800) * 10000, filed, "被申请人拖欠加工费，", objection=True, rich=True)
    _decoy(w, "已提出异议的支付令", one, other, [order], "被申请人依法提出异议，支付令失效转入诉讼")

"""检例第52号: managers found a second company, lend it their own firm's debts, and take the firm's houses by payment orders.

Money, dates and course are those of the published case; names, court and the third company are invented.
"""

from __future__ import annotations

import datetime as dt

from jianwei.records import DebtForAsset
from jianwei.sandbox import courts
from jianwei.sandbox.chinese import date
from jianwei.sandbox.documents import enforcement
from jianwei.sandbox.documents.orders import payment_order
from jianwei.sandbox.plants.m08_payment_orders import balance, transfer
from jianwei.sandbox.world import World

FIRST_ORDER, SECOND_ORDER = dt.date(2004, 9, 6), dt.date(2005, 11, 9)


def write(w: World) -> None:
    court = courts.by_region()["330106"]
    old = w.company(court, (1992, 1994), "农工商实业")
    old.name, old.title = "杭州越江农工商实业有限公司", "董事长"
    manager, deputy = w.person(court, (1952, 1956), True), w.person(court, (1958, 1964), True)
    old.head, old.representative = manager, manager.name
    w.register(old, industry="商务服务业")
    w.role(old, deputy, "副总经理")
    new = w.company(court, (2003, 2003), "置业")
    new.name, new.founded_on = "杭州江岚置业有限公司", dt.date(2003, 5, 26)
    new.head, new.representative = deputy, deputy.name
    w.register(new, industry="房地产业")
    w.role(new, manager, "董事", 40.0)

    balance(w, old, dt.date(2004, 6, 21), 13_893_400)
    transfer(w, new, old, dt.date(2004, 6, 23), 2_518_460, "借款", 30_000)
    transfer(w, new, old, dt.date(2005, 2, 21), 16_000_000, "借款", 20_000)
    transfer(w, old, new, dt.date(2005, 2, 22), 6_000_000, "往来款", 23_893_400)
    transfer(w, old, new, dt.date(2005, 2, 24), 10_000_000, "往来款", 13_893_400)

    why = "被申请人因经营资金不足向申请人借款{}元，约定到期归还，被申请人逾期未还，"
    one = payment_order(
        w, court, new, old, 2_518_460, dt.date(2004, 8, 27), why.format(2_518_460), rich=True, issued_on=FIRST_ORDER
    )
    two = payment_order(
        w, court, new, old, 16_000_000, dt.date(2005, 10, 31), why.format(16_000_000), rich=True, issued_on=SECOND_ORDER
    )
    keys = [one, two]
    for order, yuan, filed, settled, debt, value, asset in (
        (one, 2_518_460, dt.date(2004, 9, 27), dt.date(2004, 10, 11), 6_117_212, 58_000_000, "房屋二十一幢"),
        (two, 16_000_000, dt.date(2005, 12, 1), dt.date(2005, 12, 19), 3_969_387, 49_600_000, "房屋十五幢"),
    ):
        case = enforcement.Enforcement(
            court, new, old, yuan, filed, order, "支付令", "申请支付令", closed_on=settled, close_mode="和解"
        )
        keys.append(enforcement.record(w, case))
        enforcement.ruling(w, case, freeze=True, rich=True)
        w.row(
            DebtForAsset,
            case_no=case.enf_no,
            asset=f"{court.place}西溪路{asset}（合计三十六幢之部分）",
            owner=old.name,
            owner_idno=old.uscc,
            taker=new.name,
            taker_idno=new.uscc,
            debt_fen=debt * 100,
            value_fen=value * 100,
            agreed_on=settled,
            purchase_limit=False,
        )
    w.truth(
        "civil.payment_orders",
        "guiding",
        "骗取支付令执行",
        f"{new.name}、{old.name}",
        keys,
        f"{date(new.founded_on)}由原公司管理人员另设公司；两份支付令均无异议；自有资金闲置仍举债；1600万元五日内转出转回；以明显低于价值的房屋抵债",
        "检例第52号",
    )

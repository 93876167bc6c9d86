"""检例第53号: one contract cut into four suits under the cap of 800万元, neighbouring numbers, mediated within five days.

It stays at the court of the published case, since the cap of that court in 2010 is part of the story; the parties are invented.
"""

from __future__ import annotations

import datetime as dt

from jianwei.sandbox.chinese import date, days
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import enforcement, statutes
from jianwei.sandbox.documents.suit import Side, Suit, fee
from jianwei.sandbox.documents.suit import write as write_suit
from jianwei.sandbox.world import World

COURT = Court("武汉市蔡甸区人民法院", "鄂0114", "蔡", "420114", "武汉市", "蔡甸区", "湖北省武汉市中级人民法院", "湖北省")
PARTS = (7_000_000, 7_000_000, 7_500_000, 8_000_000)
SIGNED = dt.date(2009, 11, 18)
FILED = dt.date(2010, 3, 15)


def write(w: World) -> None:
    buyer, seller = w.company(COURT, (2004, 2007)), w.company(COURT, (2001, 2006))
    buyer.name, seller.name = "武汉澜庭投资有限公司", "武汉楚岳置业有限公司"
    for made, industry in ((buyer, "商务服务业"), (seller, "房地产业")):
        w.register(made, industry=industry)
    judge, contract = w.bench(COURT).judges[0], "楚岳〔2009〕转字第07号"
    lawyer, other = w.lawyer(COURT), w.lawyer(COURT)
    keys = []
    for n, yuan in enumerate(PARTS):
        no = f"（2010）蔡民二初字第{79 + n}号"
        decided = days(FILED, 2 + n // 2)
        story = f"{date(SIGNED)}，原、被告签订编号为{contract}的《国有土地使用权及在建工程转让合同》，约定转让总价7375万元，原告依约支付定金1475万元。后被告未能履行合同，应双倍返还定金，原告就其中{yuan}元提起本案诉讼。"
        keys.append(write_suit(w, Suit(
            court=COURT, cause="项目转让合同纠纷", plaintiffs=[Side(buyer, [lawyer])], defendants=[Side(seller, [other])], filed_on=FILED, heard_on=decided, decided_on=decided, end="调解",
            claims=[f"判令被告{seller.name}返还《国有土地使用权及在建工程转让合同》（编号{contract}）项下定金{yuan}元", "本案诉讼费由被告负担"], story=story, laws=statutes.contract(decided),
            ruling=[f"一、被告{seller.name}于{date(days(decided, 5))}前返还原告{buyer.name}定金{yuan}元。", "二、双方就本案无其他争议。"], fee=fee(yuan), judge=judge, case_no=no, rich=True,
        )))
    left = 20_650_000
    for n, no in enumerate(list(keys)):
        paid = min(left, PARTS[n])
        left -= paid
        case = enforcement.Enforcement(COURT, buyer, seller, PARTS[n], dt.date(2010, 4, 12), no, "调解", "项目转让合同纠纷", closed_on=dt.date(2010, 9, 20), close_mode="执行完毕" if paid == PARTS[n] else "终结执行", paid=paid, enf_no=f"（2010）蔡执字第{201 + n}号")
        enforcement.record(w, case)
    w.truth("civil.split_suits", "guiding", "拆案骗取调解书", f"{buyer.name}诉{seller.name}", keys, "同一合同拆成四案，案号相连，每件不超过800万元而合计2950万元，同一法官适用简易程序，五日内全部调解，执行到位2065万元", "检例第53号")

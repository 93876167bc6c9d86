"""检例第54号: seven repayment agreements notarised in one month, a year after the hotel was sold and before the money is shared out."""

from __future__ import annotations

import datetime as dt

from jianwei.records import Auction, Seizure
from jianwei.sandbox import courts
from jianwei.sandbox.chinese import days
from jianwei.sandbox.documents import enforcement
from jianwei.sandbox.institutions import bank
from jianwei.sandbox.tables.work import notary_row
from jianwei.sandbox.world import World

SUMS = (1_600_000, 2_350_000, 1_200_000, 3_000_000, 900_000, 1_750_000, 2_100_000)
"""Yuan; the published case gives only that there were seven."""


def write(w: World) -> None:
    court = courts.by_region()["330802"]
    owner = w.company(court, (1999, 2001))
    owner.name = "衢州云梯实业有限公司"
    w.register(owner, industry="住宿业")
    earlier = enforcement.Enforcement(court, bank(w.seed, court), owner, 26_000_000, dt.date(2011, 9, 5), "（2011）衢柯商初字第318号", cause="金融借款合同纠纷", enf_no="（2011）衢柯执字第1206号")
    enforcement.record(w, earlier)
    enforcement.ruling(w, earlier, freeze=True, rich=True)
    worker = enforcement.Enforcement(court, w.person(court), owner, 860_000, dt.date(2012, 3, 12), "（2012）衢柯民初字第77号", cause="建设工程施工合同纠纷", enf_no="（2012）衢柯执字第409号")
    enforcement.record(w, worker)
    w.row(Seizure, enf_no=earlier.enf_no, asset_id="3308022011-0006", asset_type="不动产", appraised_fen=3_850_000_000, seized_on=dt.date(2011, 9, 20), expires_on=dt.date(2014, 9, 19), appraised_on=dt.date(2012, 11, 2), rank="首封", mortgage_fen=2_200_000_000)
    w.row(Auction, asset_id="3308022011-0006", enf_no=earlier.enf_no, owner=owner.name, owner_idno=owner.uscc, asset="云梯大酒店房屋及土地使用权", round="一拍", start_fen=3_080_000_000, appraised_fen=3_850_000_000, deposit_fen=300_000_000,
          announced_on=dt.date(2012, 11, 20), started_on=dt.date(2012, 12, 24), deal_fen=3_260_000_000, dealt_on=dt.date(2012, 12, 26), distributed_on=dt.date(2014, 1, 22), lease_claim=False, tax_bearer="各自承担")
    clerk, keys = w.bench(court).clerks[0], []
    for n, yuan in enumerate(SUMS):
        creditor = w.person(court, (1956, 1975))
        deed = dt.date(2013, 12, 4 + n)
        loaned = dt.date(2006 + n % 2, 3 + n, 8 + n)
        certified = days(deed, 5)
        no = notary_row(w, court, creditor, owner, yuan, loaned, deed, certified, clerk)
        case = enforcement.Enforcement(court, creditor, owner, yuan, dt.date(2013, 12, 18 + n), no, "公证", "公证债权文书", enf_no=f"（2013）衢柯执字第{1871 + n}号")
        enforcement.record(w, case)
        enforcement.ruling(w, case, freeze=True, rich=True)
        keys.append(no)
    w.truth("civil.notarised_debts", "guiding", "公证执行参与分配", owner.name, [owner.name, *keys], "酒店2012年底已拍卖，2013年12月就2006至2007年的所谓借款集中办理七份还款协议公证，当月出具执行证书并立案，参与分配", "检例第54号")

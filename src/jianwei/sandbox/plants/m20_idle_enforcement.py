"""M20 消极执行: months without a measure, money not paid out, an appraisal without an auction; and what lawfully looks like it."""

from __future__ import annotations

from collections.abc import Callable

from jianwei.records import Auction, Seizure
from jianwei.sandbox.chinese import add_months, days
from jianwei.sandbox.documents.enforcement import Enforcement, record
from jianwei.sandbox.world import World

MODEL = "enforcement.idle_enforcement"


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(12 * scale))):
        ANOMALIES[(w.shard + i) % len(ANOMALIES)](w)
        for k in range(3):
            DECOYS[(w.shard + 3 * i + k) % len(DECOYS)](w)


def _case(w: World, months_ago: tuple[int, int], idle: bool = True) -> Enforcement:
    court = w.court()
    filed = days(w.past(w.among(*months_ago)), -w.among(0, 25))
    case = Enforcement(court, w.person(court), w.person(court) if w.chance(0.7) else w.company(court), w.among(50, 5000) * 100, filed, idle=idle)
    case.base_case_no = f"（{filed.year}）{court.code}民初{w.among(1, 9000)}号"
    return case


def _tell(w: World, case: Enforcement, kind: str, variant: str, why: str) -> None:
    no = case.enf_no or record(w, case)
    w.truth(MODEL, kind, variant, case.debtor.name, [no], why)


def _nothing_done(w: World) -> None:
    case = _case(w, (9, 26))
    _tell(w, case, "anomaly", "立案后无任何措施", "立案六个月以上，既未查控也未采取任何执行措施，未结案，无扣除事由")


def _only_inquired(w: World) -> None:
    case = _case(w, (9, 26))
    case.dates = {"inquired_on": days(case.filed_on, w.among(1, 8))}
    _tell(w, case, "anomaly", "查控后六个月无措施", "仅启动网络查控，其后六个月以上未采取任何执行措施")


def _money_kept(w: World) -> None:
    case = _case(w, (8, 24), idle=False)
    got = days(case.filed_on, w.among(40, 110))
    case.paid = case.claim // 2
    case.dates = {"received_on": got, "paid_out_on": days(got, w.among(70, 120)) if w.chance(0.4) else None}
    _tell(w, case, "anomaly", "执行款到账未按期发放", "执行款到账后逾三十日未发放")


def _no_auction(w: World) -> None:
    case = _case(w, (12, 26), idle=False)
    no = record(w, case)
    appraised = add_months(case.filed_on, w.among(3, 5))
    _asset(w, case, appraised, days(appraised, w.among(80, 120)) if w.chance(0.4) else None)
    w.truth(MODEL, "anomaly", "评估后迟迟不拍卖", case.debtor.name, [no], "评估报告出具后逾三十日未启动拍卖")


def _late_inquiry(w: World) -> None:
    case = _case(w, (12, 26))
    inquired = days(case.filed_on, w.among(120, 170))
    case.dates = {"inquired_on": inquired, "measured_on": days(inquired, w.among(50, 90))}
    _tell(w, case, "anomaly", "查控严重迟延", "立案四个月后才启动查控，首次措施已逾六个月")


def _asset(w: World, case: Enforcement, appraised: object, announced: object) -> None:
    asset = f"{case.court.region}-{case.filed_on.year}-{w.among(10000, 99999)}"
    worth = case.claim * w.among(80, 160)
    w.row(Seizure, enf_no=case.enf_no, asset_id=asset, asset_type="不动产", appraised_fen=worth, seized_on=days(case.filed_on, 25), expires_on=add_months(case.filed_on, 36), appraised_on=appraised, rank="首封", mortgage_fen=0)
    if announced:
        w.row(Auction, asset_id=asset, enf_no=case.enf_no, owner=case.debtor.name, owner_idno=case.debtor.idno, asset="住宅一套", round="一拍", start_fen=worth * 7 // 10, appraised_fen=worth, deposit_fen=worth // 10, announced_on=announced,
              lease_claim=False, tax_bearer="各自承担")


def _suspended(w: World) -> None:
    case = _case(w, (10, 24))
    case.dates = {"inquired_on": days(case.filed_on, 4), "suspended_on": days(case.filed_on, w.among(20, 80))}
    _tell(w, case, "decoy", "依法中止执行", "立案后即因案外人异议依法裁定中止，尚未恢复")


def _bankrupt(w: World) -> None:
    case = _case(w, (10, 24))
    case.dates = {"inquired_on": days(case.filed_on, 3), "extension": w.pick(("被执行人破产申请已受理，依法扣除期限", "移送破产审查期间，经批准扣除执行期限", "提级管辖协调期间，经院长批准延长"))}
    _tell(w, case, "decoy", "经批准扣除期限", "期限已依法扣除或经批准延长")


def _paid_in_time(w: World) -> None:
    case = _case(w, (8, 24), idle=False)
    got = days(case.filed_on, w.among(40, 110))
    case.paid = case.claim
    case.closed_on, case.close_mode = days(got, 33), "执行完毕"
    case.dates = {"received_on": got, "paid_out_on": days(got, w.among(27, 29))}
    _tell(w, case, "decoy", "到账后第二十九日发放", "三十日内发放")


def _fifth_month(w: World) -> None:
    case = _case(w, (9, 24))
    case.dates = {"inquired_on": days(case.filed_on, 9), "measured_on": days(case.filed_on, w.among(140, 172))}
    _tell(w, case, "decoy", "第五个月采取措施", "六个月内采取了执行措施")


def _money_disputed(w: World) -> None:
    case = _case(w, (8, 20), idle=False)
    got = days(case.filed_on, w.among(40, 110))
    case.paid = case.claim // 2
    case.dates = {"received_on": got, "extension": "分配方案异议之诉审理中，款项依法提存"}
    _tell(w, case, "decoy", "分配异议提存", "分配方案异议期间款项提存")


def _young(w: World) -> None:
    case = _case(w, (2, 4))
    case.dates = {"inquired_on": days(case.filed_on, w.among(2, 8))}
    _tell(w, case, "decoy", "立案未满六个月", "立案不足六个月，已按期查控")


def _prompt_auction(w: World) -> None:
    case = _case(w, (10, 24), idle=False)
    no = record(w, case)
    appraised = add_months(case.filed_on, w.among(3, 5))
    _asset(w, case, appraised, days(appraised, w.among(20, 28)))
    w.truth(MODEL, "decoy", "评估后三十日内拍卖", case.debtor.name, [no], "评估后三十日内发布拍卖公告")


def _ended(w: World) -> None:
    case = _case(w, (10, 24))
    case.closed_on, case.close_mode = days(case.filed_on, w.among(60, 150)), w.pick(("终结执行", "和解长期履行", "销案"))
    case.dates = {"inquired_on": days(case.filed_on, 5)}
    _tell(w, case, "decoy", "六个月内已结案", "六个月内以和解、撤回申请等方式结案")


Plant = Callable[[World], None]
ANOMALIES: tuple[Plant, ...] = (_nothing_done, _only_inquired, _money_kept, _no_auction, _late_inquiry)
DECOYS: tuple[Plant, ...] = (_suspended, _bankrupt, _paid_in_time, _fifth_month, _money_disputed, _young, _prompt_auction, _ended)

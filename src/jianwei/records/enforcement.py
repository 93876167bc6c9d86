"""Enforcement: cases, seizures, auctions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.records.record import CaseNo, CourtName, Fen, Identity, IdNo, Record, col, needed


@dataclass(frozen=True, kw_only=True)
class EnforcementCase(Record):
    """一件执行案件及其节点。"""

    table = "enf_case"
    titles = ("执行案件", "执行台账", "执行案件台账", "终本案件")
    identities = (
        Identity("debtor_key", name="debtor", idno="debtor_idno"),
        Identity("creditor_key", name="creditor", idno="creditor_idno"),
    )
    observed = "filed_on"

    enf_no: CaseNo = needed("执行案号", "enf_no", "案号", "case_no", "执行案件号")
    court: CourtName | None = col("法院", "执行法院", "court")
    region: str | None = col("法院行政区划", "行政区划代码", "region")
    base_case_no: CaseNo | None = col("依据案号", "执行依据案号", "执行依据", "执行依据文号", "base_case_no")
    base_type: str | None = col("执行依据类型", "依据类型", "base_type")
    filed_on: dt.date | None = col("立案日", "立案日期", "执行立案日期", "file_date", "filed_on")
    closed_on: dt.date | None = col("结案日", "结案日期", "close_date", "closed_on")
    close_mode: str | None = col("结案方式", "close_mode")
    claim_fen: Fen | None = col("申请执行标的", "申请标的额", "执行标的", "申请金额", "amount_claim")
    paid_fen: Fen | None = col("执行到位金额", "到位金额", "实际到位金额", "amount_paid")
    debtor: str | None = col("被执行人", "debtor", "被执行人姓名", "被执行人名称")
    debtor_idno: IdNo | None = col("被执行人证件号码", "被执行人身份证号", "被执行人代码", "debtor_idno")
    creditor: str | None = col("申请执行人", "creditor", "申请人", "申请执行人名称")
    creditor_idno: IdNo | None = col("申请执行人证件号码", "申请执行人身份证号", "申请执行人代码", "creditor_idno")
    inquired_on: dt.date | None = col("查控日", "网络查控日期", "首次查控日期", "inquiry_date")
    measured_on: dt.date | None = col("首次执行措施日", "首次执行措施日期", "执行措施日期", "measure_date")
    limited_on: dt.date | None = col("限高日", "限制消费日期", "限高日期", "limit_date")
    dishonest_on: dt.date | None = col("失信日", "失信日期", "列入失信日期", "dishonest_date")
    received_on: dt.date | None = col("执行款到账日", "到账日", "到账日期", "执行款到账日期", "received_date")
    paid_out_on: dt.date | None = col("执行款发放日", "发放日", "发放日期", "执行款发放日期", "paid_out_date")
    suspended_on: dt.date | None = col("中止日", "中止执行日期", "中止日期", "suspend_date")
    resumed_on: dt.date | None = col("恢复日", "恢复执行日期", "恢复日期", "resume_date")
    extension: str | None = col("扣除或延长事由", "扣除期限事由", "延期事由", "extension")
    officer: str | None = col("承办人", "执行法官", "承办法官", "officer")


@dataclass(frozen=True, kw_only=True)
class Seizure(Record):
    """一项查封、扣押、冻结。"""

    table = "seizure"
    titles = ("查封扣押冻结", "查封", "查封财产")
    doubtful_above_fen = 10 * 100_000_000_00  # houses, plants and capital are large: 10 亿元 (chosen)

    enf_no: CaseNo = needed("执行案号", "enf_no", "案号")
    asset_id: str | None = col("财产编号", "资产编号", "asset_id")
    asset_type: str | None = col("财产类型", "资产类型", "asset_type")
    appraised_fen: Fen | None = col("评估价", "评估价值", "appraised_value")
    seized_on: dt.date | None = col("查封日期", "查封日", "冻结日期", "seize_date")
    expires_on: dt.date | None = col("查封到期日", "到期日", "seize_expire")
    appraised_on: dt.date | None = col("评估日期", "评估报告日期", "appraise_date")
    rank: str | None = col("查封顺位", "首封轮候", "rank")
    mortgage_fen: Fen | None = col("抵押金额", "优先债权", "mortgage_amt")


@dataclass(frozen=True, kw_only=True)
class Auction(Record):
    """一次司法拍卖。"""

    table = "auction"
    titles = ("司法拍卖", "拍卖", "网络司法拍卖")
    doubtful_above_fen = 10 * 100_000_000_00  # houses, plants and capital are large: 10 亿元 (chosen)
    identities = (Identity("owner_key", name="owner", idno="owner_idno"),)
    observed = "announced_on"

    asset_id: str | None = col("财产编号", "标的物编号", "asset_id")
    enf_no: CaseNo | None = col("执行案号", "enf_no", "案号")
    owner: str | None = col("被执行人", "财产所有人", "处置对象", "owner")
    owner_idno: IdNo | None = col("被执行人证件号码", "所有人证件号码", "被执行人代码", "owner_idno", "debtor_idno")
    asset: str | None = col("标的物", "财产名称", "标的名称", "asset")
    round: str | None = col("拍卖轮次", "轮次", "round")
    start_fen: Fen | None = col("起拍价", "start_price")
    appraised_fen: Fen | None = col("评估价", "appraised")
    deposit_fen: Fen | None = col("保证金", "deposit")
    announced_on: dt.date | None = col("公告日期", "拍卖公告日期", "announce_date")
    started_on: dt.date | None = col("开拍日期", "开始日期", "start_date", "拍卖日期")
    deal_fen: Fen | None = col("成交价", "deal_price")
    dealt_on: dt.date | None = col("成交日期", "deal_date")
    distributed_on: dt.date | None = col("分配日期", "分配方案日期", "distribution_date")
    buyer_idno: IdNo | None = col("买受人证件号码", "buyer_idno")
    lease_claim: bool | None = col("租赁主张", "是否带租", "lease_claim")
    tax_bearer: str | None = col("税费承担", "tax_bearer")

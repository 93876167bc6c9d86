"""Organisations: registration, roles, licensed lenders, months of operation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.records.record import Fen, Identity, IdNo, Record, col, needed


@dataclass(frozen=True, kw_only=True)
class Company(Record):
    """一家市场主体的登记。"""

    table = "company"
    titles = ("企业登记", "市场主体", "企业信息", "公司登记", "企业")
    doubtful_above_fen = 10 * 100_000_000_00  # houses, plants and capital are large: 10 亿元 (chosen)
    identities = (Identity("company", name="name", idno="uscc"),)

    uscc: IdNo | None = col("统一社会信用代码", "uscc", "注册号")
    name: str = needed("企业名称", "名称", "公司名称", "市场主体名称", "name")
    former_name: str | None = col("曾用名", "原名称", "former_name")
    founded_on: dt.date | None = col("成立日期", "est_date", "founded_on")
    status: str | None = col("登记状态", "经营状态", "状态", "status")
    cancelled_on: dt.date | None = col("注销日期", "cancel_date")
    cancel_mode: str | None = col("注销方式", "cancel_mode")
    addr: str | None = col("住所", "地址", "注册地址", "addr")
    capital_fen: Fen | None = col("注册资本", "capital")
    paid_in_fen: Fen | None = col("实缴资本", "paid_in")
    industry: str | None = col("行业", "industry")
    phone: str | None = col("联系电话", "电话", "phone")
    filer: str | None = col("代办人", "filer")
    representative: str | None = col("法定代表人", "legal_rep", "representative")


@dataclass(frozen=True, kw_only=True)
class CompanyRole(Record):
    """一人在一家企业的一个职务或股权。"""

    table = "company_role"
    titles = ("企业人员", "企业任职", "股东及高管", "董监高", "主要人员")
    identities = (
        Identity("company", name="company_name", idno="uscc"),
        Identity("person", name="person_name", idno="person_idno"),
    )

    uscc: IdNo | None = col("统一社会信用代码", "uscc")
    company_name: str | None = col("企业名称", "公司名称", "company_name", "company")
    person_name: str | None = col("姓名", "人员姓名", "股东名称", "person_name", "person")
    person_idno: IdNo | None = col("身份证号", "证件号码", "人员身份证号", "person_idno")
    role: str = needed("职务", "角色", "身份", "role")
    from_on: dt.date | None = col("任职起始", "任职日期", "起", "from", "from_on")
    to_on: dt.date | None = col("任职截止", "离任日期", "止", "to", "to_on")
    share: float | None = col("持股比例", "出资比例", "share")
    addr: str | None = col("住址", "地址", "addr")


@dataclass(frozen=True, kw_only=True)
class LicensedLender(Record):
    """持牌放贷机构白名单：银行、小额贷款、融资租赁、保理、消费金融、资产管理公司。"""

    table = "licensed_lender"
    titles = ("持牌放贷机构", "持牌机构", "金融机构名单", "放贷机构白名单")
    identities = (Identity("lender", name="name", idno="uscc"),)

    uscc: IdNo | None = col("统一社会信用代码", "uscc")
    name: str = needed("机构名称", "名称", "name")
    kind: str | None = col("机构类型", "类型", "kind")
    from_on: dt.date | None = col("许可日期", "批准日期", "from", "from_on")
    to_on: dt.date | None = col("失效日期", "to", "to_on")


@dataclass(frozen=True, kw_only=True)
class OperatingMonth(Record):
    """一家企业一个月的用电量或申报销售额，用以判断停产。"""

    table = "operating_month"
    titles = ("用电记录", "零申报", "用电量", "生产经营月报", "纳税申报月报")
    identities = (Identity("company", name="name", idno="uscc"),)
    observed = "month"

    uscc: IdNo | None = col("统一社会信用代码", "uscc")
    name: str | None = col("企业名称", "用户名称", "户名", "name")
    month: dt.date = needed("月份", "所属月份", "所属期", "month")
    kind: str | None = col("指标", "类型", "kind")
    quantity: float | None = col("数量", "用电量", "申报销售额", "电量", "quantity")


@dataclass(frozen=True, kw_only=True)
class TaxRecord(Record):
    """一笔纳税申报。"""

    table = "tax_record"
    titles = ("纳税记录", "税务申报", "纳税申报")
    identities = (Identity("company", name="name", idno="uscc"),)

    uscc: IdNo | None = col("统一社会信用代码", "纳税人识别号", "uscc")
    name: str | None = col("纳税人名称", "企业名称", "name")
    tax_kind: str | None = col("税种", "tax_kind")
    period: dt.date = needed("所属期", "税款所属期", "period")
    declared_fen: Fen | None = col("申报税额", "申报金额", "declared")
    paid_fen: Fen | None = col("实缴税额", "缴纳金额", "paid")
    paid_on: dt.date | None = col("缴款日期", "缴纳日期", "paid_date")


@dataclass(frozen=True, kw_only=True)
class BankTransaction(Record):
    """一笔银行流水。"""

    table = "bank_txn"
    titles = ("银行流水", "交易流水", "账户流水")
    identities = (
        Identity("owner_key", name="owner", idno="owner_idno"),
        Identity("counterparty_key", name="counterparty", idno="counterparty_idno"),
    )
    observed = "at"

    account: str | None = col("账号", "本方账号", "账户", "acct")
    owner: str | None = col("户名", "账户名称", "本方户名", "owner", "owner_name")
    owner_idno: IdNo | None = col("证件号码", "开户证件号码", "owner_idno")
    counterparty_account: str | None = col("对方账号", "cp_acct")
    counterparty: str | None = col("对方户名", "对方名称", "cp_name")
    counterparty_idno: IdNo | None = col("对方证件号码", "cp_idno")
    at: dt.datetime = needed("交易时间", "交易日期", "ts", "at")
    amount_fen: Fen = needed("交易金额", "金额", "amount")
    direction: str | None = col("收付标志", "借贷标志", "方向", "dir", "direction")
    memo: str | None = col("摘要", "备注", "用途", "memo")
    balance_fen: Fen | None = col("余额", "balance")

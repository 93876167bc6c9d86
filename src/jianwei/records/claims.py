"""Claims made outside a court: arbitration, notarised debts, bankruptcy claims."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.records.record import Fen, Identity, IdNo, Record, col, needed


@dataclass(frozen=True, kw_only=True)
class ArbitrationCase(Record):
    """一件劳动人事争议仲裁案件（一名劳动者一行）。"""

    table = "arb_case"
    titles = ("劳动仲裁", "仲裁案件", "劳动仲裁台账", "劳动人事争议仲裁")
    identities = (
        Identity("worker_key", name="worker", idno="worker_idno"),
        Identity("employer_key", name="employer", idno="employer_code"),
        Identity("agent_key", name="agent", place="agent_addr"),
    )
    observed = "filed_on"

    arb_no: str = needed("仲裁案号", "arb_no", "仲裁文书号", "调解书编号", "案号")
    org: str | None = col("仲裁机构", "仲裁委", "仲裁委员会", "org")
    arbitrator: str | None = col("仲裁员", "arbitrator")
    filed_on: dt.date | None = col("立案日期", "申请日期", "受理日期", "file_date", "filed_on")
    closed_on: dt.date | None = col("结案日期", "调解日期", "close_date", "closed_on")
    mode: str | None = col("结案方式", "mode")
    worker: str | None = col("劳动者", "申请人", "申请人姓名", "劳动者姓名", "worker")
    worker_idno: IdNo | None = col("劳动者身份证号", "申请人身份证号", "身份证号", "worker_idno")
    worker_addr: str | None = col("劳动者住址", "申请人住址", "申请人地址", "worker_addr")
    employer: str | None = col("用人单位", "被申请人", "被申请人名称", "单位名称", "employer")
    employer_code: IdNo | None = col("用人单位代码", "统一社会信用代码", "用人单位统一社会信用代码", "employer_code")
    claim_type: str | None = col("仲裁请求", "请求类型", "claim_type")
    claim_fen: Fen | None = col("请求金额", "申请金额", "claim_amount")
    amount_fen: Fen | None = col("金额", "裁决金额", "调解金额", "确认金额", "amount")
    wage_fen: Fen | None = col("月工资", "工资标准", "月工资标准", "wage")
    claim_from: dt.date | None = col("欠薪起始", "欠薪起", "主张期间起", "claim_from")
    claim_to: dt.date | None = col("欠薪截止", "欠薪止", "主张期间止", "claim_to")
    admitted: bool | None = col("单位认可", "是否认可", "无异议", "admit", "admitted")
    agent: str | None = col("代理人", "委托代理人", "agent")
    agent_kind: str | None = col("代理人类型", "代理人身份", "agent_type")
    agent_firm: str | None = col("代理人单位", "代理人律所", "agent_firm")
    agent_addr: str | None = col("代理人地址", "代理人住址", "agent_addr")


@dataclass(frozen=True, kw_only=True)
class NotarisedDebt(Record):
    """一份公证债权文书。"""

    table = "notary"
    titles = ("公证债权文书", "公证", "公证台账", "赋强公证")
    identities = (
        Identity("debtor_key", name="debtor", idno="debtor_idno"),
        Identity("creditor_key", name="creditor", idno="creditor_idno"),
    )
    observed = "deed_on"

    deed_no: str = needed("公证书编号", "公证书号", "公证文号", "deed_no")
    org: str | None = col("公证机构", "公证处", "org")
    notary: str | None = col("公证员", "notary")
    deed_on: dt.date | None = col("公证日期", "出证日期", "date", "deed_date", "deed_on")
    debtor: str | None = col("债务人", "debtor")
    debtor_idno: IdNo | None = col("债务人证件号码", "债务人身份证号", "debtor_idno")
    creditor: str | None = col("债权人", "creditor")
    creditor_idno: IdNo | None = col("债权人证件号码", "债权人身份证号", "债权人统一社会信用代码", "creditor_idno")
    amount_fen: Fen | None = col("债权金额", "金额", "公证金额", "amount")
    loaned_on: dt.date | None = col("借款日期", "借款时间", "债权发生日期", "loan_date", "loaned_on")
    certified_on: dt.date | None = col("执行证书日期", "执行证书出具日期", "exec_cert_date", "certified_on")


@dataclass(frozen=True, kw_only=True)
class BankruptcyClaim(Record):
    """破产程序中的一笔债权申报。"""

    table = "bankruptcy_claim"
    titles = ("破产债权申报", "破产申报")
    doubtful_above_fen = 10 * 100_000_000_00  # houses, plants and capital are large: 10 亿元 (chosen)
    identities = (
        Identity("debtor_key", name="debtor", idno="debtor_code"),
        Identity("creditor_key", name="creditor", idno="creditor_idno"),
    )
    observed = "declared_on"

    case_no: str | None = col("破产案号", "案号", "case_no")
    debtor: str = needed("破产企业", "债务人", "debtor")
    debtor_code: IdNo | None = col("统一社会信用代码", "债务人代码", "debtor_code")
    accepted_on: dt.date | None = col("破产受理日期", "受理日期", "accept_date")
    creditor: str = needed("债权人", "申报人", "creditor")
    creditor_idno: IdNo | None = col("债权人证件号码", "申报人证件号码", "creditor_idno")
    kind: str | None = col("债权类型", "债权性质", "kind")
    amount_fen: Fen | None = col("申报金额", "金额", "amount")
    declared_on: dt.date | None = col("申报日期", "declared_on", "date")

"""Civil proceedings: cases, parties, agents, and what a private loan was made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.records.record import CaseNo, CourtName, Fen, Identity, IdNo, Record, col, needed


@dataclass(frozen=True, kw_only=True)
class CivilCase(Record):
    """一件民事、行政案件（一份裁判文书或法院台账的一行）。"""

    table = "civ_case"
    titles = ("民事案件", "民事案件台账", "法院案件台账", "裁判文书", "行政案件")
    observed = "closed_on"

    case_no: CaseNo = needed("案号", "case_no", "案件编号", "文书案号")
    court: CourtName | None = col("法院", "court", "审理法院", "经办法院", "受理法院", "法院名称")
    region: str | None = col("法院行政区划", "行政区划代码", "region")
    court_level: str | None = col("法院级别", "法院层级", "court_level")
    case_type: str | None = col("案件类型", "case_type")
    doc_type: str | None = col("文书类型", "doc_type")
    cause: str | None = col("案由", "cause")
    track: str | None = col("程序", "审理程序", "适用程序", "proc", "track")
    procedure: str | None = col("审级", "审判程序", "procedure")
    filed_on: dt.date | None = col("立案日", "立案日期", "立案时间", "收案日期", "file_date", "filed_on")
    heard_on: dt.date | None = col("开庭日", "开庭日期", "开庭时间", "hear_date", "heard_on")
    closed_on: dt.date | None = col(
        "结案日", "结案日期", "结案时间", "裁判日期", "close_date", "closed_on", "decided_on"
    )
    close_mode: str | None = col("结案方式", "close_mode")
    judge: str | None = col("承办法官", "审判长", "承办人", "judge")
    amount_fen: Fen | None = col("标的额", "诉讼标的", "标的金额", "诉讼请求金额", "amount", "claim_amount")
    decided_fen: Fen | None = col("判决金额", "裁判金额", "调解金额", "decided_amount")
    absent: bool | None = col("缺席标志", "缺席", "是否缺席", "absent")
    noticed: bool | None = col("公告送达标志", "公告送达", "是否公告送达", "gg_service", "noticed")
    prelitigation: bool | None = col("诉前调解标志", "诉前调解", "prelit")
    admitted: bool | None = col("被告认可", "自认标志", "无争议", "admit")
    contract: str | None = col("合同编号", "合同名称", "合同", "contract_no", "contract")
    contract_on: dt.date | None = col("合同日期", "签订日期", "contract_date")
    outcome: str | None = col("裁判结果", "outcome", "判决主文")


@dataclass(frozen=True, kw_only=True)
class CivilParty(Record):
    """案件的一名当事人。"""

    table = "civ_party"
    titles = ("民事当事人", "案件当事人", "当事人")
    identities = (Identity("party", name="name", idno="idno", born_on="born_on", place="addr"),)

    case_no: CaseNo = needed("案号", "case_no", "案件编号")
    role: str | None = col("诉讼地位", "角色", "当事人地位", "地位", "role")
    kind: str | None = col("当事人类型", "类型", "kind")
    name: str = needed("姓名", "名称", "姓名或名称", "当事人", "当事人名称", "当事人姓名", "name")
    idno: IdNo | None = col("身份证号", "证件号码", "公民身份号码", "身份证号码", "统一社会信用代码", "idno")
    addr: str | None = col("住址", "住所地", "地址", "住所", "addr", "address")
    born_on: dt.date | None = col("出生日期", "出生", "birth", "born_on")
    phone: str | None = col("电话", "联系电话", "手机号", "phone")
    representative: str | None = col("法定代表人", "负责人", "经营者", "representative")
    absent: bool | None = col("缺席", "未到庭", "是否缺席", "absent")


@dataclass(frozen=True, kw_only=True)
class CivilAgent(Record):
    """一名当事人的一名代理人。"""

    table = "civ_agent"
    titles = ("诉讼代理人", "代理人", "委托代理人")
    identities = (Identity("agent", name="name", idno="idno", place="firm"),)

    case_no: CaseNo = needed("案号", "case_no", "案件编号")
    side: str | None = col("代理方", "诉讼地位", "代理一方", "side")
    principal: str | None = col("被代理人", "委托人", "principal")
    name: str = needed("代理人", "代理人姓名", "姓名", "agent_name", "name")
    kind: str | None = col("代理人类型", "类型", "身份", "agent_type", "kind")
    firm: str | None = col("律所", "律师事务所", "执业机构", "单位", "工作单位", "firm")
    addr: str | None = col("代理人地址", "住址", "地址", "agent_addr", "addr")
    idno: IdNo | None = col("代理人身份证号", "身份证号", "idno")
    phone: str | None = col("代理人电话", "电话", "phone")


@dataclass(frozen=True, kw_only=True)
class LoanElement(Record):
    """民间借贷案件查明的借款要素。"""

    table = "civ_loan_elem"
    titles = ("借贷要素", "民间借贷要素", "借款要素")

    case_no: CaseNo = needed("案号", "case_no", "案件编号")
    loaned_on: dt.date | None = col("借款日期", "借款时间", "出借日期", "loan_date", "loaned_on")
    principal_fen: Fen | None = col("借款本金", "本金", "借款金额", "借条金额", "principal")
    delivered_fen: Fen | None = col("实际交付金额", "转账金额", "实际出借金额", "delivered")
    rate_per_mille_month: float | None = col("月利率千分比", "rate_month_permille")
    rate_text: str | None = col("利率", "约定利率", "rate")
    annual_rate: float | None = col("年利率", "annual_rate")
    note_form: bool | None = col("格式借条标志", "格式借条", "note_form")
    note_text: str | None = col("借条内容", "借条", "note_text")
    note_template: str | None = col("借条模板", "note_template")
    delivery: str | None = col("交付方式", "出借方式", "delivery")
    payer: str | None = col("付款人", "实际出借人", "payer")
    payee: str | None = col("收款人", "payee")
    cut_interest: bool | None = col("砍头息", "预扣利息", "cut_interest")
    guarantor: str | None = col("保证人", "担保人", "guarantor")
    defence: str | None = col("抗辩要点", "抗辩", "defence")
    admitted: bool | None = col("自认标志", "自认", "admit", "admitted")


@dataclass(frozen=True, kw_only=True)
class CaseProof(Record):
    """裁判文书载明的一份证明材料及其出具单位。"""

    table = "case_proof"
    titles = ("证明材料", "居住务工证明")

    case_no: CaseNo = needed("案号", "case_no")
    kind: str = needed("证明类型", "证明名称", "kind")
    issuer: str | None = col("出具单位", "证明出具单位", "issuer")


@dataclass(frozen=True, kw_only=True)
class PaymentOrder(Record):
    """一份支付令。"""

    table = "pay_order"
    titles = ("支付令", "督促程序案件", "支付令台账")
    identities = (
        Identity("applicant_key", name="applicant", idno="applicant_idno"),
        Identity("respondent_key", name="respondent", idno="respondent_idno"),
    )
    observed = "issued_on"

    case_no: CaseNo = needed("案号", "case_no", "支付令号")
    court: CourtName | None = col("法院", "court", "审理法院")
    applicant: str = needed("申请人", "applicant", "申请人名称")
    applicant_idno: IdNo | None = col("申请人统一社会信用代码", "申请人证件号码", "applicant_idno", "申请人代码")
    respondent: str = needed("被申请人", "respondent", "被申请人名称", "债务人")
    respondent_idno: IdNo | None = col(
        "被申请人统一社会信用代码", "被申请人证件号码", "respondent_idno", "被申请人代码"
    )
    amount_fen: Fen | None = col("金额", "支付金额", "标的额", "amount")
    filed_on: dt.date | None = col("申请日期", "立案日期", "file_date", "filed_on")
    issued_on: dt.date | None = col("发出日期", "签发日期", "支付令日期", "作出日期", "issue_date", "issued_on")
    objection: bool | None = col("是否异议", "异议", "异议标志", "objection")


@dataclass(frozen=True, kw_only=True)
class DebtForAsset(Record):
    """以物抵债：一项财产抵偿一笔债务。"""

    table = "dfa"
    titles = ("以物抵债", "以房抵债")
    doubtful_above_fen = 10 * 100_000_000_00  # houses, plants and capital are large: 10 亿元 (chosen)
    identities = (
        Identity("owner_key", name="owner", idno="owner_idno"),
        Identity("taker_key", name="taker", idno="taker_idno"),
    )
    observed = "agreed_on"

    case_no: CaseNo = needed("案号", "case_no", "执行案号", "enf_no", "案号/执行案号")
    asset: str | None = col("财产", "抵债财产", "房屋坐落", "标的物", "asset")
    owner: str | None = col("财产所有人", "抵债人", "债务人", "owner")
    owner_idno: IdNo | None = col("所有人证件号码", "owner_idno", "抵债人证件号码")
    taker: str | None = col("受让人", "接收人", "债权人", "taker")
    taker_idno: IdNo | None = col("受让人证件号码", "taker_idno", "接收人证件号码")
    debt_fen: Fen | None = col("抵债金额", "债务金额", "debt_amt", "debt_amount")
    value_fen: Fen | None = col("财产价值", "评估价", "市场价值", "asset_value")
    agreed_on: dt.date | None = col("抵债日期", "裁定日期", "日期", "date", "agreed_on")
    purchase_limit: bool | None = col("限购标志", "限购", "city_purchase_limit")

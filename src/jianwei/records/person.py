"""What agencies know of persons: deaths, pensions, insurance, posts, licences, marriages, accidents."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.records.record import Fen, Identity, IdNo, Record, col, needed


@dataclass(frozen=True, kw_only=True)
class Death(Record):
    """一条死亡登记。"""

    table = "death"
    titles = ("死亡人员", "死亡登记", "火化记录", "死亡", "殡葬")
    identities = (Identity("person", name="name", idno="idno"),)
    observed = "died_on"

    name: str | None = col("姓名", "死者姓名", "name")
    idno: IdNo | None = col("身份证号", "公民身份号码", "证件号码", "idno")
    died_on: dt.date = needed("死亡日期", "死亡时间", "火化日期", "death_date", "died_on")
    source_kind: str | None = col("来源", "登记来源", "数据来源", "source")


@dataclass(frozen=True, kw_only=True)
class PensionPayment(Record):
    """一笔养老金、补贴的月度发放。"""

    table = "pension_pay"
    titles = ("养老金发放", "待遇发放", "补贴发放", "养老待遇", "养老保险待遇发放")
    identities = (Identity("person", name="name", idno="person_idno"),)
    observed = "month"

    name: str | None = col("姓名", "领取人", "待遇领取人", "name")
    person_idno: IdNo | None = col("身份证号", "公民身份号码", "证件号码", "person_idno", "idno")
    month: dt.date = needed("发放月份", "月份", "待遇月份", "所属月份", "month")
    amount_fen: Fen | None = col("发放金额", "金额", "待遇金额", "amount")
    kind: str | None = col("待遇类型", "待遇种类", "补贴类型", "类别", "kind")
    region: str | None = col("行政区划代码", "region")
    agency: str | None = col("经办机构", "发放单位", "agency")
    returned_fen: Fen | None = col("退回金额", "已退回金额", "追回金额", "returned")
    returned_on: dt.date | None = col("退回日期", "追回日期", "returned_on")


@dataclass(frozen=True, kw_only=True)
class SocialInsurance(Record):
    """一人在一单位的一段参保。"""

    table = "social_ins"
    titles = ("社会保险", "社保参保", "参保记录", "社保缴费")
    identities = (
        Identity("person", name="person_name", idno="person_idno"),
        Identity("company", name="company_name", idno="uscc"),
    )
    observed = "from_on"

    person_name: str | None = col("姓名", "参保人", "person_name", "name")
    person_idno: IdNo | None = col("身份证号", "公民身份号码", "person_idno")
    company_name: str | None = col("参保单位", "单位名称", "company_name", "employer")
    uscc: IdNo | None = col("统一社会信用代码", "单位代码", "uscc")
    from_on: dt.date | None = col("参保起始", "起始月份", "参保开始日期", "from")
    to_on: dt.date | None = col("参保截止", "截止月份", "参保结束日期", "to")
    base_fen: Fen | None = col("缴费基数", "base")
    insure_type: str | None = col("险种", "insure_type")


@dataclass(frozen=True, kw_only=True)
class Staff(Record):
    """教育、医疗、体育等单位的一名从业人员。"""

    table = "staff"
    titles = ("从业人员", "教职工", "在职人员", "教职员工名册")
    identities = (Identity("person", name="name", idno="idno", born_on="born_on"),)
    observed = "as_of_on"

    name: str | None = col("姓名", "name")
    idno: IdNo | None = col("身份证号", "公民身份号码", "证件号码", "idno")
    born_on: dt.date | None = col("出生日期", "birth")
    employer: str | None = col("单位", "工作单位", "用人单位", "employer")
    post: str | None = col("岗位", "职务", "post")
    hired_on: dt.date | None = col("入职日期", "聘用日期", "hire_date")
    left_on: dt.date | None = col("离职日期", "leave_date")
    minors_contact: bool | None = col("接触未成年人标志", "接触未成年人", "minors_contact")
    region: str | None = col("行政区划代码", "region")
    as_of_on: dt.date | None = col("名册日期", "数据日期", "截至日期", "as_of")


@dataclass(frozen=True, kw_only=True)
class Licence(Record):
    """一项执业、从业资格或许可。"""

    table = "licence"
    titles = ("资格证照", "证照", "资格证", "执业证")
    identities = (Identity("person", name="name", idno="idno"),)
    observed = "as_of_on"

    name: str | None = col("姓名", "持证人", "name")
    idno: IdNo | None = col("身份证号", "证件号码", "idno")
    kind: str = needed("证照类型", "资格类型", "证照种类", "kind")
    no: str | None = col("证号", "证照编号", "no")
    issued_on: dt.date | None = col("发证日期", "issue")
    expires_on: dt.date | None = col("有效期至", "expire")
    status: str | None = col("状态", "证照状态", "status")
    revoked_on: dt.date | None = col("吊销日期", "注销日期", "revoke_date")
    region: str | None = col("行政区划代码", "region")
    as_of_on: dt.date | None = col("数据日期", "截至日期", "as_of")


@dataclass(frozen=True, kw_only=True)
class Marriage(Record):
    """一次婚姻登记。"""

    table = "marriage"
    titles = ("婚姻登记", "婚姻")
    identities = (
        Identity("a_key", name="a_name", idno="a_idno"),
        Identity("b_key", name="b_name", idno="b_idno"),
    )

    reg_no: str | None = col("登记号", "婚姻登记字号", "reg_no")
    a_name: str | None = col("男方姓名", "a_name")
    a_idno: IdNo | None = col("男方身份证号", "a_idno")
    b_name: str | None = col("女方姓名", "b_name")
    b_idno: IdNo | None = col("女方身份证号", "b_idno")
    registered_on: dt.date | None = col("登记日期", "date")
    status: str | None = col("状态", "status")


@dataclass(frozen=True, kw_only=True)
class Kinship(Record):
    """户籍底册上的一条亲属关系。"""

    table = "kinship"
    titles = ("亲属关系", "户籍亲属")
    identities = (
        Identity("a_key", name="a_name", idno="a_idno"),
        Identity("b_key", name="b_name", idno="b_idno"),
    )

    a_name: str | None = col("姓名", "a_name")
    a_idno: IdNo | None = col("身份证号", "a_idno")
    b_name: str | None = col("亲属姓名", "b_name")
    b_idno: IdNo | None = col("亲属身份证号", "b_idno")
    relation: str | None = col("关系", "relation")


@dataclass(frozen=True, kw_only=True)
class RoadAccident(Record):
    """一起道路交通事故。"""

    table = "road_acc"
    titles = ("交通事故", "道路交通事故")
    observed = "at"

    accident_no: str = needed("事故编号", "事故认定书号", "acc_no")
    at: dt.datetime | None = col("事故时间", "发生时间", "ts")
    reported_at: dt.datetime | None = col("报案时间", "report_ts")
    parties: str | None = col("当事人", "parties")
    victim: str | None = col("伤者", "受害人", "victim")
    victim_idno: IdNo | None = col("伤者身份证号", "受害人身份证号", "victim_idno")
    injuries: str | None = col("伤情", "injuries")
    liability: str | None = col("责任", "liability")
    plates: str | None = col("车牌", "plates")
    case_no: str | None = col("诉讼案号", "案号", "case_no")


@dataclass(frozen=True, kw_only=True)
class MedicalClaim(Record):
    """一笔医保结算。"""

    table = "med_claim"
    titles = ("医保结算", "医保")
    identities = (Identity("person", name="name", idno="idno"),)
    observed = "settled_at"

    name: str | None = col("姓名", "参保人", "name")
    idno: IdNo | None = col("身份证号", "idno")
    hospital: str | None = col("医院", "医疗机构", "hosp")
    admitted_on: dt.date | None = col("入院日期", "in_date")
    discharged_on: dt.date | None = col("出院日期", "out_date")
    diagnosis: str | None = col("诊断", "diag")
    cause_of_injury: str | None = col("受伤原因", "cause_of_injury")
    item: str | None = col("项目", "item")
    quantity: float | None = col("数量", "qty")
    amount_fen: Fen | None = col("金额", "amount")
    fund_paid_fen: Fen | None = col("基金支付", "fund_paid")
    settled_at: dt.datetime | None = col("结算时间", "settle_ts")


@dataclass(frozen=True, kw_only=True)
class InsuranceSettlement(Record):
    """一笔交通事故保险理赔款的去向和核查记录。"""

    table = "claim_payment"
    titles = ("保险理赔", "理赔付款", "保险理赔台账")
    identities = (
        Identity("victim_key", name="victim", idno="victim_idno"),
        Identity("payee_key", name="payee", idno="payee_idno"),
    )
    observed = "paid_on"

    case_no: str | None = col("案号", "case_no")
    victim: str | None = col("伤者", "受害人", "victim")
    victim_idno: IdNo | None = col("伤者身份证号", "victim_idno")
    insurer: str | None = col("保险公司", "insurer")
    payee: str | None = col("收款人", "payee")
    payee_idno: IdNo | None = col("收款人身份证号", "payee_idno")
    amount_fen: Fen | None = col("赔付金额", "理赔金额", "金额", "amount")
    victim_received_fen: Fen | None = col("伤者实得", "受害人实得", "victim_received")
    paid_on: dt.date | None = col("付款日期", "赔付日期", "paid_on", "date")
    proof_issuer: str | None = col("居住证明出具单位", "证明出具单位", "务工证明出具单位", "proof_issuer")
    grade: str | None = col("伤残等级", "鉴定等级", "grade")
    regrade: str | None = col("重新鉴定等级", "复核等级", "regrade")
    appraiser: str | None = col("鉴定人", "鉴定机构", "appraiser")

"""Criminal proceedings: sentences, custody, and the office's own handling."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.records.record import CaseNo, CourtName, Fen, Identity, IdNo, Record, col, needed


@dataclass(frozen=True, kw_only=True)
class CriminalJudgment(Record):
    """一名被告人在一份刑事判决中的处刑。"""

    table = "crim_judg"
    titles = ("刑事判决", "刑事判决书", "刑事裁判", "刑事判决台账")
    identities = (Identity("person", name="name", idno="idno", born_on="born_on", place="addr"),)
    unnamed = "未载姓名者"
    observed = "decided_on"

    court_no: CaseNo = needed("案号", "court_no", "判决书文号", "case_no")
    court: CourtName | None = col("法院", "court", "审判法院")
    region: str | None = col("法院行政区划", "行政区划代码", "region")
    name: str | None = col("被告人", "姓名", "被告人姓名", "name")
    idno: IdNo | None = col("身份证号", "证件号码", "公民身份号码", "person_idno", "idno")
    born_on: dt.date | None = col("出生日期", "birth", "born_on")
    addr: str | None = col("户籍地", "住址", "addr")
    occupation: str | None = col("职业", "occupation")
    charge: str | None = col("罪名", "charge")
    charges: tuple[str, ...] | None = col("全部罪名", "charges")
    intentional: bool | None = col("故意犯罪", "是否故意", "intentional")
    crime_on: dt.date | None = col("犯罪日期", "作案时间", "犯罪时间", "crime_date", "crime_on")
    crime_last_on: dt.date | None = col("犯罪终了日期", "crime_last_on")
    held_from: dt.date | None = col("羁押起始", "羁押日期", "先行羁押起", "arrest_from", "held_from")
    custody_days: int | None = col("羁押天数", "先行羁押天数", "custody_days")
    main_penalty: str | None = col("主刑", "刑种", "main_penalty")
    months: int | None = col("刑期月数", "刑期", "months")
    extra_days: int | None = col("刑期天数", "extra_days")
    life_or_death: str | None = col("无期死刑", "life_or_death")
    probation_months: int | None = col("缓刑月数", "缓刑考验期", "probation_months")
    fine_fen: Fen | None = col("罚金", "fine")
    confiscate: str | None = col("没收财产", "confiscate")
    restitution: str | None = col("退赔", "责令退赔", "restitution")
    term_start_on: dt.date | None = col("刑期起", "刑期起始日", "刑期自", "term_start")
    term_end_on: dt.date | None = col("刑期止", "刑期截止日", "刑期至", "刑满日期", "term_end")
    decided_on: dt.date | None = col("判决日期", "裁判日期", "decided_on")
    effective_on: dt.date | None = col("生效日期", "effective_date", "effective_on")
    recidivist: bool | None = col("累犯标志", "累犯", "是否累犯", "recid_flag")
    banned: bool | None = col("从业禁止", "是否从业禁止", "ban_flag")
    circumstances: tuple[str, ...] | None = col("量刑情节", "情节", "circumstances")
    minor_at_crime: bool | None = col("犯罪时未成年", "是否未成年", "minor")
    sealed: bool | None = col("犯罪记录封存", "封存", "sealed")
    merged: bool | None = col("与前罪并罚", "merged")
    trial_level: str | None = col("审级", "trial_level")
    source_kind: str | None = col("结果类型", "source_kind")


@dataclass(frozen=True, kw_only=True)
class SentenceItem(Record):
    """判决主文中一名被告人的一项处刑（数罪时一罪一行）。"""

    table = "sentence_item"
    titles = ("分罪处刑",)

    court_no: CaseNo = needed("案号", "court_no")
    name: str = needed("被告人", "name")
    charge: str | None = col("罪名", "charge")
    main_penalty: str | None = col("刑种", "main_penalty")
    months: int | None = col("刑期月数", "months")
    extra_days: int | None = col("刑期天数", "extra_days")
    life_or_death: str | None = col("无期死刑", "life_or_death")
    fine_fen: Fen | None = col("罚金", "fine")
    total: bool | None = col("是否决定执行", "total")
    earlier: bool | None = col("是否前罪", "earlier")


@dataclass(frozen=True, kw_only=True)
class CustodyEvent(Record):
    """判决书首部或案卡记载的一次强制措施变动。

    ``kind`` is one of 抓获 (also 传唤、拘传、投案到案), 羁押, 刑事拘留, 逮捕, 取保候审, 监视居住, 指定居所监视居住, 释放, 行政拘留,
    司法拘留, 留置, 管护, 强制隔离戒毒, 收监; one row each, in the order of the text. ``until`` is the last day where the text
    gives it, or follows from "行政拘留十日". ``same_act`` is true where the text ties the measure to this case (因本案,
    因涉嫌…罪), false where it names another matter (吸毒, an earlier offence), else empty. Measures that belong to a
    past sentence are no events; the sentence is a row of ``prior_sentence``.
    """

    table = "custody_event"
    titles = ("羁押经过",)

    court_no: CaseNo = needed("案号", "court_no")
    name: str = needed("被告人", "name")
    kind: str = needed("措施", "kind")
    on: dt.date | None = col("日期", "on")
    until: dt.date | None = col("至", "until")
    same_act: bool | None = col("同一行为", "same_act")


@dataclass(frozen=True, kw_only=True)
class PriorSentence(Record):
    """判决书首部记载的被告人一次前科（曾受刑事处罚）。

    One row a past conviction as the header of the later judgment tells it: ``court_no`` is the later judgment,
    ``prior_no`` and ``prior_court`` the earlier one where named. ``released_on`` is the day 刑满释放 or 执行完毕;
    ``paroled_on`` / ``parole_end_on`` those of 假释. A date told by month
    alone ("2017年11月") is read as that month's first day (the safe side: an interval counted from it is never too
    short); a date told by year alone stays empty.
    """

    table = "prior_sentence"
    titles = ("前科", "前科劣迹", "曾受刑事处罚")
    identities = (Identity("person", name="name", idno="idno", born_on="born_on", place="addr"),)

    court_no: CaseNo = needed("案号", "court_no")
    name: str = needed("被告人", "姓名", "name")
    idno: IdNo | None = col("身份证号", "idno")
    born_on: dt.date | None = col("出生日期", "born_on")
    addr: str | None = col("户籍地", "住址", "addr")
    charge: str | None = col("前科罪名", "罪名", "charge")
    main_penalty: str | None = col("前科刑种", "刑种", "main_penalty")
    months: int | None = col("前科刑期月数", "刑期月数", "months")
    life_or_death: str | None = col("无期死刑", "life_or_death")
    probation_months: int | None = col("前科缓刑月数", "缓刑月数", "probation_months")
    decided_on: dt.date | None = col("前科判决日期", "判决日期", "decided_on")
    released_on: dt.date | None = col("刑满释放日期", "释放日期", "released_on")
    paroled_on: dt.date | None = col("假释日期", "paroled_on")
    parole_end_on: dt.date | None = col("假释期满日期", "parole_end_on")
    prior_court: str | None = col("前科法院", "prior_court")
    prior_no: CaseNo | None = col("前科案号", "prior_no")


@dataclass(frozen=True, kw_only=True)
class CoerciveMeasure(Record):
    """一次强制措施。"""

    table = "coercive"
    titles = ("强制措施", "强制措施台账")
    identities = (Identity("person_key", name="person", idno="person_idno"),)

    person: str = needed("姓名", "person", "犯罪嫌疑人")
    person_idno: IdNo | None = col("身份证号", "person_idno", "证件号码")
    case_no: str | None = col("案号", "部门受案号", "case_no")
    kind: str = needed("强制措施", "措施种类", "kind")
    start_on: dt.date | None = col("开始日期", "起始日期", "start")
    end_on: dt.date | None = col("结束日期", "解除日期", "end")
    organ: str | None = col("执行机关", "决定机关", "organ")
    deposit_fen: Fen | None = col("保证金", "deposit_amt")
    refunded_on: dt.date | None = col("保证金退还日期", "deposit_refund_date")


@dataclass(frozen=True, kw_only=True)
class OfficeCase(Record):
    """本院办理的一件案件（统一业务应用系统导出）。"""

    table = "crim_case"
    titles = ("检察业务案件", "本院案件", "统一业务系统导出", "案件信息表", "010101", "020101")
    observed = "accepted_on"

    dept_no: str = needed("部门受案号", "dept_no")
    uni_no: str | None = col("统一受案号", "uni_no")
    case_name: str | None = col("案件名称", "case_name")
    category: str | None = col("案件类别", "案件类型", "category")
    office: str | None = col("承办单位", "办案单位", "office", "检察院")
    region: str | None = col("行政区划代码", "region")
    accepted_on: dt.date | None = col("受理日期", "受理时间", "accept_date")
    source_unit: str | None = col("移送单位", "source_unit", "source")
    charge_in: str | None = col("移送案由", "移送罪名", "charge_in")
    prosecutor: str | None = col("承办人", "承办检察官", "prosecutor")
    dept: str | None = col("承办部门", "部门", "dept")
    custody: bool | None = col("是否在押", "羁押", "在押", "custody")
    returned_1_on: dt.date | None = col("第一次退查日期", "一退日期", "return_1")
    resubmitted_1_on: dt.date | None = col("第一次重报日期", "一退重报日期", "resubmit_1")
    returned_2_on: dt.date | None = col("第二次退查日期", "二退日期", "return_2")
    resubmitted_2_on: dt.date | None = col("第二次重报日期", "二退重报日期", "resubmit_2")
    returned_3_on: dt.date | None = col("第三次退查日期", "三退日期", "return_3")
    extended_on: dt.date | None = col("延长审查起诉期限日期", "延长日期", "extend_date")
    jurisdiction_changed_on: dt.date | None = col("改变管辖日期", "jurisdiction_date")
    suspended_on: dt.date | None = col("中止审查日期", "suspend_date")
    resumed_on: dt.date | None = col("恢复审查日期", "resume_date")
    appraisal_from_on: dt.date | None = col("精神病鉴定开始日期", "appraisal_from")
    appraisal_to_on: dt.date | None = col("精神病鉴定结束日期", "appraisal_to")
    finished_on: dt.date | None = col("审结日期", "办结日期", "finish_date")
    decision: str | None = col("审结情况", "处理结果", "decision")
    fast_track: bool | None = col("是否适用速裁程序", "速裁程序", "速裁", "fast_track")


@dataclass(frozen=True, kw_only=True)
class OfficePerson(Record):
    """本院案件的一名犯罪嫌疑人、被告人（案卡导出）。"""

    table = "crim_person"
    titles = ("犯罪嫌疑人", "嫌疑人案卡", "案卡导出")
    identities = (Identity("person", name="name", idno="idno", born_on="born_on"),)

    uni_no: str = needed("统一受案号", "uni_no")
    name: str = needed("姓名", "name")
    idno: IdNo | None = col("身份证号", "证件号码", "idno")
    born_on: dt.date | None = col("出生日期", "birth")
    age_at_crime: int | None = col("作案时年龄", "age_at_crime")
    prior: str | None = col("前科", "prior")
    recidivist: bool | None = col("累犯", "recid")
    measure: str | None = col("强制措施", "measure")
    plead: bool | None = col("认罪认罚", "plead")
    decision: str | None = col("处理结果", "decision_person")


@dataclass(frozen=True, kw_only=True)
class PoliceCase(Record):
    """公安机关的一件刑事案件。"""

    table = "police_case"
    titles = ("公安案件", "警综案件")
    identities = (Identity("suspect_key", name="suspect", idno="suspect_idno"),)
    observed = "filed_on"

    case_no: str = needed("案件编号", "case_no", "案号")
    accepted_at: dt.datetime | None = col("接警时间", "accept_ts")
    filed_on: dt.date | None = col("立案日期", "file_date")
    suspect: str | None = col("犯罪嫌疑人", "suspect")
    suspect_idno: IdNo | None = col("嫌疑人身份证号", "suspect_idno")
    charge: str | None = col("罪名", "案由", "charge")
    status: str | None = col("状态", "status")
    last_action: str | None = col("最近措施", "last_action")

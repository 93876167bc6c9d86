"""The card of 一审公诉, a row of export 020101."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from jianwei.cards.card import Card, Charges, Fen, Months, col


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ProsecutionCard(Card):
    """一审公诉案卡。"""

    code: ClassVar[str] = "020101"
    title: ClassVar[str] = "一审公诉"

    accepted_on: dt.date | None = col("全案_受理日期", "受理日期", "受案日期")
    moved: bool | None = col("是否他院受理审查起诉后改变管辖", "是否改变管辖")
    opinion: str | None = col("全案_移送意见", "移送意见")
    case_charge: Charges | None = col("全案_移送案由", "移送案由", "移送罪名")
    case_charge_more: Charges | None = col("全案_移送其他案由", "移送其他案由")
    sent_charge: Charges | None = col("移诉案由", "移送审查起诉案由", "移诉罪名")
    sent_charge_more: Charges | None = col("移诉其他案由", "移送审查起诉其他案由")
    measure: str | None = col("审结前强制措施", "强制措施", "审查起诉环节强制措施")
    measure_changed_on: dt.date | None = col("变更强制措施日期", "强制措施变更日期")
    deposit: Fen | None = col("保证金（万元）", "保证金数额（万元）")
    extended_on: dt.date | None = col("全案_延长审查起诉期限日期", "延长审查起诉期限日期", "延长期限日期")
    returned_1_on: dt.date | None = col("全案_一次退查日期", "一次退查日期", "第一次退查日期")
    resubmitted_1_on: dt.date | None = col("全案_一次重报日期", "一次重报日期", "第一次重报日期")
    unreturned_1: str | None = col("一次退查后未重报事由", "退查后未重报事由")
    returned_2_on: dt.date | None = col("全案_二次退查日期", "二次退查日期", "第二次退查日期")
    resubmitted_2_on: dt.date | None = col("全案_二次重报日期", "二次重报日期", "第二次重报日期")
    unreturned_2: str | None = col("二次退查后未重报事由")
    returned_3_on: dt.date | None = col("全案_三次退查日期", "三次退查日期", "第三次退查日期")

    case_closed_on: dt.date | None = col("全案_审结日期")
    closed_on: dt.date | None = col("审结日期")
    result: str | None = col("审结处理情况", "审结处理结果", "审结结果")
    change: str | None = col("改变移送审查起诉认定情形", "改变移送认定情形")
    circumstances: str | None = col("审查认定的法定情节", "法定情节")
    case_plea: bool | None = col("全案_审查起诉阶段检察机关适用认罪认罚", "全案_认罪认罚")
    plea: bool | None = col("审查起诉阶段检察机关适用认罪认罚", "审查起诉阶段适用认罪认罚", "认罪认罚")
    chased_arrest: bool | None = col("是否为纠正漏捕的犯罪嫌疑人", "是否纠正漏捕")
    chased: bool | None = col("是否为追诉对象", "是否追诉", "是否纠正漏诉")
    filing: bool | None = col("是否立案监督对象", "是否立案监督")
    amount: Fen | None = col("审结数额（万元）", "审结数额")
    fixed_amount: Fen | None = col("审定数额（万元）")
    loss: Fen | None = col("认定造成经济损失（万元）")
    recovered: Fen | None = col("挽回经济损失（万元）")
    seized: Fen | None = col("侦（调）查机关追缴款物（万元）")
    own_seized: Fen | None = col("检察机关自行查扣冻（万元）")
    found_seized: Fen | None = col("检察机关发现并由其他机关查扣冻（万元）")
    laundered: Fen | None = col("洗钱数额（万元）")
    concealed: Fen | None = col(
        "掩饰隐瞒犯罪所得、犯罪所得收益数额（万元）", "掩饰、隐瞒犯罪所得、犯罪所得收益数额（万元）"
    )
    repaid: Fen | None = col("捕诉环节犯罪嫌疑人主动退赔（万元）", "主动退赔（万元）")
    recovery: bool | None = col("案件是否涉及追赃挽损", "是否涉及追赃挽损")
    harmed_kind: str | None = col("受侵犯企业类型")
    harmed_capital: str | None = col("受侵犯企业资金来源地")
    harmed_country: str | None = col("受侵犯企业所属国别地区")
    trial_period: Months | None = col("附条件不起诉考验期（月）", "附条件不起诉考验期", "考验期（月）")

    advice: str | None = col("审查起诉阶段提出量刑建议类型", "量刑建议类型")
    advice_penalty: str | None = col("审查起诉阶段量刑建议刑种", "量刑建议刑种")
    advice_from: Months | None = col("审查起诉阶段量刑建议（自）有期徒刑刑期")
    advice_to: Months | None = col("审查起诉阶段量刑建议（到）有期徒刑刑期")
    advice_detention: Months | None = col("审查起诉阶段量刑建议（自）拘役刑期")
    advice_control: Months | None = col("审查起诉阶段量刑建议（自）管制刑期")
    advice_fine_from: Fen | None = col("审查起诉阶段量刑建议（自）罚金数额")
    advice_fine_to: Fen | None = col("审查起诉阶段量刑建议（到）罚金数额")
    trial_advice: str | None = col("审判阶段提出（调整）量刑建议类型")
    advice_taken: bool | None = col("是否法院采纳量刑建议", "法院是否采纳量刑建议")

    indicted_on: dt.date | None = col("提起公诉日期", "起诉日期")
    withdrawn_on: dt.date | None = col("撤回起诉日期")
    withdrawn_done_on: dt.date | None = col("撤回起诉后处理日期")
    procedure: str | None = col("庭审程序", "审理程序", "适用程序")
    to_summary_on: dt.date | None = col("速裁程序转为简易程序日期")
    to_ordinary_on: dt.date | None = col("速裁程序转为普通程序日期", "转为普通程序日期")
    heard_on: dt.date | None = col("出庭日期", "开庭日期")
    adjourned_1_on: dt.date | None = col("一次建议法院延期审理日期")
    resumed_1_on: dt.date | None = col("一次建议法院恢复审理日期")
    adjourned_2_on: dt.date | None = col("二次建议法院延期审理日期")
    resumed_2_on: dt.date | None = col("二次建议法院恢复审理日期")
    court_adjourned_on: dt.date | None = col("法院决定延期审理日期")
    court_resumed_on: dt.date | None = col("法院恢复审理日期")
    trial_plea_state: str | None = col("审判阶段适用认罪认罚情况")
    trial_plea: bool | None = col("审判阶段适用认罪认罚")
    judged_circumstances: str | None = col("裁判认定法定情节", "裁判认定的法定情节")
    case_judged_on: dt.date | None = col("全案_一审判决日期")
    judged_on: dt.date | None = col("一审判决日期", "判决日期")
    judgment_received_on: dt.date | None = col("一审判决书收到日期", "判决书收到日期")
    judged_charge: Charges | None = col("一审判决罪名/案由", "一审判决罪名", "判决罪名")
    judged_charge_more: Charges | None = col("一审判决其他罪名/案由", "一审判决其他罪名")
    judged_change: str | None = col("裁判改变起诉情形", "裁判改变起诉情况")
    sentence: str | None = col("一审宣告刑", "宣告刑")
    sentence_months: Months | None = col("一审宣告刑刑期", "宣告刑刑期")
    probation: Months | None = col("一审缓刑考验期", "缓刑考验期")
    fine: Fen | None = col("一审罚金数额（万元）")
    appealed_on: dt.date | None = col("上诉日期", "提出上诉日期")
    appeal_withdrawn_on: dt.date | None = col("撤回上诉日期")
    protested_on: dt.date | None = col("提出抗诉日期", "抗诉日期")
    protest_reason: str | None = col("提出抗诉理由", "抗诉理由")
    protest_withdrawn_on: dt.date | None = col("撤回抗诉日期")
    protest_taken: str | None = col("是否采纳抗诉意见", "采纳抗诉意见")
    higher_review: str | None = col("上级检察院审查结果", "上级院审查结果")
    case_effective_on: dt.date | None = col("全案_一审判决生效日期")
    effective_on: dt.date | None = col("一审判决生效日期", "判决生效日期")

    @property
    def case_charges(self) -> frozenset[str]:
        """The charges with which the case as a whole was sent."""
        return frozenset((*(self.case_charge or ()), *(self.case_charge_more or ())))

    @property
    def sent_charges(self) -> frozenset[str]:
        """The charges with which this person was sent."""
        return frozenset((*(self.sent_charge or ()), *(self.sent_charge_more or ())))

    @property
    def judged_charges(self) -> frozenset[str]:
        """The charges of which this person was convicted."""
        return frozenset((*(self.judged_charge or ()), *(self.judged_charge_more or ())))

    @property
    def indicted(self) -> bool:
        return self.result in ("起诉", "提起公诉", "附条件不起诉后起诉")

    @property
    def dropped(self) -> bool:
        """Any kind of 不起诉 but the conditional one."""
        return self.result is not None and "不起诉" in self.result and "附条件" not in self.result

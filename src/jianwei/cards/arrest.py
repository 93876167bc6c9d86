"""The card of 审查逮捕, a row of export 010101."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from jianwei.cards.card import Card, Charges, col


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ArrestCard(Card):
    """审查逮捕案卡。"""

    code: ClassVar[str] = "010101"
    title: ClassVar[str] = "审查逮捕"

    accepted_on: dt.date | None = col("受理日期", "受案日期", "全案_受理日期")
    case_charge: Charges | None = col("移送案由", "全案_移送案由", "移送罪名")
    case_charge_more: Charges | None = col("移送其他案由", "全案_移送其他案由", "移送其他罪名")
    sent_charge: Charges | None = col("涉嫌案由", "涉嫌罪名", "提请逮捕案由")
    sent_charge_more: Charges | None = col("涉嫌其他案由", "涉嫌其他罪名")
    measure: str | None = col("受理时强制措施", "提请逮捕时强制措施", "提捕时强制措施")
    detained_on: dt.date | None = col("拘留日期", "刑事拘留日期")
    case_result: str | None = col("全案_审结处理结果", "全案审结结果")
    case_closed_on: dt.date | None = col("全案_审结日期")
    result: str | None = col("审结处理结果", "审结处理情况", "审结结果")
    closed_on: dt.date | None = col("审结日期", "决定日期")
    no_arrest_kind: str | None = col("不捕情形", "不批捕情形", "不批准逮捕情形")
    ground: str | None = col("应当逮捕情形", "逮捕情形")
    receipt_on: dt.date | None = col("收到执行回执日期", "执行回执日期")
    executed_on: dt.date | None = col("执行日期", "逮捕执行日期")
    execution: str | None = col("执行情况", "逮捕执行情况")
    chased: bool | None = col(
        "是否为审捕阶段要求提请（移送）逮捕的犯罪嫌疑人", "是否纠正漏捕", "是否要求提请逮捕", "是否追捕"
    )

    @property
    def case_charges(self) -> frozenset[str]:
        """The charges with which the case as a whole was sent."""
        return frozenset((*(self.case_charge or ()), *(self.case_charge_more or ())))

    @property
    def sent_charges(self) -> frozenset[str]:
        """The charges with which this person was sent."""
        return frozenset((*(self.sent_charge or ()), *(self.sent_charge_more or ())))

    @property
    def approved(self) -> bool:
        """批准逮捕 or 决定逮捕."""
        return self.result is not None and "逮捕" in self.result and not self.result.startswith("不")

    @property
    def refused(self) -> bool:
        """不批准逮捕 or 不予逮捕."""
        return self.result is not None and "逮捕" in self.result and self.result.startswith("不")

"""Administrative penalties."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.records.record import Fen, Identity, IdNo, Record, col, needed


@dataclass(frozen=True, kw_only=True)
class AdministrativePenalty(Record):
    """一件行政处罚。"""

    table = "admin_penalty"
    titles = ("行政处罚", "行政处罚决定", "双公示")
    identities = (Identity("party_key", name="party", idno="idno"),)
    observed = "decided_on"

    decision_no: str = needed("处罚决定书文号", "决定书文号", "decision_no")
    organ: str | None = col("处罚机关", "organ")
    party: str | None = col("当事人", "被处罚人", "party")
    idno: IdNo | None = col("证件号码", "统一社会信用代码", "idno", "uscc")
    fact: str | None = col("违法事实", "fact")
    law_article: str | None = col("处罚依据", "law_article")
    amount_involved_fen: Fen | None = col("涉案金额", "amount_involved")
    quantity: float | None = col("数量", "qty")
    fine_fen: Fen | None = col("罚款金额", "fine")
    illegal_gain_fen: Fen | None = col("违法所得", "illegal_gain")
    decided_on: dt.date | None = col("处罚日期", "决定日期", "date")
    transferred: bool | None = col("移送标志", "是否移送", "transferred")

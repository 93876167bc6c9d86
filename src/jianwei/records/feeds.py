"""What the lake holds beside the records of the world: documents, and the coverage ledger of feeds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.records.record import Record, col, needed


@dataclass(frozen=True, kw_only=True)
class Document(Record):
    """一份文书的全文。``text`` 是各项跨度所指的文本。"""

    table = "document"
    titles = ("文书全文",)

    document_id: str = needed("文书标识", "document_id")
    case_no: str | None = col("案号", "case_no")
    court: str | None = col("法院", "court")
    title: str | None = col("标题", "title")
    kind: str | None = col("文书种类", "kind")
    case_type: str | None = col("案件类型", "case_type")
    decided_on: dt.date | None = col("裁判日期", "decided_on")
    text: str = needed("全文", "text")


@dataclass(frozen=True, kw_only=True)
class Feed(Record):
    """覆盖台账的一行：一类数据在一地的起止、截至、滞后与缺口。"""

    table = "feed"
    titles = ("数据覆盖台账", "覆盖台账", "数据来源说明", "数据覆盖")

    feed: str = needed("数据表", "数据名称", "feed", "table")
    region: str | None = col("行政区划代码", "地区", "region")
    supplier: str | None = col("提供单位", "supplier")
    from_on: dt.date | None = col("起始日期", "覆盖起", "from")
    to_on: dt.date | None = col("截至日期", "覆盖止", "完整至", "to")
    lag_days: int | None = col("滞后天数", "lag_days")
    gaps: str | None = col("缺口", "缺失期间", "gaps")
    declared: bool | None = col("是否声明", "declared")

"""What a write to documents may be refused with."""

from __future__ import annotations

from collections.abc import Mapping

from jianwei.desk.documents.models import Document
from jianwei.desk.errors import DeskError


class NotFound(DeskError):
    """Not there, or not in scope: the two look the same."""

    def __init__(self) -> None:
        super().__init__("没有这份文书，或不在您的管辖范围内。")


class Conflict(DeskError):
    """Somebody else changed the document since the page was opened."""

    def __init__(self, document: Document) -> None:
        newest = document.versions.select_related("by").first()
        last = document.steps.select_related("by").first()
        done = "本文书已有变化"
        if last and (newest is None or last.at > newest.at):
            done = f"{last.by.name}已处理过本文书"
        elif newest:
            done = f"{newest.by.name}已另存第 {newest.n} 版"
        state = document.get_status_display()
        super().__init__(f"您打开本页之后，{done}（现为“{state}”）。您填写的内容仍在，请与最新版核对后再提交。")
        self.document = document


class Refused(DeskError):
    """The verb is not open to this person, in this state, or with what was given. ``fields`` says where."""

    def __init__(self, says: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(says)
        self.fields = dict(fields or {})

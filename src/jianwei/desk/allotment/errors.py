"""What a write of allotment may be refused with."""

from __future__ import annotations

from collections.abc import Mapping

from jianwei.desk.errors import DeskError


class NotFound(DeskError):
    """Not there, or not in scope: the two look the same."""

    def __init__(self) -> None:
        super().__init__("没有这一项，或不在您的管辖范围内。")


class Refused(DeskError):
    """Not open to this person or with these facts; ``fields`` say which of them."""

    def __init__(self, says: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(says)
        self.fields = dict(fields or {})

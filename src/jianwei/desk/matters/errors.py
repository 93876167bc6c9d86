"""What a write to a matter may be refused with."""

from __future__ import annotations

from collections.abc import Mapping

from jianwei.desk.errors import DeskError
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.kit import Cite


class NotFound(DeskError):
    """Not there, or not in scope: the two look the same."""

    def __init__(self) -> None:
        super().__init__("没有这个事项，或不在您的管辖范围内。")


class Conflict(DeskError):
    """Somebody else recorded an act since the page was opened. ``since`` are the acts recorded meanwhile."""

    def __init__(self, matter: Matter, since: tuple[ActRow, ...]) -> None:
        super().__init__("您打开本页之后，本事项又录入了新的行为。您填写的内容仍在，请核对后再提交。")
        self.matter = matter
        self.since = since


class Refused(DeskError):
    """The act is not admitted: by the law (``cite``), for facts missing or wrong (``fields``), or for want of power."""

    def __init__(self, says: str, *, cite: Cite | None = None, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(says)
        self.cite = cite
        self.fields = dict(fields or {})

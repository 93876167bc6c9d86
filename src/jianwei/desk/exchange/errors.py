"""What this room may refuse with."""

from __future__ import annotations

from collections.abc import Mapping

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence.errors import Conflict, DiskFull, NoLog, TooLarge
from jianwei.desk.evidence.errors import NotFound as _NotFound
from jianwei.desk.evidence.errors import Refused as _Refused
from jianwei.desk.exchange.codes import Finding

__all__ = ["Conflict", "DiskFull", "NoLog", "NotFound", "Refused", "Rejected", "TooLarge"]


class NotFound(_NotFound):
    """Not there, or not in scope: the two look the same."""

    def __init__(self) -> None:
        DeskError.__init__(self, "没有这个移送包，或不在您的管辖范围内。")


class Refused(_Refused):
    """Not open to this person, in this state, or with what was given. ``fields`` says where."""


class Rejected(Refused):
    """What came proves no sender: nothing of it is kept. ``findings`` say why, each with its code."""

    def __init__(self, findings: tuple[Finding, ...], fields: Mapping[str, str] | None = None) -> None:
        super().__init__("；".join(f"退回码 {one.code} {one.title}：{one.says}" for one in findings), fields)
        self.findings = findings

"""What this room may refuse with."""

from __future__ import annotations

from collections.abc import Mapping

from jianwei.desk.errors import DeskError


class NotFound(DeskError):
    """Not there, or not in scope: the two look the same."""

    def __init__(self) -> None:
        super().__init__("没有这份材料，或不在您的管辖范围内。")


class Refused(DeskError):
    """Not open to this person, in this state, or with what was given. ``fields`` says where."""

    def __init__(self, says: str, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(says)
        self.fields = dict(fields or {})


class Conflict(DeskError):
    """What was sent contradicts what is there already."""


class TooLarge(DeskError):
    """A file beyond the limit."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"文件超过上限 {limit_bytes >> 30} GB。请分段后逐段固证，或请系统管理员调整上限。")


class DiskFull(DeskError):
    """No room beyond the reserve that the log keeps for itself."""

    def __init__(self) -> None:
        super().__init__(
            "服务器磁盘空间不足，暂不能接收文件。已收到的部分保留，腾出空间后可以继续上传。请联系系统管理员。"
        )


class NoLog(DeskError):
    """The office has no evidence log yet."""

    def __init__(self, office: str, code: str) -> None:
        super().__init__(f"{office}还没有存证日志。请系统管理员在服务器上运行：jianwei seal init --office {code}")

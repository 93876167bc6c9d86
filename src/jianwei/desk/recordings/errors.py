"""What this room may refuse with beside what the evidence room does."""

from __future__ import annotations

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence.errors import TooLarge


class Left(DeskError):
    """A file stays in the drop folder; why, in one sentence."""


class Changing(DeskError):
    """A file changed while it was read: somebody is still writing it."""

    def __init__(self) -> None:
        super().__init__("文件仍在写入，写完后自动存入。")


class PartTooLarge(TooLarge):
    """A part of a recording beyond the limit."""

    def __init__(self, limit_bytes: int) -> None:
        DeskError.__init__(self, f"一段录音录像超过 {limit_bytes >> 20} MB，没有接收。")

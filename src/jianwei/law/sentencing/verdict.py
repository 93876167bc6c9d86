"""What a check of a judgment can say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum


class Verdict(IntEnum):
    """The four answers, worst last. A doubt of one day is 请核对, never an error."""

    NOTHING = 0
    UNKNOWN = 1
    DOUBT = 2
    CONTRADICTION = 3

    def __str__(self) -> str:
        return ("无异常", "无法判断", "请核对", "矛盾")[self.value]


@dataclass(frozen=True)
class Finding:
    """One thing found. ``reason`` is a Chinese sentence with the figures; ``cite`` the article it rests on.

    ``expected`` are the lawful dates nearest to what is printed, ``delta_days`` how far the print is from them (later
    is positive).
    """

    code: str
    verdict: Verdict
    reason: str
    cite: str = ""
    expected: tuple[dt.date, ...] = ()
    delta_days: int | None = None

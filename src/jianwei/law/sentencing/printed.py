"""A term as printed in a judgment, and the words in which it is spoken of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.law.sentencing.custody import Event
from jianwei.law.sentencing.term import Sentence
from jianwei.law.sentencing.verdict import Finding, Verdict

CITE = "刑法第四十一条、第四十四条、第四十七条；刑诉法解释第二百零二条"


@dataclass(frozen=True)
class Term:
    """One defendant's term as printed, and what is known around it.

    ``merged``: an earlier sentence is part of it (刑法第七十条、第七十一条、第七十七条、第八十六条), so the term may begin in the
    earlier case and be net of what was served. ``stated_days``: days the judgment says it deducts.
    """

    sentence: Sentence
    start_on: dt.date | None
    end_on: dt.date | None
    decided_on: dt.date | None = None
    crime_on: dt.date | None = None
    events: tuple[Event, ...] = ()
    stated_days: int | None = None
    merged: bool = False

    @property
    def start(self) -> dt.date:
        assert self.start_on is not None
        return self.start_on

    @property
    def end(self) -> dt.date:
        assert self.end_on is not None
        return self.end_on


def day_words(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def differs(term: Term, near: dt.date, delta: int) -> str:
    """How far the printed end is from the nearest lawful one."""
    later = "晚" if delta > 0 else "早"
    return (
        f"判处{term.sentence}，自{day_words(term.start)}起算，载明至{day_words(term.end)}止，"
        f"比最接近的应有止日{day_words(near)}{later}{abs(delta)}日。"
    )


def found(code: str, verdict: Verdict, reason: str, near: dt.date | None = None, delta: int | None = None) -> Finding:
    return Finding(code, verdict, reason, CITE, (near,) if near else (), delta)

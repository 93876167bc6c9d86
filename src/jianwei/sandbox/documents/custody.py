"""How a defendant came before the court: arrest, release, re-arrest, as the header tells it, and the lawful term that follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.sandbox import terms
from jianwei.sandbox.chinese import date, days
from jianwei.sandbox.courts import Court
from jianwei.sandbox.world import World


@dataclass(slots=True)
class Custody:
    """``text`` is the header's sentence; ``first`` the first day of custody, ``served`` the days before a release."""

    text: str
    first: dt.date | None
    held: bool
    again: dt.date | None = None
    released: dt.date | None = None

    def term(self, months: int, extra: int = 0) -> tuple[dt.date, dt.date] | None:
        """The term by the commonest lawful method; ``None`` where the header gives nothing to count from."""
        if self.first is None or not self.held:
            return None
        if self.again is not None and self.released is not None:
            return self.again, terms.end(self.again, months, extra, terms.served(self.first, self.released))
        return self.first, terms.end(self.first, months, extra)


def then(before: dt.date, on: dt.date) -> str:
    """同月5日, 同年8月5日 or the whole date."""
    if on.year != before.year:
        return date(on)
    return f"同月{on.day}日" if on.month == before.month else f"同年{on.month}月{on.day}日"


def jail(court: Court) -> str:
    return f"{court.county if not court.county.endswith('区') else court.city}看守所"


def _opening(w: World, charge: str) -> str:
    return w.pick((f"因涉嫌犯{charge}，于", f"因涉嫌{charge}于", "因本案于", f"因涉嫌犯{charge}于"))


def held(w: World, court: Court, charge: str, on: dt.date) -> Custody:
    """Detained, arrested, still in custody. Sometimes caught the day before (the term then counts from the capture)."""
    opening = _opening(w, charge)
    if w.chance(0.15):
        arrested = days(on, w.among(9, 36))
        return Custody(
            f"{opening}{date(on)}被抓获，次日被{court.police}刑事拘留，{then(on, arrested)}被逮捕。现羁押于{jail(court)}。",
            on,
            True,
        )
    arrested = days(on, w.among(8, 36))
    by = court.police if w.chance(0.75) else ""
    verb = w.pick(("被逮捕", "被依法逮捕", "被执行逮捕"))
    return Custody(
        f"{opening}{date(on)}被{by}刑事拘留，{then(on, arrested)}{verb}。{w.pick(('现羁押于', '现押于', '现关押于'))}{jail(court)}。",
        on,
        True,
    )


def bailed(w: World, court: Court, charge: str, on: dt.date) -> Custody:
    """Detained for some days, then on bail till judgment."""
    out = days(on, w.among(2, 30))
    return Custody(
        f"{_opening(w, charge)}{date(on)}被{court.police}刑事拘留，{then(on, out)}被取保候审。", on, False, released=out
    )


def free(w: World, court: Court, charge: str, on: dt.date) -> Custody:
    """Never in custody."""
    return Custody(f"{_opening(w, charge)}{date(on)}被{court.police}取保候审。", None, False)


def taken_again(w: World, court: Court, charge: str, on: dt.date, again: dt.date) -> Custody:
    """Detained, bailed, arrested again by the court's decision: the earlier days are deducted, as a rule without a word."""
    out = days(on, w.among(3, 30))
    return Custody(
        f"{_opening(w, charge)}{date(on)}被{court.police}刑事拘留，{then(on, out)}被取保候审；经本院决定，于{date(again)}被逮捕。现羁押于{jail(court)}。",
        on,
        True,
        again,
        out,
    )


def silent(court: Court, w: World) -> Custody:
    """The header gives no dates."""
    return Custody(w.pick((f"现羁押于{jail(court)}。", "", f"因本案被羁押，现押于{jail(court)}。")), None, False)

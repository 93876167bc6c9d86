"""Whether a new crime makes its author a recidivist, or falls into a probation or parole (刑法第六十五条至第六十六条、第七十七条、第八十六条)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from functools import cache

from jianwei.law import charges as known_charges
from jianwei.law.sentencing.counting import DAY, same_day
from jianwei.law.sentencing.rules import rule
from jianwei.law.source import load_yaml

APPEAL_DAYS = 10
"""上诉期限（刑事诉讼法第二百三十条）: a judgment of first instance is not final before it has run out."""

FINAL_AFTER_DAYS = 45
"""Days after a judgment with probation by which it has nearly always become final (chosen: 送达、上诉期、报送上诉)."""


SERVICE_DAYS = 20
"""Days by which a judgment becomes final later than the appeal period after its date: 送达 (chosen)."""


class Outcome(Enum):
    """What an earlier sentence means for the later crime.

    ``DOUBTFUL``: it may count, the age, the charge or the exact day is missing. ``UNKNOWN``: a date is missing without
    which nothing can be said.
    """

    RECIDIVIST = "应当认定累犯"
    SPECIAL = "应当认定特别累犯"
    IN_PROBATION = "缓刑考验期内再犯"
    IN_PAROLE = "假释考验期内再犯"
    DOUBTFUL = "可能构成累犯"
    UNKNOWN = "无法判断"
    NOT = "不构成累犯"


@dataclass(frozen=True)
class Judged:
    """An outcome and the reason for it, with the article."""

    outcome: Outcome
    reason: str
    cite: str = "刑法第六十五条"


@dataclass(frozen=True)
class Earlier:
    """An earlier sentence. ``ended_on`` the day 执行完毕 or 赦免 as told; ``term_end_on`` the end as printed in that judgment."""

    charge: str | None
    kind: str | None
    months: int = 0
    life_or_death: str | None = None
    probation_months: int | None = None
    decided_on: dt.date | None = None
    effective_on: dt.date | None = None
    ended_on: dt.date | None = None
    term_end_on: dt.date | None = None
    paroled_on: dt.date | None = None
    parole_end_on: dt.date | None = None
    crime_on: dt.date | None = None
    minor: bool | None = None
    intentional: bool | None = None


@dataclass(frozen=True)
class Later:
    """The sentence now looked at. ``crime_on`` and ``crime_last_on`` are the first and last day of its acts."""

    charge: str | None
    kind: str | None
    life_or_death: str | None = None
    crime_on: dt.date | None = None
    crime_last_on: dt.date | None = None
    born_on: dt.date | None = None
    minor: bool | None = None
    intentional: bool | None = None


def judge(earlier: Earlier, later: Later) -> Judged:
    """What the earlier sentence means for the later crime."""
    if later.crime_on is None:
        return Judged(Outcome.UNKNOWN, "本次犯罪时间未能读出。")
    special = _special(earlier, later)
    if special:
        return special
    if earlier.probation_months:
        return _probation(earlier, later)
    if earlier.paroled_on and earlier.parole_end_on and earlier.paroled_on < later.crime_on <= earlier.parole_end_on:
        return Judged(
            Outcome.IN_PAROLE, f"假释考验期至{_day(earlier.parole_end_on)}，本次犯罪在考验期内。", "刑法第八十六条"
        )
    return _ordinary(earlier, later)


def _ordinary(earlier: Earlier, later: Later) -> Judged:
    """刑法第六十五条, condition by condition; the first that fails is the reason."""
    assert later.crime_on is not None
    if earlier.kind != "有期徒刑" and not earlier.life_or_death:
        return _not(f"前罪判处{earlier.kind or '的刑种未能读出'}，不是有期徒刑以上刑罚。")
    if later.kind != "有期徒刑" and not later.life_or_death:
        return _not(f"本罪判处{later.kind or '的刑种未能读出'}，不是有期徒刑以上刑罚。")
    intent = _intentional(earlier.charge, earlier.intentional), _intentional(later.charge, later.intentional)
    if False in intent:
        return _not("前罪或者本罪是过失犯罪。")
    first, last = _ended(earlier)
    if first is None or last is None:
        return Judged(Outcome.UNKNOWN, "前罪刑罚执行完毕之日未能确定。")
    general = rule("recidivism", "一般累犯", later.crime_on)
    if general is None:
        return _not("本次犯罪早于现行刑法施行。")
    years = int(general["years"])
    until = later.crime_last_on if later.crime_last_on and later.crime_last_on > later.crime_on else later.crime_on
    if until <= first:
        return _not("本次犯罪不在前罪刑罚执行完毕之后。")
    if earlier.decided_on and later.crime_on <= earlier.decided_on:
        return _not("本次犯罪始于前罪判决之前，属于漏罪或者连续犯罪。")
    if later.crime_on > same_day(last, years * 12):
        return _not(f"前罪至迟于{_day(last)}执行完毕，本次犯罪已逾{years}年。")
    minor = _minor_then(earlier, later), _minor_now(later) if general["minors_exempt"] else False
    if True in minor:
        return _not("前罪或者本罪实施时不满十八周岁。")
    sure = (
        later.crime_on > last
        and later.crime_on <= same_day(first, years * 12)
        and None not in minor
        and None not in intent
    )
    words = f"前罪刑罚于{_day(last)}执行完毕" if first == last else f"前罪刑罚于{_day(first)}至{_day(last)}之间执行完毕"
    reason = f"{words}，{_day(later.crime_on)}又故意犯应当判处有期徒刑以上刑罚之罪，在{years}年以内。"
    return Judged(Outcome.RECIDIVIST if sure else Outcome.DOUBTFUL, reason, general.cite)


def _special(earlier: Earlier, later: Later) -> Judged | None:
    """刑法第六十六条: no limit of time, no matter which punishment."""
    assert later.crime_on is not None
    found = rule("recidivism", "特别累犯", later.crime_on)
    before, now = special_class(earlier.charge), special_class(later.charge)
    if found is None or before is None or now is None or not {before, now} <= set(found["classes"]):
        return None
    first, last = _ended(earlier)
    if last is None or first is None or later.crime_on <= first:
        return None
    outcome = Outcome.SPECIAL if later.crime_on > last and not earlier.probation_months else Outcome.DOUBTFUL
    return Judged(
        outcome, f"前罪属{before}，本罪属{now}，在前罪刑罚执行完毕之后的任何时候再犯都以累犯论处。", found.cite
    )


def _probation(earlier: Earlier, later: Later) -> Judged:
    """Probation that ran out is no 执行完毕; a new crime inside it revokes it."""
    assert later.crime_on is not None and earlier.probation_months
    if earlier.decided_on is None:
        return Judged(Outcome.UNKNOWN, "前罪缓刑的起算日未能确定。", "刑法第七十七条")
    final = earlier.effective_on or earlier.decided_on + dt.timedelta(days=FINAL_AFTER_DAYS)
    soonest = earlier.effective_on or earlier.decided_on + dt.timedelta(days=APPEAL_DAYS)
    until = later.crime_last_on if later.crime_last_on and later.crime_last_on > later.crime_on else later.crime_on
    latest = earlier.effective_on or soonest + dt.timedelta(days=SERVICE_DAYS)
    if later.crime_on > same_day(latest, earlier.probation_months):
        return _not("前罪宣告缓刑，考验期满原判刑罚不再执行，不属于刑罚执行完毕。")
    if until <= soonest:
        return _not("本次犯罪不在前罪缓刑考验期内。")
    inside = until > final and later.crime_on <= same_day(soonest, earlier.probation_months)
    ended = same_day(soonest, earlier.probation_months) - DAY
    reason = f"前罪宣告缓刑{earlier.probation_months}个月，考验期自判决确定之日起算，至{_day(ended)}前后届满，本次犯罪（{_day(until)}）在考验期内。"
    return Judged(Outcome.IN_PROBATION if inside else Outcome.DOUBTFUL, reason, "刑法第七十七条")


def _ended(earlier: Earlier) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day on which the earlier sentence can have been served.

    A released convict's day is known. A printed end can have come earlier by 减刑 (at least half is served, 刑法第七十八条);
    for terms of up to a year that does not happen in practice. With nothing printed it lies between judgment and judgment
    plus term. The end of a parole is the day itself (刑法第六十五条第二款).
    """
    if earlier.parole_end_on:
        return earlier.parole_end_on, earlier.parole_end_on
    if earlier.ended_on:
        return earlier.ended_on, earlier.ended_on
    if earlier.term_end_on:
        if earlier.months <= 12 or earlier.decided_on is None:
            return earlier.term_end_on, earlier.term_end_on
        half = earlier.term_end_on - dt.timedelta(days=earlier.months * 15)
        return max(half, earlier.decided_on), earlier.term_end_on
    if earlier.decided_on and earlier.months:
        return earlier.decided_on, same_day(earlier.decided_on, earlier.months)
    return None, None


def _minor_then(earlier: Earlier, later: Later) -> bool | None:
    """Whether the earlier crime was committed under eighteen; None where it cannot be known."""
    if earlier.minor is not None:
        return earlier.minor
    if later.born_on is None:
        return None
    if earlier.crime_on:
        return _age_under_18(later.born_on, earlier.crime_on)
    if earlier.decided_on is None:
        return None
    if _age_under_18(later.born_on, earlier.decided_on):
        return True
    # 20 at the judgment: nearly always 18 at the act (chosen); between 18 and 20 it is open.
    return False if earlier.decided_on >= same_day(later.born_on, 20 * 12) else None


def _minor_now(later: Later) -> bool | None:
    if later.minor is not None:
        return later.minor
    if later.born_on is None or later.crime_on is None:
        return None
    return _age_under_18(later.born_on, later.crime_on)


def _age_under_18(born_on: dt.date, day: dt.date) -> bool:
    """Under eighteen up to and on the eighteenth birthday: 周岁 count from the day after (法释〔2006〕1号第二条)."""
    return day <= same_day(born_on, 18 * 12)


def _intentional(charge: str | None, told: bool | None) -> bool | None:
    if told is not None:
        return told
    found = known_charges.find(charge) if charge else None
    return found.intentional if found else None


@cache
def special_class(charge: str | None) -> str | None:
    """Which of the three classes of 刑法第六十六条 a charge belongs to."""
    found = known_charges.find(charge) if charge else None
    if found is None:
        return None
    for name, members in load_yaml("sentencing/data", "special_classes.yaml").items():
        if found.name in members.get("charges", ()) or found.chapter == members.get("chapter"):
            return str(name)
    return None


def _not(reason: str) -> Judged:
    return Judged(Outcome.NOT, reason)


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

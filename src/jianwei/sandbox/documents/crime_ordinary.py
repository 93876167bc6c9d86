"""Everyday criminal cases, each lawful in its arithmetic."""

from __future__ import annotations

import datetime as dt

from jianwei.sandbox import terms
from jianwei.sandbox.chinese import add_months, date, days
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import custody
from jianwei.sandbox.documents.charges import CHARGES, DRAW
from jianwei.sandbox.documents.crime import Accused, Count, Trial, write
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import World

_YOUNG_LAW = ("帮助信息网络犯罪活动罪", "贪污罪", "危险驾驶罪")
"""Charges whose article was written or renumbered by 修正案九 (2015-11-01)."""


def fine_of(w: World, charge: str) -> int:
    low, high = CHARGES[charge].fine
    return w.among(low // 1000, high // 1000) * 1000 if high else 0


def count_of(w: World, charge: str, least: int = 0) -> Count:
    """A punishment well inside the range, at least ``least`` months."""
    c = CHARGES[charge]
    if c.detention:
        return Count(charge, w.among(*c.months), "拘役", fine=fine_of(w, charge))
    months = max(w.among(*c.months), least)
    return Count(charge, months, fine=fine_of(w, charge))


def suspension(w: World, count: Count) -> int:
    """A probation period inside 刑法第七十三条."""
    if count.kind == "拘役":
        return min(12, max(2, count.months + w.among(0, 3)))
    return min(60, max(12, count.months + w.among(0, 12)))


def total_of(w: World, counts: list[Count]) -> Count:
    """Between the highest single term and the sum (刑法第六十九条); fines are added."""
    top, total = max(c.months for c in counts), sum(c.months for c in counts)
    months = total if total - top < 2 else w.among(top + 1, total - 1)
    return Count(counts[0].charge, months, fine=sum(c.fine for c in counts))


def ordinary(w: World) -> str:
    caught = w.filing_day()
    court = w.court()
    names = [w.pick(DRAW)]
    if caught.year < 2019 and names[0] in _YOUNG_LAW:
        names = ["盗窃罪"]
    return trial(
        w, court, w.person(court, (1962, caught.year - 20)), names[0], caught, co=w.chance(0.07), second=w.chance(0.05)
    )[0]


def trial(
    w: World,
    court: Court,
    person: Person,
    charge: str,
    caught: dt.date,
    co: bool = False,
    second: bool = False,
    rich: bool = False,
    adult: bool = True,
) -> tuple[str, Accused]:
    """One case of ``person``; returns its number and how it ended."""
    crime_on = days(caught, -w.among(0, 120)) if charge != "危险驾驶罪" else caught
    r = w.rng.random()
    quick = CHARGES[charge].detention
    indicted = w.after(caught, 30, 90) if quick else w.after(caught, 70, 150)
    decided = w.after(indicted, 8, 70)
    least = (decided - caught).days // 30 + 2
    counts = [count_of(w, charge)]
    if quick:
        how = custody.free(w, court, charge, caught) if r < 0.55 else custody.bailed(w, court, charge, caught)
    elif r < 0.55:
        how = custody.held(w, court, charge, caught)
        counts[0].months = max(counts[0].months, least)
    elif r < 0.68:
        how = custody.taken_again(w, court, charge, caught, days(decided, -w.among(0, 20)))
    elif r < 0.8:
        how = custody.bailed(w, court, charge, caught)
    elif r < 0.9:
        how = custody.free(w, court, charge, caught)
    else:
        how = custody.silent(court, w)
    total = None
    if second and not quick:
        counts.append(count_of(w, w.pick([c for c in ("盗窃罪", "诈骗罪", "故意伤害罪", "寻衅滋事罪") if c != charge])))
        total = total_of(w, counts)
    accused = Accused(person, counts, how.text, total=total)
    final = accused.final
    circumstances = [w.pick(("坦白", "坦白", "自首"))]
    if decided.year >= 2019 and w.chance(0.8):
        circumstances.append("认罪认罚")
    if final.fine and w.chance(0.2):
        circumstances.append("退赃")
    silent_now = how.first is None and not how.text.endswith("取保候审。")
    if not how.held and not silent_now and final.months <= 36 and not CHARGES[charge].private and w.chance(0.75):
        accused.probation = suspension(w, final)
    elif w.chance(0.06) and not quick and not accused.probation and not second:
        out = w.day(add_months(crime_on, -50), add_months(crime_on, -6))
        accused.prior = f"{date(add_months(out, -w.among(8, 20)))}因犯盗窃罪被{court.name}判处有期徒刑{'八个月' if w.chance(0.5) else '十个月'}，{date(out)}刑满释放。"
        if final.kind == "有期徒刑" and (out.year - person.born_on.year) >= 20:
            circumstances.append("累犯")
        else:
            accused.prior = ""
    accused.circumstances = tuple(circumstances)
    if not accused.probation:
        accused.term = how.term(final.months, final.extra_days)
        if accused.term and how.again and how.released and how.first and w.chance(0.3):
            accused.term = (how.first, terms.end_from_first_custody(how.first, how.released, how.again, final.months))
    everybody = [accused]
    if co and not quick and not second and CHARGES[charge].intentional:
        other = Accused(
            w.person(court, (1962, caught.year - 20)),
            [count_of(w, charge, least)],
            custody.held(w, court, charge, caught).text,
            circumstances=("坦白", "从犯"),
        )
        other.term = (caught, terms.end(caught, other.final.months))
        everybody.append(other)
    pace = (
        "速裁程序"
        if quick and decided.year >= 2019 and w.chance(0.5)
        else "普通程序"
        if len(everybody) > 1 or CHARGES[charge].private or final.months > 36
        else w.pick(("简易程序", "简易程序", "普通程序"))
    )
    return write(w, Trial(court, everybody, crime_on, indicted, decided, quick=pace, rich=rich)), accused

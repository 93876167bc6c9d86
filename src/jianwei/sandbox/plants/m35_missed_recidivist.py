"""M35 遗漏累犯: two judgments of one person, years apart, and what the second one did not notice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from jianwei.sandbox import terms
from jianwei.sandbox.chinese import add_months, date, days, money, term
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import custody
from jianwei.sandbox.documents.crime import Accused, Count, Trial, write
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import World

MODEL = "criminal.missed_recidivist"
INTENTIONAL = ("盗窃罪", "诈骗罪", "故意伤害罪", "开设赌场罪", "寻衅滋事罪", "贩卖毒品罪")


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(4 * scale))):
        ANOMALIES[(w.shard + i) % len(ANOMALIES)](w)
        for k in range(4):
            DECOYS[(w.shard + 4 * i + k) % len(DECOYS)](w)


def convict(w: World, court: Court, person: Person, charge: str, crime_on: dt.date, count: Count, *, probation: int = 0, prior: str = "", circumstances: tuple[str, ...] = ("坦白", "认罪认罚"), caught: dt.date | None = None, **of: object) -> tuple[str, Accused, dt.date]:
    """One judgment of ``person``; returns its number, the outcome and its date. Held throughout unless suspended."""
    caught = caught or days(crime_on, w.among(1, 30))
    indicted = w.after(caught, 60, 100)
    decided = w.after(indicted, 10, 40)
    how = custody.bailed(w, court, charge, caught) if probation or count.kind == "拘役" else custody.held(w, court, charge, caught)
    accused = Accused(person, [count], how.text, prior, probation=probation, circumstances=circumstances)
    if not probation:
        accused.term = how.term(count.months)
    for name, value in of.items():
        setattr(accused, name, value)
    if decided.year < 2019:
        accused.circumstances = tuple(c for c in accused.circumstances if c != "认罪认罚")
    no = write(w, Trial(court, [accused], crime_on, indicted, decided, quick="普通程序", rich=True))
    return no, accused, decided


def fined(w: World, charge: str) -> int:
    return w.among(2, 8) * 1000 if charge in ("盗窃罪", "诈骗罪", "开设赌场罪", "贩卖毒品罪") else 0


def _count(w: World, charge: str, low: int = 8, high: int = 16) -> Count:
    return Count(charge, w.among(low, high), fine=fined(w, charge))


def _someone(w: World, court: Court) -> Person:
    return w.person(court, (1972, 1996))


def _first(w: World, court: Court, person: Person, crime_on: dt.date | None = None, count: Count | None = None, **of: object) -> tuple[str, dt.date, str]:
    """The earlier conviction to 有期徒刑, served to the end; its number, the day the term ended, and a later header's words about it."""
    charge = count.charge if count else w.pick(INTENTIONAL)
    crime_on = crime_on or w.day(dt.date(2019, 1, 10), dt.date(2020, 6, 30))
    no, accused, decided = convict(w, court, person, charge, crime_on, count or _count(w, charge), **of)  # type: ignore[arg-type]
    out = accused.term[1] if accused.term else decided
    final = accused.final
    fine = f"，并处罚金人民币{money(final.fine)}元" if final.fine else ""
    return no, out, f"{date(decided)}因犯{charge}被{court.name}判处{final.kind}{term(final.months)}{fine}，{date(out)}刑满释放。"


def _again(w: World, court: Court, person: Person, crime_on: dt.date, **of: object) -> str:
    charge = w.pick(INTENTIONAL)
    return convict(w, court, person, charge, crime_on, _count(w, charge), **of)[0]  # type: ignore[arg-type]


def _latest(w: World) -> dt.date:
    return w.past(7)


def _tell(w: World, kind: str, variant: str, person: Person, keys: list[str], why: str) -> None:
    w.truth(MODEL, kind, variant, person.name, keys, why)


def _unseen(w: World) -> None:
    court = w.court()
    person = _someone(w, court)
    one, out, _ = _first(w, court, person)
    other = court if w.chance(0.5) else w.court_near(court)
    crime = min(w.day(days(out, 60), days(out, 1400)), _latest(w))
    two = _again(w, other, person, crime)
    _tell(w, "anomaly", "遗漏累犯", person, [two, one], f"前罪有期徒刑{date(out)}执行完毕，五年内再犯，判决未认定累犯，首部未载前科")


def _seen_not_said(w: World) -> None:
    court = w.court()
    person = _someone(w, court)
    one, out, told = _first(w, court, person)
    crime = min(w.day(days(out, 60), days(out, 1400)), _latest(w))
    two = _again(w, court, person, crime, prior=told)
    _tell(w, "anomaly", "载明前科而未认定累犯", person, [two, one], "首部载明刑满释放日期，主文未认定累犯")


def _suspended_again(w: World) -> None:
    """A recidivist may not be given a suspension (刑法第七十四条)."""
    court = w.court()
    person = _someone(w, court)
    one, out, _ = _first(w, court, person)
    crime = min(w.day(days(out, 60), days(out, 1400)), _latest(w))
    two = _again(w, court, person, crime, probation=24)
    _tell(w, "anomaly", "累犯适用缓刑", person, [two, one], "构成累犯却宣告缓刑")


def _during_probation(w: World) -> None:
    court = w.court()
    person = _someone(w, court)
    charge = w.pick(INTENTIONAL)
    one, _, decided = convict(w, court, person, charge, w.day(dt.date(2020, 1, 10), dt.date(2022, 6, 30)), _count(w, charge), probation=24)
    crime = days(decided, w.among(60, 500))
    two = _again(w, court, person, crime)
    _tell(w, "anomaly", "缓刑考验期内再犯未撤销缓刑", person, [two, one], f"前罪{date(decided)}宣告缓刑二年，考验期内又犯新罪，未撤销缓刑数罪并罚")


def _probation_over(w: World) -> None:
    court = w.court()
    person = _someone(w, court)
    charge = w.pick(INTENTIONAL)
    one, _, decided = convict(w, court, person, charge, w.day(dt.date(2019, 1, 10), dt.date(2020, 6, 30)), _count(w, charge), probation=18)
    crime = min(days(add_months(decided, 19), w.among(30, 700)), _latest(w))
    two = _again(w, court, person, crime)
    _tell(w, "decoy", "缓刑考验期满后再犯", person, [two, one], "缓刑考验期满，原判刑罚不再执行，不属刑罚执行完毕")


def _minor_then(w: World) -> None:
    court = w.court()
    crime_one = w.day(dt.date(2019, 3, 1), dt.date(2020, 6, 30))
    person = w.person(court, (crime_one.year - 17, crime_one.year - 17))
    person.born_on = dt.date(crime_one.year - 17, max(1, crime_one.month - 2), 9)
    one, out, _ = _first(w, court, person, crime_one, circumstances=("坦白", "未成年"))
    two = _again(w, court, person, min(days(out, w.among(500, 1100)), _latest(w)))
    _tell(w, "decoy", "前罪时未成年", person, [two, one], "犯前罪时不满十八周岁，不构成累犯")


def _short_detention(w: World) -> None:
    court = w.court()
    person = _someone(w, court)
    crime_one = w.day(dt.date(2019, 1, 10), dt.date(2020, 6, 30))
    one, _, decided = convict(w, court, person, "危险驾驶罪", crime_one, Count("危险驾驶罪", 3, "拘役", fine=4000))
    two = _again(w, court, person, min(days(decided, w.among(200, 1200)), _latest(w)))
    _tell(w, "decoy", "前罪为拘役", person, [two, one], "前罪判处拘役，不构成累犯")


def _long_ago(w: World) -> None:
    court = w.court()
    person = w.person(court, (1965, 1988))
    one, out, _ = _first(w, court, person, w.day(dt.date(2012, 2, 10), dt.date(2014, 6, 30)))
    two = _again(w, court, person, w.day(add_months(out, 62), _latest(w)))
    _tell(w, "decoy", "五年以后再犯", person, [two, one], f"前罪{date(out)}执行完毕，五年以后再犯")


def _negligent(w: World) -> None:
    court = w.court()
    person = _someone(w, court)
    one, out, _ = _first(w, court, person, count=Count("交通肇事罪", w.among(10, 18)))
    two = _again(w, court, person, min(days(out, w.among(200, 1200)), _latest(w)))
    _tell(w, "decoy", "前罪为过失犯罪", person, [two, one], "前罪交通肇事系过失犯罪")


def _now_detention(w: World) -> None:
    court = w.court()
    person = _someone(w, court)
    one, out, _ = _first(w, court, person)
    crime = min(days(out, w.among(200, 1200)), _latest(w))
    two = convict(w, court, person, "危险驾驶罪", crime, Count("危险驾驶罪", 2, "拘役", fine=3000))[0]
    _tell(w, "decoy", "后罪判处拘役", person, [two, one], "后罪仅判处拘役，不属应当判处有期徒刑以上刑罚之罪")


def _namesake(w: World) -> None:
    court = w.court()
    one_person, other = _someone(w, court), w.person(court, (1972, 1996))
    other.name, other.male = one_person.name, one_person.male
    other.serial = other.serial // 2 * 2 + (1 if other.male else 0)
    one, out, _ = _first(w, court, one_person)
    two = _again(w, court, other, min(days(out, w.among(200, 1200)), _latest(w)))
    _tell(w, "decoy", "同名异人", other, [two, one], "同名，出生日期不同")


def _recognised(w: World) -> None:
    court = w.court()
    person = _someone(w, court)
    one, out, told = _first(w, court, person)
    two = _again(w, court, person, min(days(out, w.among(200, 1200)), _latest(w)), prior=told, circumstances=("坦白", "累犯"))
    _tell(w, "decoy", "已认定累犯", person, [two, one], "判决已认定累犯并从重处罚")


def _revoked(w: World) -> None:
    court = w.court()
    person = _someone(w, court)
    charge, new = "盗窃罪", "诈骗罪"
    first = _count(w, charge)
    one, _, decided = convict(w, court, person, charge, w.day(dt.date(2020, 1, 10), dt.date(2022, 6, 30)), first, probation=24)
    crime = days(decided, w.among(60, 500))
    caught = days(crime, 5)
    second = _count(w, new, 10, 16)
    total = Count(new, max(first.months, second.months) + 4, fine=first.fine + second.fine)
    two = convict(
        w, court, person, new, crime, second, caught=caught, total=total, revoked=f"撤销本院{one}刑事判决对被告人{person.name}宣告的缓刑；",
        with_remainder=f"；与前罪所判有期徒刑{term(first.months)}，并处罚金人民币{money(first.fine)}元，数罪并罚", term=(caught, terms.end(caught, total.months)),
        prior=f"{date(decided)}因犯盗窃罪被本院判处有期徒刑{term(first.months)}，缓刑二年。",
    )[0]
    _tell(w, "decoy", "已撤销缓刑并罚", person, [two, one], "缓刑考验期内再犯，已撤销缓刑数罪并罚")


Plant = Callable[[World], None]
ANOMALIES: tuple[Plant, ...] = (_unseen, _seen_not_said, _during_probation, _unseen, _suspended_again)
DECOYS: tuple[Plant, ...] = (_probation_over, _minor_then, _short_detention, _long_ago, _negligent, _now_detention, _namesake, _recognised, _revoked)

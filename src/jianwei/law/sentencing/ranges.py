"""Whether the punishments themselves lie in the ranges of the law in force on the day of the act or of the judgment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jianwei.law import charges as known_charges
from jianwei.law.sentencing.rules import either, ratio_fined, rule
from jianwei.law.sentencing.verdict import Finding, Verdict


@dataclass(frozen=True)
class Item:
    """One punishment for one charge. ``earlier``: a sentence of an earlier judgment that is being added."""

    charge: str | None
    kind: str | None
    months: int = 0
    extra_days: int = 0
    life_or_death: str | None = None
    fine_fen: int | None = None
    earlier: bool = False

    @property
    def length(self) -> tuple[int, int]:
        return self.months, self.extra_days


@dataclass(frozen=True)
class Punishment:
    """Everything one defendant got in one judgment. ``items`` one a charge; the total stands in ``kind`` and ``months``.

    ``adult`` at the time of the act: None if the age is not known. ``charges`` how many the defendant was convicted of.
    ``joined``: an earlier sentence is part of the total, whether or not it stands among the items.
    """

    kind: str | None
    months: int
    extra_days: int = 0
    life_or_death: str | None = None
    probation_months: int | None = None
    fine_fen: int | None = None
    confiscated: bool = False
    recidivist: bool | None = None
    items: tuple[Item, ...] = ()
    crime_on: dt.date | None = None
    decided_on: dt.date | None = None
    adult: bool | None = None
    charges: int = 0
    joined: bool = False

    @property
    def merged(self) -> bool:
        return self.joined or any(item.earlier for item in self.items)


def check(punishment: Punishment) -> Iterator[Finding]:
    """Every range that the punishment leaves."""
    if not punishment.life_or_death:
        yield from _single(punishment)
        yield from _total(punishment)
        yield from _probation(punishment)
    yield from _fine(punishment)


def _single(p: Punishment) -> Iterator[Finding]:
    """One charge: the range of its kind of punishment."""
    for item in p.items or (Item(None, p.kind, p.months, p.extra_days),):
        if item.kind is None or item.life_or_death or item.earlier or item.months + item.extra_days == 0:
            continue
        rules = either("kinds", item.kind, p.crime_on, p.decided_on)
        if not rules:
            continue
        sure = bool(p.items) or p.kind is None
        most = max(r["combined"] if not sure else r["most"] for r in rules)
        least = min(r["least"] for r in rules)
        if not sure and item.kind == "有期徒刑":
            most = max(r["combined_above"] or r["combined"] for r in rules)
        if item.months < least or item.length > (most, 0):
            what = f"{item.charge or '本罪'}判处{_length(item.kind, item.months, item.extra_days)}"
            reason = f"{what}，超出{item.kind}{least}个月以上{most}个月以下的法定期限。"
            yield Finding("kind_range", Verdict.CONTRADICTION, reason, rules[-1].cite)


def _total(p: Punishment) -> Iterator[Finding]:
    """Several charges: between the highest and the sum, and not above the ceilings (刑法第六十九条)."""
    if len(p.items) < 2 or p.kind is None or any(i.life_or_death or i.kind is None for i in p.items):
        return
    same = [i for i in p.items if i.kind == p.kind and i.months + i.extra_days > 0]
    new = [i for i in same if not i.earlier]
    rules = either("kinds", p.kind, p.crime_on, p.decided_on)
    if not same or not rules:
        return
    total, highest = (p.months, p.extra_days), max((i.length for i in new), default=(0, 0))
    added = (sum(i.months for i in same), sum(i.extra_days for i in same))
    words = f"数罪并罚决定执行{_length(p.kind, *total)}"
    cite = "刑法第六十九条"
    if _days(total) < _days(highest):
        yield Finding(
            "total_range", Verdict.CONTRADICTION, f"{words}，低于数刑中最高刑期{_length(p.kind, *highest)}。", cite
        )
    whole = len(p.items) - len([i for i in p.items if i.earlier]) >= p.charges
    told = not p.joined or any(i.earlier for i in p.items)
    if whole and told and _days(total) > _days(added):
        yield Finding("total_range", Verdict.CONTRADICTION, f"{words}，高于总和刑期{_length(p.kind, *added)}。", cite)
    ceiling = max(_ceiling(r.numbers, added[0]) for r in rules)
    if total > (ceiling, 0):
        yield Finding("total_range", Verdict.CONTRADICTION, f"{words}，超过数罪并罚最高{ceiling}个月。", rules[-1].cite)


def _ceiling(numbers: object, added_months: int) -> int:
    assert isinstance(numbers, dict)
    above = numbers.get("above")
    return int(numbers["combined_above"] if above and added_months >= above else numbers["combined"])


def _probation(p: Punishment) -> Iterator[Finding]:
    if not p.probation_months or p.kind is None:
        return
    found = rule("probation", p.kind, p.decided_on)
    if found is None:
        return
    term = _length(p.kind, p.months, p.extra_days)
    months = p.probation_months
    if (p.months, p.extra_days) > (found["max_sentence"], 0):
        yield Finding(
            "probation_too_long_term",
            Verdict.CONTRADICTION,
            f"判处{term}而宣告缓刑，超过可以宣告缓刑的刑期。",
            found.cite,
        )
    elif months < max(found["least"], p.months) or (months == p.months and p.extra_days):
        reason = f"判处{term}，缓刑考验期{months}个月，短于原判刑期或者法定最短{found['least']}个月。"
        yield Finding("probation_range", Verdict.CONTRADICTION, reason, found.cite)
    elif months > found["most"]:
        reason = f"判处{term}，缓刑考验期{months}个月，长于法定最长{found['most']}个月。"
        yield Finding("probation_range", Verdict.CONTRADICTION, reason, found.cite)
    if p.recidivist:
        reason = f"认定累犯而对{term}宣告缓刑{months}个月。"
        yield Finding("recidivist_probation", Verdict.CONTRADICTION, reason, "刑法第七十四条")


def _fine(p: Punishment) -> Iterator[Finding]:
    """The floor of a fine, and fines that the article does not leave to choice."""
    act_on = p.crime_on or p.decided_on
    for item in p.items:
        if item.earlier:
            continue
        yield from _floor(item, p, act_on)
    yield from _missing(p, act_on)


def _floor(item: Item, p: Punishment, act_on: dt.date | None) -> Iterator[Finding]:
    charge = known_charges.find(item.charge) if item.charge else None
    if item.fine_fen is None or item.fine_fen <= 0 or charge is None or charge.name in ratio_fined():
        return
    adult, minor = rule("fine", "成年人", act_on), rule("fine", "未成年人", act_on)
    if adult is None or minor is None or item.fine_fen >= adult["least_fen"]:
        return
    words = f"{item.charge}判处罚金{_yuan(item.fine_fen)}"
    if item.fine_fen < minor["least_fen"]:
        yield Finding(
            "fine_floor",
            Verdict.CONTRADICTION,
            f"{words}，低于未成年人罚金最低数额{_yuan(minor['least_fen'])}。",
            minor.cite,
        )
    elif p.adult:
        yield Finding(
            "fine_floor", Verdict.CONTRADICTION, f"{words}，低于罚金最低数额{_yuan(adult['least_fen'])}。", adult.cite
        )
    elif p.adult is None:
        reason = f"{words}，低于成年人罚金最低数额{_yuan(adult['least_fen'])}；被告人犯罪时是否成年未能读出。"
        yield Finding("fine_floor", Verdict.UNKNOWN, reason, adult.cite)


def _missing(p: Punishment, act_on: dt.date | None) -> Iterator[Finding]:
    """A fine that every band of the article demands; a confiscation stands in for it."""
    if p.fine_fen or p.confiscated or any(i.fine_fen for i in p.items):
        return
    punished: Sequence[Item] = [i for i in p.items if not i.earlier and i.kind in ("有期徒刑", "拘役", "管制")]
    for item in punished:
        charge = known_charges.find(item.charge) if item.charge else None
        found = rule("compulsory_fine", charge.name, act_on) if charge else None
        if found is not None and not item.life_or_death:
            reason = f"{item.charge}判处{_length(item.kind or '', item.months, item.extra_days)}，未见并处罚金。"
            yield Finding("fine_missing", Verdict.DOUBT, reason, found.cite)


def _days(length: tuple[int, int]) -> tuple[int, int]:
    """Odd days past a month are a month of 30 for comparing."""
    months, days = length
    return months + days // 30, days % 30


def _length(kind: str, months: int, days: int) -> str:
    years, rest = divmod(months, 12)
    return kind + (f"{years}年" if years else "") + (f"{rest}个月" if rest else "") + (f"{days}日" if days else "")


def _yuan(fen: int) -> str:
    return f"{fen // 100}元" if fen % 100 == 0 else f"{fen / 100:.2f}元"

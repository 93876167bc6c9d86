"""A past sentence as a header tells it: 曾因犯盗窃罪，于2014年12月12日被本院判处拘役二个月，缓刑三个月…刑满释放."""

from __future__ import annotations

import datetime as dt
import re

from jianwei.extract.crime.charges import NAMES
from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.days import DAY, MONTH, YEAR, Told, dated
from jianwei.extract.crime.facts import Prior
from jianwei.extract.crime.penalties import EXEMPT, MAIN, main, months_at
from jianwei.extract.leaf import Leaf
from jianwei.extract.text import CASE_NO

_CHARGE = re.compile(
    rf"(?:因|犯|以|系)(?:涉嫌)?(?:犯有?|触犯)?(?P<charge>{NAMES})|因(?:涉嫌)?犯?(?P<bare>[^，。；因被于0-9]{{2,20}}?)(?=被|于|，|[0-9])"
)
_COURT = re.compile(r"(?:被|由|经)(?P<court>[^，。；被]{2,30}?(?:法院|人民(?=判))|本院|我院)")
_PAROLE_END = re.compile(
    rf"[，；]?(?:假释)?考验期(?:限)?[^，。；]{{0,20}}?至(?P<end>(?P<y>{YEAR})年(?P<m>{MONTH})月(?P<d>{DAY})[日号]?)"
)
_PENALTY = re.compile(
    rf"(?P<main>{MAIN})|(?P<exempt>{EXEMPT})|(?P<probation>缓刑)|(?P<fine>罚金)|(?P<stop>。|；|因|释放)"
)
_REACH = 600
"""Chosen: charge, day and court stand within so many characters before the sentence; real ones met within 200."""


def prior(header: Compact, since: int, at: int, after: int, end: int, told: Told | None) -> Prior | None:
    """The sentence whose 判处 stands at ``text[at:after]``; what comes since ``since`` tells charge, day and court."""
    text = header.text
    since = max(since, at - _REACH)
    found = Prior()
    _penalty(header, found, after, end)
    charge = None
    for charge in _CHARGE.finditer(text, since, at):
        if charge["charge"]:
            found.charge = header.leaf(charge["charge"], *charge.span("charge"))
    if found.charge is None and charge is not None and charge["bare"] and found.penalty is not None:
        found.charge = header.leaf(charge["bare"], *charge.span("bare"))
    if found.penalty is None and found.charge is None:
        return None
    if found.penalty is None and text[at:after] == "判决":
        return None
    if told:
        found.decided_on = header.leaf(told.on, told.start, told.end)
    courts = list(_COURT.finditer(text, since, at))
    if courts:
        court = courts[-1]
        found.court = header.leaf(court["court"], *court.span("court"))
    number = CASE_NO.search(text, since, min(end, after + 40))
    if number and number.start() < at:
        found.case_no = header.leaf(number.group(), *number.span())
    return found


def _penalty(header: Compact, found: Prior, at: int, end: int) -> None:
    text = header.text
    for token in _PENALTY.finditer(text, at, min(end, at + 120)):
        if token["stop"]:
            return
        if token["main"] and found.penalty is None:
            read = main(header, token["main"], token.start(), token.end())
            if read:
                found.penalty, found.months, found.extra_days, found.life_or_death = read[:4]
        elif token["exempt"] and found.penalty is None:
            found.penalty = header.leaf("免予刑事处罚", *token.span())
        elif token["probation"] and found.probation_months is None:
            months = months_at(header, token.end())
            if months:
                found.probation_months = months[0]
        elif token["fine"] and found.penalty is None:
            found.penalty = header.leaf("单处罚金", *token.span())


def released(found: Prior, words: str, on: Leaf[dt.date] | None, header: Compact, span: tuple[int, int]) -> bool:
    """Note that the sentence ended, or that its bearer was paroled; false when the words speak of something else."""
    if on and found.decided_on and on.value < found.decided_on.value:
        return False
    if words == "假释":
        found.paroled_on = found.paroled_on or on
        ends = _PAROLE_END.match(header.text, span[1])
        if ends:
            day = dated(ends["y"], ends["m"], ends["d"])
            found.parole_end_on = header.leaf(day, *ends.span("end")) if day else None
        return True
    if found.released_on is not None and "满" not in words:
        return False
    found.released_on = (
        on if on and (found.decided_on is None or on.start != found.decided_on.start) else found.released_on
    )
    return True

"""The printed term, 即自2017年4月28日起至2017年11月27日止, and to whom each belongs."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.days import DAY, FULL, MONTH, YEAR, dated
from jianwei.extract.crime.names import Names
from jianwei.extract.judgment import Count, Day
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.numerals import number

_RANGE = re.compile(
    rf"(?P<start>(?P<y>{YEAR})年(?P<m>{MONTH})月(?P<d>{DAY})[日号]?)"
    r"(?:起)?(?:计算|算)?(?:执行)?[，、]?(?:[至到]|—|－|-|止)+"
    rf"(?P<end>(?:(?:(?P<y2>{YEAR})年|(?P<same>同年|当年)|(?P<next>次年|翌年))(?P<m2>{MONTH})月|(?P<m3>{MONTH})月|同月)(?P<d2>{DAY})[日号]?)(?P<close>止)?"
)
_ONLY_END = re.compile(rf"刑期(?:应)?(?:执行)?[至到](?P<end>(?P<y>{YEAR})年(?P<m>{MONTH})月(?P<d>{DAY})[日号]?)止?")
_DEDUCTED = re.compile(r"(?:扣除|折抵(?!刑期)|除去|减去|扣减|其中|曾于|已于)[^即。；]{0,12}$")
_OTHER = re.compile(
    r"(?:的)?(?:期间)?(?:已)?(?:被)?(?:先行)?(?:羁押|拘留|监视居住|取保候审|[0-9一二三四五六七八九十]{1,4}[日天])|期间|予以(?:折抵|扣除)|应予"
)
_DAYS = "[0-9]{1,4}|[一二三四五六七八九十百零〇]{1,6}"
_STATED = re.compile(
    rf"[折扣已共曾实先](?:(?:(?<=折)抵|(?<=扣)[除减])(?<![一二两12][日天]..)(?P<rate>刑期)?(?:自?{FULL}(?<=日)起?[至到]{FULL}(?<=日)止?|已|先行|羁押|拘留|刑事|的|了|共|计|期间){{0,6}}(?P<n>{_DAYS})[日天]"
    rf"|(?:(?<=[已共曾])|(?<=实)际|(?<=先)期)(?:被|先行)?羁押(?:了|共|计)?(?P<held>{_DAYS})[日天](?!可?折?抵))"
)
_STOP = re.compile("[。）]")


@dataclass(slots=True)
class Term:
    """A printed term and where it stands in the ruling. ``deducted``: the days it says it takes off, if it says."""

    start_on: Day | None
    end_on: Day | None
    at: int
    whom: list[str]
    deducted: Count | None = None


def read(ruling: Compact, names: Names) -> list[Term]:
    """The terms printed in a ruling; ``whom`` is empty when the note names nobody."""
    text = ruling.text
    found: list[Term] = []
    last = 0
    for match in _RANGE.finditer(text):
        if match.start() and text[match.start() - 1] in "0123456789一二":
            continue
        if _DEDUCTED.search(text, max(0, match.start() - 20), match.start("start")) or _OTHER.match(text, match.end()):
            continue
        start = _day(match["y"], match["m"], match["d"])
        end = _end(match, start)
        found.append(
            Term(
                _leaf(ruling, start, *match.span("start")),
                _leaf(ruling, end, *match.span("end")),
                match.start(),
                names.note(text, last, match.start()),
                _deducted(ruling, max(last, match.start() - 160), match),
            )
        )
        last = match.end()
    if not found:
        for match in _ONLY_END.finditer(text):
            end = _day(match["y"], match["m"], match["d"])
            found.append(Term(None, _leaf(ruling, end, *match.span("end")), match.start(), []))
    return found


def _deducted(ruling: Compact, since: int, term: re.Match[str]) -> Count | None:
    """共折抵2日, 扣除先行羁押的15日, 已羁押24日 before the term or in the clause after it; not the rate 羁押一日折抵刑期一日."""
    stop = _STOP.search(ruling.text, term.end(), term.end() + 60)
    for begin, end in ((since, term.start()), (term.end(), stop.start() if stop else term.end())):
        for match in _STATED.finditer(ruling.text, begin, end):
            which = "held" if match["held"] else "n"
            days = number(match[which])
            if days and not (match["rate"] and days <= 2):
                return ruling.leaf(days, *match.span(which))
    return None


def _end(match: re.Match[str], start: dt.date | None) -> dt.date | None:
    month = match["m2"] or match["m3"]
    if match["y2"]:
        return _day(match["y2"], month, match["d2"])
    if start is None:
        return None
    return _day(str(start.year + (1 if match["next"] else 0)), month or str(start.month), match["d2"])


def _day(year: str, month: str, day: str) -> dt.date | None:
    return dated(year, month, day)


def _leaf(ruling: Compact, value: dt.date | None, start: int, end: int) -> Leaf[dt.date] | None:
    return None if value is None else ruling.leaf(value, start, end)

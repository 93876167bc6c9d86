"""When the crime was committed: the days told in the facts, without those of capture, appraisal or proceedings."""

from __future__ import annotations

import datetime as dt
import re
from itertools import islice
from operator import attrgetter

from jianwei.extract.crime.days import DAY, MONTH, YEAR, dated
from jianwei.extract.judgment import Day
from jianwei.extract.leaf import Leaf
from jianwei.extract.text import Doc, first

_LAWFULLY = re.compile(r"经(?:本院)?(?:依法)?(?:公开)?(?:开庭)?审理依法$")
_PROOF = re.compile(
    "上述(?:犯罪)?事实|以上事实|上列事实|认定上述|为证[明实]上述|公诉机关(?:认为|就上述)|本院认为|另查明"
)
_FULL = rf"(?P<y>{YEAR}) ?年 ?(?P<m>{MONTH}) ?月 ?(?P<d>{DAY}) ?[日号]"
_FULL_DATE = re.compile(_FULL)
_DATE = re.compile(
    rf"(?=[12一二同当次])(?:{_FULL}|(?P<rel>同年|当年|次年) ?(?P<rm>{MONTH}) ?月 ?(?P<rd>{DAY}) ?[日号]|同月 ?(?P<od>{DAY}) ?[日号])"
)
_RELATIVE = ("同年", "当年", "次年", "同月")
_MONTH = re.compile(
    rf"(?P<y>{YEAR}) ?年 ?(?P<m>{MONTH}) ?月(?! ?[0-9一二三四五六七八九十]+ ?[日号])(?:份|间|底|初)?(?:[至到](?P<m2>{MONTH}) ?月(?! ?[0-9一二三四五六七八九十]+ ?[日号]))?"
)
_PROCEDURE = re.compile(
    r"抓获|捉获|查获|归案|投案|到案|鉴定|认定书|谅解|协议|退[赃缴还赔]|扣押|起诉|立案|拘留|逮捕|刑满|判处|判决|取保|传唤|死亡|出具|作出|报案|赔偿|解除|出生|登记|审理"
)
_SAME_STEP = re.compile(r"[^。；，\n]{0,16}，?[^。；，\n]{0,18}")
"""What may stand between a date and the word of procedure that it belongs to."""
_TAKEN_IN = re.compile(
    r"(?:(?!被告人)[^。；\n]){0,40}?(?:公安|民警|派出所|侦查人员|警察|检察)(?:(?!被告人)[^。；\n]){0,40}?(?:抓获|捉获|查获|抓捕|传唤|将被告人)"
    r"|[^。；\n]{0,10}?被告人[^。；，\n]{1,14}?(?:主动|自动|经|接|在[^。；，\n]{1,24}?被|被)[^。；\n]{0,36}?(?:投案|到案|归案|抓获|捉获|传唤)"
)
_PAST = re.compile(r"(?:曾因|因犯|（|出生于|生于|[^至到]止)$")


def period(doc: Doc) -> list[Day]:
    """The days of the deeds in the order of time.

    Where no full date is told, a month stands for its last day: an interval counted up to it is never too short.
    """
    norm = doc.norm
    low, high = doc.record, max(doc.reasons, doc.record)
    start = _opening(norm, max(low, doc.facts), high) or _opening(norm, low, high)
    if start is None:
        return []
    proof = _PROOF.search(norm, start + 10, high)
    end = proof.start() if proof else high
    days = _days(norm, start, end) or _months(norm, start, end)
    return sorted(days, key=attrgetter("value", "start"))


def bounds(days: list[Day], held_on: dt.date | None) -> tuple[Day | None, Day | None]:
    """First and last day; days after the defendant was last taken in are not of the deeds."""
    before = [day for day in days if held_on is None or day.value <= held_on]
    if before:
        return before[0], before[-1]
    if days and held_on and days[0].value.replace(day=1) <= held_on:
        # Told by month, and taken in within that month.
        capped = days[0].as_value(held_on)
        return capped, capped
    return None, None


def _opening(norm: str, low: int, high: int) -> int | None:
    """Where the facts begin: what the court found, else what was charged."""
    found = _after(norm, "查明", ("审理", "原判", "原审", "原判判决", "原审判决"), low, high)
    stated = _after(norm, "认定", ("原判", "原审", "原判判决", "原审判决"), low, high if found is None else found)
    if found is not None or stated is not None:
        return found if stated is None else stated
    charged = norm.find("指控", low, high)
    if charged < 0:
        return None
    marked = min((at for mark in "：，" if (at := norm.find("指控" + mark, charged, high)) >= 0), default=-1)
    return charged + 2 if marked < 0 else marked + 3


def _after(norm: str, verb: str, before: tuple[str, ...], low: int, high: int) -> int | None:
    """Just after the first ``verb`` that one of ``before`` precedes and 的 does not follow."""
    at = norm.find(verb, low, high)
    while at >= 0:
        if not norm.startswith("的", at + 2) and (
            norm.endswith(before, low, at) or verb == "查明" and _LAWFULLY.search(norm, max(low, at - 20), at)
        ):
            return at + 2
        at = norm.find(verb, at + 2, high)
    return None


def _days(norm: str, start: int, end: int) -> list[Leaf[dt.date]]:
    found: list[Leaf[dt.date]] = []
    year = month = ""
    relative = first(norm, _RELATIVE, start, end) < end
    for match in islice((_DATE if relative else _FULL_DATE).finditer(norm, start, end), 400):
        if not relative or match["y"]:
            year, month, day = match["y"], match["m"], match["d"]
        elif match["rel"]:
            if not year:
                continue
            month, day = match["rm"], match["rd"]
            if match["rel"] == "次年":
                value = dated(year, "1", "1")
                year = str(value.year + 1) if value else year
        else:
            day = match["od"]
        on = dated(year, month, day) if year and month else None
        if (
            on is None
            or _PAST.search(norm, max(start, match.start() - 4), match.start())
            or _told_later(norm, match.end())
        ):
            continue
        found.append(Leaf(on, match.start(), match.end()))
    return found


def _told_later(norm: str, at: int) -> bool:
    """Whether the date is that of the capture or of the proceedings."""
    word = _PROCEDURE.search(norm, at, at + 40)
    if word and _SAME_STEP.fullmatch(norm, at, word.start()):
        return True
    return _TAKEN_IN.match(norm, at, at + 100) is not None


def _months(norm: str, start: int, end: int) -> list[Leaf[dt.date]]:
    found: list[Leaf[dt.date]] = []
    for match in islice(_MONTH.finditer(norm, start, end), 100):
        if _PAST.search(norm, max(start, match.start() - 4), match.start()) or _told_later(norm, match.end()):
            continue
        for group in ("m", "m2"):
            on = dated(match["y"], match[group], "1") if match[group] else None
            if on is not None:
                after = dt.date(on.year + on.month // 12, on.month % 12 + 1, 1)
                found.append(Leaf(after - dt.timedelta(days=1), match.start(), match.end()))
    return found

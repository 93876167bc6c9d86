"""The litigation record (诉讼记录): dates, track, cause, who came, who was summoned by publication."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from jianwei.extract.judgment import Judgment, Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.aliases import short_names
from jianwei.extract.parts.numerals import DATE, date_of, day
from jianwei.extract.text import Doc, first

_WHEN = re.compile(rf"(?=[12一二同])(?:{DATE.pattern}|同年 ?(?P<sm>[0-9]{{1,2}}) ?月 ?(?P<sd>[0-9]{{1,2}}) ?日)")
_FILED = re.compile(r"[^，。；]{0,10}?(?:立案|受理|收案)")
_HEARD = re.compile(r"[^。；]{0,24}?(?:开庭|公开|审理|听证)")
_APPLIED = re.compile(r"[^。；]{0,24}?(?:提起|起诉|申请|诉至|提出|移送)")
_TRACK = re.compile(r"小额诉讼|速裁程序|简易程序|普通程序|特别程序|督促程序|独任审|组成合议庭")
_TRACKS = {
    "小额诉讼": "小额",
    "速裁程序": "速裁",
    "简易程序": "简易",
    "普通程序": "普通",
    "特别程序": "特别",
    "督促程序": "督促",
    "独任审": "简易",
    "组成合议庭": "普通",
}
_NOTICED = re.compile(r"公告(?:送达|传唤|方式|通知|期满|向)|(?:登报|登载|刊登)[^。；]{0,6}公告|经公告|依法公告")
_BEFORE_SUIT = re.compile(r"诉前(?:联合)?调解|诉调对接|司法确认|先行调解")
_ABSENT = re.compile(
    r"(?:未到庭|拒不到庭|未出庭|没有到庭|未按时到庭|未准时到庭|拒绝到庭|不到庭|未到本院|未应诉|未到参加)"
)
_CAME = re.compile(r"到庭|出庭")
_CAUSE_TRIM = re.compile(r"^(?:因|的|为|之|关于|就|等|与|对|不服|，|、| |“|\")+|(?:之|的|这|,|，|“|”|\")+$")


def litigation(judgment: Judgment, doc: Doc, until: int | None = None) -> None:
    """Fill what the record tells. ``until``: where it ends, when that is not where the facts begin."""
    start, end = doc.record, doc.facts if until is None else until
    _dates(judgment, doc.norm, start, end)
    _track(judgment, doc.norm, start, end)
    notice = _NOTICED.search(doc.norm, start, end) if doc.norm.find("公告", start, end) >= 0 else None
    if notice:
        judgment.noticed = Leaf(True, notice.start(), notice.end())
    near = min(doc.reasons, start + 3000)
    low = first(doc.norm, ("诉前", "诉调对接", "司法确认", "先行调解"), start, near)
    before = _BEFORE_SUIT.search(doc.norm, low, near)
    if before:
        judgment.prelitigation = Leaf(True, before.start(), before.end())
    judgment.cause = _cause(judgment, doc)
    _attendance(judgment, doc, start, end)


def dates(judgment: Judgment, doc: Doc) -> None:
    """Only the filing and the hearing, for a criminal document."""
    _dates(judgment, doc.norm, doc.record, doc.facts)


def _dates(judgment: Judgment, norm: str, start: int, end: int) -> None:
    year: str | None = None
    applied: Leaf[dt.date] | None = None
    relative = norm.find("同年", start, end) >= 0
    for match in (_WHEN if relative else DATE).finditer(norm, start, end):
        if not relative or match["y"]:
            year = match["y"]
            value = day(match)
        else:
            value = date_of(year, match["sm"], match["sd"]) if year else None
        if value is None:
            continue
        leaf = Leaf(value, match.start(), match.end())
        at = match.end()
        if judgment.filed_on is None and _FILED.match(norm, at, end):
            judgment.filed_on = leaf
        elif judgment.heard_on is None and _HEARD.match(norm, at, end) and not _APPLIED.match(norm, at, at + 8):
            judgment.heard_on = leaf
        elif applied is None and norm[match.start() - 1] == "于" and _APPLIED.match(norm, at, end):
            applied = leaf
    if judgment.filed_on is None:
        judgment.filed_on = applied


def _track(judgment: Judgment, norm: str, start: int, end: int) -> None:
    found: Leaf[str] | None = None
    for match in _TRACK.finditer(norm, start, end):
        value = _TRACKS[match.group()]
        weak = match.group() in ("独任审", "组成合议庭")
        if found is None or not weak:
            if found and found.value == "小额" and value == "简易":
                continue
            found = Leaf(value, match.start(), match.end())
        elif weak and value == "普通" and "转" in norm[found.end : match.start()]:
            found = Leaf(value, match.start(), match.end())
    judgment.track = found


@cache
def _known_causes() -> frozenset[str]:
    try:
        from jianwei.law import causes
    except ImportError:
        return frozenset()
    return frozenset(causes.by_name())


def _cause(judgment: Judgment, doc: Doc) -> Leaf[str] | None:
    """The words between the last party named and 一案; where they end with an official 案由, that."""
    norm = doc.norm
    end = norm.find("一案", doc.record, min(doc.reasons, doc.record + 3000))
    if end < 0:
        return None
    start = max(norm.rfind("。", doc.record, end), norm.rfind("\n", doc.record, end), doc.record - 1) + 1
    low = start
    for party in judgment.parties:
        at = norm.rfind(party.name.value, start, end)
        if at >= 0:
            low = max(low, at + len(party.name.value))
    bracket = norm.rfind("）", low, end - 2)
    if bracket >= 0 and norm.rfind("（", low, bracket) >= 0 and norm[bracket + 1 : end].strip():
        low = max(low, bracket + 1)
    comma = max(norm.rfind("，", low, end), norm.rfind("：", low, end))
    low = max(low, comma + 1)
    value = norm[low:end]
    trimmed = _CAUSE_TRIM.sub("", value)
    if not 2 <= len(trimmed) <= 40:
        return None
    begin = norm.index(trimmed, low, end)
    known = _known_causes()
    for cut in range(len(trimmed) - 1):
        if trimmed[cut:] in known:
            return Leaf(trimmed[cut:], begin + cut, begin + len(trimmed))
    return Leaf(trimmed, begin, begin + len(trimmed))


def _attendance(judgment: Judgment, doc: Doc, start: int, end: int) -> None:
    norm = doc.norm
    names = short_names(judgment.parties, norm, start, end)
    marks = [(m, True) for m in _ABSENT.finditer(norm, start, end)]
    taken = {position for m, _ in marks for position in range(m.start(), m.end())}
    marks += [(m, False) for m in _CAME.finditer(norm, start, end) if m.start() not in taken]
    marks.sort(key=lambda item: item[0].start())
    floor = start
    for match, absent in marks:
        low = max(floor, norm.rfind("。", floor, match.start()) + 1, norm.rfind("；", floor, match.start()) + 1)
        floor = match.end()
        leaf = Leaf(absent, match.start(), match.end())
        for party in _mentioned(judgment.parties, names, norm, low, match.start()):
            if party.absent is None or absent:
                party.absent = leaf
    gone = next((party.absent for party in judgment.parties if party.absent and party.absent.value), None)
    if gone:
        judgment.appearance = Leaf("缺席", gone.start, gone.end)
    else:
        came = next((party.absent for party in judgment.parties if party.absent), None)
        judgment.appearance = Leaf("到庭", came.start, came.end) if came else None


def _mentioned(parties: list[Party], names: list[tuple[str, Party]], norm: str, start: int, end: int) -> list[Party]:
    found = []
    for name, party in names:
        if norm.find(name, start, end) >= 0 and party not in found:
            found.append(party)
    if found:
        return found
    for party in parties:
        role = party.role.value
        at = norm.find(role, start, end)
        if at >= 0 and (at == 0 or norm[at - 1] not in "被反" or role.startswith("被")):
            found.append(party)
    if not found and "双方当事人" in norm[start:end]:
        return list(parties)
    return found

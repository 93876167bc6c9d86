"""The prosecuting office, the indictment's number, and the track of the trial."""

from __future__ import annotations

import re

from jianwei.extract.crime.header import start
from jianwei.extract.judgment import Text
from jianwei.extract.leaf import Leaf
from jianwei.extract.text import Doc

_OFFICE = re.compile(r"公 ?诉 ?机? ?关 ?：? ?(?P<office>[^，。；：\n]{2,50}?检 ?察 ?院)(?: ?[，。\n ]|$)")
_ANY_OFFICE = re.compile(
    r"(?:审理|(?<=[。\n ])|(?<=一案，))(?:由|经)?(?P<office>[^，。；：、 \n）]{2,40}?人民检察院)(?=以|指控|于)"
)
_NUMBER = re.compile(
    r"(?P<word>[一-龥]{1,8}(?:检|院公诉)[一-龥]{0,14}) ?（ ?(?P<year>[12][0-9]{3}) ?） ?(?P<serial>号?[一-龥]{0,4}?第? ?[0-9][0-9\-—－]{0,12}) ?号"
    r"|（ ?(?P<year2>[12][0-9]{3}) ?） ?(?P<word2>[一-龥]{1,8}检[一-龥]{0,10}?)(?P<serial2>第? ?[0-9]{1,8}) ?号"
)
_YEAR = re.compile(r"（ ?[12][0-9]{3}")
_BEFORE_YEAR = 26
"""A number begins at most so many characters before its year."""
_TRACK = re.compile(
    r"(?P<to>转(?:为|换|入|成)?(?:适用)?|变更(?:为|适用)|改(?:为|用))?(?:刑事(?:案件)?)?(?P<kind>简易|速裁|普通)$"
)
_REFUSED = re.compile(r"(?:不(?:宜|再|应|能|符合|适合)[^，。；]{0,8}|建议[^，。；]{0,12})$")


def office(doc: Doc) -> Text | None:
    """The prosecuting office named after 公诉机关, else the one that indicted."""
    low, high = start(doc), max(doc.reasons, doc.parties)
    match = _OFFICE.search(doc.norm, low, min(high, low + 1500)) or _ANY_OFFICE.search(
        doc.norm, low, min(high, low + 6000)
    )
    if match is None:
        return None
    name = match["office"].replace(" ", "")
    if "（" in name:
        name = re.sub(r"（[^）]*）", "", name)
    return Leaf(name, *match.span("office"))


def indictment(doc: Doc) -> Text | None:
    """起诉书文号 as printed, with 〔〕 around the year and without blanks."""
    low, high = start(doc), max(doc.reasons, doc.parties)
    at = doc.norm.find("起诉书", low, high)
    if at < 0:
        at = doc.norm.find("指控", low, high)
    if at >= 0:
        near = _number(doc, max(low, at - 60), at)
        if near:
            return near
    return _number(doc, low, min(high, low + 4000))


def _number(doc: Doc, low: int, high: int) -> Text | None:
    year = _YEAR.search(doc.norm, low, high)
    if year is None:
        return None
    for match in _NUMBER.finditer(doc.norm, max(low, year.start() - _BEFORE_YEAR), high):
        begin = match.start()
        if match["word"]:
            word, serial = match["word"], match["serial"]
            for mark in ("检察院", "公诉机关", "以", "经", "根据"):
                at = word.rfind(mark)
                if at >= 0:
                    begin += at + len(mark)
                    word = word[at + len(mark) :]
            if not word and "检" in serial:
                begin = doc.norm.index("（", match.end("word"))
            elif "检" not in word and "院公诉" not in word:
                continue
            value = f"{word}〔{match['year']}〕{serial}号"
        else:
            value = f"〔{match['year2']}〕{match['word2']}{match['serial2']}号"
        if "诉" in value and "不诉" not in value:
            return Leaf(value.replace(" ", ""), begin, match.end())
    return None


def track(doc: Doc) -> Text | None:
    """简易, 速裁 or 普通: the last one applied, not one that was only proposed or found unfit."""
    norm = doc.norm
    found: Text | None = None
    low = start(doc)
    stop = min(max(doc.reasons, low), low + 8000)
    last = at = norm.find("程序", low, stop)
    while at >= 0 and (found is None or at - last < 400):
        match = _TRACK.search(norm, max(low, at - 14), at)
        if match:
            refused = _REFUSED.search(norm, max(low, match.start() - 14), match.start())
            if match["to"] or not refused:
                found = Leaf(match["kind"], match.start("kind"), match.end("kind"))
        last, at = at, norm.find("程序", at + 2, stop)
    if found is None:
        panel = norm.find("组成合议庭", low, stop)
        if panel >= 0:
            found = Leaf("普通", panel, panel + 5)
    return found

"""What is charged, and whether the accused admits it."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Text
from jianwei.extract.leaf import Leaf
from jianwei.extract.text import Doc, first

_CHARGED = re.compile(r"指控 ?(?:称|认定)?[：，]")
_ACCUSED = re.compile(r"指控(?P<what>[^。；\n]{2,200}?)(?:，于|，向|，提请|一案|，并|于[12]|向本院|。|；|\n)")
_UNTIL = re.compile(
    r"上述(?:犯罪)?事实|以上事实|经(?:本院)?(?:公开)?(?:开庭)?审理查明|针对上述|为证[明实]|公诉机关(?:认为|提交|就|当庭)|据此认为|被告人[^。，；\n]{1,20}(?:对(?:公诉|起诉|指控|上述)|辩称|辩解|当庭)|辩护人|本院认为"
)
_ADMITS = re.compile(
    "无(?:任何|其他)?异议|没有(?:任何|其他)?异议|未提出(?:任何|其他)?异议|均无(?:任何|其他)?异议|供认不讳|自愿认罪|表示认罪|当庭认罪|予以供认"
)
_DENIES = re.compile("辩称|辩解称|否认|不认罪|有异议|提出异议")
_DENIALS = ("辩", "否", "不认罪", "异议")
_PLEAS = ("异议", "供认", "认罪")
"""Words of which every match of the patterns above holds one, at most 2 and 5 characters after it begins."""
_BY_ACCUSED = re.compile(r"(?:被告人|上诉人)[^。；\n]{0,60}$")


def claims(doc: Doc) -> Text | None:
    """The charge as the indictment puts it: its facts where the judgment repeats them, else the words after 指控."""
    high = max(doc.reasons, doc.facts)
    opening = _CHARGED.search(doc.norm, doc.facts, high)
    if opening:
        until = _UNTIL.search(doc.norm, opening.end() + 1, high)
        return _trimmed(doc, opening.end(), until.start() if until else high)
    accused = _ACCUSED.search(doc.norm, doc.parties, high)
    return _trimmed(doc, *accused.span("what")) if accused else None


def defence(doc: Doc) -> Text | None:
    """``disputed`` when an accused denies or objects, else ``admitted`` when one pleads guilty or does not object."""
    norm, high = doc.norm, doc.reasons
    low = first(norm, _DENIALS, doc.facts, high)
    for match in _DENIES.finditer(norm, max(doc.facts, low - 2), high):
        if norm[match.start() - 1] in "无没未" or norm.startswith("无异议", match.end()):
            continue
        if _BY_ACCUSED.search(norm, max(doc.facts, match.start() - 80), match.start()):
            return Leaf("disputed", match.start(), match.end())
    high = max(doc.ruling, high)
    low = first(norm, _PLEAS, doc.facts, high)
    admits = _ADMITS.search(norm, max(doc.facts, low - 5), high)
    return Leaf("admitted", admits.start(), admits.end()) if admits else None


def _trimmed(doc: Doc, start: int, end: int) -> Text | None:
    piece = doc.text[start:end]
    value = piece.strip()
    begin = start + len(piece) - len(piece.lstrip())
    return Leaf(value, begin, begin + len(value)) if value else None

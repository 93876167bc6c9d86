"""The block of defendants above the indictment: where it is, and which part of it tells of whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from jianwei.extract.crime.compact import Compact
from jianwei.extract.text import Doc

_END = re.compile(
    r"起(?<!不起) ?诉 ?(?:决 ?定 ?)?书|指控|提起公诉|被控|审理了本案|审理终结|诉称|判决认定|自诉人[^。\n]{2,40}以|检察院以"
)
_FIRST = re.compile(r"公 ?诉 ?机? ?关|被 ?告 ?(?:人|单 ?位)|上 ?诉 ?人|罪 ?犯")
_MARK = re.compile(
    r"(?=[上以前述二两三四五六七八九十申再原一抗被附罪指委法值辩诉刑自公翻近监合])(?:"
    r"(?P<joint>(?:上列|上述|以上|前述)[^，。；（）]{0,8}被告人|[二两三四五六七八九十]{1,2}(?:名)?被告人(?=均|因|于|[12]))"
    r"|(?P<role>(?:上诉人|申诉人|上诉单位|再审申请人)（(?:一审|原审)?被告(?:人|单位)[^）]{0,24}）"
    r"|(?:原审|一审|抗诉)被告(?:人|单位)(?:（[^）]{1,24}）)?|被告单位|附带民事诉讼被告人（被告人）|被告人(?:（附带民事诉讼被告人）)?|上诉人|罪犯)"
    r"|(?P<other>(?:指定|委托|法律援助|值班)?辩护人|法定代理人|诉讼代理人|诉讼代表人|委托(?:诉讼)?代理人|"
    r"(?:刑事)?附带民事[^，。；]{0,4}(?:原告人?|被告人?|起诉人)|被害人|被害单位|自诉人|原?公诉机关|抗诉机关|翻译|近亲属|监护人|合适成年人|值班律师|法律援助))"
)
_COUNSEL = re.compile(r".{0,4}(?:辩护人|法定代理人|诉讼代表人)$")
_ACCUSED = re.compile(
    r"被告人(?:（[^）]{0,12}）)? ?(?P<names>[^，。；：（）]{2,80}?)(?:均)?(?:涉嫌)?(?:犯(?!罪)|涉嫌|[^，。；：（）]{2,20}一案)"
)
_JOINT = re.compile(r"[、和及]|以及")
_STOP = re.compile(r"[。；：]")
_NAME = re.compile(r"(?:（自报[^）]{0,4}）)?[：]?(?:自报(?:姓名|名)?[：]?)?(?P<name>[^，。；：（）、“”《》\x00]{1,60})")
_SEX = re.compile(r"(?P<name>.{2,4}?)[男女](?=，(?:[12一]|[^，。]{1,4}族|出生|生于))")
_NOT_A_NAME = re.compile(r"因|被|及|的|对|到庭|均|其|涉嫌|人员|曾因|系.{3}")
_AGAIN = re.compile(r"曾|因|系|于|被|在|犯|现|有|的|自")
_NOT_IN_A_NAME = re.compile(r"因涉嫌|被|于20|于19|曾因|向本院|到庭|及其|犯.{1,20}罪")


@dataclass(slots=True)
class Block:
    """What the header tells of one defendant: ``text[start:end]`` of it, name and role as positions."""

    name: str
    name_at: tuple[int, int]
    role: str
    role_at: tuple[int, int]
    parts: list[tuple[int, int]] = field(default_factory=list)
    counsel: list[tuple[int, int, int]] = field(default_factory=list)
    """Counsel and guardians: where the label begins and ends, and where what is told of them ends."""


def start(doc: Doc) -> int:
    """Where the header begins: after the 案号, but never after 公诉机关 (some 案号 lack their year)."""
    office = doc.norm.find("公诉机关", 0, 1500)
    if office < 0:
        return doc.parties
    return min(doc.parties, office) if doc.parties else office


def section(doc: Doc) -> Compact:
    """The header of ``doc``, from the prosecuting office to the indictment."""
    norm = doc.norm
    low = start(doc)
    ceiling = max(doc.reasons, low)
    first = _FIRST.search(norm, low, ceiling)
    if first is None:
        return Compact(norm, low, low)
    end = _END.search(norm, low, ceiling)
    if end and end.start() < first.start():
        # Published without its block of parties: the indictment comes first.
        return Compact(norm, low, low)
    low = first.start()
    high = end.start() if end else min(ceiling, low + 3000)
    cut = max(norm.rfind("。", low, high), norm.rfind("\n", low, high))
    if cut > low and "被告" in norm[low:cut].replace(" ", "") or "上诉人" in norm[low:cut]:
        high = cut + 1
    return Compact(norm, low, high)


def accused(doc: Doc) -> list[tuple[str, int, int]]:
    """The names in 指控被告人某、某犯某罪, for a document published without its header; with their offsets in ``norm``."""
    found: list[tuple[str, int, int]] = []
    stop = doc.norm.find("。", doc.parties, doc.reasons)
    for match in _ACCUSED.finditer(doc.norm, doc.parties, stop if stop >= 0 else doc.reasons):
        at = match.start("names")
        for piece in _JOINT.split(match["names"]):
            name = piece.strip()
            start = doc.norm.index(name, at)
            at = start + len(name)
            if 2 <= len(name) <= 15 and not _NOT_A_NAME.match(name) and all(name != other for other, _, _ in found):
                found.append((name, start, at))
    return found


def blocks(header: Compact) -> tuple[list[Block], list[tuple[int, int]]]:
    """The blocks of the defendants in order, and the parts told of all of them (上列三被告人…)."""
    text = header.text
    marks = [mark for at in _openings(header) if (mark := _MARK.match(text, at))]
    found: list[Block] = []
    joint: list[tuple[int, int]] = []
    current: Block | None = None
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        if mark["other"]:
            if found and _COUNSEL.match(mark["other"]):
                found[-1].counsel.append((*mark.span(), end))
            current = None
        elif mark["joint"]:
            joint.append((mark.end(), end))
        else:
            block = _block(text, mark, found)
            if block is None:
                if current is not None:
                    current.parts.append((mark.end(), end))
                continue
            if not block.parts:
                found.append(block)
            current = block
            current.parts.append((block.name_at[1] if not current.parts else mark.end(), end))
    return found, joint


def _openings(header: Compact) -> list[int]:
    """Where a block may begin: after a full stop or where blanks stood."""
    stops = [match.end() for match in _STOP.finditer(header.text)]
    return sorted({0, *header.breaks, *stops})


def _block(text: str, mark: re.Match[str], found: list[Block]) -> Block | None:
    name = _NAME.match(text, mark.end())
    if name is None:
        return None
    value, start = name["name"], name.start("name")
    for block in found:
        if value == block.name or (value.startswith(block.name) and _AGAIN.match(value, len(block.name))):
            return block
    sex = _SEX.match(text, start)
    if sex and sex.end() <= name.end():
        value = sex["name"]
    company = "单位" in mark["role"]
    if _NOT_A_NAME.match(value) or (not company and (len(value) > 24 or _NOT_IN_A_NAME.search(value))):
        return None
    return Block(value, (start, start + len(value)), mark["role"], mark.span("role"))

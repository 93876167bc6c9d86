"""Circumstances that the court found in its reasons; what the defence claimed and the court refused is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.names import Names
from jianwei.extract.crime.words import Words
from jianwei.extract.judgment import Text

_WORDS: dict[str, tuple[str, ...]] = {
    "自首": ("自首", "投案"),
    "坦白": ("坦白", "如实供述", "如实供认", "如实供诉", "如实交代", "如实交待", "如实陈述", "主动供述", "主动交代", "主动交待", "供认不讳"),
    "毒品再犯": ("毒品再犯", "毒品犯罪再犯", "又犯"),
    "累犯": ("累犯",),
    "从犯": ("从犯", "次要作用", "次要的作用", "辅助作用"),
    "胁从犯": ("胁从犯",), "教唆犯": ("教唆犯",), "主犯": ("主犯", "主要作用"),
    "立功": ("立功", "重大立功"),
    "未遂": ("未遂",), "中止": ("犯罪中止", "中止犯"), "预备": ("犯罪预备", "预备犯"),
    "未成年": ("未成年", "未满十八", "不满十八"),
    "老年": ("满七十五周岁",), "聋哑": ("又聋又哑", "聋哑人", "盲人"),
    "限制责任能力": ("限定刑事责任能力", "限制刑事责任能力", "部分刑事责任能力", "限定责任能力", "限制责任能力", "部分责任能力", "尚未完全丧失辨认"),
    "防卫过当": ("防卫过当",), "避险过当": ("避险过当",),
    "认罪认罚": ("认罪认罚", "自愿认罪认罚", "自愿认罪、认罚", "自愿认罪并认罚", "签字具结"),
    "自愿认罪": ("自愿认罪", "当庭认罪", "表示认罪", "认罪态度较好", "认罪态度好", "认罪态度尚好", "认罪、悔罪", "认罪悔罪", "能认罪", "能够认罪", "均认罪", "亦认罪", "认罪、悔罪态度"),
    "谅解": ("谅解",),
    "退赃": ("退赃", "退缴", "退还", "退出", "退清", "退赔", "退款", "缴回", "返还赃", "返还全部赃", "返还了赃"),
    "赔偿": ("赔偿", "赔付", "补偿"),
    "缓刑考验期内犯罪": ("缓刑考验期",), "假释考验期内犯罪": ("假释考验期",),
    "前科": ("前科",), "劣迹": ("劣迹",), "初犯": ("初犯", "偶犯"), "悔罪": ("悔罪",), "刑事和解": ("刑事和解", "达成和解"),
}  # fmt: skip
_VALUE = {word: value for value, words in _WORDS.items() for word in words}
_WORDS_OF_LAW = Words(list(_VALUE))
_BEFORE = {
    "投案": re.compile(r"(?:自动|主动)(?:到[^，。；]{2,12})?$"),
    "又犯": re.compile(r"(?:曾因|因)[^。；]{0,24}毒品[^。；]{0,30}$"),
    "未成年": re.compile(r"(?:犯罪时|作案时|案发时|时|系)[^，。；]{0,8}$|(?:^|[，。；])$"),
    "未满十八": re.compile(r"(?:犯罪|作案|案发|行为|时|十[四六]周?岁)[^，。；]{0,6}$"),
    "不满十八": re.compile(r"(?:犯罪|作案|案发|行为|时|十[四六]周?岁)[^，。；]{0,6}$"),
}
"""What must stand before a word that by itself says too little."""
_AFTER = {
    "投案": re.compile(r"[^。；]{0,30}?如实"),
    "又犯": re.compile(r"[^。；]{0,12}毒品"),
    "缓刑考验期": re.compile(r"限?(?:内|间|期间)[^。；，]{0,8}犯"),
    "假释考验期": re.compile(r"限?(?:内|间|期间)[^。；，]{0,8}犯"),
}
_CLAUSE = re.compile("[，。；、]")
_TITLE = re.compile(r"《[^》]{0,80}》|“[^”]{0,40}”")
_NOT_BEFORE = re.compile(
    r"(?:不(?:构成|属于?|是|能(?:以|认定为?|成立)?|具备|具有|应?认定|符合|存在|予认定|系|成立|宜认定|以|区分|分|够|予)?|非|无|未|没有|并非|难以(?:认定)?|否认|拒不|拒绝|尚未|不具有[^，。；]{0,6})(?:为|系|其|有|的|主动|积极|退赃|能|构成|取得|予以|如实|全部|任何|进行|得到|获得|完全|违法|犯罪|刑事|不良)*$"
)
_NEGATIONS = frozenset("不非无未没难否拒尚")
"""Characters of which every match of the pattern above holds one."""
_NOT_TOLD = re.compile(r"[未不]能?$|拒不$|没有$")
_NOT_AFTER = re.compile(
    r"^[^，。；]{0,14}?(?:不能成立|不成立|不能认定|不予认定|不予采[纳信]|依据不足|缺乏|不符|证据不足|的条件不|的构成要件不)"
)
_OTHERS = re.compile(r"(?:被害人|被害单位|同案犯?|同案人|责令|应当?|继续|令其|予以|限期?|判令|依法)[^，。；]{0,6}$")
_PLEA = re.compile(r"辩护|辩解|辩称|所提|提出|主张|请求|要求")
_OUTCOME = re.compile(
    r"(?P<no>不予?(?:以)?采[纳信]|不予?支持|不能?成立|难以(?:采纳|成立|支持|认定)|无(?:事实|法律)[^，。]{0,6}(?:依据|根据)"
    r"|与[^，。；]{2,24}不符|不予认可|不予认定|不能(?:以|认定)|不以[^，。]{1,6}论|不属于?|并非|不构成|不是|不宜认定|于法无据)"
    r"|(?P<yes>采[纳信]|予以(?:支持|确认|认定|考虑|体现)|成立|有据|相符|属实|可(?:以)?(?:酌情)?从轻)"
)
_ANOTHER = re.compile(r"[另还又]|提出|辩称|关于|请求")
_ELSE = re.compile(
    r"(?:^|[，。；、：]|同案犯)(?P<who>[^，。；、的]{1,2}某[^，。；、的有系]{0,2})(?:有|系|具有|的)(?:重大|自首|坦白)?$"
)
_VICTIM = re.compile(r"被害|对象|幼女|女童|女性|奸淫|猥亵")
_SIGHT = 600
"""How far a plea and its answer are looked for in one sentence (chosen: longer sentences of reasons do not occur)."""
_NEGATED_OK = frozenset(("未成年", "未遂", "坦白"))


@dataclass(slots=True)
class _Word:
    value: str
    start: int
    end: int


def _words(text: str) -> Iterator[_Word]:
    """The words that name a circumstance, those that need company only where they have it."""
    for index, start, end in _WORDS_OF_LAW.places(text):
        word = _WORDS_OF_LAW.words[index]
        before, after = _BEFORE.get(word), _AFTER.get(word)
        if before and not before.search(text, max(0, start - 60), start) or after and not after.match(text, end):
            continue
        yield _Word(_VALUE[word], start, end)


def found(reasons: Compact, names: Names, indicted: Callable[[], Compact | None]) -> dict[str, list[Text]]:
    """Circumstances by the defendant's name; those of the indictment where the court adopts it whole and gives none itself."""
    result: dict[str, list[Text]] = {}
    _scan(reasons, names, result)
    extra = None if result else indicted()
    if extra is not None:
        _scan(extra, names, result, adopted=True)
    return {name: _consistent(leaves) for name, leaves in result.items()}


def _scan(section: Compact, names: Names, result: dict[str, list[Text]], *, adopted: bool = False) -> None:
    text = _TITLE.sub(_blank, section.text)
    group: list[str] = list(names.known) if len(names.known) == 1 else []
    told: dict[str, set[str]] = {}
    everybody = len(names.known)
    adopted = adopted or _PLEA.search(text) is None
    at = seen = 0
    for word in _words(text):
        value = word.value
        bearers = told.setdefault(value, set())
        if len(bearers) == everybody:
            continue
        if not at <= word.start < seen:
            at = text.rfind("。", 0, word.start) + 1
            close = text.find("。", word.start)
            seen = close + 1 if close >= 0 else len(text)
        if _denied(text, word) or _another(text, word, names) or not (adopted or _stands(text, at, word.end, seen)):
            continue
        if everybody > 1:
            group = names.subject(text, at, word.start) or group or list(names.known)
        leaf = section.leaf(value, word.start, word.end)
        for name in group:
            if name not in bearers:
                bearers.add(name)
                result.setdefault(name, []).append(leaf)


def _blank(match: re.Match[str]) -> str:
    return "\0" * (match.end() - match.start())


def _stands(text: str, at: int, word_end: int, end: int) -> bool:
    """Whether the court stands by the word: its own finding, or a plea that the court goes on to take up."""
    end = min(end, word_end + _SIGHT)
    clause = max(text.rfind("；", at, word_end), at, word_end - _SIGHT)
    later = min(_ends(text, mark, word_end, end) for mark in "，；")
    if not _PLEA.search(text, clause, word_end) and not _PLEA.search(text, word_end, later):
        return True
    outcome = _OUTCOME.search(text, word_end, end)
    for _ in range(2):
        if outcome or end >= len(text):
            break
        start, end = end, text.find("。", end) + 1 or len(text)
        outcome = _OUTCOME.search(text, start, end)
        if outcome and _ANOTHER.search(text, start, outcome.start()):
            return False
    return outcome is not None and outcome["yes"] is not None


def _ends(text: str, mark: str, at: int, end: int) -> int:
    found = text.find(mark, at, end)
    return found if found >= 0 else end


def _another(text: str, word: _Word, names: Names) -> bool:
    """``同案犯某某有立功情节`` in a plea speaks of somebody who is not judged here."""
    low = max(0, word.start - 14)
    other = _ELSE.search(text, low, word.start) if text.find("某", low, word.start) >= 0 else None
    return other is not None and other["who"] not in names.known


def _denied(text: str, word: _Word) -> bool:
    value = word.value
    before = _CLAUSE.split(text[max(0, word.start - 12) : word.start])[-1]
    if not _NEGATIONS.isdisjoint(before):
        if value not in _NEGATED_OK and _NOT_BEFORE.search(before):
            return True
        if value == "坦白" and _NOT_TOLD.search(before):
            return True
    if (
        value in ("退赃", "赔偿", "未成年", "谅解")
        and _OTHERS.search(before)
        and not (value == "谅解" or "被害" in before and value == "赔偿")
    ):
        return True
    if value == "未成年" and _VICTIM.search(text, max(0, word.start - 12), word.start):
        return True
    if value == "前科" and before.endswith(("无", "没有")):
        return True
    after = text[word.end : word.end + 24]
    return ("不" in after or "缺乏" in after) and _NOT_AFTER.match(after) is not None


def _consistent(leaves: list[Text]) -> list[Text]:
    """如实供述 is part of 自首; 认罪认罚 holds 自愿认罪; 毒品再犯 is no 前科 of its own."""
    values = {leaf.value for leaf in leaves}
    drop = set()
    if "自首" in values:
        drop.add("坦白")
    if "认罪认罚" in values:
        drop.add("自愿认罪")
    return sorted((leaf for leaf in leaves if leaf.value not in drop), key=lambda leaf: leaf.start)

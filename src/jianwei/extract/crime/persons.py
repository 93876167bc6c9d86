"""What stands after a defendant's name: other names, birth, occupation, where registered and where living, number."""

from __future__ import annotations

import re

from jianwei.extract.crime.compact import Compact
from jianwei.extract.crime.facts import Defendant
from jianwei.extract.parts.numerals import DATE, day

_ALIAS = re.compile(
    r"(?:曾用名|又名|别名|化名|绰号|外号|小名|乳名|原名|别号|诨名)(?:：|是|叫)?(?P<alias>[^，。；（）]{1,24})"
)
_PLACE = re.compile(
    r"(?=[户籍现家租暂捕案住居])(?:(?P<home>户籍(?!登记)(?:所在)?(?:地)?(?:址|住址)?|户口所在地|籍贯)(?:和|及(?:现)?)?(?:居住地|住址|住所地)?(?:均)?(?:为|在|于|系|：)?(?P<where>(?!登记)[^，。；（）：]{2,60})"
    r"|(?P<live>(?:现|家|租|暂|捕前|案发前)(?:暂|租)?住(?:所地|址|地|所)?|住所地|居住地|住址|(?<=[，。；（])住)(?:均)?(?:为|在|于|：)?(?P<there>[^，。；（）：]{2,60}))"
)
_ID = re.compile(r"(?:身份(?:证)?号码?|身份证)[：为]?(?P<idno>[0-9]{17}[0-9Xx]|[0-9]{15})(?![0-9])")
_TRADES = (
    "无业", "农民", "务工", "务工人员", "务农", "个体", "个体户", "个体经营", "个体经营户", "个体工商户", "个体经营者", "经商", "职工", "工人", "员工", "干部",
    "司机", "驾驶员", "教师", "学生", "职业", "无业人员", "下岗", "退休", "打工", "董事长", "经理", "法定代表人", "负责人", "主任", "科长", "处长", "局长", "院长",
    "校长", "站长", "所长", "乡长", "镇长", "村长", "县长", "市长", "组长", "队长", "部长", "厂长", "园长", "行长", "书记", "会计", "出纳", "医生", "护士", "保安",
    "厨师", "技术员", "工作人员", "业务员", "摊主", "店主", "老板", "股东", "主管", "代表", "自由职业", "居民",
)  # fmt: skip
_TRADE_ENDS = frozenset(trade[-1] for trade in _TRADES)
_SEGMENT = re.compile(r"[^，。；（）]+")
_NOT_TRADE = re.compile(r"文化|出生|族|户籍|住|公民身份|因|中共|辩护|律师|被告人|人民法院|检察院")


def read(header: Compact, at: int, end: int, defendant: Defendant) -> None:
    """Fill what the header's ``text[at:end]`` tells of the person before it turns to the measures."""
    text = header.text
    stop = text.find("因涉嫌", at, end)
    birth = DATE.search(text, at, min(end, at + 160))
    if birth and (
        text.startswith(("出生", "生", "（户籍"), birth.end())
        or text[max(at, birth.start() - 2) : birth.start()] in ("生于", "日期", "期：")
    ):
        value = day(birth)
        if value:
            defendant.born_on = header.leaf(value, *birth.span())
    close = stop if stop >= 0 else end
    for alias in _ALIAS.finditer(text, at, min(close, at + 200)):
        defendant.alias.append(header.leaf(alias["alias"].strip('“”"：为'), *alias.span("alias")))
    for place in _PLACE.finditer(text, at, close):
        if place["home"] and defendant.domicile is None:
            defendant.domicile = header.leaf(place["where"], *place.span("where"))
        elif place["live"] and defendant.address is None:
            defendant.address = header.leaf(place["there"], *place.span("there"))
    number = _ID.search(text, at, end) if text.find("身份", at, end) >= 0 else None
    if number:
        defendant.idno = header.leaf(number["idno"].upper(), *number.span("idno"))
    for segment in _SEGMENT.finditer(text, at, close):
        words = segment.group()
        if words[-1] in _TRADE_ENDS and words.endswith(_TRADES) and len(words) <= 44 and not _NOT_TRADE.search(words):
            defendant.occupation = header.leaf(words, *segment.span())
            break

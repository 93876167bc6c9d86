"""What follows a position in the party block: the name, then birth, address, number."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.numerals import DATE, day
from jianwei.extract.parts.roles import kind_of

_FIELD = re.compile(r"[^，。；：\n]{1,80}")
_CUT = re.compile(
    r"（(?:以下|简称|下称|曾用|又名|别名|原名|原审|一审|二审|反诉|本诉|系|绰号|自报|化名|身份|统一|男|女|公民|组织|注册|曾|已|现|亦|即|英文|又|乳名|兼|委托|未到庭|缺席|特别|一般|法定|下同|[A-Za-z0-9])"
    r"|(?<=.)(?: |^)(?:男|女|住|汉族|系|19|20)|等[一二三四五六七八九十0-9]{0,3}[人名户](?=（|$)|(?:系|是)(?:原告|被告)"
)
_GENDER_RUN = re.compile(r"，(?:[一-龥]{1,3}族|[12][0-9]{3}年|住|身份证)")
_PREFIX = re.compile(r"(?:自报(?:姓名|名)?|暨|兼|（[^）]{1,20}）) ?[：:]?")
_EDGES = ' ：."“”，'
_ADDRESS = re.compile(
    r"(?:户籍所在地|户籍地址|户籍地|户口所在地|经常居住地|住所地|住所|住址|现住址|现住|地址|营业场所|经营场所|经营地址|办公地址|注册地|所在地|暂住|住)(?:）住?)? ?(?:地|在|于|为|是|：)? ?：?"
)
_ID = re.compile(
    r"[0-9A-HJ-NPQRTUWXY](?<![0-9A-Za-z].)(?:(?<=[0-9])(?:[0-9]{16}[0-9Xx]|[0-9]{14})|[0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10})(?![0-9A-Za-z*])"
)
"""A number; it begins with a class of characters so that the search can skip to one."""
_ADDRESS_END = re.compile(
    r"[。；\n]|，(?=公民|现下落|下落不明|送达|原住|经常|所在|单位|联络|手机|身份|统一|组织|法定|负责|系|联系|电话|委托|现羁押|社会|证件|居民身份|户籍|现住|经营|机构|信用|注册号|因|[男女]|汉族|19|20)|（(?=公民|身份|统一)"
)


def named(norm: str, start: int, end: int) -> list[Leaf[str]]:
    """The name or names (、) printed after a position."""
    prefix = _PREFIX.match(norm, start, end)
    if prefix:
        start = prefix.end()
    field = _FIELD.match(norm, start, end)
    if field is None:
        return []
    stop = field.end()
    cut = _CUT.search(norm, start, stop)
    if cut:
        stop = cut.start()
    if stop - start > 2 and norm[stop - 1] in "男女" and _GENDER_RUN.match(norm, stop):
        stop -= 1
    names = []
    at = start
    for piece in norm[start:stop].split("、"):
        name = _without_blanks(piece.strip(_EDGES))
        if 2 <= len(name) <= 60:
            begin = at + len(piece) - len(piece.lstrip(_EDGES))
            names.append(Leaf(name.replace(" ", ""), begin, begin + len(name)))
        at += len(piece) + 1
    return names


def _without_blanks(name: str) -> str:
    """``张 三`` is one name; in ``张三 某某律师事务所律师`` the name ends at the blank; an organisation may hold blanks."""
    if " " not in name:
        return name
    words = name.split()
    if len("".join(words)) <= 4 or all(len(word) == 1 for word in words):
        return name
    if len(words[0]) >= 2 and kind_of(words[-1]) == "自然人":
        return words[0]
    return words[0] if words[-1].endswith(("律师", "工作者", "员工", "职员")) else name


def particulars(norm: str, start: int, end: int, party: Party) -> None:
    """Birth, address and number printed after a name."""
    birth = DATE.search(norm, start, min(end, start + 120))
    if (
        birth
        and norm[birth.end() : birth.end() + 4].lstrip(" ，（）于").startswith(("出生", "生"))
        or birth
        and norm[max(start, birth.start() - 4) : birth.start()].rstrip(" ：").endswith(("生于", "出生日期", "出生"))
    ):
        value = day(birth)
        if value:
            party.born_on = Leaf(value, birth.start(), birth.end())
    address = _ADDRESS.search(norm, start, end)
    if address:
        stop = _ADDRESS_END.search(norm, address.end(), end)
        close = stop.start() if stop else end
        where = norm[address.end() : close].strip(" ，：.")
        if len(where) >= 2:
            begin = norm.index(where, address.end(), close)
            party.address = Leaf(where, begin, begin + len(where))
    number = _ID.search(norm, start, end)
    if number and "XXX" not in number.group():
        party.idno = Leaf(number.group().upper(), number.start(), number.end())
    if party.kind is None and norm.startswith(("，男", "，女", " 男", " 女"), start):
        party.kind = Leaf("自然人", start + 1, start + 2)

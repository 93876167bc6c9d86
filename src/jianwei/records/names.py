"""Names of persons and organisations in one written form, so that the same name is the same string."""

from __future__ import annotations

import re
from functools import lru_cache

from jianwei.records.identifiers import FULL_TO_HALF

_BRACKETS = str.maketrans("()[]【】〔〕［］{}﹙﹚「」『』", "（）（）（）（）（）（）（）（）（）")
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_DOTS = str.maketrans("•‧・．。∙●", "·······")
_ALIAS = re.compile(r"（(?:曾用名|又名|别名|原名|化名|绰号|外号|自报|自报名|现用名|反诉原告|反诉被告|男|女)[^）]*）")
_FORMER = re.compile(r"（(?:曾用名|又名|别名|原名)[为是:：]?([^）]+)）")
_SEVERAL = re.compile(r"[、,，;；/]")

# An organisation says so in its name. A sign of one character counts only at the end of four characters or more.
_ORGANISATION = re.compile(
    r"公司|合作社|合伙|委员会|事务所|集团|银行|信用社|经营部|工作室|基金|中心|政府|法院|检察院|公安|协会|学会|商会|工会"
    r"|大学|学院|学校|中学|小学|幼儿园|医院|研究|服务|个体|门市|工厂|商行|商店|酒店|超市|企业|村民|居民小组|派出所|支队|大队|联社|分行|支行"
    r"|(?<=...)[厂行院局店部社站所处会校园场馆队坊厅铺庄吧府室署司办]\Z"
)
_COMPOUND_SURNAME = re.compile(
    r"(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|司空|夏侯|端木|百里|南宫|独孤|长孙|宇文)..\Z"
)
_ORGANISATION_KINDS = re.compile(r"法人|非法人|组织|企业|公司|单位|机关|机构|个体工商户")


def normal_brackets(text: str) -> str:
    """Every kind of bracket as full-width round ones."""
    return text.translate(_BRACKETS)


@lru_cache(maxsize=131072)
def normal_name(text: str) -> str:
    """``text`` half-width and without spaces, brackets round and full-width, aliases in brackets left out.

    ``张 三（曾用名张小三）`` → ``张三``; ``某某(上海)有限公司`` → ``某某（上海）有限公司``; Latin letters upper case.
    """
    name = _SPACES.sub("", text.translate(FULL_TO_HALF)).translate(_BRACKETS)
    if "·" in name or any(dot in name for dot in "•‧・．。∙●"):
        name = name.translate(_DOTS).strip("·")
    if "（" in name:
        name = _ALIAS.sub("", name)
    return name.strip("，,、;；:：.").upper()


def former_names(text: str) -> list[str]:
    """The other names that ``text`` gives in brackets, normalised."""
    inside = _FORMER.search(normal_brackets(text.translate(FULL_TO_HALF)))
    return several(inside[1]) if inside else []


def several(text: str) -> list[str]:
    """The names in a list such as ``甲公司、乙公司``, normalised."""
    return [normal_name(part) for part in _SEVERAL.split(text) if part.strip()]


@lru_cache(maxsize=131072)
def is_organisation(name: str, kind: str | None = None) -> bool:
    """Whether ``name`` (normalised) is an organisation's, by ``kind`` where that says so, else by its words."""
    if kind:
        if "自然人" in kind or kind in ("个人", "公民"):
            return False
        if _ORGANISATION_KINDS.search(kind):
            return True
    if "·" in name or _COMPOUND_SURNAME.match(name):
        return False
    return len(name) >= 4 and bool(_ORGANISATION.search(name))

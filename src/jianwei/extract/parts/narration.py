"""Parties of a document without a party block: from the title, and from the sentences that name them by position.

The official site prints many documents without the block. A name then ends where the grammar of the sentence says so:
上诉人甲**因**与被上诉人乙局**行政处罚**一案. A name met twice is taken where its end is certain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jianwei.extract.judgment import Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.roles import NOT_PARTIES, ROLE, SURNAMES, kind_of
from jianwei.extract.text import Doc

_MENTION = re.compile(rf"(?P<role>{ROLE})(?:（[^）\n]{{1,12}}）)? ?")
_OPENING = re.compile(
    r"(?P<subject>[^，。；：\n（）]{2,40}?)(?:（[^）\n]{1,30}）)?(?:因诉|因与|(?<![上申起反自应胜败撤])诉(?!讼|称|人)|不服|申请(?:强制)?执行(?!人)|与|因)"
)
_OBJECT = re.compile(r"(?:因诉|因与|(?<![上申起反自应胜败撤])诉(?!讼|称|人)|申请(?:强制)?执行(?!人)|与|不服)")
_FIELD = re.compile(
    r"[^，。；：\n、（）“”《》0-9]{1,60}(?:（[^，。；）\n简称称]{1,10}）[^，。；：\n、（）“”《》0-9]{1,30})?"
)
_END = re.compile(
    r"诉|因|不服|一案|被告|原告|第三人|上诉人|被上诉人|申请人|被申请|被执行人|申请执行|向本院|向我院|提[出起]|作出|下达|于(?=[0-9 ]|本院|上诉|法定)|对(?!外)|经本院|经审|经传|经依法|"
    r"均|未|到庭|在|从未|辩称|述称|诉称|称(?=[，：])|答辩|送达|收到|之间|以(?!.{0,6}公司)|承担|负担|缴纳|申请|撤回|请求|要求|依据|依照|认为|系(?!.{0,4}公司)|已经|的|及其|双方|就|针对|自愿|应|不履行|违反|为(?=.{2,16}一案)|"
    r"等(?=[0-9一二三四五六七八九十]*人|与|诉|因|不|，|。|一审|二审|$)|通过|按照|组织|擅自|负责|委托|法定代表|代表|到场|支付|偿还|给付|承认|撤诉|起诉|上诉|申诉|再审|非诉|一审|二审|复议|召开|没有|拒不"
)
_STRONG = re.compile(
    r"公司|人民政府|政府(?!信息)|委员会|[^，结布时]局|[^大]厅|[大支总中]队|办公室|办事处|中心(?!支)|学校|大学|医院|银行|检察院|法院|合作社|派出所|管委会|支行|分行|合伙企业|业主大会|经济社|加工厂|海关|信用社|联合社|居民小组|村民小组|协会|研究院|事务所"
)
_WEAK = re.compile(r"(?:[部所处厂行社店组场站馆院]|集团|商行)$")
_JOINED = re.compile(r"[与及和]")
_CAUSE = re.compile(
    r"行政|道路|交通|房屋|土地|婚姻|社会|社保|工伤|治安|拆迁|民间|买卖|合同|离婚|机动车|劳动|劳务|侵权|租赁|追索|追偿|借款|金融|信用卡|信息|政府信息|城乡|规划|公安|计划|人口|征收|补偿|赔偿|处罚|"
    r"登记|许可|确认|强制|履行|违法|环境|资源|税务|工商|物业|产品|生命|健康|名誉|继承|抚养|赡养|所有|财产|股权|建设|承揽|运输|保险|保证|担保|排除|返还|不当|无因|恢复|执行|其他|纠纷|商标|专利|教育|卫生|农业|林业|民政|司法|水利"
)
_BETWEEN = re.compile(r"[^，。；、（）\n]{2,16}(?=、[^，。；、（）\n]{2,30}(?:政府|局|委员会|厅)（)")
_NOT_NAME = re.compile(
    r"(?:及|的|等|均|在|向|对|与|和|因|不|未|提|或|可|为|已|之|到|申请|撤|其|负责|方|自[己愿行]|请求|收|作|依|下|以|所|是|系|承担|缴|签|无[故正]|另|陈述|委托|法定|代理|出|主张|名|同意|没|要|需|将|共[同有]|称|辩|人"
    r"|从未|于[0-9本同次当]|应[当向在予承得公]|经[本依传审合]|有[权无]|关于|公司|单位|当庭|商谈|相关|成立|明确|全部|强制|能够|时|终|原审|年度|收到|村民|党员)"
)
_ALIAS = re.compile(r"（(?:以下|下)?(?:均|统)?(?:简称|下称|称)为?[：“\"]?(?P<alias>[^”\"）]{2,20})")
_PLEADS = re.compile(
    r"(?:（[^）]{1,20}）)?(?:[^，。；\n]{0,12})(?:辩称|述称|诉称|答辩|负担|承担|拒不到庭|未到庭|到庭|的起诉|的再审|的诉讼请求|的上诉|送达)"
)


@dataclass(slots=True)
class _Name:
    role: str
    value: str
    start: int
    certain: bool
    section: int
    mention: int = -1


def narrated(doc: Doc, title_end: int = 0) -> list[Party]:
    """The parties that the sentences of ``doc`` name; ``title_end`` is where a title line before the court ends."""
    names: list[_Name] = []
    for section, (start, end) in enumerate(((doc.record, doc.facts), (doc.facts, doc.tail))):
        for match in _MENTION.finditer(doc.norm, start, min(end, start + 20_000)):
            if match["role"] in NOT_PARTIES:
                continue
            listed = _list(doc.norm, match.end(), end, match["role"], section)
            for name in listed:
                name.mention = match.start()
            names.extend(listed)
    names.extend(_unlabelled(doc))
    aliases = {match["alias"] for match in _ALIAS.finditer(doc.norm, doc.record, doc.tail)}
    names = [name for name in names if name.value not in aliases]
    return _settle(doc, names, _from_title(doc, title_end))


def _list(norm: str, at: int, end: int, role: str, section: int) -> list[_Name]:
    """The names from ``at``, joined by 、 or 及."""
    found: list[_Name] = []
    while at < end and len(found) < 60:
        name = _one(norm, at, end, role, section)
        if name is None:
            break
        found.append(name)
        at = name.start + len(name.value)
        if norm.startswith("（", at):
            close = norm.find("）", at, at + 40)
            if close < 0:
                break
            at = close + 1
            between = _BETWEEN.match(norm, at, end)
            if between:
                at = between.end()
        if at < end and norm[at] in "、及和" and not _MENTION.match(norm, at + 1):
            at += 1
            continue
        break
    return found


def _one(norm: str, at: int, end: int, role: str, section: int) -> _Name | None:
    field = _FIELD.match(norm, at, min(end, at + 90))
    if field is None:
        return None
    piece = field.group()
    if piece.startswith(("及其", "的", "均")):
        return None
    return _cut(piece, field.start(), role, section, whole=norm[field.end() : field.end() + 1] in "、（，。")


def _cut(piece: str, start: int, role: str, section: int, *, whole: bool) -> _Name | None:
    """The name with which ``piece`` begins."""
    strong = [match.end() for match in _STRONG.finditer(piece)]
    stop = _END.search(piece, 2)
    limit = stop.start() if stop else len(piece)
    inside = [end for end in strong if end <= limit]
    for join in _JOINED.finditer(piece, 2, limit):
        left = piece[: join.start()]
        if (
            (inside and join.start() in inside)
            or (len(left) <= 4 and not inside[:1])
            or (2 <= len(left) <= 3 and inside and _looks_like_start(piece[join.end() :]))
        ):
            return _name(left, start, role, section, certain=True)
    if inside:
        return _name(piece[: inside[-1]], start, role, section, certain=True)
    body = piece[:limit]
    if _NOT_NAME.match(piece) or (piece[0] not in SURNAMES and not (len(body) > 5 and _WEAK.search(body))):
        return None
    if (stop or whole) and (len(body) <= 4 or "·" in body or (_WEAK.search(body) and len(body) > 5)):
        return _name(body, start, role, section, certain=True)
    cause = _CAUSE.search(body, 2)
    if cause:
        return _name(body[: cause.start()], start, role, section, certain=cause.start() <= 4)
    return _name(body[:3], start, role, section, certain=False) if section != 1 else None


def _looks_like_start(rest: str) -> bool:
    return bool(re.match(r"[一-龥]{1,9}[省市县区镇乡州旗盟]|中华|国家|最高", rest))


def _name(value: str, start: int, role: str, section: int, *, certain: bool) -> _Name | None:
    if len(value) > 5 and value[0] in "由对与及和向":
        value, start = value[1:], start + 1
    if value.endswith("法院") or (len(value) < 5 and value.endswith("公司")):
        return None
    return _Name(role, value, start, certain, section) if 2 <= len(value) <= 50 else None


def _unlabelled(doc: Doc) -> list[_Name]:
    """甲因诉乙局…一案: the subject and the object of a sentence that uses no positions."""
    norm = doc.norm
    at = norm.find("一案", doc.record, min(doc.facts, doc.record + 1200))
    if at < 0 and _MENTION.match(doc.norm, doc.record):
        at = doc.norm.find("。", doc.record, min(doc.tail, doc.record + 300))
    if at < 0:
        return []
    start = max(norm.rfind("。", doc.record, at), norm.rfind("\n", doc.record, at), doc.record - 1) + 1
    found: list[_Name] = []
    if not _MENTION.match(norm, start) and not norm.startswith("本院", start):
        found.extend(_list(norm, start, at, "", 0))
    for match in _OBJECT.finditer(norm, start, at):
        if norm[match.end() : match.end() + 2] in ("被告", "被上", "被申", "原告", "第三") or _MENTION.match(
            norm, match.end()
        ):
            continue
        if not found and not _MENTION.match(norm, start):
            continue
        objects = _list(norm, match.end(), at, "", 0)
        if match.group() in ("与", "不服"):
            objects = [name for name in objects if _STRONG.search(name.value) and not name.value.endswith("法院")]
        found.extend(objects)
    return found


def _from_title(doc: Doc, title_end: int) -> list[_Name]:
    line_end = doc.norm.find("\n", 0, title_end)
    if line_end <= 0:
        return []
    norm, found, at = doc.norm, [], 0
    while at < line_end:
        role = _MENTION.match(norm, at, line_end)
        if role:
            at = role.end()
        name = _one(norm, at, line_end, role["role"] if role else "", 2)
        if name is None:
            break
        found.append(name)
        at = name.start + len(name.value)
        join = re.compile(r"、|与|诉|申请(?:强制)?执行|等与|等诉|，|和|不服").match(norm, at, line_end)
        if join is None:
            break
        at = join.end()
    return found


def _settle(doc: Doc, names: list[_Name], titled: list[_Name]) -> list[Party]:
    certain = {name.value for name in names if name.certain}
    for name in names:
        if not name.certain:
            better = [value for value in certain if name.value.startswith(value) or value.startswith(name.value)]
            if better:
                name.value = max(better, key=len)
                name.certain = True
    kept: list[_Name] = []
    sides: set[str] = set()
    mentions: set[int] = set()
    for name in names:
        pleads = _PLEADS.match(doc.norm, name.start + len(name.value)) is not None
        if name.section == 0 or pleads or _side(name.role) not in sides or name.mention in mentions:
            kept.append(name)
            sides.add(_side(name.role))
            mentions.add(name.mention)
    longest: dict[str, str] = {}
    values = {name.value for name in names} | {name.value for name in titled}
    for value in values:
        longer = [other for other in values if len(other) > len(value) and _abbreviates(value, other)]
        longest[value] = max(longer, key=len) if longer else value
    found: dict[str, Party] = {}
    roles: dict[str, str] = {}
    for name in kept:
        value = longest.get(name.value, name.value)
        roles.setdefault(value, name.role)
        if not roles[value] and name.role:
            roles[value] = name.role
    for name in [*kept, *titled]:
        value = longest.get(name.value, name.value)
        if value in found or (name.section == 2 and len(found) >= 2):
            continue
        at = doc.norm.find(value)
        at = at if at >= 0 else name.start
        role = roles.get(value) or _guess(len(found), doc)
        leaf = Leaf(value, at, at + len(value))
        found[value] = Party(Leaf(role, leaf.start, leaf.end), leaf, Leaf(kind_of(value), leaf.start, leaf.end))
    return list(found.values())


def _side(role: str) -> str:
    if "第三" in role:
        return "第三人"
    return "被" if role.startswith("被") or "被" in role else "原"


def _abbreviates(short: str, full: str) -> bool:
    """市监局 abbreviates 仙居县市场监督管理局: the same last character and a subsequence of it."""
    if len(short) < 3 or len(full) < 6 or short[-1] != full[-1] or short in full or len(full) > 4 * len(short):
        return False
    at = 0
    for c in short:
        at = full.find(c, at) + 1
        if at == 0:
            return False
    return True


def _guess(position: int, doc: Doc) -> str:
    if "上诉" in doc.norm[doc.record : doc.facts]:
        return "被上诉人" if position else "上诉人"
    if "再审" in doc.norm[doc.record : doc.facts]:
        return "被申请人" if position else "再审申请人"
    if "申请" in doc.norm[doc.record : doc.facts] and "执行" in doc.norm[doc.record : doc.facts]:
        return "被执行人" if position else "申请执行人"
    return "被告" if position else "原告"


def named_by_publisher(doc: Doc, told: list[Party], published: Sequence[str]) -> list[Party]:
    """One party for each published name; positions from the sentences, a name that is not printed has an empty span."""
    by_name = {party.name.value: party for party in told}
    found: list[Party] = []
    for position, name in enumerate(dict.fromkeys(published)):
        party = by_name.get(name)
        if party is None:
            at = max(doc.norm.find(name, doc.record), 0) if name else 0
            end = at + len(name) if doc.norm.startswith(name, at) else at
            leaf = Leaf(name, at, end)
            short = next((p for p in told if p.name.value not in published and _abbreviates(p.name.value, name)), None)
            role = short.role if short else Leaf(_guess(position, doc), at, end)
            party = Party(role, leaf, Leaf(kind_of(name), at, end))
        found.append(party)
    return found

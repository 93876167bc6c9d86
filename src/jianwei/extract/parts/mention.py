"""Names that follow a position in a sentence: where a name ends when nothing but grammar ends it.

上诉人甲**因**与被上诉人乙局**行政处罚**一案: a name ends at a verb or a particle, an organisation's at its own last word
(局, 公司), a person's, if need be, where the words of a cause of action begin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jianwei.extract.parts.roles import ROLE, SURNAMES

MENTION = re.compile(rf"(?P<role>{ROLE})(?:（[^）\n]{{1,12}}）)? ?")
_FIELD = re.compile(
    r"[^，。；：\n、（）“”《》0-9]{1,60}(?:（[^，。；）\n简称称]{1,10}）[^，。；：\n、（）“”《》0-9]{1,30})?"
)
_END = re.compile(
    r"诉|因|不服|一案|被告|原告|第三人|上诉人|被上诉人|申请人|被申请|被执行人|申请执行|向本院|向我院|提[出起]|作出|下达|于(?=[0-9 ]|本院|上诉|法定)|对(?!外)|经本院|经审|经传|经依法|"
    r"均|未|到庭|在|从未|辩称|述称|诉称|称(?=[，：])|答辩|送达|收到|之间|以(?!.{0,6}公司)|承担|负担|缴纳|申请|撤回|请求|要求|依据|依照|认为|系(?!.{0,4}公司)|已经|的|及其|双方|就|针对|自愿|应(?!急|城)|不履行|违反|为(?=.{2,16}一案)|"
    r"等(?=[0-9一二三四五六七八九十]*人|与|诉|因|不|，|。|一审|二审|$)|通过|按照|组织|擅自|负责|委托|法定代表|代表|到场|支付|偿还|给付|承认|撤诉|起诉|上诉|申诉|再审|非诉|一审|二审|复议|召开|没有|拒不"
)
STRONG = re.compile(
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
    r"|从未|于[0-9本同次当]|应[当向在予承得公]|经[本依传审合]|有[权无]|关于|公司|单位|当庭|商谈|相关|成立|明确|全部|强制|能够|仍|拒|逾期|至今|即|按|时|终|原审|年度|收到|村民|党员)"
)
ALIAS = re.compile(r"（(?:以下|下)?(?:均|统)?(?:简称|下称|称)为?[：“\"]?(?P<alias>[^”\"）]{2,20})")


@dataclass(slots=True)
class Name:
    role: str
    value: str
    start: int
    certain: bool
    section: int
    mention: int = -1


def names_at(norm: str, at: int, end: int, role: str, section: int) -> list[Name]:
    """The names from ``at``, joined by 、 or 及."""
    found: list[Name] = []
    while at < end and len(found) < 60:
        name = name_at(norm, at, end, role, section)
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
        if at < end and norm[at] in "、及和" and not MENTION.match(norm, at + 1):
            at += 1
            continue
        break
    return found


def name_at(norm: str, at: int, end: int, role: str, section: int) -> Name | None:
    field = _FIELD.match(norm, at, min(end, at + 90))
    if field is None:
        return None
    piece = field.group()
    if piece.startswith(("及其", "的", "均", "是", "根据")):
        return None
    return _cut(piece, field.start(), role, section, whole=norm[field.end() : field.end() + 1] in "、（，。")


def _cut(piece: str, start: int, role: str, section: int, *, whole: bool) -> Name | None:
    """The name with which ``piece`` begins."""
    stop = _END.search(piece, 2)
    limit = stop.start() if stop else len(piece)
    # What ends here may look two characters beyond.
    inside = [end for match in STRONG.finditer(piece, 0, limit + 2) if (end := match.end()) <= limit]
    for join in _JOINED.finditer(piece, 2, limit):
        left = piece[: join.start()]
        if (
            (inside and join.start() in inside)
            or (_person(left) and not inside)
            or (len(left) <= 3 and _person(left) and inside and _looks_like_start(piece[join.end() :]))
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


def _person(name: str) -> bool:
    return 2 <= len(name) <= 4 and name[0] in SURNAMES and not _NOT_NAME.match(name)


def _looks_like_start(rest: str) -> bool:
    return bool(re.match(r"[一-龥]{1,9}[省市县区镇乡州旗盟]|中华|国家|最高", rest))


def _name(value: str, start: int, role: str, section: int, *, certain: bool) -> Name | None:
    if len(value) > 5 and value[0] in "由对与及和向":
        value, start = value[1:], start + 1
    if value.endswith("法院") or (len(value) < 5 and value.endswith("公司")):
        return None
    return Name(role, value, start, certain, section) if 2 <= len(value) <= 50 else None

"""Those who act for a party: 法定代表人, 委托诉讼代理人, and for whom they act."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Agent, Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.person import named

HEAD = "法定代表人|主要负责人|行政负责人|出庭负责人|执行事务合伙人|诉讼代表人|代表人|负责人|经营者|业主|投资人"
AGENT = (
    "(?P<whom>(?:上述|上列|以上|前述|[二两三四五六七八九十]|各|全体|原告|被告|上诉人|被上诉人|申请|被申请|第三人|(?=[^，。；：\\n （）]{2,40}共同委托))[^，。；：\\n （）]{0,40}?)?(?:的)?(?P<common>共同)?(?:特别授权)?(?:委托(?:诉讼)?|指定|特别授权|诉讼)代理人"
    "|法定代理人|代理人|监护人"
)
_FIRM = re.compile(r"[^，。；：、\n ]{2,40}?(?:律师事务所|法律服务所|法律服务中心|法律服务部|法律援助中心|法律工作站)")
_KINDS = (
    ("实习律师", "实习律师"),
    ("律师", "律师"),
    ("法律工作者", "法律工作者"),
    ("法律服务所", "法律工作者"),
    ("公民代理", "公民代理"),
    ("推荐", "公民代理"),
    ("亲友", "公民代理"),
    ("朋友", "公民代理"),
    ("员工", "员工"), ("职工", "员工"), ("工作人员", "员工"), ("职员", "员工"), ("法务", "员工"), ("经理", "员工"), ("该公司", "员工"), ("该行", "员工"), ("该局", "员工"), ("该单位", "员工"), ("干部", "员工"), ("主任", "员工"), ("科长", "员工"), ("局长", "员工"), ("公职", "员工"),
    ("妻", "近亲属"), ("丈夫", "近亲属"), ("父", "近亲属"), ("母", "近亲属"), ("儿子", "近亲属"), ("女儿", "近亲属"), ("之子", "近亲属"), ("之女", "近亲属"), ("兄", "近亲属"), ("弟", "近亲属"), ("姐", "近亲属"), ("妹", "近亲属"), ("配偶", "近亲属"), ("近亲属", "近亲属"), ("夫妻", "近亲属"),
)  # fmt: skip
_FIRM_LEAD = re.compile(r"^(?:均|都)?(?:系|为|是)?(?:由)?(?:[^，。]{0,20}指派的?|.{0,16}法律援助中心指派的?)?")
_ALSO = re.compile(r"，(?P<name>[一-龥]{2,3})(?=，(?:均|都|系|为|是)*[^，。；\n男女]{4,40}(?:律师事务所|法律服务所))")
_PLAIN = re.compile(r"，(?P<who>[男女]|住)")
_ADDRESS = re.compile(r"住(?:所地|址|所)?[：:]?(?P<where>[^，。；\n]{3,60})")
_SIDES = (
    ("原告", "原告"),
    ("被告", "被告"),
    ("被上诉人", "被上诉人"),
    ("上诉人", "上诉人"),
    ("被申请人", "被申请人"),
    ("申请人", "申请人"),
    ("申请执行人", "申请执行人"),
    ("被执行人", "被执行人"),
    ("第三人", "第三人"),
)
_COUNT = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def add_agents(norm: str, mark: re.Match[str], edge: int, parties: list[Party], current: list[Party]) -> None:
    """Read the agents after ``mark`` and give them to whom they act for."""
    names = [_person(name) for name in named(norm, mark.end(), edge)]
    if not names:
        return
    while also := _ALSO.match(norm, names[-1].end, edge):
        names.append(Leaf(also["name"], *also.span("name")))
    after = names[-1].end
    firm = _firm(norm, after, edge)
    kind = _kind(norm, mark, after, edge, firm)
    where = _ADDRESS.search(norm, after, edge)
    address = Leaf(where["where"].strip(), where.start("where"), where.end("where")) if where else None
    for party in _principals(mark, parties, current):
        have = {agent.name.value for agent in party.agents}
        party.agents.extend(Agent(name, kind, firm, address) for name in names if name.value not in have)


def _person(name: Leaf[str]) -> Leaf[str]:
    """Without what stands in brackets after it."""
    bracket = name.value.find("（")
    return Leaf(name.value[:bracket], name.start, name.start + bracket) if bracket > 1 else name


def _firm(norm: str, start: int, end: int) -> Leaf[str] | None:
    match = _FIRM.search(norm, start, end)
    if match is None:
        return None
    name = _FIRM_LEAD.sub("", match.group())
    return Leaf(name, match.end() - len(name), match.end())


def _kind(norm: str, mark: re.Match[str], start: int, end: int, firm: Leaf[str] | None) -> Leaf[str] | None:
    if mark["agent"].startswith(("法定代理人", "监护人")):
        return Leaf("法定代理人", mark.start("agent"), mark.end("agent"))
    if firm:
        trainee = norm.startswith("实习", firm.end) or norm.startswith("律师助理", firm.end)
        legal_service = "法律服务" in firm.value or "法律工作" in firm.value
        value = "实习律师" if trainee else "法律工作者" if legal_service else "律师"
        return Leaf(value, firm.start, min(end, firm.end + 2))
    for word, value in _KINDS:
        at = norm.find(word, start, end)
        if at >= 0:
            return Leaf(value, at, at + len(word))
    plain = _PLAIN.match(norm, start, end)
    return Leaf("公民代理", plain.start("who"), plain.end("who")) if plain else None


def _principals(mark: re.Match[str], parties: list[Party], current: list[Party]) -> list[Party]:
    """``上列二原告共同委托代理人`` acts for the last two plaintiffs; an unmarked agent for the party just named."""
    whom = mark["whom"] or ""
    if not whom and not mark["common"]:
        return current
    named_here = [party for party in parties if party.name.value in whom]
    if named_here:
        return named_here
    for word, role in _SIDES:
        if word in whom:
            side = [
                party
                for party in parties
                if party.role.value == role
                or party.role.value.endswith(role)
                and not party.role.value.startswith("被" + role)
            ]
            count = next((n for c, n in _COUNT.items() if c in whom), None)
            return side[-count:] if count else side
    count = next((n for c, n in _COUNT.items() if c in whom), None)
    if count:
        return parties[-count:]
    if current:
        role = current[-1].role.value
        return [party for party in parties if party.role.value == role]
    return current

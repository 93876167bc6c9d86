"""Those who act for a party: 法定代表人, 委托诉讼代理人, and for whom they act."""

from __future__ import annotations

import re

from jianwei.extract.judgment import Agent, Party
from jianwei.extract.leaf import Leaf
from jianwei.extract.parts.person import named

HEAD = "法定代表人|主要负责人|行政负责人|出庭负责人|执行事务合伙人|诉讼代表人|代表人|负责人|经营者|业主|投资人"
AGENT = (
    "(?:(?:上述|上列|以上|以上列|前述)?(?P<several>[^，。；：\n ]{0,30}?)(?:的)?共同)?(?:特别授权)?委托(?:诉讼)?代理人"
    "|(?:上述|上列|以上|前述)(?P<those>[^，。；：\n ]{1,30}?)(?:的)?(?:共同)?(?:特别授权)?(?:委托)?(?:诉讼)?代理人"
    "|诉讼代理人|特别授权代理人|法定代理人|指定代理人|代理人|监护人"
)
_FIRM = re.compile(r"[^，。；：、\n ]{2,40}?(?:律师事务所|法律服务所|法律服务中心|法律援助中心|法律工作站)")
_KINDS = (
    ("实习律师", "实习律师"),
    ("律师", "律师"),
    ("法律工作者", "法律工作者"),
    ("法律服务所", "法律工作者"),
    ("公民代理", "公民代理"),
    ("推荐", "公民代理"),
    ("员工", "员工"), ("职工", "员工"), ("工作人员", "员工"), ("职员", "员工"), ("法务", "员工"), ("经理", "员工"), ("该公司", "员工"), ("该行", "员工"), ("该局", "员工"), ("该单位", "员工"), ("干部", "员工"), ("主任", "员工"), ("科长", "员工"), ("局长", "员工"), ("公职", "员工"),
    ("妻", "近亲属"), ("丈夫", "近亲属"), ("父", "近亲属"), ("母", "近亲属"), ("儿子", "近亲属"), ("女儿", "近亲属"), ("之子", "近亲属"), ("之女", "近亲属"), ("兄", "近亲属"), ("弟", "近亲属"), ("姐", "近亲属"), ("妹", "近亲属"), ("配偶", "近亲属"), ("近亲属", "近亲属"), ("夫妻", "近亲属"),
)  # fmt: skip
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
    names = named(norm, mark.end(), edge)
    if not names:
        return
    label = mark["agent"]
    rest = norm[names[-1].end : edge]
    firm = _FIRM.search(norm, names[-1].end, edge)
    firm_leaf = None
    if firm:
        value = re.sub(r"^(?:均)?(?:系|为|是)?", "", firm.group())
        firm_leaf = Leaf(value, firm.end() - len(value), firm.end())
    kind = None
    if label.startswith(("法定代理人", "监护人")):
        kind = Leaf("法定代理人", mark.start("agent"), mark.end("agent"))
    else:
        for word, value in _KINDS:
            at = rest.find(word)
            if at >= 0:
                begin = names[-1].end + at
                kind = Leaf(value, begin, begin + len(word))
                break
    where = _ADDRESS.search(norm, names[-1].end, edge)
    address = Leaf(where["where"].strip(), where.start("where"), where.end("where")) if where else None
    for party in _principals(mark, parties, current):
        have = {agent.name.value for agent in party.agents}
        party.agents.extend(Agent(name, kind, firm_leaf, address) for name in names if name.value not in have)


def _principals(mark: re.Match[str], parties: list[Party], current: list[Party]) -> list[Party]:
    """``上列二原告共同委托代理人`` acts for the last two plaintiffs; an unmarked agent for the party just named."""
    whom = mark["several"] or mark["those"] or ""
    if not whom and "共同" not in mark["agent"]:
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

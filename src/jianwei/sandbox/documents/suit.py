"""A civil suit of first instance and the document that ends it: judgment, mediation or ruling of withdrawal."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from jianwei.sandbox import names
from jianwei.sandbox.chinese import date
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.document import Doc, Style
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import Agent, World


@dataclass(slots=True)
class Side:
    """A party with whoever appears for it."""

    party: Person | Company
    agents: list[Agent] = field(default_factory=list)
    absent: bool = False
    came_in_person: bool = True
    said: str = ""

    @property
    def name(self) -> str:
        return self.party.name


@dataclass(slots=True)
class Suit:
    """What happened in one suit; ``write`` turns it into a document."""

    court: Court
    cause: str
    plaintiffs: list[Side]
    defendants: list[Side]
    filed_on: dt.date
    heard_on: dt.date
    decided_on: dt.date
    track: str = "简易程序"
    noticed: bool = False
    end: str = "判决"
    """判决, 调解 or 撤诉"""
    claims: list[str] = field(default_factory=list)
    story: str = ""
    facts: list[str] = field(default_factory=list)
    reasons: str = ""
    laws: list[statutes.Law] = field(default_factory=list)
    ruling: list[str] = field(default_factory=list)
    fee: int = 0
    judge: str = ""
    case_no: str = ""
    prelitigation: bool = False
    style: Style | None = None
    rich: bool = False
    procedure: str = "民事一审"


def party_lines(style: Style, role: str, side: Side, ethnic: str = "汉族") -> list[str]:
    c, party = style.colon, side.party
    out = []
    if isinstance(party, Company):
        code = f"，统一社会信用代码{party.uscc}" if style.print_ids and party.uscc else ""
        out.append(f"{role}{c}{party.name}，住所地{party.addr}{code}。")
        out.append(f"{party.post}{c}{party.representative}，{party.title}。")
    else:
        number = f"，公民身份号码{party.idno}" if style.print_ids else ""
        out.append(f"{role}{c}{party.name}，{party.sex}，{date(party.born_on)}出生，{ethnic}，住{party.addr}{number}。")
    for agent in side.agents:
        line = agent_line(c, agent)
        out.append(line.replace("委托诉讼代理人", "委托代理人", 1) if style.before_2016 else line)
    return out


def agent_line(colon: str, agent: Agent) -> str:
    if agent.kind == "律师":
        return f"委托诉讼代理人{colon}{agent.name}，{agent.firm}律师。"
    if agent.kind == "法律工作者":
        return f"委托诉讼代理人{colon}{agent.name}，{agent.firm}法律工作者。"
    if agent.kind == "员工":
        return f"委托诉讼代理人{colon}{agent.name}，系该公司员工。"
    person = agent.person
    if person is None:
        return f"委托诉讼代理人{colon}{agent.name}，{agent.post}。"
    return f"委托诉讼代理人{colon}{agent.name}，{person.sex}，{date(person.born_on)}出生，汉族，住{person.addr}，{agent.post}。"


def _list(sides: list[Side]) -> str:
    return "、".join(side.name for side in sides)


def _appearance(role: str, sides: list[Side], noticed: bool) -> str:
    came, absent = [], []
    for side in sides:
        if side.absent:
            absent.append(side.name)
        elif side.agents and (side.party.org or not side.came_in_person):
            came.append(f"{role}{side.name}的委托诉讼代理人{'、'.join(a.name for a in side.agents)}")
        elif side.agents:
            came.append(f"{role}{side.name}及其委托诉讼代理人{'、'.join(a.name for a in side.agents)}")
        elif side.party.org:
            came.append(f"{role}{side.name}的法定代表人{side.party.representative if isinstance(side.party, Company) else ''}")
        else:
            came.append(f"{role}{side.name}")
    out = ("、".join(came) + "到庭参加诉讼") if came else ""
    if absent:
        how = "经本院公告送达开庭传票" if noticed else "经本院传票传唤"
        out += ("，" if out else "") + f"{role}{'、'.join(absent)}{how}，无正当理由拒不到庭参加诉讼"
    return out


def _record(w: World, suit: Suit, plaintiffs: str, defendants: str) -> str:
    opening = f"原告{plaintiffs}与被告{defendants}{suit.cause}一案，本院于{date(suit.filed_on)}"
    if suit.end == "撤诉":
        return opening + w.pick(("立案。", "立案受理。", "立案后，依法进行审理。"))
    opening += w.pick(("立案后，", "立案受理后，", "受理后，")) + f"依法适用{suit.track}"
    if suit.end == "调解":
        return opening + w.pick(("进行了审理。", "公开开庭进行了审理。", f"于{date(suit.heard_on)}公开开庭进行了审理。"))
    how = w.pick(("公开开庭进行了审理", "公开开庭审理了本案"))
    if suit.noticed:
        how = "并依法组成合议庭，" + how if suit.track == "普通程序" else how
    came = _appearance("原告", suit.plaintiffs, False)
    defended = _appearance("被告", suit.defendants, suit.noticed)
    return f"{opening}于{date(suit.heard_on)}{how}。{came}，{defended}。本案现已审理终结。"


def fee(yuan: int) -> int:
    """案件受理费 of a property dispute (国务院令第481号 第十三条), in yuan."""
    if yuan <= 10_000:
        return 50
    total, last = 50.0, 10_000
    for limit, rate in ((100_000, 0.025), (200_000, 0.02), (500_000, 0.015), (1_000_000, 0.01), (2_000_000, 0.009), (5_000_000, 0.008), (10_000_000, 0.007), (20_000_000, 0.006), (10**12, 0.005)):
        if yuan <= limit:
            return round(total + (yuan - last) * rate)
        total += (limit - last) * rate
        last = limit
    return round(total)


def _signers(w: World, suit: Suit) -> list[tuple[str, str]]:
    bench = w.bench(suit.court)
    judge = suit.judge or w.pick(bench.judges)
    if suit.track != "普通程序":
        return [("审判员", judge)]
    if w.chance(0.7):
        return [("审判长", judge), *(("人民陪审员", n) for n in w.rng.sample(bench.assessors, 2))]
    others = [n for n in bench.judges if n != judge]
    return [("审判长", judge), *(("审判员", n) for n in w.rng.sample(others, 2))]


def write(w: World, suit: Suit) -> str:
    """Writes the document; returns its case number."""
    style = suit.style or w.style(suit.rich)
    style.before_2016 = suit.decided_on.year < 2016
    no = suit.case_no or w.case_no(suit.court, suit.filed_on.year, "民初")
    plaintiffs, defendants = _list(suit.plaintiffs), _list(suit.defendants)
    parties: list[str] = []
    for side in suit.plaintiffs:
        parties += party_lines(style, "原告", side, w.pick(names.ETHNIC))
    for side in suit.defendants:
        parties += party_lines(style, "被告", side, w.pick(names.ETHNIC))
    kind = {"判决": "民事判决书", "调解": "民事调解书", "撤诉": "民事裁定书"}[suit.end]
    body, reasons, ruling, laws = _text(w, suit, plaintiffs, defendants)
    record = _record(w, suit, plaintiffs, defendants)
    if style.before_2016:
        record = record.replace("委托诉讼代理人", "委托代理人")
        body = [line.replace("向本院提出诉讼请求：", "诉称，请求：", 1) for line in body]
    doc = Doc(
        case_no=no, court=suit.court, kind=kind, case_type="民事", procedure="民事一审", cause=suit.cause,
        title=f"{plaintiffs}与{defendants}{suit.cause}一审{kind}",
        names=[s.name for s in (*suit.plaintiffs, *suit.defendants)],
        parties=parties, record=[record], body=body, reasons=reasons, ruling=ruling,
        signers=_signers(w, suit), clerk=w.pick(w.bench(suit.court).clerks), decided_on=suit.decided_on,
        statutes=laws, style=style, rich=suit.rich,
    )
    if style.appendix and suit.end == "判决":
        doc.appended = ["附：本案适用的法律条文", *(f"《{law}》{article}" for law, article in laws[:3])]
    return w.emit(doc)


def _numbered(claims: list[str]) -> str:
    return "；".join(f"{i}.{claim}" for i, claim in enumerate(claims, 1)) + "。"


def _text(w: World, suit: Suit, plaintiffs: str, defendants: str) -> tuple[list[str], str, list[str], list[statutes.Law]]:
    demand = f"原告{plaintiffs}向本院提出诉讼请求：{_numbered(suit.claims)}事实和理由：{suit.story}"
    on = suit.decided_on
    if suit.end == "撤诉":
        ask_on = w.day(suit.filed_on, on)
        body = [f"原告{plaintiffs}于{date(ask_on)}向本院提出撤诉申请。"]
        law = statutes.withdrawal(on)
        reasons = f"本院认为，原告{plaintiffs}申请撤诉，系对其诉讼权利的处分，不违反法律规定，应予准许。依照{statutes.cite([law])}规定，裁定如下："
        ruling = [f"准许原告{plaintiffs}撤诉。", f"案件受理费{suit.fee}元，减半收取{suit.fee / 2:g}元，由原告{plaintiffs}负担。"]
        return body, reasons, ruling, [law]
    if suit.end == "调解":
        lead = w.pick(("经本院主持调解，双方当事人自愿达成如下协议：", "本案审理过程中，经本院主持调解，当事人自愿达成如下协议：", "经调解，双方当事人自愿达成如下协议："))
        ruling = [*suit.ruling, f"案件受理费{suit.fee}元，减半收取{suit.fee / 2:g}元，由被告{defendants}负担。",
                  "上述协议，不违反法律规定，本院予以确认。", "本调解书经各方当事人签收后，即具有法律效力。"]
        return [demand], lead, ruling, []
    body = [demand]
    for side in suit.defendants:
        if side.absent or not side.said:
            body.append(f"被告{side.name}" + w.pick(("未作答辩。", "未到庭，亦未提交书面答辩意见。", "未答辩，亦未提交证据。")))
        else:
            body.append(f"被告{side.name}辩称：{side.said}")
    body.append(w.pick(("当事人围绕诉讼请求依法提交了证据，本院组织当事人进行了证据交换和质证。", "原告为证明其主张，向本院提交了相应证据，本院经审查予以确认并在卷佐证。")))
    body += suit.facts
    laws = list(suit.laws)
    if any(side.absent for side in suit.defendants):
        laws.append(statutes.absence(on))
    reasons = f"本院认为，{suit.reasons}{w.pick(('综上', '据此'))}，依照{statutes.cite(laws)}规定，判决如下："
    ruling = list(suit.ruling)
    if suit.cause != "离婚纠纷":
        ruling.append(f"如果未按本判决指定的期间履行给付金钱义务，应当依照《{statutes.PROCEDURE}》{statutes.double_interest(on)}规定，加倍支付迟延履行期间的债务利息。")
    half = suit.track != "普通程序"
    paid = f"减半收取计{suit.fee / 2:g}元，" if half else ""
    ruling.append(f"案件受理费{suit.fee}元，{paid}由被告{defendants}负担。")
    if suit.track == "小额诉讼程序":
        ruling.append("本判决为终审判决。")
    else:
        ruling.append(f"如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，并按照对方当事人或者代表人的人数提出副本，上诉于{suit.court.upper}。")
    return body, reasons, ruling, laws

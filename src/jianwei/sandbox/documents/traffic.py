"""机动车交通事故责任纠纷, with the police's record of the accident and the insurer's payment beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from jianwei.records import InsuranceSettlement, RoadAccident
from jianwei.sandbox import names
from jianwei.sandbox.chinese import add_months, date, days
from jianwei.sandbox.companies import Company
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.suit import Side, Suit, fee, write
from jianwei.sandbox.people import Person
from jianwei.sandbox.world import Agent, World

UNIFIED_FROM = dt.date(2022, 5, 1)
"""Since then one standard holds for town and country (人身损害赔偿解释 2022)."""


@dataclass(slots=True)
class Crash:
    """An accident, the suit and the money. Money in yuan; ``None`` leaves the choice to chance."""

    court: Court
    filed_on: dt.date
    victim: Person
    driver: Person
    insurer: Company
    victim_agent: Agent | None = None
    driver_agent: Agent | None = None
    grade: str = ""
    """十级 and the like; empty = no lasting injury"""
    regrade: str | None = None
    proof_issuer: str | None = None
    payee: Person | None = None
    received_share: float = 1.0
    award: float | None = None
    end: str = ""
    reported_after_hours: float = 0.3
    settlement: bool = True
    rich: bool = False
    appraiser: str = ""
    claimed: int | None = None
    case_no: str = ""
    decided_on: dt.date | None = None
    happened_on: dt.date | None = None


def insurer(w: World, court: Court) -> Company:
    """An invented insurer's branch in the court's city: the same company whenever asked."""
    index = int(court.region[2:4]) % len(names.INSURERS)
    city = court.city.removesuffix("市")
    name = f"{names.INSURERS[index]}{city}中心支公司"
    return Company(name, "", court, "中山路88号", dt.date(2003, 5, 6), "保险业", w.bench(court).assessors[0], short="保险公司", post="负责人", title="总经理")


def write_crash(w: World, crash: Crash) -> str:
    decided_on = crash.decided_on or w.after(crash.filed_on, 30, 90)
    happened_on = crash.happened_on or add_months(crash.filed_on, -w.among(4, 14))
    at = dt.datetime.combine(happened_on, dt.time(w.among(6, 20), w.among(0, 59)))
    award = crash.award or (w.among(90, 260) * 1000 + w.among(0, 999) if crash.grade else w.among(8, 60) * 1000 + w.among(0, 999))
    claimed = crash.claimed or round(award * (1.05 + w.rng.random() * 0.2))
    end = crash.end or ("判决" if w.chance(0.55) else "调解")
    victim, driver, company = crash.victim, crash.driver, crash.insurer
    plate = f"浙{w.pick('ABCDEFGHJKL')}{w.among(10000, 99999)}"
    accident_no = f"第{crash.court.region}{happened_on.year}{w.among(10000, 99999)}号"
    road = w.pick(names.ROADS)
    standard = ""
    if crash.proof_issuer and crash.filed_on < UNIFIED_FROM:
        standard = f"原告提交{crash.proof_issuer}出具的居住证明及务工证明各一份，证明其事故发生前已在城镇连续居住、务工满一年，应按城镇居民标准计算。"
    injury = f"原告的伤情经司法鉴定构成{crash.grade}伤残。" if crash.grade else "原告经住院治疗后痊愈出院。"
    story = f"{date(happened_on)}，被告{driver.name}驾驶{plate}号小型轿车途经{road}路段时，与原告{victim.name}发生碰撞，造成原告受伤。交警部门认定被告{driver.name}负事故{w.pick(('全部', '主要'))}责任。{injury}{standard}该车在被告{company.name}投保交强险和商业三者险。"
    facts = [f"经审理查明：{story.replace('原告提交', '另查明，原告提交')}", f"本院核定原告的各项损失合计{award}元，包括医疗费、误工费、护理费" + ("、残疾赔偿金、精神损害抚慰金等。" if crash.grade else "、交通费等。"), "上述事实，有道路交通事故认定书、医疗票据、" + ("司法鉴定意见书、" if crash.grade else "") + "保险单等证据予以证实。"]
    payee = crash.payee or victim
    to = "" if crash.payee is None else f"，款项汇入{payee.name}的银行账户"
    ruling = [f"一、被告{company.name}于本判决生效之日起十日内在机动车交通事故责任强制保险及商业第三者责任保险范围内赔偿原告{victim.name}各项损失{award}元{to}。", f"二、驳回原告{victim.name}的其他诉讼请求。"]
    if end == "调解":
        ruling = [f"一、被告{company.name}于{date(w.after(decided_on, 10, 30))}前赔偿原告{victim.name}各项损失共计{award}元{to}。", "二、原告自愿放弃其他诉讼请求，双方就本案再无纠纷。"]
    no = write(w, Suit(
        court=crash.court, cause="机动车交通事故责任纠纷", plaintiffs=[Side(victim, [crash.victim_agent] if crash.victim_agent else [], came_in_person=crash.victim_agent is None)],
        defendants=[Side(driver, [crash.driver_agent] if crash.driver_agent else [], absent=crash.driver_agent is None and w.chance(0.4), said="对事故责任认定无异议，车辆已投保，应由保险公司赔偿。"),
                    Side(company, [Agent(w.bench(crash.court).judges[0][0] + w.bench(crash.court).clerks[0][1:], "员工")], said="对事故事实无异议，医疗费应扣除非医保用药，鉴定费、诉讼费不承担。")],
        filed_on=crash.filed_on, heard_on=w.day(days(crash.filed_on, 12), decided_on), decided_on=decided_on, end=end,
        claims=[f"判令被告赔偿原告医疗费、误工费、护理费等各项损失共计{claimed}元", f"判令被告{company.name}在保险责任限额内优先赔付", "诉讼费用由被告负担"],
        story=story, facts=facts, reasons=f"公民的生命健康权受法律保护。被告{driver.name}驾驶机动车发生交通事故致原告受伤，应承担侵权责任；肇事车辆投保交强险及商业三者险，原告损失由被告{company.name}在保险范围内赔偿。",
        laws=statutes.tort(decided_on), ruling=ruling, fee=fee(claimed), rich=crash.rich, case_no=crash.case_no,
    ))
    w.row(RoadAccident, accident_no=accident_no, at=at, reported_at=at + dt.timedelta(minutes=round(crash.reported_after_hours * 60)), parties=f"{driver.name}、{victim.name}",
          victim=victim.name, victim_idno=victim.idno, injuries=crash.grade + "伤残" if crash.grade else "软组织挫伤", liability="全部责任", plates=plate, case_no=no)
    if crash.settlement:
        w.row(InsuranceSettlement, case_no=no, victim=victim.name, victim_idno=victim.idno, insurer=company.name, payee=payee.name, payee_idno=payee.idno,
              amount_fen=round(award * 100), victim_received_fen=round(award * crash.received_share) * 100, paid_on=w.after(decided_on, 12, 35), proof_issuer=crash.proof_issuer,
              grade=crash.grade or None, regrade=crash.regrade, appraiser=crash.appraiser or (f"{crash.court.city.removesuffix('市')}{w.pick(('同仁', '正公', '明鉴'))}司法鉴定所" if crash.grade else None))
    return no


def ordinary(w: World) -> str:
    """An everyday accident: the victim is paid, in full, into the victim's own account."""
    court = w.court()
    mine, other = w.rng.sample(w.bench(court).lawyers, 2)
    return write_crash(w, Crash(
        court=court, filed_on=w.filing_day(), victim=w.person(court), driver=w.person(court), insurer=insurer(w, court),
        victim_agent=mine if w.chance(0.65) else None, driver_agent=other if w.chance(0.1) else None,
        grade=w.pick(("", "", "十级", "十级", "九级")), proof_issuer=f"{court.county}{w.pick(names.TOWNS)}社区居民委员会" if w.chance(0.2) else None,
    ))

"""检例第56号: an agent who buys accident victims' claims, with made-up proofs of a town life, on both sides of a dozen suits."""

from __future__ import annotations

import datetime as dt

from jianwei.records import InsuranceSettlement
from jianwei.sandbox import courts
from jianwei.sandbox.chinese import date, days
from jianwei.sandbox.document import Doc
from jianwei.sandbox.documents import statutes
from jianwei.sandbox.documents.suit import Side, party_lines
from jianwei.sandbox.documents.traffic import Crash, insurer, write_crash
from jianwei.sandbox.world import Agent, World

JUDGED, MEDIATED, TO_VICTIM = 118_723.33, 106_723, 50_000
ISSUER = "常山县顺恒建材经营部"


def write(w: World) -> None:
    court = courts.by_region()["330822"]
    person = w.person(court, (1965, 1972), True)
    agent = Agent(person.name, "公民代理", post="系原告亲友", person=person)
    company, other_lawyer = insurer(w, court), w.lawyer(court)
    keys = []
    victim, driver = w.person(court, (1962, 1970), True), w.person(court, (1975, 1985), True)
    filed = dt.date(2013, 3, 11)
    main = write_crash(w, Crash(court, filed, victim, driver, company, agent, grade="十级", proof_issuer=ISSUER, award=JUDGED, claimed=121_500, end="判决", settlement=False, rich=True, decided_on=dt.date(2013, 5, 20), happened_on=dt.date(2012, 10, 18)))
    keys.append(main)
    _appeal(w, victim.name, driver.name, main, [Side(company), Side(victim, [agent]), Side(driver)])
    w.row(InsuranceSettlement, case_no=main, victim=victim.name, victim_idno=victim.idno, insurer=company.name, payee=person.name, payee_idno=person.idno, amount_fen=MEDIATED * 100, victim_received_fen=TO_VICTIM * 100, paid_on=dt.date(2013, 9, 6),
          proof_issuer=ISSUER, grade="十级", appraiser="衢州明鉴司法鉴定所")
    for n in range(12):
        crash = Crash(court, days(dt.date(2012, 2, 6), n * 58), w.person(court, (1955, 1980)), w.person(court), company, grade="十级", rich=True, proof_issuer=ISSUER if n % 3 else None)
        if n % 3 == 2:
            crash.driver_agent, crash.victim_agent = agent, other_lawyer
            crash.proof_issuer = None
        else:
            crash.victim_agent, crash.payee, crash.received_share = agent, person, 0.45 + 0.01 * n
        keys.append(write_crash(w, crash))
    w.truth("civil.traffic_claims", "guiding", "交通事故保险理赔虚假诉讼", agent.name, keys, f"两年内代理{len(keys)}件，时而伤者时而肇事方；{ISSUER}出具虚假居住、务工证明；判决118723.33元，二审调解106723元，付伤者5万元，余款归代理人", "检例第56号")


def _appeal(w: World, victim: str, driver: str, below: str, sides: list[Side]) -> None:
    """The insurer appeals; the parties settle for less."""
    court = courts.upper()["衢州市"]
    style = w.style(True)
    roles = ("上诉人（原审被告）", "被上诉人（原审原告）", "原审被告")
    name = sides[0].name
    parties = [line for role, side in zip(roles, sides, strict=True) for line in party_lines(style, role, side)]
    on = dt.date(2013, 8, 14)
    w.emit(Doc(
        case_no=w.case_no(court, 2013, "民终"), court=court, kind="民事调解书", case_type="民事", procedure="民事二审", cause="机动车交通事故责任纠纷", title=f"{name}与{victim}、{driver}机动车交通事故责任纠纷二审民事调解书",
        names=[s.name for s in sides], parties=parties, record=[f"上诉人{name}因与被上诉人{victim}、原审被告{driver}机动车交通事故责任纠纷一案，不服常山县人民法院{below}民事判决，向本院提起上诉。本院于{date(dt.date(2013, 7, 2))}受理后，依法组成合议庭进行了审理。"],
        body=[f"上诉人{name}上诉请求：依法改判，按农村居民标准计算残疾赔偿金。"], reasons="经本院主持调解，各方当事人自愿达成如下协议：",
        ruling=[f"一、{name}于{date(dt.date(2013, 9, 10))}前一次性赔偿{victim}各项损失{MEDIATED}元，款项由其委托代理人代收。", "二、各方当事人就本案再无其他争议。", "上述协议，不违反法律规定，本院予以确认。"],
        signers=[("审判长", w.bench(court).judges[0]), ("审判员", w.bench(court).judges[1]), ("审判员", w.bench(court).judges[2])], clerk=w.bench(court).clerks[0], decided_on=on, statutes=[statutes.tort(on)[0]], style=style, rich=True,
    ))

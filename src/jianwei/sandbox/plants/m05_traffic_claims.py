"""M05 交通事故保险理赔."""

from __future__ import annotations

import datetime as dt

from jianwei.sandbox import names
from jianwei.sandbox.chinese import days
from jianwei.sandbox.courts import Court
from jianwei.sandbox.documents.traffic import UNIFIED_FROM, Crash, insurer, write_crash
from jianwei.sandbox.people import Person
from jianwei.sandbox.tables.work import marriage
from jianwei.sandbox.world import Agent, World

MODEL = "civil.traffic_claims"


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(scale))):
        (_paid_to_agent, _made_up_homes, _generous_grades)[(w.shard + i) % 3](w)
        for decoy in (_county_lawyer, _contingency_fee, _one_standard):
            decoy(w)


def agent_of(w: World, court: Court) -> tuple[Agent, Person]:
    person = w.person(court, (1966, 1990), True)
    return Agent(person.name, "法律工作者", f"{court.county or court.city}平安法律服务所", person=person), person


def _series(w: World, count: int, first: dt.date, agent: Agent, court: Court, both_sides: bool = True, **of: object) -> list[str]:
    keys = []
    for n in range(count):
        crash = Crash(court=court, filed_on=days(first, n * 600 // count + w.among(0, 20)), victim=w.person(court, (1955, 1990)), driver=w.person(court), insurer=insurer(w, court), grade=w.pick(("十级", "十级", "九级")), rich=True)
        if both_sides and n % 4 == 3:
            crash.driver_agent, crash.victim_agent = agent, w.lawyer(court)
        else:
            crash.victim_agent = agent
        for name, value in of.items():
            setattr(crash, name, value(n) if callable(value) else value)
        keys.append(write_crash(w, crash))
    return keys


def _found(w: World, variant: str, agent: Agent, keys: list[str], why: str) -> None:
    w.truth(MODEL, "anomaly", variant, agent.name, keys, why)


def _paid_to_agent(w: World) -> None:
    court = w.court()
    agent, person = agent_of(w, court)
    first, count = w.day(dt.date(2019, 3, 1), w.past(30)), w.among(9, 13)
    keys = _series(w, count, first, agent, court, payee=lambda n: person if n % 4 != 3 else None, received_share=lambda n: 0.45 if n % 4 != 3 else 1.0)
    _found(w, "赔款汇入代理人账户", agent, keys, f"两年内代理{count}件，时而代理伤者时而代理肇事方，赔款进入代理人账户，伤者实得不足五成")


def _made_up_homes(w: World) -> None:
    court = w.court()
    agent, _ = agent_of(w, court)
    first, count = w.day(dt.date(2019, 3, 1), dt.date(2020, 6, 1)), w.among(8, 12)
    issuer = f"{court.county}{w.pick(names.TOWNS)}建材经营部"
    keys = _series(w, count, first, agent, court, proof_issuer=issuer, received_share=lambda n: 0.5 + 0.02 * n)
    _found(w, "同一单位为互不相识的伤者出具证明", agent, keys, f"二〇二二年五月城乡标准统一前，{issuer}为{count}名伤者出具居住、务工证明，伤者实得明显少于判决")


def _generous_grades(w: World) -> None:
    court = w.court()
    agent, _ = agent_of(w, court)
    first, count = w.day(dt.date(2019, 3, 1), w.past(30)), w.among(8, 12)
    appraiser = f"{court.city.removesuffix('市')}康健司法鉴定所"
    keys = _series(w, count, first, agent, court, grade="九级", regrade=lambda n: "十级" if n % 4 != 2 else "不构成", appraiser=appraiser, received_share=lambda n: 0.55 if n % 2 else 0.6)
    _found(w, "重新鉴定普遍降级", agent, keys, f"{count}件均由{appraiser}鉴定为九级，重新鉴定降级，伤者实得明显少于判决")


def _decoy(w: World, variant: str, agent: Agent, keys: list[str], why: str) -> None:
    w.truth(MODEL, "decoy", variant, agent.name, keys, why)


def _local(w: World, court: Court) -> Agent:
    """A lawyer of the sandbox's own, so that nobody else's cases mix in."""
    person = w.person(court, (1968, 1992))
    return Agent(person.name, "律师", w.bench(court).lawyers[0].firm)


def _county_lawyer(w: World) -> None:
    court = w.court()
    agent = _local(w, court)
    keys = _series(w, w.among(9, 13), w.day(dt.date(2019, 3, 1), w.past(30)), agent, court)
    _decoy(w, "县城专做交通案件的律师", agent, keys, "不同案件中曾分别代理双方，但赔款均足额汇入伤者账户")


def _contingency_fee(w: World) -> None:
    court = w.court()
    agent = _local(w, court)
    spouse: list[Person] = []

    def payee(n: int) -> Person | None:
        return spouse[0] if n == 5 and spouse else None

    one, other = w.person(court, (1970, 1980), True), w.person(court, (1970, 1980), False)
    marriage(w, one, other, dt.date(2001, 10, 1))
    spouse.append(other)
    keys = _series(w, 8, w.day(dt.date(2019, 3, 1), w.past(30)), agent, court, both_sides=False, received_share=lambda n: 0.82 + 0.01 * n, payee=payee, victim=lambda n: one if n == 5 else w.person(court, (1955, 1990)))
    _decoy(w, "风险代理与配偶代收", agent, keys, "依约收取不足两成的风险代理费，一件由配偶代收，其余汇入伤者账户")


def _one_standard(w: World) -> None:
    court = w.court()
    agent = _local(w, court)
    issuer = f"{court.county}{w.pick(names.TOWNS)}社区居民委员会"
    last = w.past(27)
    keys = _series(w, 8, w.day(UNIFIED_FROM, max(last, days(UNIFIED_FROM, 30))), agent, court, proof_issuer=issuer)
    _decoy(w, "城乡标准统一之后的居住证明", agent, keys, "同一社区居委会为辖区居民出具居住证明，其时已不影响赔偿标准，款项足额到位")

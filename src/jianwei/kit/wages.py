"""Claims for wages wherever they were made, and the months in which an employer stood still."""

from __future__ import annotations

from typing import Any

import ibis

from jianwei.kit.litigation import DEFENDANT, FIRST, PLAINTIFF, suits
from jianwei.kit.model import Tables
from jianwei.kit.relations import marks
from jianwei.kit.words import evidence
from jianwei.records import (
    ArbitrationCase,
    CivilAgent,
    CivilCase,
    CivilParty,
    OperatingMonth,
    SocialInsurance,
    TaxRecord,
)

_COLUMNS = (
    *("employer_key", "employer", "worker_key", "worker", "worker_addr", "on", "closed_on", "mode", "claim_fen"),
    *(
        "amount_fen",
        "claim_from",
        "claim_to",
        "admitted",
        "agent",
        "agent_kind",
        "agent_firm",
        "agent_addr",
        "region",
        "row_id",
    ),
)


def wage_claims(lake: Tables) -> Any:
    """One row a worker and employer: the first claim, by arbitration or suit. ``who`` is the worker, by key or else name.

    Of a suit no claimed period is known; it is left null.
    """
    arb = lake[ArbitrationCase]
    asked = arb.filter(arb.employer_key.notnull()).mutate(on=arb.filed_on, region=ibis.null().cast("string"))
    claims = asked.select(*_COLUMNS).union(_suits(lake)).filter(ibis._.on.notnull())
    key = ibis.ifelse(claims.worker_key.startswith("row:"), None, claims.worker_key)
    claims = claims.mutate(who=ibis.coalesce(key, claims.worker, claims.row_id))
    once = ibis.row_number().over(ibis.window(group_by=["employer_key", "who"], order_by=["on", "row_id"]))
    return claims.mutate(_nth=once).filter(ibis._._nth == 0).drop("_nth")


def _suits(lake: Tables) -> Any:
    cases = suits(lake[CivilCase])
    cases = cases.filter((cases.stage == FIRST) & cases.cause.re_search("劳动报酬|劳动争议|劳动合同|工资|劳务合同"))
    cases = cases.mutate(
        mode=cases.close_mode,
        claim_fen=cases.amount_fen,
        amount_fen=ibis.coalesce(cases.decided_fen, cases.amount_fen),
        claim_from=ibis.null().cast("date"),
        claim_to=ibis.null().cast("date"),
    )
    parties, agents = lake[CivilParty], lake[CivilAgent]
    sues = parties.filter(parties.role.re_search(PLAINTIFF)).select(
        "case_no", worker="name", worker_key="party", worker_addr="addr"
    )
    sued = parties.filter(
        parties.role.re_search(DEFENDANT) & ~parties.party.startswith("row:") & ~parties.party.startswith("nbp:")
    )
    sued = sued.select("case_no", employer="name", employer_key="party")
    pleads = (
        agents.filter(agents.side.re_search(PLAINTIFF))
        .group_by("case_no")
        .agg(
            agent=ibis._["name"].min(),
            agent_kind=ibis._.kind.min(),
            agent_firm=ibis._.firm.min(),
            agent_addr=ibis._.addr.min(),
        )
    )
    rows = cases.inner_join(sues, "case_no").inner_join(sued, "case_no").left_join(pleads, "case_no")
    return rows.select(*_COLUMNS)


def idle_months(lake: Tables) -> Any:
    """Months without power, without sales or with a zero tax return: ``company``, ``month``, ``idle_row``."""
    months, tax = lake[OperatingMonth], lake[TaxRecord]
    still = months.filter(months.quantity == 0).select("company", "month", idle_row="row_id")
    zero = tax.group_by(["company", "period"]).agg(declared=tax.declared_fen.sum(), idle_row=tax.row_id.min())
    return still.union(zero.filter(zero.declared == 0).select("company", month="period", idle_row="idle_row"))


def last_insured(lake: Tables) -> Any:
    """Employers that insure nobody any more: ``company``, ``stopped_on`` (the last day anybody was insured), ``stop_row``."""
    insured, firm = lake[SocialInsurance], ibis.window(group_by="company")
    marked = insured.mutate(
        stopped_on=insured.to_on.max().over(firm), _open=insured.to_on.isnull().cast("int64").sum().over(firm)
    )
    marked = marked.filter((marked._open == 0) & (marked.to_on == marked.stopped_on))
    return marked.group_by("company").agg(stopped_on=marked.stopped_on.max(), stop_row=marked.row_id.min())


def where_insured(lake: Tables, claims: Any) -> Any:
    """Where the claimants were insured in the months they claim wages for."""
    insured = lake[SocialInsurance].select("person", "company", "from_on", "to_on", ins_row="row_id")
    known = insured.group_by("company").agg(there=insured.person.nunique())
    spans = claims.left_join(insured, claims.worker_key == insured.person)
    then = (spans.from_on.isnull() | (spans.from_on <= spans.until)) & (
        spans.to_on.isnull() | (spans.to_on >= spans.since)
    )
    here = (then & (spans.company == spans.employer_key)).fill_null(False)
    away = (then & (spans.company != spans.employer_key) & spans.ins_row.notnull()).fill_null(False)
    each = spans.group_by(["employer_key", "who"]).agg(
        here=here.any(), away=away.any(), away_row=spans.ins_row.min(where=away)
    )
    total = each.group_by("employer_key").agg(
        uninsured_n=(~each.here).sum(),
        elsewhere_n=(each.away & ~each.here).sum(),
        insured_elsewhere__rows=evidence(each.away_row, each.away & ~each.here),
    )
    total = total.left_join(known, total.employer_key == known.company)
    return total.select(
        "employer_key", "uninsured_n", "elsewhere_n", "insured_elsewhere__rows", insured_there=total.there
    )


def standing_agents(lake: Tables, claims: Any) -> Any:
    """The agent of each employer's claimants who stands out: of the employer's side if there is one, else the one with most claimants.

    Names are compared only within one employer's register, addresses with its own and its people's.
    """
    known = marks(lake)
    acts = claims.filter(claims.agent.length() > 0).mutate(
        same_door=((claims.agent_addr == claims.worker_addr) & (claims.agent_addr.length() >= 6)).fill_null(False),
        insider=(claims.agent_kind.contains("员工") | (claims.agent_firm == claims.employer)).fill_null(False),
        _mark=ibis.array([claims.agent, claims.agent_addr.fill_null("")]),
    )
    acts = acts.mutate(_mark=acts._mark.unnest())
    met = acts.left_join(known, [acts.employer_key == known.company, acts._mark == known.mark])
    met = met.mutate(found=met.insider | (met.mark_row.notnull() & (met._mark.length() >= 2)))
    each = met.group_by(["employer_key", "agent"]).agg(
        agent_n=met.who.nunique(),
        one_agent__rows=evidence(met.row_id),
        door_n=met.who.nunique(where=met.same_door),
        shared_addr=met.agent_addr.min(where=met.same_door),
        agent_with_workers__rows=evidence(met.row_id, met.same_door),
        inside=met.found.any(),
        claimed=evidence(met.row_id, met.found),
        marked=evidence(met.mark_row, met.mark_row.notnull()),
    )
    first = ibis.window(
        group_by="employer_key", order_by=[ibis.desc("inside"), ibis.desc("agent_n"), ibis.asc("agent")]
    )
    top = each.mutate(_nth=ibis.row_number().over(first)).filter(ibis._._nth == 0)
    return top.select(
        "employer_key", "agent_n", "one_agent__rows", "door_n", "shared_addr", "agent_with_workers__rows", "inside",
        agent_name=top.agent, inside_name=top.agent,
        agent_inside__rows=ibis.ifelse(top.marked.length() > 0, top.claimed.concat(top.marked), top.claimed),
    )  # fmt: skip

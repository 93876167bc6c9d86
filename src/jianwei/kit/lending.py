"""Disputes over private loans, each counted once whatever stages it went through, and who lent to whom."""

from __future__ import annotations

from typing import Any

import ibis

from jianwei.kit.litigation import (
    APPEAL,
    BEFORE,
    DEFENDANT,
    FIRST,
    LENDING_TRADE,
    PLAINTIFF,
    grouped,
    settled_key,
    suits,
)
from jianwei.kit.model import Tables
from jianwei.records import CivilCase, CivilParty, EnforcementCase, LicensedLender

_COLUMNS = ("name", "court", "region", "on", "case_no", "row_id", "lender", "borrower", "between", "amount_fen", "kind")


def is_enterprise(name: Any, kind: Any = None) -> Any:
    """Whether a party is a legal person or an organisation, by its kind, else by its name. A sole trader is a person."""
    named = name.re_search("公司|集团|合作社|合伙|企业|.{3}(厂|中心)$").fill_null(False)
    if kind is None:
        return named
    told = ibis.cases((kind.re_search("自然人|个人|公民|个体"), False), (kind.re_search("法人|组织|企业|公司"), True))
    return ibis.coalesce(told, named)


def disputes(lake: Tables) -> Any:
    """One row a dispute and unlicensed lender, with the city and year to count it in.

    ``lender, name, borrower, between, court, region, city, year, on, amount_fen, case_no, row_id, kind``; ``between``
    marks a loan from one enterprise to another. What a family or an enterprise lends within itself is left out.
    """
    controllers = lake.derived("controllers")
    claims = _suits(lake).union(_enforcements(lake))
    claims = grouped(grouped(claims, "lender", controllers).mutate(_b=ibis._.borrower), "_b", controllers)
    claims = claims.filter((claims.lender != claims._b) & claims.on.notnull() & claims.region.notnull()).drop("_b")
    # An appeal or an enforcement stands for a dispute only where no earlier stage of the same pair is known;
    # conciliation before filing and the suit that followed share parties and amount.
    pair = ["lender", "borrower"]
    claims = claims.mutate(
        _least=claims.kind.min().over(ibis.window(group_by=pair)),
        _nth=ibis.row_number().over(ibis.window(group_by=[*pair, "amount_fen", "kind"], order_by=["on", "case_no"])),
    )
    claims = claims.filter((claims.kind <= 1) | (claims.kind == claims._least))
    stage = ibis.row_number().over(ibis.window(group_by=[*pair, "amount_fen", "_nth"], order_by=["kind", "case_no"]))
    claims = (
        claims.mutate(_stage=stage).filter((ibis._._stage == 0) | (ibis._.kind > 1)).drop("_nth", "_stage", "_least")
    )
    once = ibis.row_number().over(ibis.window(group_by=["lender", "case_no"], order_by=["name"]))
    claims = claims.mutate(_once=once).filter(ibis._._once == 0).drop("_once")
    return claims.mutate(city=claims.region.substr(0, 4), year=claims.on.year().cast("int64"))


def _suits(lake: Tables) -> Any:
    cases = suits(lake[CivilCase])
    cases = cases.filter(cases.cause.contains("民间借贷") & cases.stage.isin([FIRST, BEFORE, APPEAL]))
    parties = lake[CivilParty]
    sued = parties.filter(parties.role.re_search(DEFENDANT))
    sued = sued.group_by("case_no").agg(
        borrower=ibis.ifelse(sued.party.startswith("row:"), sued["name"], sued.party).min(),
        to_enterprise=is_enterprise(sued["name"], sued.kind).any(),
    )
    sues = parties.filter(parties.role.re_search(PLAINTIFF)).select("case_no", "name", "party", party_kind="kind")
    rows = cases.inner_join(sues, "case_no").left_join(sued, "case_no").drop("case_no_right")
    rows = rows.anti_join(lake[LicensedLender], rows.party == lake[LicensedLender].lender)
    rows = rows.filter(~rows["name"].re_search(LENDING_TRADE))
    rows = rows.mutate(
        lender=settled_key(rows.party, rows["name"], rows.court),
        borrower=rows.borrower.fill_null(rows.case_no),
        between=is_enterprise(rows["name"], rows.party_kind) & rows.to_enterprise.fill_null(False),
        amount_fen=rows.amount_fen.cast("int64"),
        kind=ibis.cases((rows.stage == FIRST, 0), (rows.stage == BEFORE, 1), else_=2).cast("int64"),
    )
    return rows.filter(rows.lender.notnull()).select(*_COLUMNS)


def _enforcements(lake: Tables) -> Any:
    """Enforcement of a private loan whose judgment is not among the cases at hand."""
    enforced, suited = lake[EnforcementCase], lake[CivilCase]
    base = enforced.filter(
        enforced.base_type.re_search("民间借贷|借贷")
        & enforced.creditor_key.notnull()
        & ~enforced.creditor_key.startswith("row:")
    )
    base = base.anti_join(suited, base.base_case_no == suited.case_no)
    base = base.anti_join(lake[LicensedLender], base.creditor_key == lake[LicensedLender].lender)
    base = base.filter(~base.creditor.re_search(LENDING_TRADE))
    base = base.mutate(
        name=base.creditor,
        on=base.filed_on,
        case_no=base.enf_no,
        lender=base.creditor_key,
        borrower=base.debtor_key.fill_null(base.enf_no),
        between=is_enterprise(base.creditor) & is_enterprise(base.debtor),
        amount_fen=base.claim_fen.cast("int64"),
        kind=ibis.literal(3).cast("int64"),
    )
    return base.select(*_COLUMNS)

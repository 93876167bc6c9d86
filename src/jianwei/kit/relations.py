"""Who belongs to an organisation, and who is next of kin to those who do."""

from __future__ import annotations

from typing import Any

import ibis

from jianwei.kit.litigation import DEFENDANT, PLAINTIFF
from jianwei.kit.model import Tables
from jianwei.records import CivilCase, CivilParty, Company, CompanyRole, EnforcementCase


def ties_between(lake: Tables) -> Any:
    """Both directions of ``control_edges``: ``a``, ``b``, ``kind``, ``says``, ``seen`` (a row behind the edge)."""
    edges = lake.derived("control_edges")
    edges = edges.select("a", "b", "kind", "says", seen=edges.row_ids[0])
    return edges.union(edges.select(a="b", b="a", kind="kind", says="says", seen="seen"))


def insiders(lake: Tables) -> Any:
    """Those who hold an office or shares in a company, and those tied to them: ``company, person, says, seen``.

    Keys that stand for one row only belong to nobody.
    """
    roles = lake[CompanyRole].filter(lambda t: ~t.person.startswith("row:"))
    direct = roles.select(
        "company", "person", says=roles.person_name.fill_null("本人") + "任该单位" + roles.role, seen=roles.row_id
    )
    ties = ties_between(lake).select("a", "b", "says", "seen")
    kin = roles.select("company", b="person").inner_join(ties, "b").filter(lambda t: t.a != t.company)
    return direct.union(kin.select("company", person="a", says="says", seen="seen"))


def marks(lake: Tables) -> Any:
    """What an organisation is known by: its addresses, the names and addresses of its people: ``company, mark, mark_row``."""
    company, parties = lake[Company], lake[CivilParty]
    roles = lake[CompanyRole].filter(lambda t: ~t.person.startswith("row:"))
    at_home = parties.select("party", mark="addr", mark_row="row_id").inner_join(
        roles.select("company", "person"), [("party", "person")]
    )
    return ibis.union(
        company.select("company", mark="addr", mark_row="row_id"),
        roles.select("company", mark="addr", mark_row="row_id"),
        roles.select("company", mark="person_name", mark_row="row_id"),
        parties.select(company="party", mark="addr", mark_row="row_id"),
        at_home.select("company", "mark", "mark_row"),
    )


def owed(lake: Tables) -> Any:
    """Who claims money of whom otherwise than by work: ``creditor``, ``debtor``, ``debt_row``."""
    enforced, cases, parties = lake[EnforcementCase], lake[CivilCase], lake[CivilParty]
    loans = cases.filter(cases.cause.re_search("借贷|借款|买卖")).select("case_no").distinct()
    sues = parties.filter(parties.role.re_search(PLAINTIFF)).select("case_no", creditor="party", debt_row="row_id")
    sued = parties.filter(parties.role.re_search(DEFENDANT)).select("case_no", debtor="party")
    claims = ibis.union(
        enforced.filter(~enforced.base_type.contains("仲裁").fill_null(False)).select(
            creditor="creditor_key", debtor="debtor_key", debt_row="row_id"
        ),
        sues.semi_join(loans, "case_no").inner_join(sued, "case_no").select("creditor", "debtor", "debt_row"),
    )
    return claims.filter(~claims.creditor.startswith("row:"))


def registered(lake: Tables) -> Any:
    """Names in the register of companies, for a ledger that gives the employer's code alone: ``employer_key, registered``."""
    firms = lake[Company]
    return firms.group_by(employer_key="company").agg(registered=firms["name"].min())

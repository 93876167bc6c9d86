"""Who belongs to an organisation, and who is next of kin to those who do."""

from __future__ import annotations

from typing import Any

from jianwei.kit.model import Tables
from jianwei.records import CompanyRole


def ties_between(lake: Tables) -> Any:
    """Both directions of ``control_edges``: ``a``, ``b``, ``kind``, ``says``, ``seen`` (a row behind the edge)."""
    edges = lake.derived("control_edges")
    edges = edges.select("a", "b", "kind", "says", seen=edges.row_ids[0])
    return edges.union(edges.select(a="b", b="a", kind="kind", says="says", seen="seen"))


def insiders(lake: Tables, asked: Any) -> Any:
    """For rows ``company, person, name`` those where the person holds an office or shares there, or is kin to one who does.

    Returns ``company, person, says, seen``. Keys that stand for one row only relate to nobody.
    """
    roles = lake[CompanyRole].select("company", "role", role_person="person", seen="row_id")
    known = asked.filter(~asked.person.startswith("row:"))
    own = known.inner_join(roles, [("company", "company"), ("person", "role_person")])
    direct = own.select("company", "person", says=own["name"] + "任该单位" + own.role, seen=own.seen)
    tied = known.inner_join(ties_between(lake), [("person", "a")]).drop("a", "kind", "name")
    kin = tied.inner_join(roles.drop("seen", "role"), [("company", "company"), ("b", "role_person")])
    return direct.union(kin.select("company", "person", "says", "seen")).distinct()

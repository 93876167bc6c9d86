"""谁与谁有控制或近亲属关系，每一条都写明依据，供合并出借人、比对两造和人工核对。

One row an edge between two identity keys: a legal representative, controlling shareholder or actual manager and the
company, spouses, close kin, two companies at one door or one telephone. What many share (a registration agency's
address, a nominee who fronts for dozens of firms) joins nobody.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import ibis
import pyarrow as pa

from jianwei.records import CivilParty, Company, CompanyRole, Kinship, Marriage

NAME = "control_edges"
SCHEMA = pa.schema(
    [
        ("a", pa.string()),
        ("b", pa.string()),
        ("kind", pa.string()),
        ("says", pa.string()),
        ("row_ids", pa.list_(pa.string())),
    ]
)

MANAGES = "法定代表人|负责人|实际控制|执行董事|董事长|总经理|^经理|经营者|执行事务合伙人"
CONTROLLING_SHARE = 50.0  # 公司法（2023）第二百六十五条：出资额或持股超过百分之五十
NOMINEE_COMPANIES = (
    10  # chosen: one who manages more is a nominee or a professional, and says nothing of whose they are
)
SHARED_BY = 3  # chosen: an address or telephone of more companies is a business incubator or a filing agency
_DOOR = re.compile(r"\d.*[号室栋幢楼弄单元层]|[号室栋幢].*\d")

ROLE, SHARE, SPOUSE, KIN, SIBLING, ADDRESS, PHONE = "任职", "控股", "配偶", "父母子女", "兄弟姐妹", "同址", "同电话"

Edge = tuple[str, str, str, str, list[str]]


def build(tables: Any) -> pa.Table:
    edges: dict[tuple[str, str, str], Edge] = {}
    for edge in itertools.chain(_roles(tables), _kin(tables), _shared(tables)):
        a, b, kind, says, rows = edge
        if a and b and a != b and not a.startswith("row:") and not b.startswith("row:"):
            low, high = sorted((a, b))
            edges.setdefault((low, high, kind), (low, high, kind, says, rows))
    ordered = [edges[key] for key in sorted(edges)]
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, edge, strict=True)) for edge in ordered], schema=SCHEMA)


def share_percent(share: Any) -> Any:
    """A share given as 0.6 or as 60; exactly 1 is the whole."""
    return ibis.ifelse(share > 1, share, share * 100)


def _roles(tables: Any) -> Iterator[Edge]:
    roles = tables[CompanyRole]
    percent = share_percent(roles.share)
    owns = roles.role.contains("股东") & (percent >= CONTROLLING_SHARE)
    manages = roles.role.re_search(MANAGES)
    fronted = (
        roles.filter(manages)
        .group_by(nominee="person")
        .agg(n=roles.company.nunique())
        .filter(ibis._.n > NOMINEE_COMPANIES)
    )
    wanted = roles.mutate(owns=owns.fill_null(False), manages=manages.fill_null(False), percent=percent)
    wanted = wanted.filter(wanted.owns | wanted.manages)
    wanted = wanted.left_join(fronted, wanted.person == fronted.nominee)
    wanted = wanted.filter(wanted.owns | wanted.nominee.isnull()).select(
        "person", "company", "owns", "percent", "role", "person_name", "company_name", "row_id"
    )
    for row in tables.to_pyarrow(wanted.order_by("row_id")).to_pylist():
        who, firm = row["person_name"] or "某人", row["company_name"] or "该企业"
        says = f"{who}持有{firm}{row['percent']:.10g}%股权" if row["owns"] else f"{who}任{firm}{row['role']}"
        yield row["person"], row["company"], SHARE if row["owns"] else ROLE, says, [row["row_id"]]


def _kin(tables: Any) -> Iterator[Edge]:
    married = tables[Marriage]
    for row in tables.to_pyarrow(married.select("a_key", "b_key", "a_name", "b_name", "status", "row_id")).to_pylist():
        if "离" not in (row["status"] or ""):
            yield row["a_key"], row["b_key"], SPOUSE, f"{row['a_name']}与{row['b_name']}系夫妻", [row["row_id"]]
    kin = tables[Kinship]
    for row in tables.to_pyarrow(kin.select("a_key", "b_key", "a_name", "b_name", "relation", "row_id")).to_pylist():
        kind = kinship(row["relation"] or "")
        if kind:
            says = f"{row['b_name']}是{row['a_name']}的{row['relation']}"
            yield row["a_key"], row["b_key"], kind, says, [row["row_id"]]


def kinship(relation: str) -> str | None:
    """配偶, 父母子女 or 兄弟姐妹 as a household register writes them; more distant kin are None."""
    if re.search(r"[孙侄甥婿媳岳公婆叔伯姑舅姨堂表祖外]", relation):
        return None
    if re.search(r"配偶|夫妻|丈夫|妻", relation) or relation == "夫":
        return SPOUSE
    if re.search(r"兄|弟|姐|妹|姊", relation):
        return SIBLING
    return KIN if re.search(r"父|母|子|女|儿", relation) else None


def _shared(tables: Any) -> Iterator[Edge]:
    """Addresses and telephones of two or three. What many share, and what one alone has, stays in the database."""
    firms = tables[Company].select("name", "addr", "phone", "row_id", key="company", firm=ibis.literal(True))
    parties = tables[CivilParty]
    suing = parties.filter(
        ~parties.party.startswith("row:") & (parties.party.startswith("org:") | (parties.phone.length() > 0))
    )
    known = firms.union(
        suing.select("name", "addr", "phone", "row_id", key="party", firm=suing.party.startswith("org:"))
    )
    addr = known.addr.re_replace(r"\s+", "").replace("(", "（").replace(")", "）")
    for kind, words, mark, kept in (
        (ADDRESS, "住所同为", addr, known.firm & (addr.length() >= 8)),
        (
            PHONE,
            "联系电话同为",
            known.phone.re_replace("[^0-9]", ""),
            known.phone.re_replace("[^0-9]", "").length() >= 7,
        ),
    ):
        marked = known.mutate(mark=mark).filter(kept)
        each = marked.group_by(["mark", "key"]).agg(name=marked["name"].min(), row_id=marked.row_id.min())
        shared = each.mutate(n=each.count().over(ibis.window(group_by="mark"))).filter(
            lambda t: t.n.between(2, SHARED_BY)
        )
        yield from _pairs(tables.to_pyarrow(shared.order_by("mark", "key")).to_pylist(), kind, words)


def _pairs(rows: list[dict[str, Any]], kind: str, words: str) -> Iterator[Edge]:
    for mark, same in itertools.groupby(rows, key=lambda r: str(r["mark"])):
        if kind == ADDRESS and not _DOOR.search(mark):
            continue
        for one, other in itertools.combinations(same, 2):
            says = f"{one['name']}与{other['name']}{words}{mark}"
            yield one["key"], other["key"], kind, says, [one["row_id"], other["row_id"]]

"""Civil litigation as the models count it: a case once, its two sides, and who may be counted as the same person."""

from __future__ import annotations

from typing import Any

import ibis

PLAINTIFF = r"^(原告|起诉人|申请人)|原审原告|一审原告"
DEFENDANT = r"^(被告|被申请人)|原审被告|一审被告"
MASKED = r"某|×|Ｘ|＊|\*|XX"
"""A name in which the publisher of the judgment hid a part."""
LENDING_TRADE = r"银行|农村信用|信用社|信用合作|小额贷款|融资租赁|商业保理|保理有限|消费金融|汽车金融|信托|财务公司|典当|金融资产管理|融资担保|融资性担保"
"""Words that a firm may carry in its name only with a licence for lending, or with the guarantee business."""

FIRST, BEFORE, APPEAL, RETRIAL, OTHER = "一审", "诉前", "二审", "再审", "其他"


def stage(case_no: Any, procedure: Any) -> Any:
    """一审, 诉前, 二审, 再审 or 其他, from the words of the case number, else from the procedure."""
    return ibis.cases(
        (case_no.re_search("诉前调|诉调|民调|引调|预调"), BEFORE),
        (case_no.contains("初"), FIRST),
        (case_no.contains("终"), APPEAL),
        (case_no.re_search("再|申字|民申|监|抗"), RETRIAL),
        (case_no.re_search("执|财保|督|特|仲|破|辖|恢"), OTHER),
        (procedure.contains("一审"), FIRST),
        (procedure.contains("二审"), APPEAL),
        (procedure.contains("再审"), RETRIAL),
        else_=FIRST,
    )


def suits(cases: Any) -> Any:
    """``civ_case`` with one row a case number, whatever came twice (a judgment and a line of the court's ledger).

    Adds ``stage`` and ``on``, the day the case entered (filed, else heard, else closed).
    """
    best = ibis.coalesce(cases.row_id.min(where=cases.document.notnull()), cases.row_id.min())
    one = cases.group_by("case_no").agg(
        court=cases.court.max(),
        region=cases.region.max(),
        court_level=cases.court_level.max(),
        procedure=cases.procedure.max(),
        cause=cases.cause.max(),
        track=cases.track.max(),
        filed_on=cases.filed_on.min(),
        heard_on=cases.heard_on.min(),
        closed_on=cases.closed_on.max(),
        close_mode=cases.close_mode.max(),
        judge=cases.judge.max(),
        amount_fen=cases.amount_fen.max(),
        decided_fen=cases.decided_fen.max(),
        absent=cases.absent.any(),
        noticed=cases.noticed.any(),
        prelitigation=cases.prelitigation.any(),
        admitted=cases.admitted.any(),
        contract=cases.contract.max(),
        contract_on=cases.contract_on.max(),
        row_id=best,
    )
    return one.mutate(
        stage=stage(one.case_no, one.procedure), on=ibis.coalesce(one.filed_on, one.heard_on, one.closed_on)
    )


def is_weak(key: Any, name: Any) -> Any:
    """Whether an identity key stands for nobody but its own row, or for an organisation whose name was masked."""
    return key.startswith("row:") | (key.startswith("org:") & name.re_search(MASKED))


def settled_key(key: Any, name: Any, court: Any, other: Any = None) -> Any:
    """``key``, or for a weak one a clue to the same person: the name at one court, for a masked name with ``other``.

    Null where even that says nothing (a masked name with nothing beside it). Such keys begin with ``同名:``.
    """
    beside = ibis.literal("") if other is None else ibis.coalesce(other, ibis.literal(""))
    place = ibis.coalesce(court, ibis.literal(""))
    masked = name.re_search(MASKED)
    named = ibis.literal("同名:") + name + "@" + place
    return ibis.cases(
        (~is_weak(key, name), key),
        (~masked, named),
        (masked & (beside != ""), named + "@" + beside),
        else_=ibis.null().cast("string"),
    )


def same_name_only(key: Any) -> Any:
    """Whether a key made by ``settled_key`` rests on a name."""
    return key.startswith("同名:")


def grouped(table: Any, key: str, controllers: Any) -> Any:
    """``table`` with ``key`` replaced by the group of those who stand behind it, where the derived table knows one."""
    members = controllers.select(_member="member", _group="group_id")
    joined = table.left_join(members, table[key] == members._member)
    return joined.mutate(**{key: ibis.coalesce(joined._group, joined[key])}).drop("_member", "_group")


def lends_by_licence(key: Any, name: Any) -> Any:
    """Whether a name says a licensed lender. The list itself is joined by the model."""
    return name.re_search(LENDING_TRADE) & ~key.startswith("row:")


def ties(lake: Any) -> Any:
    """For each group of controllers, in words and rows, what joins its members: ``group_id``, ``ties``, ``ties__rows``."""
    edges, members = lake.derived("control_edges"), lake.derived("controllers")
    left, right = members.select("group_id", a="member"), members.select(_other="group_id", b="member")
    inside = edges.inner_join(left, "a").inner_join(right, "b").filter(ibis._.group_id == ibis._._other)
    flat = inside.select("group_id", "says", row=inside.row_ids.unnest())
    return flat.group_by("group_id").agg(
        ties=flat.says.collect(distinct=True), ties__rows=flat.row.collect(distinct=True)
    )

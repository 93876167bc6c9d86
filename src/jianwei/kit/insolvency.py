"""Whether somebody could still pay: enforcement, seizures, auctions, distribution and bankruptcy, by who owed."""

from __future__ import annotations

from typing import Any

import ibis

from jianwei.kit.model import Tables
from jianwei.records import Auction, BankruptcyClaim, EnforcementCase, Seizure


def auctions(lake: Tables) -> Any:
    """``auction`` with ``debtor_key``, whose asset was sold: known from the auction itself or from its enforcement case."""
    sold, enforced = lake[Auction], lake[EnforcementCase]
    debtors = enforced.group_by(_no="enf_no").agg(_debtor=enforced.debtor_key.min(), _region=enforced.region.max())
    joined = sold.left_join(debtors, sold.enf_no == debtors._no)
    named = ibis.ifelse(joined.owner_key.startswith("row:"), None, joined.owner_key)
    joined = joined.mutate(debtor_key=ibis.coalesce(named, joined._debtor), region=joined._region)
    return joined.filter(joined.debtor_key.notnull()).drop("_no", "_debtor", "_region")


def asset_events(lake: Tables) -> Any:
    """Days on which a debtor's assets were seized, offered, sold or distributed: ``debtor_key``, ``event``, ``event_row``."""
    sold = auctions(lake)
    days = [sold.announced_on, sold.started_on, sold.dealt_on, sold.distributed_on]
    events = [sold.select("debtor_key", event=day, event_row="row_id") for day in days]
    seized, enforced = lake[Seizure], lake[EnforcementCase]
    held = seized.inner_join(enforced.select("enf_no", "debtor_key"), "enf_no")
    events.append(held.select("debtor_key", event=held.seized_on, event_row=held.row_id))
    return ibis.union(*events).filter(ibis._.event.notnull())


def debts(lake: Tables) -> Any:
    """What says that a debtor did not pay: ``debtor_key, debt_on, closed_on, region, base_type, debt_row``."""
    enforced, broke, sold = lake[EnforcementCase], lake[BankruptcyClaim], auctions(lake)
    none_day, none_text = ibis.null().cast("date"), ibis.null().cast("string")
    return ibis.union(
        enforced.select("debtor_key", "closed_on", "region", "base_type", debt_on=enforced.filed_on, debt_row=enforced.row_id),
        sold.select("debtor_key", closed_on=none_day, region=sold.region, base_type=none_text, debt_on=sold.announced_on, debt_row=sold.row_id),
        broke.select("debtor_key", closed_on=none_day, region=none_text, base_type=none_text, debt_on=broke.accepted_on, debt_row=broke.row_id),
    )  # fmt: skip

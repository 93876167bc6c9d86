"""Three models once more in plain pandas, as one would write them without an engine: the yardstick of ``bench``.

Each reads the lake's Parquet files itself and returns the clues as ``{subject_key: signs seen}``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from jianwei.law import practice_bans
from jianwei.models.administrative import practice_ban as m54
from jianwei.models.enforcement import idle_enforcement as m20
from jianwei.models.public_interest import pension_after_death as m60
from jianwei.records import (
    Auction,
    BankruptcyClaim,
    CriminalJudgment,
    Death,
    EnforcementCase,
    Licence,
    MedicalClaim,
    PensionPayment,
    Record,
    Seizure,
    SocialInsurance,
    Staff,
)

Clues = dict[str, frozenset[str]]
Frame = Any
"""A DataFrame; its cells have no types worth stating."""


def load(lake: Path, record: type[Record]) -> Frame:
    """A table whole, keys resolved, sealed records left out."""
    files = sorted((lake / "tables" / record.table).glob("*.parquet"))
    if not files:
        return pd.DataFrame()
    table: Frame = pd.concat([pq.read_table(f).to_pandas() for f in files], ignore_index=True)
    links = pd.read_parquet(lake / "derived" / "identity.parquet").set_index("key")["entity"]
    for identity in record.identities:
        table[identity.key] = table[identity.key].map(links).fillna(table[identity.key])
    if record is CriminalJudgment:
        sealed = pd.read_parquet(lake / "derived" / "sealed_record.parquet")
        hidden = set(zip(sealed["court_no"], sealed["name"], strict=True))
        table = table[[pair not in hidden for pair in zip(table["court_no"], table["name"], strict=True)]]
    return table


def pension_after_death(lake: Path, as_of: dt.date) -> Clues:
    deaths, pay = load(lake, Death), load(lake, PensionPayment)
    med, insured = load(lake, MedicalClaim), load(lake, SocialInsurance)
    deaths = deaths[deaths["idno_hash"].notna() & deaths["person"].notna()]
    dead = deaths.groupby("person").agg(
        dead_name=("name", "max"), died_on=("died_on", "max"), earliest=("died_on", "min")
    )
    pay = pay[pay["person_idno_hash"].notna() & pay["person"].notna() & (pay["month"] <= as_of)]
    pay = pay[~pay["kind"].fillna("").str.contains(m60.LAWFUL_KINDS, regex=True)]
    pay = pay.assign(net=(pay["amount_fen"] - pay["returned_fen"].fillna(0)).fillna(0))
    unknown = pay["amount_fen"].isna() & pay["returned_on"].isna() & pay["returned_fen"].isna()
    late = pay[(pay["net"] > 0) | unknown].merge(dead, left_on="person", right_index=True)
    late = late[(late["name"] == late["dead_name"]) | late["name"].isna() | late["dead_name"].isna()]
    gap = [(m.year - d.year) * 12 + m.month - d.month for m, d in zip(late["month"], late["died_on"], strict=True)]
    late = late[pd.Series(gap, index=late.index) > 1]
    alive: dict[str, dt.date] = {}
    for frame, days in ((med, ["admitted_on", "settled_at"]), (insured, ["from_on"])):
        for row in frame.itertuples():
            day = next((d for d in (getattr(row, name) for name in days) if not pd.isna(d)), None)
            if day is not None and row.person is not None:
                day = day.date() if isinstance(day, dt.datetime) else day
                alive[row.person] = max(alive.get(row.person, day), day)
    clues = {}
    for person, rows in late.groupby("person"):
        died = rows["died_on"].max()
        doubtful = person in alive and (alive[person] - died).days > 30
        states = {
            "paid_after_death": not doubtful,
            "long_running": rows["month"].nunique() >= 6,
            "large_sum": rows["net"].sum() >= 300_000,
            "dates_differ": rows["earliest"].max() != died,
            "seen_alive": doubtful,
        }
        clues[str(person)] = frozenset(key for key, seen in states.items() if seen)
    return clues


def idle_enforcement(lake: Path, as_of: dt.date) -> Clues:
    ledger, seizures = load(lake, EnforcementCase), load(lake, Seizure)
    auctions, bankrupt = load(lake, Auction), load(lake, BankruptcyClaim)
    counts = ledger.assign(case=ledger["enf_no"].str.extract(m20.CASE, expand=False).fillna(ledger["enf_no"]))
    first = ["filed_on", "inquired_on", "measured_on", "received_on", "paid_out_on"]
    last = ["closed_on", "suspended_on", "resumed_on", "debtor_key", "extension"]
    cases: dict[str, dict[str, Any]] = {}
    for name, rows in counts.groupby("case"):
        if rows["document"].isna().any():
            one = {c: rows[c].dropna().min() if rows[c].notna().any() else None for c in first}
            cases[str(name)] = one | {c: rows[c].dropna().max() if rows[c].notna().any() else None for c in last}
    recorded = {c: any(case[c] for case in cases.values()) for c in ("inquired_on", "measured_on", "paid_out_on")}
    insolvent = set(bankrupt[bankrupt["accepted_on"] <= as_of]["debtor_key"]) if len(bankrupt) else set()
    seized: Frame = seizures.groupby("enf_no")["seized_on"].min() if len(seizures) else pd.Series(dtype=object)
    waits: dict[str, list[tuple[bool, dt.date, dt.date | None]]] = {}
    sold: dict[str, list[tuple[str | None, dt.date]]] = {}
    for row in auctions.itertuples():
        day = row.announced_on if not pd.isna(row.announced_on) else row.started_on
        if not pd.isna(day):
            sold.setdefault(row.enf_no, []).append((row.asset_id, day))
    for thing in seizures.itertuples():
        if pd.isna(thing.appraised_on):
            continue
        days = [
            day
            for asset, day in sold.get(thing.enf_no, [])
            if (asset == thing.asset_id or asset is None or thing.asset_id is None) and day >= thing.appraised_on
        ]
        waits.setdefault(thing.enf_no, []).append((bool(days), thing.appraised_on, min(days, default=None)))
    clues = {}
    for name, case in cases.items():
        filed = case["filed_on"]
        stopped = case["suspended_on"] and not case["resumed_on"]
        if (
            not filed
            or filed > as_of
            or (case["extension"] or "").strip()
            or stopped
            or case["debtor_key"] in insolvent
        ):
            continue
        paused = max((case["resumed_on"] - case["suspended_on"]).days, 0) if case["suspended_on"] else 0
        measures = [d for d in (case["measured_on"], seized.get(name)) if d is not None and not pd.isna(d)]
        measure = min(measures, default=None)
        deadline = (pd.Timestamp(filed) + pd.DateOffset(months=6)).date()
        over = ((measure or case["closed_on"] or as_of) - deadline).days - paused > 0
        slow = ((case["inquired_on"] or case["closed_on"] or as_of) - filed).days > 10
        received: Any = case["received_on"]
        paid: Any = case["paid_out_on"]
        held = bool(received) and ((paid or as_of) - received).days - paused > 30
        wait: Any = min(waits.get(name, [(False, None, None)]), key=lambda w: (w[0], w[1] or as_of))
        _, appraised, sale = wait
        gap = bool(appraised) and ((sale or case["closed_on"] or as_of) - appraised).days - paused > 30
        states = {
            "no_measure": over and measure is None and recorded["measured_on"],
            "late_measure": over and measure is not None,
            "no_inquiry": slow and not case["inquired_on"] and recorded["inquired_on"],
            "late_inquiry": slow and bool(case["inquired_on"]),
            "money_held": held and not paid and not case["closed_on"] and recorded["paid_out_on"],
            "late_payout": held and bool(paid),
            "no_auction": gap and sale is None,
            "late_auction": gap and sale is not None,
        }
        if any(states.values()):
            clues[name] = frozenset(key for key, seen in states.items() if seen)
    return clues


def practice_ban(lake: Path, as_of: dt.date) -> Clues:
    judgments, licences, staff = load(lake, CriminalJudgment), load(lake, Licence), load(lake, Staff)
    held = []
    for row in licences.itertuples():
        ended = not pd.isna(row.revoked_on) and row.revoked_on <= as_of
        lapsed = not pd.isna(row.expires_on) and row.expires_on < as_of
        if not ended and not lapsed and not re.search(m54.ENDED, row.status or ""):
            held.append((row.person, row.kind, row.issued_on, False, False))
    for row in staff.itertuples():
        if pd.isna(row.left_on) or row.left_on > as_of:
            thing = (row.employer or "某单位") + (row.post or "工作人员")
            held.append((row.person, thing, row.hired_on, True, bool(row.minors_contact)))
    holdings: Frame = pd.DataFrame(held, columns=["person", "thing", "began_on", "of_post", "contact"])
    pairs = judgments[judgments["person"].notna()].merge(holdings, on="person")
    found: dict[str, list[tuple[Any, ...]]] = {}
    for pair in pairs.itertuples():
        if (one := _conviction(pair, as_of)) is None:
            continue
        ban, served, effective, court = one
        if ban or court:
            began = pair.began_on if not pd.isna(pair.began_on) else None
            place = (bool(ban), pair.decided_on)
            mark = (place, ban, court, began and began > effective, served > as_of, pair.of_post)
            found.setdefault(f"{pair.person}|{pair.thing}", []).append(mark)
    clues = {}
    for key, marks in found.items():
        ban, post = max(marks, key=lambda m: m[0])[1], marks[0][5]
        states = {
            "barred": bool(ban) and not post,
            "barred_post": bool(ban) and post and ban != "minors",
            "child_contact": bool(ban) and post and ban == "minors",
            "court_ban": any(m[2] for m in marks),
            "granted_after": any(m[3] for m in marks),
            "serving": any(m[4] for m in marks),
        }
        clues[key] = frozenset(k for k, seen in states.items() if seen)
    return clues


def _conviction(pair: Any, as_of: dt.date) -> tuple[str | None, dt.date, dt.date, bool] | None:
    """The ban that a judgment brings on a holding, when the punishment ends, from when it holds, the court's own ban."""
    if pd.isna(pair.effective_on) and pd.isna(pair.decided_on):
        return None
    effective = pair.effective_on if not pd.isna(pair.effective_on) else pair.decided_on + dt.timedelta(days=10)
    penalty = pair.main_penalty or ""
    if effective > as_of or pair.sealed is True or "免予" in penalty:
        return None
    charge = "、".join(pair.charges) if pair.charges is not None and len(pair.charges) else pair.charge or ""
    wilful = pair.intentional if pair.intentional is not None else not re.search(m54.NEGLIGENT, charge)
    lifelong = bool(pair.life_or_death)
    prison = lifelong or bool(re.search(m54.IMPRISONED, penalty))
    prison = prison or (pair.months > 0 and not re.search("拘役|管制", penalty))
    probation = int(pair.probation_months) if pair.probation_months > 0 else 0
    served = (pd.Timestamp(effective) + pd.DateOffset(months=probation)).date()
    if not probation and not pd.isna(pair.term_end_on):
        served = pair.term_end_on
    served = dt.date(9000, 12, 31) if lifelong else served

    def applies(ban: practice_bans.Ban, rule: practice_bans.Rule) -> bool:
        words = ban.posts if pair.of_post else ban.licences
        concerned = any(word in pair.thing for word in words) or (ban.contact and pair.of_post and pair.contact)
        fits = not rule.charges or any(word in charge for word in rule.charges)
        grave = (wilful or not rule.intentional_only) and (prison or not rule.imprisonment_only)
        running = not rule.years or served + pd.DateOffset(years=rule.years) > pd.Timestamp(as_of)
        return bool(concerned and fits and grave and running)

    ban = next((ban.key for ban, rule in practice_bans.in_force(as_of) if applies(ban, rule)), None)
    court = pair.banned is True and served + pd.DateOffset(years=3) > pd.Timestamp(as_of)
    return ban, served, effective, bool(court)


TWINS: dict[str, Callable[[Path, dt.date], Clues]] = {
    "public_interest.pension_after_death": pension_after_death,
    "enforcement.idle_enforcement": idle_enforcement,
    "administrative.practice_ban": practice_ban,
}

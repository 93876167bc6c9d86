"""Whether a measure told in a header was for the case judged, or for an earlier sentence, a petty offence, drug use."""

from __future__ import annotations

import datetime as dt
import re

from jianwei.extract.crime.facts import Custody, Prior

PETTY = frozenset(("行政拘留", "司法拘留", "强制隔离戒毒", "劳动教养"))
_DRUGS = re.compile(r"吸毒|吸食|注射毒品|吸贩毒|毒瘾")
_NEAR = dt.timedelta(days=45)
"""Chosen: a detention so shortly before the first measure of a case is as a rule the same incident, so it is left open."""


def under_review(past: Prior, events: list[Custody]) -> bool:
    """Whether a sentence followed the custody of this case, and nobody was taken in after it."""
    days = [e.on.value for e in events if e.on and e.kind.value not in PETTY]
    return past.decided_on is not None and bool(days) and max(days) <= past.decided_on.value


def settle(events: list[Custody], priors: list[Prior], whys: list[str | None]) -> None:
    """Say of each measure whether it was for this case, and keep an approval apart from the arrest."""
    if not events:
        return
    arrested = "逮捕" in [event.kind.value for event in events]
    past = max([p.decided_on.value for p in priors if p.decided_on], default=None)
    first = next(
        (e.on.value for e in events if e.on and e.kind.value not in PETTY and not (past and e.on.value <= past)), None
    )
    for event, why in zip(events, whys, strict=True):
        if event.kind.value == "批准逮捕" and not arrested and why is not None:
            event.kind = event.kind.as_value("逮捕")
        on = event.on.value if event.on else None
        if event.same_act is None:
            event.same_act = _same(event.kind.value, on, why, past, first)


def _same(kind: str, on: dt.date | None, why: str | None, past: dt.date | None, first: dt.date | None) -> bool | None:
    if kind in ("强制隔离戒毒", "劳动教养"):
        return False
    if why and "本案" in why:
        return True
    if on and past and on <= past:
        return False
    if kind not in PETTY:
        return True
    if why and _DRUGS.search(why):
        return False
    if why and "涉嫌" in why:
        return True
    if on and first and on >= first - _NEAR:
        return None
    return False

"""精神病鉴定的终结，只在鉴定尚未终结时。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import Guard, State

APPRAISAL = "精神病鉴定"
"""The reason for which the time of an appraisal is left out."""


def _none_lasts(state: State, facts: Any, on: dt.date) -> bool:
    pauses = (pause for run in state.runs.values() for pause in run.pauses)
    lasting = any(ended is None and reason == APPRAISAL for _, ended, reason in pauses)
    return not lasting and state.counts.get("appraised", 0) >= state.counts.get("appraise", 0)


WHILE_IT_LASTS = Guard("所委托的精神病鉴定均已终结", None, _none_lasts)
"""Forbidden once every appraisal that was commissioned has ended; one that stopped no clock is told by its number."""

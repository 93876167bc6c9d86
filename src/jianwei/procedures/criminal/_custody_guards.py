"""侦查羁押期限延长、重新计算的条件。"""

from __future__ import annotations

import datetime as dt
from typing import Any

from jianwei.procedures import Cite, Clock, Guard, State
from jianwei.procedures.criminal._arrest_decision import CPL, RULES

LEVELS = {"first": "延长一个月", "second": "延长二个月", "third": "再延长二个月"}


def was_asked(level: str, *clocks: Clock) -> Guard:
    """Forbidden unless this very extension was asked for, for everybody named (nobody named: for anybody)."""

    def forbids(state: State, facts: Any, on: dt.date) -> bool:
        runs = {person: run for clock in clocks for person, run in state.running(clock).items()}
        asked = {person for person, run in runs.items() if level in run.asked}
        listed = [person for person in facts.get("suspects") or () if person in runs]
        return any(person not in asked for person in listed) if listed else bool(runs) and not asked

    return Guard(f"没有提请“{LEVELS[level]}”，不能批准", Cite(RULES, "第三百一十条"), forbids)


def found_in_custody(held: Clock) -> Guard:
    """Forbidden where the other crime was found before the arrest whose time it would count anew."""

    def forbids(state: State, facts: Any, on: dt.date) -> bool:
        found = facts.get("found_on")
        runs = (state.runs.get((held.name, person)) for person in facts.get("suspects") or ())
        arrested = [_day(run.start) for run in runs if run is not None and run.start is not None]
        return found is not None and any(found < day for day in arrested)

    return Guard(
        "发现之日早于执行逮捕之日，不是在侦查羁押期间发现的另有重要罪行",
        Cite(CPL, "第一百六十条第一款"),
        forbids,
        of_facts=True,
        fact="found_on",
    )


def _day(on: dt.date) -> dt.date:
    return on.date() if isinstance(on, dt.datetime) else on

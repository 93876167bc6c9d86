"""Matters worked out by hand, ``hand_made_matters.yaml``: every clock comes out as expected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from jianwei.procedures import ClockStanding, casefile, standing

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("hand_made_matters.yaml").read_text("utf-8"))


def last(clock: ClockStanding) -> Any:
    return clock.due and (clock.due.at or clock.due.on)


def read(day: str | None) -> Any:
    return casefile.moment_or_day(day) if day else None


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_hand_made_matter(case: dict[str, Any]) -> None:
    wanted = case["expect"]
    found = casefile.read({"procedure": case["procedure"], "acts": case["acts"]})
    assert not found.unreadable
    as_of = read(wanted.get("as_of")) or max(act.day for act in found.acts)
    stands = standing(found.procedure, found.acts, as_of)
    clocks = {clock.clock: clock for clock in stands.clocks}
    for name, day in wanted.get("due", {}).items():
        assert last(clocks[name]) == read(day), clocks[name].says
    for name, state in wanted.get("state", {}).items():
        assert clocks[name].state.value == state, name
    for name, (day, state) in wanted.get("past", {}).items():
        [run] = [clock for clock in (*stands.clocks, *stands.past) if clock.clock == name]
        assert (last(run), run.state.value) == (read(day), state)
    says = " ".join(f"{refused.says}{refused.cite or ''}" for refused in stands.refused)
    assert bool(says) == ("refused" in wanted), says
    assert wanted.get("refused", "") in says
    first = clocks.get(wanted.get("at") or next(iter(wanted.get("due", {})), ""))
    if "other" in wanted:
        assert first and first.due and first.due.other and first.due.other.on == read(wanted["other"])
    if "firm" in wanted:
        assert first and first.due and first.due.firm is wanted["firm"]
    assert wanted.get("missing", None) in {None, *(missing.fact for missing in stands.missing)}


def test_there_are_enough_of_them() -> None:
    assert len({case["case"] for case in CASES}) >= 65

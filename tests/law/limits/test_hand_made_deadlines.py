"""Deadlines worked out by hand, ``hand_made_deadlines.yaml``: every one comes out as expected."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from jianwei.errors import JianweiError
from jianwei.law import limits
from jianwei.law.limits import Due, Pause

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("hand_made_deadlines.yaml").read_text("utf-8"))
EXPECTED = ("due", "other", "opens", "firm", "notice", "refused", "case", "why")


def worked_out(step: dict[str, Any]) -> Due:
    facts = {name: value for name, value in step.items() if name not in EXPECTED}
    start, limit = moment(facts.pop("start")), limits.limit(facts.pop("limit"))
    facts["extended"] = tuple(facts.get("extended", ()))
    facts["pauses"] = tuple(Pause(**pause) for pause in facts.get("pauses", ()))
    facts["granted"] = limits.period(facts["granted"]) if "granted" in facts else None
    facts["shorter"] = {key: limits.period(length) for key, length in facts.get("shorter", {}).items()}
    return limit.due(start, **facts)


def moment(value: object) -> Any:
    """YAML reads 2026-03-01 09:30 without seconds as text."""
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else value


def last(due: Due | None) -> dt.date | None:
    return (due.at or due.on) if due else None


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_hand_made_deadline(case: dict[str, Any]) -> None:
    assert case["why"]
    for step in case.get("steps", [case]):
        if "refused" in step:
            with pytest.raises(JianweiError, match=step["refused"]):
                worked_out(step)
            continue
        found = worked_out(step)
        assert last(found) == moment(step["due"]), found.reasoning
        assert last(found.other) == moment(step.get("other"))
        assert found.opens == step.get("opens")
        assert found.firm is step.get("firm", True)
        assert "notice" not in step or any(step["notice"] in notice for notice in found.notices)
        assert found.reasoning.endswith(found.steps[-1].says)
        assert "依据《" in found.reasoning


def test_there_are_enough_of_them() -> None:
    assert sum(len(case.get("steps", [case])) for case in CASES) >= 50
    assert len({case["case"] for case in CASES}) == len(CASES)


def test_nobody_is_said_to_be_in_custody_of_whom_it_is_not_known() -> None:
    review = limits.limit("criminal/prosecution_review")
    unknown = review.due(dt.date(2025, 1, 15), custody=None)
    assert "未说明在押" in unknown.reasoning
    assert "在押，不因节假日延长" not in unknown.reasoning
    assert "在押，不因节假日延长" in review.due(dt.date(2025, 1, 15), custody=True).reasoning

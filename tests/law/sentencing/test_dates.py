"""The printed dates of a term against the header: every lesson is a row of cases.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from jianwei.law.sentencing.custody import Event
from jianwei.law.sentencing.dates import check, expected_ends
from jianwei.law.sentencing.printed import Term
from jianwei.law.sentencing.term import Sentence

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))


def term(case: dict[str, Any]) -> Term:
    start, end = case["term"]
    return Term(
        sentence=Sentence(*case["sentence"]),
        start_on=start,
        end_on=end,
        decided_on=case.get("decided"),
        crime_on=case.get("crime"),
        events=tuple(Event(*event) for event in case["events"]),
        stated_days=case.get("stated"),
        merged=case.get("merged", False),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_printed_term_is_judged_as_a_person_would(case: dict[str, Any]) -> None:
    found = check(term(case))
    verdict = str(max((f.verdict for f in found), default="无异常"))
    assert (verdict, [f.code for f in found]) == (case["expect"], [case["code"]] if "code" in case else [])


@pytest.mark.parametrize("case", [c for c in CASES if c["expect"] == "矛盾"], ids=lambda case: case["name"])
def test_a_contradiction_states_the_printed_dates_and_a_cite(case: dict[str, Any]) -> None:
    (found,) = check(term(case))
    assert str(case["term"][1].year) in found.reason
    assert found.cite


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["expect"] == "无异常" and not c.get("merged")], ids=lambda c: c["name"]
)
def test_what_is_silent_is_in_the_set_of_lawful_ends(case: dict[str, Any]) -> None:
    assert case["term"][1] in expected_ends(term(case))

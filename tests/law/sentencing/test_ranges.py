"""Punishments against the ranges of the law: the edge inside and the edge outside of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from jianwei.law.sentencing.ranges import Item, Punishment, check

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("ranges.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_punishment_is_inside_or_outside_its_range(case: dict[str, Any]) -> None:
    found = list(check(Punishment(**case["p"], items=tuple(Item(**item) for item in case["items"]))))
    assert {f.code: str(f.verdict) for f in found} == case["expect"]
    assert all(f.cite and f.reason.endswith("。") for f in found)

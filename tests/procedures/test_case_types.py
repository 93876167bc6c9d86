"""The code table of case types: every procedure has its own, and every type has a procedure that works it."""

from __future__ import annotations

import pytest

from jianwei.law import case_types
from jianwei.law.source import source
from jianwei.procedures.shelf import procedures


def test_names_are_unique_and_the_source_is_told() -> None:
    assert len(case_types.by_name()) == len(case_types.all_types())
    assert "未核对原文" in source("case_types").note


@pytest.mark.parametrize("one", case_types.all_types(), ids=lambda one: one.name)
def test_every_type_has_a_procedure(one: case_types.CaseType) -> None:
    assert one.procedure in procedures()


@pytest.mark.parametrize("key", procedures())
def test_every_procedure_is_registered_under_a_type_of_its_own(key: str) -> None:
    assert procedures()[key].case_type in {one.name for one in case_types.of_procedure(key)}

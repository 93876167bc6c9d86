"""The words of made-up matters read like a case file: for every fact of every procedure, and none says that it is one."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest

from jianwei.desk.matters import inventing
from jianwei.desk.matters.walk import invented
from jianwei.procedures import Fact, FactKind
from jianwei.procedures.shelf import procedures

TEXTS = {
    (fact.label, fact.kind): fact
    for procedure in procedures().values()
    for kind in procedure.acts.values()
    for fact in kind.facts
    if fact.kind in (FactKind.TEXT, FactKind.LONG_TEXT)
}


@pytest.mark.parametrize("fact", TEXTS.values(), ids=lambda fact: f"{fact.kind.name} {fact.label}")
def test_a_text_is_a_sentence_or_a_name_of_its_own(fact: Fact) -> None:
    for seed in range(8):
        said = str(invented(fact, dt.date(2026, 9, 1), Random(seed), ("虞见山", "郎知秋"), "温州市龙湾区"))
        assert said and "演示" not in said and "{" not in said
        assert fact.kind is FactKind.TEXT or (said.endswith("。") and len(said) > 14)
        assert not (fact.kind is FactKind.TEXT and said.endswith("。"))
        assert "号" in said or not fact.label.endswith(("案号", "文号"))


@pytest.mark.parametrize(
    ("place", "expected"), [("温州市龙湾区", "温龙"), ("甲县", "甲"), ("浙江省", "浙"), ("本院", "本院")]
)
def test_a_place_is_shortened_as_numbers_have_it(place: str, expected: str) -> None:
    assert inventing.short(place) == expected

"""Every number of the law of sentences is dated, cited, and there is exactly one of it on every day."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.law import charges
from jianwei.law.dated import Dated
from jianwei.law.sentencing.recidivism import special_class
from jianwei.law.sentencing.rules import FILES, Rule, either, ratio_fined, rule, rules
from jianwei.law.source import load_yaml, source

ALL = [(file, name, dated) for file in FILES for name, dated in rules(file).items()]


@pytest.mark.parametrize(("file", "name", "dated"), ALL, ids=lambda x: x if isinstance(x, str) else "")
def test_from_its_first_day_on_every_day_has_exactly_one_version(file: str, name: str, dated: Dated[Rule]) -> None:
    first = dated.versions[0].from_on
    day = first
    while day < dt.date(2030, 1, 1):
        holding = [v for v in dated.versions if v.from_on <= day and (v.to_on is None or day <= v.to_on)]
        newest = max(holding, key=lambda v: v.from_on)
        assert rule(file, name, day) == newest.value
        day += dt.timedelta(days=97)
    for version in dated.versions:
        assert rule(file, name, version.from_on) == version.value
    assert rule(file, name, first - dt.timedelta(days=1)) is None


@pytest.mark.parametrize(("file", "name", "dated"), ALL, ids=lambda x: x if isinstance(x, str) else "")
def test_every_version_is_cited(file: str, name: str, dated: Dated[Rule]) -> None:
    assert all(version.value.cite for version in dated.versions)


def test_the_folder_says_where_its_numbers_come_from() -> None:
    assert source("sentencing").checked_on


def test_charges_named_in_the_rules_are_charges() -> None:
    members = load_yaml("sentencing/data", "special_classes.yaml").values()
    named = {*rules("compulsory_fine"), *ratio_fined(), *(name for m in members for name in m.get("charges", ()))}
    assert not {name for name in named if charges.find(name) is None}


def test_the_ceiling_of_25_years_came_with_the_eighth_amendment() -> None:
    before, after = rule("kinds", "有期徒刑", dt.date(2011, 4, 30)), rule("kinds", "有期徒刑", dt.date(2011, 5, 1))
    assert before is not None and before["combined_above"] is None
    assert after is not None and (after["above"], after["combined_above"]) == (420, 300)


def test_either_of_two_laws_may_govern_an_act_judged_later() -> None:
    assert len(either("kinds", "有期徒刑", dt.date(2010, 1, 1), dt.date(2012, 1, 1))) == 2
    assert len(either("kinds", "有期徒刑", dt.date(2012, 1, 1), dt.date(2013, 1, 1))) == 1


def test_special_classes_know_their_charges() -> None:
    assert special_class("组织、领导、参加黑社会性质组织罪") == "黑社会性质的组织犯罪"
    assert special_class("间谍罪") == "危害国家安全犯罪"
    assert special_class("盗窃罪") is None

"""The same name is the same string; what an organisation is."""

from __future__ import annotations

import pytest

from jianwei.records.names import former_names, is_organisation, normal_name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张 三", "张三"),
        ("张三（曾用名张小三）", "张三"),
        ("张三(又名：张小三、张老三)", "张三"),
        ("某某(宁波)有限公司", "某某（宁波）有限公司"),
        ("某某〔宁波〕有限公司", "某某（宁波）有限公司"),
        ("ＡＢＣ贸易有限公司", "ABC贸易有限公司"),
        ("阿不都•某某", "阿不都·某某"),
    ],
)
def test_a_name_has_one_form(written: str, name: str) -> None:
    assert normal_name(written) == name == normal_name(name)


def test_former_names_are_read_from_the_brackets() -> None:
    assert former_names("张三（曾用名张小三、张老三）") == ["张小三", "张老三"]
    assert former_names("某某（宁波）有限公司") == []


@pytest.mark.parametrize(
    "name",
    ["某某有限公司", "某某县人力资源和社会保障局", "某某塑料制品厂", "某某银行", "某某村民委员会", "某某律师事务所"],
)
def test_an_organisation_says_so_in_its_name(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize("name", ["张三", "王行", "李院", "欧阳建行", "阿不都·买买提厂", "赵钱处"])
def test_a_person_is_not_an_organisation_because_of_one_sign(name: str) -> None:
    assert not is_organisation(name)


def test_the_stated_kind_wins() -> None:
    assert not is_organisation("某某有限公司", "自然人")
    assert is_organisation("老王", "个体工商户")

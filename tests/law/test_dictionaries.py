"""Regions, courts, causes and charges are found as documents write them."""

from __future__ import annotations

import pytest

from jianwei.law import causes, charges, courts, regions
from jianwei.law.source import source


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("浙江省绍兴市越城区府山街道", "330602"),
        ("住绍兴市上虞区百官街道", "330604"),
        ("浙江省绍兴县柯桥街道", "330603"),
        ("江西省赣县", "360704"),
        ("北京市朝阳区建国路", "110105"),
        ("海南省文昌市", "469005"),
        ("广东省东莞市长安镇", "441900"),
        ("浙江省", "330000"),
    ],
)
def test_an_address_names_its_county(address: str, code: str) -> None:
    assert regions.lookup(address) == code


@pytest.mark.parametrize("address", ["朝阳区", "中国", "", "某街道1号"])
def test_an_ambiguous_or_empty_address_names_nothing(address: str) -> None:
    assert regions.lookup(address) is None


def test_every_region_but_a_province_lies_in_one() -> None:
    known = regions.all_regions()
    assert len(known) > 3300
    assert all(code[:2] + "0000" in known for code in known)


@pytest.mark.parametrize(
    ("name", "level", "region"),
    [
        ("浙江省绍兴市越城区人民法院", "基层", "330602"),
        ("绍兴市越城区人民法院", "基层", "330602"),
        ("上海市第二中级人民法院", "中级", "310000"),
        ("最高人民法院", "最高", "000000"),
        ("浙江省绍兴市 中级人民法院", "中级", "330600"),
    ],
)
def test_a_court_is_known_with_or_without_its_province(name: str, level: str, region: str) -> None:
    court = courts.find(name)
    assert court and (court.level, court.region) == (level, region)


def test_what_is_no_court_is_not_one() -> None:
    assert courts.find("绍兴某某纺织厂") is None


def test_every_court_has_a_level_a_region_and_a_superior() -> None:
    known = courts.all_courts().values()
    codes = {court.code for court in known}
    assert all(court.level in courts.LEVELS for court in known)
    assert all(court.region for court in known)
    assert all(court.parent in codes for court in known if court.level != "最高")


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("盗窃", "盗窃罪"),
        ("贩卖毒品罪", "走私、贩卖、运输、制造毒品罪"),
        ("容留卖淫罪", "引诱、容留、介绍卖淫罪"),
        ("买卖国家机关证件罪", "伪造、变造、买卖国家机关公文、证件、印章罪"),
    ],
)
def test_a_charge_is_found_also_as_part_of_a_selective_one(name: str, full: str) -> None:
    charge = charges.find(name)
    assert charge and charge.name == full


def test_fault_is_named_or_left_open() -> None:
    assert charges.by_name()["交通肇事罪"].intentional is False
    assert charges.by_name()["盗窃罪"].intentional is True
    assert charges.by_name()["污染环境罪"].intentional is None
    assert charges.find("不存在的罪") is None


def test_common_causes_are_known() -> None:
    known = causes.by_name()
    assert {"民间借贷纠纷", "机动车交通事故责任纠纷", "追索劳动报酬纠纷"} <= set(known)


@pytest.mark.parametrize("folder", ["regions", "courts", "causes", "charges", "calendar", "lpr", "citations"])
def test_every_folder_of_the_law_says_where_it_comes_from(folder: str) -> None:
    assert source(folder).source

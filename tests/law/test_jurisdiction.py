"""级别管辖上限：每省每日至多一个版本，读得到的引得出，读不到的不猜。"""

import datetime as dt
from itertools import pairwise

import pytest

from jianwei.law import jurisdiction

PROVINCES = [
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41"),
    *("42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "66"),
]


def test_versions_of_one_region_never_overlap():
    by_region: dict[str, list[jurisdiction.Cap]] = {}
    for cap in jurisdiction.versions():
        by_region.setdefault(cap.region, []).append(cap)
    for caps in by_region.values():
        for earlier, later in pairwise(caps):
            assert earlier.to_on < later.from_on, (earlier, later)


@pytest.mark.parametrize("province", PROVINCES)
def test_every_day_since_2015_has_exactly_one_version_in_every_province(province):
    caps = [c for c in jurisdiction.versions() if c.region == province and c.to_on >= dt.date(2015, 5, 1)]
    assert caps[0].from_on == dt.date(2015, 5, 1)
    assert caps[-1].to_on == jurisdiction.FOREVER
    for earlier, later in pairwise(caps):
        assert later.from_on - earlier.to_on == dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("region", "on", "both_local", "yuan"),
    [
        ("420114", dt.date(2010, 4, 12), True, 8_000_000),  # 检例第53号
        ("420114", dt.date(2010, 4, 12), False, 3_000_000),
        ("420114", dt.date(2015, 5, 1), True, 30_000_000),
        ("330602", dt.date(2021, 9, 30), True, 100_000_000),
        ("330602", dt.date(2021, 10, 1), True, 500_000_000),
        ("330602", dt.date(2021, 10, 1), False, 100_000_000),
        ("410102", dt.date(2020, 9, 30), True, 30_000_000),
        ("410102", dt.date(2020, 10, 1), True, 100_000_000),
    ],
)
def test_caps_known(region, on, both_local, yuan):
    assert jurisdiction.cap("基层", region, on, both_local) == yuan * 100


@pytest.mark.parametrize(
    ("level", "region", "on"),
    [
        ("基层", "620102", dt.date(2012, 1, 1)),  # 2008 年标准中甘肃一栏没有读到
        ("基层", "330602", dt.date(2007, 1, 1)),
        ("中级", "330602", dt.date(2022, 1, 1)),
        ("基层", "", dt.date(2022, 1, 1)),
    ],
)
def test_what_is_not_known_is_not_guessed(level, region, on):
    assert jurisdiction.cap(level, region, on, True) is None


def test_every_version_names_its_source():
    assert all("法发〔20" in cap.source for cap in jurisdiction.versions())

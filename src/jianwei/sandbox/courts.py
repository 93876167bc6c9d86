"""The courts, police and prosecuting offices of the sandbox province: real names of 浙江, since they are public facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

PROVINCE = "浙江省"
CITY_PREFIX = {
    "杭州市": "杭",
    "宁波市": "甬",
    "温州市": "温",
    "嘉兴市": "嘉",
    "湖州市": "湖",
    "绍兴市": "绍",
    "金华市": "金",
    "衢州市": "衢",
    "舟山市": "舟",
    "台州市": "台",
    "丽水市": "丽",
}


@dataclass(frozen=True, slots=True)
class Court:
    """A basic or intermediate court. ``code`` is what stands in a case number since 2016, ``old`` before."""

    name: str
    code: str
    old: str
    region: str
    city: str
    county: str
    upper: str
    province: str = PROVINCE

    @property
    def office(self) -> str:
        """The procuratorate beside the court."""
        return self.name.replace("人民法院", "人民检察院")

    @property
    def police(self) -> str:
        if self.county.endswith("区"):
            return f"{self.city}公安局{self.county.removesuffix('区')}区分局"
        return f"{self.county}公安局"

    @property
    def place(self) -> str:
        """浙江省绍兴市越城区: the address as far as the county."""
        return f"{self.province}{self.city}{self.county}"


@cache
def basic() -> tuple[Court, ...]:
    """The basic courts, in the order of their codes."""
    text = resources.files(__package__).joinpath("courts_of_zhejiang.tsv").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        if line.startswith("#") or not line:
            continue
        region, city, county, name, old = line.split("\t")
        found.append(Court(name, f"浙{region[2:]}", old, region, city, county, f"{PROVINCE}{city}中级人民法院"))
    return tuple(found)


@cache
def upper() -> dict[str, Court]:
    """The intermediate courts, by city."""
    regions = {court.city: court.region[:4] for court in basic()}
    return {
        city: Court(
            f"{PROVINCE}{city}中级人民法院",
            f"浙{code[2:]}",
            CITY_PREFIX[city],
            code + "00",
            city,
            "",
            f"{PROVINCE}高级人民法院",
        )
        for city, code in regions.items()
    }


@cache
def by_region() -> dict[str, Court]:
    return {court.region: court for court in basic()}

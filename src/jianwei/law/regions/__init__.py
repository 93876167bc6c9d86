"""Administrative regions (行政区划): codes, names, and finding the county in an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from jianwei.law.source import load_csv

PLAIN = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
_SUFFIX = re.compile(r"(?:壮族|回族|维吾尔)?(?:特别行政区|自治区|省|市)$")


@dataclass(frozen=True)
class Region:
    """One region: a six-digit code, a name, and its level (省级, 地级 or 县级)."""

    code: str
    name: str
    level: str


@cache
def all_regions() -> dict[str, Region]:
    """Every region by its code."""
    return {row["code"]: Region(**row) for row in load_csv("regions", "regions.csv")}


def name(code: str) -> str | None:
    """``330602`` → ``越城区``; None if the code is unknown."""
    region = all_regions().get(code)
    return region.name if region else None


def full_name(code: str) -> str:
    """``330602`` → ``浙江省绍兴市越城区``; unknown parts are left out."""
    parts = [name(code[:2] + "0000"), name(code[:4] + "00"), name(code)]
    seen: list[str] = []
    for part in parts:
        if part and part not in PLAIN and part not in seen:
            seen.append(part)
    return "".join(seen)


def province(code: str) -> str | None:
    """The name of the province that a region code begins with."""
    return name(code[:2] + "0000")


def short(province_name: str) -> str:
    """``浙江省`` → ``浙江``."""
    return _SUFFIX.sub("", province_name)


def is_province(text: str) -> bool:
    """Whether ``text`` is a province's full or short name."""
    return any(text == n for n, _ in _index()[0])


@cache
def _index() -> tuple[list[tuple[str, str]], dict[str, list[tuple[str, str]]], dict[str, list[tuple[str, str]]]]:
    provinces: list[tuple[str, str]] = []
    cities: dict[str, list[tuple[str, str]]] = {}
    counties: dict[str, list[tuple[str, str]]] = {}
    for region in all_regions().values():
        if region.name in PLAIN:
            continue
        if region.level == "省级":
            provinces += [(region.name, region.code), (short(region.name), region.code)]
        elif region.level == "地级":
            cities.setdefault(region.code[:2], []).append((region.name, region.code))
        else:
            counties.setdefault(region.code[:2], []).append((region.name, region.code))
    for row in load_csv("regions", "former.csv"):
        counties[row["code"][:2]].append((row["name"], row["now"]))
    for prefix, named in counties.items():
        present = {n for n, _ in named} | {n for n, _ in cities.get(prefix, ())}
        named += [(alias, code) for n, code in named for alias in _older(n) if alias not in present]
    for named in (*cities.values(), *counties.values()):
        named.sort(key=lambda pair: -len(pair[0]))
    provinces.sort(key=lambda pair: -len(pair[0]))
    return provinces, cities, counties


def _older(county: str) -> tuple[str, ...]:
    """What a county may have been called before it became a district or a city."""
    stem = county[:-1]
    if stem[-1] in "县市" and len(stem) > 1:
        return (stem,)
    return (stem + "县", stem + "市") if county[-1] in "区市" and len(stem) > 1 else ()


@cache
def _nationwide() -> dict[str, str | None]:
    """City and county names without their province; None where two places share the name."""
    _, cities, counties = _index()
    found: dict[str, str | None] = {}
    for pairs in (*cities.values(), *counties.values()):
        for region_name, code in pairs:
            found[region_name] = None if region_name in found and found[region_name] != code else code
    return found


@cache
def _nationwide_pattern() -> re.Pattern[str]:
    names = sorted((n for n, code in _nationwide().items() if code), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


@lru_cache(maxsize=200_000)
def lookup(address: str) -> str | None:
    """The most precise region code that ``address`` names (county, else city, else province), or None.

    An address without its province is understood when the place is unique in the country.
    """
    head = address[:40]
    provinces, cities, counties = _index()
    for province_name, code in provinces:
        at = head.find(province_name)
        if 0 <= at <= 4:
            return _within(head[at + len(province_name) :], code[:2], cities, counties) or code
    match = _nationwide_pattern().search(head)
    if not match:
        return None
    found = _nationwide()[match[0]]
    if found and found.endswith("00"):
        return _within(head[match.start() :], found[:2], cities, counties) or found
    return found


def _within(
    rest: str,
    prefix: str,
    cities: dict[str, list[tuple[str, str]]],
    counties: dict[str, list[tuple[str, str]]],
) -> str | None:
    city = next((code for city_name, code in cities.get(prefix, ()) if city_name in rest), None)
    best: tuple[int, int, str] | None = None
    for county_name, code in counties.get(prefix, ()):
        at = rest.find(county_name)
        if at < 0 or (city and code[:4] != city[:4] and code[2:4] != "90"):
            continue
        if best is None or (at, -len(county_name)) < best[:2]:
            best = (at, -len(county_name), code)
    return best[2] if best else city

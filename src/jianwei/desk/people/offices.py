"""Procuratorates on four levels, made from the codes of administrative regions."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from jianwei.desk.people.models import Office
from jianwei.law import regions

SUPREME_CODE = "100000"
SUPREME_NAME = "最高人民检察院"


@transaction.atomic
def ensure(codes: Iterable[str]) -> dict[str, int]:
    """Make the offices of these regions and those above them. Returns the id of every office by its code.

    Runs as part of set-up and of loading a run; changes nothing when the offices are there.
    """
    have = {office.code: office for office in Office.objects.all()}
    if SUPREME_CODE not in have:
        have[SUPREME_CODE] = Office.objects.create(
            code=SUPREME_CODE, name=SUPREME_NAME, level=Office.Level.SUPREME, path=f"{SUPREME_CODE}/"
        )
    for code in sorted(set(codes)):
        if len(code) == 6 and code.isdigit():
            for step in chain(code):
                if step not in have:
                    have[step] = _make(step, have)
    return {code: office.pk for code, office in have.items()}


def chain(code: str) -> list[str]:
    """``330602`` → its province, its city, itself. A county without a named city hangs on the province."""
    province, city = code[:2] + "0000", code[:4] + "00"
    steps = [province]
    if city != province and (code == city or _named_city(city)):
        steps.append(city)
    if code not in steps:
        steps.append(code)
    return steps


def within_province(code: str) -> list[str]:
    """Every region code of the province that ``code`` lies in, except the empty middle levels."""
    return [
        known
        for known, region in sorted(regions.all_regions().items())
        if known[:2] == code[:2]
        and (region.name not in regions.PLAIN or region.level == "县级" and region.name == "县")
    ]


def office_name(code: str) -> str:
    """``330602`` → ``绍兴市越城区人民检察院``; a code that no list knows keeps its number in the name."""
    if code.endswith("0000"):
        return f"{regions.province(code) or code + ' 地区'}人民检察院"
    full = regions.full_name(code) if regions.name(code) else ""
    province = regions.province(code) or ""
    short = full.removeprefix(province) or full
    return f"{short or code + ' 地区'}人民检察院"


def _named_city(city: str) -> bool:
    name = regions.name(city)
    return name is None or name not in regions.PLAIN


def _make(code: str, have: dict[str, Office]) -> Office:
    steps = chain(code)
    above = have[steps[steps.index(code) - 1]] if len(steps) > 1 else have[SUPREME_CODE]
    level = (
        Office.Level.PROVINCE
        if code.endswith("0000")
        else Office.Level.CITY
        if code.endswith("00")
        else Office.Level.COUNTY
    )
    return Office.objects.create(
        code=code, name=office_name(code), level=level, parent=above, path=f"{above.path}{code}/"
    )

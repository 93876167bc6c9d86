"""The first offices and accounts of a new install."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from jianwei.desk.people import actions, offices
from jianwei.desk.people.models import Office, User
from jianwei.desk.people.roles import Role, label

if TYPE_CHECKING:
    from jianwei.desk.setup import FirstStart


@transaction.atomic
def found(regions: list[str] | None) -> FirstStart | None:
    """Offices of the regions, and one account a role, unless there are accounts already."""
    from jianwei.desk.setup import FirstAccount, FirstStart

    if User.objects.exists():
        return None
    regions = lake_regions(Path(settings.JIANWEI_HOME) / "lake") if regions is None else regions
    codes = regions
    for province in sorted({code[:2] for code in codes}):
        codes = [*codes, *offices.within_province(province + "0000")]
    offices.ensure(codes)
    made = []
    for username, name, office, role in _first(codes, regions):
        password = actions.generated_password()
        user = actions.new_user(
            username=username, name=name, office=office, role=role, password=password, must_change=False
        )
        made.append(FirstAccount(user.username, password, name, label(role), office.name))
    return FirstStart(tuple(made))


def lake_regions(lake: Path) -> list[str]:
    """The region codes that occur in the court cases of a lake, most frequent first."""
    if not (lake / "tables" / "civ_case").is_dir():
        return []
    import duckdb

    files = str(lake / "tables" / "civ_case" / "*.parquet")
    found: list[Any] = duckdb.execute(
        "select region from read_parquet(?, union_by_name=true) where region is not null group by 1 order by count(*) desc",
        [files],
    ).fetchall()
    return [str(code) for (code,) in found]


def _first(codes: list[str], regions: list[str]) -> list[tuple[str, str, Office, Role]]:
    """The province that most of the data are of gets one account a role on cases; the other levels one each.

    The three administrators stand at the top: accounts and the trail of every office are theirs to look after.
    """
    made = Office.objects.exclude(code=offices.SUPREME_CODE)
    provinces = Counter(code[:2] for code in regions).most_common(1)
    supreme = Office.objects.get(code=offices.SUPREME_CODE)
    top = Office.objects.get(code=provinces[0][0] + "0000") if provinces else supreme
    first = [
        ("sysadmin", "系统管理员", supreme, Role.SYSTEM_ADMIN),
        ("secadmin", "安全管理员", supreme, Role.SECURITY_ADMIN),
        ("auditor", "审计管理员", supreme, Role.AUDIT_ADMIN),
        ("supreme", "最高检承办检察官", supreme, Role.PROSECUTOR),
        ("chief", "检察长", top, Role.CHIEF),
        ("head", "部门负责人", top, Role.HEAD),
        ("prosecutor", "承办检察官", top, Role.PROSECUTOR),
        ("assistant", "检察官助理", top, Role.ASSISTANT),
        ("casemanager", "案管人员", top, Role.CASE_MANAGER),
        ("analyst", "数据分析员", top, Role.ANALYST),
    ]
    common = [code for code in codes if not code.endswith("00")] or codes
    county = made.filter(code=common[0]).first() if common else None
    if county and county.level == Office.Level.COUNTY:
        first.append(("county", "区县承办检察官", county, Role.PROSECUTOR))
        if county.parent and county.parent.level == Office.Level.CITY:
            first.append(("city", "市院承办检察官", county.parent, Role.PROSECUTOR))
    return first

"""Figures of matters: how fast acts fold and standings stand, and how fast the pages of a hundred thousand matters come."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import TYPE_CHECKING

from django.db import connection
from django.test import Client

from jianwei.desk.matters.models import ActRow, Matter, MatterClock
from jianwei.desk.matters.planting import Seedling, plant
from jianwei.desk.matters.rebuild import rebuild
from jianwei.desk.matters.walk import walk
from jianwei.desk.people import offices
from jianwei.desk.people.models import Office, User
from jianwei.desk.people.roles import Role
from jianwei.desk.site.timing import HEAD, analysed, measured
from jianwei.procedures import Act, Procedure, fold, standing
from jianwei.procedures.shelf import procedures

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = dt.date(2026, 11, 20)
COUNTIES = ("330602", "330603", "330604", "330106", "330108", "330203", "330205", "330302", "330402", "330502")
WALKS, CHUNK = 2000, 5000
Walked = tuple[type[Procedure], tuple[Act, ...]]


def walks(count: int, seed: int = 1, most: int = 10) -> list[Walked]:
    """Lawful matters over all procedures, some of whose acts are remarks and parties as in real ones."""
    rng, shelf = Random(seed), list(procedures().values())
    made: list[Walked] = []
    while len(made) < count:
        procedure = rng.choice(shelf)
        begin = TODAY - dt.timedelta(days=rng.randrange(1, 60))
        acts = walk(procedure, rng, begin, TODAY, rng.randint(3, most))
        if acts:
            made.append((procedure, tuple(acts)))
    return made


def procedures_report(acts: int = 1_000_000, seed: int = 1) -> Iterator[str]:
    """Acts folded a second and standings a second on one core, over walks of all procedures."""
    made = walks(WALKS, seed)
    number = sum(len(one) for _, one in made)
    rounds = max(1, acts // number)
    began = time.process_time()
    for _ in range(rounds):
        for procedure, one in made:
            fold(procedure, one)
    seconds = time.process_time() - began
    yield f"折叠：{rounds * number} 次行为，{seconds:.2f} 秒（处理器时间，一核），每秒 {rounds * number / seconds:,.0f} 次"
    began = time.process_time()
    for procedure, one in made:
        standing(procedure, one, TODAY)
    seconds = time.process_time() - began
    yield f"现状：{len(made)} 个事项（{len(procedures())} 种程序），每秒 {len(made) / seconds:,.0f} 个"


def matters_report(count: int, say: Callable[[str], None], seed: int = 1) -> None:
    """Plant ``count`` matters in an empty desk, then measure its pages. Times are the desk's own, without the network."""
    handlers = planted(count, say, seed)
    open_ones = Matter.objects.filter(closed=False).count()
    say(
        f"{connection.vendor}：事项 {Matter.objects.count()}（在办 {open_ones}），"
        f"行为 {ActRow.objects.count()}，期限 {MatterClock.objects.count()}"
    )
    say(HEAD)
    for title, user, address in _pages(handlers):
        client = Client()
        client.force_login(user)
        say(f"{title}　{measured(client, address)}")
    began = time.perf_counter()
    report = rebuild(dt.datetime.combine(TODAY, dt.time(12), dt.UTC))
    seconds = time.perf_counter() - began
    say(f"重建：{report.seen} 个事项，改变 {report.changed} 个，{seconds:.0f} 秒，每秒 {report.seen / seconds:,.0f} 个")


def planted(count: int, say: Callable[[str], None], seed: int = 1) -> dict[str, User]:
    """The people of a desk that has ``count`` matters, planted now if it has none."""
    handlers = _people()
    if not Matter.objects.exists():
        began = time.perf_counter()
        _planted(count, handlers, Random(seed))
        say(f"植入 {count} 个事项：{time.perf_counter() - began:.0f} 秒")
    analysed()
    return handlers


def _people() -> dict[str, User]:
    """A handler in each county, one leader of the province and one of a county."""
    offices.ensure(COUNTIES)
    made = {}
    for code, role in (*((code, Role.PROSECUTOR) for code in COUNTIES), ("330000", Role.HEAD), ("330600", Role.HEAD)):
        office = Office.objects.get(code=code)
        name = f"bench.{code}.{role.value}"
        made[code] = User.objects.get_or_create(
            username=name, defaults={"name": f"测量{code}", "office": office, "role": role}
        )[0]
    return made


def _planted(count: int, handlers: dict[str, User], rng: Random) -> None:
    made = walks(WALKS)
    local: Sequence[User] = [handlers[code] for code in COUNTIES]
    at = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
    for start in range(0, count, CHUNK):
        seedlings = []
        for _ in range(min(CHUNK, count - start)):
            handler = rng.choice(local)
            procedure, acts = rng.choice(made)
            seedlings.append(Seedling(handler.office, handler, procedure, acts))
        plant(seedlings, at)


def _pages(handlers: dict[str, User]) -> Iterator[tuple[str, User, str]]:
    province, county = handlers["330000"], handlers[COUNTIES[0]]
    last = Matter.objects.filter(closed=False).order_by("-seq").first()
    yield "列表（全省，按届满）", province, "/matters/"
    yield "列表（全省，含办结）", province, "/matters/?closed=no&closed=yes"
    yield "列表（全省，第 500 页）", province, "/matters/?page=500"
    yield "列表（全省，已超期）", province, "/matters/?clock=overdue"
    yield "列表（全省，按受理）", province, "/matters/?sort=-opened"
    yield "列表（全省，按羁押届满）", province, "/matters/?sort=custody"
    yield "列表（全省，审查起诉的审查阶段）", province, "/matters/?procedure=criminal/prosecution_review&stage=审查"
    yield "列表（全省，查找当事人）", province, "/matters/?q=虞见山"
    yield "列表（区县院）", county, "/matters/"
    yield "列表（区县院，我承办）", county, "/matters/?mark=mine"
    for key in ("procedure", "stage", "handler", "office", "mark", "line", "closed"):
        yield f"筛选计数（全省，{key}）", province, f"/matters/filters/{key}/"
    if last:
        yield "事项页", province, f"/matters/{last.pk}/"
        yield "试算", province, f"/matters/{last.pk}/what-if/?kind=remark&on={TODAY.isoformat()}"

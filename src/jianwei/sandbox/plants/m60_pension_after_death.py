"""M60 死亡后领养老金, and the lawful payments that look alike."""

from __future__ import annotations

from collections.abc import Callable

from jianwei.records import PensionPayment
from jianwei.sandbox.chinese import add_months
from jianwei.sandbox.tables.pensions import KINDS, death, months, pay, pensioner
from jianwei.sandbox.world import World

MODEL = "public_interest.pension_after_death"


def plant(w: World, scale: float) -> None:
    for i in range(max(1, round(12 * scale))):
        _still_paid(w)
        for k in range(3):
            DECOYS[(w.shard + 3 * i + k) % len(DECOYS)](w)


def _amount(w: World, kind: str) -> int:
    return w.among(1800, 5200) if kind.startswith("企业") else w.among(220, 640)


def _still_paid(w: World) -> None:
    person, covered = pensioner(w), months(w)
    kind = w.pick((*KINDS, "高龄津贴", "低保金"))
    died = w.day(add_months(covered[0], -14), add_months(covered[-1], -4))
    stop = None if w.chance(0.6) else add_months(died.replace(day=1), w.among(4, 10))
    if stop is not None and stop <= add_months(covered[0], 2):
        stop = None
    death(w, person, died)
    pay(w, person, kind, _amount(w, kind), until=stop)
    w.truth(
        MODEL,
        "anomaly",
        "死亡后继续领取",
        person.name,
        [person.name, person.idno],
        f"{died}死亡，次月以后仍按月领取{kind}",
    )


def _decoy(w: World, variant: str, name: str, idno: str, why: str) -> None:
    w.truth(MODEL, "decoy", variant, name, [name, idno], why)


def _survivor(w: World) -> None:
    """What the survivors lawfully draw, kept under the dead person's number."""
    person, covered = pensioner(w), months(w)
    died = w.day(add_months(covered[0], -10), add_months(covered[-1], -5))
    death(w, person, died)
    if died >= covered[0]:
        pay(w, person, KINDS[0], w.among(1800, 5200), until=died.replace(day=1))
    pay(w, person, "遗属生活补助", w.among(600, 1200), since=add_months(died.replace(day=1), 1))
    _decoy(w, "遗属待遇", person.name, person.idno, "死亡后发放的是遗属生活补助，依法由遗属领取")


def _returned(w: World) -> None:
    person, covered = pensioner(w), months(w)
    died = w.day(covered[1], add_months(covered[-1], -6))
    back = w.day(add_months(covered[-1], -1), w.until)
    death(w, person, died)
    pay(
        w,
        person,
        KINDS[0],
        w.among(1800, 5200),
        until=add_months(died.replace(day=1), 4),
        returned=(add_months(died.replace(day=1), 0), back),
    )
    _decoy(w, "已全额退回", person.name, person.idno, "多发的款项已由家属全额退回")


def _wrong_flag(w: World) -> None:
    """The register of deaths carries a living person's number under somebody else's name."""
    living, covered = pensioner(w), months(w)
    dead = pensioner(w)
    death(w, living, w.day(covered[0], add_months(covered[-1], -5)), name=dead.name)
    kind = w.pick(KINDS)
    pay(w, living, kind, _amount(w, kind))
    _decoy(w, "死亡登记错误", living.name, living.idno, f"死亡登记姓名为{dead.name}，误录他人身份证号，领取人健在")


def _lag(w: World) -> None:
    person, covered = pensioner(w), months(w)
    died = w.day(covered[1], add_months(covered[-1], -3))
    kind = w.pick(KINDS)
    death(w, person, died)
    pay(w, person, kind, _amount(w, kind), until=add_months(died.replace(day=1), 1))
    _decoy(w, "次月停发", person.name, person.idno, "死亡次月发放一次后停发，属正常时滞")


def _namesake(w: World) -> None:
    dead, living, covered = pensioner(w), pensioner(w), months(w)
    living.name = dead.name
    died = w.day(add_months(covered[0], -10), add_months(covered[-1], -5))
    death(w, dead, died)
    kind = w.pick(KINDS)
    pay(w, living, kind, _amount(w, kind))
    _decoy(w, "同名异人", living.name, living.idno, "死者与领取人同名，身份证号不同")


def _funeral(w: World) -> None:
    person, covered = pensioner(w), months(w)
    died = w.day(covered[1], add_months(covered[-1], -5))
    kind = KINDS[0]
    death(w, person, died)
    pay(w, person, kind, _amount(w, kind), until=died.replace(day=1))
    month = add_months(died.replace(day=1), w.among(2, 3))
    rows = w.rows.setdefault(PensionPayment, [])
    rows.append(
        [
            person.name,
            person.idno,
            f"{month.year}{month.month:02d}",
            "38000",
            "丧葬补助金和抚恤金",
            person.region,
            person.place.removeprefix("浙江省") + "社会保险中心",
            "",
            "",
        ]
    )
    _decoy(w, "丧葬补助金", person.name, person.idno, "死亡后发放的是一次性丧葬补助金和抚恤金")


DECOYS: tuple[Callable[[World], None], ...] = (_survivor, _returned, _wrong_flag, _lag, _namesake, _funeral)

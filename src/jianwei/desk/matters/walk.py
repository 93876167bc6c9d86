"""Lawful walks: matters that nobody has, moved by acts that the kernel admits. For demonstration, measuring and tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from jianwei.desk.matters.asking import in_hours
from jianwei.desk.matters.inventing import words
from jianwei.procedures import COMMON, Act, ActKind, Fact, FactKind, Procedure, check, standing

SURNAMES = "虞闻郎容纪岑滕游鲁池詹卓柏苗屈项祝闵蓝麻"
GIVEN = (
    "见山",
    "知秋",
    "听雨",
    "怀远",
    "望舒",
    "问渠",
    "照临",
    "思齐",
    "行舟",
    "望岳",
    "守拙",
    "抱朴",
    "若谷",
    "清和",
    "映雪",
    "临风",
)
CHARGES = (
    "盗窃罪",
    "诈骗罪",
    "故意伤害罪",
    "危险驾驶罪",
    "开设赌场罪",
    "帮助信息网络犯罪活动罪",
    "掩饰、隐瞒犯罪所得罪",
    "寻衅滋事罪",
)
"""Charges of the criminal law; the people and what they did are invented."""
TRIES = 5
OPENING_TRIES = 60


def walk(
    procedure: type[Procedure], rng: Random, begin: dt.date, until: dt.date, most: int, place: str = "甲县"
) -> list[Act]:
    """Up to ``most`` acts from ``begin``, none after ``until``, each admitted by ``check`` after those before it."""
    people = tuple(dict.fromkeys(rng.choice(SURNAMES) + rng.choice(GIVEN) for _ in range(rng.choice((1, 1, 1, 2, 3)))))
    acts: list[Act] = []
    on = begin
    for kind in rng.sample(procedure.opening(), len(procedure.opening())):
        if made := _admitted(procedure, kind, acts, on, rng, people, place, tries=OPENING_TRIES):
            acts.append(made)
            break
    while acts and len(acts) < most:
        on += dt.timedelta(days=rng.choice((0, 1, 2, 3, 5, 8)))
        if on > until:
            break
        nexts = standing(procedure, acts, on).allowed
        if not nexts:
            break
        fresh = [kind for kind in nexts if kind.key not in {act.kind for act in acts}] or list(nexts)
        for kind in rng.sample(fresh, min(len(fresh), TRIES)):
            if made := _admitted(procedure, kind, acts, on, rng, people, place):
                acts.append(made)
                break
    return acts


def _admitted(
    procedure: type[Procedure],
    kind: ActKind,
    acts: list[Act],
    on: dt.date,
    rng: Random,
    people: tuple[str, ...],
    place: str,
    tries: int = 2,
) -> Act | None:
    """An act of the kind with invented facts that the law admits; None where several tries are refused."""
    moment = (
        dt.datetime.combine(on, dt.time(rng.randrange(8, 18), rng.choice((0, 15, 30, 45)))) if in_hours(kind) else on
    )
    for _ in range(tries):
        facts = dict(_facts(kind, on, rng, people, place))
        new = Act(kind.key, moment, facts, id=str(len(acts) + 1), version=procedure.version)
        if check(procedure, acts, new) is None:
            return new
    return None


def _facts(kind: ActKind, on: dt.date, rng: Random, people: tuple[str, ...], place: str) -> Iterator[tuple[str, Any]]:
    if kind.key in COMMON:
        return
    for fact in kind.facts:
        if fact.required or rng.random() < (0.9 if fact.name in kind.decisive else 0.4):
            yield fact.name, invented(fact, on, rng, people, place)


def invented(fact: Fact, on: dt.date, rng: Random, people: tuple[str, ...], place: str) -> Any:
    """A value of the fact's kind."""
    match fact.kind:
        case FactKind.DAY:
            return on
        case FactKind.MOMENT:
            return dt.datetime.combine(on, dt.time(9, 30))
        case FactKind.YES_NO:
            return rng.random() < 0.5
        case FactKind.NUMBER:
            low = fact.least or 0
            return rng.randint(low, min(fact.most if fact.most is not None else low + 6, low + 6))
        case FactKind.MONEY:
            return rng.randrange(1, 400) * 10_000_00
        case FactKind.CHOICE:
            return rng.choice(tuple(fact.choices))
        case FactKind.PERSON:
            return people[0]
        case FactKind.PEOPLE:
            return people
        case FactKind.LONG_TEXT:
            return words(fact.kind, fact.label, on.year, rng, people, place)
    return _named(fact, on, rng, people, place)


def _named(fact: Fact, on: dt.date, rng: Random, people: tuple[str, ...], place: str) -> str:
    """Charges, offices and persons by the end of the label; any other text from the stock of words."""
    label = fact.label
    if "罪" in label:
        return rng.choice(CHARGES)
    if "法院" in label and "号" not in label:
        return f"{place}人民法院"
    if "检察院" in label and "号" not in label:
        return f"{place}人民检察院"
    if "被检察" in label:
        return f"{place}看守所"
    if "被监督" in label:
        return f"{place}公安局"
    if any(word in label for word in ("机关", "单位", "对象", "部门")):
        return place + rng.choice(("自然资源局", "市场监督管理局", "生态环境局", "人力资源和社会保障局", "公安局"))
    if label.endswith(("人", "人员", "检察官", "律师", "领导")):
        return rng.choice(people)
    return words(fact.kind, label, on.year, rng, people, place)

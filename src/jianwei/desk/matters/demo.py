"""Some two hundred made-up matters, so that a new desk has something to look at. Everybody in them is invented."""

from __future__ import annotations

import datetime as dt
from random import Random

from django.db import transaction

from jianwei.desk.clues import actions as clue_actions
from jianwei.desk.clues import gist
from jianwei.desk.clues import queries as clues
from jianwei.desk.matters import actions, prefill
from jianwei.desk.matters.derive import derive
from jianwei.desk.matters.errors import Refused
from jianwei.desk.matters.models import Matter, Restriction
from jianwei.desk.matters.planting import Seedling, plant
from jianwei.desk.matters.walk import invented, walk
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office, User
from jianwei.desk.people.roles import Role
from jianwei.procedures import Line, Procedure
from jianwei.procedures.shelf import for_clues_of, procedures

DEPARTMENTS = {
    Line.CRIMINAL: "第一检察部", Line.ENFORCEMENT: "第二检察部", Line.CIVIL: "第三检察部", Line.ADMINISTRATIVE: "第四检察部",
    Line.PUBLIC_INTEREST: "第五检察部", Line.JUVENILE: "第六检察部", Line.PETITION: "第七检察部", Line.MANAGEMENT: "案件管理部",
    Line.CONDUCT: "检务督察部",
}  # fmt: skip
BUSIEST = "criminal/prosecution_review"
FROM_CLUES = 6
LATE, TRIES = 0.04, 12
"""The share of matters that may be overdue, and how often another walk is tried for the rest (chosen)."""


@transaction.atomic
def found(today: dt.date, at: dt.datetime, *, count: int = 200, seed: int = 1) -> int:
    """Make the matters, unless there are some already. Returns how many were made."""
    handlers = list(
        User.objects.filter(role__in=[Role.PROSECUTOR, Role.ASSISTANT], is_active=True).exclude(office__level=Office.Level.SUPREME)
        .select_related("office").order_by("username")
    )  # fmt: skip
    if Matter.objects.exists() or not handlers:
        return 0
    rng = Random(seed)
    shelf = list(procedures().values())
    busy = [one for one in shelf if one.key == BUSIEST] * (len(shelf) // 3)
    planted = plant([_one(rng.choice(shelf + busy), rng.choice(handlers), today, rng) for _ in range(count)], at)
    decider = next(
        (user for user in handlers if user.role == Role.PROSECUTOR and user.office.level == Office.Level.COUNTY),
        handlers[0],
    )
    who = Acting(decider, "127.0.0.1", at)
    audit.record(who, "载入演示事项", kind="事项", count=planted, seed=seed)
    return planted + _from_clues(who, today, rng)


def _one(procedure: type[Procedure], handler: User, today: dt.date, rng: Random) -> Seedling:
    """A matter begun within three months. An office keeps its days: few of the matters are overdue."""
    late = rng.random() < LATE
    for _ in range(TRIES):
        begin = today - dt.timedelta(days=rng.choice((1, 2, 4, 6, 9, 12, 18, 24, 28, 40, 60, 90)))
        acts = walk(procedure, rng, begin, today, rng.randint(1, 7), handler.office.name.removesuffix("人民检察院"))
        if late or derive(procedure, acts).matter["due_on"] >= today:
            break
    sealed = Restriction.JUVENILE if procedure.line is Line.JUVENILE else Restriction.NONE
    return Seedling(handler.office, handler, procedure, tuple(acts), DEPARTMENTS.get(procedure.line, ""), sealed)


def _from_clues(who: Acting, today: dt.date, rng: Random) -> int:
    """A few of the office's clues, each made a matter the way a person does it."""
    made = 0
    for clue in clues.visible(who).filter(status="new").order_by("-grade", "-score", "clue_id")[: FROM_CLUES * 3]:
        procedure = next(iter(for_clues_of(clue.model, clue.line)), None)
        if procedure is None or made == FROM_CLUES:
            continue
        kind = prefill.opening(procedure, clue)
        content = clues.content(who, clue.pk) or {}
        told = gist.of(content)
        typed = prefill.facts(kind, clue, content, told)
        people = ("虞见山",)
        for fact in kind.facts:
            if fact.required and fact.name not in typed:
                value = fact.store(invented(fact, today, rng, people, "甲县"))
                typed[fact.name] = "、".join(value) if isinstance(value, (tuple, list)) else str(value)
        intake = actions.Intake(
            title=prefill.title(clue), handler=who.user.username, clue=(clue.pk, clue.version),
            source=prefill.source(clue, content, told), parties=tuple(prefill.parties(told, typed)),
        )  # fmt: skip
        try:
            actions.open_matter(who, procedure.key, kind.key, typed, on=f"{today.isoformat()}", intake=intake)
        except (Refused, clue_actions.Refused):
            continue
        made += 1
    return made

"""The only way to read clues. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from jianwei.desk.clues.listing import PLAN, RUNS
from jianwei.desk.clues.models import Answer, Clue, ClueBody, Note, Run, Step
from jianwei.desk.clues.triage import Status
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.site.lists import Listing, Rows


def visible(who: Acting) -> QuerySet[Clue]:
    """The clues of the own office and those below; nothing for the three administrators."""
    if not who.sees_cases:
        return Clue.objects.none()
    if who.user.office.parent_id is None:
        return Clue.objects.all()
    return Clue.objects.filter(office__in=Office.objects.filter(path__startswith=who.path).order_by())


def unscoped() -> QuerySet[Clue]:
    """Every clue: for the search index, which shows nothing to anybody."""
    return Clue.objects.all()


def rows(who: Acting) -> Rows:
    """What a list of clues is made of."""
    return Rows(PLAN, who, visible(who).select_related("office", "assignee"))


def clue(who: Acting, clue_id: str) -> Clue | None:
    """One clue with everything that its page shows at once."""
    return (
        visible(who)
        .select_related("office", "body", "last_run", "first_run", "assignee__office", "merged_into")
        .filter(pk=clue_id)
        .first()
    )


def content(who: Acting, clue_id: str) -> dict[str, Any] | None:
    """What the run wrote about one clue."""
    found = ClueBody.objects.filter(clue__in=visible(who).filter(pk=clue_id)).values_list("content", flat=True).first()
    return found if isinstance(found, dict) else None


def neighbours(who: Acting, listing: Listing, clue_id: str, reach: int = 2000) -> tuple[int, int, str, str]:
    """Where a clue stands in a list: ``(place, total, previous id, next id)``; place 0 when it is not in it.

    Only the first ``reach`` are walked; further down a list is narrowed, not walked.
    """
    ids = list(rows(who).ordered(listing).values_list("pk", flat=True)[:reach])
    if clue_id not in ids:
        return 0, len(ids), "", ids[0] if ids else ""
    at = ids.index(clue_id)
    return at + 1, len(ids), ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""


def related(who: Acting, one: Clue, limit: int = 8) -> list[Clue]:
    """Other clues of the same matter or the same subject, in scope; the same matter first."""
    same = Q(subject_key=one.subject_key)
    if one.group:
        same |= Q(group=one.group)
    found = visible(who).filter(same).exclude(pk=one.pk)
    return list(found.select_related("office").order_by(F("group").desc(), "-grade", "-score")[:limit])


def similar(who: Acting, one: Clue, limit: int = 4) -> list[Clue]:
    """Clues of the same model in the same office, nearest in score."""
    near = visible(who).filter(model=one.model, office=one.office_id).exclude(pk=one.pk)
    if one.group:
        near = near.exclude(group=one.group)
    return list(near.order_by((F("score") - one.score) * (F("score") - one.score), "clue_id")[:limit])


_KEPT = (Status.PROPOSED, Status.OPENED, Status.DONE)


def decided_share(who: Acting, model: str, since: dt.datetime) -> tuple[int, int]:
    """Of the clues of a model decided since a moment: ``(成案 or 拟成案, decided)``."""
    sums = (
        visible(who)
        .filter(model=model, updated_at__gte=since, status__in=[*_KEPT, Status.REJECTED])
        .aggregate(kept=Count("pk", filter=Q(status__in=_KEPT)), decided=Count("pk"))
    )
    return sums["kept"], sums["decided"]


def steps(who: Acting, clue_id: str) -> list[Step]:
    return list(Step.objects.filter(clue__in=visible(who).filter(pk=clue_id)).select_related("by__office"))


def notes(who: Acting, clue_id: str) -> list[Note]:
    return list(Note.objects.filter(clue__in=visible(who).filter(pk=clue_id)).select_related("by__office"))


def answers(who: Acting, clue_id: str) -> dict[str, Answer]:
    found = Answer.objects.filter(clue__in=visible(who).filter(pk=clue_id)).select_related("by")
    return {answer.question: answer for answer in found}


def runs(who: Acting) -> Rows:
    """The runs. What a run is made of is no case data, but only people on cases see it."""
    return Rows(RUNS, who, Run.objects.all() if who.sees_cases else Run.objects.none())


def run(who: Acting, number: int) -> Run | None:
    return Run.objects.filter(pk=number).first() if who.sees_cases else None


def latest_run(who: Acting) -> Run | None:
    return Run.objects.first() if who.sees_cases else None


def model_counts(who: Acting) -> dict[str, dict[str, int]]:
    """For each model, how many clues in scope are in each state."""
    table: dict[str, dict[str, int]] = {}
    for model, status, number in visible(who).order_by().values_list("model", "status").annotate(n=Count("pk")):
        table.setdefault(model, {})[status] = number
    return table

"""The only way to read clues. Scope is part of the one query: what is out of scope is not found."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from jianwei.desk.clues.listing import FILTERS, MARKS, Listing
from jianwei.desk.clues.models import Answer, Clue, ClueBody, Note, Run, SavedView, Step
from jianwei.desk.clues.triage import Status
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office


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


def listed(who: Acting, listing: Listing) -> QuerySet[Clue]:
    """The clues that a list shows, in its order."""
    return narrowed(who, listing).select_related("office", "assignee").order_by(*listing.order())


def narrowed(who: Acting, listing: Listing, leaving_out: str = "") -> QuerySet[Clue]:
    """The clues that the filters let through; ``leaving_out`` one filter, to count what its other values would show."""
    found = visible(who)
    if listing.text:
        found = found.filter(_matches(listing.text))
    for key, values in listing.chosen.items():
        if values and key != leaving_out:
            found = found.filter(_filter(who, key, values))
    return found


def _matches(text: str) -> Q:
    wanted = Q()
    for word in text.split()[:8]:
        wanted &= (
            Q(subject__icontains=word) | Q(headline__icontains=word) | Q(title__icontains=word)
            | Q(clue_id__istartswith=word) | Q(subject_key__icontains=word) | Q(ref__iexact=word)
        )  # fmt: skip
    return wanted


def _filter(who: Acting, key: str, values: Iterable[str]) -> Q:
    if key == "office":
        below = Q()
        for code in values:
            below |= Q(office__path__contains=f"{code}/")
        return below
    if key == "mark":
        marks = Q()
        for mark in values:
            marks |= Q(assignee=who.user.pk) if mark == "mine" else Q(**{mark: True})
        return marks
    return Q(**{f"{key}__in": list(values)})


def counts(who: Acting, listing: Listing) -> tuple[int, dict[str, list[tuple[str, str, int]]]]:
    """How many clues the list has, and for each filter how many each value would show: ``(value, title, number)``.

    One pass over the clues for all filters that are not set; one more for each that is, since its other values are
    counted without it.
    """
    base = _tally(who, narrowed(who, listing))
    tallies = {key: _tally(who, narrowed(who, listing, leaving_out=key)) for key, on in listing.chosen.items() if on}
    names = dict(Office.objects.filter(path__startswith=who.path).values_list("code", "name"))
    found = {}
    for key in FILTERS:
        sums: Counter[tuple[str, str]] = Counter()
        for group, number in tallies.get(key, base):
            for value in _values(group, key):
                sums[value] += number
        found[key] = [(v, names.get(v, t) if key == "office" else t, n) for (v, t), n in sorted(sums.items())]
    return sum(number for _, number in base), found


_TALLIED = ("status", "grade", "line", "model", "title", "office__code", *(m for m in MARKS if m != "mine"))


def _tally(who: Acting, found: QuerySet[Clue]) -> list[tuple[dict[str, Any], int]]:
    """The clues by everything that a filter looks at, with their number."""
    mine = Q(assignee=who.user.pk)
    rows = found.order_by().values(*_TALLIED, mine=mine).annotate(n=Count("pk"))
    return [(row, row["n"]) for row in rows]


def _values(group: dict[str, Any], key: str) -> list[tuple[str, str]]:
    if key == "mark":
        return [(mark, "") for mark in MARKS if group[mark]]
    if key == "model":
        return [(group["model"], group["title"])]
    return [(str(group["office__code" if key == "office" else key]), "")]


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
    ids = list(narrowed(who, listing).order_by(*listing.order()).values_list("pk", flat=True)[:reach])
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


def saved_views(who: Acting) -> list[SavedView]:
    return list(SavedView.objects.filter(user=who.user.pk))


def runs(who: Acting, limit: int = 30) -> list[Run]:
    """The latest runs. What a run is made of is no case data, but only people on cases see it."""
    return list(Run.objects.all()[:limit]) if who.sees_cases else []


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

"""The page of what was found, its filters and files, and the form of conditions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import on_cases
from jianwei.desk.search import conditions, indexing, queries
from jianwei.desk.search.grams import wanted
from jianwei.desk.search.listing import PLAN, SORTS
from jianwei.desk.search.models import Kind
from jianwei.desk.site.lists import answer
from jianwei.procedures.shelf import procedures


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who, listing = on_cases(request), PLAN.read(request.GET)
    rows, chosen = queries.Found(who), listing.chosen["kind"]
    if listing.narrowed and not asked:
        indexing.catch_up(who.at)
    kinds = (
        [(k.label, rows.kinds(listing).get(k, 0), k in chosen, listing.query(kind=(k,))) for k in Kind]
        if not asked
        else []
    )
    shown: dict[str, Any] = {
        "kinds": kinds,
        "everything": (sum(number for _, number, _, _ in kinds), listing.query(kind=())),
        "sorts": [(title, listing.sort == value, listing.query(sort=value)) for value, title in SORTS.items()],
        "wrong": list(conditions.read(listing).wrong.values()),
        "wordless": bool(listing.text) and not wanted(listing.text),
        "searched": listing.text,
        "chooser": (),
    }
    return answer(request, rows, "search/results.html", asked, **shown)


@require_GET
def structured(request: HttpRequest) -> HttpResponse:
    """The form of conditions; the choices of acts and facts follow the procedure and the act chosen."""
    who, listing = on_cases(request), PLAN.read(request.GET)
    unit = next(iter(listing.chosen["unit"]), "")
    procedure = procedures().get(unit)
    shown = {
        "listing": listing,
        "days": listing.days,
        "unit": unit,
        "stage": next(iter(listing.chosen["stage"]), ""),
        "procedures": sorted(procedures().values(), key=lambda one: (one.line.value, one.title)),
        "stages": procedure.stages if procedure else (),
        "acts": [(key, kind.title) for key, kind in conditions.acts(listing).items()],
        "facts": [(fact.name, fact.label, fact.kind.value) for fact in conditions.facts(listing)],
        "wrong": conditions.read(listing).wrong,
        "today": matters.today(who),
    }
    return render(request, "search/conditions.html", shown)

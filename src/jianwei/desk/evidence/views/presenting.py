"""示证: the lists for hearings, one of them, and its full-screen view."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import presenting, queries
from jianwei.desk.evidence.errors import NotFound, Refused
from jianwei.desk.evidence.models import Presentation
from jianwei.desk.evidence.views import playing
from jianwei.desk.evidence.views.answers import status_of
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.lists import answer
from jianwei.desk.site.lists.files import attached

_NAME = re.compile(r"(?P<exhibit>\d{1,15})\.(?P<field>place|proves|holder)")


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    found = queries.presentation_rows(who)
    return answer(request, found, "evidence/presentations.html", asked, may_fix=queries.may_fix(who))


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    typed = {name: (request.POST or request.GET).get(name, "")[:200] for name in ("title", "matter", "hearing_on")}
    refused, wrong, status = "", {}, 200
    if request.method == "POST":
        try:
            made = presenting.begin(
                who, title=typed["title"], number=typed["matter"], hearing_on=_day(typed["hearing_on"])
            )
            return redirect("evidence_presentation", made.pk)
        except DeskError as error:
            refused, status = str(error), status_of(error)
            wrong = dict(error.fields) if isinstance(error, Refused) else {}
    shown = {"typed": typed, "refused": refused, "wrong": wrong}
    return render(request, "evidence/presentation_new.html", shown, status=status)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise Refused("开庭日期写成 2026-11-22 的样子。", {"hearing_on": "写成 2026-11-22 的样子"}) from error


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, presentation_id: str) -> HttpResponse:
    who = on_cases(request)
    refused, status, typed = "", 200, _typed(request)
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        try:
            presenting.save(who, int(presentation_id), int(revision) if revision.isdecimal() else 0, typed)
            messages.info(request, "清单已保存。")
            return redirect("evidence_presentation", presentation_id)
        except NotFound as error:
            raise Http404 from error
        except DeskError as error:
            refused, status = str(error), status_of(error)
    found = _found(who, presentation_id)
    audit.record(who, "查看示证清单", kind="示证清单", object_id=presentation_id)
    exhibits = presenting.exhibits(who, found)
    for exhibit in exhibits:
        for name, value in typed.get(exhibit.pk, {}).items():
            setattr(exhibit, name, value)
    candidates = [] if found.matter is None else list(
        queries.of_matter(who, found.matter.pk).exclude(pk__in=[x.material_id for x in exhibits]).exclude(sha256="")[:100]
    )  # fmt: skip
    shown = {
        "presentation": found, "exhibits": exhibits, "candidates": candidates, "writes": queries.presents(who, found), "refused": refused,
        "hidden": found.exhibits.count() - len(exhibits),
    }  # fmt: skip
    return render(request, "evidence/presentation.html", shown, status=status)


def _typed(request: HttpRequest) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        if match := _NAME.fullmatch(name):
            found.setdefault(int(match["exhibit"]), {})[match["field"]] = str(value)
    return found


@require_POST
def add(request: HttpRequest, presentation_id: str) -> HttpResponse:
    who, revision = on_cases(request), request.POST.get("revision", "")
    try:
        count = presenting.add(
            who,
            int(presentation_id),
            int(revision) if revision.isdecimal() else 0,
            request.POST.getlist("material")[:300],
        )
        messages.info(request, f"已列入 {count} 份。")
    except NotFound as error:
        raise Http404 from error
    except DeskError as error:
        messages.info(request, str(error))
    return redirect("evidence_presentation", presentation_id)


@require_GET
def download(request: HttpRequest, presentation_id: str, ending: str) -> HttpResponse:
    """The list as a table, for the court and the defence."""
    who = on_cases(request)
    found = _found(who, presentation_id)
    rows = presenting.lines(presenting.exhibits(who, found))
    audit.record(who, "导出示证清单", kind="示证清单", object_id=presentation_id, format=ending, rows=len(rows))
    return attached(f"exhibits-{presentation_id}", ending, "示证清单", presenting.HEADS, rows)


@require_GET
def show(request: HttpRequest, presentation_id: str, place: str) -> HttpResponse:
    """One exhibit in full screen, with keys to the next; that it was shown is recorded."""
    who = on_cases(request)
    found = _found(who, presentation_id)
    exhibits = presenting.exhibits(who, found)
    at = int(place)
    if not 1 <= at <= len(exhibits):
        raise Http404
    here = exhibits[at - 1]
    presenting.shown(who, found, here.material)
    shown: dict[str, Any] = {
        "presentation": found, "exhibit": here, "one": here.material, "place": at, "count": len(exhibits), "shape": playing.shape(here.material),
        "ticket": playing.ticket(who, here.material), "before": at - 1 if at > 1 else 0, "after": at + 1 if at < len(exhibits) else 0,
    }  # fmt: skip
    response = render(request, "evidence/show.html", shown)
    response.media_of_the_desk = True  # type: ignore[attr-defined]  # sound and film of the desk itself may play here
    return response


@require_GET
def content(request: HttpRequest, presentation_id: str, place: str) -> HttpResponse:
    """What an exhibit shows: pictures, sound and film, and nothing that a browser would run; only to who was shown its page."""
    who = on_cases(request)
    exhibits = presenting.exhibits(who, _found(who, presentation_id))
    at = int(place)
    if not 1 <= at <= len(exhibits):
        raise Http404
    return playing.content(request, who, exhibits[at - 1].material)


def _found(who: Acting, presentation_id: str) -> Presentation:
    found = queries.presentation(who, int(presentation_id))
    if found is None:
        raise Http404
    return found

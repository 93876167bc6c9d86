"""The list of materials, and those of one matter."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.evidence import ledger, queries, watching
from jianwei.desk.matters import queries as matters
from jianwei.desk.people import audit
from jianwei.desk.people.acting import on_cases
from jianwei.desk.site.lists import answer

OF_MATTER = 12
MOVING = 50


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    watching.bring_up_to_date(queries.moving(who)[:MOVING], who.at)
    return answer(
        request, queries.rows(who), "evidence/list.html", asked, may_fix=queries.may_fix(who), uploads=queries.uploads(who),
        has_log=ledger.has_log(who.user.office),
    )  # fmt: skip


@require_GET
def of_matter(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The materials of one matter, as a part of its page."""
    who = on_cases(request)
    matter = matters.matter(who, int(matter_id))
    if matter is None:
        raise Http404
    audit.record(who, "查看事项的存证", kind="事项", object_id=matter.number)
    found = queries.of_matter(who, matter.pk)
    materials = list(found[:OF_MATTER])
    watching.bring_up_to_date(materials, who.at)
    shown = {"matter": matter, "materials": materials, "count": found.count(), "writes": matters.writable(who, matter)}
    return render(request, "evidence/_of_matter.html", shown)

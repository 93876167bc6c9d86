"""The list of documents, and those of one matter."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.documents import actions, queries
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import on_cases
from jianwei.desk.site.lists import answer


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    return answer(request, queries.rows(who), "documents/list.html", asked, today=matters.today(who))


@require_GET
def of_matter(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The documents of one matter, as a part of its page."""
    who = on_cases(request)
    matter = matters.matter(who, int(matter_id))
    if matter is None:
        raise Http404
    actions.looked(who, "查看事项的文书", matter=matter.number)
    found = list(queries.of_matter(who, matter.pk)[:200])
    shown = {"matter": matter, "documents": found, "today": matters.today(who), "writes": matters.writable(who, matter)}
    return render(request, "documents/_of_matter.html", shown)

"""The list of recordings, those of one matter on its page, and beside the form of an act that asks for one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.evidence import watching
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.recordings import expected, queries
from jianwei.desk.site.lists import answer

OF_MATTER = 12


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    return answer(request, queries.rows(who), "recordings/list.html", asked, waiting=queries.waiting(who))


@require_GET
def of_matter(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The recordings of one matter as a part of its page, and which acts say that there should be one."""
    who = on_cases(request)
    matter = _matter(who, matter_id)
    book = matters.casebook_of(matter)
    missing = expected.missing(book, queries.held(who, matter.pk)) if book else []
    return render(request, "recordings/_of_matter.html", _shown(who, matter) | {"missing": missing})


@require_GET
def beside(request: HttpRequest, matter_id: str, kind: str) -> HttpResponse:
    """The same beside the form of an act; nothing where the act does not ask."""
    who = on_cases(request)
    matter = _matter(who, matter_id)
    if not expected.asks(matter.procedure, kind):
        return HttpResponse()
    return render(request, "recordings/_beside.html", _shown(who, matter))


def _matter(who: Acting, matter_id: str) -> Matter:
    matter = matters.matter(who, int(matter_id))
    if matter is None:
        raise Http404
    return matter


def _shown(who: Acting, matter: Matter) -> dict[str, object]:
    audit.record(who, "查看事项的录音录像", kind="事项", object_id=matter.number)
    found = queries.of_matter(who, matter.pk)
    newest = list(found[:OF_MATTER])
    watching.bring_up_to_date([one.material for one in newest], who.at)
    return {
        "matter": matter, "recordings": newest, "count": found.count(), "writes": matters.writable(who, matter),
        "sessions": queries.sessions(who, matter.pk),
    }  # fmt: skip

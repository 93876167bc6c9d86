"""What leaves: the original, a bundle, a certificate, all bundles of a case; each for a purpose."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import handling, packing, queries, verifying
from jianwei.desk.evidence.errors import NotFound
from jianwei.desk.evidence.handling import Taken
from jianwei.desk.evidence.views.answers import interface, status_of, streamed
from jianwei.desk.evidence.views.material import refused_page
from jianwei.desk.matters import queries as matters
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, on_cases

_WHAT: dict[str, Callable[[Acting, str, str], Taken]] = {
    "original": handling.original,
    "bundle": packing.bundle,
    "certificate": verifying.certificate,
}


@require_POST
def take(request: HttpRequest, material_id: str) -> HttpResponse:
    """The original, the bundle or the certificate of one material."""
    who, what = on_cases(request), _WHAT.get(request.POST.get("what", ""))
    if what is None:
        raise Http404
    try:
        taken = what(who, material_id, request.POST.get("purpose", ""))
    except NotFound as error:
        raise Http404 from error
    except DeskError as error:
        return refused_page(request, who, material_id, error, "take")
    return streamed(request, taken.pieces, taken.name, taken.media_type, taken.size)


@require_http_methods(["GET", "POST"])
def of_case(request: HttpRequest, matter_id: str) -> HttpResponse:
    """All bundles of a case in one ZIP; the purpose is asked for first."""
    who = on_cases(request)
    matter = matters.matter(who, int(matter_id))
    if matter is None:
        raise Http404
    refused, status = "", 200
    if request.method == "POST":
        try:
            taken = packing.case_file(who, matter.pk, request.POST.get("purpose", ""))
            return streamed(request, taken.pieces, taken.name, taken.media_type)
        except DeskError as error:
            refused, status = str(error), status_of(error)
    audit.record(who, "查看全案存证", kind="事项", object_id=matter.number)
    shown = {
        "matter": matter,
        "count": queries.of_matter(who, matter.pk).count(),
        "refused": refused,
        "purpose": request.POST.get("purpose", ""),
    }
    return render(request, "evidence/of_case.html", shown, status=status)


@interface
@require_GET
def proof(request: HttpRequest, material_id: str) -> HttpResponse:
    """``GET /api/evidence/<id>/proof``: the tlog-proof; 409 before an outside party has signed, unless ``?allow=fixed``."""
    who = on_cases(request)
    content = packing.proof(who, material_id, allow_fixed=request.GET.get("allow") == "fixed")
    audit.record(who, "取出存证证明", kind="存证材料", object_id=material_id)
    return HttpResponse(content, content_type="text/plain; charset=utf-8")


@interface
@require_GET
def bundle(request: HttpRequest, material_id: str) -> HttpResponse:
    """``GET /api/evidence/<id>/bundle?purpose=…``: the .evb, streamed."""
    who = on_cases(request)
    purpose, allow = request.GET.get("purpose", ""), request.GET.get("allow") == "fixed"
    taken = packing.bundle(who, material_id, purpose, allow_fixed=allow)
    return streamed(request, taken.pieces, taken.name, taken.media_type, taken.size)

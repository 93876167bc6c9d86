"""One contradiction: its cells, its law, its exceptions, and whether it is accepted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jianwei.cards.accepted import LEAST_OTHER_REASON
from jianwei.desk.cards import actions, queries
from jianwei.desk.cards.listing import FINDINGS
from jianwei.desk.cards.models import Finding
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.lists import Listing

UNVERIFIED = "（未核对原文）"
LISTED = "exception"
"""What the button for a lawful exception sends; any other word means a reason that the rule does not list."""


@require_GET
def page(request: HttpRequest, number: str, place: str) -> HttpResponse:
    who = on_cases(request)
    found = _found(who, number, place)
    actions.looked(who, "查看案卡冲突", int(number), finding=int(place))
    listing = FINDINGS.read(QueryDict(request.GET.get("list", "")[:2000]))
    return render(request, "cards/finding.html", _shown(who, found, listing))


@require_POST
def accept(request: HttpRequest, number: str, place: str) -> HttpResponse:
    """Accept the finding, as a lawful exception or for another reason; afterwards the next one of the list is shown."""
    who = on_cases(request)
    found = _found(who, number, place)
    listing = FINDINGS.read(QueryDict(request.POST.get("list", "")[:2000]))
    reason, listed = request.POST.get("reason", "")[:500], request.POST.get("as") == LISTED
    _, _, _, after = queries.neighbours(who, int(number), listing, int(place))
    try:
        actions.accept(who, int(number), int(place), reason, listed=listed)
    except actions.Refused as error:
        return render(
            request, "cards/finding.html", _shown(who, found, listing, refused=str(error), typed=reason), status=422
        )
    messages.info(request, "已接受。单元格改变后会重新列出。")
    return redirect(_address(number, after or int(place), listing))


@require_POST
def reopen(request: HttpRequest, number: str, place: str) -> HttpResponse:
    who = on_cases(request)
    listing = FINDINGS.read(QueryDict(request.POST.get("list", "")[:2000]))
    try:
        actions.reopen(who, int(number), int(place))
    except actions.NotFound as error:
        raise Http404 from error
    except actions.Refused as error:
        messages.info(request, str(error))
    return redirect(_address(number, int(place), listing))


def _found(who: Acting, number: str, place: str) -> Finding:
    found = queries.finding(who, int(number), int(place))
    if found is None:
        raise Http404
    return found


def _shown(who: Acting, found: Finding, listing: Listing, **more: Any) -> dict[str, Any]:
    position, total, before, after = queries.neighbours(who, found.check_run_id, listing, found.number)
    return {
        "found": found,
        "check": found.check_run,
        "least": LEAST_OTHER_REASON,
        "law": [(cite.removesuffix(UNVERIFIED), cite.endswith(UNVERIFIED)) for cite in found.content["basis"]],
        "position": position,
        "total": total,
        "before": before,
        "after": after,
        "list": listing.query(),
        **more,
    }


def _address(number: str, place: int, listing: Listing) -> str:
    back = QueryDict(mutable=True)
    if query := listing.query():
        back["list"] = query
    return reverse("cards_finding", args=[number, place]) + (f"?{back.urlencode()}" if back else "")

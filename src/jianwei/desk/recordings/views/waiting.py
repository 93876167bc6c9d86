"""待处理: files that could not be taken, recordings that belong to no matter yet, and those that differ from the device."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.people import audit
from jianwei.desk.people.acting import on_cases
from jianwei.desk.recordings import dropping, folder, queries

MOST = 100
"""Of each kind shown at once."""


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    audit.record(who, "查看待处理的录音录像", kind="录音录像")
    kinds = {"left": queries.left_lying(who), "loose": queries.loose(who), "unsettled": queries.unsettled(who)}
    shown = {name: list(found[:MOST]) for name, found in kinds.items()}
    counts = {f"{name}_count": found.count() for name, found in kinds.items()}
    own = queries.drops(who)
    told = {
        "coming": list(queries.arrivals(who).filter(problem="")[:MOST]),
        "folder": folder.root(own) if own else None,
        "rests": int(dropping.RESTS.total_seconds()),
        "nothing": not any(shown.values()),
    }
    return render(request, "recordings/waiting.html", shown | counts | told)

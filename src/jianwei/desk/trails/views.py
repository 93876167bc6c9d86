"""The page of findings, the page of segments, and the button that asks for a check."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.people.acting import Acting, acting
from jianwei.desk.site.lists import answer
from jianwei.desk.trails import actions, queries


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = _watching(request)
    return answer(
        request,
        queries.finding_rows(who),
        "trails/findings.html",
        asked,
        sums=queries.sums(who),
        last=queries.last_check(),
        asked_check=queries.asked_check(),
    )


@require_GET
def segments(request: HttpRequest, **asked: str) -> HttpResponse:
    return answer(request, queries.segment_rows(_watching(request)), "trails/segments.html", asked)


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    actions.ask(_watching(request))
    messages.info(request, "已安排检查，后台在下一轮完成，结果显示在本页。")
    return redirect("seals")


def _watching(request: HttpRequest) -> Acting:
    who = acting(request)
    if not queries.watches(who):
        raise Http404
    return who

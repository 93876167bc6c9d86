"""The list of clues, and acts on several clues at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.clues import actions, queries
from jianwei.desk.clues.listing import PLAN
from jianwei.desk.clues.triage import VERBS, Reason
from jianwei.desk.people.acting import on_cases
from jianwei.desk.site.lists import answer


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    return answer(
        request,
        queries.rows(who),
        "clues/list.html",
        asked,
        many=reverse("many"),
        reasons=Reason.choices,
        may_keep=who.role in VERBS["keep"].roles,
        may_reject=who.role in VERBS["reject"].roles,
        run=queries.latest_run(who),
    )


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """保留 or 不成案 for the selected clues."""
    who = on_cases(request)
    verb = request.POST.get("verb", "")
    chosen = {}
    for item in request.POST.getlist("chosen")[: PLAN.size]:
        clue_id, _, version = item.partition(":")
        if version.isdecimal() and len(version) < 10:
            chosen[clue_id] = int(version)
    if verb not in ("keep", "reject"):
        raise Http404
    try:
        done, left = actions.act_on_many(who, chosen, verb, reason=request.POST.get("reason", ""))
    except actions.NotFound as error:
        raise Http404 from error
    told = f"已对 {done} 条线索作“{VERBS[verb].name}”处理。" if done else "没有线索被处理。"
    messages.info(request, told + (f"{left} 条因已被他人处理、状态不符或未选原因而保持原样。" if left else ""))
    return redirect(f"{reverse('clues')}?{PLAN.read(QueryDict(request.POST.get('query', '')[:2000])).query()}")

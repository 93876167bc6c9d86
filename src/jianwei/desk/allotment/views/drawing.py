"""Matters that nobody handles, the pools of those chosen, the draw, and the record of draws."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.allotment import actions, drawing, queries
from jianwei.desk.allotment.listing import DRAWS, WAITING
from jianwei.desk.allotment.models import Draw
from jianwei.desk.allotment.pool import pool
from jianwei.desk.allotment.roles import ALLOTTERS, CHANGERS
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.lists import Rows, answer
from jianwei.procedures import COMMON

SEED_BYTES = 16
REASONS = tuple(fact.choices for fact in COMMON["reassign"].facts if fact.name == "reason")[0]


def allotting(request: HttpRequest) -> Acting:
    """The person behind the request, if they allot."""
    who = on_cases(request)
    if who.role not in ALLOTTERS:
        raise PermissionDenied("分案由案管、部门负责人或者检察长办理。")
    return who


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    """What nobody handles; with ``from`` what one person handles, to be given to others."""
    who = allotting(request)
    given = WAITING.read(request.GET).asked.get("from", "")
    leaver = queries.person(who, given)
    if given and leaver is None:
        raise Http404
    return answer(
        request,
        queries.Waiting(who, leaver),
        "allotment/index.html",
        asked,
        leaver=leaver,
        staff=queries.staff(who),
        may_change=who.role in CHANGERS,
        many=reverse("allotment_preview"),
        many_by="get",
    )


@require_GET
def preview(request: HttpRequest) -> HttpResponse:
    """The pools of the chosen matters: who may be drawn, who may not and why. No outcome."""
    who = allotting(request)
    found = _chosen(
        who, [int(one) for one in request.GET.getlist("m")[: WAITING.size] if one.isdecimal() and len(one) < 13]
    )
    actions.looked(who, "查看候选人", numbers=[matter.number for matter in found])
    return render(request, "allotment/preview.html", _pools(who, found))


def _chosen(who: Acting, ids: list[int]) -> list[Matter]:
    """These matters, or 404 when one of them is not there for that person."""
    found = queries.chosen(who, ids)
    if not found or len(found) != len(set(ids)):
        raise Http404
    return found


def _pools(who: Acting, found: list[Matter]) -> dict[str, Any]:
    candidates = queries.candidates(who)
    return {
        "lines": [(matter, pool(candidates, queries.case(matter))) for matter in found],
        "staff": candidates,
        "change": any(matter.handler_id for matter in found),
        "may_change": who.role in CHANGERS,
        "reasons": REASONS,
    }


@dataclass(frozen=True)
class Result:
    """What came of one matter: a draw, or why not; a conflict keeps what was asked for."""

    matter: Matter
    draw: Draw | None = None
    says: str = ""
    conflict: bool = False


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Draw, or name, for each of the matters: each is a transaction of its own. 409 when one of them was changed meanwhile."""
    who = allotting(request)
    asked = {}
    for item in request.POST.getlist("m")[: WAITING.size]:
        matter_id, _, seq = item.partition(":")
        if matter_id.isdecimal() and seq.isdecimal() and len(item) < 22:
            asked[int(matter_id)] = int(seq)
    found, seed = _chosen(who, list(asked)), secrets.token_hex(SEED_BYTES)
    results = [_given(request, who, matter, asked[matter.pk], seed) for matter in found]
    left = [one.matter for one in results if one.draw is None]
    shown = {"results": results, "left": left, "seed": seed, "done": len(results) - len(left)}
    return render(request, "allotment/results.html", shown, status=_status(results))


def _status(results: list[Result]) -> int:
    if any(one.conflict for one in results):
        return 409
    return 200 if any(one.draw for one in results) else 422


def _given(request: HttpRequest, who: Acting, matter: Matter, seq: int, seed: str) -> Result:
    username, why = (request.POST.get(f"{key}-{matter.pk}", "")[:400] for key in ("to", "why"))
    why = why or request.POST.get("why", "")[:400]
    reason = request.POST.get("reason", "") if matter.handler_id else ""
    if matter.handler_id and reason not in REASONS:
        return Result(matter, says="变更承办人须选择理由。")
    try:
        if username:
            return Result(matter, actions.name(who, matter.pk, seq, username, why, reason=reason))
        return Result(matter, actions.draw(who, matter.pk, seq, seed, reason=reason))
    except (actions.Conflict, actions.Refused, actions.NotFound, actions.RefusedAct) as error:
        actions.refused(who, "分案", matter.number, error)
        conflict = isinstance(error, actions.Conflict)
        return Result(
            matter,
            says="您打开本页之后，他人已在本事项录入新的行为，没有分案。" if conflict else str(error),
            conflict=conflict,
        )


@require_GET
def draws(request: HttpRequest, **asked: str) -> HttpResponse:
    """The record of draws."""
    who = allotting(request)
    return answer(request, Rows(DRAWS, who, queries.draws(who)), "allotment/draws.html", asked)


@require_GET
def one(request: HttpRequest, draw_id: str) -> HttpResponse:
    """One draw with its pool, and the draw done again from its seed."""
    who = allotting(request)
    found = get_object_or_404(queries.draws(who), pk=int(draw_id))
    names = [line["username"] for line in found.pool]
    proved = found.seed and drawing.again(names, found.seed, found.number, found.outcome, found.version)
    actions.looked(who, "复算分案", found.number, draw=found.pk)
    return render(
        request, "allotment/draw.html", {"draw": found, "proved": proved, "random": found.way == Draw.Way.RANDOM}
    )

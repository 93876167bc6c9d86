"""The register, the form of a draw, and a draw that proves itself."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.allotment.errors import NotFound, Refused
from jianwei.desk.allotment.roles import ALLOTTERS
from jianwei.desk.listeners import actions, queries
from jianwei.desk.listeners.listing import DRAWS, REGISTER
from jianwei.desk.listeners.models import Kind
from jianwei.desk.matters import actions as matters
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.lists import Rows, answer

MOST_TICKED = 60
"""Names of a register offered to be ticked; of a longer one they are written (chosen: two screens)."""
WHYS = ("与案件有利害关系", "当事人申请回避", "不能参加")
"""The reasons of the act 补充抽选."""


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    return _register(request, on_cases(request), asked)


def _register(request: HttpRequest, who: Acting, asked: Mapping[str, str], **shown: Any) -> HttpResponse:
    leads = who.role in ALLOTTERS
    told: dict[str, Any] = {
        "leads": leads,
        "hearings": queries.hearings(who)[: REGISTER.size] if leads else (),
        "kinds": Kind.choices,
        "typed": {},
        "wrong": {},
    }
    rows = Rows(REGISTER, who, queries.register(who).select_related("by"))
    return answer(request, rows, "listeners/index.html", asked, **(told | shown))


@require_GET
def draws(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    return answer(request, Rows(DRAWS, who, queries.draws(who)), "listeners/draws.html", asked)


@require_POST
def enrol(request: HttpRequest) -> HttpResponse:
    who, typed = on_cases(request), {key: request.POST.get(key, "") for key in ("kind", "name", "trade")}
    try:
        actions.enrol(who, typed["kind"], typed["name"], typed["trade"])
    except Refused as error:
        return _register(request, who, {}, refused=str(error), typed=typed, wrong=error.fields, status=422)
    messages.info(request, f"{typed['name'].strip()}已入库。")
    return redirect("listeners")


@require_POST
def strike(request: HttpRequest, listener_id: str) -> HttpResponse:
    try:
        actions.strike(on_cases(request), int(listener_id))
    except (NotFound, Refused) as error:
        raise Http404 from error
    messages.info(request, "已出库。")
    return redirect("listeners")


@require_http_methods(["GET", "POST"])
def draw(request: HttpRequest, matter_id: str) -> HttpResponse:
    who = on_cases(request)
    matter = queries.hearing(who, int(matter_id))
    if matter is None or who.role not in ALLOTTERS:
        raise Http404
    asked = request.POST
    recused = [*asked.getlist("recused"), *re.split(r"[、，,\s]+", asked.get("recused_names", ""))]
    recused = list(dict.fromkeys(name for name in recused if name))[:200]
    shown = {
        "matter": matter,
        "first": matter.stage == queries.FIRST,
        "kinds": Kind.choices,
        "register": queries.register(who)[: MOST_TICKED + 1],
        "most": MOST_TICKED,
        "whys": WHYS,
        "typed": asked or {"count": 3},
        "recused": recused,
    }
    if request.method == "GET":
        return render(request, "listeners/draw.html", shown)
    number = asked.get("count", "")
    try:
        made = actions.draw(
            who, matter.pk, int(asked.get("seq", "0") if asked.get("seq", "").isdigit() else 0), asked.get("kind", ""),
            int(number) if re.fullmatch(r"\d{1,2}", number) else 0, tuple(recused), secrets.token_hex(16),
            why=asked.get("why", ""), witness=asked.get("witness", "")[:40],
        )  # fmt: skip
    except (Refused, matters.Refused) as error:
        return render(request, "listeners/draw.html", shown | {"refused": str(error)}, status=422)
    except matters.Conflict as error:
        return render(request, "listeners/draw.html", shown | {"refused": str(error)}, status=409)
    except (NotFound, matters.NotFound) as error:
        raise Http404 from error
    return redirect("listener_draw_made", made.pk)


@require_GET
def made(request: HttpRequest, draw_id: str) -> HttpResponse:
    who = on_cases(request)
    one = queries.draw(who, int(draw_id))
    if one is None:
        raise Http404
    audit.record(who, "查看听证员抽选", kind="事项", object_id=one.number)
    return render(request, "listeners/made.html", {"draw": one, "proved": queries.proved(one)})

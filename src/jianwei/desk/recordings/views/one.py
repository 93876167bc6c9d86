"""One recording: played in parts, with its marks, and what is to be said of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import watching
from jianwei.desk.evidence.errors import NotFound, Refused
from jianwei.desk.evidence.models import Stage
from jianwei.desk.evidence.views import playing
from jianwei.desk.evidence.views.answers import status_of
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.recordings import actions, queries
from jianwei.desk.recordings.listing import length
from jianwei.desk.recordings.models import Recording

_CLOCK = re.compile(r"(?:(\d{1,3})[:：])?(\d{1,4})[:：](\d{2})")


@require_GET
def page(request: HttpRequest, material_id: str) -> HttpResponse:
    who = on_cases(request)
    try:
        one = actions.seen(who, material_id)
    except NotFound as error:
        raise Http404 from error
    return _page(request, who, one)


def _page(request: HttpRequest, who: Acting, one: Recording, status: int = 200, **more: Any) -> HttpResponse:
    material = one.material
    shown = {
        "one": one, "material": material, "state": watching.state(material, who.at), "gone": material.stage == Stage.ERASED,
        "shape": playing.shape(material), "ticket": playing.ticket(who, material), "marks": queries.marks(one),
        "writable": queries.writable(who, one), "completed_by": queries.completed_by(who, one), "length": length(one.seconds),
    }  # fmt: skip
    response = render(request, "recordings/one.html", shown | more, status=status)
    response.media_of_the_desk = True  # type: ignore[attr-defined]  # sound and film of the desk itself may play here
    return response


@require_GET
def content(request: HttpRequest, material_id: str) -> HttpResponse:
    """The recording itself or a range of it, to who was shown its page."""
    who = on_cases(request)
    one = queries.recording(who, material_id)
    if one is None:
        raise Http404
    return playing.content(request, who, one.material)


@require_POST
def mark(request: HttpRequest, material_id: str) -> HttpResponse:
    said = request.POST
    return _done(
        request,
        material_id,
        lambda who: actions.mark(who, material_id, _second(said.get("at", "")), said.get("text", "")),
        "已标记。",
    )


@require_POST
def belong(request: HttpRequest, material_id: str) -> HttpResponse:
    said = request.POST
    return _done(
        request,
        material_id,
        lambda who: actions.belong(who, material_id, said.get("number", ""), said.get("why", "")),
        "已归入事项。存证日志里首次固定时的说法不变。",
    )


@require_POST
def settle(request: HttpRequest, material_id: str) -> HttpResponse:
    return _done(
        request,
        material_id,
        lambda who: actions.settle(who, material_id, request.POST.get("settled", "")),
        "已记录核对结果。",
    )


def _second(clock: str) -> int:
    """``12:31`` or ``1:02:05`` as seconds; -1, which no recording has, for anything else."""
    found = _CLOCK.fullmatch(clock.strip())
    if found is None or int(found[3]) > 59:
        return -1
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])


def _done(request: HttpRequest, material_id: str, act: Callable[[Acting], object], told: str) -> HttpResponse:
    who = on_cases(request)
    try:
        act(who)
    except NotFound as error:
        raise Http404 from error
    except DeskError as error:
        one = queries.recording(who, material_id)
        if one is None:
            raise Http404 from error
        wrong = error.fields if isinstance(error, Refused) else {}
        return _page(request, who, one, status_of(error), refused=str(error), wrong=wrong, typed=request.POST)
    messages.info(request, told)
    return redirect("recording", material_id)

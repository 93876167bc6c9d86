"""The page that records, and what it sends: the beginning, parts while it runs, the end."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.evidence import ledger
from jianwei.desk.evidence.errors import NotFound, Refused
from jianwei.desk.evidence.forms import problems
from jianwei.desk.evidence.views.answers import interface, part_sent
from jianwei.desk.matters import queries as matters
from jianwei.desk.people import audit
from jianwei.desk.people.acting import on_cases
from jianwei.desk.recordings import queries, running
from jianwei.desk.recordings.forms import BeginForm
from jianwei.desk.recordings.models import Recording, Session
from jianwei.desk.recordings.purposes import purposes

EVERY_SECONDS = 3
"""How often a part is sent (chosen: so much is lost at most when a machine loses its power)."""


@require_GET
def page(request: HttpRequest, matter_id: str) -> HttpResponse:
    who = on_cases(request)
    matter = matters.matter(who, int(matter_id))
    if matter is None or not matters.writable(who, matter):
        raise Http404
    audit.record(who, "打开录音录像", kind="事项", object_id=matter.number)
    form = BeginForm()
    typed = {"officers": who.user.name}
    skipped = ("device", "media_type")
    fields = [(name, field, typed.get(name, "")) for name, field in form.fields.items() if name not in skipped]
    shown = {
        "matter": matter, "fields": fields, "has_log": ledger.has_log(matter.office), "every": EVERY_SECONDS,
        "parties": matters.parties(matter)[:20], "purposes": purposes().values(),
    }  # fmt: skip
    response = render(request, "recordings/record.html", shown)
    response.media_of_the_desk = True  # type: ignore[attr-defined]  # the picture of the camera is shown here
    response.records_at_the_desk = True  # type: ignore[attr-defined]  # and nowhere else may a page ask for it
    return response


@interface
@require_POST
def begin(request: HttpRequest, matter_id: str) -> HttpResponse:
    """``POST /matters/<id>/recordings/begin/``: who, where and what for; the address that the parts go to."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise Refused("填写的内容有误。", problems(form))
    return JsonResponse(_of(request, running.begin(on_cases(request), int(matter_id), form)), status=201)


@interface
@require_http_methods(["GET", "PUT"])
def part(request: HttpRequest, session_id: str) -> HttpResponse:
    """How far a recording is; or one part of it, from ``?offset=``."""
    who = on_cases(request)
    if request.method == "GET":
        one = queries.session(who, session_id)
        if one is None:
            raise NotFound
        return JsonResponse(_of(request, one))
    return JsonResponse(_of(request, running.take(who, session_id, *part_sent(request), request)))


@interface
@require_POST
def finish(request: HttpRequest, session_id: str) -> HttpResponse:
    """It has stopped: 202 with how far it is while parts are missing, 201 with the recording in the log."""
    size, seconds = request.POST.get("size", ""), request.POST.get("seconds", "")
    if not size.isdecimal() or not seconds.isdecimal() or len(size + seconds) > 25:
        raise Refused("请给出总字节数 size 和时长 seconds。")
    done = running.finish(on_cases(request), session_id, int(size), int(seconds))
    if isinstance(done, Session):
        return JsonResponse(_of(request, done), status=202)
    return JsonResponse(_made(done), status=201)


def _of(request: HttpRequest, one: Session) -> dict[str, object]:
    """With a fresh token: who logs in again in another window has another one."""
    return {
        "id": one.pk, "received": one.received, "began": one.at.isoformat(), "broken": one.fixed > 0, "token": get_token(request),
        "url": reverse("record_part", args=[one.pk]), "finish": reverse("record_finish", args=[one.pk]),
    }  # fmt: skip


def _made(one: Recording) -> dict[str, object]:
    return {
        "id": one.pk, "sha256": one.material.sha256, "sm3": one.material.sm3, "size": one.material.size, "seconds": one.seconds,
        "url": one.get_absolute_url(),
    }  # fmt: skip

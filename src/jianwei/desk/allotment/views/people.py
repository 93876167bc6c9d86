"""People of the office: what they take, whom they must avoid, when they are away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.allotment import actions, keeping, queries
from jianwei.desk.allotment.errors import NotFound, Refused
from jianwei.desk.allotment.grounds import grounds
from jianwei.desk.allotment.models import Absence, Recusal
from jianwei.desk.allotment.roles import ALLOTTERS, DRAWN
from jianwei.desk.allotment.views.drawing import allotting
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.people.models import User
from jianwei.desk.site.lists import answer
from jianwei.kit import Line
from jianwei.procedures.shelf import procedures


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    return answer(request, queries.People(allotting(request)), "allotment/people.html", asked)


@require_GET
def person(request: HttpRequest, username: str) -> HttpResponse:
    who = on_cases(request)
    user = _user(who, username)
    actions.looked(who, "查看回避与专长", user.username)
    return render(request, "allotment/person.html", _shown(who, user))


def _user(who: Acting, username: str) -> User:
    user = queries.person(who, username)
    if user is None:
        raise Http404
    return user


def _shown(who: Acting, user: User) -> dict[str, Any]:
    shelf = procedures()
    return {
        "person": user,
        "leads": who.role in ALLOTTERS,
        "self": user.pk == who.user.pk,
        "drawn": user.role in DRAWN,
        "fields": [
            (one, shelf[one.procedure].title if one.procedure in shelf else one.procedure)
            for one in user.expertise.all()
        ],
        "recusals": [(one, grounds()[one.ground]) for one in user.recusals.select_related("by", "ended_by")],
        "absences": user.absences.select_related("by"),
        "lines": [line.value for line in Line],
        "procedures": sorted(shelf.values(), key=lambda one: (one.line.value, one.title)),
        "grounds": list(grounds().values()),
        "whats": Recusal.What.choices,
        "whys": Absence.Why.choices,
    }


@require_POST
def add(request: HttpRequest, username: str, verb: str) -> HttpResponse:
    """Register an expertise, a recusal or an absence; refused, the page comes back with what was typed."""
    who, asked = on_cases(request), request.POST
    verbs: dict[str, Callable[[], object]] = {
        "take": lambda: keeping.take(
            who, username, **{key: asked.get(key, "") for key in ("line", "procedure", "about")}
        ),
        "recuse": lambda: keeping.recuse(
            who, username, *(asked.get(key, "") for key in ("what", "name", "ground", "note"))
        ),
        "go": lambda: keeping.go(who, username, _day(asked, "from_on"), _day(asked, "until_on"), asked.get("why", "")),
    }
    return _done(request, who, username, verb, verbs[verb])


@require_POST
def end(request: HttpRequest, username: str, verb: str, row_id: str) -> HttpResponse:
    """Take one of them away, lift or cancel it."""
    who = on_cases(request)
    verbs: dict[str, Callable[[], object]] = {
        "leave_off": lambda: keeping.leave_off(who, username, int(row_id)),
        "lift": lambda: keeping.lift(who, username, int(row_id), request.POST.get("why", "")),
        "come_back": lambda: keeping.come_back(who, username, int(row_id)),
    }
    return _done(request, who, username, verb, verbs[verb])


def _done(request: HttpRequest, who: Acting, username: str, verb: str, change: Callable[[], object]) -> HttpResponse:
    try:
        change()
    except NotFound as error:
        raise Http404 from error
    except Refused as error:
        actions.refused(who, "登记分案资料", username, error)
        shown = _shown(who, _user(who, username))
        told = {"refused": str(error), "wrong": error.fields, "verb": verb, "typed": request.POST}
        return render(request, "allotment/person.html", shown | told, status=422)
    messages.info(request, "已登记。")
    return redirect("allotment_person", username)


def _day(asked: QueryDict, key: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(asked.get(key, ""))
    except ValueError:
        return None

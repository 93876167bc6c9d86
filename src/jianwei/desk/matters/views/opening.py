"""Opening a matter: choosing a procedure, and the form of its opening act, also from a clue or from another matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from jianwei.desk.clues import actions as clue_actions
from jianwei.desk.clues import queries as clues
from jianwei.desk.clues.models import Clue
from jianwei.desk.matters import actions, asking, handling, prefill, queries
from jianwei.desk.matters.models import Matter, Restriction
from jianwei.desk.matters.roles import OPENERS, decided_above
from jianwei.desk.matters.views.matter import here, number
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.people.roles import Role
from jianwei.law import case_types
from jianwei.procedures import ActKind, Line, Procedure
from jianwei.procedures.shelf import for_clues_of, procedures

TOLD = ("title", "department", "restriction", "handler", "case_type")


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The shelf of procedures by line; for a clue those first that handle its model's clues."""
    who = _opener(request)
    clue, source = _sources(who, request.GET)
    groups = {line: [one for one in procedures().values() if one.line is line] for line in Line}
    shown = {
        "groups": [(line.value, shelf) for line, shelf in groups.items() if shelf],
        "clue": clue,
        "source": source,
        "first": for_clues_of(clue.model, clue.line) if clue else [],
        "query": _query(clue, source),
    }
    return render(request, "matters/choose.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest, key: str) -> HttpResponse:
    """The opening act of a procedure; posted, the matter is opened, or the form comes back with all that was typed."""
    who = _opener(request)
    procedure = procedures().get(key)
    if procedure is None:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    clue, source = _sources(who, asked)
    openings = procedure.opening()
    kind = next((one for one in openings if one.key == asked.get("act")), openings[0])
    if request.method != "POST":
        values = prefill.facts(kind, clue, clues.content(who, clue.pk) if clue else None)
        told = {"handler": who.user.username if who.role == Role.PROSECUTOR else ""}
        told |= {"title": prefill.title(clue)} if clue else {}
        return render(
            request, "matters/open.html", _form(who, procedure, kind, values, clue, source, told, frozenset(values))
        )
    typed, on = asking.typed(request.POST, kind.facts), request.POST.get("done_on", "")[:40]
    told = {name: request.POST.get(name, "")[:200] for name in TOLD}
    seen = (clue.pk, number(request.POST.get("clue_version", ""))) if clue else None
    intake = actions.Intake(**told, clue=seen, from_matter=source.pk if source else None)
    try:
        matter = actions.open_matter(who, key, kind.key, typed, on=on, intake=intake)
    except (actions.NotFound, clue_actions.NotFound) as error:
        raise Http404 from error
    except (actions.Refused, clue_actions.Conflict, clue_actions.Refused) as error:
        actions.refused(who, "受理事项", key, error)
        fields = error.fields if isinstance(error, actions.Refused) else {}
        fresh, _ = _sources(who, asked)
        again = _form(who, procedure, kind, typed, fresh, source, told | {"done_on": on}, errors=fields)
        again |= {"refused": str(error), "cite": getattr(error, "cite", None)}
        return render(
            request, "matters/open.html", again, status=409 if isinstance(error, clue_actions.Conflict) else 422
        )
    messages.info(request, f"已受理，受案号 {matter.number}。")
    if queries.matter(who, matter.pk) is None:
        messages.info(request, "该事项限定知悉范围，由承办人和部门负责人办理，您不能再查看。")
        return redirect("matters")
    return redirect(f"{matter.get_absolute_url()}?recorded=open")


def _form(
    who: Acting, procedure: type[Procedure], kind: ActKind, values: Mapping[str, Any], clue: Clue | None, source: Matter | None,
    told: Mapping[str, str], known: frozenset[str] = frozenset(), *, errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    wrong, moment = dict(errors or {}), here(who)
    return {
        "procedure": procedure,
        "kind": kind,
        "openings": procedure.opening(),
        "clue": clue,
        "source": source,
        "query": _query(clue, source),
        "intake": told,
        "errors": wrong,
        "done_on": asking.done_on(kind, told.get("done_on", f"{moment:%Y-%m-%d}"), moment, wrong.get("done_on", "")),
        "fields": asking.fields(kind.facts, values, moment, errors=wrong, known=known),
        "restrictions": Restriction.choices,
        "case_types": case_types.of_procedure(procedure.key),
        "handlers": handling.handlers(who, who.user.office.path),
        "above": decided_above(who.role, kind),
    }


def _opener(request: HttpRequest) -> Acting:
    who = on_cases(request)
    if who.role not in OPENERS:
        raise PermissionDenied("受理事项由案管人员、承办检察官或者部门负责人办理。")
    return who


def _sources(who: Acting, asked: Mapping[str, Any]) -> tuple[Clue | None, Matter | None]:
    """The clue and the matter that the new one comes from; 404 where they are out of scope."""
    clue_id, matter_id = str(asked.get("clue", "")), number(str(asked.get("from", "")))
    clue = clues.clue(who, clue_id) if clue_id else None
    source = queries.matter(who, matter_id) if matter_id else None
    if (clue_id and clue is None) or (matter_id and source is None):
        raise Http404
    return clue, source


def _query(clue: Clue | None, source: Matter | None) -> str:
    return "&".join(part for part in (f"clue={clue.pk}" if clue else "", f"from={source.pk}" if source else "") if part)

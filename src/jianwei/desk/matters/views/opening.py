"""Opening a matter: choosing a procedure, and the form of its opening act, also from a clue or from another matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from jianwei.desk.clues import actions as clue_actions
from jianwei.desk.clues import gist
from jianwei.desk.clues import queries as clues
from jianwei.desk.clues.evidence import extent
from jianwei.desk.clues.gist import Gist, Person
from jianwei.desk.clues.models import Clue
from jianwei.desk.matters import actions, asking, handling, prefill, queries, venue
from jianwei.desk.matters.models import Matter, Restriction
from jianwei.desk.matters.roles import OPENERS, decided_above
from jianwei.desk.matters.venue import Venue
from jianwei.desk.matters.views.matter import here, number
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.people.roles import Role
from jianwei.law import case_types
from jianwei.procedures import ActKind, Line, Procedure
from jianwei.procedures.shelf import for_clues_of, procedures, shelf

TOLD = {"title": 200, "department": 40, "restriction": 20, "handler": 40, "case_type": 40, "office": 6, "source": 4000}
"""What is told beside the opening act, and how many characters of it are read."""
PARTY = "："
"""Between the role and the name of a party, as the form sends it."""


@dataclass(frozen=True)
class Brought:
    """What another room brings for a new matter: words that a person checks, and the notice that says where they come from."""

    notice: str
    title: str
    source: str
    case_type: str = ""
    kind: str = ""
    """The opening act it was begun with elsewhere, and ``facts`` as that one has them."""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """What a new matter comes from: a clue with its gist and venue, another matter, what another room brings, or nothing."""

    clue: Clue | None = None
    source: Matter | None = None
    brought: Brought | None = None
    content: dict[str, Any] = field(default_factory=dict)
    gist: Gist = field(default_factory=Gist)
    venue: Venue | None = None

    @property
    def query(self) -> str:
        parts = (f"clue={self.clue.pk}" if self.clue else "", f"from={self.source.pk}" if self.source else "")
        return "&".join(part for part in parts if part)


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The shelf of procedures by line; for a clue those first that handle its model's clues."""
    who = _opener(request)
    origin = _origin(who, request.GET)
    groups = {line: [one for one in procedures().values() if one.line is line] for line in Line}
    shown = {
        "groups": [(line.value, found) for line, found in groups.items() if found],
        "clue": origin.clue,
        "source": origin.source,
        "first": for_clues_of(origin.clue.model, origin.clue.line) if origin.clue else [],
        "query": origin.query,
        "broken": shelf().broken,
    }
    return render(request, "matters/choose.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest, key: str) -> HttpResponse:
    """The opening act of a procedure; posted, the matter is opened, or the form comes back with all that was typed."""
    who = _opener(request)
    return opened_from(request, who, key, lambda: _origin(who, request.POST or request.GET, weighed=True), _opened)


def opened_from(
    request: HttpRequest, who: Acting, key: str, origin_of: Callable[[], Origin], then: Callable[..., HttpResponse]
) -> HttpResponse:
    """The same, from whatever origin; ``then(request, who, matter)`` answers when the matter is opened."""
    procedure = procedures().get(key)
    if procedure is None:
        raise Http404
    asked, origin = request.POST if request.method == "POST" else request.GET, origin_of()
    wanted = asked.get("act") or (origin.brought.kind if origin.brought else "")
    kind = next((one for one in procedure.opening() if one.key == wanted), None)
    kind = kind or prefill.opening(procedure, origin.clue)
    if request.method != "POST":
        return render(request, "matters/open.html", _first(who, procedure, kind, origin))
    typed, on = asking.typed(request.POST, kind.facts), request.POST.get("done_on", "")[:40]
    told = {name: request.POST.get(name, "")[:most] for name, most in TOLD.items()}
    ticked = request.POST.getlist("party")
    chosen = [one for one in prefill.parties(origin.gist, typed) if f"{one.role}{PARTY}{one.name}" in ticked]
    seen = (origin.clue.pk, number(request.POST.get("clue_version", ""))) if origin.clue else None
    intake = actions.Intake(
        **told, parties=tuple(chosen), clue=seen, from_matter=origin.source.pk if origin.source else None
    )
    try:
        matter = actions.open_matter(who, key, kind.key, typed, on=on, intake=intake)
    except (actions.NotFound, clue_actions.NotFound) as error:
        raise Http404 from error
    except (actions.Refused, clue_actions.Conflict, clue_actions.Refused) as error:
        actions.refused(who, "受理事项", key, error)
        fields = error.fields if isinstance(error, actions.Refused) else {}
        again = _form(who, procedure, kind, typed, origin_of(), told | {"done_on": on}, chosen=chosen, errors=fields)
        again |= {"refused": str(error), "cite": getattr(error, "cite", None)}
        return render(
            request, "matters/open.html", again, status=409 if isinstance(error, clue_actions.Conflict) else 422
        )
    return then(request, who, matter)


def _opened(request: HttpRequest, who: Acting, matter: Matter) -> HttpResponse:
    elsewhere = f"，由{matter.office.name}办理" if matter.office_id != who.user.office_id else ""
    messages.info(request, f"已受理，受案号 {matter.number}{elsewhere}。")
    if queries.matter(who, matter.pk) is None:
        messages.info(request, "该事项限定知悉范围，由承办人和部门负责人办理，您不能再查看。")
        return redirect("matters")
    return redirect(f"{matter.get_absolute_url()}?recorded=open")


def _first(who: Acting, procedure: type[Procedure], kind: ActKind, origin: Origin) -> dict[str, Any]:
    """The form as it is opened: with what the clue tells, and the opener as handler where he may be."""
    values = prefill.facts(kind, origin.clue, origin.content, origin.gist)
    office = origin.venue.proposed if origin.venue else who.user.office
    own = who.role == Role.PROSECUTOR and office == who.user.office
    told = {"handler": who.user.username if own else "", "office": office.code}
    if origin.clue:
        told |= {
            "title": prefill.title(origin.clue),
            "source": prefill.source(origin.clue, origin.content, origin.gist),
        }
    if brought := origin.brought:
        told |= {"title": brought.title, "source": brought.source, "case_type": brought.case_type}
        values = asking.known(kind, brought.facts) if brought.kind == kind.key else values
    return _form(who, procedure, kind, values, origin, told, known=frozenset(values))


def _form(
    who: Acting, procedure: type[Procedure], kind: ActKind, values: Mapping[str, Any], origin: Origin, told: Mapping[str, str],
    *, known: frozenset[str] = frozenset(), chosen: Sequence[Person] | None = None, errors: Mapping[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    wrong, moment = dict(errors or {}), here(who)
    parties = prefill.parties(origin.gist, dict(values))
    offices = origin.venue.choices if origin.venue else (who.user.office,)
    office = next((one for one in offices if one.code == told.get("office")), who.user.office)
    return {
        "procedure": procedure,
        "kind": kind,
        "openings": procedure.opening(),
        "clue": origin.clue,
        "brought": origin.brought,
        "extent": extent(origin.content),
        "source": origin.source,
        "query": origin.query,
        "venue": origin.venue,
        "office": office,
        "parties": [(f"{p.role}{PARTY}{p.name}", p, chosen is None or p in chosen) for p in parties],
        "unlisted": max(len(origin.gist.parties) - prefill.MOST_PARTIES, 0),
        "intake": told,
        "errors": wrong,
        "done_on": asking.done_on(kind, told.get("done_on", f"{moment:%Y-%m-%d}"), moment, wrong.get("done_on", "")),
        "fields": asking.fields(kind.facts, values, moment, errors=wrong, known=known),
        "restrictions": Restriction.choices,
        "case_types": case_types.of_procedure(procedure.key),
        "handlers": handling.handlers(who, office.path),
        "above": decided_above(who.role, kind),
    }


def _opener(request: HttpRequest) -> Acting:
    who = on_cases(request)
    if who.role not in OPENERS:
        raise PermissionDenied("受理事项由案管人员、承办检察官或者部门负责人办理。")
    return who


def _origin(who: Acting, asked: Mapping[str, Any], *, weighed: bool = False) -> Origin:
    """The clue and the matter that the new one comes from, 404 where they are out of scope; ``weighed`` with gist and venue."""
    clue_id, matter_id = str(asked.get("clue", "")), number(str(asked.get("from", "")))
    clue = clues.clue(who, clue_id) if clue_id else None
    source = queries.matter(who, matter_id) if matter_id else None
    if (clue_id and clue is None) or (matter_id and source is None):
        raise Http404
    if clue is None or not weighed:
        return Origin(clue, source)
    content: dict[str, Any] = clue.body.content
    found = gist.of(content)
    return Origin(clue, source, content=content, gist=found, venue=venue.of_clue(who, clue, found))

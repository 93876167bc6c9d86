"""The page of one matter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.clues.evidence import extent
from jianwei.desk.matters import (
    actions,
    asking,
    carrying,
    handing_over,
    picture,
    queries,
    reading,
    showing,
    timeline,
    whatif,
)
from jianwei.desk.matters.listing import procedure_title
from jianwei.desk.matters.models import Handover, Link, Matter, Restriction
from jianwei.desk.matters.queries import Casebook
from jianwei.desk.matters.roles import LEADERS, decided_above
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.context import ALLOTTERS
from jianwei.procedures import ActKind, BadFact, Fact, FactKind, Standing, read_facts, standing
from jianwei.procedures.casefile import moment_or_day
from jianwei.procedures.kernel.fold import in_force
from jianwei.procedures.kernel.standing import OVER
from jianwei.procedures.shelf import procedures, shelf

DECIDING = (
    FactKind.CHOICE, FactKind.YES_NO, FactKind.NUMBER, FactKind.DAY, FactKind.MOMENT, FactKind.PERSON, FactKind.PEOPLE,
)  # fmt: skip
"""Kinds of fact on which a clock or a stage may depend: these a trial asks for."""


def here(who: Acting) -> dt.datetime:
    """The moment in which somebody looks, as acts are dated."""
    return timezone.localtime(who.at).replace(tzinfo=None)


def book_of(who: Acting, matter_id: int) -> Casebook:
    """A matter in scope with its acts, or 404."""
    book = queries.opened(who, matter_id)
    if book is None:
        raise Http404
    return book


@require_GET
def page(request: HttpRequest, matter_id: str) -> HttpResponse:
    who = on_cases(request)
    one = queries.matter(who, int(matter_id))
    if one is None:
        raise Http404
    actions.looked(who, "查看事项", one.number)
    book = queries.casebook_of(one)
    if book is None:
        broken = [unit for unit in shelf().broken if unit.file == f"{one.procedure}.py"]
        gone = {"matter": one, "procedure_title": procedure_title(one.procedure), "broken": broken}
        return render(request, "matters/gone.html", gone)
    return render(request, "matters/matter.html", shown(who, book, asked=request.GET))


@require_POST
def reveal(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The page once with the numbers of persons in the clear, for a reason that is recorded."""
    who = on_cases(request)
    book = book_of(who, int(matter_id))
    purpose = request.POST.get("purpose", "")
    try:
        actions.reveal(who, book.matter.pk, purpose)
    except actions.NotFound as error:
        raise Http404 from error
    except actions.Refused as error:
        told = {"refused": str(error), "purpose": purpose}
        return render(request, "matters/matter.html", shown(who, book, asked=request.POST) | told, status=422)
    return render(request, "matters/matter.html", shown(who, book, asked=request.POST, unmasked=True))


def number(text: str) -> int:
    """A number typed or posted; 0, which no matter has seen, where it is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0


@require_GET
def by_number(request: HttpRequest) -> HttpResponse:
    """The matter of a 受案号."""
    one = queries.by_number(on_cases(request), request.GET.get("no", "")[:80])
    if one is None:
        raise Http404
    return redirect(one)


def head(who: Acting, book: Casebook, now: Standing) -> dict[str, Any]:
    """What stands at the top of every page of a matter."""
    clocks = [showing.clock(clock) for clock in now.clocks]
    return {
        "matter": book.matter,
        "procedure": book.procedure,
        "standing": now,
        "running": showing.cards(clock for clock in clocks if not clock.over),
        "ended": showing.cards([*(clock for clock in clocks if clock.over), *map(showing.clock, now.past)]),
    }


LOTS = {("management/public_hearing", key): "listener_draw" for key in ("draw", "redraw")}
"""Acts that a lot decides: the name of the address where it is drawn. The act is recorded from there."""


def _address(who: Acting, one: Matter, kind: ActKind, handed: Sequence[Handover]) -> str:
    """Where an act is begun: at its lot, for who draws it, or where the matter is handed over, else at its form."""
    if kind.moves:
        waiting = next((sent for sent in handed if sent.state == Handover.State.WAITING), None)
        return waiting.get_absolute_url() if waiting else reverse("hand_over_matter", args=[one.pk])
    lot = LOTS.get((one.procedure, kind.key))
    if lot and who.role in ALLOTTERS and one.office_id == who.user.office_id:
        return reverse(lot, args=[one.pk])
    return reverse("matter_act", args=[one.pk, kind.key])


def shown(
    who: Acting, book: Casebook, *, asked: Mapping[str, str] | None = None, unmasked: bool = False
) -> dict[str, Any]:
    """Everything that the page shows; ``asked`` names the leaf of acts (``acts``) or an act on it (``act``)."""
    one, procedure, asked = book.matter, book.procedure, asked or {}
    now = standing(procedure, book.acts, here(who))
    writes = queries.writable(who, one)
    links, handed = queries.links(who, one), queries.handed(one)
    return head(who, book, now) | {
        "picture": picture.draw(procedure, now.stage, picture.been(procedure, in_force(book.acts))),
        "writes": writes,
        "leads": writes and (who.role in LEADERS or one.handler_id == who.user.pk),
        "allowed": [(kind, decided_above(who.role, kind), _address(who, one, kind, handed)) for kind in now.allowed],
        "barred": [(kind, refusal) for kind, refusal in now.forbidden if refusal.cite],
        "elsewhere": [(kind, refusal) for kind, refusal in now.forbidden if not refusal.cite],
        "leaf": timeline.leaf(
            timeline.timeline(book, now, reveal=unmasked),
            number=number(asked.get("acts", "")),
            holding=number(asked.get("act", "")),
        ),
        "masked": not unmasked and timeline.hides(book),
        "unmasked": unmasked,
        "reveals": people.reveals("事项", one.number),
        "parties": queries.parties(one),
        "clues": [(link, extent(link.carried)) for link in links if link.clue_id],
        "links": [link for link in links if not link.clue_id],
        "related": Link.Kind.RELATED,
        "access": queries.access(one),
        "restrictions": Restriction.choices,
        "leads_to": _leads_to(book),
        "handed": handed,
        "formerly": _formerly(one, handed),
        "notices": _notices(book, now),
        "moves": handing_over.moving(procedure) is not None,
        "today": here(who).date(),
    }


def _formerly(one: Matter, handed: Sequence[Handover]) -> list[str]:
    """The offices that handed the matter over, and read it since."""
    taken = (sent.sender for sent in handed if sent.state == Handover.State.TAKEN and sent.matter_id == one.pk)
    return list(dict.fromkeys(office.name for office in taken if office.pk != one.office_id))


def _notices(book: Casebook, now: Standing) -> list[str]:
    """What is noticed of the matter; not that it went to the office that handles it, which its head says."""
    here = {
        kind.tells.format(on=act.day, **{fact.name: fact.show(act.facts.get(fact.name)) for fact in kind.facts})
        for act in book.acts
        if (kind := book.procedure.acts.get(act.kind)) and kind.moves
        if act.facts.get(kind.moves) == book.matter.office.name
    }
    return [says for says in now.notices if says not in here]


def _leads_to(book: Casebook) -> list[tuple[str, str]]:
    """Procedures that the acts done so far may open: key and title."""
    found: dict[str, str] = {}
    for act in book.acts:
        kind = book.procedure.acts.get(act.kind)
        for key in kind.leads_to if kind else ():
            target = procedures().get(key)
            if target:
                found[key] = target.title
    return list(found.items())


@require_GET
def what_if(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The standings without and with an act on a day: a trial, nothing is recorded."""
    who = on_cases(request)
    book = book_of(who, int(matter_id))
    kind = book.procedure.acts.get(request.GET.get("kind", ""))
    if kind is None or kind.opens:
        raise Http404
    asked = [fact for fact in kind.facts if fact.kind in DECIDING]
    typed = {k: v for k, v in asking.typed(request.GET, asked).items() if v}
    facts, wrong = read_facts(kind, typed)
    absent = [fact for fact in asked if fact.required and fact.name not in typed]
    errors = dict(wrong) | {fact.name: f"{fact.label}必填" for fact in absent}
    actions.looked(who, "试算期限", book.matter.number, act=kind.key)
    found: dict[str, Any] = {
        "kind": kind,
        "fields": asking.fields(asked, typed, here(who), errors=errors, people=showing.names(book)),
    }
    try:
        on = moment_or_day(request.GET.get("on", "").strip())
    except BadFact as bad:
        return render(request, "matters/_whatif.html", found | {"error": bad.says})
    if early := reading.too_early(book.procedure, on, book.acts):
        return render(request, "matters/_whatif.html", found | {"error": early})
    if errors:
        return render(request, "matters/_whatif.html", found | {"error": _untried(kind, absent)})
    made = whatif.compare(book, kind, on, facts, here(who))
    return render(request, "matters/_whatif.html", found | {"made": made, "over": OVER})


def _untried(kind: ActKind, absent: Sequence[Fact]) -> str:
    """Why there is nothing to compare yet: what is still to be filled in, or to be put right."""
    if absent:
        return f"还没有试算：“{kind.title}”缺少{'、'.join(fact.label for fact in absent)}，填写后再试算"
    return "还没有试算：所填内容有误，见各栏说明"


@require_GET
def carried(request: HttpRequest, matter_id: str, link_id: str) -> HttpResponse:
    """What was carried along from the clue a matter came from."""
    who = on_cases(request)
    one = queries.matter(who, int(matter_id))
    link = next((k for k in queries.links(who, one) if k.pk == int(link_id) and k.clue_id), None) if one else None
    if one is None or link is None:
        raise Http404
    actions.looked(who, "查看随案线索证据", one.number, clue=link.clue_id)
    return render(
        request,
        "matters/_carried.html",
        {"matter": one, "link": link, "content": link.carried, "rows": carrying.rows(link.carried)},
    )

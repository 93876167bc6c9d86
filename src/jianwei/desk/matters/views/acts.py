"""The form of an act, and what is done to a matter: acts, the handler, who may see it, its ties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jianwei.desk.clues.document import masked
from jianwei.desk.matters import actions, asking, casebook, handling, queries, reading, showing, timeline
from jianwei.desk.matters.queries import Casebook
from jianwei.desk.matters.roles import decided_above
from jianwei.desk.matters.views.matter import book_of, head, here, number, shown
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.procedures import Act, ActKind, Fact, standing

HANDING = ("allot", "reassign", *casebook.HANDOVER)


@dataclass(frozen=True)
class Asked:
    """An act that is asked for: its kind, and the act it corrects or revokes with that one's kind."""

    book: Casebook
    kind: ActKind
    target: Act | None = None
    corrected: ActKind | None = None

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the form asks: of a correction also the facts of the act it corrects."""
        if self.kind.key == casebook.CORRECT and self.corrected:
            return (*self.kind.facts, *self.corrected.facts)
        return self.kind.facts

    @property
    def known(self) -> dict[str, Any]:
        """What is filled in at first: of a correction the corrected act as it was recorded, personal numbers masked."""
        if self.target is None:
            return {}
        facts = {name: masked(v) if isinstance(v, str) else v for name, v in self.target.facts.items()}
        return {"act": self.target.id, "on": reading.day(self.target.on)} | facts


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, matter_id: str, kind: str) -> HttpResponse:
    """The form of one act; posted, the act is recorded, or the form comes back with what is wrong and all that was typed."""
    who = on_cases(request)
    book = book_of(who, int(matter_id))
    found = book.procedure.acts.get(kind)
    if found is None or found.opens or kind in HANDING or not queries.writable(who, book.matter):
        raise Http404
    asked = _asked(book, found, request.POST.get(f"{asking.PREFIX}act", "") or request.GET.get("act", ""))
    if request.method != "POST":
        actions.looked(who, "打开行为表单", book.matter.number, act=kind)
        return render(request, "matters/act.html", _form(who, asked, asked.known, f"{here(who):%Y-%m-%d}"))
    typed, on = asking.typed(request.POST, asked.facts), request.POST.get("done_on", "")[:40]
    try:
        row = actions.record_act(who, book.matter.pk, number(request.POST.get("seq", "")), kind, typed, on=on)
    except actions.NotFound as error:
        raise Http404 from error
    except (actions.Conflict, actions.Refused) as error:
        actions.refused(who, "录入行为", book.matter.number, error)
        fresh = replace(asked, book=book_of(who, book.matter.pk))
        return _back(request, who, fresh, typed, on, error)
    messages.info(request, f"已录入“{found.title}”（第{row.seq}号行为）。")
    return redirect(f"{book.matter.get_absolute_url()}?recorded={kind}")


def _asked(book: Casebook, kind: ActKind, named: str) -> Asked:
    """Of a correction, the act it names must be one of the matter's own that is not itself a correction."""
    if kind.key not in (casebook.CORRECT, casebook.REVOKE):
        return Asked(book, kind)
    target = next((one for one in book.acts if one.id == named), None)
    if target is None or target.kind in (casebook.CORRECT, casebook.REVOKE):
        raise Http404
    return Asked(book, kind, target, casebook.kind_of(book.procedure, target.kind, target.version))


def _back(
    request: HttpRequest,
    who: Acting,
    asked: Asked,
    typed: Mapping[str, str],
    on: str,
    error: actions.Conflict | actions.Refused,
) -> HttpResponse:
    """The form again, with all that was typed: 409 with what others did meanwhile, or 422 with what is wrong."""
    if isinstance(error, actions.Conflict):
        told = _form(who, asked, typed, on)
        since = {row.pk for row in error.since}
        lines = [line for line in timeline.timeline(asked.book, told["standing"]) if line.row.pk in since]
        return render(request, "matters/act.html", told | {"conflict": str(error), "since": lines[::-1]}, status=409)
    told = _form(who, asked, typed, on, error.fields) | {"refused": str(error), "cite": error.cite}
    return render(request, "matters/act.html", told, status=422)


def _form(
    who: Acting, asked: Asked, values: Mapping[str, Any], on: str, errors: Mapping[str, str] | None = None
) -> dict[str, Any]:
    wrong, moment, book = dict(errors or {}), here(who), asked.book
    facts = [fact for fact in asked.facts if asked.target is None or fact.name != "act"]
    names = {"done_on", *(fact.name for fact in facts)}
    return head(who, book, standing(book.procedure, book.acts, moment)) | {
        "kind": asked.kind,
        "target": asked.target,
        "corrected": asked.corrected,
        "done_on": asking.done_on(asked.kind, on, moment, wrong.get("done_on", "")),
        "fields": asking.fields(facts, values, moment, errors=wrong, people=showing.names(book)),
        "others": [says for name, says in wrong.items() if name not in names],
        "above": decided_above(who.role, asked.kind),
        "seq": book.matter.seq,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, matter_id: str) -> HttpResponse:
    """Give the matter to a handler, or change the handler."""
    who = on_cases(request)
    book = book_of(who, int(matter_id))
    if not queries.writable(who, book.matter):
        raise Http404
    first = book.matter.handler_id is None
    kind = book.procedure.acts["allot" if first else "reassign"]
    ways = tuple((kind.fact("way" if first else "reason") or kind.facts[-1]).choices.items())
    typed = {name: request.POST.get(name, "")[:400] for name in ("username", "way", "why")}
    told: dict[str, Any] = {"status": 200}
    if request.method == "POST":
        try:
            actions.assign(
                who, book.matter.pk, number(request.POST.get("seq", "")), typed["username"], typed["way"], typed["why"]
            )
        except actions.NotFound as error:
            raise Http404 from error
        except (actions.Conflict, actions.Refused) as error:
            actions.refused(who, kind.title, book.matter.number, error)
            book = book_of(who, book.matter.pk)
            told = {"status": 409 if isinstance(error, actions.Conflict) else 422, "refused": str(error)}
        else:
            messages.info(request, f"已录入“{kind.title}”。")
            return redirect(book.matter.get_absolute_url())
    shown = head(who, book, standing(book.procedure, book.acts, here(who))) | {
        "kind": kind,
        "first": first,
        "ways": ways,
        "typed": typed,
        "handlers": handling.handlers(who, book.matter.office.path),
        "seq": book.matter.seq,
    }
    return render(request, "matters/assign.html", shown | told, status=told["status"])


@require_POST
def restrict(request: HttpRequest, matter_id: str) -> HttpResponse:
    restriction, why = request.POST.get("restriction", ""), request.POST.get("why", "")
    return _change(request, matter_id, "限定知悉范围", lambda who, pk: actions.restrict(who, pk, restriction, why))


@require_POST
def admit(request: HttpRequest, matter_id: str) -> HttpResponse:
    username, why, writes = (
        request.POST.get("username", ""),
        request.POST.get("why", ""),
        request.POST.get("writes") == "1",
    )
    return _change(
        request, matter_id, "列入知悉名单", lambda who, pk: actions.admit(who, pk, username, writes=writes, why=why)
    )


@require_POST
def dismiss(request: HttpRequest, matter_id: str, access_id: str) -> HttpResponse:
    return _change(request, matter_id, "移出知悉名单", lambda who, pk: actions.dismiss(who, pk, int(access_id)))


@require_POST
def link(request: HttpRequest, matter_id: str) -> HttpResponse:
    other, note = request.POST.get("number", "")[:80], request.POST.get("note", "")
    return _change(request, matter_id, "关联事项", lambda who, pk: actions.link(who, pk, other, note))


@require_POST
def unlink(request: HttpRequest, matter_id: str, link_id: str) -> HttpResponse:
    return _change(request, matter_id, "取消关联", lambda who, pk: actions.unlink(who, pk, int(link_id)))


def _change(request: HttpRequest, matter_id: str, name: str, change: Callable[[Acting, int], object]) -> HttpResponse:
    """A small change on the page itself; refused, it is said at the top of the page."""
    who = on_cases(request)
    one = queries.matter(who, int(matter_id))
    if one is None:
        raise Http404
    try:
        change(who, one.pk)
    except actions.NotFound as error:
        raise Http404 from error
    except actions.Refused as error:
        actions.refused(who, name, one.number, error)
        book = book_of(who, one.pk)
        return render(
            request,
            "matters/matter.html",
            shown(who, book) | {"refused": str(error), "typed": request.POST},
            status=422,
        )
    if queries.matter(who, one.pk) is None:
        messages.info(request, f"已{name}。本事项现在不在您的知悉范围内。")
        return redirect("matters")
    messages.info(request, f"已{name}。")
    return redirect(one)

"""Handing a matter over to another office of this installation, receiving it, and the list of both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.matters import actions, handing_over, handling, handovers, queries
from jianwei.desk.matters.models import Handover
from jianwei.desk.matters.roles import OPENERS, decided_above
from jianwei.desk.matters.views.matter import book_of, head, here, number
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.lists import Rows, answer
from jianwei.procedures import standing

TOLD = {"receiver": 80, "on": 40, "why": 400, "handler": 40, "department": 40}
"""What the forms tell, and how many characters of it are read."""


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    who = on_cases(request)
    found = queries.handovers(who).select_related("matter", "sender", "receiver", "sent_by", "answered_by")
    return answer(request, Rows(handovers.PLAN, who, found), "matters/handovers.html", asked)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, matter_id: str) -> HttpResponse:
    """The form by which a matter is handed over; refused, it comes back with all that was typed."""
    who = on_cases(request)
    book = book_of(who, int(matter_id))
    if not queries.writable(who, book.matter):
        raise Http404
    typed = _typed(request) if request.method == "POST" else {"on": f"{here(who):%Y-%m-%d}"}
    told: dict[str, Any] = {"status": 200}
    if request.method == "POST":
        try:
            made = handing_over.send(
                who, book.matter.pk, number(request.POST.get("seq", "")), typed["receiver"],
                on=typed["on"], why=typed["why"],
            )  # fmt: skip
        except actions.NotFound as error:
            raise Http404 from error
        except (actions.Conflict, actions.Refused) as error:
            actions.refused(who, "移送事项", book.matter.number, error)
            book = book_of(who, book.matter.pk)
            told = _wrong(error)
        else:
            messages.info(request, f"已移送{made.receiver.name}，等待接收。接收以前仍由本院办理，期限照常计算。")
            return redirect(book.matter)
    kind = handing_over.moving(book.procedure)
    shown = head(who, book, standing(book.procedure, book.acts, here(who))) | {
        "kind": kind,
        "ends": handing_over.ends_here(book.procedure, kind),
        "above": decided_above(who.role, kind or book.procedure.acts["forward"]),
        "typed": typed,
        "offices": [name for name in people.office_names() if name != book.matter.office.name],
        "seq": book.matter.seq,
    }
    return render(request, "matters/hand_over.html", shown | told, status=told["status"])


@require_GET
def one(request: HttpRequest, handover_id: str) -> HttpResponse:
    """One handover: to be received or sent back there, to be recalled here."""
    who = on_cases(request)
    return render(request, "matters/handover.html", _shown(who, _found(who, handover_id)))


@require_POST
def receive(request: HttpRequest, handover_id: str) -> HttpResponse:
    typed = _typed(request)
    how = handing_over.Reception(typed["on"], typed["handler"], typed["department"])
    return _answered(
        request, handover_id, "receive",
        lambda who, pk: handing_over.receive(who, pk, how),
        lambda found: f"已接收，本院受案号 {found.number}。",
    )  # fmt: skip


@require_POST
def give_back(request: HttpRequest, handover_id: str) -> HttpResponse:
    why = _typed(request)["why"]
    return _answered(
        request, handover_id, "return",
        lambda who, pk: handing_over.give_back(who, pk, why), lambda found: f"已退回{found.sender.name}。",
    )  # fmt: skip


@require_POST
def recall(request: HttpRequest, handover_id: str) -> HttpResponse:
    why = _typed(request)["why"]
    return _answered(
        request, handover_id, "recall",
        lambda who, pk: handing_over.recall(who, pk, why), lambda found: "已撤回移送，仍由本院办理。",
    )  # fmt: skip


def _answered(
    request: HttpRequest,
    handover_id: str,
    opened: str,
    done: Callable[[Acting, int], Any],
    told: Callable[[Any], str],
) -> HttpResponse:
    """Where what was done leads; refused, the page again with all that was typed."""
    who = on_cases(request)
    found = _found(who, handover_id)
    try:
        made = done(who, found.pk)
    except actions.NotFound as error:
        raise Http404 from error
    except actions.Refused as error:
        actions.refused(who, "处理移送", found.number, error)
        wrong = _wrong(error) | {"opened": opened, "typed": _typed(request)}
        return render(request, "matters/handover.html", _shown(who, _found(who, handover_id)) | wrong, status=422)
    messages.info(request, told(made))
    matter = made.matter if isinstance(made, Handover) else made
    return redirect(matter if queries.matter(who, matter.pk) else "handovers")


def _shown(who: Acting, found: Handover) -> dict[str, Any]:
    """Everything on the page of a handover; the matter itself only where it is in scope."""
    waits = found.state == Handover.State.WAITING
    receives = waits and found.receiver_id == who.user.office_id and who.role in OPENERS
    seen = queries.matter(who, found.matter_id)
    actions.looked(who, "查看移送", found.number)
    return {
        "one": found,
        "waits": waits,
        "seen": seen,
        "became": queries.matter(who, found.became_id) if found.became_id else None,
        "receives": receives,
        "recalls": waits and seen is not None and queries.writable(who, seen),
        "handlers": handling.handlers(who, found.receiver.path) if receives else (),
        "today": here(who).date(),
    }


def _found(who: Acting, handover_id: str) -> Handover:
    found = queries.handover(who, int(handover_id))
    if found is None:
        raise Http404
    return found


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:most] for name, most in TOLD.items()}


def _wrong(error: actions.Conflict | actions.Refused) -> dict[str, Any]:
    if isinstance(error, actions.Conflict):
        return {"refused": str(error), "status": 409}
    return {"refused": str(error), "cite": error.cite, "wrong": error.fields, "status": 422}

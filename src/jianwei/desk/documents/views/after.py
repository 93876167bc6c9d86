"""Service, receipts and replies of one document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jianwei.desk.documents import act_form, serving
from jianwei.desk.documents.errors import Conflict, NotFound, Refused
from jianwei.desk.documents.matter_acts import Wanted
from jianwei.desk.documents.views.page import act_said, day, refused_page, revision, seen
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import on_cases


@require_POST
def serve(request: HttpRequest, document_id: str) -> HttpResponse:
    typed = _typed(request, "recipient", "method", "sent_on", "received_on", "receipt")

    def done() -> None:
        serving.serve(
            on_cases(request), int(document_id), revision(request),
            recipient=typed["recipient"], method=typed["method"], sent_on=_day(typed, "sent_on"),
            received_on=_day(typed, "received_on"), receipt=typed["receipt"], wanted=_wanted(request, document_id, "serve"),
        )  # fmt: skip

    return _answered(request, document_id, "serve", typed, done, "已登记送达。")


@require_POST
def receipt(request: HttpRequest, document_id: str, service_id: str) -> HttpResponse:
    typed = _typed(request, "received_on", "receipt")

    def done() -> None:
        serving.receipt(
            on_cases(request), int(document_id), revision(request), int(service_id),
            received_on=_day(typed, "received_on"), note=typed["receipt"],
            wanted=_wanted(request, document_id, "receipt", f"r{service_id}."),
        )  # fmt: skip

    return _answered(request, document_id, f"receipt-{service_id}", typed, done, "已登记回证。")


@require_POST
def reply(request: HttpRequest, document_id: str) -> HttpResponse:
    typed = _typed(request, "received_on", "nature", "text")

    def done() -> None:
        serving.reply(
            on_cases(request), int(document_id), revision(request),
            received_on=_day(typed, "received_on"), nature=typed["nature"], text=typed["text"],
            wanted=_wanted(request, document_id, "reply"),
        )  # fmt: skip

    return _answered(request, document_id, "reply", typed, done, "已登记回复。")


def _answered(
    request: HttpRequest, document_id: str, opened: str, typed: dict[str, str], done: Callable[[], Any], told: str
) -> HttpResponse:
    try:
        done()
    except NotFound as error:
        raise Http404 from error
    except (Refused, Conflict) as error:
        return refused_page(request, on_cases(request), document_id, error, opened, typed=typed)
    messages.info(request, told + act_said(document_id))
    return redirect("documents_one", int(document_id))


def _wanted(request: HttpRequest, document_id: str, form: str, prefix: str = "") -> Wanted:
    """What was said of the acts that go with the form."""
    who = on_cases(request)
    return act_form.wanted(request.POST, seen(who, document_id), form, matters.today(who), prefix)


def _typed(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.POST.get(name, "")[:4000] for name in names}


def _day(typed: dict[str, str], name: str) -> Any:
    return day(typed[name], name) if typed[name].strip() else None

"""A package that comes as a file: with the form, or in chunks by the page's script."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import ledger
from jianwei.desk.evidence.receiving import CHUNK
from jianwei.desk.evidence.views.answers import interface, part_sent, status_of
from jianwei.desk.exchange import queries, receiving
from jianwei.desk.exchange.codes import Finding
from jianwei.desk.exchange.errors import NotFound, Refused, Rejected
from jianwei.desk.exchange.models import Arrival, Received, Stand
from jianwei.desk.people.acting import on_cases


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    who = on_cases(request)
    refused, status = "", 200
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if not isinstance(file, UploadedFile):
                raise Refused("请选择移送包（.jwx）。", {"file": "请选择移送包（.jwx）"})
            found = receiving.of_file(who, cast(BinaryIO, file.file), int(file.size or 0))
            messages.info(request, told(found))
            return redirect("exchange_arrived", found.pk)
        except Rejected as error:
            refused, status, findings = "没有接收。下列退回码可以告知送来的单位；文件没有留存。", 422, error.findings
        except DeskError as error:
            refused, status = str(error), status_of(error)
    shown = {
        "refused": refused, "findings": findings, "uploads": [(one, receiving.upload(one).received()) for one in queries.arrivals(who)],
        "has_log": ledger.has_log(who.user.office), "may_receive": queries.may_receive(who), "office": who.user.office,
    }  # fmt: skip
    return render(request, "exchange/receive.html", shown, status=status)


def told(one: Received) -> str:
    """One sentence for who brought a package."""
    if one.state != Stand.CHECKED:
        return f"这个包早已收到，{one.get_state_display()}，没有改动。"
    return "核验没有通过，请看下面的发现。" if one.barred else "来源和内容核验通过。请答复。"


@interface
@require_http_methods(["POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Open an upload: ``file_name``, ``file_size``."""
    who = on_cases(request)
    name, size = request.POST.get("file_name", ""), request.POST.get("file_size", "")
    if not name or not size.isdecimal() or len(size) > 15:
        raise Refused("请选择移送包（.jwx）。", {"file": "请选择移送包（.jwx）"})
    return JsonResponse(_of(receiving.begin(who, name=name, size=int(size))), status=201)


@interface
@require_http_methods(["GET", "PUT", "DELETE"])
def piece(request: HttpRequest, arrival_id: str) -> HttpResponse:
    """How far an upload is; one chunk of it, from ``?offset=``; or its end without result."""
    who = on_cases(request)
    if request.method == "DELETE":
        receiving.abandon(who, arrival_id)
        return JsonResponse({})
    arrival = queries.arrival(who, arrival_id)
    if arrival is None:
        raise NotFound
    if request.method == "PUT":
        receiving.upload(arrival).take(*part_sent(request), request)
    return JsonResponse(_of(arrival))


@interface
@require_http_methods(["POST"])
def finish(request: HttpRequest, arrival_id: str) -> HttpResponse:
    """All chunks are there: judged."""
    found = receiving.finish(on_cases(request), arrival_id)
    messages.info(request, told(found))
    return JsonResponse(
        {"id": found.pk, "state": found.state, "findings": found.findings, "url": found.get_absolute_url()}
    )


def _of(arrival: Arrival) -> dict[str, Any]:
    return {
        "id": arrival.pk, "name": arrival.name, "size": arrival.size, "received": receiving.upload(arrival).received(), "chunk": CHUNK,
        "url": reverse("exchange_upload", args=[arrival.pk]), "finish": reverse("exchange_upload_finish", args=[arrival.pk]),
    }  # fmt: skip

"""Tables of received cases: upload, what is wrong by row and column, and opening the rows."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.allotment import actions, intake, queries, receiving
from jianwei.desk.allotment.errors import NotFound, Refused
from jianwei.desk.allotment.listing import BATCHES
from jianwei.desk.allotment.models import Batch, Row
from jianwei.desk.allotment.views.drawing import allotting
from jianwei.desk.people.acting import Acting
from jianwei.desk.site.lists import Rows, answer, files
from jianwei.procedures.shelf import procedures


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    """The form and the tables uploaded before; posted, the table is read and shown."""
    who, status, refused = allotting(request), 200, ""
    unit = (request.POST or request.GET).get("unit", "")[:60]
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise Refused("请选择文件。", {"file": "请选择文件"})
            made = receiving.upload(who, file, unit, request.POST.get("kind", "")[:60])
        except NotFound as error:
            raise Http404 from error
        except Refused as error:
            actions.refused(who, "上传收案表", "", error)
            status, refused = 422, str(error)
        else:
            return redirect("allotment_batch", made.pk)
    procedure = procedures().get(unit)
    shown: dict[str, Any] = {
        "procedures": sorted(procedures().values(), key=lambda one: (one.line.value, one.title)),
        "unit": unit,
        "kinds": procedure.opening() if procedure else (),
        "labels": list(intake.columns(procedure.opening()[0])) if procedure else [],
        "refused": refused,
    }
    return answer(
        request, Rows(BATCHES, who, queries.batches(who)), "allotment/intake.html", asked, status=status, **shown
    )


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with the columns of an opening act."""
    allotting(request)
    try:
        _, kind = receiving.opening(request.GET.get("unit", ""), request.GET.get("kind", ""))
    except NotFound as error:
        raise Http404 from error
    return files.attached(f"intake-{kind.key}", "csv", kind.title, list(intake.columns(kind)), ())


@require_GET
def batch(request: HttpRequest, batch_id: str) -> HttpResponse:
    """One table, row by row."""
    who = allotting(request)
    found = get_object_or_404(queries.batches(who), pk=int(batch_id))
    actions.looked(who, "查看收案表", str(found.pk))
    return _page(request, who, found)


@require_POST
def open_rows(request: HttpRequest, batch_id: str) -> HttpResponse:
    """Open the ticked rows; the page says of each what came of it."""
    who = allotting(request)
    found = get_object_or_404(queries.batches(who), pk=int(batch_id))
    places = [int(n) for n in request.POST.getlist("n")[: intake.MOST_ROWS] if n.isdecimal() and len(n) < 9]
    outcomes = receiving.open_rows(who, found, places)
    return _page(request, who, found, outcomes)


def _page(
    request: HttpRequest, who: Acting, found: Batch, outcomes: list[receiving.Outcome] | None = None
) -> HttpResponse:
    try:
        procedure, kind = receiving.opening(found.procedure, found.kind)
    except NotFound as error:
        raise Http404 from error
    found_rows = list(queries.rows(found))
    said = {one.row.n: one.says for one in outcomes or () if not one.opened}
    titles = {
        name: title
        for title, name in intake.columns(kind).items()
        if any(_typed(row, name) or name in row.errors for row in found_rows)
    }
    rows = [
        {
            "row": row,
            "cells": [(_typed(row, name), row.errors.get(name, "")) for name in titles],
            "says": [says for says in (row.errors.get("", ""), said.get(row.n, "")) if says],
        }
        for row in found_rows
    ]
    shown = {
        "batch": found, "procedure": procedure, "kind": kind, "heads": list(titles.values()), "rows": rows,
        "good": sum(not row.errors and row.matter_id is None for row in found_rows),
        "wrong": sum(bool(row.errors) for row in found_rows),
        "opened": sum(one.opened for one in outcomes) if outcomes is not None else None,
    }  # fmt: skip
    conflict = any("已经受理" in says for says in said.values())
    return render(request, "allotment/batch.html", shown, status=409 if conflict else 200)


def _typed(row: Row, name: str) -> str:
    """What the file says in one column; columns that it leaves empty are not shown."""
    return str(getattr(row, name) if name in intake.OWN else row.typed.get(name, ""))

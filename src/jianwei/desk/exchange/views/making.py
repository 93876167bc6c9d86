"""移送包 of a matter: what there is already, and the form that makes another."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import ledger, watching
from jianwei.desk.evidence.views.answers import status_of
from jianwei.desk.exchange import counterparts, making, queries
from jianwei.desk.exchange.errors import NotFound
from jianwei.desk.exchange.making import REPLY_WITHIN_DAYS, Chosen
from jianwei.desk.exchange.models import Kind
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, on_cases

MOST = 1_990
"""Documents and materials of one package: what its list may hold, less what goes along by itself."""


@require_GET
def of_matter(request: HttpRequest, matter_id: str) -> HttpResponse:
    """What was sent of a matter and received into it, as a part of its page."""
    who = on_cases(request)
    matter = _matter(who, matter_id)
    audit.record(who, "查看事项的移送", kind="事项", object_id=matter.number)
    sent, come = queries.of_matter(who, matter.pk)
    shown = {
        "matter": matter,
        "sent": sent,
        "come": come,
        "writes": matters.writable(who, matter),
        "today": matters.today(who),
    }
    return render(request, "exchange/_of_matter.html", shown)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, matter_id: str) -> HttpResponse:
    who = on_cases(request)
    matter = _matter(who, matter_id)
    refused, status, wrong = "", 200, dict[str, str]()
    chosen = _chosen(request, who) if request.method == "POST" else None
    if chosen:
        try:
            package = making.make(who, matter.pk, chosen)
            messages.info(request, f"已制作{package}，清单已交存证日志。")
            return redirect("exchange_one", package.pk)
        except NotFound as error:
            raise Http404 from error
        except DeskError as error:
            refused, status, wrong = str(error), status_of(error), getattr(error, "fields", {})
    else:
        audit.record(who, "准备移送", kind="事项", object_id=matter.number)
    return render(request, "exchange/new.html", _shown(who, matter, chosen, refused, wrong), status=status)


def _chosen(request: HttpRequest, who: Acting) -> Chosen:
    said = request.POST
    return Chosen(
        said.get("recipient", ""), said.get("purpose", ""), said.get("reply_by", ""), tuple(said.getlist("document")[:MOST]),
        tuple(said.getlist("material")[:MOST]), "tells" in said, "unwitnessed" in said,
    )  # fmt: skip


def _shown(who: Acting, matter: Matter, chosen: Chosen | None, refused: str, wrong: dict[str, str]) -> dict[str, Any]:
    materials = list(making.materials(who, matter)[:MOST])
    watching.bring_up_to_date(materials, who.at)
    documents = list(making.issued(who, matter).defer("docx", "blocks", "values")[:MOST])
    proposed = matters.today(who) + dt.timedelta(days=REPLY_WITHIN_DAYS)
    kinds = dict(Kind.choices)
    return {
        "matter": matter, "writes": matters.writable(who, matter), "has_log": ledger.has_log(matter.office), "refused": refused, "wrong": wrong,
        "typed": chosen or Chosen("", "", proposed.isoformat()), "offices": counterparts.offices(matter),
        "organs": [(one, kinds.get(one.kind, "")) for one in counterparts.usable(matter.office)],
        "documents": [(one, chosen is None or str(one.pk) in chosen.documents) for one in documents],
        "materials": [(one, chosen is None or one.pk in chosen.materials) for one in materials],
    }  # fmt: skip


def _matter(who: Acting, matter_id: str) -> Matter:
    found = matters.matter(who, int(matter_id))
    if found is None:
        raise Http404
    return found

"""The page of one clue, and what is done there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.clues import actions, evidence, queries
from jianwei.desk.clues.listing import PLAN
from jianwei.desk.clues.models import Answer, Clue
from jianwei.desk.clues.triage import BECOMES_A_MATTER, MATTER_STEPS, VERBS, Reason, allowed
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.lists import Listing
from jianwei.procedures.shelf import for_clues_of

KINDS = (("substance", "实质"), ("context", "背景"), ("form", "形式"))
UNVERIFIED = "（未核对原文）"


@require_GET
def page(request: HttpRequest, clue_id: str) -> HttpResponse:
    who = on_cases(request)
    found = queries.clue(who, clue_id)
    if found is None:
        raise Http404
    actions.looked(who, "查看线索", clue_id)
    return render(
        request, "clues/clue.html", shown(who, found, PLAN.read(QueryDict(request.GET.get("list", "")[:2000])))
    )


def shown(who: Acting, found: Clue, listing: Listing, **more: Any) -> dict[str, Any]:
    """Everything that the page shows before its parts are fetched."""
    content: dict[str, Any] = found.body.content
    place, total, before, after = queries.neighbours(who, listing, found.pk)
    proposed, decided = queries.decided_share(who, found.model, who.at - dt.timedelta(days=365))
    verbs = allowed(who.role, found.status)
    where = evidence.places(content)
    given = queries.answers(who, found.pk)
    return {
        "clue": found,
        "content": content,
        "signs": [(title, [(s, where.get(s["key"])) for s in content["signs"].get(key, [])]) for key, title in KINDS],
        "unknown": content["signs"].get("unknown", []),
        "law": [(cite.removesuffix(UNVERIFIED), cite.endswith(UNVERIFIED)) for cite in content.get("law", [])],
        "asks": [(n, ask, given.get(ask)) for n, ask in enumerate(content.get("asks", []))],
        "verdicts": Answer.Verdict.choices,
        "heads": evidence.heads(content),
        "documents": len(evidence.documents(content)),
        "verbs": verbs,
        "closed": [verb for name, verb in VERBS.items() if name not in verbs and name != "reopen"],
        "reasons": [(key, title, (n + 1) % 10) for n, (key, title) in enumerate(Reason.choices)],
        "handlers": people.handlers(who, found.office.path) if "assign" in verbs else [],
        "related": queries.related(who, found),
        "similar": queries.similar(who, found),
        "proposed": proposed,
        "decided": decided,
        "share": round(100 * proposed / decided) if decided else None,
        "steps": queries.steps(who, found.pk),
        "reveals": people.reveals("线索", found.pk),
        "verb_names": {name: verb.name for name, verb in VERBS.items()} | MATTER_STEPS,
        "becomes": for_clues_of(found.model, found.line)[:4] if "propose" in verbs else [],
        "may_open": found.status in BECOMES_A_MATTER and who.role in VERBS["propose"].roles,
        "notes": queries.notes(who, found.pk),
        "place": place,
        "total": total,
        "before": before,
        "after": after,
        "list": listing.query(page=listing.page if listing.page != "1" else ""),
        **more,
    }


@require_POST
def act(request: HttpRequest, clue_id: str, verb: str) -> HttpResponse:
    """Carry out a verb; afterwards the next clue of the list is shown."""
    who = on_cases(request)
    typed = {key: request.POST.get(key, "")[:4000] for key in ("reason", "note", "target")}
    version = request.POST.get("version", "")
    listing = PLAN.read(QueryDict(request.POST.get("list", "")[:2000]))
    if verb not in VERBS:
        raise Http404
    _, _, _, after = queries.neighbours(who, listing, clue_id)
    try:
        actions.act(
            who, clue_id, verb, version=int(version) if version.isdecimal() and len(version) < 10 else 0, **typed
        )
    except actions.NotFound as error:
        raise Http404 from error
    except (actions.Conflict, actions.Refused) as error:
        found = queries.clue(who, clue_id)
        if found is None:
            raise Http404 from error
        status = 409 if isinstance(error, actions.Conflict) else 422
        told = shown(who, found, listing, typed=typed, open_verb=verb, refused=str(error))
        return render(request, "clues/clue.html", told, status=status)
    messages.info(request, f"已作“{VERBS[verb].name}”处理。")
    return redirect(_address(after if after and verb != "reopen" else clue_id, listing))


@require_POST
def note(request: HttpRequest, clue_id: str) -> HttpResponse:
    who = on_cases(request)
    try:
        actions.add_note(who, clue_id, request.POST.get("text", ""))
    except actions.NotFound as error:
        raise Http404 from error
    except actions.Refused as error:
        messages.info(request, str(error))
    return redirect(_address(clue_id, PLAN.read(QueryDict(request.POST.get("list", "")[:2000]))) + "#notes")


@require_POST
def answer(request: HttpRequest, clue_id: str) -> HttpResponse:
    """Answer one question; the answer's line comes back."""
    who = on_cases(request)
    question = request.POST.get("question", "")
    try:
        given = actions.answer(who, clue_id, question, request.POST.get("verdict", ""))
    except (actions.NotFound, actions.Refused) as error:
        raise Http404 from error
    return render(request, "clues/_answer.html", {"given": given})


def _address(clue_id: str, listing: Listing) -> str:
    back = QueryDict(mutable=True)
    if query := listing.query():
        back["list"] = query
    return reverse("clue", args=[clue_id]) + (f"?{back.urlencode()}" if back else "")

"""The register of organs outside: read by who works on cases, kept by the security administrator."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence.views.answers import status_of
from jianwei.desk.exchange import counterparts
from jianwei.desk.exchange.errors import NotFound
from jianwei.desk.exchange.models import Counterpart, Kind
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, acting


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    who = _who(request)
    found = [(one, counterparts.trust_in(one).fingerprint if one.policy else "") for one in counterparts.visible(who)]
    audit.record(who, "查看移送单位", kind="移送单位", found=len(found))
    return render(request, "exchange/organs.html", {"organs": found, "keeps": counterparts.keeps(who)})


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, organ_id: str = "") -> HttpResponse:
    """One organ: its fields for the administrator, what is registered for everybody else."""
    who = _who(request)
    found = counterparts.visible(who).filter(pk=int(organ_id)).first() if organ_id else None
    if organ_id and found is None:
        raise Http404
    if not organ_id and not counterparts.keeps(who):
        raise PermissionDenied("移送单位和信任策略由安全管理员登记。")
    refused, status, wrong = "", 200, dict[str, str]()
    if request.method == "POST":
        typed = _typed(request)
        try:
            saved = counterparts.save(who, found.pk if found else None, typed, active="active" in request.POST)
            messages.info(request, f"已登记{saved.name}。")
            return redirect("exchange_counterparts")
        except NotFound as error:
            raise Http404 from error
        except DeskError as error:
            refused, status, wrong = str(error), status_of(error), getattr(error, "fields", {})
    else:
        typed = {name: getattr(found, name) for name in counterparts.FIELDS} if found else {}
        audit.record(who, "查看移送单位", kind="移送单位", object_id=found.code if found else "")
    return render(request, "exchange/organ.html", _shown(who, found, typed, refused, wrong), status=status)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was typed; a policy may come as a file, whose very bytes count."""
    typed = {name: request.POST.get(name, "") for name in counterparts.FIELDS}
    for name in ("policy", "policy_sm", "roots"):
        if file := request.FILES.get(f"{name}_file"):
            typed[name] = file.read(counterparts.FIELDS[name] + 1).decode("utf-8", "replace")
    return typed


def _shown(
    who: Acting, found: Counterpart | None, typed: dict[str, str], refused: str, wrong: dict[str, str]
) -> dict[str, Any]:
    trust = counterparts.trust_in(found) if found and found.policy else None
    return {
        "organ": found, "typed": typed, "kinds": Kind.choices, "keeps": counterparts.keeps(who), "refused": refused, "wrong": wrong, "trust": trust,
    }  # fmt: skip


def _who(request: HttpRequest) -> Acting:
    who = acting(request)
    if not who.sees_cases and not counterparts.keeps(who):
        raise PermissionDenied("您的职责不涉及移送。")
    return who

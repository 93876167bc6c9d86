"""How the log of an office stands, and what an outsider needs to check without us."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import ledger, queries, standing, trust
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, acting
from jianwei.desk.people.models import Office
from jianwei.desk.people.roles import Role

_TYPES = {"verify.py": "text/x-python; charset=utf-8", "verify.html": "text/html; charset=utf-8"}


@require_GET
def page(request: HttpRequest, code: str = "") -> HttpResponse:
    """The log of the own office, or of one below: it holds no word of any case."""
    who = _who(request)
    office = _office(who, code)
    audit.record(who, "查看存证日志状态", kind="存证日志", object_id=office.code)
    found, problem = None, ""
    try:
        found = standing.of(office, who.at)
    except DeskError as error:
        problem = str(error)
    believed = trust.of(ledger.folder(office))
    shown = {
        "office": office, "log": found, "problem": problem, "trust": believed, "with_logs": standing.with_logs(queries.log_offices(who)),
        "signer": bool(found and believed and standing.signer(ledger.folder(office), believed, who.at)),
        "verifiers": [name for name in _TYPES if (files("jianwei.seal.verifier") / name).is_file()],
    }  # fmt: skip
    return render(request, "evidence/log.html", shown)


@require_GET
def policy(request: HttpRequest, code: str, name: str, nth: str = "") -> HttpResponse:
    """The policy by which an outsider judges; its fingerprint is what is printed. ``nth``: of an earlier log of the office."""
    who = _who(request)
    office = _office(who, code)
    places = ledger.folders(office)
    if nth and not 1 <= int(nth) <= len(places):
        raise Http404
    place = places[int(nth) - 1 if nth else -1]
    believed = trust.of(place)
    content = _part(place, believed, name, who) if believed else None
    if content is None:
        raise Http404
    audit.record(who, "下载信任策略", kind="存证日志", object_id=office.code, name=name)
    return _file(content, "text/plain; charset=utf-8", f"{place.name}-{name}")


@require_GET
def verifier(request: HttpRequest, name: str) -> HttpResponse:
    """The stand-alone verifier, to be run elsewhere."""
    who = _who(request)
    found = files("jianwei.seal.verifier") / name
    if not found.is_file():
        raise Http404
    audit.record(who, "下载独立核验程序", kind="存证日志", name=name)
    return _file(found.read_bytes(), _TYPES[name], name)


def _part(place: Path, believed: trust.Trust, name: str, who: Acting) -> bytes | None:
    match name:
        case "policy.txt":
            return believed.policy
        case "policy-sm.txt":
            return believed.policy_sm
    return standing.signer(place, believed, who.at)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _who(request: HttpRequest) -> Acting:
    who = acting(request)
    if not who.sees_cases and who.role != Role.SYSTEM_ADMIN:
        raise PermissionDenied("存证日志的状态由办案人员和系统管理员查看。")
    return who


def _office(who: Acting, code: str) -> Office:
    if not code:
        return who.user.office
    found = queries.offices(who).filter(code=code).first()
    if found is None:
        raise Http404
    return found

"""The page of one material, its state watched live, and what is done there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import erasing, handling, ledger, queries, verifying, watching
from jianwei.desk.evidence.errors import NotFound, Refused
from jianwei.desk.evidence.forms import FixForm, problems
from jianwei.desk.evidence.models import Material, Stage
from jianwei.desk.evidence.views.answers import interface, status_of
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, on_cases

AT_ONCE = 100


@require_GET
def page(request: HttpRequest, material_id: str) -> HttpResponse:
    who = on_cases(request)
    try:
        one = handling.seen(who, material_id)
    except NotFound as error:
        raise Http404 from error
    return render(request, "evidence/one.html", shown(who, one, every=request.GET.get("custody") == "all"))


def shown(who: Acting, one: Material, *, every: bool = False, **more: Any) -> dict[str, Any]:
    erasures = queries.erasures(one)
    gone = one.stage == Stage.ERASED
    origin, ended = ledger.origin_of(one)
    return {
        "one": one, "state": watching.state(one, who.at), "said": _said(one), "origin": origin, "ended": ended, "gone": gone,
        "same": [] if gone or not one.sha256 else list(queries.same_file(who, one.sha256, one.sm3).exclude(pk=one.pk)[:5]),
        "corrections": list(one.corrections.all()), "custody": queries.custody(one), "shown_custody": ":" if every else f":{AT_ONCE}",
        "writable": queries.writable(who, one), "erasures": erasures, "decidable": {x.pk for x in erasures if queries.decides(who, x)},
    } | more  # fmt: skip


def _said(one: Material) -> list[tuple[str, str]]:
    return [
        ("案件", one.case_ref), ("证据种类", one.category), ("文书编号", one.doc_no), ("提取地点", one.place), ("提取方法", one.method),
        ("提取人", "、".join(one.collectors)), ("持有人、提供人", one.holder), ("见证人", one.witness_person), ("设备或介质", one.device),
        ("设备端摘要或签名", one.device_sig), ("说明", one.note), ("来源", one.get_source_display()),
        ("固证", f"{one.office.name} {one.by.name if one.by else '系统'}"),
    ]  # fmt: skip


@require_GET
def state(request: HttpRequest, material_id: str) -> HttpResponse:
    """The state alone, asked for again and again by the page until it no longer changes."""
    who = on_cases(request)
    one = queries.material(who, material_id)
    if one is None:
        raise Http404
    now = watching.state(one, who.at)
    if now.goes_on and request.GET.get("seen") == now.mark:
        return HttpResponse(status=204)
    return render(request, "evidence/_state.html", {"one": one, "state": now})


@require_POST
def transfer(request: HttpRequest, material_id: str) -> HttpResponse:
    who = on_cases(request)
    said = {name: request.POST.get(name, "") for name in ("recipient", "purpose")}
    return _done(
        request,
        who,
        material_id,
        "transfer",
        lambda: handling.hand_over(who, material_id, **said),
        "已登记移送，移送记录已写入日志。",
    )


@require_POST
def check(request: HttpRequest, material_id: str) -> HttpResponse:
    """Read the material in the vault again and let the stand-alone verifier judge it."""
    who = on_cases(request)
    try:
        made = verifying.of_material(who, material_id)
    except NotFound as error:
        raise Http404 from error
    except DeskError as error:
        return refused_page(request, who, material_id, error, "check")
    return redirect("evidence_verification", made.pk)


@require_POST
def erasure(request: HttpRequest, material_id: str) -> HttpResponse:
    who = on_cases(request)
    said = {name: request.POST.get(name, "") for name in ("order_no", "reason")}
    return _done(
        request,
        who,
        material_id,
        "erase",
        lambda: erasing.ask(who, material_id, **said),
        "已申请，等待本院另一名部门负责人或检察长决定。",
    )


@require_POST
def decide(request: HttpRequest, material_id: str, erasure_id: str) -> HttpResponse:
    who = on_cases(request)
    agrees = request.POST.get("decision") == "erase"

    def done() -> None:
        erasing.decide(who, material_id, int(erasure_id), agrees=agrees, why=request.POST.get("why", ""))

    told = "已依法删除。原件、说明和盐值已经销毁，删除凭证已写入日志。" if agrees else "已记录不同意删除。"
    return _done(request, who, material_id, "decide", done, told)


def _done(
    request: HttpRequest, who: Acting, material_id: str, opened: str, act: Callable[[], object], told: str
) -> HttpResponse:
    try:
        act()
    except NotFound as error:
        raise Http404 from error
    except DeskError as error:
        return refused_page(request, who, material_id, error, opened)
    messages.info(request, told)
    return redirect("evidence_one", material_id)


def refused_page(request: HttpRequest, who: Acting, material_id: str, error: DeskError, opened: str) -> HttpResponse:
    """The page again with what was said against it, and what was typed."""
    one = queries.material(who, material_id)
    if one is None:
        raise Http404
    wrong = error.fields if isinstance(error, Refused) else {}
    found = shown(who, one, refused=str(error), wrong=wrong, typed=request.POST, opened=opened)
    return render(request, "evidence/one.html", found, status=status_of(error))


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, material_id: str) -> HttpResponse:
    """The record of collection again, to be corrected; the first one stays in the log."""
    who = on_cases(request)
    try:
        one = handling.found(who, material_id)
        form = FixForm(
            who,
            {**request.POST.dict(), "matter": "", "case_ref": one.case_ref or "—"}
            if request.method == "POST"
            else _of(one),
        )
        valid, refused, status = form.is_valid(), "", 200
        if request.method == "POST":
            status = 422
            if valid:
                better = handling.correct(who, material_id, form, request.POST.get("why", ""))
                messages.info(request, "更正已存入。原来的一条仍在日志里，两页互相指明。")
                return redirect("evidence_one", better.pk)
        else:
            handling.writes(who, material_id)
    except NotFound as error:
        raise Http404 from error
    except DeskError as error:
        refused, status = str(error), status_of(error)
        if request.method == "GET":
            return refused_page(request, who, material_id, error, "correct")
    wrong = problems(form) if request.method == "POST" else {}
    names = handling.CORRECTABLE + ("alone_why",)
    fields = [(name, form.fields[name], form.data.get(name, ""), wrong.get(name, "")) for name in names]
    return render(
        request,
        "evidence/correct.html",
        {"one": one, "fields": fields, "refused": refused, "why": request.POST.get("why", "")},
        status=status,
    )


def _of(one: Material) -> dict[str, str]:
    plain = {name: str(getattr(one, name) or "") for name in handling.CORRECTABLE}
    at = one.collected_at
    plain["collected_at"] = ledger.local(at) if at else ""
    return plain | {"collectors": "、".join(one.collectors), "matter": "", "case_ref": one.case_ref, "alone_why": ""}


@interface
@require_GET
def told(request: HttpRequest, material_id: str) -> HttpResponse:
    """``GET /api/evidence/<id>``: the state with its times and signers."""
    who = on_cases(request)
    one = handling.found(who, material_id)
    audit.record(who, "查看存证状态", kind="存证材料", object_id=one.pk)
    return JsonResponse(watching.as_json(one, watching.state(one, who.at)))

"""固证: the form, and a file that comes in chunks or with the form."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import fixing, ledger, queries
from jianwei.desk.evidence.errors import NotFound, Refused
from jianwei.desk.evidence.fixing import Fixed
from jianwei.desk.evidence.forms import METHODS, FixForm, problems
from jianwei.desk.evidence.models import Upload
from jianwei.desk.evidence.receiving import CHUNK
from jianwei.desk.evidence.views.answers import interface, part_sent, status_of
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import Acting, on_cases


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form. With the page's script the file goes in chunks; without it, with the form."""
    who = on_cases(request)
    form = FixForm(who, request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _page(request, who, form)
    file = request.FILES.get("file")
    refused, status = "", 422
    if form.is_valid():
        try:
            if not isinstance(file, UploadedFile):
                raise Refused("请选择文件。", {"file": "请选择文件"})
            fixed = _with_form(who, form, file, "")
            messages.info(request, told(fixed))
            return redirect("evidence_one", fixed.material.pk)
        except DeskError as error:
            refused, status = str(error), status_of(error)
            for name, says in getattr(error, "fields", {}).items():
                form.add_error(name if name in form.fields else None, says)
    return _page(request, who, form, refused=refused, status=status)


def _page(request: HttpRequest, who: Acting, form: FixForm, *, refused: str = "", status: int = 200) -> HttpResponse:
    number = request.GET.get("matter", "")
    matter = matters.by_number(who, number) if number else None
    typed = form.data if form.is_bound else {"matter": matter.number if matter else "", "collectors": who.user.name}
    fields = [
        (name, field, typed.get(name, ""), problems(form).get(name, "") if form.is_bound else "")
        for name, field in form.fields.items()
    ]
    shown = {
        "fields": fields, "matter": matter, "refused": refused, "count": len(problems(form)) if form.is_bound else 0, "methods": METHODS,
        "uploads": [(one, fixing.receiving(one).received()) for one in queries.uploads(who)], "may_fix": queries.may_fix(who),
        "has_log": ledger.has_log(who.user.office), "office": who.user.office,
    }  # fmt: skip
    return render(request, "evidence/new.html", shown, status=status)


def _with_form(who: Acting, form: FixForm, file: UploadedFile[Any], key: str) -> Fixed:
    return fixing.fix(
        who,
        form,
        cast(BinaryIO, file.file),
        name=str(file.name),
        size=int(file.size or 0),
        media_type=str(file.content_type or ""),
        key=key,
    )


def told(fixed: Fixed) -> str:
    """One sentence for who fixed something: new or not, and where else the same file is."""
    others = [one for one in fixed.same if one.pk != fixed.material.pk]
    if not fixed.new:
        return f"这个文件连同相同的提取记录已经固证过：{fixed.material.name}（{fixed.material.pk}），没有重复存入。"
    if others:
        names = "、".join(f"{one.name}（{one.case_ref}，{one.pk}）" for one in others[:3])
        return f"已接收。同一文件此前已固证为 {names}；本次的提取记录不同，另立一条。"
    return "已接收，正在写入存证日志。"


@interface
@require_http_methods(["POST"])
def take(request: HttpRequest) -> HttpResponse:
    """``POST /api/evidence``: fields and a file in one request; ``Idempotency-Key`` makes a repetition harmless."""
    who = on_cases(request)
    form = FixForm(who, request.POST)
    file = request.FILES.get("file")
    wrong = {} if form.is_valid() else problems(form)
    if not isinstance(file, UploadedFile):
        wrong["file"] = "请选择文件"
    if wrong or not isinstance(file, UploadedFile):
        raise Refused("填写的内容有误。", wrong)
    fixed = _with_form(who, form, file, request.headers.get("Idempotency-Key", ""))
    return JsonResponse(answer_of(fixed), status=201 if fixed.new else 200)


def answer_of(fixed: Fixed) -> dict[str, Any]:
    one = fixed.material
    return {
        "id": one.pk, "state": one.stage, "sha256": one.sha256, "sm3": one.sm3, "size": one.size, "new": fixed.new, "warnings": one.warnings,
        "same": [other.pk for other in fixed.same if other.pk != one.pk], "says": told(fixed), "url": one.get_absolute_url(),
    }  # fmt: skip


@interface
@require_http_methods(["POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Open an upload: the fields of the form with ``file_name``, ``file_size`` and ``media_type``."""
    who = on_cases(request)
    form = FixForm(who, request.POST)
    name, size = request.POST.get("file_name", ""), request.POST.get("file_size", "")
    wrong = {} if form.is_valid() else problems(form)
    if not name or not size.isdecimal() or len(size) > 15:
        wrong["file"] = "请选择文件"
    if wrong:
        raise Refused("填写的内容有误。", wrong)
    upload = fixing.begin(who, form, name=name, size=int(size), media_type=request.POST.get("media_type", ""))
    return JsonResponse(_of(upload), status=201)


@interface
@require_http_methods(["GET", "PUT", "DELETE"])
def piece(request: HttpRequest, upload_id: str) -> HttpResponse:
    """How far an upload is; one chunk of it, from ``?offset=``; or its end without result."""
    who = on_cases(request)
    if request.method == "DELETE":
        fixing.abandon(who, upload_id)
        return JsonResponse({})
    upload = queries.upload(who, upload_id)
    if upload is None:
        raise NotFound
    if request.method == "PUT":
        fixing.receiving(upload).take(*part_sent(request), request)
    return JsonResponse(_of(upload))


@interface
@require_http_methods(["POST"])
def finish(request: HttpRequest, upload_id: str) -> HttpResponse:
    """All chunks are there: into the log."""
    fixed = fixing.finish(on_cases(request), upload_id)
    messages.info(request, told(fixed))
    return JsonResponse(answer_of(fixed), status=201 if fixed.new else 200)


def _of(upload: Upload) -> dict[str, Any]:
    return {
        "id": upload.pk, "name": upload.name, "size": upload.size, "received": fixing.receiving(upload).received(), "chunk": CHUNK,
        "url": reverse("evidence_upload", args=[upload.pk]), "finish": reverse("evidence_upload_finish", args=[upload.pk]),
    }  # fmt: skip

"""验真: drop a file or a bundle; the answer by the four headings."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import unquote

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import queries, trust, verifying
from jianwei.desk.evidence.errors import DiskFull, NotFound, Refused, TooLarge
from jianwei.desk.evidence.models import Verification
from jianwei.desk.evidence.receiving import RESERVE
from jianwei.desk.evidence.views.answers import interface, status_of
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, on_cases

ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Drop a file; with the page's script it is sent as it is, without it with the form."""
    who = on_cases(request)
    refused, status = "", 200
    if request.method == "POST":
        try:
            made = _judged(request, who)
            if request.headers.get("Accept", "").startswith("application/json"):
                return JsonResponse(verifying.as_json(made))
            return redirect("evidence_verification", made.pk)
        except NotFound as error:
            raise Http404 from error
        except DeskError as error:
            refused, status = str(error), status_of(error)
            if request.headers.get("Accept", "").startswith("application/json"):
                return JsonResponse({"error": refused}, status=status)
    against = request.GET.get("against", "")
    wanted = queries.material(who, against) if ULID.fullmatch(against) else None
    if against and wanted is None:
        raise Http404
    shown = {"refused": refused, "wanted": wanted, "recent": list(queries.verifications(who)[:20])}
    return render(request, "evidence/verify.html", shown, status=status)


@interface
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """``POST /api/verify``: a file or an .evb; 200 when all holds, else 422 with the first step that failed."""
    made = _judged(request, on_cases(request))
    found = verifying.as_json(made)
    return JsonResponse(found if made.ok else found | {"error": found["message"]}, status=200 if made.ok else 422)


def _judged(request: HttpRequest, who: Acting) -> Verification:
    against = request.GET.get("against", "") or request.POST.get("against", "")
    if against and not ULID.fullmatch(against):
        raise NotFound
    policy = request.FILES.get("policy")
    if isinstance(policy, UploadedFile) and (policy.size or 0) > trust.MOST:
        raise Refused("信任策略过大。", {"policy": "信任策略过大"})
    given = policy.read() if isinstance(policy, UploadedFile) else None
    with _received(request) as (file, name):
        return verifying.of_file(who, file, name, against=against, policy=given)


@contextmanager
def _received(request: HttpRequest) -> Iterator[tuple[BinaryIO, str]]:
    """The file of a form, or the body itself; gone when the block ends."""
    if request.content_type != "application/octet-stream":
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile) or not file.size:
            raise Refused("请选择文件或存证包。", {"file": "请选择文件或存证包"})
        yield cast(BinaryIO, file.file), str(file.name)
        return
    length = int(request.headers.get("Content-Length", "0") or 0)
    if length > settings.JIANWEI_LARGEST_EVIDENCE:
        raise TooLarge(settings.JIANWEI_LARGEST_EVIDENCE)
    place = Path(settings.JIANWEI_HOME) / "uploads"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(place).free < length + RESERVE:
        raise DiskFull
    with tempfile.TemporaryFile(prefix="jianwei-verify-", dir=place) as held:
        shutil.copyfileobj(request, held, 1 << 20)
        if not held.tell():
            raise Refused("请选择文件或存证包。", {"file": "请选择文件或存证包"})
        held.seek(0)
        yield cast(BinaryIO, held), unquote(request.headers.get("X-File-Name", ""))[:200]


@require_GET
def report(request: HttpRequest, verification_id: str) -> HttpResponse:
    """The verdict of one verification."""
    who = on_cases(request)
    made = queries.verification(who, verification_id)
    if made is None:
        raise Http404
    audit.record(who, "查看验真报告", kind="验真", object_id=made.pk)
    found: dict[str, Any] = made.report
    seen = bool(made.material and queries.material(who, made.material.pk))
    return render(request, "evidence/report.html", {"made": made, "report": found, "seen": seen})

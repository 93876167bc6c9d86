"""The checks, the upload, one check's list of contradictions, and what is taken away from it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from jianwei.cards.annotation import NotWritable
from jianwei.cards.shelf import shelf
from jianwei.desk.cards import actions, checking, copies, queries
from jianwei.desk.cards.forms import UploadForm
from jianwei.desk.cards.listing import FINDINGS, OPEN
from jianwei.desk.cards.models import Check
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.desk.site.lists import answer

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def check_of(who: Acting, number: str) -> Check:
    check = queries.check(who, int(number))
    if check is None:
        raise Http404
    return check


@require_GET
def index(request: HttpRequest, **asked: str) -> HttpResponse:
    return _index(request, on_cases(request), UploadForm(), asked)


def _index(
    request: HttpRequest, who: Acting, form: UploadForm, asked: Mapping[str, str], refused: str = ""
) -> HttpResponse:
    status = 422 if refused or form.errors else 200
    shown: dict[str, Any] = {"form": form, "refused": refused, "today": checking.today(), "broken": shelf().broken}
    return answer(request, queries.checks(who), "cards/index.html", asked, status=status, **shown)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Check the uploaded exports; afterwards their contradictions are shown."""
    who = on_cases(request)
    form = UploadForm(request.POST)
    if not form.is_valid():
        return _index(request, who, form, {})
    try:
        check = actions.upload(who, request.FILES.getlist("files"), form.cleaned_data["as_of"])
    except checking.BadUpload as error:
        return _index(request, who, form, {}, refused=str(error))
    messages.info(request, f"已核查 {sum(check.rows.values())} 行，查到 {check.found} 项冲突。")
    return redirect(f"{reverse('cards_check', args=[check.pk])}?state={OPEN}")


@require_GET
def page(request: HttpRequest, number: str, **asked: str) -> HttpResponse:
    """The contradictions that one check found."""
    who = on_cases(request)
    check = check_of(who, number)
    many = reverse("cards_many", args=[check.pk])
    rows = queries.Findings(who, check.pk)
    return answer(request, rows, "cards/check.html", asked, args=(check.pk,), check=check, many=many)


@require_GET
def commented(request: HttpRequest, number: str, file: str) -> HttpResponseBase:
    """The copy of an uploaded export with a comment on every cell concerned."""
    who = on_cases(request)
    check = check_of(who, number)
    if int(file) >= len(check.files):
        raise Http404
    chosen = check.files[int(file)]
    out = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    try:
        copies.commented(check, chosen, out)
    except (NotWritable, FileNotFoundError) as error:
        out.close()
        messages.info(
            request, str(error) if isinstance(error, NotWritable) else "上传的文件已不在服务器上，请重新上传。"
        )
        return redirect("cards_check", check.pk)
    actions.looked(who, "下载带批注的案卡", check.pk, file=chosen["name"])
    out.seek(0)
    return FileResponse(
        out, as_attachment=True, filename=f"cards-{check.pk}-{chosen['code'] or file}.xlsx", content_type=XLSX
    )


@require_POST
def many(request: HttpRequest, number: str) -> HttpResponse:
    """Accept the selected findings as lawful exceptions, with one reason."""
    who = on_cases(request)
    places = [int(n) for n in request.POST.getlist("chosen")[: FINDINGS.size] if n.isdecimal() and len(n) < 8]
    query = FINDINGS.read(QueryDict(request.POST.get("query", "")[:2000])).query()
    try:
        done, left = actions.accept_many(who, int(number), places, request.POST.get("reason", ""))
    except actions.NotFound as error:
        raise Http404 from error
    except actions.Refused as error:
        messages.info(request, str(error))
    else:
        messages.info(request, _told(done, left))
    return redirect(f"{reverse('cards_check', args=[number])}?{query}")


def _told(done: int, left: int) -> str:
    """What came of accepting several."""
    words = [f"已作为依法例外接受 {done} 项。"] if done else []
    if left:
        words.append(f"{left} 项没有待判断的依法例外，未接受；另有理由的，请逐项写明。")
    return "".join(words) or "没有选中未处理的冲突。"


@require_POST
def delete(request: HttpRequest, number: str) -> HttpResponse:
    try:
        actions.delete(on_cases(request), int(number))
    except actions.NotFound as error:
        raise Http404 from error
    messages.info(request, "已删除这次核查和上传的文件；已接受的例外仍然记得。")
    return redirect("cards")

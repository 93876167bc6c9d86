"""What an office sets for itself: short name and Word templates."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.documents import actions, own, queries, shelf, signing
from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.views.files import uploaded, word_file
from jianwei.desk.people.acting import on_cases


@require_POST
def short_name(request: HttpRequest) -> HttpResponse:
    try:
        own.set_short_name(on_cases(request), request.POST.get("short", ""))
        messages.info(request, "院简称已核定，今后的文号以它开头。")
    except Refused as error:
        messages.info(request, str(error))
    return redirect("documents_register")


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, key: str) -> HttpResponse:
    """One kind: what it is, and the template in use. A POST replaces the template or goes back to the shelf's."""
    who = on_cases(request)
    kind = kind_or_404(key)
    refused = ""
    if request.method == "POST":
        try:
            if request.POST.get("restore"):
                own.restore_template(who, key, request.POST.get("why", ""))
            else:
                own.replace_template(who, key, uploaded(request), request.POST.get("why", ""))
            messages.info(request, "模板已更换，今后起草的文书使用它；已有的文书不变。")
            return redirect("documents_template", key)
        except Refused as error:
            refused = str(error)
    _, mine = queries.template(who.user.office, kind)
    short, _ = queries.short(who.user.office)
    number = kind.numbering.text(short, who.at.year, "×") if kind.numbering else ""
    shown = {
        "kind": kind,
        "rule": signing.rule(kind),
        "number": number,
        "mine": mine,
        "may_replace": who.role in own.KEEPERS,
        "refused": refused,
    }
    return render(request, "documents/kind.html", shown, status=422 if refused else 200)


@require_GET
def template_file(request: HttpRequest, key: str) -> HttpResponse:
    """The template in use as a Word file, to be edited in Word."""
    who = on_cases(request)
    docx, _ = queries.template(who.user.office, kind_or_404(key))
    actions.looked(who, "下载文书模板", template=key)
    return word_file(docx, f"{key.replace('/', '-')}.docx")


def kind_or_404(key: str) -> Kind:
    try:
        return shelf.kind(key)
    except shelf.UnknownKind as error:
        raise Http404 from error

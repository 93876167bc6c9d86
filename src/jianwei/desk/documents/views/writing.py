"""Choosing a kind, filling it in, filling it in again, and uploading what was edited in Word."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianwei.desk.documents import actions, context, forms, keeping, matter_acts, queries, shelf, wording
from jianwei.desk.documents.errors import Conflict, NotFound, Refused
from jianwei.desk.documents.flow import Status
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.models import Document
from jianwei.desk.documents.reading import Block
from jianwei.desk.documents.views.files import uploaded
from jianwei.desk.documents.views.own import kind_or_404
from jianwei.desk.documents.views.page import refused_page, revision, seen
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting, on_cases
from jianwei.procedures import Procedure


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """The shelf: every kind by group; those of the matter's procedure first. A title of one kind leads to its form."""
    who = on_cases(request)
    matter = _matter(request, who)
    title = request.GET.get("title", "").strip()[:60]
    if matter and title and len(called := shelf.titled(title)) == 1:
        asked = {"matter": matter.pk} | ({"title": title} if called[0].endings else {})
        return redirect(f"{reverse('documents_new', args=[called[0].key])}?{urlencode(asked)}")
    procedure = matters.procedure_of(matter) if matter else None
    near = shelf.of_procedure(procedure.title) if procedure else ()
    named = _named_by(procedure) if procedure else []
    groups = [(group, [k for k in shelf.kinds().values() if k.group == group]) for group in shelf.GROUPS]
    return render(request, "documents/kinds.html", {"matter": matter, "near": near, "named": named, "groups": groups})


def _named_by(procedure: type[Procedure]) -> list[tuple[str, Kind]]:
    """The titles that acts of a procedure name and that are drafted on a general form."""
    titles = dict.fromkeys(title for act in procedure.acts.values() for title in act.documents)
    return [(title, kind) for title in titles for kind in shelf.titled(title) if kind.endings]


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, key: str) -> HttpResponse:
    """A new document: the form, filled in from the matter; a preview; or the document itself."""
    who = on_cases(request)
    kind = kind_or_404(key)
    matter = _matter(request, who)
    if request.method == "GET":
        values = context.prefilled(kind, context.known(who, matter))
        if heading := request.GET.get("title", "").strip()[:60]:
            values["heading"] = heading
        return _form(request, who, kind, values, {}, matter=matter, about=matter.title if matter else "")
    values, errors = forms.read(kind, _posted(kind, request))
    about = request.POST.get("about", "")[:200]
    if errors or request.POST.get("go") != "save":
        return _form(request, who, kind, values, errors, matter=matter, about=about)
    try:
        document = actions.start(who, key, values, matter_id=matter.pk if matter else None, about=about)
    except Refused as error:
        return _form(request, who, kind, values, error.fields, matter=matter, about=about, refused=str(error))
    messages.info(request, "已起草。")
    return redirect("documents_one", document.pk)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, document_id: str) -> HttpResponse:
    """Fill a draft again. What Word changed in an uploaded version is not carried over, and the page says so."""
    who = on_cases(request)
    document = seen(who, document_id)
    kind = kind_or_404(document.kind)
    latest = keeping.latest(document)
    if request.method == "GET":
        if document.status != Status.DRAFT or not queries.writable(who, document):
            raise Http404
        return _form(request, who, kind, latest.values, {}, document=document, uploaded=latest.origin == "uploaded")
    values, errors = forms.read(kind, _posted(kind, request))
    if errors or request.POST.get("go") != "save":
        return _form(request, who, kind, values, errors, document=document)
    try:
        actions.save(who, document.pk, revision(request), values, request.POST.get("why", ""))
    except (Refused, Conflict) as error:
        status = 409 if isinstance(error, Conflict) else 422
        return _form(request, who, kind, values, {}, document=seen(who, document_id), refused=str(error), status=status)
    messages.info(request, "已存为新版本。")
    return redirect("documents_one", document.pk)


@require_POST
def upload(request: HttpRequest, document_id: str) -> HttpResponse:
    who = on_cases(request)
    try:
        version = actions.upload(
            who, int(document_id), revision(request), uploaded(request), request.POST.get("why", "")
        )
    except NotFound as error:
        raise Http404 from error
    except (Refused, Conflict) as error:
        return refused_page(request, who, document_id, error, "upload")
    messages.info(request, f"已存为第 {version.n} 版。")
    return redirect("documents_one", int(document_id))


def _posted(kind: Kind, request: HttpRequest) -> QueryDict:
    """What was typed, without the row whose button was pressed to delete it."""
    verb, _, row = request.POST.get("go", "").partition(":")
    name, _, n = row.rpartition(":")
    return forms.without_row(kind, request.POST, name, n) if verb == "drop" else request.POST


def _form(
    request: HttpRequest, who: Acting, kind: Kind, values: dict[str, Any], errors: dict[str, str], *,
    matter: Matter | None = None, document: Document | None = None, about: str = "", refused: str = "", status: int = 200,
    uploaded: bool = False,
) -> HttpResponse:  # fmt: skip
    blocks: list[Block] = []
    missing: list[str] = []
    if not errors:
        office = document.office if document else matter.office if matter else who.user.office
        try:
            _, blocks = keeping.drawn(who, office, kind, values)
        except Refused as error:
            refused = refused or str(error)
        missing = wording.missing(kind.fields, values)
    verb, _, field = request.POST.get("go", "").partition(":")
    shown = {
        "kind": kind, "blanks": forms.blanks(kind, values, errors, field if verb == "more" else ""), "errors": errors, "about_error": errors.get("about", ""),
        "matter": matter, "document": document, "about": about, "refused": refused, "blocks": blocks, "missing": missing,
        "barring": _barring(who, kind, values, matter, document),
        "revision": document.revision if document else 0, "was_uploaded": uploaded, "conflict": status == 409,
    }  # fmt: skip
    return render(
        request, "documents/form.html", shown, status=422 if (errors or refused) and status == 200 else status
    )


def _barring(
    who: Acting, kind: Kind, values: dict[str, Any], matter: Matter | None, document: Document | None
) -> matter_acts.Barring | None:
    """Why the matter does not admit the act that the document would be: said before anything is written."""
    today = matters.today(who)
    if document:
        return matter_acts.barring(document, today)
    return matter_acts.barred(matter, kind, keeping.title(kind, values), today) if matter else None


def _matter(request: HttpRequest, who: Acting) -> Matter | None:
    """The matter that the address names; one out of scope is not found."""
    asked = request.GET.get("matter") or request.POST.get("matter") or ""
    if not asked:
        return None
    found = matters.matter(who, int(asked)) if asked.isdecimal() and len(asked) < 16 else None
    if found is None:
        raise Http404
    return found

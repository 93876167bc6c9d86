"""The page of one document, its files, and what is done there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jianwei.desk.documents import act_form, actions, keeping, matter_acts, queries, serving, shelf, signing
from jianwei.desk.documents import pdf as converter
from jianwei.desk.documents.errors import Conflict, NotFound, Refused
from jianwei.desk.documents.flow import VERBS, Status
from jianwei.desk.documents.models import Answer, Document, Method, Rendering, Service, Step, Version
from jianwei.desk.documents.views.files import pdf_file, word_file
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import Acting, on_cases

OTHER_VERBS = {"serve": "送达", "receipt": "登记回证", "reply": "登记回复"}


@require_GET
def page(request: HttpRequest, document_id: str) -> HttpResponse:
    who = on_cases(request)
    document = seen(who, document_id)
    actions.looked(who, "查看文书", document)
    asked = request.GET.get("version", "")
    version = queries.version(document, int(asked)) if asked.isdecimal() and len(asked) < 7 else None
    return render(request, "documents/document.html", shown(who, document, version))


def shown(who: Acting, document: Document, version: Version | None = None, **more: Any) -> dict[str, Any]:
    """Everything on the page of a document."""
    kind = shelf.kind(document.kind)
    version = version or keeping.latest(document)
    writable, verbs = queries.writable(who, document), queries.verbs(who, document)
    acts, asked = matter_acts.of(document), _Asked(document, moment(who), more) if writable else None
    return {
        "document": document,
        "kind": kind,
        "version": version,
        "blocks": version.blocks,
        "is_latest": version.n == document.latest,
        "versions": queries.versions(document),
        "verbs": verbs,
        "writable": writable,
        "steps": document.steps.select_related("by").all(),
        "verb_names": {name: verb.name for name, verb in VERBS.items()} | OTHER_VERBS,
        "services": document.services.select_related("by").all(),
        "replies": document.replies.select_related("by").all(),
        "methods": Method.choices,
        "answers": Answer.choices,
        "today": matters.today(who),
        "overdue": bool(
            document.reply_due_on and not document.replied_on and document.reply_due_on < matters.today(who)
        ),
        "days_late": _days_late(document),
        "acts": acts,
        "joined": {form: asked.parts(form) for form in ("issue", "serve", "reply")} if asked else {},
        "signings": {one.pk: asked.parts("receipt", f"r{one.pk}.") for one in asked.unsigned} if asked else {},
        "barring": matter_acts.barring(document, matters.today(who)),
        "recorded": [act for act in acts if act.seq],
        "addressee": serving.addressee(document) if writable else "",
        "rule": signing.rule(kind),
        "closed": signing.closed(who, document, kind) if writable else {},
        "chiefs": signing.chiefs(document) if "issue" in verbs and kind.signed_by == "检察长" else [],
        "pdf": converter.available(),
        **more,
    }


@dataclass(frozen=True)
class _Asked:
    """What the forms of a page ask for the acts of the matter; ``told`` is what was typed and refused, in which form."""

    document: Document
    moment: dt.datetime
    told: Mapping[str, Any]

    @property
    def unsigned(self) -> list[Service]:
        """Of a document that nobody has signed for yet its services."""
        return [] if self.document.served_on else list(self.document.services.filter(received_on__isnull=True))

    def parts(self, form: str, prefix: str = "") -> list[act_form.Part]:
        if self.document.status in (Status.VOID, Status.ARCHIVED):
            return []
        opened = self.told.get("opened") == (form if not prefix else f"receipt-{prefix[1:-1]}")
        typed, wrong = (self.told.get("posted"), self.told.get("wrong")) if opened else (None, None)
        return act_form.parts(self.document, form, self.moment, typed=typed, wrong=wrong, prefix=prefix)


def moment(who: Acting) -> dt.datetime:
    """The moment in which somebody looks, as acts are dated."""
    return timezone.localtime(who.at).replace(tzinfo=None)


def _days_late(document: Document) -> int:
    """By how many days an answer came late; 0 for one in time or not yet there."""
    due, came = document.reply_due_on, document.replied_on
    return max((came - due).days, 0) if due and came else 0


@require_POST
def act(request: HttpRequest, document_id: str, verb: str) -> HttpResponse:
    who = on_cases(request)
    if verb not in VERBS:
        raise Http404
    typed = {key: request.POST.get(key, "")[:2000] for key in ("note", "signer", "on")}
    try:
        on = day(typed["on"], "on") if typed["on"] else None
        wanted = (
            act_form.wanted(request.POST, seen(who, document_id), verb, matters.today(who)) if verb == "issue" else None
        )
        actions.act(
            who,
            int(document_id),
            verb,
            revision(request),
            note=typed["note"],
            signer=typed["signer"],
            on=on,
            wanted=wanted,
        )
    except NotFound as error:
        raise Http404 from error
    except (Refused, Conflict) as error:
        return refused_page(request, who, document_id, error, verb, typed=typed)
    messages.info(request, f"已{VERBS[verb].name}。{act_said(document_id)}")
    return redirect("documents_one", int(document_id))


def act_said(document_id: str) -> str:
    """What the last step says of the acts of the matter."""
    step = Step.objects.filter(document=int(document_id)).first()
    return "".join(part for part in step.note.split("；") if "事项中" in part) if step else ""


@require_GET
def word(request: HttpRequest, document_id: str, n: str) -> HttpResponse:
    document, version = _file_of(request, document_id, n, "下载文书")
    return word_file(bytes(version.docx), f"{document}-{version.n}.docx")


@require_GET
def pdf(request: HttpRequest, document_id: str, n: str) -> HttpResponse:
    """The PDF of a version, made once and kept; without LibreOffice the print view instead."""
    document, version = _file_of(request, document_id, n, "查看文书 PDF")
    made = queries.rendering(version)
    if made is None:
        try:
            made = converter.converted(bytes(version.docx))
        except (converter.NoConverter, converter.NotConverted) as error:
            messages.info(request, str(error))
            return redirect("documents_print", document.pk, version.n)
        Rendering.objects.update_or_create(version=version, defaults={"pdf": made})
    return pdf_file(made, f"{document}-{version.n}.pdf")


@require_GET
def printed(request: HttpRequest, document_id: str, n: str) -> HttpResponse:
    """The version as a page for the browser's printer: needs nothing on the server, uses the reader's own fonts."""
    document, version = _file_of(request, document_id, n, "打印文书")
    return render(
        request,
        "documents/print.html",
        {"document": document, "version": version, "blocks": version.blocks, "bare": True},
    )


def seen(who: Acting, document_id: str) -> Document:
    document = queries.document(who, int(document_id))
    if document is None:
        raise Http404
    return document


def refused_page(
    request: HttpRequest, who: Acting, document_id: str, error: Refused | Conflict, opened: str, **more: Any
) -> HttpResponse:
    """The page again, with what was refused, why, and what was typed."""
    fields = error.fields if isinstance(error, Refused) else {}
    told = shown(
        who, seen(who, document_id), refused=str(error), opened=opened, wrong=fields, posted=request.POST, **more
    )
    return render(request, "documents/document.html", told, status=409 if isinstance(error, Conflict) else 422)


def revision(request: HttpRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def day(text: str, field: str) -> dt.date:
    """A typed day. Raises ``Refused``."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused(f"“{text[:20]}”不是日期，请写成 2026-11-22。", {field: "不是日期"}) from error


def _file_of(request: HttpRequest, document_id: str, n: str, action: str) -> tuple[Document, Version]:
    who = on_cases(request)
    document = seen(who, document_id)
    version = queries.version(document, int(n))
    if version is None:
        raise Http404
    actions.looked(who, action, document, version=version.n)
    return document, version

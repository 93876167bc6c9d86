"""The documents on the workbench: what waits for somebody, and what somebody waits for."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse

from jianwei.desk.documents import queries as documents
from jianwei.desk.documents import signing
from jianwei.desk.documents.flow import Status
from jianwei.desk.documents.models import Document
from jianwei.desk.people.acting import Acting
from jianwei.desk.workbench.line import Line


def waiting(who: Acting) -> QuerySet[Document]:
    """To review and to sign for those who decide; for authors what came back and what was answered."""
    own = Q(author=who.user.pk)
    returned = own & Q(status=Status.DRAFT, steps__verb="send_back")
    answered = own & Q(status__in=(Status.ISSUED, Status.SERVED), replied_on__isnull=False)
    asked = signing.waits_for(who)
    return documents.visible(who).filter(asked | returned | answered).distinct().order_by("updated_at", "pk")


def given(who: Acting) -> QuerySet[Document]:
    """What an author sent up and has not got back."""
    sent = documents.visible(who).filter(status__in=(Status.REVIEW, Status.APPROVED), author=who.user.pk)
    return sent.exclude(signing.waits_for(who)).order_by("updated_at", "pk")


def to_do(one: Document) -> Line:
    """A document that waits, as a line."""
    match one.status:
        case Status.REVIEW:
            what, word, why = f"审核{one.title}", "待审核", f"{one.author.name}送审"
        case Status.APPROVED:
            what, word, why = f"签发{one.title}", "待签发", f"{one.author.name}起草，已审核通过"
        case Status.DRAFT:
            what, word, why = f"修改{one.title}", "退回修改", "审核时退回，理由见文书经过"
        case _:
            what, word, why = f"研判{one.title}的回复", "收到回复", f"{one.replied_on}收到回复，核查后归档"
    return _line(one, what, why, word)


def sent(one: Document) -> Line:
    """A document that somebody else has, as a line."""
    word = "待审核" if one.status == Status.REVIEW else "待签发"
    return _line(one, one.title, f"{one.updated_at:%Y-%m-%d}送出", word)


def _line(one: Document, what: str, why: str, word: str) -> Line:
    about = f"{one.about}　{one.number}".strip()
    return Line(what, reverse("documents_one", args=[one.pk]), about, why, word, "calm")

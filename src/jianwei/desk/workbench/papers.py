"""The documents on the workbench: what waits for somebody, and what somebody waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse, reverse_lazy

from jianwei.desk.documents import queries as documents
from jianwei.desk.documents.flow import Status
from jianwei.desk.documents.listing import marks
from jianwei.desk.documents.models import Document
from jianwei.desk.matters.queries import today
from jianwei.desk.people.acting import Acting
from jianwei.desk.workbench.due import Due
from jianwei.desk.workbench.line import Line, Section
from jianwei.desk.workbench.warning import horizon

LIST = reverse_lazy("documents")


def waiting_section(who: Acting, most: int) -> Section:
    """To review and to sign for those who decide; for authors what came back and what was answered."""
    asked = Q()
    for mark in ("waiting", "returned", "answered"):
        asked |= marks(who)[mark]
    found = documents.visible(who).filter(asked)
    lines = tuple(to_do(one) for one in found.select_related("author").order_by("updated_at", "pk")[:most])
    return Section("文书", lines, found.count(), f"{LIST}?mark=waiting&mark=returned&mark=answered")


def sent_section(who: Acting, most: int) -> Section:
    """What an author sent up and has not got back."""
    found = documents.visible(who).filter(marks(who)["sent"])
    lines = tuple(sent(one) for one in found.order_by("updated_at", "pk")[:most])
    return Section("送审的文书", lines, found.count(), f"{LIST}?mark=sent")


def awaiting(who: Acting) -> QuerySet[Document]:
    """Documents outside any matter that an answer is awaited to; those of a matter have a clock there."""
    return documents.visible(who).filter(marks(who)["awaiting"], matter__isnull=True).order_by("reply_due_on", "pk")


def awaiting_section(who: Acting, most: int, *, own_office: bool) -> Section:
    """One's own, or the office's."""
    if own_office:
        found, narrowed = awaiting(who).filter(office=who.user.office_id), f"office={who.user.office.code}"
    else:
        found, narrowed = awaiting(who).filter(author=who.user.pk), f"author={who.user.username}"
    day = today(who)
    lines = tuple(_awaited(one, day) for one in found[:most])
    return Section("等待回复的文书", lines, found.count(), f"{LIST}?mark=awaiting&matter=none&{narrowed}")


def replies_due(who: Acting, first: dt.date, until: dt.date, *, mine: bool, own_office: bool) -> Iterator[Due]:
    """The same as last days of a span, at most 200."""
    found = awaiting(who).filter(reply_due_on__range=(first, until))
    if mine:
        found = found.filter(author=who.user.pk)
    elif own_office:
        found = found.filter(office=who.user.office_id)
    for one in found[:200]:
        if one.reply_due_on:
            yield Due("others", f"{one.title}的回复", one.reply_due_on, one.about, one.number, _url(one))


def _awaited(one: Document, day: dt.date) -> Line:
    assert one.reply_due_on is not None
    left = (one.reply_due_on - day).days
    word = f"已超{-left}日" if left < 0 else "今日届满" if left == 0 else f"余{left}日"
    colour = "late" if left < 0 else "soon" if one.reply_due_on <= horizon(day) else "calm"
    why = (
        f"应当在{one.reply_due_on.isoformat()}前回复（{one.reply_reasoning.splitlines()[0]}）"
        if one.reply_reasoning
        else f"应当在{one.reply_due_on.isoformat()}前回复"
    )
    return Line(
        f"等待{one.title}的回复",
        _url(one),
        f"{one.about}　{one.number}".strip(),
        why,
        word,
        colour,
        "可催办" if left < 0 else "",
    )


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
    return Line(what, _url(one), about, why, word, "calm")


def _url(one: Document) -> str:
    return reverse("documents_one", args=[one.pk])

"""Issue: the number is taken, date and signer are written into the document, and the clocks of the answer begin."""

from __future__ import annotations

import datetime as dt

from jianwei.desk.documents import isolated, keeping, queries, reading
from jianwei.desk.documents.archive import BadPackage
from jianwei.desk.documents.drafting import issued, words
from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.kind import Kind
from jianwei.desk.documents.models import Document, Entry, Version
from jianwei.desk.documents.owed import owed
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.numbering import allocate
from jianwei.desk.people.acting import Acting


def issue(who: Acting, document: Document, kind: Kind, *, signer: str, on: dt.date) -> None:
    """Give the document its number, date and signer. The caller saves it."""
    if on > matters.today(who):
        raise Refused("签发日期不能在今天之后。", {"on": "不能在今天之后"})
    draft = keeping.latest(document)
    if kind.numbering:
        _number(who, document, kind, on.year)
    docx = _stamped(kind, draft, number=document.number, on=on, by=signer)
    document.issued_on, document.signer = on, signer[:40]
    keeping.keep(who, document, Version.Origin.ISSUED, docx, reading.blocks(docx), values=draft.values, why="签发")
    if kind.reply and kind.reply.starts == "签发":
        begin_reply(document, kind, on)


def begin_reply(document: Document, kind: Kind, start: dt.date) -> None:
    """Set by when an answer is owed, counted from ``start``. The caller saves the document."""
    if kind.reply is None:
        return
    found = owed(kind.reply, keeping.latest(document).values, start)
    document.reply_due_on, document.reply_reasoning, document.reply_notices = (
        found.on,
        found.reasoning,
        list(found.notices),
    )


def _number(who: Acting, document: Document, kind: Kind, year: int) -> None:
    """The next number of the office, the year and the series. A transaction that fails gives it back."""
    assert kind.numbering
    series = kind.numbering.series
    short, _ = queries.short(document.office)
    n = allocate(document.office, year, f"文书 {series}")
    document.number = kind.numbering.text(short, year, n)
    Entry.objects.create(
        office=document.office,
        year=year,
        series=series,
        n=n,
        text=document.number,
        document=document,
        at=who.at,
        by_id=who.user.pk,
    )


def _stamped(kind: Kind, draft: Version, *, number: str, on: dt.date, by: str) -> bytes:
    docx = bytes(draft.docx)
    try:
        if draft.origin == Version.Origin.UPLOADED:
            return isolated.stamped(docx, words(kind, number=number, on=on, by=by))
        return issued(docx, kind, number=number, on=on, by=by)
    except reading.NoPlace as error:
        raise Refused(
            "上传的文书里没有了文号的位置（“文号”内容控件），不能签发。请从最近一次填写的版本重新编辑。"
        ) from error
    except BadPackage as error:
        raise Refused(f"上传的文书不能处理：{error}。") from error

"""Figures of documents: how fast a kind is filled, and how fast the lists and the register come."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from itertools import cycle, islice

from django.test import Client

from jianwei.desk.documents import actions, shelf
from jianwei.desk.documents.flow import Status
from jianwei.desk.documents.models import Document, Entry
from jianwei.desk.matters.bench import TODAY, planted
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User
from jianwei.desk.site.timing import HEAD, analysed, measured

AT = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
BATCH = 5000


def report(count: int, say: Callable[[str], None]) -> None:
    """Fill one draft of every kind, then list ``count`` documents of as many matters."""
    people = planted(count, say)
    handlers = {user.pk: user for user in people.values()}
    matter = next(iter(Matter.objects.filter(closed=False, restriction="").select_related("office", "handler")[:1]))
    handler = handlers[matter.handler_id or 0]
    drafted = len(shelf.kinds())
    began = time.perf_counter()
    for kind in shelf.kinds():
        actions.start(_as(handler), kind, {}, matter_id=matter.pk)
    seconds = time.perf_counter() - began
    say(f"起草：{drafted} 种文书各一份，每份 {seconds / drafted * 1000:.0f} 毫秒（含填充模板、生成版本、审计）")
    if Document.objects.count() < count:
        began = time.perf_counter()
        _issued(count, next(iter(handlers)))
        say(f"植入 {count} 份已签发文书：{time.perf_counter() - began:.0f} 秒")
    analysed()
    say(f"文书 {Document.objects.count()} 份，文号 {Entry.objects.count()} 个")
    say(HEAD)
    for who, user in (("全省", people["330000"]), ("区县院", handler)):
        client = Client()
        client.force_login(user)
        for title, address in (
            ("列表", "/documents/"),
            ("列表，第 200 页", "/documents/?page=200"),
            ("列表，逾期未回复", "/documents/?mark=overdue"),
            ("列表，查找", "/documents/?q=虞见山"),
            ("文号登记簿", "/documents/register/"),
        ):
            say(f"{title}（{who}）　{measured(client, address)}")


def _as(user: User) -> Acting:
    return Acting(user=user, ip="", at=AT)


def _issued(count: int, author: int) -> None:
    """Issued documents as rows alone: what lists and the register read."""
    kinds = [kind for kind in shelf.kinds().values() if kind.numbering]
    matters = Matter.objects.select_related("office").order_by("pk")
    serials: dict[tuple[int, str], int] = {}
    rows = zip(cycle(kinds), islice(cycle(matters.iterator(chunk_size=2000)), count), strict=False)
    while batch := list(islice(rows, BATCH)):
        made = [
            Document(
                kind=kind.key, title=kind.title, group=kind.group, about=matter.title, office_id=matter.office_id,
                matter_id=matter.pk, status=Status.ISSUED, author_id=author, issued_on=matter.opened_on, signer="测量",
                reply_due_on=matter.opened_on + dt.timedelta(days=60), created_at=AT, updated_at=AT,
            )
            for kind, matter in batch
        ]  # fmt: skip
        Document.objects.bulk_create(made, batch_size=500)
        entries = []
        for document, (kind, matter) in zip(made, batch, strict=True):
            series = kind.numbering.series if kind.numbering else ""
            n = serials[matter.office_id, series] = serials.get((matter.office_id, series), 0) + 1
            entries.append(
                Entry(
                    office_id=matter.office_id, year=TODAY.year - 1, series=series, n=n, text=f"{series}〔{n}〕", document=document,
                    at=AT, by_id=author,
                )
            )  # fmt: skip
        Entry.objects.bulk_create(entries, batch_size=500)

"""移送: a package is made of a matter, numbered, and put into the log by itself.

The row comes first, with its number and the exact bytes of its list; the log takes them under the package's own id as soon
as may be, again after any interruption, and never two lists under one number.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from jianwei.desk.documents import queries as documents
from jianwei.desk.documents.models import Version
from jianwei.desk.evidence import custody, fixing, ledger
from jianwei.desk.evidence import queries as evidence
from jianwei.desk.evidence.models import Custody, Material, Source, Stage
from jianwei.desk.evidence.sweeping import WORD
from jianwei.desk.exchange import counterparts, summary
from jianwei.desk.exchange.errors import NotFound, Refused
from jianwei.desk.exchange.manifest import NAME, About, Manifest, Organ, Previous
from jianwei.desk.exchange.manifest import Item as Listed
from jianwei.desk.exchange.models import Counterpart, Item, Kind, Package, State
from jianwei.desk.matters import numbering
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.people.roles import label
from jianwei.seal.leaf import Kind as Record
from jianwei.seal.vault.hashing import Digests, digests

REPLY_WITHIN_DAYS = 7
"""Proposed for the receipt; the sender may set another day (chosen: the law names no term for the receipt of a package)."""
_NO_SERIES = 0
"""Packages are numbered through the years."""
_NOT_IN_NAMES = re.compile(r'[/\\<>:"|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True)
class Chosen:
    """What a form says. ``recipient`` is ``office:330603`` or ``organ:12``; documents and materials are by id."""

    recipient: str
    purpose: str
    reply_by: str
    documents: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    tells: bool = True
    """Whether the summary and the acts of the matter go along."""
    unwitnessed: bool = False


def issued(who: Acting, matter: Matter) -> QuerySet[Version]:
    """The issued documents of a matter that may go along."""
    return documents.issued_of_matter(who, matter.pk)


def materials(who: Acting, matter: Matter) -> QuerySet[Material]:
    """The materials that may go along: with a file, in the log of the matter's office, not erased; documents go by themselves."""
    found = evidence.of_matter(who, matter.pk).filter(
        office=matter.office, kind__in=(Record.MATERIAL, Record.CORRECTION)
    )
    return found.exclude(stage=Stage.ERASED).exclude(source=Source.DOCUMENT).exclude(sha256="")


def make(who: Acting, matter_id: int, chosen: Chosen) -> Package:
    """Make a package and put its list into the log. Raise ``NotFound``, ``Refused`` by field, ``NoLog``."""
    package = _made(who, matter_id, chosen)
    put(package)
    return package


@transaction.atomic
def _made(who: Acting, matter_id: int, chosen: Chosen) -> Package:
    matter = matters.matter(who, matter_id)
    if matter is None:
        raise NotFound
    if not matters.writable(who, matter):
        raise Refused(f"本事项由{matter.office.name}办理，您（{label(who.role)}）可以查看，不能移送。")
    ledger.needed(matter.office)
    to_office, organ = _recipient(who, matter, chosen.recipient)
    purpose, reply_by = _purpose(chosen.purpose), _day(who, chosen.reply_by)
    items = list(_items(who, matter, chosen))
    if not items:
        raise Refused("包里没有内容。请至少选择一份文书、一份材料或者事项摘要。", {"items": "请至少选择一项"})
    code, name = (to_office.code, to_office.name) if to_office else (organ.code, organ.name) if organ else ("", "")
    number = numbering.allocate(matter.office, _NO_SERIES, f"移送包 {code}")
    before = Package.objects.filter(office=matter.office, recipient_code=code, number=number - 1).first()
    package = Package(
        id=ledger.new_id(who.at), office=matter.office, matter=matter, to_office=to_office, counterpart=organ, recipient_code=code,
        recipient_name=name, number=number, purpose=purpose, reply_by=reply_by, unwitnessed=chosen.unwitnessed, by_id=who.user.pk,
        at=who.at, updated_at=who.at,
    )  # fmt: skip
    for place, item in enumerate(items, 1):
        item.package, item.place = package, place
        item.path = _path(place, item)
    content = _listed(who, package, organ, before, items).encode()
    package.sha256, package.pending = hashlib.sha256(content).hexdigest(), content
    package.save(force_insert=True)
    Item.objects.bulk_create(items)
    for item in items:
        if item.material:
            custody.record(
                who, item.material, Custody.Verb.TRANSFERRED, purpose=purpose, recipient=name, before=item.sha256,
                result=f"移送包 {package.pk} 第 {item.place} 件",
            )  # fmt: skip
    audit.record(
        who, "制作移送包", kind="移送包", object_id=package.pk, purpose=purpose, matter=matter.number, recipient=name,
        number=number, items=len(items), sha256=package.sha256,
    )  # fmt: skip
    return package


def put(package: Package) -> None:
    """Put the list of a package into the log of its office; done already, nothing happens."""
    if package.pending is None:
        return
    content = bytes(package.pending)
    found = digests(io.BytesIO(content))
    record = Material(
        id=package.pk, office=package.office, matter=package.matter, kind=Record.EXCHANGE, source=Source.EXCHANGE, source_id=package.pk,
        name=f"{package} {NAME}"[:200], media_type="application/json", size=found.size, sha256=found.sha256, sm3=found.sm3,
        case_ref=summary.title(package.matter), note=f"移送事由：{package.purpose}", by_id=package.by_id, at=package.at, updated_at=package.at,
    )  # fmt: skip
    kept = fixing.keep(record, content)
    Package.objects.filter(pk=package.pk).update(record=kept, pending=None)
    package.record, package.pending = kept, None


def missing() -> list[Callable[[], object]]:
    """For the background worker: what an interruption kept from the log."""
    found = Package.objects.filter(record=None).select_related("office", "matter")[:100]
    return [partial(put, package) for package in found]


def _recipient(who: Acting, matter: Matter, chosen: str) -> tuple[Office | None, Counterpart | None]:
    sort, _, key = chosen.partition(":")
    if sort == "office" and (office := next((one for one in counterparts.offices(matter) if one.code == key), None)):
        return office, None
    if sort == "organ" and key.isdecimal() and (organ := counterparts.usable(matter.office).filter(pk=key).first()):
        return None, organ
    raise Refused("请选择接收单位。", {"recipient": "请选择接收单位"})


def _purpose(text: str) -> str:
    words = " ".join(text.split())[:200]
    if len(words) < 2:
        raise Refused("请写明移送事由。", {"purpose": "请写明移送事由"})
    return words


def _day(who: Acting, text: str) -> dt.date:
    today = matters.today(who)
    try:
        day = dt.date.fromisoformat(text.strip()) if text.strip() else today + dt.timedelta(days=REPLY_WITHIN_DAYS)
    except ValueError:
        raise Refused("日期写成 2026-11-29 的样子。", {"reply_by": "日期写成 2026-11-29 的样子"}) from None
    if day < today:
        raise Refused("请对方回执的日期已经过去。", {"reply_by": "不能早于今天"})
    return day


def _items(who: Acting, matter: Matter, chosen: Chosen) -> Iterator[Item]:
    if chosen.tells and (book := matters.casebook_of(matter)):
        readable, acts = summary.readable(book, matters.today(who)), summary.as_json(book)
        yield _file("summary", summary.READABLE, "text/plain; charset=utf-8", readable, content=readable)
        yield _file("acts", summary.ACTS, "application/json", acts, content=acts)
    for version in _known(issued(who, matter), chosen.documents, "documents"):
        docx, document = bytes(version.docx), version.document
        yield _file(
            "document", f"{document.title}{document.number}.docx", WORD, docx, version=version, number=document.number
        )
    for one in _known(materials(who, matter), chosen.materials, "materials"):
        if one.size is not None:
            of_it = Digests(one.size, one.sha256, one.sm3)
            yield _item("evidence", one.name, one.media_type, of_it, material=one, number=one.doc_no)


def _known(found: QuerySet[Any], ids: tuple[str, ...], field: str) -> Iterable[Any]:
    """Those that were ticked, in their order; one that is out of scope or gone is not passed over in silence."""
    there = {str(one.pk): one for one in found.filter(pk__in=ids)}
    if set(ids) - set(there):
        raise Refused("所选的文书或者材料有的已经作废、删除，或不在本事项内。请重新选择。", {field: "请重新选择"})
    return [there[key] for key in dict.fromkeys(ids)]


def _file(sort: str, title: str, media_type: str, body: bytes, **more: Any) -> Item:
    return _item(sort, title, media_type, digests(io.BytesIO(body)), **more)


def _item(sort: str, title: str, media_type: str, found: Digests, **more: Any) -> Item:
    name, kind = title[:200], media_type or "application/octet-stream"
    return Item(sort=sort, title=name, media_type=kind, size=found.size, sha256=found.sha256, sm3=found.sm3, **more)


def _path(place: int, item: Item) -> str:
    if item.material:
        return f"evidence/{item.material.pk}.evb"
    stem, dot, ending = _NOT_IN_NAMES.sub("_", item.title).rpartition(".")
    return f"files/{place:03d}-{stem[:100]}{dot}{ending[:12]}"


def _listed(
    who: Acting, package: Package, organ: Counterpart | None, before: Package | None, items: list[Item]
) -> Manifest:
    matter, office = package.matter, package.office
    procedure = matters.procedure_of(matter)
    return Manifest(
        id=package.pk,
        sender=Organ(office.code, office.name, Kind.PROCURATORATE, ledger.origin(office)),
        recipient=Organ(package.recipient_code, package.recipient_name, organ.kind if organ else Kind.PROCURATORATE),
        number=package.number,
        made_at=package.at,
        made_by=who.user.name,
        purpose=package.purpose,
        reply_by=package.reply_by.isoformat(),
        previous=Previous(before.pk, before.sha256) if before else None,
        about=About(
            matter.number, matter.title, matter.procedure, procedure.title if procedure else matter.procedure, matter.case_type,
            matter.stage, matter.restriction or None,
        ),
        items=tuple(
            Listed(
                item.path, item.sort, item.title, item.media_type, item.size, item.sha256, item.sm3, item.number or None,
                item.material.pk if item.material else None,
            )
            for item in items
        ),
    )  # fmt: skip


def waits(package: Package) -> str:
    """Why a package cannot go yet; "" when it can."""
    if package.record is None or package.record.stage == Stage.RECEIVED:
        return "清单正在写入存证日志。"
    if package.state == State.MADE and not package.unwitnessed and not_signed(package):
        return "等待外部见证方签名；签名之后才能向对方证明何时制作、由谁制作。"
    return ""


def not_signed(package: Package) -> int:
    """How many of its records no outside party has signed yet."""
    short = (Stage.RECEIVED, Stage.FIXED)
    own = int(package.record is None or package.record.stage in short)
    return own + package.items.filter(material__stage__in=short).count()

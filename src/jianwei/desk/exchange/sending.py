"""A package on its way: written into one file for a disc, or laid into the inbox of an office of this installation.

It is written anew each time, from the log: proofs only grow, and what was erased meanwhile goes out no more.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from jianwei.desk.evidence import custody, ledger, watching
from jianwei.desk.evidence.handling import Taken
from jianwei.desk.evidence.models import Custody, Material, Stage
from jianwei.desk.evidence.packing import packed
from jianwei.desk.evidence.receiving import RESERVE
from jianwei.desk.exchange import making, queries
from jianwei.desk.exchange.errors import Conflict, DiskFull, NotFound, Refused
from jianwei.desk.exchange.manifest import NAME, RECORD, Manifest
from jianwei.desk.exchange.models import Item, Package, Received, Stand, State
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.seal.bundle import Content, pack
from jianwei.seal.vault.hashing import PIECE

MEDIA_TYPE = "application/vnd.jianwei.jwx"


def place() -> Path:
    """Where packages lie that wait for an answer: on the home's own disk, which is sized for evidence."""
    found = Path(settings.JIANWEI_HOME) / "exchange"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


@contextmanager
def written(package: Package) -> Iterator[BinaryIO]:
    """The package in a file that is gone when the block ends. Raise as ``write`` does."""
    with tempfile.TemporaryFile(prefix="jianwei-jwx-", dir=place()) as file:
        write(package, file)
        file.seek(0)
        yield file


def write(package: Package, out: BinaryIO) -> None:
    """Write the package to a file that can seek. Raise ``Conflict`` while it may not go, ``DiskFull``."""
    gone = package.items.filter(material__stage=Stage.ERASED).first()
    if gone:
        raise Conflict(f"第 {gone.place} 件材料制作之后已依法删除，这个包不能再送出。请另行制作。")
    if waits := making.waits(package):
        raise Conflict(waits)
    size = package.items.aggregate(size=Sum("size"))["size"] or 0
    if shutil.disk_usage(place()).free < 2 * size + RESERVE:
        raise DiskFull
    pack(out, _contents(package))


def _contents(package: Package) -> Iterator[Content]:
    record = package.record
    if record is None:
        raise Conflict("清单正在写入存证日志。")
    content = listed(package)
    yield NAME, len(content), (content,)
    yield from _bundle(RECORD, record, package.unwitnessed)
    for item in package.items.select_related("material__office", "version").iterator(chunk_size=50):
        if item.material:
            yield from _bundle(item.path, item.material, package.unwitnessed)
        else:
            body = _body(item)
            yield item.path, len(body), (body,)


def _bundle(path: str, one: Material, allow_fixed: bool) -> Iterator[Content]:
    with packed(one, allow_fixed=allow_fixed) as file:
        size = file.seek(0, 2)
        file.seek(0)
        yield path, size, iter(lambda: file.read(PIECE), b"")


def _body(item: Item) -> bytes:
    return bytes(item.version.docx if item.version else item.content or b"")


def listed(package: Package) -> bytes:
    """The exact bytes of a package's list, from the log."""
    if package.pending is not None:
        return bytes(package.pending)
    with ledger.holding(package.office, package.pk) as log, ExitStack() as kept:
        stream = log.original(package.pk)
        return kept.enter_context(stream).read() if stream else b""


def take_out(who: Acting, package_id: str) -> Taken:
    """The package as a file for a disc. Raise ``NotFound``, ``Refused``, ``Conflict``."""
    package = queries.sent(who, package_id)
    if package is None:
        raise NotFound
    if not queries.sends(who, package):
        raise Refused("这个包由移送院办理，您可以查看，不能取出。")
    watching.bring_up_to_date(queries.records(package), who.at)
    package.refresh_from_db()
    kept = ExitStack()
    file = kept.enter_context(written(package))
    size = file.seek(0, 2)
    file.seek(0)
    with transaction.atomic():
        for item in package.items.select_related("material").exclude(material=None):
            assert item.material
            custody.record(
                who, item.material, Custody.Verb.BUNDLED, purpose=package.purpose, recipient=package.recipient_name,
                before=item.sha256, result=f"随移送包 {package.pk} 取出",
            )  # fmt: skip
        _gone_out(package, who.at)
        audit.record(
            who,
            "取出移送包",
            kind="移送包",
            object_id=package.pk,
            purpose=package.purpose,
            recipient=package.recipient_name,
            size=size,
        )
    return Taken(
        f"{package.office.code}致{package.recipient_code}第{package.number}号.jwx",
        MEDIA_TYPE,
        size,
        _emptied(file, kept),
    )


def _emptied(file: BinaryIO, kept: ExitStack) -> Iterator[bytes]:
    with kept:
        while piece := file.read(PIECE):
            yield piece


def _gone_out(package: Package, at: dt.datetime) -> None:
    if package.state == State.MADE:
        package.state, package.sent_at, package.updated_at = State.SENT, at, at
        package.save(update_fields=["state", "sent_at", "updated_at"])


def deliver(package: Package, at: dt.datetime) -> bool:
    """Lay a package into the inbox of its office here, once it may go. Whether it was done now."""
    if package.to_office is None or package.state != State.MADE or making.waits(package):
        return False
    if package.items.filter(material__stage=Stage.ERASED).exists():
        return False
    manifest = Manifest.parse(listed(package))
    with transaction.atomic():
        _, made = Received.objects.get_or_create(
            id=package.pk, defaults=described(manifest, package.sha256) | {
                "office": package.to_office, "package": package, "state": Stand.WAITING, "at": at, "updated_at": at,
            },
        )  # fmt: skip
        _gone_out(package, at)
    return made


def described(manifest: Manifest, sha256: str) -> dict[str, object]:
    """What a row of the inbox says of a package, in its sender's words."""
    about = manifest.about
    return {
        "sender_code": manifest.sender.code[:30], "sender_name": manifest.sender.name[:80], "origin": str(manifest.sender.origin)[:120],
        "number": manifest.number, "purpose": manifest.purpose[:200], "made_at": manifest.made_at, "sha256": sha256,
        "case_number": about.number[:60] if about else "", "case_title": about.title[:200] if about else "",
        "restricted": bool(about and about.restriction), "manifest": manifest.as_json(),
        "reply_by": dt.date.fromisoformat(manifest.reply_by) if manifest.reply_by else None,
    }  # fmt: skip


def ready(at: dt.datetime) -> list[Callable[[], object]]:
    """For the background worker: everything that may go now."""
    made = Package.objects.filter(state=State.MADE, to_office__isnull=False).exclude(record=None)
    made = made.exclude(items__material__stage=Stage.ERASED)
    found = made.select_related("office", "to_office", "record")[:200]
    return [partial(deliver, one, at) for one in found if not making.waits(one)]

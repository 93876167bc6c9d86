"""A sender of one's own: packages are made with its log and keys, right ones and wrong ones. Everybody is invented."""

from __future__ import annotations

import datetime as dt
import io
import os
import time
from dataclasses import replace
from typing import Any

from sealed_homes import COUNTY, SIBLING, SealedHome

from jianwei.desk.exchange.manifest import NAME, RECORD, About, Item, Manifest, Organ, Previous
from jianwei.seal.bundle import pack
from jianwei.seal.evidence_log import EvidenceLog
from jianwei.seal.leaf import Kind
from jianwei.seal.vault import ulid
from jianwei.seal.vault.hashing import digests
from jianwei.seal.vault.manifest import Manifest as Said

CONTENT = "移送材料清单，共三件。".encode()
TO = Organ(COUNTY, "绍兴市越城区人民检察院", "procuratorate")
ABOUT = About(
    "柯检刑诉受〔2026〕1号", "虞见山诈骗案", "criminal/prosecution_review", "审查起诉", "一审公诉案件", "审查"
)


class Sender:
    """The office beside, as an outsider: ``of(number=2)`` is a package of it, in bytes."""

    def __init__(self, home: SealedHome, code: str = SIBLING) -> None:
        self.home, self.code = home, code
        self.last: Manifest | None = None

    def manifest(self, **changes: Any) -> Manifest:
        found = digests(io.BytesIO(CONTENT))
        item = Item("files/001-清单.txt", "document", "清单.txt", "text/plain", found.size, found.sha256, found.sm3)
        with EvidenceLog.open(self.home.folder(self.code)) as log:
            origin = log.folder.settings.origin
        one = Manifest(
            id=ulid.new(int(time.time()), os.urandom), sender=Organ(self.code, "绍兴市柯桥区人民检察院", "procuratorate", origin),
            recipient=TO, number=1, made_at=dt.datetime.now(dt.UTC).replace(microsecond=0), made_by="闻知秋", purpose="移送审查起诉",
            items=(item,), about=ABOUT, reply_by="2099-01-01",
        )  # fmt: skip
        return replace(one, **changes)

    def following(self, before: Manifest, **changes: Any) -> Manifest:
        sha256 = digests(io.BytesIO(before.encode())).sha256
        return self.manifest(**{"number": before.number + 1, "previous": Previous(before.id, sha256)} | changes)

    def record(
        self, one: Manifest, *, witnessed: bool = True, kind: Kind = Kind.EXCHANGE, content: bytes | None = None
    ) -> bytes:
        """The bundle of the record of that list; ``content`` where another list was recorded."""
        body = one.encode() if content is None else content
        said = Said(kind=kind, id=one.id, office="绍兴市柯桥区人民检察院", name=NAME, media_type="application/json")
        with EvidenceLog.open(self.home.folder(self.code)) as log:
            found = digests(io.BytesIO(body))
            said = replace(said, size=found.size, sha256=found.sha256, sm3=found.sm3)
            log.put(kind, said, io.BytesIO(body), now=int(time.time()), entropy=os.urandom)
        self.home.drain(self.code)
        if witnessed:
            self.home.witness(self.code)
        out = io.BytesIO()
        with EvidenceLog.open(self.home.folder(self.code)) as log:
            log.bundle(one.id, out, allow_fixed=not witnessed)
        return out.getvalue()

    def of(
        self,
        one: Manifest | None = None,
        *,
        record: bytes | None = None,
        members: dict[str, bytes] | None = None,
        **how: Any,
    ) -> bytes:
        one = one or self.manifest()
        files = {item.path: CONTENT for item in one.items} if members is None else members
        return packed({NAME: one.encode(), RECORD: record or self.record(one, **how), **files})


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    pack(out, ((name, len(body), (body,)) for name, body in members.items()))
    return out.getvalue()

"""Bundles on their way out: of one material, and of a whole case in one ZIP that is written while it is sent."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction

from jianwei.desk.evidence import custody, ledger, queries, watching
from jianwei.desk.evidence.errors import Conflict, NotFound
from jianwei.desk.evidence.handling import Taken, held
from jianwei.desk.evidence.models import Custody, Material, Stage
from jianwei.desk.matters import queries as matters
from jianwei.desk.people.acting import Acting
from jianwei.seal.vault.hashing import PIECE


@contextmanager
def packed(one: Material, *, allow_fixed: bool) -> Iterator[BinaryIO]:
    """The bundle of a material in a file that is gone when the block ends."""
    with tempfile.TemporaryFile(prefix="jianwei-evb-", dir=_passing()) as file:
        with ledger.holding(one.office, one.pk) as log:
            log.bundle(one.pk, file, allow_fixed=allow_fixed)
        file.seek(0)
        yield file


def bundle(who: Acting, material_id: str, purpose: str, *, allow_fixed: bool = False) -> Taken:
    """The material with all that proves it, in one file. Raise ``Conflict`` before an outside party has signed."""
    one = held(who, material_id)
    words = custody.purpose_given(Custody.Verb.BUNDLED, purpose)
    kept = ExitStack()
    file = kept.enter_context(packed(one, allow_fixed=allow_fixed))
    size = file.seek(0, 2)
    file.seek(0)
    custody.record(
        who, one, Custody.Verb.BUNDLED, purpose=words, before=one.sha256, result="" if one.proven_at else "尚未见证"
    )
    return Taken(f"{one.pk}.evb", "application/vnd.jianwei.evb", size, _emptied(file, kept))


def _emptied(file: BinaryIO, kept: ExitStack) -> Iterator[bytes]:
    with kept:
        while piece := file.read(PIECE):
            yield piece


def proof(who: Acting, material_id: str, *, allow_fixed: bool = False) -> bytes:
    """The tlog-proof of a material, which says nothing of its content."""
    one = held(who, material_id)
    with ledger.holding(one.office, one.pk) as log:
        return log.proof(one.pk, allow_fixed=allow_fixed).encode()


def case_file(who: Acting, matter_id: int, purpose: str) -> Taken:
    """All bundles of a case in one ZIP, written while it is sent. What has no outside signature yet is left out and listed."""
    matter = matters.matter(who, matter_id)
    if matter is None:
        raise NotFound
    words = custody.purpose_given(Custody.Verb.BUNDLED, purpose)
    chosen = list(queries.of_matter(who, matter_id).exclude(stage=Stage.ERASED))
    watching.bring_up_to_date(chosen, who.at)
    ready = [one for one in chosen if one.stage not in (Stage.RECEIVED, Stage.FIXED)]
    if not ready:
        raise Conflict("本事项还没有经外部见证的材料，没有可以取出的存证包。")
    with transaction.atomic():
        for one in ready:
            custody.record(who, one, Custody.Verb.BUNDLED, purpose=words, before=one.sha256, result="随全案取出")
    waiting = [one for one in chosen if one not in ready]
    return Taken(f"{matter.number} 存证包.zip", "application/zip", None, _zipped(ready, waiting, matter.number))


class _Outbox(io.RawIOBase):
    """Where a ZIP is written to while it is sent: holds what was not taken yet. Cannot seek."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._held += content
        return len(content)

    def taken(self) -> bytes:
        content = bytes(self._held)
        self._held.clear()
        return content


def _zipped(ready: list[Material], waiting: list[Material], number: str) -> Iterator[bytes]:
    out = _Outbox()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for place, one in enumerate(ready, 1):
            entry = zipfile.ZipInfo(f"{place:03d}-{one.pk}.evb", (1980, 1, 1, 0, 0, 0))
            with packed(one, allow_fixed=False) as file, archive.open(entry, "w", force_zip64=True) as inside:
                while piece := file.read(PIECE):
                    inside.write(piece)
                    yield out.taken()
        archive.writestr(zipfile.ZipInfo("清单.txt", (1980, 1, 1, 0, 0, 0)), _inventory(ready, waiting, number))
    yield out.taken()


def _inventory(ready: list[Material], waiting: list[Material], number: str) -> str:
    lines = [f"{number} 存证包清单", ""]
    for place, one in enumerate(ready, 1):
        lines += [
            f"{place:03d}  {one.name}",
            f"     存证编号 {one.pk}",
            f"     SHA-256 {one.sha256}",
            f"     SM3     {one.sm3}",
        ]
    if waiting:
        lines += ["", "尚无外部见证、未列入的：", *(f"     {one.name}（{one.pk}）" for one in waiting)]
    return "\n".join(lines) + "\n"


def _passing() -> Path:
    """Where files are kept that are gone in a moment: on the home's own disk, which is sized for evidence."""
    place = Path(settings.JIANWEI_HOME) / "uploads"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place

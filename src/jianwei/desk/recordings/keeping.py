"""Into the log without anybody pressing a button: the material, then the desk's row of the recording. Repeated without harm."""

from __future__ import annotations

from typing import Any, BinaryIO

from jianwei.desk.evidence import fixing
from jianwei.desk.evidence.models import Material, Source
from jianwei.desk.recordings.models import Recording
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.hashing import Digests

METHOD = "同步录音录像"


def material(digests: Digests, **said: Any) -> Material:
    """A material that is a recording. What evidence it is (证据种类) a person says, not the device."""
    return Material(
        kind=Kind.MATERIAL, source=Source.RECORDING, method=METHOD, size=digests.size, sha256=digests.sha256, sm3=digests.sm3, **said
    )  # fmt: skip


def keep(one: Material, original: BinaryIO, **said: Any) -> Recording:
    """Put a recording into the log; ``said`` is what the desk alone keeps of it. Raise what ``fixing.keep`` does."""
    return row(fixing.keep(one, original), **said)


def row(kept: Material, **said: Any) -> Recording:
    """The desk's row of a recording that is in the log."""
    return Recording.objects.get_or_create(material=kept, defaults=said)[0]

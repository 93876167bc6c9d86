"""A device that exports to the drop folder, and a clock that the worker's rounds go by. Everybody is invented."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

from django.utils import timezone
from sealed_homes import COUNTY

from jianwei.desk.recordings import dropping
from jianwei.desk.recordings.models import Arrival, Recording
from jianwei.seal.evidence_log import EvidenceLog

FILM = random.Random(5).randbytes(300_000)
SAID = {
    "purpose": "讯问", "place": "塔下弄讯问室", "officers": "闻知秋、郎听雨", "present": "虞见山", "device": "摄像头甲", "media_type": "video/webm",
}  # fmt: skip


class Device:
    """A recorder with a folder of its own, in an office whose worker makes a round whenever ``round`` is called."""

    def __init__(self, home: Path, code: str = COUNTY) -> None:
        self.home, self.code = home, code
        self.top = home / "recordings" / code
        self.place = self.top / "第一讯问室"
        self.place.mkdir(parents=True)
        self.now = timezone.now()

    def export(self, name: str = "讯问.mp4", content: bytes = FILM, said: object = None) -> Path:
        path = self.place / name
        if said is not None:
            words = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
            path.with_name(name + ".json").write_bytes(words)
        path.write_bytes(content)
        return path

    def round(self, later: dt.timedelta = dropping.RESTS) -> int:
        """One round, ``later`` than the one before."""
        self.now += later
        return dropping.take(self.now.date(), self.now)

    def taken(self) -> Recording:
        """After the two rounds that a file at rest needs."""
        self.round()
        self.round()
        return Recording.objects.select_related("material__matter").latest("material__at")

    def problem(self) -> str:
        self.round()
        self.round()
        return Arrival.objects.get().problem

    def done(self) -> set[str]:
        return {path.name for path in (self.place / "已存证").glob("*")}

    def left(self) -> set[str]:
        return {path.name for path in self.place.iterdir() if path.name != "已存证"}

    def entries(self) -> list[Any]:
        """What the log has."""
        with EvidenceLog.open(self.home / "seal" / self.code) as log:
            return [one for one in log.entries() if one.has_original]

"""A file whose reading moves a bar."""

from __future__ import annotations

from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from jianwei.progress import Advance

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Watched(FileIO):
    def __init__(self, path: Path, advance: Advance) -> None:
        super().__init__(path, "rb")
        self._advance = advance
        self._total = path.stat().st_size

    def read(self, size: int | None = -1, /) -> bytes:
        content = super().read(-1 if size is None else size)
        self._advance(self.tell(), self._total)
        return content

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        count = super().readinto(buffer)
        self._advance(self.tell(), self._total)
        return count

"""Large files that take no room: where the zeros below are written, a hole is left."""

from __future__ import annotations

import io
from collections.abc import Iterator

ZEROS = bytes(1 << 20)


class Sparse(io.FileIO):
    def write(self, content: bytes) -> int:  # type: ignore[override]
        if content is ZEROS:
            self.seek(len(content), 1)
            return len(content)
        return super().write(content) or 0


def zeros(size: int) -> Iterator[bytes]:
    yield from (ZEROS for _ in range(size >> 20))
    yield ZEROS[: size & 0xFFFFF]

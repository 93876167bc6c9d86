"""A log for others to read and copy (c2sp.org/tlog-tiles): checkpoint, tiles and entries, and nothing that is not signed.

``<office>/checkpoint``, ``<office>/tile/…`` and, of the tree of SM3, ``<office>/sm/checkpoint``, ``<office>/sm/tile/…``.
There is no personal data in any of it: an entry is a salted commitment.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jianwei.seal import note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.disk import Folder
from jianwei.seal.errors import SealError
from jianwei.seal.log_folder import TREES
from jianwei.seal.store import Store, Tree
from jianwei.seal.suites import SHA256, SM3
from jianwei.seal.tiles import NoSuchTile, Tile

_PATH = re.compile(r"/?([0-9A-Za-z][0-9A-Za-z_-]{0,63})/(sm/)?(checkpoint|tile/[0-9a-z./]{1,200})")


@dataclass(frozen=True)
class _Place:
    tree: Tree
    checkpoint: str
    published: str


_PLACES = {
    None: _Place(TREES[SHA256.name], "checkpoint", "published"),
    "sm/": _Place(TREES[SM3.name], "checkpoint.sm", "published.sm"),
}


@dataclass(frozen=True)
class Resource:
    status: int
    body: bytes
    content_type: str = "text/plain; charset=utf-8"
    cache: str = "no-store"


_ABSENT = Resource(404, "没有这一资源\n".encode())


class Mirror:
    """Some offices' logs, read as they are on the disk at each request. Threads may share it."""

    def __init__(self, offices: Callable[[], Mapping[str, Path]]) -> None:
        """``offices``: by the code of each office, the folder of its log (which holds ``log/`` and ``published``)."""
        self._offices = offices

    def get(self, path: str) -> Resource:
        """What a GET of ``path`` gives; any other spelling of a path than the one of the format is absent."""
        found = _PATH.fullmatch(path)
        folder = self._offices().get(found[1]) if found else None
        if not found or folder is None or not (folder / "log").is_dir():
            return _ABSENT
        place = _PLACES[found[2]]
        disk = Folder(folder / "log")
        signed = disk.read(place.checkpoint, 0, note.NOTE_LIMIT + 1)
        if not signed:
            return _ABSENT
        whole = note.parse(signed)
        if found[3] == "checkpoint":
            return Resource(200, _with_cosignatures(folder / place.published, whole))
        return _tile(Store(disk), place.tree, found[3], Checkpoint.parse(whole.text).size)

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        """As an ASGI application; GET and HEAD alone."""
        if scope["type"] != "http":
            return
        readable = scope["method"] in ("GET", "HEAD") and not scope.get("query_string")
        answer = self.get(scope["path"]) if readable else _ABSENT
        headers = {
            "content-type": answer.content_type,
            "content-length": str(len(answer.body)),
            "cache-control": answer.cache,
            "x-content-type-options": "nosniff",
        }
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            }
        )
        await send({"type": "http.response.body", "body": answer.body if scope["method"] == "GET" else b""})


def _tile(store: Store, tree: Tree, path: str, size: int) -> Resource:
    try:
        tile = Tile.parse(path)
    except NoSuchTile:
        return _ABSENT
    if not tile.within(size):
        return _ABSENT
    try:
        content = store.tile(tree, tile)
    except SealError as problem:
        return Resource(500, f"{problem}\n".encode())
    return Resource(200, content, "application/octet-stream", "public, max-age=31536000, immutable")


def _with_cosignatures(published: Path, newest: note.Note) -> bytes:
    """The newest checkpoint; with the witnesses' lines when it is the one that was published."""
    content = published.read_bytes() if published.exists() else b""
    return content if content.startswith(newest.text.encode() + b"\n") else newest.encode()

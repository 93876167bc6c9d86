"""What others read of a log: all that is signed, in one spelling, and not a byte more."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from a_witness import COURT, NOW, POLICE
from an_office import Office, grow
from logs import leaf
from published_vectors import beside

from jianwei.seal import merkle, note
from jianwei.seal.checkpoint import Checkpoint
from jianwei.seal.cosignature import cosigned_at, witness_key
from jianwei.seal.leaf import LEAF_SIZE
from jianwei.seal.mirror import Mirror
from jianwei.seal.suites import SHA256, SM3, Suite
from jianwei.seal.tiles import Tile


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def mirror(office: Office) -> Mirror:
    grow(office.path, 300)
    return Mirror(lambda: {"110105": office.path})


def nodes_of(suite: Suite, hashes: bytes) -> merkle.Nodes:
    return lambda height, index: suite.parents(hashes[32 * (index << height) : 32 * ((index + 1) << height)], height)


def entries(bundle: bytes) -> list[bytes]:
    found = []
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        found.append(bundle[2 : 2 + length])
        bundle = bundle[2 + length :]
    return found


@pytest.mark.parametrize(("prefix", "suite"), [("110105/", SHA256), ("110105/sm/", SM3)])
def test_the_whole_log_can_be_computed_again_from_what_is_shown(
    office: Office, mirror: Mirror, prefix: str, suite: Suite
) -> None:
    shown = mirror.get(prefix + "checkpoint")
    assert (shown.status, shown.content_type, shown.cache) == (200, "text/plain; charset=utf-8", "no-store")
    whole = note.parse(shown.body)
    note.check(whole, (office.folder.verifier(suite.name),))
    checkpoint = Checkpoint.parse(whole.text)
    full = mirror.get(prefix + "tile/entries/000")
    rest = mirror.get(prefix + "tile/entries/001.p/44")
    assert full.content_type == "application/octet-stream" and "immutable" in full.cache
    found = entries(full.body + rest.body)
    assert found == [leaf(index).encode() for index in range(300)]
    hashes = b"".join(mirror.get(prefix + path).body for path in ("tile/0/000", "tile/0/001.p/44"))
    assert hashes == suite.leaves(b"".join(found), LEAF_SIZE)
    assert mirror.get(prefix + "tile/1/000.p/1").body == suite.parents(hashes[: 256 * 32], 8)
    nodes = nodes_of(suite, hashes)
    assert merkle.root(suite, nodes, 300) == checkpoint.root


@pytest.mark.parametrize(
    "path",
    ["", "/", "110105", "110105/", "checkpoint", "110106/checkpoint", "110105/checkpoint/", "110105//checkpoint", "110105/sm",
     "110105/published", "110105/log/leaves", "110105/secrets.db", "110105/../110105/checkpoint", "../110105/checkpoint",
     "110105/./checkpoint", "110105/tile/entries/000/../000", "110105/%63heckpoint", "110105/checkpoint\n", "110105/checkpoint.sm",
     "110105/sm/sm/checkpoint", "110105/tile/0/001", "110105/tile/0/001.p/45", "110105/tile/0/001.p/0", "110105/tile/0/001.p/044",
     "110105/tile/0/000.p/256", "110105/tile/0/1", "110105/tile/00/000", "110105/tile/1/000", "110105/tile/2/000.p/1",
     "110105/tile/64/000", "110105/tile/entries/002", "110105/tile/entries/x000/000", "110105/tile/0/x999/999"],
)  # fmt: skip
def test_any_other_path_is_absent(mirror: Mirror, path: str) -> None:
    assert mirror.get(path).status == 404


def test_nothing_beyond_the_signed_size_is_shown(office: Office, mirror: Mirror) -> None:
    """Entries written and not yet signed lie in the files already."""
    with (office.path / "log/leaves").open("ab") as file:
        file.write(leaf(300).encode())
    with (office.path / "log/0").open("ab") as file:
        file.write(bytes(32))
    assert mirror.get("110105/tile/entries/001.p/44").status == 200
    assert mirror.get("110105/tile/entries/001.p/45").status == 404
    assert mirror.get("110105/tile/0/001.p/45").status == 404


def test_a_partial_tile_of_an_earlier_size_stays(office: Office, mirror: Mirror) -> None:
    before = mirror.get("110105/tile/0/001.p/44").body
    grow(office.path, 520)
    assert mirror.get("110105/tile/0/001.p/44").body == before
    assert mirror.get("110105/tile/0/001").body.startswith(before)


def test_the_checkpoint_bears_the_cosignatures_once_they_are_there(office: Office, mirror: Mirror) -> None:
    whole = note.parse(mirror.get("110105/checkpoint").body)
    lines = [each.cosign(whole.text, NOW) for each in (POLICE, COURT)]
    (office.path / "published").write_bytes(whole.with_signature(*lines).encode())
    shown = note.parse(mirror.get("110105/checkpoint").body)
    assert len(note.check(shown, (POLICE.verifier, COURT.verifier))) == 2
    grow(office.path, 301)
    newer = note.parse(mirror.get("110105/checkpoint").body)
    assert len(newer.signatures) == 1 and Checkpoint.parse(newer.text).size == 301


def asked(mirror: Mirror, method: str, path: str, query: bytes = b"") -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": method, "path": path, "query_string": query}
    asyncio.run(mirror(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


def test_over_http_it_is_read_and_nothing_else(mirror: Mirror) -> None:
    status, headers, body = asked(mirror, "GET", "/110105/tile/0/001.p/44")
    assert (status, len(body), headers[b"content-length"]) == (200, 44 * 32, b"1408")
    assert asked(mirror, "HEAD", "/110105/checkpoint")[0::2] == (200, b"")
    for method, path, query in (("POST", "/110105/checkpoint", b""), ("GET", "/110105/checkpoint", b"a=1"),
                                ("GET", "/x", b"")):  # fmt: skip
        assert asked(mirror, method, path, query)[0] == 404


def test_an_office_without_a_log_or_a_second_tree(tmp_path: Path) -> None:
    one = Office(tmp_path, ("sha256",))
    mirror = Mirror(lambda: {"110105": one.path, "110106": tmp_path / "nothing"})
    assert mirror.get("110105/checkpoint").status == 200
    assert mirror.get("110105/sm/checkpoint").status == 404
    assert mirror.get("110106/checkpoint").status == 404
    assert not (tmp_path / "nothing").exists()


def test_the_published_mirror_of_300_entries_is_laid_out_as_ours() -> None:
    """Sunlight's test data: full and partial tiles under the paths of the format, and their root."""
    place = beside("sunlight/cmd/skylight/testdata/witness")
    origin = hashlib.sha256(b"rome2026h1.example.org").hexdigest()
    log = next((place / "mirror").glob(origin), None) or next(
        each for each in (place / "mirror").iterdir() if each.is_dir()
    )
    assert log.name == origin
    checkpoint = Checkpoint.parse(note.parse((log / "checkpoint").read_bytes()).text)
    hashes = b"".join((log / tile.path).read_bytes() for tile in (Tile(0, 0), Tile(0, 1, 44)))
    assert (log / Tile(1, 0, 1).path).read_bytes() == SHA256.parents(hashes[: 256 * 32], 8)
    nodes = nodes_of(SHA256, hashes)
    assert merkle.root(SHA256, nodes, checkpoint.size) == checkpoint.root


@pytest.mark.parametrize("place", ["", "mirror/"])
def test_the_cosignatures_of_the_published_witness_and_mirror_hold(place: str) -> None:
    folder = beside("sunlight/cmd/skylight/testdata/witness")
    log = hashlib.sha256(b"rome2026h1.example.org").hexdigest()
    whole = note.parse((folder / place / log / "checkpoint").read_bytes())
    said = json.loads((folder / place / ("mirror.v0.json" if place else "witness.v0.json")).read_bytes())
    keys = [witness_key(vkey) for vkey in said["verifier_keys"]]
    ((key, line),) = note.check(whole, keys)
    assert key.name == said["name"] and cosigned_at(line.content) == 0x69546780

"""A file in chunks: interrupted anywhere, resumed, and whole; another file in its place is found out."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from evidence_samples import TYPED
from sealed_homes import SealedHome

from jianwei.desk.evidence import fixing, receiving
from jianwei.desk.evidence.models import Material, Upload
from jianwei.seal.evidence_log import EvidenceLog

pytestmark = pytest.mark.django_db
Visitor = Callable[..., Client]
CHUNK = 4096
WHOLE = random.Random(7).randbytes(CHUNK * 5 + 123)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(receiving, "CHUNK", CHUNK)
    yield
    receiving.running._held.clear()


def begun(client: Client, content: bytes = WHOLE, **more: str) -> Any:
    said = {**TYPED, "file_name": "录像.mp4", "file_size": str(len(content)), "media_type": "video/mp4", **more}
    return client.post("/api/evidence/uploads", said)


def put(client: Client, upload: Any, offset: int, piece: bytes) -> Any:
    return client.put(f"{upload['url']}?offset={offset}", piece, content_type="application/octet-stream")


def sent(client: Client, upload: Any, content: bytes, begin: int = 0, end: int | None = None) -> Any:
    for offset in range(begin, end if end is not None else len(content), CHUNK):
        answer = put(client, upload, offset, content[offset : offset + CHUNK])
        assert answer.status_code == 200, answer.content
    return answer


def whole(client: Client, upload: Any, sealed: SealedHome) -> None:
    done = client.post(upload["finish"])
    assert done.status_code == 201, done.content
    assert done.json()["sha256"] == hashlib.sha256(WHOLE).hexdigest()
    assert done.json()["sm3"] == hashlib.new("sm3", WHOLE).hexdigest()
    with EvidenceLog.open(sealed.folder()) as log:
        stream = log.original(done.json()["id"])
        assert stream and stream.read() == WHOLE
    assert list((sealed.path / "uploads").iterdir()) == [] and not Upload.objects.exists()


def test_a_file_arrives_in_chunks_and_nothing_is_left_behind(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    upload = begun(client).json()
    assert sent(client, upload, WHOLE).json()["received"] == len(WHOLE)
    whole(client, upload, sealed)


def test_an_interrupted_upload_goes_on_from_the_last_whole_chunk(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    upload = begun(client).json()
    sent(client, upload, WHOLE, end=CHUNK * 3)
    part = sealed.path / "uploads" / f"{upload['id']}.part"
    with part.open("ab") as file:  # the process was killed in the middle of a chunk
        file.write(WHOLE[CHUNK * 3 : CHUNK * 3 + 77])
    receiving.running._held.clear()  # and its hashes are gone
    assert client.get(upload["url"]).json()["received"] == CHUNK * 3
    assert client.post(upload["finish"]).status_code == 409
    sent(client, upload, WHOLE, begin=CHUNK * 3)
    whole(client, upload, sealed)


def test_a_chunk_whose_answer_was_lost_may_be_sent_again(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    upload = begun(client).json()
    sent(client, upload, WHOLE, end=CHUNK * 2)
    assert put(client, upload, CHUNK, WHOLE[CHUNK : CHUNK * 2]).json()["received"] == CHUNK * 2
    sent(client, upload, WHOLE, begin=CHUNK * 2)
    whole(client, upload, sealed)


def test_another_file_of_the_same_size_is_found_out(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    upload = begun(client).json()
    sent(client, upload, WHOLE, end=CHUNK * 2)
    other = bytes([WHOLE[0] ^ 1]) + WHOLE[1:]
    answer = put(client, upload, 0, other[:CHUNK])
    assert answer.status_code == 409 and "不是先前上传的那个文件" in answer.json()["error"]
    assert client.get(upload["url"]).json()["received"] == CHUNK * 2


@pytest.mark.parametrize(("offset", "length"), [(1, CHUNK), (0, CHUNK - 1), (CHUNK, CHUNK), (0, CHUNK + 1)])
def test_a_chunk_out_of_place_is_refused(offset: int, length: int, sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    upload = begun(client).json()
    assert put(client, upload, offset, WHOLE[:length]).status_code == 409
    assert client.get(upload["url"]).json()["received"] == 0


def test_a_full_disk_is_507_and_what_came_stays(
    sealed: SealedHome, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = visitor()
    upload = begun(client).json()
    sent(client, upload, WHOLE, end=CHUNK)
    usage = receiving.shutil.disk_usage
    monkeypatch.setattr(receiving.shutil, "disk_usage", lambda path: usage(path)._replace(free=receiving.RESERVE))
    answer = put(client, upload, CHUNK, WHOLE[CHUNK : CHUNK * 2])
    assert answer.status_code == 507 and "磁盘空间不足" in answer.json()["error"]
    assert begun(client).status_code == 507
    monkeypatch.undo()
    monkeypatch.setattr(receiving, "CHUNK", CHUNK)
    sent(client, upload, WHOLE, begin=CHUNK)
    whole(client, upload, sealed)


def test_finishing_twice_gives_one_material(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    upload = begun(client).json()
    sent(client, upload, WHOLE)
    first, again = client.post(upload["finish"]), client.post(upload["finish"])
    assert first.json()["id"] == again.json()["id"] and Material.objects.count() == 1


def test_giving_up_removes_what_came(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    upload = begun(client).json()
    sent(client, upload, WHOLE, end=CHUNK)
    assert client.delete(upload["url"]).status_code == 200
    assert list((sealed.path / "uploads").iterdir()) == [] and client.get(upload["url"]).status_code == 404


def test_an_unfinished_upload_is_offered_again_with_what_was_typed(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    upload = begun(client).json()
    sent(client, upload, WHOLE, end=CHUNK)
    assert "录像.mp4" in client.get("/evidence/new/").content.decode()
    assert Upload.objects.get().typed["place"] == "塔下弄3号"
    assert "没有传完" in client.get("/evidence/").content.decode()


def test_an_upload_is_its_owners_alone(sealed: SealedHome, visitor: Visitor) -> None:
    upload = begun(visitor()).json()
    for stranger in (visitor("assistant"), visitor("prosecutor", "sibling"), visitor("chief", "city")):
        assert stranger.get(upload["url"]).status_code == 404
        assert put(stranger, upload, 0, WHOLE[:CHUNK]).status_code == 404
        assert stranger.post(upload["finish"]).status_code == 404
        assert stranger.delete(upload["url"]).status_code == 404
    assert Upload.objects.exists()


def test_who_is_not_logged_in_is_told_so_in_json(sealed: SealedHome) -> None:
    answer = Client().post("/api/evidence/uploads", TYPED)
    assert answer.status_code == 401 and "登录" in answer.json()["error"]


def test_what_nobody_goes_on_with_is_removed_after_a_fortnight(sealed: SealedHome, visitor: Visitor) -> None:
    client = visitor()
    upload = begun(client).json()
    sent(client, upload, WHOLE, end=CHUNK)
    now = timezone.now()
    assert fixing.forget_abandoned(now.date(), now) == 0
    assert fixing.forget_abandoned(now.date(), now + fixing.ABANDONED) == 1
    assert list((sealed.path / "uploads").iterdir()) == []

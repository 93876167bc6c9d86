"""What is said of a record has one form, and nothing in it is unknown."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from small_offices import material

from jianwei.seal.leaf import MANIFEST_LIMIT, Kind
from jianwei.seal.vault.fields import ManifestInvalid
from jianwei.seal.vault.manifest import CHINA, Collected, Manifest, Reference, Root

HASHES = {"size": 3, "sha256": "a" * 64, "sm3": "b" * 64}
WHOLE = material(
    1,
    **HASHES,
    doc_no="京朝检调证〔2026〕1号",
    collected=Collected(
        dt.datetime(2026, 3, 1, 9, 30, tzinfo=CHINA),
        "朝阳分局",
        "扣押",
        ("甲某", "乙某"),
        "丙某",
        "丁某",
        "记录仪 7 号",
        "签名",
    ),
    prev=(Reference(7, "c" * 64, "更正"), Reference(0, "d" * 64, "接收", "ga.example/evlog/1")),
    seal="京朝检电子公章",
    note="两页",
)
OTHERS = [
    WHOLE,
    Manifest(Kind.AUDIT_ROOT, WHOLE.id, "110105", root=Root("e" * 64, 0, "1", "2", "操作审计")),
    Manifest(Kind.KEY_EVENT, WHOLE.id, "110105", event={"statement": "更换"}),
    Manifest(Kind.VERIFICATION, WHOLE.id, "110105", note="核验通过"),
]


@pytest.mark.parametrize("manifest", OTHERS, ids=lambda each: each.kind.title)
def test_what_is_written_is_read_again(manifest: Manifest) -> None:
    assert Manifest.parse(manifest.encode()) == manifest


def test_keys_stand_in_one_order_and_absent_ones_are_missing() -> None:
    assert list(json.loads(WHOLE.encode())) == (
        [
            "v",
            "kind",
            "id",
            "office",
            "case_ref",
            "doc_no",
            "name",
            "media_type",
            "category",
            "size",
            "sha256",
            "sm3",
            "collected",
            "prev",
            "seal",
            "note",
        ]
    )


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"v": 2}, "v"),
        ({"v": True}, "v"),
        ({"kind": 0}, "kind"),
        ({"kind": "1"}, "kind"),
        ({"id": "01HF7YAT007SW7BYXPE44VSN4U"}, "id"),
        ({"id": None}, "id"),
        ({"office": ""}, "office"),
        ({"name": "笔录\u202efdp.exe"}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"size": -1}, "size"),
        ({"size": 1.0}, "size"),
        ({"size": 1 << 63}, "size"),
        ({"sha256": "A" * 64}, "sha256"),
        ({"sm3": "b" * 63}, "sm3"),
        ({"collected": []}, "collected"),
        ({"collected": {"at": "2026-03-01 09:30"}}, "collected.at"),
        ({"collected": {"at": "2026-02-30T09:30:00+08:00"}}, "collected.at"),
        ({"collected": {"at": "2026-03-01T09:30:00+00:00"}}, "collected.at"),
        ({"collected": {"by": "甲某"}}, "collected.by"),
        ({"collected": {"by": [1]}}, "collected.by"),
        ({"collected": {"weather": "晴"}}, "collected.weather"),
        ({"prev": [{"index": 1}]}, "prev[0].leaf"),
        ({"unknown": 1}, "unknown"),
        ({"sm3": None}, None),
        ({"root": {"audit_root": "e" * 64, "rows": 1, "from": "1", "to": "2"}}, "root"),
        ({"event": {"a": "b"}}, "event"),
    ],
)
def test_an_impossible_field_is_named(change: dict[str, object], named: str | None) -> None:
    whole = {**json.loads(WHOLE.encode()), **change}
    content = {name: value for name, value in whole.items() if value is not None}
    with pytest.raises(ManifestInvalid) as refused:
        Manifest.parse((json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())
    assert refused.value.field == named
    if named:
        assert f"“{named}”" in str(refused.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"v": 1', '"v": 1 '),
        lambda text: text.replace('  "v": 1,\n', "").replace("\n}", ',\n  "v": 1\n}'),
        lambda text: text.replace('"v": 1,', '"v": 1,\n  "v": 1,'),
        lambda text: text.replace("两页", "\\u4e24页"),
        lambda text: "\ufeff" + text,
        lambda text: text.rstrip("\n"),
    ],
)
def test_another_form_of_the_same_content_is_refused(change) -> None:
    changed = change(WHOLE.encode().decode())
    assert changed != WHOLE.encode().decode()
    with pytest.raises(ManifestInvalid):
        Manifest.parse(changed.encode())


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b"\xff", b"[" * 60_000, b'"' + b'\\"' * 30_000, b"{}", b"NaN", b" " * (MANIFEST_LIMIT + 1)],
)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(ManifestInvalid):
        Manifest.parse(content)


def test_a_manifest_that_could_not_be_read_again_is_not_written() -> None:
    with pytest.raises(ManifestInvalid, match="64 KiB"):
        material(1, **HASHES, note="长" * 30_000).encode()
    with pytest.raises(ManifestInvalid):
        material(1, **HASHES, note="\ud800").encode()


def test_what_the_law_asks_of_a_collection_is_told_when_it_is_missing() -> None:
    assert material(1).warnings() == []
    bare = material(1, collected=Collected(by=("甲某", "甲某")))
    assert bare.warnings() == [
        "收集人员少于二人",
        "没有收集时间",
        "没有收集地点",
        "没有收集方式",
        "没有持有人，也没有见证人",
    ]
    assert OTHERS[3].warnings() == []


@pytest.mark.parametrize("name", ["", "1", "9号"])
def test_an_event_has_no_field_that_a_reader_would_take_for_a_place_in_a_list(name: str) -> None:
    known = json.loads(Manifest(Kind.KEY_EVENT, WHOLE.id, "110105", event={"statement": "更换"}).encode())
    with pytest.raises(ManifestInvalid) as problem:
        Manifest.parse(json.dumps(known | {"event": {name: "x"}}, ensure_ascii=False).encode())
    assert problem.value.field == "event"

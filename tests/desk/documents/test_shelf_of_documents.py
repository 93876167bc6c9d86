"""Every kind on the shelf: its declaration, its template, and its sample filled and issued."""

from __future__ import annotations

import io
from pathlib import Path

import document_samples as samples
import pytest
from docx import Document

from jianwei.desk.documents import reading, shelf, wording
from jianwei.desk.documents.kind import Kind, Layout
from jianwei.desk.documents.layout.build import built
from jianwei.law import limits

KINDS = list(shelf.kinds().values())
LEFTOVERS = ("{{", "}}", "{%", "%}", "&#", "&amp;", "None", "。。", "，。", "、、", "：：")
every_kind = pytest.mark.parametrize("kind", KINDS, ids=[k.key for k in KINDS])


def test_the_shelf_covers_every_group() -> None:
    assert len(KINDS) >= 45
    assert {kind.group for kind in KINDS} == set(shelf.GROUPS)


def test_every_sample_belongs_to_a_kind_and_every_kind_has_one() -> None:
    here = {str(p.relative_to(samples.HERE).with_suffix("")) for p in samples.HERE.glob("*/*.yaml")}
    assert here == {kind.key for kind in KINDS}


@every_kind
def test_the_template_is_what_its_declaration_says(kind: Kind) -> None:
    assert shelf.template(kind.key).read_bytes() == built(kind), "python -m jianwei.desk.documents.layout.build"


@every_kind
def test_a_filled_sample_is_whole(kind: Kind) -> None:
    document = samples.finished(kind)
    Document(io.BytesIO(document))  # opens in another reader
    page = reading.text(reading.blocks(document))
    assert wording.gaps(page) == []
    assert [mark for mark in LEFTOVERS if mark in page] == []
    heading = samples.values(kind.key).get("heading", shelf.plain(kind.title))
    assert heading in page.replace("　", "")


@every_kind
def test_number_and_date_stand_where_they_belong(kind: Kind) -> None:
    blocks = reading.blocks(samples.finished(kind))
    numbers = [b["p"] for b in blocks if b.get("style") == "Number"]
    copies = len(kind.copies) if kind.layout is Layout.FILLED else 1
    assert numbers == [samples.number(kind)] * (copies if kind.numbering else 0)
    if kind.numbering and kind.layout in (Layout.NARRATIVE, Layout.FILLED):
        assert "2026年3月9日" in [b["p"].split("：")[-1] for b in blocks if b.get("style") in ("Closing", "Stub")]


@every_kind
def test_an_empty_draft_names_each_missing_field(kind: Kind) -> None:
    page = reading.text(reading.blocks(samples.draft(kind, {})))
    required = [f.label for f in kind.fields if f.required and not f.columns and f.kind != "flag"]
    missing = wording.missing(kind.fields, {})
    assert [label for label in required if label not in missing] == []
    assert {label.split("：")[-1] for label in missing} >= set(wording.gaps(page)) - {"？"}
    assert [gap for gap in wording.gaps(page) if gap.isascii()] == [], "a name that no field declares"


@every_kind
def test_a_reply_is_owed_by_a_limit_or_by_the_days_the_document_sets(kind: Kind) -> None:
    if kind.reply is None:
        return
    assert kind.reply.limit or kind.reply.days
    assert not kind.reply.limit or kind.reply.limit in set(limits.keys())
    assert not kind.reply.days or kind.field(kind.reply.days) is not None


def test_titles_that_differ_only_in_a_bracket_share_one_series() -> None:
    series: dict[str, set[str]] = {}
    for kind in KINDS:
        if kind.numbering:
            series.setdefault(kind.numbering.series, set()).add(kind.numbering.pattern)
    assert [name for name, patterns in series.items() if len(patterns) > 1] == []


def test_a_kind_without_its_template_or_with_a_bad_declaration_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "criminal").mkdir()
    (tmp_path / "fields.yaml").write_text("columns: {}\n", "utf-8")
    (tmp_path / "criminal" / "odd.yaml").write_text("title: 某书\ngroup: 没有的组\n", "utf-8")
    monkeypatch.setattr(shelf, "HERE", tmp_path)
    shelf.kinds.cache_clear()
    try:
        with pytest.raises(shelf.BadKind, match="criminal/odd"):
            shelf.kinds()
    finally:
        monkeypatch.undo()
        shelf.kinds.cache_clear()

"""What people type reaches the page as they typed it, whatever it looks like."""

from __future__ import annotations

import io

import document_samples as samples
import pytest
from docx import Document as Word
from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.desk.documents import reading, shelf, wording
from jianwei.desk.documents.drafting import issued
from jianwei.desk.documents.filling import BadTemplate, filled
from jianwei.desk.documents.layout.markup import blocks as parsed
from jianwei.desk.documents.layout.package import packed

KIND = shelf.kind("criminal/correction_notice")
HOSTILE = (
    "{{ 7*7 }}", "{% for x in range(9) %}x{% endfor %}", "{{ office.__class__.__mro__ }}", "{#说明#}", "{_{ 甲 }_}", "{%p if 1 %}", "{%tr for x in y %}",
    "<w:p><w:r><w:t>甲</w:t></w:r></w:p>", "&amp;lt;&#x4e00;", "]]><!--", "甲\u0000乙\u0007丙\u000b丁", "价格<5000&>3000“元”'\"", "=HYPERLINK(\"http://x\")",
)  # fmt: skip


def page(**values: object) -> list[reading.Block]:
    return reading.blocks(samples.draft(KIND, samples.values(KIND.key) | values))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["source", "facts", "evidence", "articles"])
def test_typed_text_is_never_read_as_template_or_xml(text: str, field: str) -> None:
    value = [text] if field == "evidence" else text
    document = samples.draft(KIND, samples.values(KIND.key) | {field: value})
    assert wording.clean(text) in reading.text(reading.blocks(document))
    Word(io.BytesIO(document))


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("{}%#<>&\"'_甲a 1|[]"),
            st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp", "Zs")),
        ),
        min_size=1,
        max_size=80,
    )
)
def test_any_text_arrives_whole(text: str) -> None:
    assert text.strip() in reading.text(page(source=f"甲{text.strip()}乙"))


def test_each_typed_line_is_a_paragraph_of_its_own() -> None:
    lines = [b["p"] for b in page(facts="第一段。\r\n第二段。\n\n第三段。")]
    assert [line for line in lines if line in ("第一段。", "第二段。", "第三段。")] == [
        "第一段。",
        "第二段。",
        "第三段。",
    ]


def test_tabs_and_long_text_stay() -> None:
    assert "甲　乙" in reading.text(page(source="甲\t乙"))
    assert "长" * 20_000 in reading.text(page(facts="长" * 20_000))


def test_the_same_values_give_the_same_bytes() -> None:
    assert samples.finished(KIND) == samples.finished(KIND)


def test_number_and_date_are_stamped_into_every_copy() -> None:
    kind = shelf.kind("criminal/arrest_approval")
    text = reading.text(
        reading.blocks(
            issued(
                samples.draft(kind, samples.values(kind.key)),
                kind,
                number="某检刑批捕〔2026〕9号",
                on=samples.ISSUED_ON,
                by="虞怀瑾",
            )
        )
    )
    assert text.count("某检刑批捕〔2026〕9号") == 5  # four copies, and the receipt names it once more
    assert "〔2026〕　　号" not in text


def test_a_document_without_a_place_for_the_number_is_not_stamped() -> None:
    bare = packed("无文号", parsed("甲"))
    with pytest.raises(reading.NoPlace):
        issued(bare, KIND, number="某检纠违〔2026〕1号", on=samples.ISSUED_ON, by="某")


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__ }}",
        "{{ office.__init__ }}",
        "{% for i in range(10000000) %}{{ i }}{% endfor %}",
        "{{ lipsum.__globals__ }}",
    ],
)
def test_a_template_reaches_nothing_but_its_values(body: str) -> None:
    template = packed("恶意模板", parsed(body))
    try:
        text = reading.text(reading.blocks(filled(template, {"office": {"name": "某院"}})))
    except BadTemplate:
        return
    assert wording.GAP.sub("", text).strip() == "", "nothing but a gap that names what was asked for"


def test_a_name_no_field_declares_is_a_visible_gap() -> None:
    assert wording.gaps(reading.text(reading.blocks(filled(packed("x", parsed("甲{{ unknown }}乙")), {})))) == [
        "unknown"
    ]


@pytest.mark.parametrize(
    ("fen", "words"),
    [(0, "零元整"), (100, "壹元整"), (10, "零元壹角整"), (5, "零元伍分"), (12050000, "壹拾贰万零伍佰元整"), (100000000, "壹佰万元整"),
     (1000100, "壹万零壹元整"), (10000001, "壹拾万元零壹分"), (123456789, "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"), (1000000000000, "壹佰亿元整")],
)  # fmt: skip
def test_amounts_in_capitals(fen: int, words: str) -> None:
    assert wording.capital_yuan(fen) == words

"""The words of a document are shown whole, with the marks where the evidence says."""

from __future__ import annotations

import desk_sample as sample
from hypothesis import given
from hypothesis import strategies as st

from jianwei.desk.clues.document import Mark, marks, masked, paragraphs

TEXTS = st.text("甲乙丙\n 。1", max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    ends = st.integers(-3, len(text) + 3)
    found = draw(st.lists(st.tuples(ends, ends), max_size=6))
    return text, [Mark(a, b, f"字段{n}", "表", f"row{n}", (f"sign{n}",)) for n, (a, b) in enumerate(found)]


@given(marked())
def test_no_word_is_lost_or_doubled(case: tuple[str, list[Mark]]) -> None:
    text, given_marks = case
    shown = ["".join(piece.text for piece in line.pieces) for line in paragraphs(text, given_marks)]
    assert shown == [line for line in text.split("\n") if line.strip()]


@given(marked())
def test_every_marked_word_belongs_to_a_mark_and_the_other_way_round(case: tuple[str, list[Mark]]) -> None:
    text, given_marks = case
    valid = [m for m in given_marks if 0 <= m.start < m.end <= len(text)]
    wanted = {(m.row, i) for m in valid for i in range(m.start, m.end)}
    found, at = set(), 0
    lines = iter(paragraphs(text, given_marks))
    for raw in text.split("\n"):
        if raw.strip():
            here = at
            for piece in next(lines).pieces:
                found |= {(row, i) for row in piece.rows.split() for i in range(here, here + len(piece.text))}
                here += len(piece.text)
        at += len(raw) + 1
    blank = {i for i, c in enumerate(text) if c == "\n"}
    at = 0
    for raw in text.split("\n"):
        if not raw.strip():
            blank |= set(range(at, at + len(raw)))
        at += len(raw) + 1
    assert found == {(row, i) for row, i in wanted if i not in blank}


@given(TEXTS.map(lambda t: t + "330602198001015676" + t + "13800001234"))
def test_masking_keeps_the_length_and_hides_the_middle(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    if not text[0:1].isdigit() and "1330602" not in text and "676" + "1" not in text:
        assert "19800101" not in hidden


def test_case_numbers_and_amounts_are_not_masked() -> None:
    text = "（2024）浙0602民初1234567890号，金额200000000元，账号6222000000001234567"
    assert masked(text) == text


def test_sections_of_a_judgment_are_found() -> None:
    lines = list(paragraphs(sample.judgment(3), []))
    begins = {line.section: line.pieces[0].text for line in lines if line.section}
    assert set(begins) == {"head", "facts", "ruling"}
    assert begins["head"].startswith("浙江省绍兴市越城区人民法院")
    assert "归还原告" in begins["ruling"]


def test_marks_come_from_the_evidence_of_that_document() -> None:
    place = {"table": "civ_party", "row": "r1", "document": "d1", "span": [5, 8], "column": "addr", "signs": ["x"]}
    content = {"evidence": [place, place | {"document": "d2"}, place | {"span": None}]}
    assert marks(content, "d1") == [Mark(5, 8, "住址", "民事当事人", "r1", ("x",))]

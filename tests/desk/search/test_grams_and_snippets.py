"""Pairs of characters, and the pieces that a hit is shown in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jianwei.desk.search.grams import fold, grams, phrases, wanted
from jianwei.desk.search.models import Entry
from jianwei.desk.search.snippets import around, hit, marked

texts = st.text(st.sampled_from("甲乙丙〔〕2０AＡ 。ß①İ"), max_size=30)


def test_a_run_becomes_pairs_and_its_last_character() -> None:
    assert list(grams("虞见山，盗窃")) == ["虞见", "见山", "山", "盗窃", "窃"]
    assert list(grams("检〔２０２６〕Ａ号")) == ["检", "20", "02", "26", "6", "a号", "号"]
    assert phrases("见山 盗") == [["见山"], ["盗"]]


@given(texts)
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(texts, texts)
def test_marking_loses_nothing_and_marks_what_was_asked(text: str, asked: str) -> None:
    pieces = marked(text, wanted(asked))
    assert "".join(piece.text for piece in pieces) == text
    for word in wanted(asked):
        assert (word in fold(text)) <= any(piece.marked for piece in pieces)


def test_a_long_text_is_shown_about_the_first_word() -> None:
    text = "无" * 500 + "虞见山" + "关" * 500
    pieces = around(text, wanted("虞见山"))
    assert [piece.text for piece in pieces if piece.marked] == ["虞见山"]
    assert pieces[0].text == pieces[-1].text == "…"
    assert sum(len(piece.text) for piece in pieces) < 170


def test_of_many_persons_a_hit_shows_those_about_the_one_asked_for() -> None:
    names = "、".join(f"犯罪嫌疑人 张{n}" for n in range(1, 300))
    shown = hit(Entry(title="张1等299人", ref="甲检1号", names=names, body=""), "张250").names
    assert [piece.text for piece in shown if piece.marked] == ["张250"]
    assert sum(len(piece.text) for piece in shown) < 170

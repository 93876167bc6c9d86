"""Score, grade and rank: sums that anybody can redo, in an order that does not depend on chance."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from sample_clues import clue

from jianwei.kit import Kind
from jianwei.screening.clue import Clue, Seen
from jianwei.screening.ranking import grade, ranked, score

signs = st.lists(
    st.builds(
        Seen,
        key=st.text("abcdef", min_size=1, max_size=3),
        kind=st.sampled_from(list(Kind)),
        weight=st.integers(1, 5),
        text=st.just("某迹象"),
        seen=st.sampled_from([True, False, None]),
    ),
    max_size=6,
).map(tuple)


clues = st.lists(st.tuples(signs, st.floats(0, 9, width=16)), max_size=12).map(
    lambda given: [clue(str(i), s, f) for i, (s, f) in enumerate(given)]
)


@given(clues, st.randoms(use_true_random=False))
def test_rank_does_not_depend_on_the_order_in_which_clues_come(found: list[Clue], chance: random.Random) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert ranked(shuffled) == ranked(found)


@given(clues)
def test_ranks_run_from_one_and_scores_never_rise(found: list[Clue]) -> None:
    result = ranked(found)
    assert [c.rank for c in result] == list(range(1, len(found) + 1))
    assert all(a.score >= b.score for a, b in zip(result, result[1:], strict=False))
    assert all(a.score > b.score or a.strength >= b.strength for a, b in zip(result, result[1:], strict=False))


@given(signs)
def test_the_score_is_the_sum_of_the_signs_shown(seen: tuple[Seen, ...]) -> None:
    shown = clue("x", seen).as_json()["signs"]
    assert score(seen) == sum(s["weight"] for kind in ("form", "substance", "context") for s in shown[kind])


@given(signs, st.booleans())
def test_high_needs_a_substance_sign_and_complete_data(seen: tuple[Seen, ...], provisional: bool) -> None:
    if grade(seen, provisional=provisional) == "高":
        assert any(s.seen and s.kind is Kind.SUBSTANCE for s in seen)
        assert not provisional


@given(signs)
def test_a_sign_that_could_not_be_evaluated_neither_helps_nor_harms(seen: tuple[Seen, ...]) -> None:
    without = tuple(s for s in seen if s.seen is not None)
    assert score(seen) == score(without)
    assert grade(seen, provisional=False) == grade(without, provisional=False)

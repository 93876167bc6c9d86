"""The draw: every place equally likely by construction, the same again from the same seed, nobody recused ever drawn."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.desk.allotment.drawing import VERSION, EmptyPool, again, drawn, place, words_of
from jianwei.desk.allotment.pool import Avoided, Candidate, Case, Field, pool

LINES = ("刑事检察", "民事检察")
names = st.sampled_from(("虞见山", "闻知秋", "容怀远", "施若谷"))
cases = st.builds(
    Case, number=st.sampled_from(("甲1号", "甲2号")), line=st.sampled_from(LINES), procedure=st.sampled_from(("criminal/a", "civil/b")),
    about=st.sampled_from(("诈骗罪", "盗窃罪 辩护人施若谷")), names=st.frozensets(names), handler=st.sampled_from(("", "p0", "p1")),
)  # fmt: skip
fields = st.builds(
    Field,
    line=st.sampled_from(("", *LINES)),
    procedure=st.sampled_from(("", "criminal/a")),
    about=st.sampled_from(("", "诈骗")),
)
avoided = st.builds(
    Avoided, name=st.one_of(names, st.sampled_from(("甲1号",))), matter=st.booleans(), says=st.just("回避")
)
people = st.lists(
    st.builds(
        Candidate, username=st.sampled_from([f"p{n}" for n in range(6)]), name=st.just("某"), role=st.just("prosecutor"),
        load=st.integers(0, 90), away=st.sampled_from(("", "休假")), fields=st.lists(fields, max_size=2).map(tuple),
        avoids=st.lists(avoided, max_size=3).map(tuple),
    ),
    unique_by=lambda one: one.username, max_size=6,
)  # fmt: skip


@pytest.mark.parametrize("size", range(1, 257))
def test_every_place_is_reached_by_equally_many_words(size: int) -> None:
    """All 256 words of 8 bits: those that are not thrown away are shared out evenly."""
    reached = Counter(place(iter([word, 0]), size, 256) for word in range(256 - 256 % size))
    assert len(reached) == size and len(set(reached.values())) == 1
    thrown = [place(iter([word, size - 1]), size, 256) for word in range(256 - 256 % size, 256)]
    assert thrown == [size - 1] * (256 % size), "a word beyond the last full multiple gives way to the next"


def test_an_empty_pool_is_no_draw() -> None:
    with pytest.raises(EmptyPool):
        drawn([], "seed", "甲1号")


@given(st.text(max_size=20), st.text(max_size=20), st.sets(st.text(min_size=1, max_size=6), min_size=1, max_size=9))
def test_the_same_seed_draws_the_same_in_whatever_order(seed: str, number: str, pool_of: set[str]) -> None:
    one = drawn(sorted(pool_of), seed, number)
    assert one == drawn(sorted(pool_of, reverse=True), seed, number) and one in pool_of
    assert again(list(pool_of), seed, number, one, VERSION)
    assert not any(again(list(pool_of), seed, number, other, VERSION) for other in pool_of - {one})


def test_known_words_of_a_seed() -> None:
    """The draw is written down: SHA-256 of ``1|种子|号|0``, eight bytes a word."""
    import hashlib

    digest = hashlib.sha256("1|ab|甲1号|0".encode()).digest()
    assert list(itertools.islice(words_of("ab", "甲1号"), 4)) == [
        int.from_bytes(digest[n : n + 8], "big") for n in (0, 8, 16, 24)
    ]


@given(people, cases, st.text(max_size=8))
def test_nobody_who_must_avoid_it_is_away_or_handles_it_is_ever_drawn(
    candidates: list[Candidate], case: Case, seed: str
) -> None:
    found = pool(candidates, case)
    assert {one.username for one in found.inside} | {one.username for one, _ in found.outside} == {
        c.username for c in candidates
    }
    assert all(whys for _, whys in found.outside)
    if not found.inside:
        return
    one = next(c for c in candidates if c.username == drawn(found.names, seed, case.number))
    assert not one.away and one.username != case.handler
    for avoid in one.avoids:
        assert (
            avoid.name != case.number if avoid.matter else avoid.name not in case.names and avoid.name not in case.about
        )
    assert not one.fields or any(
        f.line in ("", case.line) and f.procedure in ("", case.procedure) and f.about in case.about for f in one.fields
    )


@given(people, cases)
def test_how_much_somebody_has_on_hand_changes_nothing(candidates: list[Candidate], case: Case) -> None:
    from dataclasses import replace

    assert pool(candidates, case).names == pool([replace(one, load=0) for one in candidates], case).names

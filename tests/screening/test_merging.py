"""Clues of one matter: what is merged can be parted, what is tied says by what."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from sample_clues import clue

from jianwei.kit import Kind
from jianwei.screening.clue import Clue, Evidence, Seen
from jianwei.screening.merging import grouped, joined, merged, unmerged


def of(subject: str, period: str, rows: Iterable[str], model: str = "civil.example", cases: Iterable[str] = ()) -> Clue:
    return dataclasses.replace(
        clue(subject),
        model=model,
        period=period,
        evidence=tuple(Evidence("civ_case", row) for row in rows),
        cases=tuple(cases),
    )


def test_two_periods_of_one_subject_with_common_rows_become_one_clue_under_the_earlier_identity() -> None:
    a, b = of("甲", "2024", ["r1", "r2"]), of("甲", "2025", ["r2", "r3"])
    (one,) = merged([b, a])
    assert one.id == a.id
    assert one.rows == {"r1", "r2", "r3"}
    assert [link.other for link in joined([one])] == [b.id]
    assert set(unmerged(one)) == {a, b}


def test_subjects_or_rows_that_differ_stay_apart() -> None:
    assert len(merged([of("甲", "2024", ["r1"]), of("乙", "2024", ["r1"])])) == 2
    assert len(merged([of("甲", "2024", ["r1"]), of("甲", "2025", ["r2"])])) == 2


def test_a_sign_seen_in_one_part_is_seen_in_the_whole() -> None:
    def with_sign(c: Clue, state: bool | None) -> Clue:
        return dataclasses.replace(c, signs=(Seen("s", Kind.SUBSTANCE, 3, f"{state}", state),))

    a, b = with_sign(of("甲", "2024", ["r1"]), None), with_sign(of("甲", "2025", ["r1"]), True)
    (one,) = merged([a, b])
    assert one.signs[0].seen is True
    assert one.score == 3


def test_clues_of_different_models_share_a_group_over_a_case_and_each_link_says_which() -> None:
    a = of("甲", "", ["r1"], "civil.a", ["（2024）浙0203民初1号"])
    b = of("乙", "", ["r2"], "civil.b", ["（2024）浙0203民初1号"])
    c = of("丙", "", ["r3"], "civil.b")
    found, links = grouped((a, b, c))
    assert found[0].group == found[1].group == min(a.id, b.id)
    assert found[2].group == c.id
    assert [link.because for link in links] == ["同一案件 （2024）浙0203民初1号"]


def test_a_link_that_a_person_cut_is_not_made_again() -> None:
    a, b = of("甲", "", ["r1"], "civil.a"), of("乙", "", ["r1"], "civil.b")
    found, links = grouped((a, b), cut=[(b.id, a.id)])
    assert found[0].group != found[1].group
    assert not links


@given(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), min_size=1, max_size=8))
def test_groups_are_exactly_the_connected_components(row_sets: list[set[str]]) -> None:
    clues = tuple(of(f"人{i}", "", rows, "civil.a") for i, rows in enumerate(row_sets))
    found, _ = grouped(clues)
    components = [set(rows) for rows in row_sets]
    while any(x is not y and x & y for x in components for y in components):
        x, y = next((x, y) for x in components for y in components if x is not y and x & y)
        components = [c for c in components if c is not x and c is not y] + [x | y]
    for c in found:
        (home,) = [k for k in components if c.rows <= k]
        members = {d.id for d in found if d.rows <= home}
        assert {d.id for d in found if d.group == c.group} == members
        assert c.group == min(members)


@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.sets(st.sampled_from("abcd"), min_size=1)), max_size=6))
def test_merging_loses_no_clue_and_does_not_depend_on_order(given_: list[tuple[str, set[str]]]) -> None:
    clues = [of(who, str(i), rows) for i, (who, rows) in enumerate(given_)]
    there = sorted(merged(clues), key=lambda c: c.id)
    back = sorted(merged(clues[::-1]), key=lambda c: c.id)
    assert there == back
    assert sorted(part.id for one in there for part in unmerged(one)) == sorted(c.id for c in clues)

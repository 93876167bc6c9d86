"""From a result row to sentences and places in the sources."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from jianwei.kit import Kind, Model, Sign
from jianwei.records import CivilCase
from jianwei.screening.answers import settled
from jianwei.screening.explain import evaluated, evidence
from jianwei.screening.wording import money, sentence

ABSENT = Sign("absent", Kind.FORM, 2, "{absent} 件缺席，占 {share:.0%}", about=("absent",))


class Example(Model):
    reads = (CivilCase,)
    signs = (ABSENT, Sign("admitted", Kind.SUBSTANCE, 3, "被告全部认可", about=("admitted",)))


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0元"),
        (5, "0.05元"),
        (150, "1.5元"),
        (30_000, "300元"),
        (999_999, "9999.99元"),
        (1_000_000, "1万元"),
        (1_234_500, "1.23万元"),
        (-1_000_000, "-1万元"),
    ],
)
def test_money_is_written_as_people_write_it(fen: int, text: str) -> None:
    assert money(fen) == text


def test_a_sentence_survives_every_missing_value() -> None:
    assert sentence("{on}借{sum_fen}，{share:.0%}，{names}", dict.fromkeys(["on", "sum_fen", "share", "names"])) == (
        "（无记载）借（无记载），（无记载），（无记载）"
    )


def test_a_sentence_writes_dates_money_and_lists() -> None:
    values = {"on": dt.date(2024, 3, 5), "sum_fen": 5_000_000, "names": ["甲", "乙"]}
    assert sentence("{on}借{sum_fen}，{names}", values) == "2024年3月5日借5万元，甲、乙"


@pytest.mark.parametrize(("value", "state"), [(True, True), (False, False), (None, None)])
def test_a_sign_is_seen_not_seen_or_unknown(value: bool | None, state: bool | None) -> None:
    found = evaluated(ABSENT, {"absent": value}, {"absent": 3, "share": 0.5}, {})
    assert found.seen is state
    assert found.text == {True: "3 件缺席，占 50%", False: "", None: "未能核对，所需信息未载明"}[state]


def test_a_sign_without_its_table_is_unknown_whatever_was_computed() -> None:
    assert evaluated(ABSENT, {"absent": True}, {}, {"absent": "民事案件"}).seen is None


def test_both_engines_ways_of_saying_nothing_are_the_same() -> None:
    assert settled(float("nan")) is None
    assert settled([]) == settled(()) == []
    assert settled(["b", None, "a", "b"]) == ["a", "b"]


def stored(**columns: Any) -> dict[str, Any]:
    spans = {"case_no": [0, 5], "court": [6, 12], "absent": [40, 47], "admitted": [50, 58]}
    row = {"case_no": "（2024）浙0203民初1号", "court": "某法院", "absent": True, "admitted": None}
    place = {"document": "d1", "spans": json.dumps(spans), "source": "a.jsonl", "entry": "3", "row_no": None}
    return row | place | columns


def test_a_seen_sign_points_at_the_words_it_speaks_of() -> None:
    row = {"rows": ["r1"], "absent": True, "admitted": False}
    states = [evaluated(sign, row, row | {"share": 1.0}, {}) for sign in Example.signs]
    (place,) = evidence(Example, row, states, {"r1": ("civ_case", stored())})
    assert (place.column, place.span, place.signs) == ("absent", (40, 47), ("absent",))
    assert (place.document, place.source, place.entry) == ("d1", "a.jsonl", "3")


def test_without_a_seen_sign_of_its_own_a_row_points_at_what_tells_most() -> None:
    row = {"rows": ["r1"], "absent": False, "admitted": False}
    states = [evaluated(sign, row, row, {}) for sign in Example.signs]
    (place,) = evidence(Example, row, states, {"r1": ("civ_case", stored())})
    assert (place.column, place.span) == ("court", (6, 12))


def test_a_column_inferred_without_words_of_its_own_opens_the_document_at_the_row() -> None:
    row = {"rows": ["r1"], "absent": True, "admitted": False}
    states = [evaluated(sign, row, row | {"share": 1.0}, {}) for sign in Example.signs]
    (place,) = evidence(Example, row, states, {"r1": ("civ_case", stored(spans=json.dumps({"court": [6, 12]})))})
    assert (place.column, place.span, place.signs) == ("court", (6, 12), ("absent",))


def test_rows_of_a_sign_that_was_not_seen_are_no_evidence() -> None:
    row = {"rows": ["r1"], "absent": False, "absent__rows": ["r2"], "admitted": False}
    states = [evaluated(sign, row, row, {}) for sign in Example.signs]
    found = evidence(Example, row, states, {"r1": ("civ_case", stored()), "r2": ("civ_case", stored())})
    assert {e.row for e in found} == {"r1"}


def test_a_row_from_a_table_has_a_row_number_and_no_span() -> None:
    row = {"rows": ["r1"], "absent": True, "admitted": None}
    states = [evaluated(sign, row, {"absent": 1, "share": 1.0}, {}) for sign in Example.signs]
    (place,) = evidence(Example, row, states, {"r1": ("civ_case", stored(document=None, spans=None, row_no=7))})
    assert (place.document, place.span, place.row_no) == (None, None, 7)

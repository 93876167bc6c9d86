"""The derived answers on terms and recidivism: how rows are brought together."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from jianwei.lake.derived import recidivism_checks, term_checks
from jianwei.lake.derived.term_checks import SCHEMA, SIGNS, checked

JUDGMENT: dict[str, Any] = {
    "row_id": "j", "document": "d", "court_no": "（2018）浙0203刑初1号", "name": "卢青山", "charge": "故意伤害罪",
    "charges": ["故意伤害罪"], "main_penalty": "有期徒刑", "months": 8, "term_start_on": dt.date(2018, 7, 17),
    "term_end_on": dt.date(2019, 3, 16), "decided_on": dt.date(2018, 7, 17),
}  # fmt: skip


def event(number: int, kind: str, on: str) -> dict[str, Any]:
    return {"row_id": f"e{number}", "kind": kind, "on": dt.date.fromisoformat(on)}


def test_the_answer_has_the_columns_of_the_table() -> None:
    found = checked(JUDGMENT)
    assert list(found) == SCHEMA.names
    assert all(found[sign] is False for sign in SIGNS)


def test_the_ledger_s_first_day_of_custody_serves_where_no_measures_are_known() -> None:
    late = JUDGMENT | {"held_from": dt.date(2018, 6, 1)}
    assert checked(late)["codes"] == ["long"]
    assert (
        checked(late | {"term_start_on": dt.date(2018, 6, 1), "term_end_on": dt.date(2019, 1, 31)})["verdict"]
        == "无异常"
    )


def test_a_term_that_cannot_be_judged_leaves_its_signs_open() -> None:
    found = checked(JUDGMENT | {"term_end_on": dt.date(2019, 3, 10)})
    assert found["verdict"] == "无法判断"
    assert found["end_far"] is None and found["kind_range"] is False


def test_no_term_is_looked_for_where_none_is_served() -> None:
    for other in (
        {"probation_months": 12},
        {"life_or_death": "无期徒刑", "main_penalty": "无期徒刑"},
        {"main_penalty": None},
    ):
        found = checked(JUDGMENT | {"term_end_on": dt.date(2029, 1, 1)} | other)
        assert found["year_slip"] is None and found["verdict"] == "无异常"


def test_a_ledger_without_a_column_of_fines_does_not_say_that_there_was_none() -> None:
    theft = JUDGMENT | {"document": None, "charge": "盗窃罪", "charges": ["盗窃罪"]}
    assert checked(theft)["fine_missing"] is True
    untold = checked(theft, fines_told=False)
    assert untold["fine_missing"] is None and untold["end_far"] is False
    assert untold["verdict"] == "无法判断" and "没有罚金一栏" in untold["reason"]


def test_measures_of_one_day_keep_the_order_of_the_text() -> None:
    def place(number: int, at: int) -> tuple[int, int, str]:
        return term_checks._place({"row_id": f"e{number}", "row_no": None, "spans": json.dumps({"kind": [at, at + 4]})})

    assert place(2, 100) < place(1, 140)


def test_a_sign_says_only_its_own_reason() -> None:
    found = checked(
        JUDGMENT | {"months": 5, "term_end_on": dt.date(2020, 12, 16)}, [], [event(1, "刑事拘留", "2018-07-17")]
    )
    assert found["verdict"] == "矛盾"
    assert "法定期限" in found["kind_range_says"] and "法定期限" not in (
        found["year_slip_says"] or found["end_far_says"]
    )


PRIOR: dict[str, Any] = {
    "row_id": "p", "court_no": "（2018）浙0203刑初1号", "name": "卢青山", "charge": "盗窃罪", "main_penalty": "有期徒刑",
    "months": 20, "decided_on": dt.date(2014, 3, 1), "released_on": dt.date(2015, 6, 1), "prior_no": None,
}  # fmt: skip
LATER = JUDGMENT | {"crime_on": dt.date(2018, 1, 1), "born_on": dt.date(1980, 1, 1), "person": "idno:1"}
EARLIER: dict[str, Any] = {
    "row_id": "q", "court_no": "（2014）浙0203刑初9号", "name": "卢青山", "person": "idno:1", "charge": "盗窃罪",
    "main_penalty": "有期徒刑", "months": 20, "decided_on": dt.date(2014, 3, 12), "minor_at_crime": True,
}  # fmt: skip


def test_what_the_header_and_the_earlier_judgment_tell_is_one_sentence() -> None:
    """The header gives the month and the release, the judgment that he was a minor: together no recidivist."""
    assert recidivism_checks.checked(LATER, (), (PRIOR,))["outcome"] == "应当认定累犯"  # type: ignore[index]
    assert recidivism_checks.checked(LATER, (EARLIER,), (PRIOR,)) is None


def test_sentences_that_differ_stay_two() -> None:
    found = recidivism_checks.checked(LATER, (EARLIER,), (PRIOR | {"months": 30},))
    assert found is not None and found["rows"] == ["j", "p"] and found["in_header"]


def test_a_later_judgment_of_the_person_is_no_earlier_one() -> None:
    after = EARLIER | {"decided_on": dt.date(2019, 1, 1), "minor_at_crime": False}
    assert recidivism_checks.checked(LATER, (after,), ()) is None

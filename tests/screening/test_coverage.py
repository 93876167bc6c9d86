"""What may be concluded from not finding something."""

from __future__ import annotations

import datetime as dt

import pytest

from jianwei.kit import Absence
from jianwei.lake import Coverage
from jianwei.records import Licence
from jianwei.screening import choose
from jianwei.screening.coverage import cannot_evaluate, search

AS_OF = dt.date(2026, 10, 31)
NOT_REVOKED = Absence(Licence, "未见吊销")


def line(
    region: str | None = "330000", to_on: dt.date = AS_OF, *, declared: bool = True, gaps: object = ()
) -> Coverage:
    return Coverage("licence", region, dt.date(2020, 1, 1), to_on, declared, gaps)  # type: ignore[arg-type]


def test_a_feed_declared_complete_until_now_makes_an_absence_firm() -> None:
    found = search(NOT_REVOKED, "330203", AS_OF, [line()], {"licence"})
    assert found.firm
    assert found.says == "未见吊销：已查《资格证照》，声明完整至2026年10月31日"


def test_a_feed_that_ends_too_early_does_not() -> None:
    found = search(NOT_REVOKED, "330203", AS_OF, [line(to_on=dt.date(2026, 8, 1))], {"licence"})
    assert not found.firm
    assert "声明完整至2026年8月1日，距查询日2026年10月31日已逾31天" in found.says


def test_a_gap_is_named() -> None:
    gap = ((dt.date(2026, 3, 1), dt.date(2026, 3, 31)),)
    found = search(NOT_REVOKED, "330203", AS_OF, [line(gaps=gap)], {"licence"})
    assert not found.firm
    assert found.says.endswith("但有缺口：2026年3月1日至2026年3月31日")


def test_a_feed_that_nobody_declared_complete_is_provisional_and_says_what_was_seen() -> None:
    found = search(NOT_REVOKED, "330203", AS_OF, [line(None, declared=False)], {"licence"})
    assert not found.firm
    assert found.says == "未见吊销：已查《资格证照》，所见数据2020年1月1日至2026年10月31日，未经声明完整"


def test_a_feed_that_is_not_there_is_said_not_to_be_there() -> None:
    assert search(NOT_REVOKED, None, AS_OF, [], set()).says == "未见吊销：未提供《资格证照》，无从查找"


@pytest.mark.parametrize(
    ("declared_for", "firm"),
    [("330000", True), ("330200", True), ("330203", True), (None, True), ("320000", False), ("330205", False)],
)
def test_a_declaration_holds_for_the_region_below_it(declared_for: str | None, firm: bool) -> None:
    assert search(NOT_REVOKED, "330203", AS_OF, [line(declared_for)], {"licence"}).firm is firm


def test_a_model_that_takes_one_of_several_tables_says_so_when_none_is_there() -> None:
    (wages,) = choose(["M04"])
    assert cannot_evaluate(wages, {"death"}) == "未评价，因为缺少数据：劳动仲裁、民事案件（至少需要其中一种）"
    assert cannot_evaluate(wages, {"arb_case"}) is None
    assert cannot_evaluate(wages, {"civ_case"}) is None

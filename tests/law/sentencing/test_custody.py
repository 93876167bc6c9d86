"""From measures to stretches."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from jianwei.law.sentencing.custody import Counts, Event, timeline
from jianwei.law.sentencing.dates import check
from jianwei.law.sentencing.printed import Term
from jianwei.law.sentencing.term import Sentence

KINDS = [
    "抓获", "羁押", "刑事拘留", "逮捕", "取保候审", "监视居住", "指定居所监视居住", "释放", "行政拘留", "司法拘留", "留置", "管护",
    "强制隔离戒毒", "收监", "批准逮捕", "劳动教养", "查封",
]  # fmt: skip
day = st.dates(dt.date(2012, 1, 1), dt.date(2020, 12, 31))
events = st.builds(
    Event, st.sampled_from(KINDS), st.none() | day, st.none() | day, st.sampled_from((True, False, None))
)


@given(st.lists(events, max_size=12))
def test_stretches_are_in_order_and_share_no_day(told: list[Event]) -> None:
    stretches = timeline(told).stretches
    for stretch in stretches:
        assert stretch.until_on is None or stretch.until_on >= stretch.from_on
    for earlier, later in zip(stretches, stretches[1:], strict=False):
        assert earlier.until_on is not None and earlier.until_on < later.from_on


@given(
    st.lists(events, max_size=8), st.none() | day, st.none() | day, st.none() | day, st.none() | day,
    st.integers(0, 300), st.integers(0, 20), st.sampled_from(("有期徒刑", "拘役", "管制")), st.booleans(),
)  # fmt: skip
def test_whatever_a_header_tells_there_is_an_answer(
    told: list[Event], start: dt.date | None, end: dt.date | None, decided: dt.date | None, crime: dt.date | None,
    months: int, days: int, kind: str, merged: bool,
) -> None:  # fmt: skip
    found = check(Term(Sentence(kind, months, days), start, end, decided, crime, tuple(told), None, merged))
    assert len(found) <= 1
    assert all(f.reason.endswith("。") for f in found)


def d(month: int, of: int) -> dt.date:
    return dt.date(2017, month, of)


def test_detention_and_arrest_are_one_stretch_and_the_day_of_release_belongs_to_it() -> None:
    line = timeline([Event("刑事拘留", d(1, 2)), Event("逮捕", d(1, 20)), Event("取保候审", d(2, 3))])
    (stretch,) = line.stretches
    assert (stretch.from_on, stretch.until_on, stretch.counts) == (d(1, 2), d(2, 3), Counts.MUST)
    assert line.released_on == d(2, 3)


def test_bail_without_custody_before_it_leaves_room_for_custody_untold() -> None:
    assert not timeline([Event("取保候审", d(1, 2))]).gaps_told
    assert timeline([Event("刑事拘留", d(1, 1)), Event("取保候审", d(1, 2)), Event("取保候审", d(3, 2))]).gaps_told


def test_an_old_administrative_detention_is_another_matter() -> None:
    line = timeline([Event("行政拘留", dt.date(2015, 3, 1), dt.date(2015, 3, 10)), Event("刑事拘留", d(1, 1))])
    assert [s.from_on for s in line.stretches] == [d(1, 1)]
    line = timeline([Event("行政拘留", d(3, 1), d(3, 10)), Event("刑事拘留", d(3, 11))])
    assert [s.counts for s in line.stretches] == [Counts.MAY, Counts.MUST]


def test_only_a_measure_for_drug_use_is_no_custody_told() -> None:
    assert not timeline([Event("强制隔离戒毒", d(1, 1))]).told
    assert not timeline([]).told

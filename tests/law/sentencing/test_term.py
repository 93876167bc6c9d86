"""The fast set of lawful ends against a slow walk through the calendar, day by day."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from jianwei.law.sentencing.counting import ends
from jianwei.law.sentencing.custody import Event, timeline
from jianwei.law.sentencing.term import Sentence, lawful_ends

DAY = dt.timedelta(days=1)


def walked(
    anchor: dt.date, sentence: Sentence, held: list[tuple[dt.date, dt.date]], taken_in: dt.date, decided: dt.date
) -> set[dt.date]:
    """The ends by walking: a day counts when held on it; each day of release is counted or not, as courts differ.

    ``held`` are closed stretches before ``taken_in``, from which the person is held for good.
    """
    found = set()
    for full in ends(anchor, sentence.months, sentence.extra_days, decided):
        days_to_serve = (full - anchor).days + 1
        for left_out in itertools.product((False, True), repeat=len(held)):
            counted = {
                first + DAY * n
                for (first, last), out in zip(held, left_out, strict=True)
                for n in range((last - first).days + (0 if out else 1))
            }
            served = len([day for day in counted if day < anchor])
            day = anchor
            while served < days_to_serve:
                served += day in counted or day >= taken_in
                day += DAY
            found.add(day - DAY)
    return found


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[tuple[dt.date, dt.date]], dt.date]:
    """Stretches of custody each ended by bail, then the day of the last arrest."""
    day = draw(st.dates(dt.date(2012, 1, 1), dt.date(2024, 12, 31)))
    held = []
    for _ in range(draw(st.integers(0, 3))):
        last = day + DAY * draw(st.integers(0, 40))
        held.append((day, last))
        day = last + DAY * draw(st.integers(2, 200))
    return held, day


@given(histories(), st.integers(6, 60), st.sampled_from((0, 15)))
@settings(max_examples=150, deadline=None)
def test_the_lawful_ends_are_those_of_a_walk_through_the_days(
    history: tuple[list[tuple[dt.date, dt.date]], dt.date], months: int, extra_days: int
) -> None:
    held, taken_in = history
    sentence = Sentence("有期徒刑", months, extra_days)
    events = [event for first, last in held for event in (Event("刑事拘留", first), Event("取保候审", last))]
    line = timeline([*events, Event("逮捕", taken_in)])
    decided = taken_in + DAY * 20
    walks = [walked(anchor, sentence, held, taken_in, decided) for anchor in [*(first for first, _ in held), taken_in]]
    assert lawful_ends(sentence, taken_in, line, decided) == set().union(*walks)


@given(histories(), st.integers(6, 60))
@settings(max_examples=100, deadline=None)
def test_what_is_lawful_does_not_depend_on_which_custody_day_is_printed(
    history: tuple[list[tuple[dt.date, dt.date]], dt.date], months: int
) -> None:
    held, taken_in = history
    events = [event for first, last in held for event in (Event("刑事拘留", first), Event("取保候审", last))]
    line = timeline([*events, Event("逮捕", taken_in)])
    sentence = Sentence("有期徒刑", months)
    printed = [lawful_ends(sentence, start, line, taken_in) for start in [*(first for first, _ in held), taken_in]]
    assert all(ends == printed[0] for ends in printed)


def test_control_counts_a_day_of_custody_double() -> None:
    line = timeline([Event("刑事拘留", dt.date(2019, 1, 1)), Event("取保候审", dt.date(2019, 1, 10))])
    found = lawful_ends(Sentence("管制", 12), dt.date(2019, 6, 1), line, dt.date(2019, 5, 20))
    assert dt.date(2020, 5, 11) in found  # 2020-05-31 less twice ten days


def test_designated_residence_counts_half_for_a_term_and_whole_for_control() -> None:
    events = [Event("指定居所监视居住", dt.date(2019, 1, 1)), Event("取保候审", dt.date(2019, 1, 20))]
    line = timeline(events)
    term = lawful_ends(Sentence("拘役", 6), dt.date(2019, 6, 1), line, dt.date(2019, 5, 20))
    control = lawful_ends(Sentence("管制", 6), dt.date(2019, 6, 1), line, dt.date(2019, 5, 20))
    assert dt.date(2019, 11, 20) in term and dt.date(2019, 11, 10) not in term
    assert dt.date(2019, 11, 10) in control

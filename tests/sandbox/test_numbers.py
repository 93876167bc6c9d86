"""Identity numbers, company codes, terms and Chinese numerals, against slow references."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.law import courts as law_courts
from jianwei.law import regions
from jianwei.sandbox import chinese, companies, courts, people, terms

SEEDS = st.integers(0, 10**9)


@given(SEEDS)
def test_an_identity_number_passes_its_check_and_tells_birth_sex_and_a_real_county(seed: int) -> None:
    rng = random.Random(seed)
    court = rng.choice(courts.basic())
    person = people.person(rng, court, (1930, 2005))
    number = person.idno
    assert len(number) == 18
    digits = [10 if c == "X" else int(c) for c in number]
    # ISO 7064 MOD 11-2, by its definition
    assert sum(d * pow(2, 17 - i, 11) for i, d in enumerate(digits)) % 11 == 1
    assert number[6:14] == person.born_on.strftime("%Y%m%d")
    assert int(number[16]) % 2 == (1 if person.male else 0)
    assert regions.lookup(person.place) == number[:6]


@given(SEEDS)
def test_a_company_code_passes_the_check_of_gb_32100(seed: int) -> None:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    code = companies.uscc(random.Random(seed), "330602")
    assert len(code) == 18 and set(code) <= set(alphabet)
    total = sum(alphabet.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    assert (total + alphabet.index(code[17])) % 31 == 0


def test_every_court_of_the_sandbox_is_a_court_of_the_law() -> None:
    for court in (*courts.basic(), *courts.upper().values()):
        found = law_courts.find(court.name)
        assert found is not None, court.name
        if court.county:
            assert found.region == court.region


@given(st.dates(dt.date(2012, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 200))
def test_a_term_ends_on_the_day_before_the_same_day_of_a_later_month(start: dt.date, months: int) -> None:
    end = terms.end(start, months)
    following = end + dt.timedelta(1)
    index = (following.year - start.year) * 12 + following.month - start.month
    if (start + dt.timedelta(1)).day == 1:
        assert index == months and (following + dt.timedelta(1)).day == 1
    elif start.day <= 28:
        assert index == months and following.day == start.day
    else:
        assert index == months and following.day <= start.day


@pytest.mark.parametrize(
    ("first", "released", "again", "months"),
    [
        (dt.date(2021, 6, 15), dt.date(2021, 7, 9), dt.date(2021, 8, 22), 12),
        (dt.date(2019, 8, 6), dt.date(2019, 8, 11), dt.date(2019, 10, 24), 15),
    ],
)
def test_the_two_lawful_methods_differ_by_at_most_three_days(
    first: dt.date, released: dt.date, again: dt.date, months: int
) -> None:
    one = terms.end(again, months, 0, terms.served(first, released))
    other = terms.end_from_first_custody(first, released, again, months)
    assert abs((one - other).days) <= 3


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (5000, "五千"),
        (20000, "二万"),
        (125000, "十二万五千"),
        (10500, "一万零五百"),
        (110000, "十一万"),
        (3080, "三千零八十"),
        (19, "十九"),
        (101, "一百零一"),
    ],
)
def test_money_in_words(value: int, written: str) -> None:
    assert chinese.money(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(85000, "捌万伍仟元整"), (100000, "壹拾万元整"), (30500, "叁万零伍佰元整"), (1200000, "壹佰贰拾万元整")],
)
def test_money_in_capitals(value: int, written: str) -> None:
    assert chinese.capital(value) == written


def test_terms_and_dates_in_words() -> None:
    assert [chinese.term(m, d) for m, d in ((6, 0), (30, 0), (12, 0), (10, 15))] == [
        "六个月",
        "二年六个月",
        "一年",
        "十个月十五日",
    ]
    assert chinese.sealed_date(dt.date(2024, 10, 31)) == "二〇二四年十月三十一日"
    assert chinese.sealed_date(dt.date(2020, 1, 20), "Ｏ") == "二Ｏ二Ｏ年一月二十日"

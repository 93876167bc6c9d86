"""Numbers that identify, in their one canonical form."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianwei.records.identifiers import (
    birth,
    case_no,
    check_digit,
    citizen_id,
    identity_number,
    is_case_no,
    number_fault,
    place,
    uscc,
    uscc_check,
)

# The worked example printed in GB 11643-1999, annex A.
STANDARD_EXAMPLE = "11010519491231002X"


def test_the_example_of_the_standard_has_the_check_digit_it_states() -> None:
    assert citizen_id(STANDARD_EXAMPLE) == STANDARD_EXAMPLE
    assert birth(STANDARD_EXAMPLE) == dt.date(1949, 12, 31)
    assert place(STANDARD_EXAMPLE) == "110105"


def test_fifteen_digits_become_eighteen() -> None:
    assert citizen_id("110105491231002") == STANDARD_EXAMPLE


@pytest.mark.parametrize(
    "written",
    [
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002x ",
        "'11010519491231002X",
        "11010519491231002x\u3000",
    ],
)
def test_a_number_is_the_same_however_it_is_typed(written: str) -> None:
    assert identity_number(written) == STANDARD_EXAMPLE


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_a_single_wrong_digit_is_always_found(at: int, digit: str) -> None:
    wrong = STANDARD_EXAMPLE[:at] + digit + STANDARD_EXAMPLE[at + 1 :]
    assert wrong == STANDARD_EXAMPLE or citizen_id(wrong) is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("110105194912310021", "末位应为 X"),
        ("11010519490231002" + check_digit("11010519490231002"), "出生日期不存在"),
        ("1.10105E+17", "科学计数法"),
        ("110105********002X", "隐去"),
        ("12345", "实为 5 位"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(written: str, reason: str) -> None:
    assert reason in str(number_fault(written))


def test_a_code_of_an_organisation_is_checked_and_tells_no_birth() -> None:
    first = "91330203MA2XTEST1".replace("S", "5")
    code = first + uscc_check(first)
    assert uscc(code.lower()) == code and birth(code) is None and place(code) is None
    other = next(s for s in "0123456789" if s != code[17])
    assert uscc(code[:17] + other) is None


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("(2024)浙0602民初1234号", "（2024）浙0602民初1234号"),
        ("［２０２４］浙０６０２民初１２３４号之一", "（2024）浙0602民初1234号之一"),
        ("（ 2024 ） 浙0602 民初 1234 号", "（2024）浙0602民初1234号"),
        ("（2Ｏ20）浙0602刑初7号", "（2020）浙0602刑初7号"),
        ("（二〇一四）某民初字第833号", "（2014）某民初字第833号"),
        ("〔2014〕某城民初字第833号", "（2014）某城民初字第833号"),
        ("2019浙01民终5号", "（2019）浙01民终5号"),
        ("（2020）浙0602执63号之2", "（2020）浙0602执63号之二"),
        ("（2020）浙0602执63号之12。", "（2020）浙0602执63号之十二"),
    ],
)
def test_a_case_number_has_one_form(written: str, canonical: str) -> None:
    assert case_no(written) == canonical
    assert case_no(canonical) == canonical
    assert is_case_no(canonical)


def test_what_is_no_case_number_is_not_made_one() -> None:
    assert case_no("甬劳人仲案字〔2024〕第5号") == "甬劳人仲案字（2024）第5号"
    assert not is_case_no("甬劳人仲案字（2024）第5号")


@given(st.text(max_size=40))
def test_canonical_form_is_final_and_any_text_may_be_asked(text: str) -> None:
    assert case_no(case_no(text)) == case_no(text) or not is_case_no(case_no(text))
    number_fault(text)

"""Numbers that identify: 公民身份号码, 统一社会信用代码, 案号. Checked and brought to one written form."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

# GB 11643-1999: weights of the first 17 digits, and the check character by remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_ID18 = re.compile(r"[1-9]\d{16}[\dX]\Z", re.ASCII)
_ID15 = re.compile(r"[1-9]\d{14}\Z", re.ASCII)

# GB 32100-2015: 31 signs (no I, O, Z, S, V), weights are the powers of 3 modulo 31.
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUE = {sign: value for value, sign in enumerate(_USCC_SIGNS)}
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}\Z", re.ASCII)

FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""``str.translate`` table: full-width letters, digits and signs to ASCII, the ideographic space to a space."""

_GAPS = re.compile(r"[\s\u200b\ufeff]+")


def plain_number(text: str) -> str:
    """A number as written in a form: half-width, upper case, no spaces and no leading apostrophe."""
    return _GAPS.sub("", text.translate(FULL_TO_HALF)).strip("'’`").upper()


def check_digit(first17: str) -> str:
    """The 18th character of a 公民身份号码 whose first 17 digits are given."""
    return _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, first17, strict=True)) % 11]


def citizen_id(text: str) -> str | None:
    """The 18-character 公民身份号码 that ``text`` states, or None when it is not one.

    A number of 15 digits (issued until 1999, births of 19xx) is brought to 18.
    """
    number = plain_number(text)
    if _ID15.match(number):
        number = number[:6] + "19" + number[6:]
        number += check_digit(number)
    if not _ID18.match(number) or check_digit(number[:17]) != number[17]:
        return None
    return number if _date(number[6:14]) else None


def uscc_check(first17: str) -> str:
    """The 18th character of a 统一社会信用代码 whose first 17 are given."""
    total = sum(w * _USCC_VALUE[s] for w, s in zip(_USCC_WEIGHTS, first17, strict=True))
    return _USCC_SIGNS[(31 - total % 31) % 31]


def uscc(text: str) -> str | None:
    """The 统一社会信用代码 that ``text`` states, or None when it is not one."""
    number = plain_number(text)
    return number if _USCC.match(number) and uscc_check(number[:17]) == number[17] else None


@lru_cache(maxsize=65536)
def identity_number(text: str) -> str | None:
    """The citizen's number or organisation's code that ``text`` states, in canonical form, else None."""
    return citizen_id(text) or uscc(text)


def number_fault(text: str) -> str | None:
    """Why ``text`` is no valid number, as a Chinese clause; None when it is one."""
    number = plain_number(text)
    if identity_number(number):
        return None
    if "*" in number or "＊" in text:
        return "号码被隐去若干位"
    if re.search(r"E\+?\d+\Z", number):
        return "号码被表格软件改成了科学计数法，后几位已经丢失"
    if _ID18.match(number):
        expected = check_digit(number[:17])
        if expected != number[17]:
            return f"公民身份号码校验码不对，末位应为 {expected}"
        return "公民身份号码中的出生日期不存在"
    if _USCC.match(number):
        return f"统一社会信用代码校验码不对，末位应为 {uscc_check(number[:17])}"
    if _ID15.match(number):
        return "15 位公民身份号码中的出生日期不存在"
    return f"证件号码应为 15 位或 18 位，实为 {len(number)} 位"


def birth(number: str) -> dt.date | None:
    """The date of birth inside an 18-character 公民身份号码; None for an organisation's code."""
    return _date(number[6:14]) if _ID18.match(number) and check_digit(number[:17]) == number[17] else None


def place(number: str) -> str | None:
    """The six-digit county code under which a 公民身份号码 was issued; None for an organisation's code."""
    return number[:6] if birth(number) else None


def _date(digits: str) -> dt.date | None:
    if not digits.isdigit():
        return None
    try:
        born = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if born.year >= 1850 else None


# 案号 -------------------------------------------------------------------------------------------------------------

_CASE = str.maketrans(
    {"(": "（", ")": "）", "[": "（", "]": "）", "〔": "（", "〕": "）", "【": "（", "】": "）", "［": "（", "］": "）", "{": "（", "}": "）",
     "﹙": "（", "﹚": "）", "〈": "（", "〉": "）"}
)  # fmt: skip
_YEAR = re.compile(r"\A（?([0-9OQo〇○零一二三四五六七八九◯Ｏ]{4})）?年?")
_YEAR_SIGNS = str.maketrans("OQo〇○零◯Ｏ一二三四五六七八九", "00000000123456789")
_TAIL = re.compile(r"之(\d{1,2})(?=\Z|）)")
_COUNT = "〇一二三四五六七八九"
_FORM = re.compile(
    r"（(?:19|20)\d{2}）[^\s（）]{1,24}?(?:字第)?\d+(?:[-－—]\d+)?号(?:之[一二三四五六七八九十]{1,3})?\Z"
)


@lru_cache(maxsize=65536)
def case_no(text: str) -> str:
    """``text`` as a 案号 in canonical form: full-width brackets, half-width digits, no spaces, 之一 in words.

    The old style ``（2014）甲民初字第833号`` keeps its 字第. What is no case number comes back cleaned, nothing more.
    """
    number = _GAPS.sub("", text.translate(FULL_TO_HALF)).translate(_CASE).strip("，。、；:,.;：")
    year = _YEAR.match(number)
    if year:
        digits = year[1].translate(_YEAR_SIGNS)
        if digits[:2] in ("19", "20"):
            number = f"（{digits}）" + number[year.end() :].lstrip("）")
    return _TAIL.sub(lambda m: "之" + _in_words(int(m[1])), number)


def is_case_no(text: str) -> bool:
    """Whether ``text`` (canonical) has the form of a 案号."""
    return bool(_FORM.match(text))


def _in_words(n: int) -> str:
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _COUNT[tens] + "十") + (
        _COUNT[ones] if ones or not tens else ""
    )

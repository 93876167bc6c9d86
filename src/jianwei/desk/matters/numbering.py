"""Numbers without gaps: allocated in the transaction of the act that uses them, so that a failed act gives them back."""

from __future__ import annotations

from django.db import transaction

from jianwei.desk.matters.models import Sequence
from jianwei.desk.people.models import Office
from jianwei.law import regions

ABBREVIATIONS = dict(
    zip(
        (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65),
        "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新",
        strict=True,
    )
)  # fmt: skip
"""The one-character names of provinces, by the first two digits of their codes."""


def short_name(office: Office) -> str:
    """``浙``, ``绍`` (杭州市院称“杭检”), ``绍越城``. Two offices may share one; the code in a number tells them apart."""
    province = ABBREVIATIONS.get(int(office.code[:2]), "") if office.code[:2].isdigit() else ""
    if office.level == Office.Level.SUPREME:
        return "高"
    if office.level == Office.Level.PROVINCE:
        return province or office.code
    own = regions.name(office.code) or office.code
    if office.level == Office.Level.CITY:
        return own[:1]
    city = regions.name(office.code[:4] + "00")
    above = city[:1] if city and city not in regions.PLAIN else province
    return above + (own[:-1] if len(own) > 2 else own)


@transaction.atomic
def allocate(office: Office, year: int, word: str, count: int = 1) -> int:
    """The next serial of ``word`` at an office in a year, from 1; with ``count`` the first of so many.

    Belongs to the caller's transaction.
    """
    Sequence.objects.bulk_create([Sequence(office=office, year=year, word=word)], ignore_conflicts=True)
    sequence = Sequence.objects.select_for_update().get(office=office, year=year, word=word)
    sequence.used += count
    sequence.save(update_fields=["used"])
    return sequence.used - count + 1


def intake_number(office: Office, year: int, word: str) -> str:
    """部门受案号：``绍越城检刑诉受〔2026〕33060200001号``。"""
    return intake_form(office, year, word, allocate(office, year, intake_word(word)))


def intake_word(word: str) -> str:
    """The word under which the serials of 受案号 are counted."""
    return f"受案 {word}"


def intake_form(office: Office, year: int, word: str, serial: int) -> str:
    return f"{short_name(office)}检{word}受〔{year}〕{office.code}{serial:05d}号"

"""What is said before a recording begins in the browser."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from jianwei.desk.recordings.purposes import purposes
from jianwei.desk.recordings.sidecar import LONGEST_NAME, MOST_PEOPLE

_BETWEEN = re.compile(r"[、，,;；\s]+")
MEDIA_TYPES = ("video/webm", "audio/webm", "video/mp4", "audio/mp4")
"""What browsers record."""


class BeginForm(forms.Form):
    """Who records what, where, and who is present."""

    purpose = forms.ChoiceField(label="用途", choices=lambda: [("", "请选择"), *((one, one) for one in purposes())])
    place = forms.CharField(label="地点", max_length=200, help_text="例如：本院第一讯问室、某看守所第三讯问室。")
    officers = forms.CharField(label="办案人员", max_length=400, help_text="检察人员和书记员，用顿号分隔。")
    present = forms.CharField(
        label="其他在场人员", max_length=600, required=False,
        help_text="被讯问人、被询问人、辩护人、值班律师、合适成年人、翻译人员等，用顿号分隔。",
    )  # fmt: skip
    device = forms.CharField(max_length=200, required=False)
    media_type = forms.ChoiceField(
        choices=[(one, one) for one in MEDIA_TYPES], error_messages={"invalid_choice": "浏览器录制的格式不认识。"}
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in ("purpose", "place", "officers"):
            verb = "选择" if name == "purpose" else "填写"
            self.fields[name].error_messages["required"] = f"请{verb}{self.fields[name].label}。"

    def clean_officers(self) -> list[str]:
        names = _names(self.cleaned_data["officers"])
        if not names:
            raise ValidationError("请填写办案人员。")
        return names

    def clean_present(self) -> list[str]:
        return _names(self.cleaned_data["present"])

    def clean_place(self) -> str:
        return _plain(self.cleaned_data["place"])

    def clean_device(self) -> str:
        return "".join(sign for sign in self.cleaned_data["device"] if sign.isprintable())


def _names(typed: str) -> list[str]:
    names = [name for name in _BETWEEN.split(typed) if name]
    if len(names) > MOST_PEOPLE or not all(len(name) <= LONGEST_NAME and name.isprintable() for name in names):
        raise ValidationError(f"至多 {MOST_PEOPLE} 人，每个姓名不超过 {LONGEST_NAME} 字，用顿号分隔。")
    if len(set(names)) < len(names):
        raise ValidationError("同一个姓名填了两次。")
    return names


def _plain(typed: str) -> str:
    words = " ".join(typed.split())
    if not words.isprintable():
        raise ValidationError("含有看不见的字符，请重新填写。")
    return words

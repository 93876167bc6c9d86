"""The upload."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from jianwei.desk.cards import checking


class UploadForm(forms.Form):
    """When the cards are looked at from; the files are read beside the form, for there are several."""

    as_of = forms.DateField(
        label="核查之日",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        error_messages={"invalid": "请填写日期，如 2026-10-31。"},
    )

    def clean_as_of(self) -> dt.date:
        day: Any = self.cleaned_data["as_of"]
        today = checking.today()
        if isinstance(day, dt.date):
            if day > today:
                raise forms.ValidationError("核查之日不能在将来。")
            return day
        return today

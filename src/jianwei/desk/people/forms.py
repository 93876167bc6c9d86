"""Forms of accounts."""

from __future__ import annotations

from django import forms

from jianwei.desk.people import queries
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.people.roles import Role


class LoginForm(forms.Form):
    username = forms.CharField(label="登录名", max_length=40)
    password = forms.CharField(label="密码", max_length=200, strip=False, widget=forms.PasswordInput)


class PasswordForm(forms.Form):
    current = forms.CharField(label="现在的密码", max_length=200, strip=False, widget=forms.PasswordInput)
    new = forms.CharField(
        label="新密码",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput,
        help_text="至少 12 位，不能全是数字，也不能是常见密码。",
    )
    again = forms.CharField(label="再输一次新密码", max_length=200, strip=False, widget=forms.PasswordInput)

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError("两次输入的新密码不一致。")
        return again


class AccountForm(forms.Form):
    """A new account. Offices offered are those at or below the administrator's own."""

    username = forms.RegexField(
        r"^[a-z0-9._-]{3,40}$", label="登录名", help_text="小写字母、数字、点、横线，3 至 40 位。"
    )
    name = forms.CharField(label="姓名", max_length=40)
    office = forms.ModelChoiceField(Office.objects.none(), label="所在院", empty_label="请选择")
    role = forms.ChoiceField(label="职责", choices=Role.choices)

    def __init__(self, who: Acting, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["office"].queryset = queries.offices(who)  # type: ignore[attr-defined]

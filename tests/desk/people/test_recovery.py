"""A password given on the machine itself: it works, must be changed, lifts the lock, and is in the trail."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from jianwei.desk.people import actions
from jianwei.desk.people.models import AuditEntry, User


def test_a_recovered_account_can_log_in_and_must_change_its_password(person: Callable[..., User]) -> None:
    person("system_admin", "supreme")
    password = actions.recover(" System_Admin.Supreme ", timezone.now())
    assert password
    client = Client()
    answer = client.post("/login/", {"username": "system_admin.supreme", "password": password})
    assert answer.status_code == 302
    assert client.get("/accounts/")["Location"].startswith("/account/")
    entry = AuditEntry.objects.get(action="在服务器上重置密码")
    assert (entry.username, entry.ip) == ("system_admin.supreme", "本机")


def test_nobody_is_recovered_who_is_not_there(person: Callable[..., User]) -> None:
    assert actions.recover("nobody", timezone.now()) is None
    assert not AuditEntry.objects.filter(action="在服务器上重置密码").exists()

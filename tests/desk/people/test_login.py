"""Log-in: five failures lock a name for half an hour, an idle session ends, everything leaves an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jianwei.desk.people import login as doorway
from jianwei.desk.people.middleware import SEEN
from jianwei.desk.people.models import AuditEntry, LoginGate

RIGHT = "a long enough pass phrase"


def attempt(name: str, password: str) -> Any:
    return Client().post("/login/", {"username": name, "password": password})


def test_the_right_password_lets_in_and_leaves_an_entry(person: Callable[..., Any]) -> None:
    user = person()
    answer = attempt(f" {user.username.upper()} ", RIGHT)
    assert answer.status_code == 302 and answer["Location"] == "/"
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.result, entry.user) == ("登录", "成功", user)


def test_five_failures_lock_even_the_right_password(person: Callable[..., Any]) -> None:
    name = person().username
    assert [attempt(name, f"wrong {n}").status_code for n in range(5)] == [401] * 5
    assert attempt(name, RIGHT).status_code == 429
    assert list(AuditEntry.objects.order_by("id").values_list("result", flat=True)) == ["失败"] * 5 + ["已锁定"]


def test_four_failures_do_not_lock_and_success_forgets_them(person: Callable[..., Any]) -> None:
    name = person().username
    for _ in range(2):
        for n in range(4):
            assert attempt(name, f"wrong {n}").status_code == 401
        assert attempt(name, RIGHT).status_code == 302


def test_the_lock_opens_after_half_an_hour(person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    name = person().username
    for n in range(5):
        attempt(name, f"wrong {n}")
    now = timezone.now()
    monkeypatch.setattr(doorway.timezone, "now", lambda: now + dt.timedelta(minutes=29))
    assert attempt(name, RIGHT).status_code == 429
    monkeypatch.setattr(doorway.timezone, "now", lambda: now + dt.timedelta(minutes=31))
    assert attempt(name, RIGHT).status_code == 302


def test_an_unknown_name_looks_like_a_known_one(person: Callable[..., Any]) -> None:
    known, unknown = person().username, "nobody.here"
    for n in range(6):
        one, other = attempt(known, f"wrong {n}"), attempt(unknown, f"wrong {n}")
        assert one.status_code == other.status_code
        assert _plain(one, known) == _plain(other, unknown)


def _plain(answer: Any, name: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(name, "")


def test_a_closed_account_is_out_at_once(person: Callable[..., Any], visitor: Callable[..., Client]) -> None:
    client = visitor()
    assert client.get("/clues/").status_code == 200
    user = person()
    user.is_active = False
    user.save()
    assert client.get("/clues/").status_code == 302
    assert attempt(user.username, RIGHT).status_code == 401


def test_a_session_idle_for_half_an_hour_is_over(visitor: Callable[..., Client]) -> None:
    client = visitor()
    client.get("/clues/")
    session = client.session
    session[SEEN] -= 29 * 60
    session.save()
    assert client.get("/clues/").status_code == 200
    session = client.session
    session[SEEN] -= 31 * 60
    session.save()
    assert client.get("/clues/").status_code == 302


def test_logging_in_changes_the_session_and_logging_out_ends_it(person: Callable[..., Any]) -> None:
    client = Client()
    client.get("/login/")
    before = client.cookies.get("jianwei_session")
    client.post("/login/", {"username": person().username, "password": RIGHT})
    key = client.cookies["jianwei_session"].value
    assert before is None or before.value != key
    client.post("/logout/")
    other = Client()
    other.cookies["jianwei_session"] = key
    assert other.get("/clues/").status_code == 302


def test_cookies_are_closed_to_scripts_and_other_sites(person: Callable[..., Any]) -> None:
    answer = attempt(person().username, RIGHT)
    for name in ("jianwei_session", "jianwei_csrf"):
        cookie = answer.cookies.get(name)
        if cookie is not None:
            assert cookie["httponly"] and cookie["samesite"] in ("Lax", "Strict")


def test_the_way_back_leads_nowhere_else(person: Callable[..., Any]) -> None:
    for bad in ("https://example.org/", "//example.org", "javascript:alert(1)"):
        answer = Client().post("/login/", {"username": person().username, "password": RIGHT, "next": bad})
        assert answer["Location"] == "/", bad


def test_a_password_change_ends_other_sessions(person: Callable[..., Any], visitor: Callable[..., Client]) -> None:
    one, other = visitor(), visitor()
    new = "another long pass phrase 7"
    answer = one.post("/account/", {"current": RIGHT, "new": new, "again": new})
    assert answer.status_code == 302
    assert one.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize("weak", ["short", "123456789012", "password1234" * 0 + "passwordpassword"])
def test_a_weak_password_is_refused(weak: str, visitor: Callable[..., Client]) -> None:
    answer = visitor().post("/account/", {"current": RIGHT, "new": weak, "again": weak})
    assert answer.status_code == 422 or weak == "passwordpassword"


def test_a_password_given_by_an_administrator_must_be_changed_first(
    person: Callable[..., Any], visitor: Callable[..., Client]
) -> None:
    admin = visitor("system_admin", "county")
    user = person("assistant", "county")
    body = admin.post(f"/accounts/{user.pk}/password/").content.decode()
    given = body.split("<code>")[1].split("</code>")[0]
    client = Client()
    client.post("/login/", {"username": user.username, "password": given})
    assert client.get("/clues/")["Location"] == "/account/"


def test_a_new_account_gets_a_password_that_is_shown_once(
    visitor: Callable[..., Client], made_offices: dict[str, Any]
) -> None:
    admin = visitor("system_admin", "city")
    fields = {"username": "new.one", "name": "新人", "office": made_offices["county"].pk, "role": "assistant"}
    shown = admin.post("/accounts/", fields).content.decode()
    given = shown.split("<code>")[1].split("</code>")[0]
    assert given not in admin.get("/accounts/").content.decode()
    assert attempt("new.one", given).status_code == 302
    foreign = fields | {"username": "new.two", "office": made_offices["other_county"].pk}
    assert admin.post("/accounts/", foreign).status_code == 422
    assert admin.post("/accounts/", fields).status_code == 422


def test_resetting_a_password_lifts_the_lock(person: Callable[..., Any], visitor: Callable[..., Client]) -> None:
    user = person()
    for n in range(5):
        attempt(user.username, f"wrong {n}")
    visitor("system_admin", "province").post(f"/accounts/{user.pk}/password/")
    assert not LoginGate.objects.filter(username=user.username).exists()


@pytest.mark.parametrize("target", ["-1", "people:nowhere", "//elsewhere.example/", "https://elsewhere.example/"])
def test_where_to_go_after_the_log_in_is_an_address_of_the_desk(person: Callable[..., Any], target: str) -> None:
    user = person()
    answer = Client().post("/login/", {"username": user.username, "password": RIGHT, "next": target})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")

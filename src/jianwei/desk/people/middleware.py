"""A session that nobody used for half an hour is over; a password that somebody else set must be changed first."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

SEEN = "seen_at"
REFRESH_SECONDS = 60  # chosen: a session is written at most once a minute


class IdleSession:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            idle = now - request.session.get(SEEN, now)
            if idle > settings.JIANWEI_IDLE_MINUTES * 60:
                logout(request)
            elif idle >= REFRESH_SECONDS or SEEN not in request.session:
                request.session[SEEN] = now
        return self.get_response(request)


class PasswordDue:
    """Until the password that an administrator gave is changed, only that can be done."""

    OPEN = ("/account/", "/logout/", "/static/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.user.is_authenticated
            and request.user.must_change_password
            and not request.path.startswith(self.OPEN)
        ):
            return redirect("account")
        return self.get_response(request)

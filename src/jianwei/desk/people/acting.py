"""Who acts, from where and when: what every query is scoped by and every act is recorded with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from jianwei.desk.people.models import User
from jianwei.desk.people.roles import ADMINS


@dataclass(frozen=True)
class Acting:
    user: User
    ip: str
    at: dt.datetime

    @property
    def path(self) -> str:
        """The path of the own office; everything at or below it is in scope."""
        return self.user.office.path

    @property
    def role(self) -> str:
        return self.user.role

    @property
    def sees_cases(self) -> bool:
        return self.role not in ADMINS


def acting(request: HttpRequest) -> Acting:
    """The person behind a request that passed the login check."""
    return Acting(user=cast(User, request.user), ip=address(request), at=timezone.now())


def on_cases(request: HttpRequest) -> Acting:
    """The same, if their role sees case data at all."""
    who = acting(request)
    if not who.sees_cases:
        raise PermissionDenied("管理员职责不接触案件数据。")
    return who


def address(request: HttpRequest) -> str:
    """The peer's address. Forwarded headers are not believed: the desk is served without a proxy."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]

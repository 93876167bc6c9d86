"""Log-in with a limit on failures that parallel guessing cannot get round."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting, acting, address
from jianwei.desk.people.models import LoginGate, User


class Outcome(Enum):
    IN = "成功"
    WRONG = "失败"
    LOCKED = "已锁定"


def log_in(request: HttpRequest, username: str, password: str) -> Outcome:
    """Try to log in. The try is counted before the password is looked at, so that tries in parallel all count."""
    name = username.strip().lower()[:40]
    at = timezone.now()
    if not _count(name, at):
        audit.record_unknown(name, address(request), at, "登录", Outcome.LOCKED.value)
        return Outcome.LOCKED
    user = authenticate(request, username=name, password=password)
    if not isinstance(user, User):
        audit.record_unknown(name, address(request), at, "登录", Outcome.WRONG.value)
        return Outcome.WRONG
    with transaction.atomic():
        LoginGate.objects.filter(username=name).update(failures=0, locked_until=None)
        audit.record(Acting(user, address(request), at), "登录", kind="账户", object_id=user.username)
    login(request, user)
    return Outcome.IN


def log_out(request: HttpRequest) -> None:
    who = acting(request)
    audit.record(who, "退出", kind="账户", object_id=who.user.username)
    logout(request)


def unlock(username: str) -> None:
    """Forget the failures of a name. Part of an administrator's act; the caller's transaction records it."""
    LoginGate.objects.filter(username=username).delete()


def _count(name: str, at: dt.datetime) -> bool:
    """Count one try; false when the name is locked."""
    with transaction.atomic():
        LoginGate.objects.get_or_create(username=name)
        gate = LoginGate.objects.select_for_update().get(username=name)
        if gate.locked_until and gate.locked_until > at:
            return False
        gate.failures = 1 if gate.locked_until else gate.failures + 1
        full = gate.failures >= settings.JIANWEI_LOGIN_FAILURES
        gate.locked_until = at + dt.timedelta(minutes=settings.JIANWEI_LOCK_MINUTES) if full else None
        gate.save()
        return True

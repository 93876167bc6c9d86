"""The only way to write people and offices: one verb, one transaction, one audit entry."""

from __future__ import annotations

import datetime as dt
import secrets

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from jianwei.desk.errors import DeskError
from jianwei.desk.people import audit, login
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office, SavedView, User
from jianwei.desk.people.roles import Role, label


class NameTaken(DeskError):
    def __init__(self, username: str) -> None:
        super().__init__(f"登录名“{username}”已被使用。")
        self.username = username


class NotAllowed(DeskError):
    def __init__(self, what: str) -> None:
        super().__init__(f"您的职责不能{what}。")
        self.what = what


def generated_password() -> str:
    """A password of 96 random bits, in letters, digits, ``-`` and ``_``."""
    return secrets.token_urlsafe(12)


@transaction.atomic
def add_user(who: Acting, *, username: str, name: str, office: Office, role: str) -> tuple[User, str]:
    """Open an account; its password is returned once and must be changed at first log-in."""
    _system_admin(who, "开设账户")
    password = generated_password()
    user = new_user(username=username, name=name, office=office, role=role, password=password)
    audit.record(who, "开设账户", kind="账户", object_id=user.username, role=label(role), office=office.name)
    return user, password


@transaction.atomic
def set_active(who: Acting, user: User, active: bool) -> None:
    """Close or reopen an account; a closed one loses its sessions at the next request."""
    _system_admin(who, "启停账户")
    user.is_active = active
    user.save(update_fields=["is_active", "updated_at"])
    audit.record(who, "启用账户" if active else "停用账户", kind="账户", object_id=user.username)


@transaction.atomic
def reset_password(who: Acting, user: User) -> str:
    """Give an account a new password, returned once, and lift its lock."""
    _system_admin(who, "重置密码")
    password = _renewed(user)
    audit.record(who, "重置密码", kind="账户", object_id=user.username)
    return password


@transaction.atomic
def recover(username: str, at: dt.datetime) -> str | None:
    """The same on the machine itself, by somebody who is not logged in; None if there is no such account."""
    user = User.objects.filter(username=username.strip().lower()).first()
    if user is None:
        return None
    password = _renewed(user)
    audit.record_unknown(user.username, "本机", at, "在服务器上重置密码", "成功")
    return password


def _renewed(user: User) -> str:
    password = generated_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password", "updated_at"])
    login.unlock(user.username)
    return password


@transaction.atomic
def change_password(who: Acting, new: str) -> None:
    """Change one's own password. Raises Django's ``ValidationError`` for a weak one."""
    validate_password(new, who.user)
    who.user.set_password(new)
    who.user.must_change_password = False
    who.user.save(update_fields=["password", "must_change_password", "updated_at"])
    audit.record(who, "修改密码", kind="账户", object_id=who.user.username)


def new_user(*, username: str, name: str, office: Office, role: str, password: str, must_change: bool = True) -> User:
    """A user row, without an entry: for set-up and for ``add_user``."""
    user = User(
        username=username.strip().lower(), name=name, office=office, role=Role(role), must_change_password=must_change
    )
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise NameTaken(user.username) from error
    return user


@transaction.atomic
def save_view(who: Acting, at: str, name: str, query: str) -> SavedView:
    """Keep one's view of the list at that address; one of the same name is replaced."""
    view, _ = SavedView.objects.update_or_create(user_id=who.user.pk, at=at, name=name, defaults={"query": query})
    audit.record(who, "保存视图", kind="视图", object_id=name)
    return view


@transaction.atomic
def forget_view(who: Acting, view: SavedView) -> None:
    view.delete()
    audit.record(who, "删除视图", kind="视图", object_id=view.name)


def _system_admin(who: Acting, what: str) -> None:
    if who.role != Role.SYSTEM_ADMIN:
        raise NotAllowed(what)

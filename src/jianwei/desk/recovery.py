"""A new password for an account, given on the machine itself when nobody is left who could give one on the desk."""

from __future__ import annotations

from pathlib import Path

from jianwei.desk.boot import boot
from jianwei.desk.errors import DeskError


class NoSuchAccount(DeskError):
    def __init__(self, username: str) -> None:
        super().__init__(f"没有登录名为“{username}”的账户。")
        self.username = username


def new_password(home: Path, username: str) -> str:
    """Give the account a new password, returned once; the trail says that it was done on the machine."""
    boot(home)
    from django.utils import timezone

    from jianwei.desk.people import actions

    password = actions.recover(username, timezone.now())
    if password is None:
        raise NoSuchAccount(username)
    return password

"""First start: the key, the tables, the offices and the first accounts, with passwords that are shown once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jianwei.desk.boot import boot
from jianwei.desk.site import secret


@dataclass(frozen=True)
class FirstAccount:
    """An account made at first start. ``password`` is stored nowhere in the clear."""

    username: str
    password: str
    name: str
    role: str
    office: str


@dataclass(frozen=True)
class FirstStart:
    accounts: tuple[FirstAccount, ...]


def prepare(home: Path, regions: Iterable[str] | None = None) -> FirstStart | None:
    """Make ``home`` ready to serve. Returns the first accounts when they were made now, None ever after.

    ``regions`` are six-digit codes that should have an office; without them those of the lake are taken.
    """
    secret.create(home)
    boot(home)
    from django.core.management import call_command

    from jianwei.desk.people.founding import found

    call_command("migrate", verbosity=0, interactive=False)
    return found(list(regions) if regions is not None else None)


def offices_at_work(home: Path) -> list[str]:
    """The codes of the offices in which somebody handles matters. ``prepare`` must have run."""
    boot(home)
    from jianwei.desk.people.models import User
    from jianwei.desk.people.roles import Role

    handlers = User.objects.filter(role__in=[Role.PROSECUTOR, Role.ASSISTANT], is_active=True)
    return sorted(handlers.values_list("office__code", flat=True).distinct())

"""Who may be given a matter."""

from __future__ import annotations

from django.db.models import QuerySet

from jianwei.desk.matters.roles import WRITERS
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User


def handlers(who: Acting, office_path: str) -> QuerySet[User]:
    """People at or above the office of a matter who record acts, at or below the asker's office."""
    return people.handlers(who, office_path).filter(role__in=[str(role) for role in WRITERS])

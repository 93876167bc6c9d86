"""What may be done with a document: states and verbs. Who may is said in ``signing``."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from jianwei.desk.people.roles import CASE_ROLES, Role


class Status(models.TextChoices):
    DRAFT = "draft", "草拟"
    REVIEW = "review", "审核"
    APPROVED = "approved", "待签发"
    ISSUED = "issued", "已签发"
    SERVED = "served", "已送达"
    ARCHIVED = "archived", "已归档"
    VOID = "void", "作废"


@dataclass(frozen=True)
class Verb:
    """One verb: its name on the button, the states it starts from, where it leads, whether it wants a reason."""

    name: str
    starts: frozenset[Status]
    leads: Status
    reasoned: bool = False


WRITERS = frozenset({Role.PROSECUTOR, Role.ASSISTANT, Role.HEAD, Role.CHIEF, Role.CASE_MANAGER})
"""Who drafts, uploads, sends up, and records service, receipts and replies."""

VERBS: dict[str, Verb] = {
    "submit": Verb("送审", frozenset({Status.DRAFT}), Status.REVIEW),
    "send_back": Verb("退回修改", frozenset({Status.REVIEW, Status.APPROVED}), Status.DRAFT, reasoned=True),
    "approve": Verb("审核通过", frozenset({Status.REVIEW}), Status.APPROVED),
    "issue": Verb("签发", frozenset({Status.APPROVED}), Status.ISSUED),
    "archive": Verb("归档", frozenset({Status.ISSUED, Status.SERVED}), Status.ARCHIVED),
    "void": Verb("作废", frozenset(Status) - {Status.VOID, Status.ARCHIVED}, Status.VOID, reasoned=True),
}


def may_write(role: str) -> bool:
    return role in WRITERS and role in CASE_ROLES

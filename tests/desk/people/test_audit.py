"""The trail only grows, and each part of it is read by its own audit administrator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from jianwei.desk.people.models import AppendOnly, AuditEntry


def test_an_entry_cannot_be_changed_or_removed(rich: str, visitor: Callable[..., Client]) -> None:
    visitor().get(f"/clues/{rich}/")
    entry = AuditEntry.objects.get()
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    for tamper in (lambda: AuditEntry.objects.update(username="somebody"), lambda: AuditEntry.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            tamper()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_auditentry")
    assert AuditEntry.objects.get().username == "prosecutor.county"


def test_the_audit_administrator_reads_the_own_part(rich: str, visitor: Callable[..., Client]) -> None:
    visitor("prosecutor", "county").get(f"/clues/{rich}/")
    assert rich in visitor("audit_admin", "city").get("/audit/").content.decode()
    assert rich not in visitor("audit_admin", "other_city").get("/audit/").content.decode()


def test_failed_logins_of_unknown_names_are_read_at_the_top(visitor: Callable[..., Client], db: Any) -> None:
    Client().post("/login/", {"username": "who.is.this", "password": "guess"})
    assert "who.is.this" in visitor("audit_admin", "supreme").get("/audit/").content.decode()
    assert "who.is.this" not in visitor("audit_admin", "county").get("/audit/").content.decode()


def test_reading_the_trail_leaves_an_entry(visitor: Callable[..., Client]) -> None:
    visitor("audit_admin", "city").get("/audit/?since=2020-01-01&q=x")
    assert AuditEntry.objects.get().action == "查看审计记录"

"""Saved views are of every list: those of the list of clues move where all are kept."""

from __future__ import annotations

from typing import Any

from django.db import migrations

CLUES = "/clues/"


def move(apps: Any, schema_editor: Any) -> None:
    old, new = apps.get_model("clues", "SavedView"), apps.get_model("people", "SavedView")
    new.objects.bulk_create(new(user_id=v.user_id, at=CLUES, name=v.name, query=v.query) for v in old.objects.all())


def back(apps: Any, schema_editor: Any) -> None:
    old, new = apps.get_model("clues", "SavedView"), apps.get_model("people", "SavedView")
    old.objects.bulk_create(old(user_id=v.user_id, name=v.name, query=v.query) for v in new.objects.filter(at=CLUES))


class Migration(migrations.Migration):
    dependencies = [("clues", "0002_matter_of_a_clue"), ("people", "0004_saved_views")]

    operations = [migrations.RunPython(move, back)]

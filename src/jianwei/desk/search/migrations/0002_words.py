"""The table of words, in the way of each database."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from jianwei.desk.search.words import DROP, MAKE


def make(apps: Any, editor: Any) -> None:
    for statement in MAKE[editor.connection.vendor]:
        editor.execute(statement)


def drop(apps: Any, editor: Any) -> None:
    editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]

"""The words of a text that PostgreSQL cannot hold in one row stand in pieces: the index is made anew by the next round."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def anew(apps: Any, schema_editor: Any) -> None:
    from jianwei.desk.search.words import DROP, MAKE

    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(DROP)
    for statement in MAKE["postgresql"]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]
    operations = [migrations.RunPython(anew, migrations.RunPython.noop)]

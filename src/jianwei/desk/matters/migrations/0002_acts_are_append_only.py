"""Acts refuse changes in the database itself, whatever the program above does."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER act_no_{verb} BEFORE {verb} ON matters_actrow
       BEGIN SELECT RAISE(ABORT, 'acts are append-only'); END"""
    for verb in ("update", "delete")
]
POSTGRESQL = [
    """CREATE FUNCTION act_append_only() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION 'acts are append-only'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER act_append_only BEFORE UPDATE OR DELETE ON matters_actrow
       FOR EACH ROW EXECUTE FUNCTION act_append_only()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER act_no_update", "DROP TRIGGER act_no_delete"],
    "postgresql": ["DROP TRIGGER act_append_only ON matters_actrow", "DROP FUNCTION act_append_only()"],
}


def close(apps: Any, editor: Any) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def reopen(apps: Any, editor: Any) -> None:
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunPython(close, reopen)]

"""The record of draws refuses changes in the database itself, whatever the program above does."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER draw_no_{verb} BEFORE {verb} ON allotment_draw
       BEGIN SELECT RAISE(ABORT, 'draws are append-only'); END"""
    for verb in ("update", "delete")
]
POSTGRESQL = [
    """CREATE FUNCTION draw_append_only() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION 'draws are append-only'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER draw_append_only BEFORE UPDATE OR DELETE ON allotment_draw
       FOR EACH ROW EXECUTE FUNCTION draw_append_only()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER draw_no_update", "DROP TRIGGER draw_no_delete"],
    "postgresql": ["DROP TRIGGER draw_append_only ON allotment_draw", "DROP FUNCTION draw_append_only()"],
}


def close(apps: Any, editor: Any) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def reopen(apps: Any, editor: Any) -> None:
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("allotment", "0001_initial")]
    operations = [migrations.RunPython(close, reopen)]

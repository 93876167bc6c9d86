"""The record of draws of listeners refuses changes in the database itself, whatever the program above does."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER listener_draw_no_{verb} BEFORE {verb} ON listeners_listenerdraw
       BEGIN SELECT RAISE(ABORT, 'draws are append-only'); END"""
    for verb in ("update", "delete")
]
POSTGRESQL = [
    """CREATE FUNCTION listener_draw_append_only() RETURNS trigger AS $$
       BEGIN RAISE EXCEPTION 'draws are append-only'; END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER listener_draw_append_only BEFORE UPDATE OR DELETE ON listeners_listenerdraw
       FOR EACH ROW EXECUTE FUNCTION listener_draw_append_only()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER listener_draw_no_update", "DROP TRIGGER listener_draw_no_delete"],
    "postgresql": [
        "DROP TRIGGER listener_draw_append_only ON listeners_listenerdraw",
        "DROP FUNCTION listener_draw_append_only()",
    ],
}


def close(apps: Any, editor: Any) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def reopen(apps: Any, editor: Any) -> None:
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("listeners", "0001_initial")]
    operations = [migrations.RunPython(close, reopen)]

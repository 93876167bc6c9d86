"""Marks refuse changes in the database itself; only their words may be emptied, when a recording is erased by law."""

from __future__ import annotations

from typing import Any

from django.db import migrations

KEPT = ("id", "recording_id", "second", "by_id", "at")
_SQLITE = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
_POSTGRESQL = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in KEPT)

SQLITE = [
    f"""CREATE TRIGGER mark_no_update BEFORE UPDATE ON recordings_mark
       WHEN {_SQLITE} OR NEW.text <> ''
       BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END""",
    """CREATE TRIGGER mark_no_delete BEFORE DELETE ON recordings_mark
       BEGIN SELECT RAISE(ABORT, 'marks are append-only'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION mark_append_only() RETURNS trigger AS $$
       BEGIN
         IF TG_OP = 'UPDATE' AND NOT ({_POSTGRESQL} OR NEW.text <> '') THEN RETURN NEW; END IF;
         RAISE EXCEPTION 'marks are append-only';
       END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER mark_append_only BEFORE UPDATE OR DELETE ON recordings_mark
       FOR EACH ROW EXECUTE FUNCTION mark_append_only()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER mark_no_update", "DROP TRIGGER mark_no_delete"],
    "postgresql": ["DROP TRIGGER mark_append_only ON recordings_mark", "DROP FUNCTION mark_append_only()"],
}


def close(apps: Any, editor: Any) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def reopen(apps: Any, editor: Any) -> None:
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("recordings", "0001_initial")]
    operations = [migrations.RunPython(close, reopen)]

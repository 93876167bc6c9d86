"""The custody log refuses changes in the database itself; only its digests may be emptied, when a file is erased by law."""

from __future__ import annotations

from typing import Any

from django.db import migrations

KEPT = ("id", "material_id", "verb", "at", "by_id", "office_id", "purpose", "recipient", "result")
_SQLITE = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in KEPT)
_POSTGRESQL = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in KEPT)

SQLITE = [
    f"""CREATE TRIGGER custody_no_update BEFORE UPDATE ON evidence_custody
       WHEN {_SQLITE} OR NEW.before <> '' OR NEW.after <> ''
       BEGIN SELECT RAISE(ABORT, 'the custody log is append-only'); END""",
    """CREATE TRIGGER custody_no_delete BEFORE DELETE ON evidence_custody
       BEGIN SELECT RAISE(ABORT, 'the custody log is append-only'); END""",
]
POSTGRESQL = [
    f"""CREATE FUNCTION custody_append_only() RETURNS trigger AS $$
       BEGIN
         IF TG_OP = 'UPDATE' AND NOT ({_POSTGRESQL} OR NEW.before <> '' OR NEW.after <> '') THEN RETURN NEW; END IF;
         RAISE EXCEPTION 'the custody log is append-only';
       END $$ LANGUAGE plpgsql""",
    """CREATE TRIGGER custody_append_only BEFORE UPDATE OR DELETE ON evidence_custody
       FOR EACH ROW EXECUTE FUNCTION custody_append_only()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER custody_no_update", "DROP TRIGGER custody_no_delete"],
    "postgresql": ["DROP TRIGGER custody_append_only ON evidence_custody", "DROP FUNCTION custody_append_only()"],
}


def close(apps: Any, editor: Any) -> None:
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def reopen(apps: Any, editor: Any) -> None:
    for statement in UNDO[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [migrations.RunPython(close, reopen)]

"""A desk of its own on which several people issue at the same moment: ``python issuing_at_once.py HOME`` prints what came of it.

Threads need a real database: the one in memory that other tests share locks whole tables.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from jianwei.desk.boot import boot
from jianwei.desk.site import secret

WAITING, SAME = 10, 4


def main(home: Path) -> None:
    secret.create(home)
    boot(home)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)

    import document_samples as samples
    from django.utils import timezone

    from jianwei.desk.documents import actions
    from jianwei.desk.documents.models import Entry
    from jianwei.desk.people import offices
    from jianwei.desk.people.acting import Acting
    from jianwei.desk.people.models import Office, User

    offices.ensure(["330602"])
    office = Office.objects.get(code="330602")
    made = {
        role: User.objects.create(username=role, name=role, office=office, role=role) for role in ("prosecutor", "head")
    }
    prosecutor, head = (Acting(user, "127.0.0.1", timezone.now()) for user in made.values())

    def ready() -> tuple[int, int]:
        document = actions.start(
            prosecutor, "criminal/fast_track_suggestion", samples.values("criminal/fast_track_suggestion"), about="某案"
        )
        for verb in ("submit", "approve"):
            document = actions.act(head, document.pk, verb, document.revision)
        return document.pk, document.revision

    waiting = [ready() for _ in range(WAITING)]
    different = at_once([lambda one=one: actions.act(prosecutor, one[0], "issue", one[1]) for one in waiting])  # type: ignore[misc]
    numbers = sorted(Entry.objects.values_list("n", flat=True))
    one = ready()
    same = at_once([lambda: actions.act(prosecutor, one[0], "issue", one[1])] * SAME)
    print(json.dumps({"different": different, "numbers": numbers, "same": same, "last": Entry.objects.count()}))


def at_once(tasks: list[Callable[[], object]]) -> list[str]:
    """Run all at the same moment, each on a connection of its own; returns what was raised, by class."""
    from django.db import connection

    barrier, failures = threading.Barrier(len(tasks)), list[str]()

    def run(task: Callable[[], object]) -> None:
        try:
            barrier.wait()
            task()
        except Exception as error:
            failures.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


if __name__ == "__main__":
    main(Path(sys.argv[1]))

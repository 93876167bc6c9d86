"""A desk of its own on which four people draw for one matter at the same moment: ``python drawing_at_once.py HOME``."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from jianwei.desk.boot import boot
from jianwei.desk.site import secret


def main(home: Path) -> None:
    secret.create(home)
    boot(home)
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)

    from django.db import connection
    from django.utils import timezone

    from jianwei.desk.allotment import actions
    from jianwei.desk.allotment.models import Draw
    from jianwei.desk.matters import actions as matters
    from jianwei.desk.matters.models import ActRow
    from jianwei.desk.people import offices
    from jianwei.desk.people.acting import Acting
    from jianwei.desk.people.models import Office, User

    offices.ensure(["330602"])
    office = Office.objects.get(code="330602")
    roles = ("case_manager", "head", "chief", "prosecutor")
    made = [User.objects.create(username=role, name=role, office=office, role=role) for role in roles]
    people = [Acting(user, "127.0.0.1", timezone.now()) for user in made[:3]] * 2
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否"}
    one = matters.open_matter(people[0], "criminal/prosecution_review", "accept", facts, on="2026-11-02")
    barrier, failures = threading.Barrier(len(people)), list[str]()

    def run(who: Acting, seed: str) -> None:
        try:
            barrier.wait()
            actions.draw(who, one.pk, 1, seed)
        except Exception as error:
            failures.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(who, f"{n}")) for n, who in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    acts = list(ActRow.objects.filter(matter=one).values_list("kind", flat=True))
    print(json.dumps({"failures": failures, "draws": Draw.objects.count(), "acts": acts}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

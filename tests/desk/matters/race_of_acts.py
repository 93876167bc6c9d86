"""Sixteen people record an act on one matter that all of them saw in the same state, or answer one handover at once.

Run as a program of its own.

``race_of_acts.py HOME``: prepares HOME, opens matters, lets the threads go, prints what happened as JSON. A process of its
own because acts and audit entries cannot be removed from a database again.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

WRITERS, ROUNDS = 16, 3


def main(home: Path) -> None:
    from jianwei.desk.setup import prepare

    prepare(home, ["330602"])
    from django.db import connection
    from django.utils import timezone

    from jianwei.desk.matters import actions, handing_over
    from jianwei.desk.matters.models import ActRow, Handover, Matter, Sequence
    from jianwei.desk.people.acting import Acting
    from jianwei.desk.people.models import AuditEntry, Office, User

    who = Acting(User.objects.select_related("office").get(username="county"), "127.0.0.1", timezone.now())
    accepted = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否"}
    told: list[str] = []

    def together(work: object) -> None:
        gate = threading.Barrier(WRITERS)

        def run() -> None:
            gate.wait()
            try:
                work()  # type: ignore[operator]
                told.append("done")
            except (actions.Conflict, actions.Refused) as error:
                told.append(type(error).__name__)
            except Exception as error:
                told.append(repr(error))
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    moved = []
    for _ in range(ROUNDS):
        matter = actions.open_matter(who, "criminal/prosecution_review", "accept", accepted, on="2026-01-05")
        told.clear()
        together(lambda pk=matter.pk: actions.record_act(who, pk, 1, "remark", {"text": "已阅卷"}, on="2026-01-06"))
        rows = ActRow.objects.filter(matter=matter).count()
        moved.append({"told": sorted(told), "rows": rows, "seq": Matter.objects.get(pk=matter.pk).seq})
    told.clear()
    together(lambda: actions.open_matter(who, "criminal/prosecution_review", "accept", accepted, on="2026-01-05"))
    numbers = sorted(Matter.objects.values_list("number", flat=True))
    found = {
        "moved": moved,
        "opened": sorted(told),
        "serials": [int(number[-6:-1]) for number in numbers],
        "used": Sequence.objects.get().used,
        "entries": AuditEntry.objects.filter(action__in=["录入行为", "受理事项"], result="成功").count(),
        "vendor": connection.vendor,
    }
    other = Office.objects.get(code="330603")
    there = Acting(User.objects.create(username="there", name="滕照临", office=other, role="head"), "127.0.0.1", who.at)
    one = handing_over.send(who, matter.pk, 2, other.name, on="2026-01-06")
    answers = iter(
        [
            lambda: handing_over.receive(there, one.pk, handing_over.Reception("2026-01-07")),
            lambda: handing_over.give_back(there, one.pk, "不属于本院管辖"),
            lambda: handing_over.recall(who, one.pk, "移送有误"),
            lambda: handing_over.receive(there, one.pk, handing_over.Reception("2026-01-07")),
        ]
        * (WRITERS // 4)
    )
    told.clear()
    together(lambda: next(answers)())
    acts = list(ActRow.objects.filter(matter=one.matter_id, seq__gt=3).order_by("seq").values_list("kind", flat=True))
    found |= {"answered": sorted(told), "state": Handover.objects.get().state, "acts": acts}
    print(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

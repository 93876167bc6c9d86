"""What the evidence room erased by law is emptied here too: words, marks, and the files that the device's folder still has."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from jianwei.desk.recordings import folder, queries
from jianwei.desk.recordings.models import Mark


def follow(day: dt.date, at: dt.datetime) -> int:
    """For the background worker. Returns how many recordings were emptied."""
    made = 0
    for one in queries.not_emptied():
        for copy in one.copies:
            folder.remove(one.material.office, copy)
        with transaction.atomic():
            Mark.objects.filter(recording=one).exclude(text="").update(text="")
            one.present, one.copies, one.settled, one.ended_at, one.seconds = [], [], "", None, None
            one.save(update_fields=["present", "copies", "settled", "ended_at", "seconds"])
        made += 1
    return made

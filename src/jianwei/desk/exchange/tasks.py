"""What goes on by itself: lists, receipts and deliveries that an interruption, or a signature that was awaited, held back."""

from __future__ import annotations

import datetime as dt
import logging
from functools import partial

from django.db import transaction

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence.fixing import ABANDONED
from jianwei.desk.evidence.models import Stage
from jianwei.desk.exchange import answering, making, receipts, receiving, sending
from jianwei.desk.exchange.models import Arrival, Item, Received, Taken

ERASED = "（已依法删除）"
CUT_OFF = dt.timedelta(days=2)
"""After which no request is under way any more (chosen)."""


def sweep(day: dt.date, at: dt.datetime) -> int:
    """Returns how much was done. What is refused now, as by a log that is not there, holds up nothing else."""
    done = 0
    for missing in (making.missing, receiving.missing, partial(answering.missing, at), partial(sending.ready, at), partial(receipts.unproved, at)):  # fmt: skip
        for act in missing():
            try:
                act()
                done += 1
            except DeskError as problem:
                logging.getLogger(__name__).warning("移送包的后台处理没有完成：%s", problem)
    return done + _emptied() + _forgotten(at)


def _emptied() -> int:
    """What was erased by law leaves no words here either: in the list of what was sent, and of what came."""
    gone = Item.objects.filter(material__stage=Stage.ERASED).exclude(title=ERASED)
    done = gone.update(title=ERASED, sha256="", sm3="", number="")
    for taken in Taken.objects.filter(material__stage=Stage.ERASED).exclude(path=""):
        with transaction.atomic():
            one = Received.objects.select_for_update().get(pk=taken.received_id)
            items = one.manifest["items"]
            kept = {name: items[taken.place - 1][name] for name in ("sort", "size")}
            items[taken.place - 1] = kept | {"path": "", "title": ERASED, "sha256": ""}
            one.save(update_fields=["manifest"])
            Taken.objects.filter(pk=taken.pk).update(path="", proof=None)
        done += 1
    return done


def _forgotten(at: dt.datetime) -> int:
    """Uploads that nobody went on with, and files of requests that were cut off."""
    old = list(Arrival.objects.filter(at__lt=at - ABANDONED))
    for arrival in old:
        receiving.upload(arrival).discard()
        arrival.delete()
    for file in sending.place().glob("jianwei-*"):
        if file.stat().st_mtime < (at - CUT_OFF).timestamp():
            file.unlink(missing_ok=True)
    return len(old)

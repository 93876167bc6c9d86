"""What goes on by itself: lists, receipts and deliveries that an interruption, or a signature that was awaited, held back."""

from __future__ import annotations

import datetime as dt

from jianwei.desk.evidence.models import Stage
from jianwei.desk.exchange import answering, making, receipts, receiving, sending
from jianwei.desk.exchange.models import Item

ERASED = "（已依法删除）"


def sweep(day: dt.date, at: dt.datetime) -> int:
    """Returns how much was done."""
    done = making.put_missing() + receiving.put_missing() + answering.complete_missing(at)
    return done + sending.deliver_ready(at) + receipts.prove_direct(at) + _emptied()


def _emptied() -> int:
    """What was erased by law leaves no words here either."""
    gone = Item.objects.filter(material__stage=Stage.ERASED).exclude(title=ERASED)
    return gone.update(title=ERASED, sha256="", sm3="", number="")

"""What is done with a material: one line of its custody log and one audit entry, in the transaction of the act."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from jianwei.desk.evidence.errors import Refused
from jianwei.desk.evidence.models import Custody, Material
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting

ASKED = frozenset(
    {Custody.Verb.DOWNLOADED, Custody.Verb.BUNDLED, Custody.Verb.PRINTED, Custody.Verb.TRANSFERRED, Custody.Verb.SHOWN}
)
"""Acts by which personal data leave the vault: the purpose is asked for."""


def purpose_given(verb: Custody.Verb, purpose: str) -> str:
    """The purpose, cleaned. Raise ``Refused`` where one is needed and none is given."""
    words = " ".join(purpose.split())[:200]
    if verb in ASKED and len(words) < 2:
        raise Refused("请写明目的：材料离开存证库前要记明为什么。", {"purpose": "请写明目的"})
    return words


@transaction.atomic
def record(
    who: Acting, one: Material, verb: Custody.Verb, *, purpose: str = "", recipient: str = "",
    before: str = "", after: str = "", result: str = "",
) -> Custody:  # fmt: skip
    """``before`` and ``after`` are SHA-256 in hex: what was recorded, and what was computed now where it was read."""
    line = Custody.objects.create(
        material=one, verb=verb, at=who.at, by_id=who.user.pk, office_id=who.user.office_id, purpose=purpose,
        recipient=recipient[:200], before=before, after=after, result=result[:200],
    )  # fmt: skip
    audit.record(
        who,
        str(verb.label),
        kind="存证材料",
        object_id=one.pk,
        purpose=purpose,
        result=result[:20] or "成功",
        recipient=recipient,
    )
    return line


@transaction.atomic
def recorded_by_itself(one: Material, result: str) -> Custody:
    """The first line of what went into the log without a person: a document at its issue, an hourly root."""
    return Custody.objects.create(
        material=one,
        verb=Custody.Verb.FIXED,
        at=one.at,
        by_id=one.by_id,
        office_id=one.office_id,
        after=one.sha256,
        result=result,
    )


@transaction.atomic
def erased_by_itself(one: Material, at: dt.datetime) -> Custody:
    """The line of a material that the vault had erased already."""
    return Custody.objects.create(
        material=one,
        verb=Custody.Verb.ERASED,
        at=at,
        by=None,
        office_id=one.office_id,
        result="存证库中已经删除，本库随之清空",
    )

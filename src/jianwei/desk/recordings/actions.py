"""What a person does to a recording in the log: look, note a moment, put it to a matter, settle a difference."""

from __future__ import annotations

from django.db import transaction

from jianwei.desk.evidence import handling
from jianwei.desk.evidence.errors import Conflict, NotFound, Refused
from jianwei.desk.matters import queries as matters
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.recordings import queries
from jianwei.desk.recordings.listing import length
from jianwei.desk.recordings.models import Mark, Recording

LONGEST_SECONDS = 7 * 24 * 3600
"""Of a recording whose length nobody knows (chosen: a week)."""


def seen(who: Acting, material_id: str) -> Recording:
    """Open a recording to see and hear; a line of its custody. Raise ``NotFound``."""
    one = _found(who, material_id)
    handling.seen(who, one.pk)
    return one


@transaction.atomic
def mark(who: Acting, material_id: str, second: int, text: str) -> Mark:
    """Note what is seen or heard at a moment. Marks are only ever added."""
    one = _writes(who, material_id)
    words = " ".join(text.split())[:200]
    wrong = {} if len(words) >= 2 else {"text": "请写明此刻的内容"}
    if not 0 <= second <= (one.seconds + 60 if one.seconds is not None else LONGEST_SECONDS):
        wrong["at"] = "时刻超出录音录像的长度"
    if not words.isprintable():
        wrong["text"] = "含有看不见的字符"
    if wrong:
        raise Refused("；".join(wrong.values()) + "。", wrong)
    made = Mark.objects.create(recording=one, second=second, text=words, by_id=who.user.pk, at=who.at)
    audit.record(who, "标记录音录像", kind="存证材料", object_id=one.pk, moment=length(second))
    return made


@transaction.atomic
def belong(who: Acting, material_id: str, number: str, why: str) -> Recording:
    """Put a recording to a matter, or to another one for a reason."""
    one = _writes(who, material_id)
    matter = matters.by_number(who, number)
    if matter is None:
        says = "没有这个受案号的事项，或不在您的管辖范围内。"
        raise Refused(says, {"number": says})
    handling.belong(who, one.pk, matter, why)
    return _found(who, one.pk)


@transaction.atomic
def settle(who: Acting, material_id: str, words: str) -> Recording:
    """Say what came of looking into a digest that differs from the device's."""
    one = _writes(who, material_id)
    if not one.differs:
        raise Refused("这份录音录像没有与设备端不符的摘要。")
    said = " ".join(words.split())[:300]
    if len(said) < 4:
        raise Refused("请写明怎样核对、结果如何。", {"settled": "请写明怎样核对、结果如何"})
    done = Recording.objects.filter(pk=one.pk, settled_at__isnull=True)
    if not done.update(settled=said, settled_by=who.user.pk, settled_at=who.at):
        raise Conflict("已有他人写明核对结果。")
    audit.record(who, "核对录音录像摘要", kind="存证材料", object_id=one.pk, result="成功")
    return _found(who, one.pk)


def _found(who: Acting, material_id: str) -> Recording:
    one = queries.recording(who, material_id)
    if one is None:
        raise NotFound
    return one


def _writes(who: Acting, material_id: str) -> Recording:
    one = _found(who, material_id)
    handling.writes(who, one.pk)
    return one

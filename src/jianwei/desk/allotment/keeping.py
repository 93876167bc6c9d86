"""Writing what people take, whom they must avoid and when they are away."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from jianwei.desk.allotment import queries
from jianwei.desk.allotment.errors import NotFound, Refused
from jianwei.desk.allotment.grounds import grounds
from jianwei.desk.allotment.models import Absence, Expertise, Recusal
from jianwei.desk.allotment.roles import ALLOTTERS
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office, User
from jianwei.kit import Line
from jianwei.procedures.shelf import procedures

LINES = frozenset(line.value for line in Line)


@transaction.atomic
def take(who: Acting, username: str, *, line: str = "", procedure: str = "", about: str = "") -> Expertise:
    """Register a kind of matter that somebody takes."""
    user, about = _user(who, username, leads=True), about.strip()[:40]
    if line and line not in LINES or procedure and procedure not in procedures() or not (line or procedure or about):
        raise Refused("请选择条线、程序，或者写明罪名、案由中的词。", {"line": "至少填写一项"})
    try:
        with transaction.atomic():
            made = Expertise.objects.create(
                user=user, line=line, procedure=procedure, about=about, by_id=who.user.pk, at=who.at
            )
    except IntegrityError as error:
        raise Refused("已经登记过这一专长。", {"line": "已经登记"}) from error
    _recorded(who, "登记专长", user, line=line, procedure=procedure, about=about)
    return made


@transaction.atomic
def leave_off(who: Acting, username: str, expertise_id: int) -> None:
    """Take a kind of matter off somebody's list."""
    user = _user(who, username, leads=True)
    found = Expertise.objects.filter(user=user, pk=expertise_id).first()
    if found is None:
        raise NotFound
    found.delete()
    _recorded(who, "撤销专长", user, line=found.line, procedure=found.procedure, about=found.about)


@transaction.atomic
def recuse(who: Acting, username: str, what: str, name: str, ground: str, note: str = "") -> Recusal:
    """Register whom, or which matter, somebody must avoid. Open to oneself and to those who allot."""
    user, name = _user(who, username), name.strip()[:80]
    wrong = {
        field: says
        for field, says, bad in (
            ("what", "请选择回避对象", what not in Recusal.What.values),
            ("name", "请写明姓名、名称或者受案号", len(name) < 2),
            ("ground", "请选择事由", ground not in grounds()),
        )
        if bad
    }
    if wrong:
        raise Refused("回避没有登记，见各栏说明。", wrong)
    Office.objects.select_for_update().get(pk=user.office_id)
    made = Recusal.objects.create(
        user=user, what=what, name=name, ground=ground, note=note.strip()[:200], by_id=who.user.pk, at=who.at
    )
    _recorded(who, "登记回避", user, recusal=made.pk, what=what, ground=ground)
    return made


@transaction.atomic
def lift(who: Acting, username: str, recusal_id: int, why: str) -> None:
    """End a recusal, with the reason. Only those who allot, and never one's own."""
    user = _user(who, username, leads=True)
    found = Recusal.objects.select_for_update().filter(user=user, pk=recusal_id, ended_at__isnull=True).first()
    if found is None:
        raise NotFound
    if user.pk == who.user.pk or not why.strip():
        raise Refused("解除回避须由他人办理并写明理由。", {"why": "请写明理由"})
    found.ended_at, found.ended_by_id, found.ended_why = who.at, who.user.pk, why.strip()[:200]
    found.save(update_fields=["ended_at", "ended_by", "ended_why"])
    _recorded(who, "解除回避", user, recusal=found.pk, why=found.ended_why)


@transaction.atomic
def go(who: Acting, username: str, from_on: dt.date | None, until_on: dt.date | None, why: str) -> Absence:
    """Register a time in which somebody is not drawn."""
    user = _user(who, username)
    if from_on is None or why not in Absence.Why.values or (until_on and until_on < from_on):
        raise Refused("请填写起止日期和原因，止日不得早于起日。", {"from_on": "请核对日期和原因"})
    made = Absence.objects.create(user=user, from_on=from_on, until_on=until_on, why=why, by_id=who.user.pk, at=who.at)
    _recorded(who, "登记不参加分案", user, absence=made.pk, why=why)
    return made


@transaction.atomic
def come_back(who: Acting, username: str, absence_id: int) -> None:
    """Cancel an absence. Only those who allot."""
    user = _user(who, username, leads=True)
    found = Absence.objects.filter(user=user, pk=absence_id, cancelled_at__isnull=True).first()
    if found is None:
        raise NotFound
    found.cancelled_at = who.at
    found.save(update_fields=["cancelled_at"])
    _recorded(who, "取消不参加分案", user, absence=found.pk)


def _user(who: Acting, username: str, *, leads: bool = False) -> User:
    user = queries.person(who, username)
    if user is None:
        raise NotFound
    if leads and who.role not in ALLOTTERS:
        raise Refused("专长和解除由案管、部门负责人或者检察长办理。")
    return user


def _recorded(who: Acting, action: str, user: User, **detail: Any) -> None:
    audit.record(who, action, kind="分案", object_id=user.username, **detail)

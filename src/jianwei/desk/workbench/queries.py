"""What the workbench shows: three columns of at most so many lines each, all scoped to who asks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from jianwei.desk.clues import queries as clues
from jianwei.desk.clues.triage import Status as ClueStatus
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import MatterClock
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import Role
from jianwei.desk.workbench import papers, warning
from jianwei.desk.workbench.line import Line
from jianwei.desk.workbench.models import Beat, Notice

LINES = 30
"""Lines of a column; the rest is a link with its number."""
LEADERS = frozenset({Role.HEAD, Role.CHIEF, Role.CASE_MANAGER})
"""Roles whose column is the office's, not only their own."""
_KINDS = {"custody": 0, "case": 1, "notice": 2, "others": 3}


@dataclass(frozen=True)
class Column:
    title: str
    note: str
    lines: tuple[Line, ...]
    total: int
    more: str
    empty: str


def columns(who: Acting) -> tuple[Column, ...]:
    """今天必须, 等我处理, 我交出去的."""
    return (_today(who), _waiting(who), _given(who))


def clocks_of(who: Acting, *, kinds: Iterable[str], until: dt.date) -> QuerySet[MatterClock]:
    """Running clocks up to a day: one's own matters; for those who lead, the own office's."""
    found = matters.running_clocks(who, kinds=kinds, due_until=until)
    if who.role in LEADERS:
        return found.filter(matter__office=who.user.office_id)
    return found.filter(matter__handler=who.user.pk)


def _today(who: Acting) -> Column:
    day = matters.today(who)
    found = clocks_of(who, kinds=("custody", "case", "notice"), until=warning.horizon(day))
    clocks = sorted(found[: LINES * 4], key=lambda c: (_KINDS[c.kind], c.due_on, c.matter_id))
    return Column(
        title="今天必须",
        note="七日内届满和已超期的期限，羁押在先",
        lines=tuple(_line(clock, day) for clock in clocks[:LINES]),
        total=found.count(),
        more=f"{reverse('matters')}?clock=overdue&clock=today&clock=in3&clock=in7"
        + ("" if who.role in LEADERS else "&mark=mine"),
        empty="七日内没有届满的期限。",
    )


def _line(clock: MatterClock, day: dt.date) -> Line:
    """A clock as a line, with its day in words and a colour that says the same."""
    assert clock.due_on is not None
    left = (clock.due_on - day).days
    word = f"已超{-left}日" if left < 0 else "今日届满" if left == 0 else f"余{left}日"
    whose = f"（{clock.person}）" if clock.person else ""
    why = f"{clock.due_on.isoformat()}届满" + (f"，自{clock.start_on.isoformat()}起算" if clock.start_on else "")
    return Line(
        what=f"{clock.title}{whose}",
        url=clock.matter.get_absolute_url(),
        about=f"{clock.matter.title}　{clock.matter.number}",
        why=f"{why}（{clock.cite}）" if clock.cite else why,
        word=word,
        colour="late" if left < 0 else "soon",
        due_on=clock.due_on,
        stamp="羁押" if clock.kind == "custody" else "",
    )


def _waiting(who: Acting) -> Column:
    """Matters without a handler or with a missing input, documents, clues to triage."""
    mine = Q() if who.role in LEADERS else Q(handler=who.user.pk)
    open_matters = matters.visible(who).filter(mine, closed=False, office=who.user.office_id)
    missing = open_matters.filter(missing=True)
    unallotted = matters.visible(who).filter(closed=False, handler__isnull=True, office=who.user.office_id)
    written = papers.waiting(who)
    triage = clues.visible(who).filter(status=ClueStatus.NEW)
    if who.role != Role.ANALYST:
        triage = triage.filter(office=who.user.office_id)
    without = matters.clocks_missing(missing.order_by("due_on", "pk")[:LINES])
    lines = [
        Line(
            what=f"补填{one.title}的起算条件",
            url=one.matter.get_absolute_url(),
            about=f"{one.matter.title}　{one.matter.number}",
            why="缺少输入，这一期限无法计算",
            word="缺少输入",
            colour="soon",
        )
        for one in without[:LINES]
    ]
    if who.role in LEADERS:
        lines += [
            Line(
                "分派承办人",
                one.get_absolute_url(),
                f"{one.title}　{one.number}",
                f"{one.opened_on}受理，尚无承办人",
                "未分派",
                "soon",
            )
            for one in unallotted.order_by("opened_on", "pk")[:LINES]
        ]
    lines += [papers.to_do(one) for one in written.select_related("author")[:LINES]]
    lines += [
        Line(f"{one.title}线索", one.get_absolute_url(), one.subject, one.headline, one.get_grade_display(), "calm")
        for one in triage.order_by("-grade", "-score", "clue_id")[: LINES // 3]
    ]
    total = missing.count() + triage.count() + written.count()
    if who.role in LEADERS:
        total += unallotted.count()
    return Column(
        title="等我处理",
        note="缺少的输入、待分派，待审核、待签发、退回和收到回复的文书，待核查的线索",
        lines=tuple(lines[:LINES]),
        total=total,
        more=reverse("clues") + "?status=new",
        empty="没有等您处理的事。",
    )


def _given(who: Acting) -> Column:
    """What others owe: their clocks, the nearest and the overdue first."""
    day = matters.today(who)
    found = clocks_of(who, kinds=("others",), until=dt.date.max)
    sent = papers.given(who)
    lines = [_owed(clock, day) for clock in found[:LINES]] + [papers.sent(one) for one in sent[:LINES]]
    return Column(
        title="我交出去的",
        note="等公安机关、人民法院、行政机关等办理的，各带期限；送审、待签发的文书",
        lines=tuple(lines[:LINES]),
        total=found.count() + sent.count(),
        more=f"{reverse('matters')}?sort=others" + ("" if who.role in LEADERS else "&mark=mine"),
        empty="没有在等对方办理的事。",
    )


def _owed(clock: MatterClock, day: dt.date) -> Line:
    line = _line(clock, day)
    assert clock.due_on is not None
    late = clock.due_on < day
    return Line(
        what=line.what, url=line.url, about=line.about, why=line.why, word=line.word,
        colour="late" if late else "soon" if (clock.due_on - day).days <= warning.rungs()[0].days else "calm",
        due_on=clock.due_on, stamp="可催办" if late else "",
    )  # fmt: skip


def month(who: Acting, first: dt.date, until: dt.date, *, everybody: bool) -> dict[dt.date, list[MatterClock]]:
    """The last days of a month, at most 1,000: one's own, or with ``everybody`` all in scope."""
    found = matters.running_clocks(who, due_from=first, due_until=until)
    if not everybody:
        found = found.filter(matter__handler=who.user.pk)
    days: dict[dt.date, list[MatterClock]] = defaultdict(list)
    for clock in found[:1000]:
        if clock.due_on:
            days[clock.due_on].append(clock)
    return days


def notices(who: Acting, *, unread: bool) -> QuerySet[Notice]:
    """One's own warnings about matters still in scope, newest first."""
    found = Notice.objects.filter(user=who.user.pk, matter__in=matters.visible(who).order_by())
    if unread:
        found = found.filter(read_at__isnull=True)
    return found.select_related("matter__office").order_by(F("read_at").asc(nulls_first=True), "-at", "-pk")


def unread(who: Acting) -> int:
    return notices(who, unread=True).count()


def beats() -> list[Beat]:
    """When the worker last ended each task."""
    return list(Beat.objects.order_by("task"))

"""What the workbench shows: three columns of sections, the month, the warnings; all scoped to who asks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from jianwei.desk.clues import queries as clues
from jianwei.desk.clues.triage import Status as ClueStatus
from jianwei.desk.matters import queries as matters
from jianwei.desk.matters.models import Matter, MatterClock
from jianwei.desk.matters.roles import OPENERS
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import Role
from jianwei.desk.workbench import due, listing, papers, warning
from jianwei.desk.workbench.due import Due
from jianwei.desk.workbench.line import Column, Line, Section
from jianwei.desk.workbench.listing import MINE, OWN
from jianwei.desk.workbench.models import Beat, Notice

LINES = 30
"""Lines of the column of last days; the rest is a link with its number."""
FEW = 10
"""Lines of a section among others."""
LEADERS = frozenset({Role.HEAD, Role.CHIEF, Role.CASE_MANAGER})
"""Roles whose column is the office's, not only their own."""

ALL = "all"
WHOSE = {**listing.WHOSE, ALL: "管辖范围内"}
"""Whose last days the calendar shows."""


def columns(who: Acting) -> tuple[Column, ...]:
    """今天必须, 等我处理, 我交出去的."""
    return (_today(who), _waiting(who), _given(who))


def clocks_of(who: Acting, *, kinds: Iterable[str], until: dt.date | None = None) -> QuerySet[MatterClock]:
    """Running clocks up to a day: one's own matters; for those who lead, the own office's."""
    found = matters.running_clocks(who, kinds=kinds, due_until=until).filter(due_on__isnull=False)
    if who.role in LEADERS:
        return found.filter(matter__office=who.user.office_id)
    return found.filter(matter__handler=who.user.pk)


def _whose(who: Acting) -> str:
    """The same narrowing in the address of the list of last days."""
    return f"whose={'own' if who.role in LEADERS else 'mine'}"


def _today(who: Acting) -> Column:
    day = matters.today(who)
    found = clocks_of(who, kinds=("custody", "case", "notice"), until=warning.horizon(day))
    lines = tuple(_line(one, who.at) for one in due.first(found, LINES))
    kinds = "kind=custody&kind=case&kind=notice"
    more = f"{reverse('clocks')}?{kinds}&{_whose(who)}&due_until={warning.horizon(day).isoformat()}"
    return Column(
        title="今天必须",
        note="七日内届满和已超期的期限，羁押在先",
        sections=(Section("期限", lines, due.count(found), more),),
        empty="七日内没有届满的期限。",
    )


def _line(one: Due, now: dt.datetime) -> Line:
    """A last day as a line: the deed that is due, its day in words and a colour that says the same."""
    word, late = _left(one, now)
    whose = f"（{one.whose}）" if one.whose else ""
    why = f"{one.title}{whose}{one.due_on.isoformat()}届满"
    why += f"，自{one.start_on.isoformat()}起算" if one.start_on else ""
    return Line(
        what=one.deed or one.title,
        url=one.url,
        about=f"{one.about}　{one.number}",
        why=f"{why}（{one.cite}）" if one.cite else why,
        word=word,
        colour="late" if late else "soon",
        stamp="羁押" if one.kind == "custody" else "",
        persons=one.persons if len(one.persons) > 1 else (),
    )


def _left(one: Due, now: dt.datetime) -> tuple[str, bool]:
    """The time left in words, and whether it is over. On its last day a limit of hours says the hour."""
    left = (one.due_on - timezone.localdate(now)).days
    if left < 0:
        return f"已超{-left}日", True
    if left == 0 and one.due_at:
        return f"今日{timezone.localtime(one.due_at):%H:%M}届满", one.due_at < now
    return (f"余{left}日" if left else "今日届满"), False


def _waiting(who: Acting) -> Column:
    """Missing inputs, matters without a handler, documents, clues to triage."""
    return Column(
        title="等我处理",
        note="移送来的事项，缺少的输入，待分派的事项，待审核、待签发、退回和收到回复的文书，待研判的线索",
        sections=(
            *((_incoming(who),) if who.role in OPENERS else ()),
            _missing(who),
            *((_unallotted(who),) if who.role in LEADERS else ()),
            papers.waiting_section(who, FEW),
            _triage(who),
        ),
        empty="没有等您处理的事。",
    )


def _incoming(who: Acting) -> Section:
    """Matters that other offices handed over to one's own."""
    found = matters.waiting(who)
    lines = tuple(
        Line(
            what="接收或者退回移送的事项",
            url=one.get_absolute_url(),
            about=f"{one.matter.title}　{one.number}",
            why=f"{one.sender.name}{one.sent_on.isoformat()}移送",
            word="待接收",
            colour="soon",
        )
        for one in found[:FEW]
    )
    return Section("移送待接收", lines, found.count(), f"{reverse('handovers')}?way=to_us")


def _missing(who: Acting) -> Section:
    """Matters with a clock that cannot be counted."""
    mine = Q() if who.role in LEADERS else Q(handler=who.user.pk)
    found = matters.visible(who).filter(mine, closed=False, missing=True, office=who.user.office_id)
    titles: dict[int, list[str]] = defaultdict(list)
    for clock in matters.clocks_missing(found.order_by("due_on", "pk")[:FEW]):
        titles[clock.matter_id].append(clock.title)
    lines = tuple(
        Line(
            what=f"补填{'、'.join(dict.fromkeys(titles[one.pk])) or '期限'}的起算条件",
            url=one.get_absolute_url(),
            about=f"{one.title}　{one.number}",
            why="缺少输入，期限无法计算",
            word="缺少输入",
            colour="soon",
        )
        for one in found.order_by("due_on", "pk")[:FEW]
    )
    narrowed = f"office={who.user.office.code}" if who.role in LEADERS else f"handler={who.user.username}"
    return Section("缺少输入", lines, found.count(), f"{reverse('matters')}?mark=missing&{narrowed}")


def _unallotted(who: Acting) -> Section:
    found = matters.visible(who).filter(closed=False, handler__isnull=True, office=who.user.office_id)
    lines = tuple(
        Line("分派承办人", one.get_absolute_url(), _named(one), f"{one.opened_on}受理，尚无承办人", "未分派", "soon")
        for one in found.order_by("opened_on", "pk")[:FEW]
    )
    return Section("待分案", lines, found.count(), reverse("allotment"))


def _named(one: Matter) -> str:
    return f"{one.title}　{one.number}"


def _triage(who: Acting) -> Section:
    found, more = clues.visible(who).filter(status=ClueStatus.NEW), f"{reverse('clues')}?status=new"
    if who.role != Role.ANALYST:
        found, more = found.filter(office=who.user.office_id), f"{more}&office={who.user.office.code}"
    lines = tuple(
        Line(f"研判{one.title}线索", one.get_absolute_url(), one.subject, one.headline, one.get_grade_display(), "calm")
        for one in found.order_by("-grade", "-score", "clue_id")[:FEW]
    )
    return Section("待研判的线索", lines, found.count(), more)


def _given(who: Acting) -> Column:
    """What others owe: their clocks, replies to documents outside any matter, what was sent up."""
    found = clocks_of(who, kinds=("others",))
    lines = tuple(_owed(one, who.at) for one in due.first(found, LINES))
    return Column(
        title="我交出去的",
        note="等公安机关、人民法院、行政机关等办理的，各带期限；移送出去的事项；等待回复、送审、待签发的文书",
        sections=(
            Section("对方期限", lines, due.count(found), f"{reverse('clocks')}?kind=others&{_whose(who)}"),
            _forwarded(who),
            papers.awaiting_section(who, FEW, own_office=who.role in LEADERS),
            papers.sent_section(who, FEW),
        ),
        empty="没有在等对方办理的事。",
    )


def _forwarded(who: Acting) -> Section:
    """Matters that one handed over and nobody has received; for those who lead, those of the office."""
    found = matters.forwarded(who, None if who.role in LEADERS else who.user.pk)
    lines = tuple(
        Line(
            what=f"等{one.receiver.name}接收",
            url=one.get_absolute_url(),
            about=f"{one.matter.title}　{one.number}",
            why=f"{one.sent_on.isoformat()}移送，接收以前仍由本院办理",
            word="待接收",
            colour="calm",
        )
        for one in found[:FEW]
    )
    return Section("移送待接收", lines, found.count(), f"{reverse('handovers')}?way=sent&state=waiting")


def _owed(one: Due, now: dt.datetime) -> Line:
    line = _line(one, now)
    late, near = line.colour == "late", one.due_on <= warning.horizon(timezone.localdate(now))
    return Line(
        what=f"等待{line.what}",
        url=line.url,
        about=line.about,
        why=line.why,
        word=line.word,
        colour="late" if late else "soon" if near else "calm",
        stamp="可催办" if late else "",
        persons=line.persons,
    )


def whose(who: Acting, asked: str) -> str:
    """One of ``WHOSE``: what is asked for, or what the person's column of last days is about."""
    return asked if asked in WHOSE else OWN if who.role in LEADERS else MINE


def month(who: Acting, first: dt.date, until: dt.date, *, whose: str) -> dict[dt.date, list[Due]]:
    """The last days of a month, at most 1,000: one's own, the own office's, or all in scope."""
    found = matters.running_clocks(who, due_from=first, due_until=until)
    if whose == MINE:
        found = found.filter(matter__handler=who.user.pk)
    elif whose == OWN:
        found = found.filter(matter__office=who.user.office_id)
    days: dict[dt.date, list[Due]] = defaultdict(list)
    for one in due.first(found, 1000, by_day=True):
        days[one.due_on].append(one)
    for one in papers.replies_due(who, first, until, mine=whose == MINE, own_office=whose == OWN):
        days[one.due_on].append(one)
    return days


def notices(who: Acting) -> QuerySet[Notice]:
    """One's own warnings about matters still in scope."""
    found = Notice.objects.filter(user=who.user.pk, matter__in=matters.visible(who).order_by())
    return found.select_related("matter__office")


def unread(who: Acting) -> int:
    return notices(who).filter(read_at__isnull=True).count()


def beats() -> list[Beat]:
    """When the worker last ended each task."""
    return list(Beat.objects.order_by("task"))

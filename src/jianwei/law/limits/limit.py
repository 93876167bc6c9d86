"""One statutory limit: its editions by day, its extensions, and the last day it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Any

from jianwei.errors import JianweiError
from jianwei.law.dated import Dated
from jianwei.law.limits import counting
from jianwei.law.limits.counting import Due, MonthRule, Pause, Period, Step, Unit

UNVERIFIED = "该期限未核对法律原文，所得日期仅供参考"


class Nature(Enum):
    """What the limit says."""

    DEADLINE = "期限"
    """Something must be done by the last day; a holiday moves it."""
    LASTING = "存续"
    """How long a measure or a state may last (取保候审, 查封, 考验期): it ends on its day, holiday or not."""
    BEFORE = "届满前"
    """Something must be done at least so long before an event: counted backwards, never rolled."""
    WINDOW = "届满前以内"
    """Something must be done in the last days before an event: not before ``opens``, not after the event."""
    WAITING = "满期方可"
    """Something may be done only after the last day has passed."""
    SERVED = "须经过"
    """A time that is passed, not kept (考验期): it ends on its day, holiday or not, and nobody is late for it."""
    SET = "确定"
    """No law gives a length: the last day is the one an authority set for the matter."""


class Custody(Enum):
    """What a holiday at the end does while the person is in custody (刑事诉讼法第一百零五条第四款)."""

    ENDS = "不顺延"
    ROLLS = "顺延"
    ARGUED = "有争议"


@dataclass(frozen=True)
class Variant:
    """An extension (``period`` is added) or an alternative length (``period`` replaces), with what it presupposes.

    ``by`` is the authority that approves; ``after`` the extension that must stand first; ``request_before`` how long
    before expiry it must be asked for. ``plus`` is the rest of a length in two units (一个半月). ``open_ended``: the law
    sets no bound to the extension, its length is the one granted (由院长批准延长). ``repeats``: it may be granted again.
    ``request_cite`` is where ``request_before`` stands, if not in ``cite``.
    """

    key: str
    when: str
    period: Period
    cite: str
    by: str = ""
    after: str = ""
    request_before: Period | None = None
    request_cite: str = ""
    plus: Period | None = None
    open_ended: bool = False
    repeats: bool = False
    verified: bool = True


@dataclass(frozen=True)
class Edition:
    """A limit as one edition of the law has it. ``at_least`` is the lower bound where an authority sets the length."""

    period: Period
    cite: str
    verified: bool
    extensions: Mapping[str, Variant]
    alternatives: Mapping[str, Variant]
    restarts: tuple[str, ...]
    excludes: tuple[str, ...]
    at_least: Period | None = None


class TooLong(JianweiError):
    """An authority set a length outside the bounds of the law."""


@dataclass(frozen=True, eq=False)
class Limit:
    """One statutory limit. ``confidence`` is H, M or L: how well the row itself is known.

    ``row`` and ``also_rows`` are its rows in the table of limits.
    """

    key: str
    title: str
    row: int
    also_rows: tuple[int, ...]
    binds: str
    nature: Nature
    starts: str
    month_rule: MonthRule
    custody: Custody
    confidence: str
    at_most: int | None
    at_most_cite: str
    counts_start: bool
    next_full_hour: bool
    rolls: bool
    note: str
    editions: Dated[Edition]
    worked: tuple[Mapping[str, Any], ...]

    def edition(self, on: dt.date) -> Edition:
        """The edition in force on ``on``. Raises ``NotInForce``."""
        return self.editions.on(on)

    def verified(self, on: dt.date) -> bool:
        """Whether a date of this limit needs no notice."""
        return self.confidence == "H" and self.edition(on).verified

    def due(
        self,
        start: dt.date | dt.datetime,
        *,
        extended: tuple[str, ...] = (),
        shorter: Mapping[str | int, Period] = MappingProxyType({}),
        alternative: str | None = None,
        granted: Period | None = None,
        pauses: Iterable[Pause] = (),
        excluded_days: int = 0,
        custody: bool | None = False,
    ) -> Due:
        """The last day by the edition in force on ``start``.

        ``extended`` names the extensions in order, ``shorter`` those granted for less than the law's most (延长一日至四日)
        and the length of those the law does not bound, by key, or by place in ``extended`` where one is granted again.
        ``granted`` is a length an authority set within the bounds. ``custody`` None means nobody said: both days are
        given, the earlier first. A limit in hours needs a moment. Raises ``NotInForce``, ``TooLong``.
        """
        day = start.date() if isinstance(start, dt.datetime) else start
        edition = self.edition(day)
        variants = [
            self._extension(edition, key, shorter.get(place, shorter.get(key))) for place, key in enumerate(extended)
        ]
        chosen = edition.alternatives[alternative] if alternative else None
        period = self._length(edition, alternative, granted)
        if period.unit is Unit.HOURS:
            if not isinstance(start, dt.datetime):
                raise ValueError("a limit in hours starts at a moment")
            hours = period.number + sum(v.period.number for v in variants if v.period.unit is Unit.HOURS)
            found = counting.due_hours(start, hours, next_full_hour=self.next_full_hour)
        elif self.nature is Nature.BEFORE:
            on = counting.before(day, period, self.month_rule)
            says = f"{day.isoformat()}的{period}以前，即至迟{on.isoformat()}，不顺延"
            used = range(on.year, day.year + 1) if period.unit is Unit.WORKING_DAYS else ()
            notices = counting.unknown_holidays(used)
            found = Due(on, (Step(says, on),), firm=not notices, notices=notices)
        elif self.nature is Nature.WINDOW:
            opens = counting.before(day, period, self.month_rule)
            says = f"{day.isoformat()}前{period}以内，即{opens.isoformat()}至{day.isoformat()}，不顺延"
            found = Due(day, (Step(says, day),), opens=opens)
        else:
            lengths = tuple(v.period for v in variants)
            if chosen and chosen.plus:
                lengths = (chosen.plus, *lengths)
            found = self._on_calendar(day, period, lengths, tuple(pauses), excluded_days, custody)
        return self._noticed(found, day, edition, [*variants, *([chosen] if chosen else [])])

    def _extension(self, edition: Edition, key: str, granted: Period | None) -> Variant:
        extension = edition.extensions[key]
        if granted is None:
            if extension.open_ended:
                raise ValueError(f"the extension {key} of {self.key} is as long as it was granted")
            return extension
        if not extension.open_ended and self._reach(granted) > self._reach(extension.period):
            raise TooLong(f"{self.title}因{extension.when}延长不得超过{extension.period}（{extension.cite}）")
        return replace(extension, period=granted)

    def _length(self, edition: Edition, alternative: str | None, granted: Period | None) -> Period:
        period = edition.alternatives[alternative].period if alternative else edition.period
        if granted is None:
            return period
        if self._reach(granted) > self._reach(period):
            raise TooLong(f"{self.title}不得超过{period}（{edition.cite}）")
        if edition.at_least and self._reach(granted) < self._reach(edition.at_least):
            raise TooLong(f"{self.title}不得少于{edition.at_least}（{edition.cite}）")
        return granted

    def _reach(self, length: Period) -> dt.timedelta:
        """How far a length reaches, to compare two; working days and months as from one fixed day."""
        if length.unit is Unit.HOURS:
            return dt.timedelta(hours=length.number)
        day = dt.date(2001, 1, 1)
        return counting.add(day, length, self.month_rule) - day

    def _on_calendar(
        self,
        day: dt.date,
        period: Period,
        extensions: tuple[Period, ...],
        pauses: tuple[Pause, ...],
        excluded: int,
        custody: bool | None,
    ) -> Due:
        def on(rolls: bool, why: str, counts_start: bool) -> Due:
            return counting.due(
                day,
                period,
                self.month_rule,
                extensions=extensions,
                pauses=pauses,
                excluded_days=excluded,
                counts_start=counts_start,
                rolls=rolls,
                why_not_rolled=why,
            )

        def counted(counts_start: bool) -> Due:
            if self.nature in (Nature.LASTING, Nature.SERVED) or not self.rolls:
                return on(False, "期限届满之日为止，不因节假日延长", counts_start)
            held = "在押，不因节假日延长" if custody else "未说明在押，先按不因节假日延长计算"
            ends, rolls = on(False, held, counts_start), on(True, "", counts_start)
            return self._for_custody(ends, rolls, custody)

        found = counted(self.counts_start)
        if not self.counts_start or (later := counted(False)).on == found.on:
            return found
        says = f"法律写明从该日起计算，当日计入；如当日不计入，届满日为{later.on.isoformat()}"
        return replace(found, notices=(*found.notices, says), other=later)

    def _for_custody(self, ends: Due, rolls: Due, custody: bool | None) -> Due:
        """The day for a person in custody or not, or both days where that is argued or unknown."""
        if self.custody is Custody.ROLLS or custody is False:
            return rolls
        if self.custody is Custody.ENDS and custody:
            return ends
        if ends.on == rolls.on:
            return rolls
        why = "在押人员的该期限是否顺延有争议" if self.custody is Custody.ARGUED else "是否在押未说明"
        return replace(
            ends,
            firm=ends.firm and rolls.firm,
            notices=(
                *dict.fromkeys((*ends.notices, *rolls.notices)),
                f"{why}：不顺延为{ends.on.isoformat()}，顺延为{rolls.on.isoformat()}",
            ),
            other=rolls,
        )

    def _noticed(self, found: Due, day: dt.date, edition: Edition, variants: list[Variant]) -> Due:
        notices = found.notices
        if not self.verified(day) or not all(v.verified for v in variants):
            notices = (*notices, UNVERIFIED)
        cites = "、".join(dict.fromkeys((edition.cite, *(v.cite for v in variants))))
        return replace(found, notices=notices, steps=(*found.steps, Step(f"依据{cites}", found.on)))

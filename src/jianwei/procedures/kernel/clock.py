"""A clock of a procedure, and what an act may do to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any

from jianwei.law import limits
from jianwei.law.limits import Nature


class ClockKind(Enum):
    """Whose time is counted. Custody and office time are never mixed."""

    CUSTODY = "羁押期限"
    CASE = "办案期限"
    NOTICE = "告知送达期限"
    OTHERS = "对方期限"
    """Another authority or a party must act; we wait and may then press."""


class Verb(Enum):
    START = "起算"
    MEET = "办结"
    STOP = "终止计算"
    SUSPEND = "中止计算"
    RESUME = "恢复计算"
    EXTEND = "延长"
    VARY = "改按另一期限"
    FIX = "补明起算日"
    ASK = "提请延长"
    MOVE = "改定期限"
    DENY = "不准延长"


@dataclass(frozen=True)
class Effect:
    """What one act does to one clock, under ``when``: facts of the act (or earlier ones) and the values they must have.

    ``since`` names the fact that holds the first day (else the act's own day); ``length`` maps a fact's value to the
    alternative of the limit ("" is the ordinary length), and a fact nobody gave is a missing input unless None is
    mapped too; ``granted`` names the fact that holds a length set by an authority, in the limit's unit (of an
    extension: how much of it was granted); ``until`` names the fact that holds the last day itself, set by an authority;
    ``each`` names the fact that holds the person or persons whose clock it is. ``after`` is the clock whose last day is
    the first day of this one, ``like`` the matter's clock whose time so far this one shares, ``carries`` the reason of
    a suspension that goes on where the clock is counted anew.
    """

    verb: Verb
    clock: Clock
    since: str = ""
    length: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)
    granted: str = ""
    until: str = ""
    extension: str = ""
    reason: str = ""
    when: Mapping[str, Any] = field(default_factory=dict)
    after: Clock | None = None
    like: Clock | None = None
    carries: str = ""

    @cached_property
    def assumes(self) -> tuple[tuple[str, str], ...]:
        """The choices it takes for granted where nobody made them, with the value taken ("" the ordinary one)."""
        chosen = [
            (fact, next((one for one in wanted if isinstance(one, str)), ""))
            for fact, wanted in self.when.items()
            if isinstance(wanted, tuple) and None in wanted
        ]
        ordinary = [(fact, "") for fact, lengths in self.length.items() if None in lengths and False not in lengths]
        return (*(pair for pair in chosen if pair[1]), *ordinary)


@dataclass(eq=False)
class Clock:
    """A running limit of a procedure. ``each`` is the fact naming whose clock it is, where every person has one.

    A clock of no ``limit_key`` counts nothing: its last day is set by an authority and ``binds`` must keep it.
    ``served``: it is a time to be passed (巩固期), which nobody can be late for. ``right``: somebody may act within it
    and need not (可以申请复议、提出意见); it lapses.
    """

    limit_key: str
    title: str = ""
    kind: ClockKind = ClockKind.CASE
    each: str = ""
    name: str = ""
    binds: str = ""
    served: bool = False
    right: bool = False

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @cached_property
    def limit(self) -> limits.Limit:
        return limits.limit(self.limit_key) if self.limit_key else limits.set_limit(self.title, self.binds)

    @cached_property
    def passes(self) -> bool:
        """Whether its time is passed, not kept: 考验期、公告期、等待期."""
        return self.served or self.limit.nature in (Nature.SERVED, Nature.WAITING)

    @property
    def label(self) -> str:
        return self.title or self.limit.title

    def start(
        self,
        since: str = "",
        *,
        length: Mapping[str, Mapping[Any, str]] | None = None,
        granted: str = "",
        until: str = "",
        when: Mapping[str, Any] | None = None,
        reason: str = "",
        after: Clock | None = None,
        carries: str = "",
    ) -> Effect:
        """It begins to run; if it already runs, it is counted anew (``reason`` says why).

        ``after``: the clock whose last day is its first day, however late the act that says so is recorded (期满之日起).
        ``carries``: a suspension for that reason which has not ended goes on.
        """
        return Effect(
            Verb.START,
            self,
            since,
            length or {},
            granted,
            until,
            reason=reason,
            when=when or {},
            after=after,
            carries=carries,
        )

    def join(self, like: Clock, *, when: Mapping[str, Any] | None = None) -> Effect:
        """A person's clock begins in the middle of ``like``: it ends when that does. Nothing where it already runs."""
        return Effect(Verb.START, self, when=when or {}, like=like)

    def meet(self, since: str = "", *, when: Mapping[str, Any] | None = None) -> Effect:
        """What the limit demands is done, on the act's day or the day in the fact ``since``."""
        return Effect(Verb.MEET, self, since, when=when or {})

    def stop(self, *, when: Mapping[str, Any] | None = None, reason: str = "") -> Effect:
        """It no longer runs and nothing was due: the case went elsewhere."""
        return Effect(Verb.STOP, self, reason=reason, when=when or {})

    def suspend(self, reason: str, since: str = "", *, when: Mapping[str, Any] | None = None) -> Effect:
        """Time does not count from now on."""
        return Effect(Verb.SUSPEND, self, since, reason=reason, when=when or {})

    def resume(self, since: str = "", *, when: Mapping[str, Any] | None = None) -> Effect:
        """Time counts again."""
        return Effect(Verb.RESUME, self, since, when=when or {})

    def vary(
        self,
        length: Mapping[str, Mapping[Any, str]] | None = None,
        *,
        granted: str = "",
        when: Mapping[str, Any] | None = None,
    ) -> Effect:
        """The same start, another length: the procedure was changed, or an authority set it anew."""
        return Effect(Verb.VARY, self, length=length or {}, granted=granted, when=when or {})

    def fix(self, since: str = "", *, when: Mapping[str, Any] | None = None) -> Effect:
        """The first day, not known so far, is now known (身份查清、文书送达)."""
        return Effect(Verb.FIX, self, since, when=when or {})

    def move(self, until: str, *, when: Mapping[str, Any] | None = None) -> Effect:
        """The last day is now the one in the fact ``until``; after the day set before, refused."""
        return Effect(Verb.MOVE, self, until=until, when=when or {})

    def ask(self, extension: str, *, when: Mapping[str, Any] | None = None) -> Effect:
        """The extension is asked for: after expiry, or out of order, refused; late before expiry, noted."""
        return Effect(Verb.ASK, self, extension=extension, when=when or {})

    def deny(self, extension: str, *, when: Mapping[str, Any] | None = None) -> Effect:
        """The extension that was asked for is refused: it must be asked for again."""
        return Effect(Verb.DENY, self, extension=extension, when=when or {})

    def extend(self, extension: str, *, granted: str = "", when: Mapping[str, Any] | None = None) -> Effect:
        """The extension of that key of the limit is granted; after expiry, or out of order, it is refused."""
        return Effect(Verb.EXTEND, self, granted=granted, extension=extension, when=when or {})


def custody_clock(limit_key: str, title: str = "", *, each: str = "person") -> Clock:
    return Clock(limit_key, title, ClockKind.CUSTODY, each)


def case_clock(limit_key: str, title: str = "") -> Clock:
    return Clock(limit_key, title, ClockKind.CASE)


def notice_clock(limit_key: str, title: str = "", *, each: str = "") -> Clock:
    return Clock(limit_key, title, ClockKind.NOTICE, each)


def others_clock(limit_key: str, title: str = "", *, each: str = "", right: bool = False) -> Clock:
    return Clock(limit_key, title, ClockKind.OTHERS, each, right=right)


def set_clock(
    title: str,
    binds: str,
    kind: ClockKind = ClockKind.CASE,
    *,
    each: str = "",
    served: bool = False,
    right: bool = False,
) -> Clock:
    """A clock whose last day an authority sets for the matter: ``start(until=...)``, then ``move(...)``."""
    return Clock("", title, kind, each, binds=binds, served=served, right=right)

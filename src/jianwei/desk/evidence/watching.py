"""How far a material has come, who signed and when; kept beside it for the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from jianwei.desk.errors import DeskError
from jianwei.desk.evidence import ledger, queries, trust
from jianwei.desk.evidence.models import Material, Stage
from jianwei.desk.people.models import Office
from jianwei.seal.evidence_log import Entry, EvidenceLog, UnknownEntry
from jianwei.seal.proving import State
from jianwei.seal.succession import closed
from jianwei.seal.time_proofs import TimeProofs
from jianwei.seal.witnessing.cosigs import FILE, Cosigs

WATCHED = dt.timedelta(minutes=30)
"""How long after its arrival a material is watched by itself (chosen: an open page must not keep its session alive for ever)."""
_ORDER = (Stage.RECEIVED, Stage.FIXED, Stage.WITNESSED, Stage.STAMPED, Stage.ANCHORED)
_WAITS = {
    Stage.RECEIVED: "", Stage.FIXED: "正在写入日志", Stage.WITNESSED: "等待外部见证方签名", Stage.STAMPED: "等待可信时间戳",
    Stage.ANCHORED: "等待锚定，每小时一次",
}  # fmt: skip
_BATCH = 500
OVER = (Stage.STAMPED, Stage.ANCHORED, Stage.ERASED)
"""Where a material is no longer brought up to date when others are looked at; the worker goes on to the anchor."""


@dataclass(frozen=True)
class Step:
    name: str
    title: str
    reached: bool
    now: bool
    next: bool
    at: dt.datetime | None
    by: tuple[str, ...]
    waits: str


@dataclass(frozen=True)
class Shown:
    """What the page says of a state; ``goes_on`` while it is still asked for by itself."""

    steps: tuple[Step, ...]
    goes_on: bool
    gone: bool = False
    erased_at: dt.datetime | None = None
    proven_at: dt.datetime | None = None
    proven_by: tuple[str, ...] = ()
    gap: str = ""
    trouble: str = ""

    @property
    def mark(self) -> str:
        """What a page has seen already, so that it is not drawn anew for nothing."""
        return "-".join(step.name for step in self.steps if step.reached) + ("-trouble" if self.trouble else "")


def state(one: Material, at: dt.datetime) -> Shown:
    """The state of one material as its log has it now; its row is brought up to date."""
    try:
        with ledger.holding(one.office, one.pk) as log:
            found = log.state(one.pk)
            _keep(one, found.name, log.entry(one.pk).index, _proven(found, log), at)
            return _shown(one, found, log, at)
    except DeskError as problem:
        return Shown((), goes_on=False, gone=one.stage == Stage.ERASED, trouble=str(problem))


def bring_up_to_date(materials: Iterable[Material], at: dt.datetime) -> int:
    """Let the rows of these materials say what their logs say now; those at their end are not asked for. How many moved on."""
    by_office: dict[int, list[Material]] = {}
    for one in materials:
        if one.stage not in OVER:
            by_office.setdefault(one.office_id, []).append(one)
    return sum(_refresh(group, at) for group in by_office.values())


def refresh(day: dt.date, at: dt.datetime) -> int:
    """For the background worker: all that has not come to its end. Returns how many moved on."""
    moved = 0
    for office in queries.waiting_offices():
        after = ""
        while batch := list(queries.unfinished(office, _ends(office), after)[:_BATCH]):
            moved += _refresh(batch, at)
            after = batch[-1].pk
    return moved


def _ends(office: Office) -> Stage:
    """How far a material of that office can come now; one in a closed log may end before."""
    try:
        with ledger.opened(office) as log:
            return _last(log)
    except DeskError:
        return Stage.RECEIVED


def _last(log: EvidenceLog) -> Stage:
    """A closed log proves no more than it did; what no witness signed there goes into the one that follows."""
    settings = log.folder.settings
    if closed(log.folder.path):
        return Stage.WITNESSED
    return Stage.ANCHORED if settings.anchor else Stage.STAMPED if settings.stamp else Stage.WITNESSED


def _refresh(materials: list[Material], at: dt.datetime) -> int:
    """Each in the newest log that holds it."""
    moved, left = 0, materials
    try:
        for place in reversed(ledger.folders(left[0].office)):
            with ledger.at(place) as log, transaction.atomic():
                held = {one.pk: entry for one in left if (entry := _entry(log, one))}
                moved += _moved(log, [(one, held[one.pk]) for one in left if one.pk in held], at)
            left = [one for one in left if one.pk not in held]
            if not left:
                break
    except DeskError:
        return moved
    return moved


def _moved(log: EvidenceLog, held: list[tuple[Material, Entry]], at: dt.datetime) -> int:
    """Those under the same publication and token have the same state: it is asked for once."""
    known, moved, main = dict[object, tuple[State, int | None]](), 0, log.folder.suites[0]
    with _time_proofs(log) as (cosigs, times):
        for one, entry in held:
            if entry.erased_at is not None:
                continue
            seen = cosigs.earliest_covering(main, entry.index) if entry.index is not None else None
            key = entry.index is not None, seen and seen.size, seen and _sizes(times, entry.index or 0)
            if key not in known:
                found = log.state(one.pk)
                known[key] = found, _proven(found, log)
            moved += _keep(one, known[key][0].name, entry.index, known[key][1], at)
    return moved


@contextmanager
def _time_proofs(log: EvidenceLog) -> Iterator[tuple[Cosigs, TimeProofs]]:
    place = log.folder.path / FILE
    with closing(Cosigs(place)) as cosigs, closing(TimeProofs(place)) as times:
        yield cosigs, times


def _sizes(times: TimeProofs, index: int) -> tuple[int, ...]:
    return tuple(proof.size for proof in (times.token(index), times.anchor(index)) if proof)


def _entry(log: EvidenceLog, one: Material) -> Entry | None:
    try:
        return log.entry(one.pk)
    except UnknownEntry:  # the log was put back from a backup; its page says so
        return None


def _keep(one: Material, name: str, index: int | None, proven: int | None, at: dt.datetime) -> bool:
    """Whether the row was changed. An erased one is marked by the act that erases it, with everything else."""
    proven_at = _moment(proven) if proven else None
    now = (name, index, proven_at)
    if name == Stage.ERASED or now == (one.stage, one.index, one.proven_at):
        return False
    one.stage, one.index, one.proven_at = now
    Material.objects.filter(pk=one.pk).exclude(stage=Stage.ERASED).update(
        stage=one.stage, index=index, proven_at=proven_at, updated_at=at
    )
    return True


def _proven(found: State, log: EvidenceLog) -> int | None:
    """When enough outside parties had signed under the log's policy, or a token was there, whichever was first."""
    believed = trust.of(log.folder.path)
    witnessed = next((step for step in found.steps if step.name == Stage.WITNESSED and step.by), None)
    times = [step.at for step in found.steps if step.name == Stage.STAMPED]
    if witnessed and believed and (at := believed.reached_at({one.name: one.at for one in witnessed.by})):
        times.append(at)
    return min(times, default=None)


def _shown(one: Material, found: State, log: EvidenceLog, at: dt.datetime) -> Shown:
    settings = log.folder.settings
    ends = _last(log)
    main = settings.suites[0]
    steps = {step.name: step for step in found.steps if step.tree in (None, main)}
    reached = [name for name in _ORDER if name in steps]
    names = [name for name in _ORDER if name in steps or _ORDER.index(name) <= _ORDER.index(ends)]
    erased = steps.get(Stage.ERASED)
    over = ends in steps or erased is not None
    following = next((name for name in names if name not in steps), None)
    lines = tuple(
        Step(
            str(name), str(Stage(name).label), name in steps, bool(reached) and name == reached[-1], name == following and not erased,
            _moment(steps[name].at) if name in steps else None, tuple(_signer(x.name, x.at) for x in steps[name].by) if name in steps else (),
            _WAITS[name],
        )
        for name in names
    )  # fmt: skip
    proven = _proven(found, log)
    signers = tuple(
        dict.fromkeys(
            called(x.name) for step in found.steps if step.name in (Stage.WITNESSED, Stage.STAMPED) for x in step.by
        )
    )
    young = at - one.at < WATCHED
    return Shown(
        lines, goes_on=not over and young, gone=erased is not None, erased_at=_moment(erased.at) if erased else None,
        proven_at=_moment(proven) if proven else None, proven_by=signers, gap=_gap(one, proven), trouble=_trouble(log, at, over, young),
    )  # fmt: skip


def _signer(name: str, at: int) -> str:
    return f"{called(name)} {timezone.localtime(_moment(at)):%H:%M:%S}"


def called(name: str) -> str:
    """``CN=时间戳,O=某中心`` → ``时间戳``."""
    parts = dict(part.split("=", 1) for part in name.split(",") if "=" in part)
    return parts.get("CN", name)


def _gap(one: Material, proven: int | None) -> str:
    if not one.collected_at or not proven:
        return ""
    seconds = proven - int(one.collected_at.timestamp())
    days, rest = divmod(max(0, seconds), 86400)
    return (
        f"{days} 日 {rest // 3600} 小时"
        if days
        else f"{rest // 3600} 小时 {rest % 3600 // 60} 分"
        if seconds >= 3600
        else ""
    )


def _trouble(log: EvidenceLog, at: dt.datetime, over: bool, young: bool) -> str:
    if over:
        return ""
    alarms = log.status(ledger.seconds(at)).alarms
    return " ".join(alarms) or ("" if young else "本页不再自动更新，刷新可看最新状态。")


def _moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def as_json(one: Material, shown: Shown) -> dict[str, Any]:
    """The state for programs."""
    return {
        "id": one.pk, "state": one.stage, "name": one.name, "sha256": one.sha256, "sm3": one.sm3, "size": one.size, "index": one.index,
        "claimed_at": _iso(one.collected_at), "proven_at": _iso(shown.proven_at), "proven_by": shown.proven_by, "warnings": one.warnings,
        "trouble": shown.trouble,
        "steps": [{"state": x.name, "title": x.title, "at": _iso(x.at), "by": x.by} for x in shown.steps if x.reached],
    }  # fmt: skip


def _iso(at: dt.datetime | None) -> str | None:
    return timezone.localtime(at).isoformat() if at else None

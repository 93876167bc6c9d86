"""The only way to write clues: one verb, one transaction, one audit entry."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from jianwei.desk.clues import queries
from jianwei.desk.clues.models import Answer, Clue, Note, Step
from jianwei.desk.clues.triage import BECOMES_A_MATTER, VERBS, Reason, Status, allowed
from jianwei.desk.errors import DeskError
from jianwei.desk.people import audit
from jianwei.desk.people import queries as people
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import CASE_ROLES, label


class NotFound(DeskError):
    """Not there, or not in scope: the two look the same."""

    def __init__(self) -> None:
        super().__init__("没有这条线索，或不在您的管辖范围内。")


class Conflict(DeskError):
    """Somebody else acted on the clue since the page was opened."""

    def __init__(self, clue: Clue) -> None:
        last = clue.steps.select_related("by").first()
        who = f"{last.by.name} 已将它改为" if last else "它已变为"
        super().__init__(f"您打开本页之后，{who}“{Status(clue.status).label}”。您填写的内容仍在，请核对后再提交。")
        self.clue = clue


class Refused(DeskError):
    """The verb is not open to this person, in this state, or with these facts."""


@transaction.atomic
def act(
    who: Acting, clue_id: str, verb: str, *, version: int, reason: str = "", note: str = "", target: str = ""
) -> Clue:
    """Carry out one verb of ``triage.VERBS``. ``target`` is a user's login name (交办) or a clue id (并入)."""
    clue = queries.visible(who).select_for_update(of=("self",)).filter(pk=clue_id).first()
    if clue is None:
        raise NotFound
    if clue.version != version:
        raise Conflict(clue)
    if verb not in allowed(who.role, clue.status):
        state = Status(clue.status).label
        raise Refused(f"“{VERBS[verb].name}”不能用于{label(who.role)}在“{state}”状态下的线索。")
    before, after = clue.status, VERBS[verb].leads
    _facts(who, clue, verb, reason=reason, note=note, target=target)
    clue.status = after
    clue.version += 1
    clue.changed = False
    clue.updated_at = who.at
    clue.save()
    Step.objects.create(
        clue=clue, at=who.at, by_id=who.user.pk, verb=verb, before=before, after=after,
        reason=clue.reason, target=target, note=note.strip(),
    )  # fmt: skip
    audit.record(
        who,
        VERBS[verb].name,
        kind="线索",
        object_id=clue_id,
        before=before,
        after=str(after),
        reason=reason,
        target=target,
    )
    return clue


def _facts(who: Acting, clue: Clue, verb: str, *, reason: str, note: str, target: str) -> None:
    """Check and set what a verb needs beside the state."""
    clue.reason = ""
    clue.merged_into = None
    if verb == "reject":
        if reason not in Reason.values:
            raise Refused("请选择一个不成案原因。")
        clue.reason = reason
    elif verb == "merge":
        into = queries.visible(who).filter(pk=target.strip()).exclude(pk=clue.pk).first()
        if into is None or into.status in (Status.MERGED, Status.REJECTED):
            raise Refused("请给出要并入的线索标识：它须在您的管辖范围内，且未并入他线索、未作不成案处理。")
        clue.merged_into = into
    elif verb == "assign":
        person = people.handlers(who, clue.office.path).filter(username=target).first()
        if person is None:
            raise Refused("请选择一名能看到本线索的承办人。")
        clue.assignee = person
    elif verb in ("reopen", "propose") and not note.strip():
        raise Refused("请写明理由。")
    if verb == "reopen":
        clue.assignee = None


@transaction.atomic
def act_on_many(who: Acting, chosen: dict[str, int], verb: str, *, reason: str = "") -> tuple[int, int]:
    """Carry out 保留 or 不成案 on several clues (id → version seen). Returns how many were done and how many were not."""
    done = 0
    for clue_id, version in chosen.items():
        try:
            with transaction.atomic():
                act(who, clue_id, verb, version=version, reason=reason)
            done += 1
        except (Conflict, Refused):
            continue
    return done, len(chosen) - done


@transaction.atomic
def add_note(who: Acting, clue_id: str, text: str) -> Note:
    clue = _seen(who, clue_id)
    if not text.strip():
        raise Refused("批注不能为空。")
    note = Note.objects.create(clue=clue, at=who.at, by_id=who.user.pk, text=text.strip()[:4000])
    audit.record(who, "批注", kind="线索", object_id=clue_id)
    return note


@transaction.atomic
def answer(who: Acting, clue_id: str, question: str, verdict: str) -> Answer:
    """Answer one of the questions that the model leaves to a person."""
    clue = _seen(who, clue_id)
    asked = (queries.content(who, clue_id) or {}).get("asks", [])
    if question not in asked or verdict not in Answer.Verdict.values:
        raise Refused("没有这个问题，或没有这种回答。")
    facts = {"verdict": verdict, "at": who.at, "by_id": who.user.pk}
    given, _ = Answer.objects.update_or_create(clue=clue, question=question, defaults=facts)
    audit.record(who, "回答需人判断的问题", kind="线索", object_id=clue_id, question=question, verdict=verdict)
    return given


@transaction.atomic
def reveal(who: Acting, clue_id: str, what: str, purpose: str) -> None:
    """Allow personal numbers of a clue to be shown once; the reason is recorded."""
    _seen(who, clue_id)
    if not audit.record_reveal(who, purpose, kind="线索", object_id=clue_id, what=what):
        raise Refused(audit.NO_PURPOSE)


def become_matter(who: Acting, clue_id: str, *, version: int, number: str) -> Clue:
    """The clue became the matter of that number. Part of the transaction that opens it, which also records it."""
    clue = queries.visible(who).select_for_update(of=("self",)).filter(pk=clue_id).first()
    if clue is None:
        raise NotFound
    if clue.version != version:
        raise Conflict(clue)
    if who.role not in VERBS["propose"].roles or clue.status not in BECOMES_A_MATTER:
        raise Refused(f"{label(who.role)}不能将“{Status(clue.status).label}”的线索成案。")
    _through_matter(who, clue, "open", Status.OPENED, number, matter_no=number)
    return clue


def matter_ended(who: Acting, clue_id: str, outcome: str, *, ended: bool) -> None:
    """The matter that the clue became has ended so (or runs again). Part of the transaction of the act that did it."""
    clue = Clue.objects.select_for_update().filter(pk=clue_id).first()
    if clue is None or clue.status not in (Status.OPENED, Status.DONE):
        return
    after = Status.DONE if ended else Status.OPENED
    if (clue.status, clue.outcome) != (after, outcome):
        _through_matter(who, clue, "end", after, outcome, outcome=outcome[:200])


def _through_matter(who: Acting, clue: Clue, step: str, after: Status, note: str, **changes: str) -> None:
    before, clue.status = clue.status, after
    for name, value in changes.items():
        setattr(clue, name, value)
    clue.version += 1
    clue.updated_at = who.at
    clue.save()
    Step.objects.create(clue=clue, at=who.at, by_id=who.user.pk, verb=step, before=before, after=after, note=note)


def looked(who: Acting, action: str, clue_id: str = "", **detail: Any) -> None:
    """Record that personal data were shown."""
    audit.record(who, action, kind="线索", object_id=clue_id, purpose="线索研判", **detail)


def _seen(who: Acting, clue_id: str) -> Clue:
    clue = queries.visible(who).filter(pk=clue_id).first()
    if clue is None or who.role not in CASE_ROLES:
        raise NotFound
    return clue

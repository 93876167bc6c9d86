"""Lawful deletion: one person asks under the number of an order, a leader of the same office decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from jianwei.desk.evidence import custody, ledger, queries
from jianwei.desk.evidence.errors import Conflict, NotFound, Refused
from jianwei.desk.evidence.handling import found, writes
from jianwei.desk.evidence.models import Custody, Erasure, Exhibit, Material, RequestKey, Stage, Verification
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.seal.evidence_log import Entry, EvidenceLog, UnknownEntry
from jianwei.seal.evidence_log import Erasure as Destroyed
from jianwei.seal.leaf import Kind

ERASED_NAME = "（已依法删除）"
MOST_TOLD = 10_000
_AT_ONCE = 500
WAITS_SECONDS = 5.0
"""For a verification of a moment ago to reach the log; chosen: the service takes a fiftieth of a second."""
_EMPTIED: dict[str, Any] = {
    "name": ERASED_NAME, "media_type": "", "category": "", "size": None, "sha256": "", "sm3": "", "case_ref": "", "doc_no": "", "collected_at": None,
    "place": "", "method": "", "collectors": [], "holder": "", "witness_person": "", "device": "", "device_sig": "", "note": "", "warnings": [],
    "stage": Stage.ERASED,
}  # fmt: skip


@transaction.atomic
def ask(who: Acting, material_id: str, *, order_no: str, reason: str) -> Erasure:
    one = writes(who, material_id)
    number, why = " ".join(order_no.split())[:80], " ".join(reason.split())[:500]
    wrong = {} if number else {"order_no": "请写明决定文号"}
    if len(why) < 4:
        wrong["reason"] = "请写明理由和依据"
    if wrong:
        raise Refused("依法删除须有决定文号和理由。", wrong)
    try:
        with transaction.atomic():
            made = Erasure.objects.create(
                material=one, order_no=number, reason=why, asked_by_id=who.user.pk, asked_at=who.at
            )
    except IntegrityError as error:
        raise Conflict("这份材料已有一个待决定的删除申请。") from error
    custody.record(who, one, Custody.Verb.ASKED, purpose=f"{number} {why}"[:200], before=one.sha256)
    return made


def decide(who: Acting, material_id: str, erasure_id: int, *, agrees: bool, why: str) -> Erasure:
    """Erase, or leave it. The second person must be a leader of the office and not who asked."""
    one = found(who, material_id)
    asked = next((line for line in queries.erasures(one) if line.pk == erasure_id), None)
    if asked is None:
        raise NotFound
    if asked.outcome:
        raise Conflict(f"这个申请已有决定：{asked.get_outcome_display()}。")
    if not queries.decides(who, asked):
        raise Refused("由本院部门负责人或检察长决定；申请人自己不能决定。")
    if not agrees:
        return _kept(who, one, asked, why)
    return _gone(who, one, asked, _erased(who, one, asked))


def _erased(who: Acting, one: Material, asked: Erasure) -> str:
    """Destroy it in the log's vault; what the custody log says of that. Asked again after an interruption, it goes on.

    Records of verifications tell of its name and digests, in whatever office's log: they go first.
    """
    said: dict[str, Any] = {
        "order_no": asked.order_no, "reason": asked.reason, "by": (f"申请：{asked.asked_by.name}", f"决定：{who.user.name}"),
        "now": ledger.seconds(who.at), "entropy": ledger.entropy,
    }  # fmt: skip
    ledger.carry_over(one.office, who.at)
    for office, verifications in _told_of(one).items():
        _destroyed(office, verifications, said)
    done = _destroyed(one.office, [one.pk], said)
    if done is None:
        return "存证库中已经删除"
    others = f"；另有 {len(done.same_file)} 条记录持有同一文件，须分别申请" if done.same_file else ""
    return f"删除凭证 {done.record.id}{others}"


def _told_of(one: Material) -> dict[Office, list[str]]:
    """By office the records of verifications that speak of a material: those the desk knows of, and those its log does.

    They are copies of what must go, in whoever's log they lie. Not among them: a file that somebody brought and that
    matched nothing he may see. That is what he himself has, and says of no record that there was one.
    """
    found: dict[Office, list[str]] = {one.office: []}
    for made in queries.told_of(one):
        found.setdefault(made.office, []).append(made.pk)
    for place in ledger.folders(one.office):
        with ledger.at(place) as log:
            index = entry.index if (entry := _entry(log, one.pk)) else None
            if index is not None:
                told = log.entries(about=index, kinds=(Kind.VERIFICATION,), limit=MOST_TOLD)
                found[one.office] += [each.id for each in told if each.id not in found[one.office]]
    return found


def _destroyed(office: Office, identifiers: list[str], said: Mapping[str, Any]) -> Destroyed | None:
    """Erase records in every log of an office that holds them; None where all are erased already.

    A closed log takes no certificate: the one written there goes into the log that follows.
    """
    done = None
    for place in ledger.folders(office) if identifiers else ():
        with ledger.at(place) as log:
            for identifier in identifiers:
                entry = _entry(log, identifier)
                if entry and entry.erased_at is None:
                    log.wait_fixed(identifier, WAITS_SECONDS)
                    done = log.erase(identifier, **said)
    return done


def _entry(log: EvidenceLog, identifier: str) -> Entry | None:
    try:
        return log.entry(identifier)
    except UnknownEntry:
        return None


@transaction.atomic
def _kept(who: Acting, one: Material, asked: Erasure, why: str) -> Erasure:
    words = " ".join(why.split())[:500]
    if len(words) < 2:
        raise Refused("不同意的，请写明理由。", {"why": "请写明理由"})
    _decided(who, asked, Erasure.Outcome.REFUSED, words)
    custody.record(who, one, Custody.Verb.KEPT, purpose=words[:200], before=one.sha256)
    return asked


@transaction.atomic
def _gone(who: Acting, one: Material, asked: Erasure, result: str) -> Erasure:
    """Nothing that the desk itself kept of the content stays: neither words nor digests, also in what was said of it."""
    _decided(who, asked, Erasure.Outcome.DONE, "")
    _empty(one, who.at)
    custody.record(who, one, Custody.Verb.ERASED, purpose=asked.order_no, result=result)
    return asked


def _empty(one: Material, at: dt.datetime) -> None:
    """Also what others verified of it without seeing the material itself."""
    Material.objects.filter(pk=one.pk).update(**_EMPTIED, updated_at=at)
    Custody.objects.filter(material=one.pk).exclude(before="", after="").update(before="", after="")
    told = Verification.objects.filter(Q(material=one.pk) | Q(report__manifest__id=one.pk))
    told.update(name=ERASED_NAME, report={})
    Exhibit.objects.filter(material=one.pk).delete()
    RequestKey.objects.filter(material_id=one.pk).delete()
    one.refresh_from_db()


def follow(day: dt.date, at: dt.datetime) -> int:
    """For the background worker: empty what the vault no longer has, because a command erased it or this database was
    put back from before the deletion. Returns how many."""
    made = 0
    for office in queries.with_materials():
        for place in ledger.folders(office) if ledger.has_log(office) else ():
            with ledger.at(place) as log:
                gone = list(_erased_ids(log))
            for start in range(0, len(gone), _AT_ONCE):
                for one in queries.not_emptied(gone[start : start + _AT_ONCE]):
                    if ledger.place(office, one.pk) != place:
                        continue  # a later log holds it too, and that was not erased
                    with transaction.atomic():
                        _empty(one, at)
                        custody.erased_by_itself(one, at)
                    made += 1
    return made


def _erased_ids(log: EvidenceLog) -> Iterator[str]:
    """Of what the certificates of deletion in a log speak of; one that came from a closed log is spoken of there."""
    after = 0
    while page := log.entries(after=after, limit=_AT_ONCE, kinds=(Kind.DELETION,)):
        after = page[-1].seq
        for each in page:
            named = each.manifest.prev if each.manifest else ()
            yield from (log.vault.at(one.index).id for one in named if one.origin is None)


def _decided(who: Acting, asked: Erasure, outcome: str, why: str) -> None:
    decided = Erasure.objects.filter(pk=asked.pk, outcome=Erasure.Outcome.OPEN)
    if not decided.update(outcome=outcome, why=why, decided_by=who.user.pk, decided_at=who.at):
        raise Conflict("这个申请刚刚已由他人作出决定。")
    asked.refresh_from_db()

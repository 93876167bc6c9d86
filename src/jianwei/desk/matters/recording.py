"""Appending acts to a matter: checked by the kernel, stored, and everything derived from them set anew."""

from __future__ import annotations

from collections.abc import Sequence

from jianwei.desk.clues import actions as clues
from jianwei.desk.matters import casebook, derive, keeping
from jianwei.desk.matters.errors import Refused
from jianwei.desk.matters.models import ActRow, Link, Matter
from jianwei.desk.matters.reading import NewAct
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User
from jianwei.procedures import Act, FactKind, Procedure, check
from jianwei.procedures.kernel.fold import in_force


def acts_of(matter: Matter, procedure: type[Procedure]) -> list[Act]:
    return casebook.acts(procedure, ActRow.objects.filter(matter=matter).order_by("seq"))


def append(who: Acting, matter: Matter, procedure: type[Procedure], new: Sequence[NewAct]) -> list[ActRow]:
    """Add acts to a matter that is locked or new. Part of the caller's transaction, which records it."""
    acts = acts_of(matter, procedure) if matter.pk else []
    rows = []
    for one in new:
        name = str(len(acts) + 1)
        refusal = check(procedure, acts, Act(one.kind.key, one.on, one.facts, id=name))
        if refusal is not None:
            raise Refused(refusal.says, cite=refusal.cite, fields=dict(refusal.fields))
        acts.append(Act(one.kind.key, one.on, one.facts, id=name, by=who.user.name, version=procedure.version))
        day, time_of_day = casebook.parted(one.on)
        rows.append(
            ActRow(
                seq=len(acts),
                kind=one.kind.key,
                on=day,
                time_of_day=time_of_day,
                version=procedure.version,
                facts=casebook.stored(one.target or one.kind, one.facts, correcting=one.kind.key == casebook.CORRECT),
                by_id=who.user.pk,
                recorded_at=who.at,
            )  # fmt: skip
        )
    was_closed = matter.closed
    derived = derive.derive(procedure, acts)
    keeping.apply(matter, derived, handler_id(derived.handler))
    matter.seq, matter.updated_at = len(acts), who.at
    matter.save()
    for row in rows:
        row.matter = matter
    ActRow.objects.bulk_create(rows)
    keeping.replace_rows([(matter.pk, derived)])
    if matter.closed or was_closed:
        _flow_back(who, matter, procedure, acts)
    return rows


def handler_id(username: str) -> int | None:
    return User.objects.filter(username=username).values_list("pk", flat=True).first() if username else None


def _flow_back(who: Acting, matter: Matter, procedure: type[Procedure], acts: Sequence[Act]) -> None:
    """Tell the clue a matter came from how the matter ended, or that it runs again."""
    told = outcome(procedure, acts) if matter.closed else ""
    for clue_id in Link.objects.filter(matter=matter, kind=Link.Kind.FROM_CLUE).values_list("clue_id", flat=True):
        clues.matter_ended(who, str(clue_id), told, ended=matter.closed)


def outcome(procedure: type[Procedure], acts: Sequence[Act]) -> str:
    """How a matter ended: the act that ended it with what was chosen in it (``不起诉：相对不起诉``)."""
    standing = [act for act in in_force(acts) if act.kind in procedure.acts and procedure.acts[act.kind].to]
    if not standing:
        return derive.REVOKED
    kind = procedure.acts[standing[-1].kind]
    said = [
        f.show(standing[-1].facts[f.name])
        for f in kind.facts
        if f.kind is FactKind.CHOICE and f.name in standing[-1].facts
    ]
    return kind.title + (f"：{'、'.join(said)}" if said else "")

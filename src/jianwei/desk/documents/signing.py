"""Who approves a document and who signs it: what a prosecutor decides himself, and what needs somebody else.

By 检察官办案责任制 the prosecutor in charge signs what he decides himself. What the chief signs is reviewed first by the
head of the department, and nobody reviews what he drafted.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from jianwei.desk.documents import shelf
from jianwei.desk.documents.flow import VERBS, WRITERS, Status, Verb
from jianwei.desk.documents.kind import Basis, Kind
from jianwei.desk.documents.models import Document, Version
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User
from jianwei.desk.people.roles import Role

LEADERS = frozenset({Role.HEAD, Role.CHIEF})
DECIDERS = LEADERS | {Role.PROSECUTOR}
"""Roles of prosecutors, who may be in charge of a matter and sign for themselves; assistants and clerks may not."""


@dataclass(frozen=True)
class Rule:
    """How documents of one signer are decided: one sentence for the reader, and on what it rests."""

    says: str
    basis: tuple[Basis, ...] = ()


SAYS = {
    "书记员": "程序性文书，由制作人员签发，不需要他人审核。",
    "检察官": "属于检察官职权范围内决定的事项，由承办检察官自己决定并签发，不需要他人审核。",
    "部门负责人": "由部门负责人审核并签发；起草、改稿的人不能审核自己写的文书。",
    "检察长": "由检察长签发；先由部门负责人审核，起草、改稿的人不能审核自己写的文书。",
}
"""By who signs. That the drafter does not review is 审核 taken at its word; the texts do not say it expressly."""

_EVERYWHERE = Basis("中华人民共和国人民检察院组织法", "第二十九条", True)
_CRIMINAL = Basis("人民检察院刑事诉讼规则", "第四条第四款", True)
_REVIEWED = Basis("人民检察院刑事诉讼规则", "第六条第二款", True)
_BY_LINE = {
    "criminal": _CRIMINAL, "juvenile": _CRIMINAL, "enforcement": _CRIMINAL,
    "civil": Basis("人民检察院民事诉讼监督规则", "第六条", True),
    "public_interest": Basis("人民检察院公益诉讼办案规则", "第五条", True),
}  # fmt: skip
"""Where a line's own rules say who decides; the law on procuratorates holds for every line."""


def rule(kind: Kind) -> Rule:
    """How documents of this kind are decided."""
    says = SAYS[kind.signed_by]
    if kind.approved_by and kind.signed_by in ("书记员", "检察官"):
        says = f"由{kind.signed_by}签发，先由{kind.approved_by}审核；起草、改稿的人不能审核自己写的文书。"
    if kind.signed_by == "书记员":
        return Rule(says)
    own = _BY_LINE.get(kind.line)
    reviewed = (_REVIEWED,) if kind.approved_by and own == _CRIMINAL else ()
    return Rule(says, (_EVERYWHERE, *((own,) if own else ()), *reviewed))


def in_charge(one: Document) -> User | None:
    """The prosecutor in charge: the matter's handler, without a matter the drafter; None where that is no prosecutor."""
    person = one.matter.handler if one.matter else one.author
    return person if person and person.role in DECIDERS else None


def verbs(who: Acting, one: Document, kind: Kind) -> dict[str, Verb]:
    """The verbs open to that person, who may write the document, in its state."""
    return {
        name: verb
        for name, verb in VERBS.items()
        if one.status in starts(name, kind) and not barred(who, one, kind, name)
    }


def closed(who: Acting, one: Document, kind: Kind) -> dict[str, tuple[Verb, str]]:
    """The decisions that the document waits for and that person may not take, each with the reason."""
    return {
        name: (VERBS[name], why)
        for name in ("approve", "issue")
        if one.status in VERBS[name].starts and (why := barred(who, one, kind, name))
    }


def starts(verb: str, kind: Kind) -> frozenset[Status]:
    """The states a verb starts from. What nobody else reviews is issued without being sent up."""
    if verb == "issue" and not kind.approved_by:
        return VERBS[verb].starts | {Status.DRAFT, Status.REVIEW}
    return VERBS[verb].starts


def barred(who: Acting, one: Document, kind: Kind, verb: str) -> str:
    """Why that person may not use a verb on the document; "" when he may."""
    own, early = one.author_id == who.user.pk, one.status in (Status.DRAFT, Status.REVIEW, Status.APPROVED)
    match verb:
        case "approve":
            return _not_approving(who, one, kind)
        case "issue":
            return _not_signing(who, one, kind)
        case "send_back" | "void" if (own and early) or who.role in LEADERS:
            return ""
        case "send_back" | "void":
            return _not_signing(who, one, kind)
    return "" if who.role in WRITERS else "由办案人员办理。"


def _not_approving(who: Acting, one: Document, kind: Kind) -> str:
    if kind.approved_by:
        if who.role not in LEADERS:
            return f"本文书由{kind.approved_by}审核。"
        return "本文书由您起草，须由他人审核。" if wrote(who, one) else ""
    return "" if who.role in LEADERS else _not_signing(who, one, kind)


def wrote(who: Acting, one: Document) -> bool:
    """Whether that person drafted the document or wrote its latest version."""
    return one.author_id == who.user.pk or one.versions.filter(n=one.latest, by=who.user.pk).exists()


def _not_signing(who: Acting, one: Document, kind: Kind) -> str:
    if kind.signed_by == "书记员":
        return "" if who.role in WRITERS else "由办案人员签发。"
    if kind.signed_by != "检察官":
        return "" if who.role in LEADERS else f"本文书由{kind.signed_by}签发。"
    charged = in_charge(one)
    if who.role == Role.CHIEF or (charged.pk == who.user.pk if charged else who.role in DECIDERS):
        return ""
    return f"本文书由承办检察官{charged.name}签发。" if charged else "本文书由检察官签发。"


def misnamed(who: Acting, one: Document, kind: Kind, named: str) -> str:
    """Why the person named cannot have signed; "" when he can. Only what a chief signed on paper names another."""
    if kind.signed_by != "检察长":
        return "" if named in ("", who.user.name) else f"本文书由您签发，不能写{named}。"
    if who.role == Role.CHIEF:
        return ""
    if named in ("", who.user.name, one.author.name):
        return "本文书由检察长签发，请写明作出决定的检察长（或其授权的副检察长）姓名。"
    others = User.objects.filter(office=one.office_id, name=named, is_active=True)
    if (found := others.exclude(role=Role.CHIEF).first()) and not others.filter(role=Role.CHIEF).exists():
        return f"{named}是{found.get_role_display()}，本文书须由检察长签发。"
    return ""


def chiefs(one: Document) -> list[str]:
    """Names of the chiefs of the document's office: what the form proposes."""
    return list(
        User.objects.filter(office=one.office_id, role=Role.CHIEF, is_active=True).values_list("name", flat=True)
    )


def waits_for(who: Acting) -> Q:
    """Of the documents sent up those that wait for that person: to be reviewed, or to be signed."""
    review, approved = Q(status=Status.REVIEW), Q(status=Status.APPROVED)
    here, found = Q(office=who.user.office_id), Q(pk__in=())
    reviewed = [kind.key for kind in shelf.kinds().values() if kind.approved_by]
    if who.role in DECIDERS:
        handled = Q(matter__handler__role__in=DECIDERS)
        nobodys = Q(matter__isnull=False) & ~handled | Q(matter__isnull=True) & ~Q(author__role__in=DECIDERS)
        mine = Q(matter__handler=who.user.pk) | Q(matter__isnull=True, author=who.user.pk) | here & nobodys
        found |= (review | approved) & ~Q(kind__in=reviewed) & (mine | here if who.role == Role.CHIEF else mine)
    if who.role in LEADERS:
        latest = Version.objects.filter(document=OuterRef("pk"), n=OuterRef("latest"), by=who.user.pk)
        found |= here & Q(kind__in=reviewed) & (approved | review & ~Q(author=who.user.pk) & ~Q(Exists(latest)))
    return found

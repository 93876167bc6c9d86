"""What an office sets for itself: its short name and its own Word templates."""

from __future__ import annotations

import re

from django.db import transaction

from jianwei.desk.documents import isolated, queries, shelf
from jianwei.desk.documents.archive import BadPackage
from jianwei.desk.documents.drafting import Letterhead, page
from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.models import Letterhead as LetterheadRow
from jianwei.desk.documents.models import OwnTemplate
from jianwei.desk.documents.reading import NoPlace
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import Role

KEEPERS = frozenset({Role.CASE_MANAGER, Role.HEAD})
"""Who sets the short name and replaces templates."""
_SHORT = re.compile(r"[\u4e00-\u9fff]{1,8}")


@transaction.atomic
def set_short_name(who: Acting, short: str) -> None:
    """Set the short name with which the numbers of the own office begin, from now on."""
    _keeper(who)
    short = short.strip()
    if not _SHORT.fullmatch(short):
        raise Refused("院简称由一至八个汉字组成，如“绍越”。", {"short": "一至八个汉字"})
    if LetterheadRow.objects.filter(short=short).exclude(office=who.user.office).exists():
        raise Refused(f"“{short}”已是另一个院的简称。", {"short": "已被使用"})
    before, _ = queries.short(who.user.office)
    facts = {"short": short, "at": who.at, "by_id": who.user.pk}
    LetterheadRow.objects.update_or_create(office=who.user.office, defaults=facts)
    audit.record(who, "核定院简称", kind="文书", object_id=who.user.office.code, before=before, after=short)


def replace_template(who: Acting, kind_key: str, docx: bytes, why: str) -> None:
    """Put an office's own template in the place of the one of the shelf. It is tried out in a limited process first."""
    _keeper(who)
    kind = shelf.kind(kind_key)
    if not why.strip():
        raise Refused("请写明更换的理由。", {"why": "请写明理由"})
    trial = page(kind, {}, Letterhead(who.user.office.name, "试"), 2000)
    try:
        isolated.checked(docx)
        isolated.filled(docx, trial)
        if kind.numbering:
            isolated.stamped(docx, {"number": "试"})
    except BadPackage as error:
        raise Refused(f"不能接受这个模板：{error}。", {"docx": str(error)}) from error
    except NoPlace as error:
        raise Refused(
            "模板里没有“文号”内容控件，签发时文号无处可填。请从现用模板改起。", {"docx": "缺少文号控件"}
        ) from error
    _keep(who, kind_key, docx, why)


def restore_template(who: Acting, kind_key: str, why: str) -> None:
    """Go back to the template of the shelf (or of the office above)."""
    _keeper(who)
    shelf.kind(kind_key)
    _keep(who, kind_key, b"", why or "改回系统模板")


@transaction.atomic
def _keep(who: Acting, kind_key: str, docx: bytes, why: str) -> None:
    OwnTemplate.objects.create(
        office=who.user.office, kind=kind_key, docx=docx, why=why.strip()[:200], at=who.at, by_id=who.user.pk
    )
    audit.record(
        who, "更换文书模板" if docx else "改回系统模板", kind="文书", object_id=kind_key, why=why.strip()[:200]
    )


def _keeper(who: Acting) -> None:
    if who.role not in KEEPERS:
        raise Refused("由案管或者部门负责人设置。")

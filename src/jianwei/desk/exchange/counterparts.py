"""The register of organs outside this installation, and whose signatures count for each of them.

A policy decides what this office takes for genuine: it is kept by the security administrator, who sees no cases.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from jianwei.desk.evidence import ledger, trust
from jianwei.desk.evidence.trust import Trust
from jianwei.desk.exchange.errors import Conflict, NotFound, Refused
from jianwei.desk.exchange.models import Counterpart, Kind
from jianwei.desk.matters.models import Matter
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import Office
from jianwei.desk.people.roles import Role
from jianwei.seal import policy
from jianwei.seal.errors import SealError

FIELDS = {
    "code": 30,
    "name": 80,
    "kind": 16,
    "origin": 120,
    "policy": trust.MOST,
    "policy_sm": trust.MOST,
    "roots": trust.MOST,
    "note": 300,
}
"""What is typed, and how many characters of it are read."""


def offices(matter: Matter) -> list[Office]:
    """The other offices of this installation that can receive: those with a log. Their names are no case data."""
    return [one for one in Office.objects.exclude(pk=matter.office_id).order_by("path") if ledger.has_log(one)]


def usable(office: Office) -> QuerySet[Counterpart]:
    """The organs that an office may hand over to: of its own register and of those above it."""
    above = [code for code in office.path.split("/") if code]
    return Counterpart.objects.filter(office__code__in=above, active=True).select_related("office")


def visible(who: Acting) -> QuerySet[Counterpart]:
    """For who works on cases those one may use; for the security administrator those of the own office and below."""
    found = Counterpart.objects.select_related("office", "by")
    if who.role == Role.SECURITY_ADMIN:
        return found.filter(office__path__startswith=who.path)
    if not who.sees_cases:
        return found.none()
    return found.filter(office__code__in=[code for code in who.path.split("/") if code])


def keeps(who: Acting) -> bool:
    return who.role == Role.SECURITY_ADMIN


def believed(office: Office, origin: str, code: str) -> Trust | None:
    """The trust in the log of that origin, if it is the log of the organ of that code as this office knows it."""
    if own := _here(code):
        return trust.by_origin(origin) if origin in ledger.origins(own) else None
    for one in usable(office).filter(origin=origin, code=code):
        if one.policy:
            return trust_in(one)
    return None


def _here(code: str) -> Office | None:
    """The office of that code, if it keeps its log in this installation; one that does not is an organ outside."""
    found = Office.objects.filter(code=code).first()
    return found if found and ledger.has_log(found) else None


def trust_in(one: Counterpart) -> Trust:
    return Trust(
        one.policy.encode(),
        one.policy_sm.encode() if one.policy_sm else None,
        one.roots.encode() if one.roots else None,
    )


@transaction.atomic
def save(who: Acting, counterpart_id: int | None, typed: Mapping[str, str], *, active: bool = True) -> Counterpart:
    """Register an organ, or change what is registered. Raise ``NotFound``, ``Refused`` by field, ``Conflict``."""
    if not keeps(who):
        raise Refused("移送单位和信任策略由安全管理员登记。")
    one = (
        Counterpart(office=who.user.office)
        if counterpart_id is None
        else visible(who).filter(pk=counterpart_id).first()
    )
    if one is None:
        raise NotFound
    said = {
        name: _clean(typed.get(name, ""), most, lines=name in ("policy", "policy_sm", "roots"))
        for name, most in FIELDS.items()
    }
    if wrong := dict(_wrong(said)):
        raise Refused("填写的内容有误，见各栏说明。", wrong)
    before = trust_in(one).fingerprint if one.policy else ""
    for name, value in said.items():
        setattr(one, name, value)
    one.active, one.by, one.updated_at = active, who.user, who.at
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError:
        raise Conflict(f"代码 {one.code} 已登记给另一个单位。") from None
    after = trust_in(one).fingerprint if one.policy else ""
    audit.record(
        who, "登记移送单位", kind="移送单位", object_id=one.code, name=one.name, active=active, policy_before=before, policy_after=after
    )  # fmt: skip
    return one


def _wrong(said: Mapping[str, str]) -> Mapping[str, str]:
    wrong: dict[str, str] = {}
    if not said["code"]:
        wrong["code"] = "请填写单位代码，收发双方所用的须一致"
    elif _here(said["code"]):
        wrong["code"] = "这是本系统内的检察院，不必登记"
    if len(said["name"]) < 2:
        wrong["name"] = "请填写单位名称"
    if said["kind"] not in Kind.values:
        wrong["kind"] = "请选择种类"
    if said["policy"] and not said["origin"]:
        wrong["origin"] = "有信任策略的，须写明是哪个日志"
    if said["origin"] and not said["policy"]:
        wrong["policy"] = "写明了日志的，须有信任策略"
    for name, origin in (("policy", said["origin"]), ("policy_sm", f"{said['origin']}/sm")):
        if said[name] and (problem := _policy_problem(said[name], origin)):
            wrong[name] = problem
    if said["policy"] and len(said["note"]) < 4:
        wrong["note"] = "请写明策略从何处取得、由谁核对过指纹"
    return wrong


def _policy_problem(text: str, origin: str) -> str:
    try:
        found = policy.parse(text.encode())
    except SealError as problem:
        return str(problem)
    if origin not in {key.name for key in found.logs}:
        return f"策略中没有名为 {origin} 的日志"
    return "" if found.quorum != "none" else "策略不要求见证：不能证明对方没有倒签。请取得有见证方的策略"


def _clean(text: str, most: int, *, lines: bool) -> str:
    if lines:
        kept = text.replace("\r\n", "\n")[:most]
        return "" if not kept.strip() else kept if kept.endswith("\n") else f"{kept}\n"
    return " ".join(text.split())[:most]

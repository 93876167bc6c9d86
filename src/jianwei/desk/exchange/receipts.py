"""The receipt (.jwr): the bundle of the recipient's record of kind 3, whose original says what was answered to which package.

The sender imports it under the policy of the recipient's log, never one that came along, and keeps it in its own log.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, Self

from django.db import transaction

from jianwei.desk.evidence import fixing, judging, ledger
from jianwei.desk.evidence.models import Material, Source, Stage
from jianwei.desk.evidence.packing import packed
from jianwei.desk.exchange import checking, codes, counterparts, queries
from jianwei.desk.exchange.errors import Conflict, NotFound, Refused
from jianwei.desk.exchange.models import Package, Received, Stand, State
from jianwei.desk.people import audit
from jianwei.desk.people.acting import Acting
from jianwei.seal.leaf import Kind
from jianwei.seal.vault.fields import Fields, ManifestInvalid
from jianwei.seal.vault.hashing import digests
from jianwei.seal.vault.manifest import CHINA, Reference

FORMAT = "jianwei-receipt/1"
MEDIA_TYPE = "application/vnd.jianwei.jwr"
MOST_BYTES = 1 << 20


@dataclass(frozen=True)
class Receipt:
    package: str
    sha256: str
    """Of the package's list."""
    number: int
    sender: str
    recipient: str
    recipient_name: str
    answer: str
    """``accepted`` or ``returned``."""
    by: str
    at: dt.datetime
    code: str = ""
    why: str = ""
    findings: tuple[str, ...] = ()

    def encode(self) -> bytes:
        whole = {"format": FORMAT} | vars(self) | {"at": self.at.astimezone(CHINA).isoformat(timespec="seconds")}
        kept = {name: value for name, value in whole.items() if value not in ("", (), None)}
        return (json.dumps(kept, ensure_ascii=False, indent=2) + "\n").encode()

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """Raise ``Refused``."""
        try:
            fields = Fields(json.loads(content.decode()))
            if fields.needed_text("format") != FORMAT:
                raise ManifestInvalid("format", "不是本系统认识的回执")
            at = fields.moment("at")
            one = cls(
                fields.ulid("package"), fields.needed_hash("sha256"), fields.needed_number("number"), fields.needed_text("sender"),
                fields.needed_text("recipient"), fields.needed_text("recipient_name"), fields.needed_text("answer"), fields.needed_text("by"),
                at or dt.datetime.fromtimestamp(0, dt.UTC), fields.text("code") or "", fields.text("why") or "", fields.texts("findings"),
            )  # fmt: skip
            fields.finish()
        except ManifestInvalid as problem:
            raise Refused(f"回执的字段“{problem.field}”{problem.problem}。") from problem
        except (ValueError, RecursionError):
            raise Refused("回执的内容不能读取。") from None
        if one.answer not in (State.ACCEPTED, State.RETURNED) or at is None:
            raise Refused("回执没有写明签收还是退回。")
        return one


def verdict(one: Received) -> str:
    """What the record of kind 3 says in words."""
    code = f"，退回码 {one.answer_code} {codes.title(one.answer_code)}" if one.answer_code else ""
    why = f"\n说明：{one.answer_why}" if one.answer_why and not one.restricted else ""
    by = one.answered_by.name if one.answered_by else ""
    return f"{one.get_state_display()}移送包 {one.pk}（清单 SHA-256 {one.sha256}）{code}\n经手：{one.office.name} {by}{why}"


def take_in(who: Acting, package_id: str, file: BinaryIO) -> Package:
    """Import a receipt. The same again changes nothing. Raise ``NotFound``, ``Refused``, ``Conflict``."""
    package = queries.sent(who, package_id)
    if package is None:
        raise NotFound
    if not queries.sends(who, package):
        raise Refused("回执由移送院的承办人员导入。")
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Refused("这不是回执（.jwr）：文件过大。", {"file": "不是回执"})
    if _believed(package, content, who.at):
        audit.record(
            who,
            "导入回执",
            kind="移送包",
            object_id=package.pk,
            result=str(package.get_state_display()),
            recipient=package.recipient_name,
        )
    return package


def _believed(package: Package, content: bytes, at: dt.datetime) -> bool:
    """Take a receipt that proves itself; False for the very one that is there already."""
    bundle = io.BytesIO(content)
    told = judging.read(bundle)
    if told is None:
        raise Refused("这不是回执（.jwr），或者文件不完整。", {"file": "不是回执，或者不完整"})
    trust = counterparts.believed(package.office, told.origin, package.recipient_code)
    if trust is None:
        raise Refused(f"回执出自日志 {told.origin}：不是{package.recipient_name}的日志，或者本院没有它的信任策略。")
    found = judging.judged(bundle, trust, at)
    if not found["ok"]:
        raise Refused(f"回执没有通过核验：{found['message']}")
    record = checking.record_of(bundle)
    if record["kind"] != Kind.RECEIPT or "original" not in found["facts"] or found["facts"]["original"] is None:
        raise Refused("这个存证包不是回执。")
    receipt = Receipt.parse(checking.member(bundle, "original"))
    if (receipt.package, receipt.sha256) != (package.pk, package.sha256):
        raise Refused(f"这是另一个移送包（{receipt.package}）的回执。")
    if receipt.recipient != package.recipient_code or not _names_ours(package, record):
        raise Refused("回执不是这个包的接收单位就本院日志中的这条记录作出的。")
    return _settled(package, receipt, str(record["id"]), content, at)


def _names_ours(package: Package, record: dict[str, Any]) -> bool:
    with ledger.holding(package.office, package.pk) as log:
        own, origin = log.reference(package.pk, "接收"), log.folder.settings.origin
    named = {(one.get("origin"), one.get("index"), one.get("leaf")) for one in record.get("prev", [])}
    return (origin, own.index, own.leaf) in named


def _own(package: Package) -> Reference:
    """How records here name that of a package."""
    assert package.record
    return ledger.reference(package.record, "回执", package.office)


def _settled(package: Package, receipt: Receipt, record_id: str, content: bytes, at: dt.datetime) -> bool:
    if package.receipt_id == record_id:
        return False
    if package.receipt_id or package.by_hand:
        raise Conflict(f"这个包已有回执（{package.get_state_display()}），不能再收另一份。")
    size = digests(io.BytesIO(content))
    kept = Material(
        id=ledger.new_id(at), office=package.office, matter=package.matter, kind=Kind.RECEIPT, source=Source.EXCHANGE, source_id=package.pk,
        name=f"{package.recipient_name}对第{package.number}号移送包的回执.jwr"[:200], media_type=MEDIA_TYPE, size=size.size,
        sha256=size.sha256, sm3=size.sm3, note=f"回执 {record_id}，移送包 {package.pk}", at=at, updated_at=at,
    )  # fmt: skip
    package.answer = fixing.keep(kept, content, prev=(_own(package),), result="收到回执，自动存证")
    package.state = State(receipt.answer)
    package.receipt_id, package.answered_at, package.answered_by = (
        record_id,
        receipt.at,
        f"{receipt.recipient_name} {receipt.by}"[:120],
    )
    package.answer_code, package.answer_why, package.updated_at = receipt.code[:4], receipt.why[:500], at
    package.save(
        update_fields=[
            "answer",
            "state",
            "receipt_id",
            "answered_at",
            "answered_by",
            "answer_code",
            "answer_why",
            "updated_at",
        ]
    )
    return True


@transaction.atomic
def by_hand(who: Acting, package_id: str, *, answer: str, by: str, on: str, paper: str, why: str = "") -> Package:
    """Register what an organ without a system answered on paper. It is a person's word, and the record says so."""
    package = queries.sent(who, package_id)
    if package is None:
        raise NotFound
    if not queries.sends(who, package) or package.to_office_id is not None:
        raise Refused("人工登记只用于没有本系统的接收单位，由移送院的承办人员登记。")
    if package.state != State.SENT:
        raise Conflict(f"这个包{package.get_state_display()}，不能登记回执。")
    person, number, reason = (" ".join(text.split())[:most] for text, most in ((by, 60), (paper, 80), (why, 400)))
    wrong = {
        name: says
        for name, value, says in (("by", person, "请写明签收人"), ("paper", number, "请写明回执或者送达回证的编号"))
        if len(value) < 2
    }
    if answer not in (State.ACCEPTED, State.RETURNED):
        wrong["answer"] = "请选择签收还是退回"
    if answer == State.RETURNED and len(reason) < 4:
        wrong["why"] = "请写明对方退回的理由"
    day = _day(on, package, who.at)
    if day is None:
        wrong["on"] = "日期写成 2026-11-22 的样子，不早于送出之日，不晚于今天"
    if wrong or day is None:
        raise Refused("填写的内容有误，见各栏说明。", wrong)
    said = f"人工登记：{package.recipient_name} {person} 于 {day.isoformat()} {State(answer).label}，凭 {number}{'，' + reason if reason else ''}"
    kept = Material(
        id=ledger.new_id(who.at), office=package.office, matter=package.matter, kind=Kind.RECEIPT, source=Source.EXCHANGE, source_id=package.pk,
        name=f"{package.recipient_name}对第{package.number}号移送包的回执（人工登记）"[:200], doc_no=number, note=said, by_id=who.user.pk,
        at=who.at, updated_at=who.at,
    )  # fmt: skip
    package.answer = fixing.keep(kept, None, prev=(_own(package),), result="人工登记回执")
    package.state, package.by_hand, package.answered_by = State(answer), True, person
    package.answered_at = dt.datetime.combine(day, dt.time(), CHINA)
    package.answer_why, package.updated_at = f"{number}{'：' + reason if reason else ''}", who.at
    package.save()
    audit.record(
        who, "登记回执", kind="移送包", object_id=package.pk, result=str(State(answer).label), by=person, paper=number
    )
    return package


def _day(text: str, package: Package, at: dt.datetime) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        return None
    sent = (package.sent_at or package.at).astimezone(CHINA).date()
    return day if sent <= day <= at.astimezone(CHINA).date() else None


def unproved(at: dt.datetime) -> list[Callable[[], object]]:
    """For the background worker: receipts of offices of this installation, once outside parties have signed them, go into
    the sender's log as those on a disc do."""
    answered = Received.objects.filter(
        state__in=(Stand.ACCEPTED, Stand.RETURNED), package__receipt_id="", package__by_hand=False
    )
    signed = answered.exclude(receipt=None).exclude(receipt__stage__in=(Stage.RECEIVED, Stage.FIXED, Stage.ERASED))
    found = signed.select_related("package__office", "package__matter", "package__record__office", "receipt__office")[
        :50
    ]
    return [partial(_proved, one.package, one.receipt, at) for one in found if one.package and one.receipt]


def _proved(package: Package, receipt: Material, at: dt.datetime) -> None:
    with packed(receipt, allow_fixed=False) as file:
        _believed(package, file.read(), at)

"""A document from draft to archive: who may do what, numbers, service, replies, and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import document_samples as samples
import pytest
from django.utils import timezone

from jianwei.desk.documents import actions, keeping, queries, reading, serving
from jianwei.desk.documents.errors import Conflict, NotFound, Refused
from jianwei.desk.documents.models import Document, Entry, Version
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
Make = Callable[..., Document]
TODAY = timezone.localdate


def test_a_draft_has_no_number_and_an_issued_document_has_one(draft: Make, issued: Make, acting: Who) -> None:
    assert draft().number == ""
    document = issued()
    year = TODAY().year
    assert document.number == f"绍越城检刑诉〔{year}〕1号"
    assert (document.status, document.issued_on, document.signer) == ("issued", TODAY(), acting().user.name)
    page = reading.text(keeping.latest(document).blocks)
    assert document.number in page and f"{TODAY().year}年{TODAY().month}月{TODAY().day}日" in page


def test_numbers_run_on_without_gaps_by_class_and_a_cancelled_one_stays(issued: Make, acting: Who) -> None:
    first, second = issued(), issued()
    other = issued("criminal/correction_notice")
    assert [d.number.split("〕")[1] for d in (first, second, other)] == ["1号", "2号", "1号"]
    actions.act(acting("head"), second.pk, "void", second.revision, note="文号用错")
    third = issued()
    assert third.number.endswith("〕3号")
    entry = Entry.objects.get(document=second)
    assert (entry.n, entry.void_why, entry.void_by.role if entry.void_by else "") == (2, "文号用错", "head")
    assert Document.objects.get(pk=second.pk).number.endswith("〕2号")


def test_a_refused_issue_takes_no_number(draft: Make, issued: Make, acting: Who) -> None:
    document = draft()
    for verb in ("submit", "approve"):
        document = actions.act(acting(), document.pk, verb, document.revision)
    with pytest.raises(Refused, match="今天之后"):
        actions.act(acting(), document.pk, "issue", document.revision, on=TODAY() + dt.timedelta(days=1))
    assert not Entry.objects.exists()
    assert issued().number.endswith("〕1号")


def test_what_has_gaps_is_not_sent_up_and_each_gap_is_named(draft: Make, acting: Who) -> None:
    document = draft(court="", handler="")
    assert keeping.latest(document).gaps == ["人民法院", "承办检察官"]
    with pytest.raises(Refused, match="人民法院、承办检察官"):
        actions.act(acting(), document.pk, "submit", document.revision)


def test_an_assistant_drafts_and_does_not_sign(draft: Make, acting: Who) -> None:
    assistant = acting("assistant")
    document = actions.act(assistant, (made := draft(by=assistant)).pk, "submit", made.revision)
    for verb in ("approve", "issue"):
        with pytest.raises(Refused, match="由检察官签发"):
            actions.act(assistant, document.pk, verb, document.revision)
    document = actions.act(acting(), document.pk, "approve", document.revision)
    assert actions.act(acting(), document.pk, "issue", document.revision).status == "issued"


def test_what_the_chief_signs_is_approved_by_another_and_names_the_signer(draft: Make, acting: Who) -> None:
    head = acting("head")
    document = actions.act(head, (made := draft("criminal/protest", by=head)).pk, "submit", made.revision)
    with pytest.raises(Refused, match="由您起草，须由他人审核"):
        actions.act(head, document.pk, "approve", document.revision)
    made = draft("criminal/protest")
    with pytest.raises(Refused):
        actions.act(acting(), made.pk, "approve", made.revision)
    for verb in ("submit", "approve"):
        made = actions.act(head, made.pk, verb, made.revision)
    with pytest.raises(Refused, match="检察长"):
        actions.act(head, made.pk, "issue", made.revision)
    assert actions.act(head, made.pk, "issue", made.revision, signer="虞怀瑾").signer == "虞怀瑾"


def test_the_second_of_two_is_told_so(draft: Make, acting: Who) -> None:
    document = draft()
    actions.save(acting(), document.pk, document.revision, samples.values(document.kind), "改错字")
    with pytest.raises(Conflict):
        actions.act(acting("head"), document.pk, "submit", document.revision)


def test_an_issued_document_is_not_changed(issued: Make, acting: Who) -> None:
    document = issued()
    with pytest.raises(Refused, match="不能修改"):
        actions.save(acting(), document.pk, document.revision, {})


def test_every_save_is_a_version_with_who_and_why(draft: Make, acting: Who) -> None:
    document = draft()
    actions.save(
        acting("assistant"), document.pk, document.revision, samples.values(document.kind) | {"volumes": "四册"}, "补卷"
    )
    newest, oldest = Version.objects.filter(document=document)
    assert (newest.n, newest.why, newest.by.role) == (2, "补卷", "assistant")
    assert "四册" in reading.text(newest.blocks) and "三册" in reading.text(oldest.blocks)


def test_the_answer_is_due_by_the_limit_from_the_first_receipt(issued: Make, acting: Who) -> None:
    document = issued("conduct/suggestion")
    assert document.reply_due_on is None
    sent = TODAY()
    service = serving.serve(acting(), document.pk, document.revision, recipient="某局", method="post", sent_on=sent)
    document.refresh_from_db()
    assert (document.status, document.reply_due_on) == ("issued", None)
    serving.receipt(acting(), document.pk, document.revision, service.pk, received_on=sent, note="回证在卷")
    document.refresh_from_db()
    assert document.status == "served" and document.served_on == sent
    assert document.reply_due_on and 55 <= (document.reply_due_on - sent).days <= 75
    assert "检察建议回复期限" in document.reply_reasoning and document.reply_notices


def test_days_that_the_document_sets_go_before_the_limit(issued: Make, acting: Who) -> None:
    document = issued("conduct/suggestion", urgent=15)
    serving.serve(
        acting(),
        document.pk,
        document.revision,
        recipient="某局",
        method="direct",
        sent_on=TODAY(),
        received_on=TODAY(),
    )
    document.refresh_from_db()
    assert document.reply_due_on and 15 <= (document.reply_due_on - TODAY()).days <= 25
    assert "15日" in document.reply_reasoning


def test_an_objection_is_no_answer_but_a_reply_is(issued: Make, acting: Who) -> None:
    document = issued("conduct/suggestion")
    serving.serve(
        acting(),
        document.pk,
        document.revision,
        recipient="某局",
        method="direct",
        sent_on=TODAY(),
        received_on=TODAY(),
    )
    for nature, replied in (("objection", None), ("accepted", TODAY())):
        document.refresh_from_db()
        serving.reply(acting(), document.pk, document.revision, received_on=TODAY(), nature=nature, text="某局来函")
        document.refresh_from_db()
        assert document.replied_on == replied


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"recipient": " "}, "recipient"), ({"method": "pigeon"}, "method"), ({"sent_on": None}, "sent_on"),
     ({"sent_on": dt.date(2020, 1, 1)}, "sent_on"), ({"received_on": dt.date(2999, 1, 1)}, "received_on")],
)  # fmt: skip
def test_bad_service_is_refused_field_by_field(
    issued: Make, acting: Who, changes: dict[str, object], field: str
) -> None:
    document = issued()
    facts: dict[str, object] = {"recipient": "某法院", "method": "direct", "sent_on": TODAY()} | changes
    with pytest.raises(Refused) as refused:
        serving.serve(acting(), document.pk, document.revision, **facts)  # type: ignore[arg-type]
    assert field in refused.value.fields


def test_other_offices_find_nothing_and_higher_ones_read_only(draft: Make, acting: Who) -> None:
    document = draft()
    assert queries.document(acting("prosecutor", "sibling"), document.pk) is None
    with pytest.raises(NotFound):
        actions.act(acting("head", "other_city"), document.pk, "submit", document.revision)
    above = acting("head", "city")
    assert queries.document(above, document.pk) is not None
    with pytest.raises(Refused, match="可以查看"):
        actions.act(above, document.pk, "submit", document.revision)
    assert not queries.visible(acting("system_admin")).exists()


def test_every_write_leaves_one_entry_in_the_trail(issued: Make, acting: Who) -> None:
    document = issued()
    serving.serve(acting(), document.pk, document.revision, recipient="某法院", method="direct", sent_on=TODAY())
    found = (
        AuditEntry.objects.filter(object_kind="文书", object_id=str(document.pk))
        .order_by("id")
        .values_list("action", flat=True)
    )
    assert list(found) == ["起草文书", "送审", "审核通过", "签发", "送达文书"]

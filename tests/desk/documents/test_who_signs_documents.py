"""Who approves and who signs: a prosecutor what he decides himself; what the chief signs is reviewed by another."""

from __future__ import annotations

from collections.abc import Callable

import document_samples as samples
import pytest
from django.test import Client

from jianwei.desk.documents import actions, queries, shelf, signing
from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.models import Document
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import User

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
Make = Callable[..., Document]
OWN, CHIEFS, HEADS, CLERKS = "criminal/indictment", "criminal/protest", "conduct/transfer_slip", "civil/hearing_record"


@pytest.fixture
def other(acting: Who, made_offices: dict[str, object]) -> Acting:
    """Another prosecutor of the county."""
    office = acting().user.office
    user = User.objects.create(username="second", name="第二检察官", office=office, role="prosecutor")
    return Acting(user, "127.0.0.1", acting().at)


def sent_up(who: Acting, document: Document) -> Document:
    return actions.act(who, document.pk, "submit", document.revision)


def handled(acting: Who, key: str, handler: str, by: Acting) -> Document:
    """A document in a matter of that handler, drafted by ``by``."""
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    intake = matter_actions.Intake(handler=handler)
    matter = matter_actions.open_matter(
        acting(), "criminal/prosecution_review", "accept", facts, on=str(acting().at.date()), intake=intake
    )
    return actions.start(by, key, samples.values(key), matter_id=matter.pk)


def test_a_prosecutor_issues_what_he_decides_himself_without_sending_it_up(draft: Make, acting: Who) -> None:
    made = draft(OWN)
    assert "issue" in queries.verbs(acting(), made)
    assert actions.act(acting(), made.pk, "issue", made.revision).signer == acting().user.name


def test_what_has_gaps_is_not_issued_without_being_sent_up(draft: Make, acting: Who) -> None:
    made = draft(OWN, court="")
    with pytest.raises(Refused, match="人民法院"):
        actions.act(acting(), made.pk, "issue", made.revision)


def test_another_prosecutor_and_the_head_do_not_sign_for_the_one_in_charge(acting: Who, other: Acting) -> None:
    made = handled(acting, OWN, "prosecutor.county", acting("assistant"))
    for stranger in (other, acting("head")):
        with pytest.raises(Refused, match=f"由承办检察官{acting().user.name}签发"):
            actions.act(stranger, made.pk, "issue", made.revision)
    assert actions.act(acting(), made.pk, "issue", made.revision).signer == acting().user.name


def test_a_head_signs_in_a_matter_of_his_own_and_the_chief_in_any(acting: Who) -> None:
    for handler, signs in (("head.county", "head"), ("prosecutor.county", "chief")):
        acting("head")
        made = handled(acting, OWN, handler, acting())
        assert actions.act(acting(signs), made.pk, "issue", made.revision).signer == acting(signs).user.name


def test_nobody_signs_in_the_name_of_another(draft: Make, acting: Who) -> None:
    made = draft(OWN)
    with pytest.raises(Refused, match="不能写虞怀瑾") as refused:
        actions.act(acting(), made.pk, "issue", made.revision, signer="虞怀瑾")
    assert "signer" in refused.value.fields


@pytest.mark.parametrize("key", [CHIEFS, HEADS])
def test_who_drafted_does_not_review_though_he_is_a_head(key: str, draft: Make, acting: Who) -> None:
    head = acting("head")
    made = sent_up(head, draft(key, by=head))
    assert "approve" not in queries.verbs(head, made)
    with pytest.raises(Refused, match="须由他人审核"):
        actions.act(head, made.pk, "approve", made.revision)
    with pytest.raises(Refused, match="由部门负责人审核"):
        actions.act(acting(), made.pk, "approve", made.revision)
    assert actions.act(acting("chief"), made.pk, "approve", made.revision).status == "approved"


def test_a_chief_who_drafted_has_it_reviewed_and_then_signs(draft: Make, acting: Who) -> None:
    chief = acting("chief")
    made = sent_up(chief, draft(CHIEFS, by=chief))
    with pytest.raises(Refused, match="须由他人审核"):
        actions.act(chief, made.pk, "approve", made.revision)
    made = actions.act(acting("head"), made.pk, "approve", made.revision)
    assert actions.act(chief, made.pk, "issue", made.revision).signer == chief.user.name


def test_a_head_records_the_chief_who_signed_and_nobody_else(draft: Make, acting: Who) -> None:
    head, author = acting("head"), acting()
    made = sent_up(author, draft(CHIEFS))
    made = actions.act(head, made.pk, "approve", made.revision)
    acting("assistant")
    for named in ("", head.user.name, author.user.name, acting("assistant").user.name):
        with pytest.raises(Refused, match="检察长"):
            actions.act(head, made.pk, "issue", made.revision, signer=named)
    with pytest.raises(Refused, match="由检察长签发"):
        actions.act(author, made.pk, "issue", made.revision)
    assert actions.act(head, made.pk, "issue", made.revision, signer="虞怀瑾").signer == "虞怀瑾"


def test_what_must_be_reviewed_is_not_issued_before_it_was(draft: Make, acting: Who) -> None:
    made = sent_up(acting(), draft(CHIEFS))
    with pytest.raises(Refused):
        actions.act(acting("chief"), made.pk, "issue", made.revision)


def test_a_clerk_signs_records_and_the_drafter_takes_back_what_was_not_issued(draft: Make, acting: Who) -> None:
    assistant = acting("assistant")
    record = draft(CLERKS, by=assistant)
    assert actions.act(assistant, record.pk, "issue", record.revision).status == "issued"
    made = sent_up(assistant, draft(CHIEFS, by=assistant))
    made = actions.act(assistant, made.pk, "send_back", made.revision, note="还要补一处")
    assert made.status == "draft"
    assert actions.act(assistant, made.pk, "void", made.revision, note="写错了对象").status == "void"
    with pytest.raises(Refused):
        issued = actions.act(acting(), (own := draft(OWN)).pk, "issue", own.revision)
        actions.act(assistant, issued.pk, "void", issued.revision, note="不是我的")


def test_the_page_says_who_decides_and_why_a_decision_is_closed(draft: Make, visitor: Callable[..., Client]) -> None:
    made = draft(CHIEFS)
    author = visitor()
    author.post(f"/documents/{made.pk}/acts/submit/", {"revision": made.revision})
    body = author.get(f"/documents/{made.pk}/").content.decode()
    assert "本文书由部门负责人审核。" in body and "第四条第四款" in body and "acts/approve/" not in body
    assert "acts/approve/" in visitor("head").get(f"/documents/{made.pk}/").content.decode()


def test_each_kind_says_who_reviews_it() -> None:
    for kind in shelf.kinds().values():
        assert kind.approved_by in ("", "部门负责人") and signing.rule(kind).says
        assert bool(kind.approved_by) or kind.signed_by in ("检察官", "书记员")


def test_a_head_who_rewrote_a_draft_does_not_review_it(draft: Make, acting: Who) -> None:
    head, made = acting("head"), draft(CHIEFS)
    actions.save(head, made.pk, made.revision, samples.values(CHIEFS), "重写")
    made.refresh_from_db()
    made = sent_up(acting(), made)
    assert not Document.objects.filter(signing.waits_for(head)).exists()
    assert Document.objects.filter(signing.waits_for(acting("chief"))).exists()
    with pytest.raises(Refused, match="须由他人审核"):
        actions.act(head, made.pk, "approve", made.revision)
    assert actions.act(acting("chief"), made.pk, "approve", made.revision).status == "approved"

"""Issue, service and answer are registered once: on the document or on the matter, and the other knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import document_samples as samples
import pytest
from django.test import Client
from django.utils import timezone

from jianwei.desk.documents import actions, matter_acts, serving, shelf
from jianwei.desk.documents.errors import Refused
from jianwei.desk.documents.matter_acts import Wanted
from jianwei.desk.documents.models import Document
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters import handing_over
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people.acting import Acting
from jianwei.procedures.shelf import procedures

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
LETTER = "conduct/suggestion"
TODAY = timezone.localdate
SERVED = {"receive.service": "letter"}


def act(who: Acting, matter: Matter, kind: str, **facts: str) -> ActRow:
    matter.refresh_from_db()
    return matter_actions.record_act(who, matter.pk, matter.seq, kind, facts, on=str(TODAY()))


def kinds(matter: Matter) -> list[str]:
    return list(ActRow.objects.filter(matter=matter).order_by("seq").values_list("kind", flat=True))


@pytest.fixture
def matter(acting: Who) -> Matter:
    """A suggestion that may be issued."""
    facts = {"recipient": "戊公司", "kind": "governance", "where": "own", "source": "某案", "problem": "消防通道堵塞"}
    made = matter_actions.open_matter(acting(), "management/suggestion", "start", facts, on=str(TODAY()))
    act(acting(), made, "report", proposal="suggest", reason="应当提出检察建议")
    act(acting(), made, "draft", demand="清理消防通道", grounds="安全隐患")
    act(acting(), made, "examine", examined="pass")
    return made


@pytest.fixture
def letter(matter: Matter, acting: Who) -> Document:
    """The letter of that matter, approved."""
    made = actions.start(acting(), LETTER, samples.values(LETTER), matter_id=matter.pk)
    for verb in ("submit", "approve"):
        made = actions.act(acting("head"), made.pk, verb, made.revision)
    return made


@pytest.fixture
def issued(letter: Document, acting: Who) -> Document:
    return actions.act(acting("head"), letter.pk, "issue", letter.revision, signer="虞怀瑾")


def serve(who: Acting, document: Document, facts: dict[str, str] | None = None, **more: Any) -> None:
    document.refresh_from_db()
    wanted = Wanted(SERVED if facts is None else facts, more.pop("alone", False))
    told = {"recipient": "戊公司", "method": "direct", "sent_on": TODAY(), "received_on": TODAY()} | more
    serving.serve(who, document.pk, document.revision, wanted=wanted, **told)
    document.refresh_from_db()


def reply(who: Acting, document: Document, nature: str = "accepted", **more: Any) -> None:
    document.refresh_from_db()
    serving.reply(who, document.pk, document.revision, received_on=TODAY(), nature=nature, text="已经清理", **more)
    document.refresh_from_db()


def test_issue_service_and_answer_are_acts_of_the_matter(matter: Matter, issued: Document, acting: Who) -> None:
    assert kinds(matter)[-1] == "issue"
    assert ActRow.objects.get(matter=matter, kind="issue").facts["document_no"] == issued.number
    serve(acting(), issued)
    row = ActRow.objects.get(matter=matter, kind="serve")
    assert row.facts["received_on"] == str(TODAY()) and row.facts["service"] == "letter"
    assert issued.reply_due_on is not None
    reply(acting(), issued)
    row = ActRow.objects.get(matter=matter, kind="replied")
    assert (row.facts["accepted"], row.facts["measures"]) == ("采纳", "已经清理")
    assert kinds(matter)[-3:] == ["issue", "serve", "replied"]
    assert Matter.objects.get(pk=matter.pk).stage == "跟踪落实"
    assert [one.seq for one in matter_acts.of(issued)] == ["5", "6", "7"]


def test_the_days_that_the_letter_sets_are_those_of_the_clock(matter: Matter, acting: Who) -> None:
    made = actions.start(acting(), LETTER, samples.values(LETTER) | {"urgent": 5}, matter_id=matter.pk)
    for verb in ("submit", "approve"):
        made = actions.act(acting("head"), made.pk, verb, made.revision)
    made = actions.act(acting("head"), made.pk, "issue", made.revision, signer="虞怀瑾")
    serve(acting(), made)
    row = ActRow.objects.get(matter=matter, kind="serve")
    assert (row.facts["urgent"], row.facts["reply_by_on"]) == (True, str(TODAY() + dt.timedelta(days=5)))
    assert made.reply_due_on == TODAY() + dt.timedelta(days=5)
    assert Matter.objects.get(pk=matter.pk).others_due_on == made.reply_due_on


def test_an_objection_is_another_act_and_no_answer(matter: Matter, issued: Document, acting: Who) -> None:
    serve(acting(), issued)
    reply(acting(), issued, "objection")
    assert kinds(matter)[-1] == "contest" and issued.replied_on is None
    assert ActRow.objects.get(matter=matter, kind="contest").facts["grounds_of_objection"] == "已经清理"


def test_the_receipt_that_comes_later_is_the_act(matter: Matter, issued: Document, acting: Who) -> None:
    serve(acting(), issued, received_on=None)
    assert kinds(matter)[-1] == "issue"
    service = issued.services.get()
    serving.receipt(acting(), issued.pk, issued.revision, service.pk, received_on=TODAY(), wanted=Wanted(SERVED))
    assert kinds(matter)[-1] == "serve"


@pytest.mark.parametrize(
    ("facts", "field"),
    [({}, "receive.service"), ({"receive.service": "declared"}, "receive.recipient_agreed")],
)
def test_what_the_matter_refuses_is_refused_by_field_and_nothing_is_registered(
    facts: dict[str, str], field: str, matter: Matter, issued: Document, acting: Who
) -> None:
    with pytest.raises(Refused) as refused:
        serve(acting(), issued, facts)
    assert field in refused.value.fields
    issued.refresh_from_db()
    assert not issued.services.exists() and issued.served_on is None and kinds(matter)[-1] == "issue"
    serve(acting(), issued, facts, alone=True)
    assert issued.served_on == TODAY() and kinds(matter)[-1] == "issue"


def test_an_act_recorded_on_the_matter_marks_the_document(matter: Matter, issued: Document, acting: Who) -> None:
    act(acting(), matter, "serve", service="letter", received_on=str(TODAY()), urgent="否")
    issued.refresh_from_db()
    assert (issued.status, issued.served_on) == ("served", TODAY()) and issued.reply_due_on
    service = issued.services.get()
    assert (service.received_on, service.act) == (TODAY(), 6)
    act(acting(), matter, "contest", grounds_of_objection="事实有出入")
    act(acting(), matter, "answer", outcome="dismissed", reason="事实清楚")
    act(acting(), matter, "replied", accepted="部分采纳", measures="已清理")
    issued.refresh_from_db()
    assert issued.replied_on == TODAY()
    assert list(issued.replies.values_list("nature", "act")) == [("objection", 7), ("partly", 9)]
    with pytest.raises(Refused):  # a second service is of the document alone; the matter knows the first
        serve(acting(), issued, recipient="")
    serve(acting(), issued, {})
    assert kinds(matter).count("serve") == 1


def test_a_service_under_way_is_signed_for_by_the_act(matter: Matter, issued: Document, acting: Who) -> None:
    serve(acting(), issued, received_on=None)
    act(acting(), matter, "serve", service="letter", received_on=str(TODAY()), urgent="否")
    assert issued.services.get().received_on == TODAY()


def test_an_act_recorded_before_is_bound_and_not_done_again(matter: Matter, letter: Document, acting: Who) -> None:
    act(acting(), matter, "issue", document_no="甲检建〔2026〕1号")
    document = actions.act(acting("head"), letter.pk, "issue", letter.revision, signer="虞怀瑾")
    assert kinds(matter).count("issue") == 1 and document.act == 5


def test_a_revoked_act_is_owed_again(matter: Matter, issued: Document, acting: Who) -> None:
    serve(acting(), issued)
    act(acting(), matter, "revoke", act="6", because="误录")
    assert [one.seq for one in matter_acts.of(issued)] == ["5", ""]


def test_an_issue_whose_act_the_stage_does_not_admit_is_said_first_and_refused(
    acting: Who, visitor: Callable[..., Client]
) -> None:
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    made = matter_actions.open_matter(acting(), "criminal/prosecution_review", "accept", facts, on=str(TODAY()))
    act(acting(), made, "send_back")
    key = "criminal/indictment"
    said = "不能在事项中录入“提起公诉”"
    assert said in visitor().get(f"/documents/new/{key}/?matter={made.pk}").content.decode()
    document = actions.start(acting(), key, samples.values(key), matter_id=made.pk)
    page = f"/documents/{document.pk}/"
    body = visitor().get(page).content.decode()
    assert said in body and body.index(said) < body.index('class="paper"')
    sent = {"revision": document.revision, "on": str(TODAY()), "note": "已经审阅"}
    refused = visitor().post(f"{page}acts/issue/", sent)
    assert refused.status_code == 422 and "已经审阅" in refused.content.decode()
    document.refresh_from_db()
    assert document.status == "draft" and not document.number and "prosecute" not in kinds(made)
    assert visitor().post(f"{page}acts/issue/", sent | {"alone": "1"}).status_code == 302
    document.refresh_from_db()
    assert document.status == "issued" and "prosecute" not in kinds(made)


def test_two_documents_of_one_kind_are_two_acts(acting: Who) -> None:
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    made = matter_actions.open_matter(acting(), "criminal/prosecution_review", "accept", facts, on=str(TODAY()))
    key = "criminal/return_decision"
    for _ in range(2):
        document = actions.start(acting(), key, samples.values(key), matter_id=made.pk)
        actions.act(acting(), document.pk, "issue", document.revision)
        act(acting(), made, "resubmit")
    assert kinds(made).count("send_back") == 2
    third = actions.start(acting(), key, samples.values(key), matter_id=made.pk)
    with pytest.raises(Refused, match="以2次为限"):
        actions.act(acting(), third.pk, "issue", third.revision)
    third.refresh_from_db()
    assert third.status == "draft" and not third.number


def test_two_documents_that_go_with_one_act_are_one_act(acting: Who) -> None:
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    made = matter_actions.open_matter(acting(), "criminal/prosecution_review", "accept", facts, on=str(TODAY()))
    for key in ("criminal/indictment", "criminal/sentencing_recommendation"):
        values = samples.values(key) | {"court": "某法院", "charge": "诈骗罪"}
        document = actions.start(acting(), key, values, matter_id=made.pk)
        document = actions.act(acting(), document.pk, "issue", document.revision)
        assert (document.act, kinds(made)) == (2, ["accept", "prosecute"])


def test_a_document_issued_after_its_act_is_that_act(acting: Who, visitor: Callable[..., Client]) -> None:
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    before = str(TODAY() - dt.timedelta(days=2))
    made = matter_actions.open_matter(acting(), "criminal/prosecution_review", "accept", facts, on=before)
    told = {"court": "某法院", "charge": "诈骗罪"}
    matter_actions.record_act(acting(), made.pk, made.seq, "prosecute", told, on=before)
    key = "criminal/indictment"
    assert "不能在事项中录入" not in visitor().get(f"/documents/new/{key}/?matter={made.pk}").content.decode()
    document = actions.start(acting(), key, samples.values(key), matter_id=made.pk)
    document = actions.act(acting(), document.pk, "issue", document.revision)
    assert document.act == 2 and kinds(made) == ["accept", "prosecute"]
    again = actions.start(acting(), key, samples.values(key), matter_id=made.pk)
    with pytest.raises(Refused, match="提起公诉"):
        actions.act(acting(), again.pk, "issue", again.revision)


def test_the_forms_ask_what_the_act_needs_and_keep_what_was_typed(
    matter: Matter, issued: Document, visitor: Callable[..., Client]
) -> None:
    page = f"/documents/{issued.pk}/"
    body = visitor().get(page).content.decode()
    assert 'name="receive.service"' in body and 'name="receive.received_on"' not in body
    sent = {
        "revision": issued.revision, "recipient": "戊公司", "method": "direct", "sent_on": str(TODAY()),
        "received_on": str(TODAY()), "receive.place": "会议室",
    }  # fmt: skip
    answer = visitor().post(f"{page}services/", sent)
    body = answer.content.decode()
    assert answer.status_code == 422 and "会议室" in body and "送达方式必填" in body and 'name="alone"' in body
    done = visitor().post(f"{page}services/", sent | {"receive.service": "letter"}, follow=True)
    assert "已在事项中录入“送达检察建议书”" in done.content.decode()
    assert kinds(matter)[-1] == "serve"


def test_every_title_that_an_act_sends_serves_or_answers_is_a_document() -> None:
    titles = {
        title
        for procedure in procedures().values()
        for act in procedure.acts.values()
        for title in (*act.sends, *act.serves, *act.answers, *act.objects)
    }
    assert titles and {title for title in titles if not shelf.titled(title)} == set()


def test_the_day_of_an_act_that_is_too_early_is_said_at_the_day(matter: Matter, issued: Document, acting: Who) -> None:
    yesterday = TODAY() - dt.timedelta(days=1)
    with pytest.raises(Refused) as refused:
        serve(acting(), issued, sent_on=yesterday, received_on=yesterday)
    assert set(refused.value.fields) <= {"sent_on", "received_on"}


def test_documents_go_along_with_a_matter_that_is_handed_over(
    acting: Who, visitor: Callable[..., Client], person: Callable[..., Any]
) -> None:
    there = person("prosecutor", "sibling").office
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    made = matter_actions.open_matter(acting(), "criminal/prosecution_review", "accept", facts, on=str(TODAY()))
    key = "criminal/return_outline"
    document = actions.start(acting(), key, samples.values(key), matter_id=made.pk)
    page = f"/documents/{document.pk}/"
    assert visitor("prosecutor", "sibling").get(page).status_code == 404
    one = handing_over.send(acting(), made.pk, made.seq, there.name, on=str(TODAY()))
    handing_over.receive(acting("head", "sibling"), one.pk, handing_over.Reception(str(TODAY())))
    assert visitor().get(page).status_code == 200
    assert visitor("prosecutor", "sibling").get(page).status_code == 200
    with pytest.raises(Refused, match="可以查看"):
        actions.save(acting(), document.pk, document.revision, samples.values(key))
    beside = acting("prosecutor", "sibling")
    with pytest.raises(Refused, match="重新填写一版"):
        actions.act(beside, document.pk, "issue", document.revision)
    actions.save(beside, document.pk, document.revision, samples.values(key))
    document.refresh_from_db()
    assert document.office == there
    assert actions.act(beside, document.pk, "issue", document.revision).status == "issued"


def opened(who: Acting, key: str) -> Matter:
    """A matter of that procedure, opened with whatever its opening act asks."""
    procedure = procedures()[key]
    opening = procedure.opening()[0]
    given = {"DAY": str(TODAY()), "YES_NO": "否", "NUMBER": "1", "MONEY": "1"}
    facts = {f.name: next(iter(f.choices), "") or given.get(f.kind.name, "甲") for f in opening.facts if f.required}
    return matter_actions.open_matter(who, key, opening.key, facts, on=str(TODAY()))


def test_what_goes_with_the_opening_is_no_second_opening(acting: Who) -> None:
    supervised = opened(acting(), "civil/trial_supervision")
    key = "civil/acceptance_notice"
    document = actions.start(acting(), key, samples.values(key), matter_id=supervised.pk)
    document = actions.act(acting(), document.pk, "issue", document.revision)
    assert kinds(supervised)[1:] == ["notify"] and document.act == 2
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    made = matter_actions.open_matter(acting(), "criminal/prosecution_review", "accept", facts, on=str(TODAY()))
    key = "criminal/acceptance_register"
    document = actions.start(acting(), key, samples.values(key), matter_id=made.pk)
    assert actions.act(acting(), document.pk, "issue", document.revision).status == "issued"
    assert kinds(made) == ["accept"]


def test_of_several_acts_the_one_chosen_is_recorded(acting: Who, visitor: Callable[..., Client]) -> None:
    matter = opened(acting(), "administrative/execution_supervision")
    document = actions.start(acting(), LETTER, samples.values(LETTER), matter_id=matter.pk)
    for verb in ("submit", "approve"):
        document = actions.act(acting("head"), document.pk, verb, document.revision)
    found = matter_acts.companions(document, (matter_acts.Occasion.ISSUE,), TODAY())
    assert {one.act.key for one in found} == {"suggest", "suggest_agency"}
    page, chief = f"/documents/{document.pk}/acts/issue/", visitor("chief")
    sent = {"revision": document.revision, "on": str(TODAY()), "note": "同意"}
    refused = chief.post(page, sent)
    assert refused.status_code == 422 and "请选择对应的事项行为" in refused.content.decode()
    one = next(one for one in found if one.act.key == "suggest_agency")
    typed = {f"{one.scope}.{fact.name}": next(iter(fact.choices), "甲") for fact in one.asked}
    answer = chief.post(page, sent | {"issue.which": one.act.key} | typed)
    assert answer.status_code == 302, answer.content.decode()
    assert kinds(matter)[1:] == ["suggest_agency"]


def test_it_may_be_none_of_several_acts(acting: Who, visitor: Callable[..., Client]) -> None:
    matter = opened(acting(), "administrative/execution_supervision")
    document = actions.start(acting(), LETTER, samples.values(LETTER), matter_id=matter.pk)
    for verb in ("submit", "approve"):
        document = actions.act(acting("head"), document.pk, verb, document.revision)
    sent = {"revision": document.revision, "on": str(TODAY()), "issue.which": "-"}
    assert visitor("chief").post(f"/documents/{document.pk}/acts/issue/", sent).status_code == 302
    assert len(kinds(matter)) == 1

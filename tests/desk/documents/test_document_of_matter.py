"""A document of a matter: filled from what the matter knows, and its issue is an act of the matter."""

from __future__ import annotations

from collections.abc import Callable

import document_samples as samples
import pytest
from django.test import Client
from django.utils import timezone

from jianwei.desk.documents import actions, context, matter_acts, shelf
from jianwei.desk.documents.models import Document
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import ActRow, Matter
from jianwei.desk.people.acting import Acting
from jianwei.procedures.shelf import procedures

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]


@pytest.fixture
def matter(acting: Who) -> Matter:
    facts = {"suspects": "虞见山、闻知秋", "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"}
    today = str(timezone.localdate())
    opened = matter_actions.open_matter(acting(), "criminal/prosecution_review", "accept", facts, on=today)
    who = {
        "name": "虞见山",
        "role": "犯罪嫌疑人",
        "kind": "自然人",
        "born_on": "1980-01-01",
        "id_no": "330602198001015676",
        "address": "塔下弄3号",
    }
    matter_actions.record_act(acting(), opened.pk, opened.seq, "party", who, on=today)
    opened.refresh_from_db()
    return opened


def issue(who: Acting, document: Document) -> Document:
    for verb in ("submit", "approve", "issue"):
        chief = verb == "issue" and shelf.kind(document.kind).signed_by == "检察长"
        document = actions.act(who, document.pk, verb, document.revision, signer="虞怀瑾" if chief else "")
    return document


def test_what_the_matter_knows_is_filled_in(matter: Matter, acting: Who) -> None:
    values = context.prefilled(shelf.kind("criminal/indictment"), context.known(acting(), matter))
    assert values["charge"] == "诈骗罪"
    assert values["accepted_on"] == timezone.localdate().isoformat()
    assert [p["name"] for p in values["defendants"]] == ["虞见山", "闻知秋"]
    first = values["defendants"][0]
    assert (first["born_on"], first["id_number"], first["residence"]) == (
        "1980-01-01",
        "330602198001015676",
        "塔下弄3号",
    )


def test_a_corrected_fact_is_filled_in_as_corrected(matter: Matter, acting: Who) -> None:
    correction = {"act": "1", "charge": "合同诈骗罪", "because": "录入有误"}
    matter_actions.record_act(acting(), matter.pk, matter.seq, "correct", correction, on=str(timezone.localdate()))
    matter.refresh_from_db()
    assert (
        context.prefilled(shelf.kind("criminal/indictment"), context.known(acting(), matter))["charge"] == "合同诈骗罪"
    )


def test_the_number_of_an_earlier_document_is_filled_into_a_later_one(matter: Matter, acting: Who) -> None:
    made = actions.start(acting(), "criminal/indictment", samples.values("criminal/indictment"), matter_id=matter.pk)
    document = issue(acting(), made)
    values = context.prefilled(shelf.kind("criminal/sentencing_recommendation"), context.known(acting(), matter))
    assert values["indictment_number"] == document.number


def test_the_form_of_a_matter_comes_filled_and_its_page_lists_the_document(
    matter: Matter, visitor: Callable[..., Client]
) -> None:
    browser = visitor()
    assert "虞见山" in browser.get(f"/documents/new/criminal/indictment/?matter={matter.pk}").content.decode()
    shown = browser.get(f"/documents/kinds/?matter={matter.pk}").content.decode()
    assert shown.index("本程序的文书") < shown.index("审查逮捕 ")
    sent = {"matter": matter.pk, "go": "save", "f.charge": "诈骗罪"}
    assert browser.post("/documents/new/criminal/indictment/", sent).status_code == 302
    document = Document.objects.get()
    assert (document.matter, document.about) == (matter, matter.title)
    assert "起诉书" in browser.get(f"/matters/{matter.pk}/documents/").content.decode()


def test_issue_is_an_act_where_the_document_holds_its_facts(matter: Matter, acting: Who) -> None:
    key = "criminal/indictment"
    made = actions.start(acting(), key, samples.values(key) | {"court": "某法院"}, matter_id=matter.pk)
    document = issue(acting(), made)
    note = document.steps.get(verb="issue").note
    kinds = list(ActRow.objects.filter(matter=matter).values_list("kind", flat=True))
    act = next(a for a in procedures()["criminal/prosecution_review"].acts.values() if "起诉书" in a.documents)
    assert (act.key in kinds) == note.startswith("已在事项中录入")
    assert note
    [belonging] = [b for b in matter_acts.of(document) if b.key == act.key]
    assert bool(belonging.seq) == (act.key in kinds)


def test_whatever_an_act_is_done_with_can_be_drafted() -> None:
    """On a form of its own, or on the general form for titles that end so."""
    titles = {
        title for procedure in procedures().values() for act in procedure.acts.values() for title in act.documents
    }
    assert {title for title in titles if not shelf.titled(title)} == set()


def test_a_title_without_a_form_of_its_own_is_drafted_on_the_general_one(
    matter: Matter, visitor: Callable[..., Client]
) -> None:
    [general] = shelf.titled("派员出庭通知书")
    assert general.key == "conduct/general_notice"
    assert [kind.key for kind in shelf.titled("起诉书")] == ["criminal/indictment"]
    page = visitor().get(f"/documents/new/{general.key}/?matter={matter.pk}&title=派员出庭通知书").content.decode()
    assert 'value="派员出庭通知书"' in page


def test_every_procedure_a_kind_names_is_there() -> None:
    titles = {procedure.title for procedure in procedures().values()} | {shelf.ANY}
    assert {
        kind.key: set(kind.procedures) - titles for kind in shelf.kinds().values() if set(kind.procedures) - titles
    } == {}


def test_a_cancelled_document_warns_of_its_act_and_leads_to_taking_it_back(
    matter: Matter, acting: Who, visitor: Callable[..., Client]
) -> None:
    key = "criminal/indictment"
    values = samples.values(key) | {"court": "某法院"}
    document = issue(acting(), actions.start(acting(), key, values, matter_id=matter.pk))
    browser, page, matter_page = visitor(), f"/documents/{document.pk}/", f"/matters/{matter.pk}/"
    [act] = [one for one in matter_acts.of(document) if one.seq]
    link = f"{matter_page}acts/revoke/?act={act.seq}"
    assert "作废文书不撤销该行为" in browser.get(page).content.decode() and link in browser.get(page).content.decode()
    sent = {"revision": document.revision, "note": "文书写错"}
    assert browser.post(f"{page}acts/void/", sent).status_code == 302
    assert "文书已作废，行为仍有效" in browser.get(page).content.decode()
    assert browser.get(link).status_code == 200
    seq = Matter.objects.get(pk=matter.pk).seq
    taken_back = {"seq": seq, "done_on": str(timezone.localdate()), "f.act": act.seq, "f.because": "文书作废"}
    assert browser.post(link, taken_back).status_code == 302
    body = browser.get(page).content.decode()
    assert "行为仍有效" not in body and link not in body

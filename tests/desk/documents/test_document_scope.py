"""Nobody reads or changes another office's document: every route, every role, offices above, beside and below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import document_samples as samples
import pytest
from django.test import Client
from django.utils import timezone

from jianwei.desk.documents import actions, queries, urls
from jianwei.desk.documents.models import Document, Service, Step
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.models import AuditEntry
from jianwei.desk.people.roles import CASE_ROLES, Role

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]

# name → (method, what follows the document's id, fields)
OF_A_DOCUMENT: dict[str, tuple[str, str, dict[str, str]]] = {
    "documents_one": ("get", "", {}),
    "documents_edit": ("post", "edit/", {"go": "save", "revision": "1"}),
    "documents_upload": ("post", "upload/", {"revision": "1"}),
    "documents_act": ("post", "acts/void/", {"revision": "1", "note": "试"}),
    "documents_serve": (
        "post",
        "services/",
        {"revision": "1", "recipient": "某局", "method": "direct", "sent_on": "2026-01-01"},
    ),
    "documents_receipt": ("post", "services/1/", {"revision": "1", "received_on": "2026-01-01"}),
    "documents_reply": (
        "post",
        "replies/",
        {"revision": "1", "received_on": "2026-01-01", "nature": "reply", "text": "函"},
    ),
    "documents_word": ("get", "versions/1.docx", {}),
    "documents_pdf": ("get", "versions/1.pdf", {}),
    "documents_print": ("get", "versions/1/print/", {}),
}
OF_A_MATTER = {"matter_documents"}
WITHOUT_A_DOCUMENT = {
    "documents", "documents_filter", "documents_export", "documents_register", "documents_register_filter", "documents_register_export", "documents_short_name", "documents_kinds",
    "documents_template", "documents_template_file", "documents_new",
}  # fmt: skip
SECRETS = ("虞见山", "闻知秋", "塔下弄", "检刑诉〔")


def test_every_route_of_documents_is_in_the_matrix() -> None:
    assert {str(one.name) for one in urls.urlpatterns} == set(OF_A_DOCUMENT) | OF_A_MATTER | WITHOUT_A_DOCUMENT


def ask(client: Client, name: str, document_id: int) -> Any:
    method, rest, fields = OF_A_DOCUMENT[name]
    return getattr(client, method)(f"/documents/{document_id}/{rest}", fields)


@pytest.mark.parametrize("place", ["supreme", "city", "county", "sibling", "other_county"])
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_document_is_seen_by_its_own_office_and_those_above(
    place: str,
    role: str,
    draft: Callable[..., Document],
    visitor: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jianwei.desk.documents.pdf._program", lambda: None)
    document = draft()
    before = Document.objects.values().get(pk=document.pk)
    client = visitor(role, place)
    read = {"documents_one", "documents_word", "documents_pdf", "documents_print"}
    answers = {name: ask(client, name, document.pk) for name in OF_A_DOCUMENT}
    codes = {name: answer.status_code for name, answer in answers.items()}
    if role in CASE_ROLES and place in ("supreme", "city", "county"):
        assert {codes[name] for name in read} == {200, 302}, codes
        if place != "county":
            assert {codes[name] for name in set(codes) - read} <= {404, 409, 422}
            assert Document.objects.values().get(pk=document.pk) == before
        return
    assert set(codes.values()) == {404 if role in CASE_ROLES else 403}, codes
    bodies = "".join(answer.content.decode(errors="ignore") for answer in answers.values())
    assert not [secret for secret in SECRETS if secret in bodies]
    assert Document.objects.values().get(pk=document.pk) == before
    assert not Step.objects.exists() and not Service.objects.exists()
    assert (
        not AuditEntry.objects.filter(object_kind="文书", object_id=str(document.pk))
        .exclude(action="起草文书")
        .exists()
    )


@pytest.mark.parametrize("name", OF_A_DOCUMENT)
def test_out_of_scope_and_not_there_look_the_same(
    name: str, draft: Callable[..., Document], visitor: Callable[..., Client]
) -> None:
    client = visitor("prosecutor", "sibling")
    there, nowhere = ask(client, name, draft().pk), ask(client, name, 10**9)
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


@pytest.mark.parametrize(
    "address",
    [
        "/documents/",
        "/documents/?q=虞见山",
        "/documents/export.csv",
        "/documents/register/",
        "/documents/register/export.csv?q=1",
    ],
)
def test_no_list_reaches_beyond_the_own_office(
    address: str, issued: Callable[..., Document], visitor: Callable[..., Client]
) -> None:
    issued()
    body = visitor("prosecutor", "sibling").get(address).content.decode()
    assert "诈骗案" not in body and "检刑诉〔" not in body
    assert "pop-line" not in body or "/filters/" not in address


@pytest.fixture
def matter(acting: Who) -> Matter:
    facts = {"suspects": "虞见山、闻知秋", "charge": "诈骗罪", "in_custody": "是", "has_victim": "否"}
    return matter_actions.open_matter(
        acting(), "criminal/prosecution_review", "accept", facts, on=str(timezone.localdate())
    )


def of(matter: Matter, who: Acting, key: str = "criminal/fast_track_suggestion") -> Document:
    return actions.start(who, key, samples.values(key), matter_id=matter.pk)


def test_the_documents_of_a_restricted_matter_are_seen_by_those_who_see_the_matter(
    matter: Matter, acting: Who, person: Callable[..., Any]
) -> None:
    document = of(matter, acting())
    assert queries.document(acting("assistant"), document.pk)
    matter_actions.restrict(acting("head"), matter.pk, "juvenile", "未成年人案件")
    assert queries.document(acting("assistant"), document.pk) is None
    assert queries.document(acting("head"), document.pk)
    matter_actions.admit(
        acting("head"), matter.pk, person("prosecutor", "other_city").username, writes=True, why="协助办案"
    )
    helper = acting("prosecutor", "other_city")
    found = queries.document(helper, document.pk)
    assert found and queries.writable(helper, found)
    assert list(queries.of_matter(helper, matter.pk)) == [found]


def test_a_matter_out_of_scope_cannot_be_written_for(
    matter: Matter, acting: Who, visitor: Callable[..., Client]
) -> None:
    with pytest.raises(actions.NotFound):
        of(matter, acting("prosecutor", "sibling"))
    with pytest.raises(actions.Refused):
        of(matter, acting("prosecutor", "city"))
    stranger = visitor("prosecutor", "sibling")
    for address in (
        f"/matters/{matter.pk}/documents/",
        f"/documents/kinds/?matter={matter.pk}",
        f"/documents/new/criminal/indictment/?matter={matter.pk}",
    ):
        assert stranger.get(address).status_code == 404


def test_who_sees_everything_sees_it_though_named_for_a_single_matter(acting: Who) -> None:
    facts = {"suspects": "虞见山", "charge": "诈骗罪", "in_custody": "否", "has_victim": "否"}
    matter = matter_actions.open_matter(
        acting(), "criminal/prosecution_review", "accept", facts, on=str(timezone.localdate())
    )
    alone = actions.start(acting(), "criminal/indictment", samples.values("criminal/indictment"), about="某案")
    chief = acting("chief", "supreme")
    matter_actions.admit(acting("head"), matter.pk, chief.user.username, writes=False, why="督办")
    assert queries.document(chief, alone.pk) is not None

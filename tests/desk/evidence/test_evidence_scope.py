"""Nobody reads or changes another office's material: every route, every role, offices above, beside and below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from evidence_samples import CONTENT, TYPED
from sealed_homes import SealedHome

from jianwei.desk.evidence import erasing, presenting, queries, urls, verifying
from jianwei.desk.evidence.fixing import Fixed
from jianwei.desk.evidence.models import Custody, Erasure, Exhibit, Material, Presentation, Upload
from jianwei.desk.matters import actions as matter_actions
from jianwei.desk.matters.models import Matter
from jianwei.desk.people.acting import Acting
from jianwei.desk.people.roles import CASE_ROLES, Role

pytestmark = pytest.mark.django_db
Who = Callable[..., Acting]
Fix = Callable[..., Fixed]
Visitor = Callable[..., Client]

# name → (method, address, fields); {m} a material, {e} an erasure, {p} a list, {v} a verification, {x} a matter
OF_A_MATERIAL: dict[str, tuple[str, str, dict[str, str]]] = {
    "evidence_one": ("get", "/evidence/{m}/", {}),
    "evidence_state": ("get", "/evidence/{m}/state/", {}),
    "evidence_take": ("post", "/evidence/{m}/take/", {"what": "original", "purpose": "试一试"}),
    "evidence_check": ("post", "/evidence/{m}/check/", {}),
    "evidence_transfer": ("post", "/evidence/{m}/transfer/", {"recipient": "某单位", "purpose": "试一试"}),
    "evidence_correct": ("post", "/evidence/{m}/correct/", {**TYPED, "place": "改过", "why": "试一试"}),
    "evidence_erasure": ("post", "/evidence/{m}/erasure/", {"order_no": "1号", "reason": "试一试看"}),
    "evidence_decide": ("post", "/evidence/{m}/erasure/{e}/", {"decision": "erase"}),
    "evidence_verify": ("post", "/evidence/verify/?against={m}", {}),
    "evidence_verification": ("get", "/evidence/verifications/{v}/", {}),
    "evidence_api_one": ("get", "/api/evidence/{m}", {}),
    "evidence_api_proof": ("get", "/api/evidence/{m}/proof", {}),
    "evidence_api_bundle": ("get", "/api/evidence/{m}/bundle?purpose=试一试", {}),
    "evidence_api_verify": ("post", "/api/verify?against={m}", {}),
}
OF_A_LIST: dict[str, tuple[str, str, dict[str, str]]] = {
    "evidence_presentation": ("post", "/evidence/presentations/{p}/", {"revision": "1"}),
    "evidence_presentation_add": ("post", "/evidence/presentations/{p}/add/", {"revision": "1"}),
    "evidence_presentation_export": ("get", "/evidence/presentations/{p}/export.csv", {}),
    "evidence_show": ("get", "/evidence/presentations/{p}/show/1/", {}),
    "evidence_show_content": ("get", "/evidence/presentations/{p}/show/1/content/", {}),
}
OF_A_MATTER = {
    "matter_evidence": ("get", "/matters/{x}/evidence/", {}),
    "evidence_of_case": ("post", "/matters/{x}/evidence/bundles/", {"purpose": "试一试"}),
}
OF_AN_UPLOAD = {"evidence_upload", "evidence_upload_finish"}  # in test_evidence_uploads: its owner's alone
OF_NOBODY = {
    "evidence", "evidence_filter", "evidence_export", "evidence_new", "evidence_presentations", "evidence_presentations_filter", "evidence_presentations_export", "evidence_presentation_new", "evidence_api",
    "evidence_uploads", "evidence_log", "evidence_log_of", "evidence_policy", "evidence_policy_of", "evidence_verifier",
}  # fmt: skip
EVERY = OF_A_MATERIAL | OF_A_LIST | OF_A_MATTER
SECRETS = ("虞见山", "塔下弄", "转账记录", "闻知秋")


def test_every_route_of_evidence_is_in_the_matrix() -> None:
    assert {str(one.name) for one in urls.urlpatterns} == set(EVERY) | OF_AN_UPLOAD | OF_NOBODY


@pytest.fixture
def there(sealed: SealedHome, fix: Fix, matter: Matter, acting: Who) -> dict[str, object]:
    """A material of a matter of the county, in a list, with an open erasure and a verification."""
    one = fix(matter=matter.number, case_ref="", name="转账记录.png", media_type="image/png").material
    sealed.witnessed()
    asked = erasing.ask(acting(), one.pk, order_no="1号", reason="试一试看看")
    shown = presenting.begin(acting(), title="虞见山案示证", number=matter.number, hearing_on=None)
    made = verifying.of_material(acting(), one.pk)
    return {"m": one.pk, "e": asked.pk, "p": shown.pk, "v": made.pk, "x": matter.pk}


NOWHERE: dict[str, object] = {"m": "01" + "A" * 24, "e": 10**9, "p": 10**9, "v": "01" + "B" * 24, "x": 10**9}


def ask(client: Client, name: str, ids: dict[str, object]) -> Any:
    method, address, fields = EVERY[name]
    sent: dict[str, Any] = dict(fields)
    if "verify" in address and method == "post":
        sent["file"] = SimpleUploadedFile("甲.bin", CONTENT)
    answer = (
        getattr(client, method)(address.format(**ids), sent) if method == "post" else client.get(address.format(**ids))
    )
    if answer.streaming:
        answer.whole = b"".join(answer.streaming_content)
    return answer


def body(answer: Any) -> str:
    return (answer.whole if answer.streaming else answer.content).decode(errors="ignore")


@pytest.mark.parametrize("place", ["city", "county", "sibling", "other_county"])
@pytest.mark.parametrize("role", [str(role) for role in Role])
def test_a_material_is_seen_by_its_own_office_and_those_above(
    place: str, role: str, there: dict[str, object], visitor: Visitor
) -> None:
    client = visitor(role, place)
    before = Material.objects.values().get(pk=there["m"])
    count = Custody.objects.count()
    answers = {name: ask(client, name, there) for name in EVERY}
    codes = {name: answer.status_code for name, answer in answers.items()}
    after = Material.objects.values().get(pk=there["m"])
    if role in CASE_ROLES and place in ("city", "county"):
        assert codes["evidence_one"] == codes["evidence_api_one"] == codes["matter_evidence"] == 200, codes
        if place != "county":
            assert codes["evidence_transfer"] == codes["evidence_correct"] == codes["evidence_decide"] == 422, codes
            assert after["stage"] != "erased" and Material.objects.count() == 1
        return
    assert set(codes.values()) == {404 if role in CASE_ROLES else 403}, codes
    assert not [secret for secret in SECRETS if secret in "".join(map(body, answers.values()))]
    assert after == before and Custody.objects.count() == count and Erasure.objects.count() == 1
    assert Presentation.objects.get().revision == 1 and Exhibit.objects.count() == 1


def test_out_of_scope_and_not_there_look_the_same(there: dict[str, object], visitor: Visitor) -> None:
    client = visitor("prosecutor", "sibling")
    for name in EVERY:
        far, nowhere = ask(client, name, there), ask(client, name, NOWHERE)
        assert (far.status_code, body(far)) == (nowhere.status_code, body(nowhere)), name
        assert far.status_code == 404, name


@pytest.mark.parametrize(
    "address",
    [
        "/evidence/", "/evidence/?q=虞见山", "/evidence/export.csv", "/evidence/export.xlsx", "/evidence/filters/office/",
        "/evidence/filters/category/", "/evidence/presentations/", "/evidence/presentations/?q=虞见山", "/evidence/presentations/export.csv",
        "/evidence/presentations/filters/office/", "/evidence/verify/", "/evidence/new/",
    ],
)  # fmt: skip
def test_no_list_reaches_beyond_the_own_office(address: str, there: dict[str, object], visitor: Visitor) -> None:
    said = visitor("prosecutor", "sibling").get(address).content.decode(errors="ignore")
    assert not [
        secret
        for secret in SECRETS
        if secret in said.replace('value="虞见山"', "").replace("“虞见山”", "").replace("%E8", "")
    ]


def test_a_list_takes_in_nothing_out_of_scope(there: dict[str, object], acting: Who) -> None:
    stranger = acting("prosecutor", "sibling")
    mine = presenting.begin(stranger, title="我的", number="", hearing_on=None)
    assert presenting.add(stranger, mine.pk, 1, [str(there["m"])]) == 0
    with pytest.raises(presenting.Refused):
        presenting.begin(stranger, title="别人的", number=Matter.objects.get().number, hearing_on=None)


def test_a_log_beside_is_not_found_and_its_policy_neither(sealed: SealedHome, visitor: Visitor) -> None:
    sibling = visitor("prosecutor", "sibling")
    for address in ("/evidence/log/330602/", "/evidence/log/330602/policy.txt", "/evidence/log/330602/1/policy.txt"):
        assert sibling.get(address).status_code == 404
    assert visitor("prosecutor", "city").get("/evidence/log/330602/").status_code == 200
    assert visitor("system_admin", "supreme").get("/evidence/log/330602/").status_code == 200
    for role in ("audit_admin", "security_admin"):
        assert visitor(role, "supreme").get("/evidence/log/").status_code == 403


def test_sealed_juvenile_material_is_seen_by_who_sees_the_matter_alone(
    there: dict[str, object], matter: Matter, acting: Who, person: Callable[..., Any], visitor: Visitor
) -> None:
    matter_actions.restrict(acting("head"), matter.pk, "sealed", "犯罪记录封存")
    assistant = acting("assistant")
    assert queries.material(assistant, str(there["m"])) is None
    assert not queries.presentations(assistant).exists()
    client = visitor("assistant")
    answers = [ask(client, name, there) for name in EVERY]
    assert {answer.status_code for answer in answers} == {404}
    for address in (
        "/evidence/",
        "/evidence/export.csv",
        "/evidence/presentations/",
        "/evidence/?q=转账",
        "/evidence/presentations/export.csv",
    ):
        assert "转账记录.png" not in client.get(address).content.decode()
    assert queries.material(acting("head"), str(there["m"]))
    matter_actions.admit(
        acting("head"), matter.pk, person("prosecutor", "other_city").username, writes=True, why="协助"
    )
    helper = acting("prosecutor", "other_city")
    seen = queries.material(helper, str(there["m"]))
    assert seen and queries.writable(helper, seen)


def test_a_leader_at_the_top_who_was_named_somewhere_still_sees_everything(
    there: dict[str, object], matter: Matter, acting: Who, person: Callable[..., Any], fix: Fix
) -> None:
    other = fix(content=b"another", place="别处").material
    matter_actions.admit(acting("head"), matter.pk, person("chief", "supreme").username, writes=False, why="督办")
    chief = acting("chief", "supreme")
    assert {one.pk for one in queries.visible(chief)} == {there["m"], other.pk}


def test_uploads_of_others_are_not_offered(sealed: SealedHome, visitor: Visitor) -> None:
    said = {**TYPED, "file_name": "录像.mp4", "file_size": "100"}
    assert visitor().post("/api/evidence/uploads", said).status_code == 201
    assert Upload.objects.count() == 1
    assert "录像.mp4" not in visitor("head").get("/evidence/new/").content.decode()
